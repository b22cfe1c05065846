//! A database for one test: a copy of one that was filled once, because hashing passwords takes its time.

use std::{
    path::PathBuf,
    process,
    str::FromStr,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};
use oauthprovider::{
    cli::import,
    sealing::{Keyring, Keys, Source},
    store::{DatabaseUrl, Store},
};
use tempfile::TempDir;

use super::{FORGE, Record};

/// The server key of the tests' databases, but for those that are about server keys.
pub const SERVER_KEY: &str = "5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed5ea1";

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// In a temporary file.
    Sqlite,
    /// On the server of `OAUTHPROVIDER_TEST_POSTGRES`.
    Postgres,
}

/// One test's database; gone when this is dropped. What its services and commands say is searched for secrets then.
pub struct Own {
    pub url: String,
    pub record: Record,
    kept: Kept,
}

enum Kept {
    File(#[expect(dead_code, reason = "kept for its Drop, which removes the folder")] TempDir),
    Named(String),
}

impl Database {
    /// A database with the forge of `FORGE` in it.
    pub fn filled(self) -> Own {
        let own = self.fresh(|name| format!("CREATE DATABASE {name} TEMPLATE {}", postgres_template()));
        if let Kept::File(_) = own.kept {
            let path = own.url.strip_prefix("sqlite:").unwrap();
            std::fs::copy(sqlite_template(), path).unwrap();
        }
        own
    }

    /// A database with nothing in it, not even tables.
    pub fn empty(self) -> Own {
        self.fresh(|name| format!("CREATE DATABASE {name} TEMPLATE template0"))
    }

    fn fresh(self, create: impl FnOnce(&str) -> String) -> Own {
        match self {
            Self::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("forge.db").display());
                Own { record: Record::of_database(&url), url, kept: Kept::File(folder) }
            }
            Self::Postgres => {
                static COUNT: AtomicUsize = AtomicUsize::new(0);
                let name = format!("it_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
                as_server(&create(&name));
                let url = postgres_url(&name);
                Own { record: Record::of_database(&url), url, kept: Kept::Named(name) }
            }
        }
    }
}

impl Own {
    /// The path of the file, for a test that speaks of files.
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        self.url.strip_prefix("sqlite:").map(PathBuf::from)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Kept::Named(name) = &self.kept {
            as_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Opens a database as the commands do, and brings it up to date.
pub fn open(url: &str, connections: u32) -> Store {
    open_patiently(url, connections, Duration::from_secs(5))
}

/// The same with another patience: how long a caller waits for a connection or a lock.
pub fn open_patiently(url: &str, connections: u32, wait: Duration) -> Store {
    let keys = Keys::of(Source::Given(Keyring::parse(SERVER_KEY).unwrap()));
    let store = Store::open(DatabaseUrl::from_str(url).unwrap(), keys, connections, wait).unwrap();
    store.migrate().unwrap();
    store.unlock().unwrap();
    store
}

fn fill(url: &str) {
    import::load(&open(url, 1), FORGE.as_bytes()).unwrap();
}

fn sqlite_template() -> PathBuf {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.db");
        fill(&format!("sqlite:{}", path.display()));
        (folder, path)
    });
    path.clone()
}

fn postgres_template() -> String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let name = format!("it_{}_template", process::id());
        as_server(&format!("CREATE DATABASE {name} TEMPLATE template0"));
        fill(&postgres_url(&name));
        name
    });
    template.clone()
}

fn server_url() -> String {
    std::env::var("OAUTHPROVIDER_TEST_POSTGRES")
        .expect("OAUTHPROVIDER_TEST_POSTGRES must name a PostgreSQL server (tests/run starts one and sets it)")
}

/// The server's URL with another database in it.
fn postgres_url(database: &str) -> String {
    let mut url = url::Url::parse(&server_url()).unwrap();
    url.set_path(database);
    url.into()
}

/// Runs one statement as the server's user. A template cannot be copied twice at once, so one test comes after the
/// other here.
pub(super) fn as_server(statement: &str) {
    let mut connection = PgConnection::establish(&server_url()).unwrap();
    sql_query("SELECT pg_advisory_lock(7)").execute(&mut connection).unwrap();
    let outcome = sql_query(statement).execute(&mut connection);
    outcome.unwrap_or_else(|error| panic!("{statement}: {error}"));
}
