//! One forge, and the processes that serve it under one name.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::{Answer, Call, Database, Forge, Program, Service, Tool};

/// The name under which every process serves, so that what is signed for one is good at each.
const PUBLIC: &str = "http://forge.example";

const ECHO: &str = "/plugins/oauthprovider/echo";

/// Says that it is over, however what was tried ends, to those who go on until then.
pub struct Ending<'a>(pub &'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

pub struct Stage {
    pub forge: Forge,
    pub services: Vec<Service>,
}

impl Stage {
    /// So many processes on a fresh database of this kind.
    pub fn on(kind: Database, processes: usize) -> Self {
        let forge = Forge::on(kind);
        let services = (0..processes).map(|_| serve(&forge)).collect();
        Self { forge, services }
    }
}

/// One more process that serves.
pub fn serve(forge: &Forge) -> Service {
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--public-url", PUBLIC, "--database-url", forge.database_url()];
    Program::new(&arguments).serve()
}

/// A fresh request of a tool, for this process.
pub fn echo(tool: &Tool, service: &Service) -> Call {
    tool.at(&service.base).request("GET", ECHO).signed_for(PUBLIC).signed()
}

/// A fresh request that names another second.
pub fn echo_of(tool: &Tool, service: &Service, second: i64) -> Call {
    tool.at(&service.base).request("GET", ECHO).timestamp(second).signed_for(PUBLIC).signed()
}

/// The very same request, for another process.
pub fn elsewhere(call: &Call, service: &Service) -> Call {
    Call { url: format!("{}{ECHO}", service.base), ..call.clone() }
}

/// Status and code of an answer, whoever wrote it: OAuth's refusals are forms, those of rights are JSON.
pub fn verdict(answer: &Answer) -> (u16, String) {
    let (status, code) = answer.problem();
    match status {
        403 => (status, answer.json()["error"].as_str().unwrap_or_default().to_owned()),
        _ => (status, code),
    }
}
