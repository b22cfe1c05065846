//! The audit log: who did what, in one chain. It is only ever added to.
//!
//! What is to be said is left with the [`Transaction`] and written as its last act, just before the commit. So there is no
//! change without its entry, and no entry of a change that was taken back; and the head, which all who add something
//! lock, is locked when every other lock is held already, and for no longer than the commit takes.

mod chain;
mod lists;
mod reading;

use diesel::{prelude::*, result::Error as Diesel};

pub use chain::AuditKey;
pub use lists::{Filter, Page, list};
pub use reading::{Found, Head, Unreadable, each_after, head};

use super::{
    Connection, Error, Transaction,
    schema::{audit_head, audit_key, audit_log},
    sealed::AUDIT_KEY,
};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, UserId},
    sealing::KeyError,
    secret::Secret,
};

/// What the first entry hangs on.
pub const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What an entry says. Plain words, as they stand in the row: one that was tampered with must be readable to be named.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
pub struct Said {
    /// When it was done.
    pub at: UnixSeconds,
    /// What kind of actor did it.
    pub actor: String,
    /// The actor's number, if it has one.
    pub actor_id: Option<i64>,
    /// The actor's name, if it is known.
    pub actor_name: Option<String>,
    /// The address that it was done from, if it was done from one.
    pub address: Option<String>,
    /// What was done: a word of [`Action`](crate::store::Action).
    pub action: String,
    /// What kind of thing it was done to.
    pub object: String,
    /// The thing's number, if it has one.
    pub object_id: Option<i64>,
    /// The thing's name, if it has one.
    pub object_name: Option<String>,
    /// The number of the user whom it concerns, if it does one.
    pub user_id: Option<UserId>,
    /// That user's name.
    pub user_name: Option<String>,
    /// The number of the consumer that it concerns, if it does one.
    pub consumer_id: Option<ConsumerId>,
    /// That consumer's name.
    pub consumer_name: Option<String>,
    /// What else there is to say: a JSON object.
    pub details: String,
    /// Why, in the words of whoever did it.
    pub reason: Option<String>,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
pub struct Entry {
    /// Its place, from 1 on, without gaps.
    pub number: i64,
    /// What it says.
    #[diesel(embed)]
    pub said: Said,
    /// The hash of the entry before it.
    pub previous: String,
    /// The hash of all this.
    pub hash: String,
    /// What the service made of the hash with its key for the log.
    pub seal: String,
}

/// A place in the log and the hash that is there: whoever noted it can tell later that nothing before it was touched.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Mark {
    /// The entry's number; 0 is the beginning.
    pub number: i64,
    /// Its hash.
    pub hash: String,
}

impl Mark {
    /// The number of the entry that comes next. Only somebody's hand can have written one that is the last.
    fn following(&self) -> Result<i64, Error> {
        let last = || Error::Refused(format!("audit_head.count is {}, and nothing comes after that", self.number));
        self.number.checked_add(1).ok_or_else(last)
    }
}

/// The number of a row that is the only one of its table.
const ONLY: i64 = 1;

/// What the row of the log's key is known by.
const LOG: &str = "audit_log";

impl Connection {
    /// The key that entries are sealed with; none before the first entry, or where somebody took it away.
    ///
    /// # Errors
    /// [`Error::Unopened`] when it does not open.
    pub fn audit_key(&mut self) -> Result<Option<AuditKey>, Error> {
        let row = audit_key::table.filter(audit_key::id.eq(ONLY)).select(audit_key::secret);
        let sealed: String = match row.first(self.db()) {
            Err(Diesel::NotFound) => return Ok(None),
            // What is no text opens as little as any other.
            Err(Diesel::DeserializationError(_)) => String::new(),
            sealed => sealed?,
        };
        Ok(Some(AuditKey::new(&self.unseal((AUDIT_KEY, ONLY), LOG, &sealed)?)))
    }
}

impl Transaction<'_> {
    /// Leaves an entry to be written when everything else is.
    pub fn say(&mut self, said: Said) {
        self.said.push(said);
    }

    /// Writes what was said: the last act of the transaction.
    pub(super) fn append_what_was_said(&mut self) -> Result<(), Error> {
        let said = std::mem::take(&mut self.said);
        if said.is_empty() {
            return Ok(());
        }
        if self.audit_key()?.is_none() {
            // It is about to be made. Whoever moves the server key holds that and then wants the head, so this comes first.
            self.key_that_seals()?;
        }
        let mut mark = self.lock_head()?;
        let key = match self.audit_key()? {
            Some(key) => key,
            None if mark.number == 0 => self.make_audit_key()?,
            // Nobody could tell any more who wrote those that there are.
            None => return Err(Error::LogKeyMissing),
        };
        for said in said {
            let entry = key.link(mark.following()?, mark.hash, said);
            diesel::insert_into(audit_log::table).values(&entry).execute(self.db())?;
            mark = Mark { number: entry.number, hash: entry.hash };
        }
        diesel::update(audit_head::table.filter(audit_head::id.eq(ONLY)))
            .set((audit_head::count.eq(mark.number), audit_head::hash.eq(mark.hash)))
            .execute(self.db())?;
        Ok(())
    }

    /// Makes the key that entries are sealed with. The head is locked, so nobody else does.
    fn make_audit_key(&mut self) -> Result<AuditKey, Error> {
        let secret = Secret::random().map_err(KeyError::from)?;
        let sealed = self.seal(AUDIT_KEY, LOG, &secret)?;
        let row = (audit_key::id.eq(ONLY), audit_key::name.eq(LOG), audit_key::secret.eq(sealed));
        diesel::insert_into(audit_key::table).values(row).execute(self.db())?;
        Ok(AuditKey::new(&secret))
    }

    /// The end of the log, which nobody else can move before this transaction has ended.
    fn lock_head(&mut self) -> Result<Mark, Error> {
        // An update of nothing: it locks the row, and gives what whoever had it before left there.
        Ok(diesel::update(audit_head::table.filter(audit_head::id.eq(ONLY)))
            .set(audit_head::count.eq(audit_head::count))
            .returning((audit_head::count, audit_head::hash))
            .get_result(self.db())?)
    }
}
