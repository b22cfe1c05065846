//! `oauthprovider serve`: the service, until it is told to stop.

use std::{future::poll_fn, pin::pin, task::Poll};

use clap::Args;
use tracing::Dispatch;
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use super::{CliError, Common, Missing, open, terminal};
use crate::{
    config::{Flags, Log, LogFormat, LogLevel},
    web::Server,
};

/// Where to serve, and under which names.
#[derive(Args)]
pub(super) struct ServeArgs {
    /// The address and port to listen on; port 0 picks a free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// A URL under which clients know the service; the first is canonical (may be repeated)
    #[arg(long, value_name = "URL")]
    public_url: Vec<String>,
    /// The certificate to speak TLS with: a PEM file, read again at SIGHUP
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<String>,
    /// The private key of that certificate
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
}

pub(super) fn run(common: &Common, args: &ServeArgs) -> Result<(), CliError> {
    let flags = Flags {
        listen: args.listen.clone(),
        public_urls: args.public_url.clone(),
        tls_cert: args.tls_cert.clone(),
        tls_key: args.tls_key.clone(),
        ..Flags::default()
    };
    let config = common.load(flags)?;
    start_log(&config.log);
    let store = open(&config, Missing::Create)?;
    let server = Server::bind(store, config)?;
    let base = server.base();
    let system = actix_web::rt::System::new();
    let outcome = system.block_on(async move {
        let mut running = pin!(server.start(true)?);
        // It starts at the first poll.
        if let Poll::Ready(ended) = poll_fn(|context| Poll::Ready(running.as_mut().poll(context))).await {
            return Ok(ended?);
        }
        // Said when connections are accepted: who waits for this line may connect at once.
        terminal::line(&format!("listening on {base}"))?;
        running.await?;
        Ok(())
    });
    // What was under way has been waited for. A thread that a silent database still holds is not: dropping the system
    // would wait for it without end.
    std::mem::forget(system);
    outcome
}

fn start_log(log: &Log) {
    if let Err(error) = log_to(log, std::io::stderr).try_init() {
        terminal::aside(&format!("oauthprovider: no log: {error}"));
    }
}

/// A log that is written here, one line at a time.
///
/// Ours at the level that was asked for; that of the libraries, which would print whole requests at the talkative ones,
/// never beyond warnings.
pub fn log_to<W>(log: &Log, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let level = match log.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let targets = Targets::new().with_target("oauthprovider", level).with_default(level.min(LevelFilter::WARN));
    let registry = tracing_subscriber::registry().with(targets);
    match log.format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(writer).with_ansi(false)).into(),
        LogFormat::Json => registry.with(fmt::layer().json().with_writer(writer)).into(),
    }
}
