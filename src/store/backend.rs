//! The two databases behind one type, and how a connection to either is opened.
//!
//! The type has a file of its own because its derive takes the name `Connection` for diesel's trait.

use std::{
    fs::OpenOptions,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use diesel::{
    Connection as _, ConnectionError, PgConnection, QueryResult, SqliteConnection,
    connection::{InstrumentationEvent, SimpleConnection},
    r2d2::{ManageConnection, R2D2Connection},
};

use super::DatabaseUrl;
use crate::secret::Secret;

/// Either database; the queries of this room are written once, against this.
#[derive(diesel::MultiConnection)]
pub(super) enum Conn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Opens connections for the pools, and tells broken ones from sound ones.
#[derive(Clone)]
pub(super) struct Opener {
    pub url: DatabaseUrl,
    pub wait: Duration,
    /// Which file the embedded database is, once it was opened.
    pub file: Arc<OnceLock<FileIdentity>>,
}

/// After so many pages of SQLite's journal they are written to their places: 16 MB, which a start reads in a few
/// milliseconds.
const CHECKPOINT_PAGES: u32 = 4_000;

/// Device and number of a file: a file that was put in another's place has others.
pub(super) type FileIdentity = (u64, u64);

/// How long PostgreSQL itself lets a statement wait for a lock, and run; that a commit is on the disk before it is told,
/// should the server have been set up to forget; and that a statement sees what was committed before it began, as the
/// ledger's order needs it.
pub(super) fn set_up_postgres(connection: &mut PgConnection, wait: Duration) -> QueryResult<()> {
    let (lock, statement) = (wait.as_millis(), wait.as_millis() * 4);
    connection.batch_execute(&format!(
        "SET lock_timeout = {lock}; SET statement_timeout = {statement}; \
         SET default_transaction_isolation = 'read committed'; \
         SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    ))
}

impl Opener {
    fn open(&self) -> Result<Conn, ConnectionError> {
        let wait = self.wait.as_millis();
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                self.check_file()?;
                if self.file.get().is_none() {
                    make_private(path);
                }
                let mut connection = SqliteConnection::establish(&path.to_string_lossy())?;
                connection.set_instrumentation(tell);
                // FULL: a nonce or a revocation that was answered survives a power cut. The journal's pages go to their
                // places not before there are as many: the log's last page is written again by every batch. What is removed is
                // overwritten, also where whole pages become free (FAST leaves those): what is swept frees whole pages.
                let settings = format!(
                    "PRAGMA busy_timeout = {wait}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA foreign_keys = ON; \
                     PRAGMA secure_delete = ON;"
                );
                connection.batch_execute(&settings).map_err(ConnectionError::CouldntSetupConfiguration)?;
                self.file.get_or_init(|| identity(path).unwrap_or_default());
                Ok(Conn::Sqlite(connection))
            }
            DatabaseUrl::Postgres(url) => {
                let mut connection = PgConnection::establish(with_timeouts(url, self.wait).expose())?;
                connection.set_instrumentation(tell);
                set_up_postgres(&mut connection, self.wait).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Conn::Postgres(connection))
            }
        }
    }
}

/// Under which name the texts of statements are told.
const STATEMENTS: &str = "oauthprovider::statements";

/// Tells, at the finest log level, that a statement begins, so that statements can be counted; and its text, so that it can be
/// seen how the database goes about it. Never what is bound to it: that may be secret.
fn tell(event: InstrumentationEvent<'_>) {
    if let InstrumentationEvent::StartQuery { query, .. } = event {
        tracing::trace!("a statement");
        if tracing::enabled!(target: STATEMENTS, tracing::Level::TRACE) {
            let whole = query.to_string();
            let text = whole.split_once(BOUND).map_or(whole.as_str(), |(text, _)| text);
            tracing::trace!(target: STATEMENTS, sql = ?text, "sent");
        }
    }
}

/// What diesel puts between the text of a statement and what is bound to it.
const BOUND: &str = " -- binds: ";

impl Opener {
    /// Refuses to go on with a file that was deleted or replaced: what is written to the one would not be read in the other.
    pub(super) fn check_file(&self) -> Result<(), ConnectionError> {
        match (&self.url, self.file.get()) {
            (DatabaseUrl::Sqlite(path), Some(known)) if identity(path) != Some(*known) => {
                let told = format!("{} is not the file any more that it was", path.display());
                Err(ConnectionError::BadConnection(told))
            }
            (DatabaseUrl::Sqlite(_) | DatabaseUrl::Postgres(_), _) => Ok(()),
        }
    }
}

/// Makes the file of a new database, for its owner alone, and SQLite gives its journal the same mode. One that is there
/// stays as it is; what is wrong with its place is for SQLite to tell.
fn make_private(path: &Path) {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).ok();
}

fn identity(path: &Path) -> Option<FileIdentity> {
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        self.check_file().map_err(diesel::r2d2::Error::ConnectionError)?;
        match conn {
            Conn::Postgres(connection) => connection.ping(),
            Conn::Sqlite(connection) => connection.ping(),
        }
        .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        // True also while a transaction is open: that of a caller which panicked inside.
        match conn {
            Conn::Postgres(connection) => R2D2Connection::is_broken(connection),
            Conn::Sqlite(connection) => R2D2Connection::is_broken(connection),
        }
    }
}

/// The URL with limits on how long a server that is silent is waited for, where it names none itself: to connect, until it
/// takes what it is sent, and until it shows that it is there at all while it is asked nothing or works on an answer.
fn with_timeouts(url: &Secret, wait: Duration) -> Secret {
    let mut text = url.expose().to_owned();
    for (name, value) in [
        ("connect_timeout", u128::from(wait.as_secs())),
        ("tcp_user_timeout", wait.as_millis()),
        ("keepalives_idle", u128::from(wait.as_secs().max(1))),
        ("keepalives_interval", 1),
        ("keepalives_count", 3),
    ] {
        if !text.contains(name) {
            text.push(if text.contains('?') { '&' } else { '?' });
            text.push_str(&format!("{name}={value}"));
        }
    }
    Secret::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_server_is_waited_for_as_long_as_the_url_or_else_the_configuration_says() {
        let told = |url: &str| with_timeouts(&Secret::new(url), Duration::from_secs(3)).expose().to_owned();
        let alive = "keepalives_idle=3&keepalives_interval=1&keepalives_count=3";
        assert_eq!(told("postgres://h/d"), format!("postgres://h/d?connect_timeout=3&tcp_user_timeout=3000&{alive}"));
        assert_eq!(
            told("postgres://h/d?connect_timeout=9&x=y"),
            format!("postgres://h/d?connect_timeout=9&x=y&tcp_user_timeout=3000&{alive}")
        );
    }
}
