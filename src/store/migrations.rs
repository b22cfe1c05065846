//! Bringing the schema to this program's version, one step after the other.
//!
//! Some steps leave something to be done that no SQL can do. Those of words make a table of what users, consumers or items are
//! found by, and what a word is the program says. Another one finds secrets in clear, and a key that is not in the
//! database is to seal them. That is done as the step's end, in its transaction, by whoever takes it. So there is no moment after it
//! at which something in clear is taken for a secret, and no mark in the database that asks for sealing: whoever writes rows
//! could set it.

use diesel::{
    connection::SimpleConnection,
    migration::{MigrationSource, Result as StepResult},
    prelude::*,
    result::{DatabaseErrorKind, Error as Diesel},
    sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{
    Connection, Error, Store, Transaction,
    backend::{self, Conn},
    consumer_words, user_words,
};

diesel::table! {
    /// diesel's own account of the steps that were taken.
    #[sql_name = "__diesel_schema_migrations"]
    taken_steps (version) {
        version -> Text,
    }
}

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The key of PostgreSQL's advisory lock under which one instance migrates while others wait.
const MIGRATION_LOCK: i64 = 0x6f61_7574_6870;

/// The version of `2026-11-22-000010_calls`, which finds consumers whose words nobody kept.
const WORDS_OF_CONSUMERS_STEP: &str = "20261122000010";

/// The version of `2026-11-22-000000_sealed`, which finds secrets in clear.
pub(super) const SEALING_STEP: &str = "20261122000000";

/// The version of `2026-11-22-000008_uses_plugin`, after which users are looked for by their words.
const WORDS_OF_USERS_STEP: &str = "20261122000008";

/// The version of `2026-11-22-000011_items`, after which items are.
const WORDS_OF_ITEMS_STEP: &str = "20261122000011";

impl Store {
    /// Brings the schema to this program's version; changes no table when it is there already. A server key is needed where
    /// there are secrets that an older program kept in clear, and nowhere else.
    ///
    /// # Errors
    /// [`Error::Migration`] with the statement's failure, or [`Error::Key`]; the step that failed has changed nothing.
    pub fn migrate(&self) -> Result<(), Error> {
        self.blocking(|conn| {
            let sealed = match conn.db() {
                Conn::Sqlite(_) => conn.write(take_all_steps)?,
                Conn::Postgres(connection) => {
                    let lock = format!(
                        "SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock({MIGRATION_LOCK})"
                    );
                    connection.batch_execute(&lock)?;
                    let outcome = take_steps_one_by_one(conn);
                    if let Conn::Postgres(connection) = conn.db() {
                        connection.batch_execute(&format!("SELECT pg_advisory_unlock({MIGRATION_LOCK})"))?;
                        // The connection goes back to the pool, where requests do not wait without end.
                        backend::set_up_postgres(connection, self.wait)?;
                    }
                    outcome?
                }
            };
            if sealed > 0 {
                tracing::info!(secrets = sealed, "sealed what was in clear");
                wipe_what_was_in_clear(conn);
            }
            Ok(())
        })
    }

    /// Makes sure that the schema is at this program's version, and writes nothing.
    ///
    /// # Errors
    /// [`Error::Outdated`] when it is not.
    pub fn expect_current(&self) -> Result<(), Error> {
        self.blocking(|conn| {
            let taken: Vec<String> = match taken_steps::table.select(taken_steps::version).load(conn.db()) {
                // That there is no such table is among what has no kind of its own.
                Err(Diesel::DatabaseError(DatabaseErrorKind::Unknown, _)) => Vec::new(),
                other => other?,
            };
            if versions()?.iter().all(|version| taken.contains(version)) { Ok(()) } else { Err(Error::Outdated) }
        })
    }
}

/// The versions of all steps, which both databases have alike.
fn versions() -> Result<Vec<String>, Error> {
    let steps = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(|error| Error::Migration(error.to_string()))?;
    Ok(steps.iter().map(|step| step.name().version().to_string()).collect())
}

/// All steps in one transaction. Says how many secrets were sealed.
fn take_all_steps(tx: &mut Transaction<'_>) -> Result<usize, Error> {
    let mut all = 0;
    while let Some(sealed) = take_next_step(tx)? {
        all += sealed;
    }
    Ok(all)
}

/// Each step in a transaction of its own. Says how many secrets were sealed.
fn take_steps_one_by_one(conn: &mut Connection) -> Result<usize, Error> {
    let mut all = 0;
    while let Some(sealed) = conn.write(take_next_step)? {
        all += sealed;
    }
    Ok(all)
}

/// Takes the next step, if there is one, and says how many secrets it sealed.
fn take_next_step(tx: &mut Transaction<'_>) -> Result<Option<usize>, Error> {
    let taken = match tx.db() {
        Conn::Sqlite(connection) => next_step(connection, SQLITE),
        Conn::Postgres(connection) => next_step(connection, POSTGRES),
    };
    match taken.map_err(|error| Error::Migration(error.to_string()))? {
        None => Ok(None),
        Some(step) if step.version == WORDS_OF_CONSUMERS_STEP => consumer_words::keep_all(tx).map(|()| Some(0)),
        Some(step) if step.version == WORDS_OF_USERS_STEP => user_words::keep_all(tx).map(|()| Some(0)),
        Some(step) if step.version == WORDS_OF_ITEMS_STEP => tx.write_all_words().map(|()| Some(0)),
        Some(step) if step.version != SEALING_STEP => Ok(Some(0)),
        Some(step) if step.is_newest => tx.seal_what_is_in_clear().map(Some),
        // Somebody took it back alone: what they left in its tables is nobody's secret.
        Some(step) => Err(Error::Migration(format!("the step {} is missing, and later ones were taken", step.version))),
    }
}

/// A step that was taken just now.
struct Taken {
    version: String,
    /// Whether no later one was taken before.
    is_newest: bool,
}

fn next_step<DB: diesel::backend::Backend>(
    connection: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> StepResult<Option<Taken>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let pending = connection.pending_migrations(source)?;
    let Some(step) = pending.first() else { return Ok(None) };
    let version = connection.run_migration(step.as_ref())?.to_string();
    let is_newest = connection.applied_migrations()?.iter().all(|taken| taken.to_string() <= version);
    Ok(Some(Taken { version, is_newest }))
}

/// SQLite leaves what was in clear in its journal until something else needs the room.
fn wipe_what_was_in_clear(conn: &mut Connection) {
    if let Conn::Sqlite(connection) = conn.db()
        && let Err(error) = connection.batch_execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    {
        tracing::warn!(error = %error, "secrets that were in clear may be left in unused parts of the file; VACUUM wipes them");
    }
}
