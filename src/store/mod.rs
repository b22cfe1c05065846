//! Rows in, rows out: the only room that knows SQL, and that there are two databases.
//!
//! It knows nothing of OAuth, of rights or of HTTP. One step of a request is one hop: [`Store::run`] borrows a connection, goes to
//! a thread that may wait, and runs plain synchronous code there. Functions that only read take a [`Connection`],
//! functions that write a [`Transaction`].

pub mod access_tokens;
pub mod acting_tokens;
pub mod audit;
mod backend;
mod by_name;
pub mod calls;
pub mod census;
mod columns;
mod connection;
pub mod consumer_secrets;
pub mod consumer_words;
pub mod consumers;
mod database_url;
mod error;
pub mod items;
mod ledger;
pub mod mail;
mod migrations;
pub mod nonces;
pub mod projects;
pub mod refusals;
pub mod request_tokens;
mod resealing;
pub mod roles;
mod schema;
mod sealed;
pub mod sessions;
mod together;
pub mod trackers;
pub mod user_words;
pub mod users;
pub mod uses;
mod words;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use diesel::r2d2::Pool;
use parking_lot::Mutex;
use tokio::{sync::Semaphore, time::timeout};

pub use by_name::Page;
pub use columns::{Action, ItemPart, ItemStatus, ProjectStatus, RequestTokenState, SecretPlace, Section, UserStatus};
pub use connection::{Connection, Transaction, Turn};
pub use database_url::DatabaseUrl;
pub use error::Error;
pub use ledger::{Claim, Entry};
pub use nonces::{Epoch, Nonce};
pub use resealing::{Resealed, Rotation};
pub use together::Together;

use backend::Opener;
use ledger::Ledger;

use crate::sealing::Keys;

/// So many times the wait for a connection may all the work of one request take: longer than the database lets a single
/// statement run, so that only one that says nothing at all is given up on.
const PATIENCE: u32 = 5;

/// An open database: a pool of connections and the ledger, cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Opener>,
    /// One for each connection of the pool: who has none waits without taking a thread.
    turns: Arc<Semaphore>,
    ledger: Arc<Ledger>,
    writer: Arc<Mutex<()>>,
    wait: Duration,
    keys: Keys,
    tells_by_mail: bool,
}

impl Store {
    /// Opens the database and a first connection to it.
    ///
    /// Secrets in it are sealed with `keys`, which are read when one of them is needed first.
    /// `wait` is how long a caller waits for a connection or a lock before it is told [`Error::Unavailable`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be reached, with the database's own words.
    pub fn open(url: DatabaseUrl, keys: Keys, connections: u32, wait: Duration) -> Result<Self, Error> {
        let opener = Opener { url, wait, file: Arc::new(OnceLock::new()) };
        let of_size = |connections: u32, idle: u32| {
            Pool::builder()
                .max_size(connections)
                .min_idle(Some(idle))
                .connection_timeout(wait)
                .error_handler(Box::new(LogPoolErrors))
        };
        let pool = of_size(connections, 1).build(opener.clone())?;
        let writer = Arc::new(Mutex::new(()));
        // The ledger's connections are its own, so that nobody who reads or waits keeps it from committing.
        let ledger = Ledger::open(of_size(ledger::CONNECTIONS, 0).build(opener.clone())?, opener, Arc::clone(&writer))?;
        let turns = Arc::new(Semaphore::new(connections as usize));
        Ok(Self { pool, turns, ledger: Arc::new(ledger), writer, wait, keys, tells_by_mail: false })
    }

    /// The same, for a forge that writes letters to its users: what is to be told waits in [`mail`]. Without this nothing
    /// does, since nobody would send it.
    #[must_use]
    pub fn telling_by_mail(self) -> Self {
        Self { tells_by_mail: true, ..self }
    }

    /// Claims a nonce, and answers when that is on the disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is out of reach: then nothing can be said of the nonce.
    pub async fn claim(&self, nonce: Nonce) -> Result<Entry, Error> {
        self.enter(Some(nonce)).await
    }

    /// The epoch, as of a moment after this was asked.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is out of reach.
    pub async fn epoch(&self) -> Result<Epoch, Error> {
        Ok(self.enter(None).await?.epoch)
    }

    /// The newest epoch that a batch of this process was committed in. Facts of another one need not be looked at.
    pub fn newest_epoch(&self) -> Epoch {
        self.ledger.epoch()
    }

    /// Runs `work` with a connection on a thread that may wait.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Unavailable`] when no connection was free in time, or when the database was silent for
    /// so long that nothing can be said of what became of the work.
    pub async fn run<T, E>(&self, work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let store = self.clone();
        let turn = timeout(self.wait, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn
            .ok()
            .and_then(Result::ok)
            .ok_or_else(|| Error::Unavailable("all connections are in use".to_owned()))?;
        let working = tokio::task::spawn_blocking(move || {
            let worked = store.blocking(work);
            drop(turn);
            worked
        });
        let broke_off = |error| Error::Refused(format!("the work with the database broke off: {error}"));
        // Waits no longer than anything may take.
        timeout(self.wait * PATIENCE, working).await.map_err(|_| silent())?.map_err(broke_off)?
    }

    /// Does `work` after a while, for nobody who waits for it, unless the runtime ends before.
    pub fn later(&self, pause: Duration, work: impl Future<Output = ()> + Send + 'static) {
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            work.await;
        });
    }

    async fn enter(&self, nonce: Option<Nonce>) -> Result<Entry, Error> {
        let entered = timeout(self.wait * PATIENCE, self.ledger.enter(nonce)).await;
        entered.unwrap_or_else(|_| {
            // Longer than the database lets a single statement run.
            self.ledger.replace_keeper(self.wait * (PATIENCE - 1));
            Err(silent())
        })
    }

    /// The same on the calling thread: for commands, tests and start-up.
    ///
    /// # Errors
    /// As for [`Store::run`].
    pub fn blocking<T, E: From<Error>>(&self, work: impl FnOnce(&mut Connection) -> Result<T, E>) -> Result<T, E> {
        let pooled = self.pool.get().map_err(Error::from)?;
        let (writer, keys) = (Arc::clone(&self.writer), self.keys.clone());
        work(&mut Connection { pooled, writer, wait: self.wait, keys, tells_by_mail: self.tells_by_mail })
    }
}

impl Connection {
    /// Makes sure that the database can be read and written, as every signed request needs it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot.
    pub fn probe(&mut self) -> Result<(), Error> {
        self.write(nonces::probe)
    }
}

fn silent() -> Error {
    Error::Unavailable("the database has gone silent".to_owned())
}

/// The pool retries by itself; the operator still wants to know why it had to.
#[derive(Debug)]
struct LogPoolErrors;

impl diesel::r2d2::HandleError<diesel::r2d2::Error> for LogPoolErrors {
    fn handle_error(&self, error: diesel::r2d2::Error) {
        tracing::warn!(error = %error, "no database connection");
    }
}
