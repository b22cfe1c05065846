//! A borrowed connection, and the writing transaction.
//!
//! Reading functions of this room take a [`Connection`], writing ones a [`Transaction`], so that nothing is written
//! outside of [`Connection::write`].

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use diesel::{
    RunQueryDsl,
    connection::{AnsiTransactionManager as Ansi, SimpleConnection, TransactionManager},
    r2d2::PooledConnection,
    sql_types::BigInt,
};
use parking_lot::Mutex;

use super::{
    Error,
    audit::Said,
    backend::{Conn, Opener},
};
use crate::sealing::Keys;

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes a lock until the transaction ends, and says whether it was free.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
}

/// What only one transaction at a time may be doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Loading a forge: what is missing is looked for, then added.
    Import,
    /// Ending a log-in attempt: failures are counted, then added to.
    LogIn,
    /// Changing which secrets a consumer has: those that it has are looked at, then changed.
    Secrets,
    /// Taking rights that the last administrator of the forge may have: whoever is left is looked for afterwards.
    Administrators,
    /// Removing what expired: of several who do the same work, all but one do it for nothing.
    Sweep,
    /// Looking for what users are to be told: likewise.
    Mail,
}

impl Turn {
    /// The key of PostgreSQL's advisory lock behind this turn.
    const fn lock(self) -> i64 {
        match self {
            Self::Import => 0x6f61_7574_6871,
            Self::LogIn => 0x6f61_7574_6872,
            Self::Sweep => 0x6f61_7574_6873,
            Self::Secrets => 0x6f61_7574_6874,
            Self::Administrators => 0x6f61_7574_6875,
            Self::Mail => 0x6f61_7574_6d6c,
        }
    }
}

/// A borrowed connection of the pool.
pub struct Connection {
    pub(super) pooled: PooledConnection<Opener>,
    pub(super) writer: Arc<Mutex<()>>,
    pub(super) wait: Duration,
    pub(super) keys: Keys,
    pub(super) tells_by_mail: bool,
}

/// A connection inside of a writing transaction; what is done through it happens wholly or not at all.
pub struct Transaction<'a> {
    conn: &'a mut Connection,
    /// For the audit log: written when everything else is.
    pub(super) said: Vec<Said>,
}

impl Connection {
    /// The connection as diesel wants it.
    pub(super) fn db(&mut self) -> &mut Conn {
        &mut self.pooled
    }

    /// Runs `work` in one transaction, committed when it returns `Ok` and rolled back when it returns `Err`.
    ///
    /// SQLite has one writer at a time: within the process writers queue here, where waking is quick and nobody starves, and the
    /// transaction takes the write lock at its start, because a reader's snapshot cannot be upgraded later.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Unavailable`] when the lock was not to be had in time or the commit failed.
    pub fn write<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let queue = Arc::clone(&self.writer);
        let _turn = match self.db() {
            Conn::Sqlite(_) => Some(
                queue
                    .try_lock_for(self.wait)
                    .ok_or_else(|| Error::Unavailable("the queue of writers is too long".to_owned()))?,
            ),
            Conn::Postgres(_) => None,
        };
        self.begin()?;
        self.end(|conn| {
            let mut tx = Transaction { conn, said: Vec::new() };
            let worked = work(&mut tx)?;
            tx.append_what_was_said()?;
            Ok(worked)
        })
    }

    /// The same, unless it is somebody else's turn: then nothing is done, nor waited for.
    ///
    /// # Errors
    /// As for [`Connection::write`].
    pub fn write_in_turn<T, E: From<Error>>(
        &mut self,
        turn: Turn,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        self.write(|tx| if tx.try_turn(turn)? { work(tx).map(Some) } else { Ok(None) })
    }

    /// Runs `work`, which only reads, on what the database holds at one moment, whatever is changed meanwhile.
    ///
    /// # Errors
    /// Those of `work`; [`Error::Unavailable`] when there was no beginning or no end of it.
    pub fn at_one_moment<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        match self.db() {
            Conn::Sqlite(connection) => Ansi::begin_transaction_sql(connection, "BEGIN"),
            Conn::Postgres(connection) => {
                Ansi::begin_transaction_sql(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
        }
        .map_err(Error::from)?;
        self.end(work)
    }

    fn begin(&mut self) -> Result<(), Error> {
        match self.db() {
            Conn::Sqlite(connection) => Ansi::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?,
            Conn::Postgres(connection) => Ansi::begin_transaction(connection)?,
        }
        Ok(())
    }

    /// Runs `work` in the transaction that was begun, and ends it.
    fn end<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        match work(self) {
            Ok(value) => {
                self.commit()?;
                Ok(value)
            }
            Err(error) => {
                self.roll_back();
                Err(error)
            }
        }
    }

    fn commit(&mut self) -> Result<(), Error> {
        <Conn as diesel::Connection>::TransactionManager::commit_transaction(self.db()).map_err(|error| {
            // Whatever the reason, after a failed commit nothing of it may be believed.
            Error::Unavailable(format!("the commit failed: {error}"))
        })
    }

    fn roll_back(&mut self) {
        if let Err(error) = <Conn as diesel::Connection>::TransactionManager::rollback_transaction(self.db()) {
            tracing::warn!(error = %error, "a rollback failed; the connection is dropped");
        }
    }
}

impl Transaction<'_> {
    /// Waits until no other transaction that takes this turn is past this point, so that what one finds missing is still missing when one
    /// writes it. SQLite's writers are one at a time anyway.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the turn did not come in time.
    pub fn take_turn(&mut self, turn: Turn) -> Result<(), Error> {
        match self.db() {
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(connection) => {
                Ok(connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({})", turn.lock()))?)
            }
        }
    }

    /// Takes this turn if nobody has it.
    fn try_turn(&mut self, turn: Turn) -> Result<bool, Error> {
        match self.db() {
            Conn::Sqlite(_) => Ok(true),
            Conn::Postgres(connection) => {
                Ok(diesel::select(pg_try_advisory_xact_lock(turn.lock())).get_result(connection)?)
            }
        }
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        self.conn
    }
}
