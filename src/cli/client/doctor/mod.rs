//! `oauthprovider client doctor URL`: what is wrong between this machine and the service, looked at from the client's side.
//!
//! | file | answers for |
//! | --- | --- |
//! | `probe.rs` | one signed request that changes nothing, made right or wrong in one place, and what is heard of it |
//! | `checks.rs` | the checks, one after the other |
//! | `origins.rs` | for which other origin the server may take signatures |
//! | `repairs.rs` | what to do about what is found |
//! | `rsa.rs` | a signature with a private key |
//!
//! Nothing is filed, issued or taken back, and a server that is not the service learns nothing that is of use there: see
//! `probe.rs`. What goes wrong is told with its repair, and the rest is checked all the same as far
//! as it can be.

mod checks;
mod origins;
mod probe;
mod repairs;
mod rsa;

use std::path::PathBuf;

use clap::Args;

use self::{checks::Doctor, probe::Prober, rsa::PrivateKey};
use super::{Http, Key, TokenArgs, origin};
use crate::{
    cli::{CliError, terminal},
    oauth1::Origin,
};

/// Whom to ask, and as whom.
#[derive(Args)]
pub(in crate::cli) struct DoctorArgs {
    /// The service's URL, as the tool is told it, without a path
    #[arg(value_name = "URL", value_parser = origin)]
    server: Origin,
    /// The service's public URL, if URL is not it but leads there: requests are signed for it, so be sure of both
    #[arg(long, value_name = "URL", value_parser = origin)]
    public_url: Option<Origin>,
    #[command(flatten)]
    key: Key,
    #[command(flatten)]
    token: TokenArgs,
    /// A tracker on which the token's role is looked at
    #[arg(long, value_name = "PROJECT/TRACKER", requires = "token", value_parser = tracker)]
    tracker: Option<(String, String)>,
    /// A PEM file (PKCS#8) with the private key, if the tool signs with RSA
    #[arg(long, value_name = "FILE")]
    private_key: Option<PathBuf>,
}

fn tracker(text: &str) -> Result<(String, String), String> {
    let (project, tracker) = text.split_once('/').ok_or("a tracker is written PROJECT/TRACKER")?;
    Ok((project.to_owned(), tracker.to_owned()))
}

/// What a check found.
enum Found {
    /// As it should be.
    Fine(String),
    /// Wrong, and what to do about it.
    Wrong { what: String, repair: String },
    /// Not looked at, for this reason.
    Skipped(String),
}

/// What is found is printed as it is found.
#[derive(Default)]
struct Report {
    checks: usize,
    wrong: usize,
}

impl Report {
    fn tell(&mut self, name: &str, found: &Found) -> Result<(), CliError> {
        self.checks += usize::from(!matches!(found, Found::Skipped(_)));
        match found {
            Found::Fine(words) => terminal::line(&format!("ok     {name:16}  {words}")),
            Found::Wrong { what, repair } => {
                self.wrong += 1;
                terminal::line(&format!("WRONG  {name:16}  {what}"))?;
                terminal::line(&format!("       {:16}  repair: {repair}", ""))
            }
            Found::Skipped(why) => terminal::line(&format!("-      {name:16}  not looked at: {why}")),
        }
    }
}

pub(super) fn run(args: &DoctorArgs) -> Result<(), CliError> {
    let private_key = match &args.private_key {
        None => None,
        Some(path) => {
            let failed = |error: String| CliError::Failed(format!("{}: {error}", path.display()));
            let pem = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
            Some(PrivateKey::from_pem(&pem).map_err(|error| failed(error.to_owned()))?)
        }
    };
    let prober = Prober {
        http: Http::new(),
        server: args.server.clone(),
        vouched: args.public_url.as_ref().unwrap_or(&args.server).clone(),
        consumer: args.key.consumer()?,
    };
    let mut report = Report::default();
    Doctor::new(prober, private_key, args.token.token(), args.tracker.clone()).examine(&mut report)?;
    if report.wrong == 0 {
        return terminal::line(&format!("all {} checks are fine", report.checks));
    }
    Err(CliError::Failed(format!("{} of {} checks found something wrong", report.wrong, report.checks)))
}
