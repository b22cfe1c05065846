//! The audit log: who did what, in one chain. It is only ever added to.
//!
//! What is to be said is left with the [`Transaction`] and written as its last act, just before the commit. So there is no
//! change without its entry, and no entry of a change that was taken back; and the head, which all who add something
//! lock, is locked when every other lock is held already, and for no longer than the commit takes.

mod chain;

use diesel::prelude::*;

pub use chain::AuditKey;

use super::{
    Action, Connection, Error, Transaction,
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
    /// What was done: a word of [`Action`].
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

/// Which entries a list holds; `None` means all.
#[derive(Default, Clone, Copy)]
pub struct Filter<'a> {
    /// Only those that this user did, or that concern this user, by name.
    pub user: Option<&'a str>,
    /// Only those that this consumer did, or that concern it, by name.
    pub consumer: Option<&'a str>,
    /// Only those of this action.
    pub action: Option<Action>,
    /// Only those from this moment on.
    pub since: Option<UnixSeconds>,
    /// Only those before this number.
    pub before: Option<i64>,
}

/// What the row of the log's key is known by.
const LOG: &str = "audit_log";

impl Connection {
    /// The key that entries are sealed with; none before the first entry, or where somebody took it away.
    ///
    /// # Errors
    /// [`Error::Unopened`] when it does not open.
    pub fn audit_key(&mut self) -> Result<Option<AuditKey>, Error> {
        let sealed: Option<String> = audit_key::table.select(audit_key::secret).first(self.db()).optional()?;
        sealed.map(|sealed| Ok(AuditKey::new(&self.unseal((AUDIT_KEY, 1), LOG, &sealed)?))).transpose()
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
            None => self.make_audit_key()?,
        };
        for said in said {
            let entry = key.link(mark.number + 1, mark.hash, said);
            diesel::insert_into(audit_log::table).values(&entry).execute(self.db())?;
            mark = Mark { number: entry.number, hash: entry.hash };
        }
        diesel::update(audit_head::table)
            .set((audit_head::count.eq(mark.number), audit_head::hash.eq(mark.hash)))
            .execute(self.db())?;
        Ok(())
    }

    /// Makes the key that entries are sealed with. The head is locked, so nobody else does.
    fn make_audit_key(&mut self) -> Result<AuditKey, Error> {
        let secret = Secret::random().map_err(KeyError::from)?;
        let sealed = self.seal(AUDIT_KEY, LOG, &secret)?;
        let row = (audit_key::id.eq(1), audit_key::name.eq(LOG), audit_key::secret.eq(sealed));
        diesel::insert_into(audit_key::table).values(row).execute(self.db())?;
        Ok(AuditKey::new(&secret))
    }

    /// The end of the log, which nobody else can move before this transaction has ended.
    fn lock_head(&mut self) -> Result<Mark, Error> {
        // An update of nothing: it locks the row, and gives what whoever had it before left there.
        Ok(diesel::update(audit_head::table)
            .set(audit_head::count.eq(audit_head::count))
            .returning((audit_head::count, audit_head::hash))
            .get_result(self.db())?)
    }
}

/// The end of the log as its head has it; none where somebody removed the head.
///
/// # Errors
/// Those of the database.
pub fn head(conn: &mut Connection) -> Result<Option<Mark>, Error> {
    Ok(audit_head::table.select((audit_head::count, audit_head::hash)).first(conn.db()).optional()?)
}

/// At most `limit` entries, newest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, filter: Filter<'_>, limit: i64) -> Result<Vec<Entry>, Error> {
    let mut query = audit_log::table.select(Entry::as_select()).into_boxed();
    if let Some(user) = filter.user {
        let did = audit_log::actor.eq("user").and(audit_log::actor_name.eq(user));
        query = query.filter(did.assume_not_null().or(audit_log::user_name.eq(user).assume_not_null()));
    }
    if let Some(consumer) = filter.consumer {
        query = query.filter(audit_log::consumer_name.eq(consumer));
    }
    if let Some(action) = filter.action {
        query = query.filter(audit_log::action.eq(action.word()));
    }
    if let Some(since) = filter.since {
        query = query.filter(audit_log::at.ge(since));
    }
    if let Some(before) = filter.before {
        query = query.filter(audit_log::number.lt(before));
    }
    Ok(query.order(audit_log::number.desc()).limit(limit).load(conn.db())?)
}

/// At most `limit` entries after a number, in their order; from the beginning where there is none, whatever numbers
/// somebody may have made up.
///
/// # Errors
/// Those of the database.
pub fn after(conn: &mut Connection, number: Option<i64>, limit: i64) -> Result<Vec<Entry>, Error> {
    let mut query = audit_log::table.select(Entry::as_select()).into_boxed();
    if let Some(number) = number {
        query = query.filter(audit_log::number.gt(number));
    }
    Ok(query.order(audit_log::number).limit(limit).load(conn.db())?)
}
