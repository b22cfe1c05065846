//! A forge on a database of its own, and the real program that serves it under a name that stays the same.

use crate::support::{Browser, Database, FORGE, Own, Program, Service, Token, Tool};

/// The name under which every start of the service is known, whatever port it finds.
pub const PUBLIC: &str = "http://forge.example";

/// The address that says what of a signed request arrived.
pub const ECHO: &str = "/plugins/oauthprovider/echo";

/// The tracker of the stories.
pub const BUGS: &str = "/api/projects/project-a/trackers/bugs/items";

/// A database that outlives the processes that serve it.
pub struct Stage {
    pub database: Own,
}

impl Stage {
    pub fn on(kind: Database) -> Self {
        Self { database: kind.filled() }
    }

    /// The program that serves, still to be started.
    pub fn serving(&self) -> Program {
        serving(&self.database.url)
    }

    /// One more process that serves.
    pub fn serve(&self) -> Service {
        self.serving().serve()
    }

    /// Jenkins A, with a token of Alice's under this role of project A.
    pub fn jenkins_of_alice(&self, service: &Service, role: &str) -> Tool {
        jenkins_of_alice(&self.database.url, service, role)
    }
}

/// Loads the forge of the stories, as its operator does.
pub fn import_forge(database_url: &str) {
    let import = Program::new(&["import", "forge.json", "--database-url", database_url]);
    import.file("forge.json", FORGE).run().expect(0);
}

/// The program that serves this database, still to be started.
pub fn serving(database_url: &str) -> Program {
    Program::new(&["serve", "--listen", "127.0.0.1:0", "--public-url", PUBLIC, "--database-url", database_url])
        .env("OAUTHPROVIDER_LOG_LEVEL", "error")
}

/// Jenkins A as it was imported, at this service.
pub fn jenkins(service: &Service) -> Tool {
    Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓")
}

/// The same with a token of Alice's, issued by hand.
pub fn jenkins_of_alice(database_url: &str, service: &Service, role: &str) -> Tool {
    let role = format!("project-a/{role}");
    let words = ["token", "issue", "--user", "alice", "--consumer", "jenkins_a", "--role", &role, "--json"];
    let issued = Program::new(&words).arg("--database-url").arg(database_url).run().expect(0).json();
    let text = |name: &str| issued[name].as_str().unwrap().to_owned();
    jenkins(service).with(&Token { key: text("token"), secret: text("token_secret") })
}

/// Alice at her browser, logged in.
pub fn alice(service: &Service) -> Browser {
    let mut browser = Browser::new(&service.base);
    browser.log_in("alice");
    browser
}
