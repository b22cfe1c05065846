//! `oauthprovider demo`: a whole forge in a throw-away database, and the whole flow played on it over real HTTP.
//!
//! | file | answers for |
//! | --- | --- |
//! | `story.rs`, `story/` | the steps, in their order |
//! | `forge.rs` | the people, projects and roles |
//! | `browser.rs`, `page.rs` | a person at the pages |
//! | `tool.rs` | a build server |
//! | `stage.rs`, `check.rs` | sending, showing, and expecting |
//! | `narrator.rs` | how it is told |
//!
//! It reads neither configuration file nor environment, and listens on loopback only: everybody knows its passwords.

mod browser;
mod check;
mod forge;
mod narrator;
mod page;
mod stage;
mod story;
mod tool;

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    pin::pin,
    time::Duration,
};

use clap::Args;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
};

use self::{narrator::Narrator, stage::Stage, story::Ending};
use super::{CliError, Missing, open, terminal};
use crate::{
    config::{Config, Flags},
    oauth1::Origin,
    store::{DatabaseUrl, Store},
    web::{ServeError, Server},
};

/// Where it listens when nothing is said.
const LISTEN: &str = "127.0.0.1:8080";
/// How long a browser that keeps its connection open delays the end.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// Where to play, and how long.
#[derive(Args)]
pub(super) struct DemoArgs {
    /// The loopback address and port to listen on; port 0 picks a free one (default: 127.0.0.1:8080, or a free port)
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// End with the story: exit 0 only if every step went as it says
    #[arg(long)]
    once: bool,
}

pub(super) fn run(args: &DemoArgs) -> Result<(), CliError> {
    start_log();
    actix_web::rt::System::new().block_on(play(args))
}

async fn play(args: &DemoArgs) -> Result<(), CliError> {
    // Before there is a folder, so that no signal leaves one behind.
    let stop = Stop::listen()?;
    let folder = tempfile::Builder::new().prefix("oauthprovider-demo-").tempdir();
    let folder = folder.map_err(|error| CliError::Failed(format!("no folder for the database: {error}")))?;
    let config = config(args, folder.path())?;
    let store = open(&config, Missing::Create)?;
    let server = bind(&store, config, args.listen.is_some())?;
    serve(server, store, stop, args.once).await
    // The folder goes when it is dropped here.
}

/// Warnings alone: the story tells everything else.
fn start_log() {
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_writer(std::io::stderr);
    if let Err(error) = log.with_ansi(false).try_init() {
        terminal::aside(&format!("oauthprovider: no log: {error}"));
    }
}

fn config(args: &DemoArgs, folder: &Path) -> Result<Config, CliError> {
    let listen = args.listen.as_deref().unwrap_or(LISTEN);
    if let Ok(address) = listen.parse::<SocketAddr>()
        && !address.ip().is_loopback()
    {
        let reason = "the demo listens on loopback addresses only, since everybody knows its passwords";
        return Err(CliError::Usage(format!("--listen: {reason}, and {address} is none")));
    }
    let mut config = Config::embedded(&Flags { listen: Some(listen.to_owned()), ..Flags::default() })?;
    config.database.url = DatabaseUrl::Sqlite(folder.join("forge.db"));
    config.server.shutdown = SHUTDOWN;
    Ok(config)
}

/// Binds the address; where the default one is taken, a free one.
fn bind(store: &Store, config: Config, is_given: bool) -> Result<Server, CliError> {
    match Server::bind(store.clone(), config.clone()) {
        Err(ServeError::Listen(taken, error)) if error.kind() == ErrorKind::AddrInUse && !is_given => {
            terminal::line(&format!("   Somebody else listens on {taken}, so the demo takes a free port."))?;
            let mut config = config;
            config.server.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            Ok(Server::bind(store.clone(), config)?)
        }
        outcome => Ok(outcome?),
    }
}

/// Serves, and plays the story meanwhile.
async fn serve(server: Server, store: Store, mut stop: Stop, once: bool) -> Result<(), CliError> {
    let address = server.public_url();
    let origin = Origin::parse(&address).map_err(|error| CliError::Failed(format!("{address}: {error}")))?;
    // The signals are ours: a server that stopped by itself would spoil the story before anybody knew why.
    let running = server.start(false)?;
    let handle = running.handle();
    let mut running = pin!(running);
    let told = tokio::select! {
        biased;
        () = stop.asked() => None,
        stopped = &mut running => return Ok(stopped?),
        outcome = tell(origin, store) => Some(outcome?),
    };
    let out = Narrator::new();
    match &told {
        None if once => return Err(CliError::Failed("stopped before the story ended".to_owned())),
        None => {}
        Some(_) if once => {
            out.pause()?;
            out.say("Every step went as it says.")?;
        }
        Some(ending) => {
            out.pause()?;
            invite(&out, &address, ending)?;
            tokio::select! {
                () = stop.asked() => {}
                stopped = &mut running => return Ok(stopped?),
            }
        }
    }
    let (_, stopped) = tokio::join!(handle.stop(true), running);
    Ok(stopped?)
}

/// Tells the story on a thread that may wait.
async fn tell(server: Origin, store: Store) -> Result<Ending, CliError> {
    let (tell, told) = oneshot::channel();
    std::thread::spawn(move || {
        // Nobody listens any more where the demo was stopped.
        let _ = tell.send(story::play(&Stage::new(server, store)));
    });
    told.await.map_err(|_| CliError::Failed("the story broke off".to_owned()))?
}

/// The signals that end the demo.
struct Stop {
    interrupted: Signal,
    terminated: Signal,
}

impl Stop {
    /// From here on a signal does not end the process by itself.
    fn listen() -> Result<Self, CliError> {
        let listen = |kind| {
            signal(kind)
                .map_err(|error: std::io::Error| CliError::Failed(format!("cannot listen for signals: {error}")))
        };
        Ok(Self { interrupted: listen(SignalKind::interrupt())?, terminated: listen(SignalKind::terminate())? })
    }

    /// Waits for SIGINT or SIGTERM.
    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

/// What to try next.
fn invite(out: &Narrator, address: &str, ending: &Ending) -> Result<(), CliError> {
    out.say(&format!("Every step went as it says. The forge stays at {address} until Ctrl-C. Log in as:"))?;
    for (user, password, who) in forge::LOG_INS {
        out.verbatim(&format!("  {user:5}  {password:13}  {who}"))?;
    }
    let consumer = |out: &Narrator, end| {
        out.verbatim(&format!("  --server {address} \\"))?;
        out.verbatim(&format!("  --consumer-key '{}' \\", ending.consumer_key))?;
        out.verbatim(&format!("  --consumer-secret '{}'{end}", ending.consumer_secret.expose()))
    };
    out.pause()?;
    out.say("Be Jenkins A yourself, with a fresh token of Alice's; then revoke it on her page, and try again:")?;
    out.verbatim("oauthprovider client call POST /api/projects/project-a/trackers/bugs/items \\")?;
    consumer(out, " \\")?;
    out.verbatim(&format!("  --token '{}' \\", ending.token.key))?;
    out.verbatim(&format!("  --token-secret '{}' \\", ending.token.secret.expose()))?;
    out.verbatim("  --json '{\"summary\": \"My first bug\"}'")?;
    out.pause()?;
    out.say("Or walk the flow by hand. This prints the address to open as Alice; `client access-token` follows.")?;
    out.verbatim("oauthprovider client request-token --callback oob \\")?;
    consumer(out, "")?;
    Ok(())
}
