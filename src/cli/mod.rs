//! The command line: one file per command, and what they share.
//!
//! A command succeeds (exit 0), fails for a reason that it tells in one line on standard error (exit 1), or was written
//! wrongly (exit 2).

mod audit;
pub mod client;
mod consumer;
pub mod demo;
mod explain;
pub mod import;
mod migrate;
mod operator;
pub mod serve;
mod server_key;
mod terminal;
mod token;

use std::{path::PathBuf, process::ExitCode};

use crate::{
    config::{Config, ConfigError, Flags},
    provider,
    sealing::KeyError,
    store::{self, DatabaseUrl, Store},
    web,
};
use clap::{Args, Parser, Subcommand};

/// A forge OAuth 1.0a provider: remote tools act on a user's behalf with exactly one of the user's roles.
#[derive(Parser)]
#[command(name = "oauthprovider", version)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args, Clone)]
struct Common {
    /// The configuration file (default: plugin.toml, where it exists)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// sqlite:PATH or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database up to date, then serve
    Serve(serve::ServeArgs),
    /// Show the whole flow on a forge of its own, then keep serving it
    Demo(demo::DemoArgs),
    /// Bring the database to the current schema
    Migrate,
    /// Load users, projects, roles, trackers and consumers
    Import(import::ImportArgs),
    /// Register and look after the tools that may ask users for access
    #[command(subcommand)]
    Consumer(consumer::ConsumerCommand),
    /// Make a server key, which secrets in the database are sealed with
    #[command(subcommand)]
    ServerKey(server_key::ServerKeyCommand),
    /// Seal all secrets anew with a fresh server key, while services run
    RotateServerKey(server_key::RotateArgs),
    /// List, issue and revoke access tokens
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Say what was done, by whom and why, and whether the log of it holds
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Show what was seen of a refused request, and what its author did
    Explain(explain::ExplainArgs),
    /// Be a consumer: sign requests, and walk the flow by hand
    #[command(subcommand)]
    Client(client::ClientCommand),
}

/// Why a command failed, in one line.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// It could not be done.
    #[error("{0}")]
    Failed(String),
    /// It was written wrongly in a way that the parser of the arguments does not see.
    #[error("{0}")]
    Usage(String),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The provider refused.
    #[error(transparent)]
    Provider(#[from] provider::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The server key is not to be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The service could not be started, or broke off.
    #[error(transparent)]
    Serve(#[from] web::ServeError),
    /// What was to be printed could not be.
    #[error("cannot write the output: {0}")]
    Output(#[from] std::io::Error),
}

/// Runs a command and tells how it ended.
pub fn run(cli: &Cli) -> ExitCode {
    let outcome = match &cli.command {
        Command::Serve(args) => serve::run(&cli.common, args),
        Command::Demo(args) => demo::run(args),
        Command::Migrate => migrate::run(&cli.common),
        Command::Import(args) => import::run(&cli.common, args),
        Command::Consumer(command) => consumer::run(&cli.common, command),
        Command::ServerKey(command) => server_key::run(command),
        Command::RotateServerKey(args) => server_key::rotate(&cli.common, args),
        Command::Token(command) => token::run(&cli.common, command),
        Command::Audit(command) => audit::run(&cli.common, command),
        Command::Explain(args) => explain::run(&cli.common, args),
        Command::Client(command) => client::run(command),
    };
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    // One line whatever the reason was made of: a database speaks in several.
    let line = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    terminal::aside(&format!("oauthprovider: {line}"));
    match error {
        CliError::Usage(_) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

/// What a command does with a database file that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It makes one.
    Create,
    /// It takes the name for a slip, and says so.
    Refuse,
}

impl Common {
    /// Reads the configuration, with the flags of a command and those that every command takes.
    fn load(&self, flags: Flags) -> Result<Config, ConfigError> {
        let flags = Flags { config: self.config.clone(), database_url: self.database_url.clone(), ..flags };
        Config::load(&flags, std::env::vars_os())
    }

    /// Reads it for a command that does one thing after the other, over one connection. Of two, the pool would open one behind the
    /// command's back, which might be open still when it ends: then SQLite's journal stays, with what was removed in the file.
    fn load_for_one(&self) -> Result<Config, ConfigError> {
        let mut config = self.load(Flags::default())?;
        config.database.pool_size = 1;
        Ok(config)
    }

    /// Opens the database of the configuration, brought up to date, with the server keys that it needs.
    fn open(&self, missing: Missing) -> Result<Store, CliError> {
        open(&self.load_for_one()?, missing)
    }

    /// Opens it as it is, for who only looks: nothing is written, and no key is asked for that is not needed.
    fn open_to_look(&self) -> Result<Store, CliError> {
        let store = connect(&self.load_for_one()?, Missing::Refuse)?;
        store.expect_current()?;
        Ok(store)
    }
}

fn open(config: &Config, missing: Missing) -> Result<Store, CliError> {
    let store = open_locked(config, missing)?;
    store.unlock()?;
    Ok(store)
}

/// The same without the server keys: for who needs no secret.
fn open_locked(config: &Config, missing: Missing) -> Result<Store, CliError> {
    let store = connect(config, missing)?;
    store.migrate()?;
    Ok(store)
}

fn connect(config: &Config, missing: Missing) -> Result<Store, CliError> {
    if let (DatabaseUrl::Sqlite(path), Missing::Refuse) = (&config.database.url, missing)
        && !path.exists()
    {
        return Err(CliError::Failed(format!("{}: there is no such database", config.database.url)));
    }
    let database = &config.database;
    let store = Store::open(database.url.clone(), database.keys(), database.pool_size, database.wait)?;
    // What a command does is told by the services that send letters.
    Ok(if config.mail.server.is_some() { store.telling_by_mail() } else { store })
}
