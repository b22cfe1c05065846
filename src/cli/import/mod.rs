//! `oauthprovider import FILE.json`: a forge's users, projects, roles, trackers and consumers, all of it or nothing.
//!
//! The file is read and checked whole before the first row is written, and written in one transaction. What is wrong is
//! named by its path within the JSON. A second run of the same file changes nothing.

mod apply;
mod format;
mod said;

use std::path::PathBuf;

use clap::Args;

use super::{
    CliError, Common, Missing,
    operator::{Because, operator},
    terminal,
};
use crate::{forge::By, store::Store};

pub use apply::Summary;

/// What to load.
#[derive(Args)]
pub struct ImportArgs {
    /// The JSON file
    file: PathBuf,
    #[command(flatten)]
    because: Because,
}

pub(super) fn run(common: &Common, args: &ImportArgs) -> Result<(), CliError> {
    let shown = args.file.display();
    let text = std::fs::read(&args.file).map_err(|error| CliError::Failed(format!("{shown}: {error}")))?;
    let forge = format::parse(&text).map_err(|error| CliError::Failed(format!("{shown}: {error}")))?;
    let by = args.because.by()?;
    let store = common.open(Missing::Create)?;
    let summary = write(&store, &forge, &shown.to_string(), &by)?;
    terminal::line(&summary.to_string())?;
    for consumer in &summary.registered {
        let (name, key, secret) = (&consumer.name, &consumer.key, consumer.secret.expose());
        terminal::line(&format!("consumer {name} has the key {key} and the secret {secret}"))?;
    }
    Ok(())
}

/// Loads a forge from JSON text into an open database: what the command does, for the demo and for tests.
///
/// # Errors
/// What is wrong with the text, named by its path; or what the database refused. Nothing is changed then.
pub fn load(store: &Store, json: &[u8]) -> Result<Summary, CliError> {
    let forge = format::parse(json).map_err(|error| CliError::Failed(error.to_string()))?;
    write(store, &forge, "the forge", &operator())
}

/// Checks everything in a forge's JSON that can be checked without a database.
///
/// # Errors
/// The first thing that is wrong, named by its path.
pub fn check(json: &[u8]) -> Result<(), CliError> {
    format::parse(json).map(drop).map_err(|error| CliError::Failed(error.to_string()))
}

fn write(store: &Store, forge: &format::Forge, shown: &str, by: &By) -> Result<Summary, CliError> {
    // Hashing takes its time, so it is done before the transaction holds the database's write lock.
    let hashes = store.blocking(|conn| apply::hash_passwords(conn, forge))?;
    store.blocking(|conn| conn.write(|tx| apply::apply(tx, forge, &hashes, by))).map_err(|error| match error {
        apply::ImportError::Wrong(wrong) => CliError::Failed(format!("{shown}: {wrong}")),
        apply::ImportError::Provider(error) => error.into(),
    })
}
