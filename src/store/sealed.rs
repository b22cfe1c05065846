//! Secrets in rows: sealed when they are written, opened when they are asked for. No other room sees a sealed text.

use std::sync::Arc;

use diesel::prelude::*;

use super::{Connection, Error, Transaction, backend::Conn, schema::sealing};
use crate::{
    sealing::{KeyError, KeyName, Keyring, Place},
    secret::Secret,
};

/// Where the secrets of consumers stand; their rows are known by the consumer's key.
pub(super) const CONSUMER_SECRET: &str = "consumer_secrets.secret";
/// Where those of temporary credentials stand; their rows are known by their keys.
pub(super) const REQUEST_TOKEN: &str = "request_tokens.secret";
/// Where those of token credentials stand; their rows are known by their keys.
pub(super) const ACCESS_TOKEN: &str = "access_tokens.secret";
/// Where what was seen of refused requests stands; the rows are known by their ids, and too short-lived to be sealed anew.
pub(super) const EVIDENCE: &str = "refusals.evidence";
/// Where the key stands that the audit log is sealed with; its row is known by the log's name.
pub(super) const AUDIT_KEY: &str = "audit_key.secret";

/// How one looks at which key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// It does not move until the end of the transaction.
    Still,
    /// The same, and nobody else holds it meanwhile: it may be moved.
    ToMove,
}

impl Connection {
    /// Opens what is sealed in this column of the row of this number, which is known by `row`.
    ///
    /// Should it not open, nothing can be said of who signs with it: that is no reason to refuse anybody.
    pub(super) fn unseal(
        &self,
        (column, number): (&'static str, i64),
        row: &str,
        sealed: &str,
    ) -> Result<Secret, Error> {
        self.keys.open(Place { column, row }, sealed).map_err(|reason| match reason {
            KeyError::Unopened(_) | KeyError::NotThere(..) => Error::Unopened { column, row: number, reason },
            other => Error::Key(other),
        })
    }

    /// The name of the key that seals, as it is now; none before the first secret.
    pub(super) fn sealing_key(&mut self) -> Result<Option<KeyName>, Error> {
        let name: String = sealing::table.select(sealing::key_name).first(self.db())?;
        Ok(KeyName::parse(&name))
    }

    /// The keys for a database in which nothing is sealed yet. Next to an embedded one a key file is made where there is none.
    pub(super) fn first_keys(&mut self) -> Result<Arc<Keyring>, Error> {
        match self.db() {
            Conn::Sqlite(_) => Ok(self.keys.read_or_create()?),
            Conn::Postgres(_) => Ok(self.keys.read()?),
        }
    }
}

impl Transaction<'_> {
    /// Seals a secret for this column of the row that is known by `row`.
    pub(super) fn seal(&mut self, column: &'static str, row: &str, secret: &Secret) -> Result<String, Error> {
        let name = self.key_that_seals()?;
        Ok(self.keys.seal(name, Place { column, row }, secret)?)
    }

    /// The name of the key that seals, held until the end of the transaction. Whoever is the first to seal settles on the
    /// newest key that there is.
    pub(super) fn key_that_seals(&mut self) -> Result<KeyName, Error> {
        if let Some(name) = self.hold_sealing_key(Hold::Still)? {
            return Ok(name);
        }
        match self.hold_sealing_key(Hold::ToMove)? {
            // Somebody else was quicker.
            Some(name) => Ok(name),
            None => {
                let newest = self.first_keys()?.newest();
                self.move_sealing_key(newest)?;
                Ok(newest)
            }
        }
    }

    /// The name of the key that seals, held until the end of the transaction. SQLite's writers are one at a time anyway.
    pub(super) fn hold_sealing_key(&mut self, hold: Hold) -> Result<Option<KeyName>, Error> {
        let query = sealing::table.select(sealing::key_name);
        let name: Option<String> = match (self.db(), hold) {
            (Conn::Sqlite(connection), Hold::Still | Hold::ToMove) => query.first(connection).optional()?,
            // Not while there is none: two who held that together would wait for each other to name one.
            (Conn::Postgres(connection), Hold::Still) => {
                query.filter(sealing::key_name.ne("")).for_share().first(connection).optional()?
            }
            (Conn::Postgres(connection), Hold::ToMove) => query.for_update().first(connection).optional()?,
        };
        Ok(name.and_then(|name| KeyName::parse(&name)))
    }

    /// From the commit on this key seals.
    pub(super) fn move_sealing_key(&mut self, name: KeyName) -> Result<(), Error> {
        diesel::update(sealing::table).set(sealing::key_name.eq(name.to_string())).execute(self.db())?;
        Ok(())
    }
}
