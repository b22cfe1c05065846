//! What was seen of requests that were refused lately: a ring with a share for each consumer.
//!
//! Evidence is one text to this room, sealed by [`insert`] and opened by [`find`] alone.

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction,
    schema::{consumer_owners, consumers, refusals},
    sealed::EVIDENCE,
};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, UserId},
    sealing::Place,
    secret::Secret,
};

/// A refusal that is to be written down.
pub struct New {
    /// The name under which it is looked up.
    pub id: String,
    /// The consumer whose key the request names, if there is one.
    pub consumer: Option<ConsumerId>,
    /// When it was.
    pub at: UnixSeconds,
    /// Why it was.
    pub code: String,
    /// Method and path.
    pub request: String,
    /// What was seen, in whatever form the writer gave it.
    pub evidence: Secret,
}

/// A refusal in a list.
#[derive(Clone, Queryable)]
pub struct Listed {
    /// The name under which it is looked up.
    pub id: String,
    /// The consumer's name; none where the request named no known one.
    pub consumer: Option<String>,
    /// When it was.
    pub at: UnixSeconds,
    /// Why it was.
    pub code: String,
    /// Method and path.
    pub request: String,
}

/// A refusal with all that was seen.
pub struct Found {
    /// The consumer whose key the request names.
    pub consumer: Option<ConsumerId>,
    /// What was seen.
    pub evidence: Secret,
}

/// Whose refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's, and nobody's.
    All,
    /// Those of the consumers that a user looks after.
    OwnedBy(UserId),
}

/// How many refusals are kept.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Of one consumer; of all that name none together.
    pub of_one: i64,
    /// Altogether.
    pub of_all: i64,
}

/// Writes one refusal down. One of an id that is there already is not written again.
///
/// # Errors
/// [`Error::Dangling`] when its consumer was removed at this moment.
pub fn insert(tx: &mut Transaction<'_>, new: &New) -> Result<(), Error> {
    let is_there = diesel::select(diesel::dsl::exists(refusals::table.filter(refusals::id.eq(&new.id))));
    if is_there.get_result::<bool>(tx.db())? {
        return Ok(());
    }
    let evidence = tx.seal(EVIDENCE, &new.id, &new.evidence)?;
    let row = (
        refusals::id.eq(&new.id),
        refusals::consumer_id.eq(new.consumer),
        refusals::at.eq(new.at),
        refusals::code.eq(&new.code),
        refusals::request.eq(&new.request),
        refusals::evidence.eq(evidence),
    );
    diesel::insert_into(refusals::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Finds a refusal since `since` by its id, among those that are asked for. What was sealed with a server key that is gone
/// since is gone too.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &mut Connection, id: &str, whose: Whose, since: UnixSeconds) -> Result<Option<Found>, Error> {
    let query = refusals::table.filter(refusals::id.eq(id)).filter(refusals::at.gt(since));
    let found: Option<(Option<ConsumerId>, String)> =
        query.select((refusals::consumer_id, refusals::evidence)).first(conn.db()).optional()?;
    let Some((consumer, evidence)) = found else { return Ok(None) };
    let is_asked_for = match (whose, consumer) {
        (Whose::All, _) => true,
        (Whose::OwnedBy(user), Some(consumer)) => {
            let owned = consumer_owners::table.filter(consumer_owners::consumer_id.eq(consumer));
            let owned = owned.filter(consumer_owners::user_id.eq(user));
            diesel::select(diesel::dsl::exists(owned)).get_result(conn.db())?
        }
        (Whose::OwnedBy(_), None) => false,
    };
    if !is_asked_for {
        return Ok(None);
    }
    let opened = conn.keys.open(Place { column: EVIDENCE, row: id }, &evidence);
    Ok(opened.ok().map(|evidence| Found { consumer, evidence }))
}

/// The refusals since `since` that are asked for, newest first, at most `limit`.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, whose: Whose, since: UnixSeconds, limit: i64) -> Result<Vec<Listed>, Error> {
    let columns = (refusals::id, consumers::name.nullable(), refusals::at, refusals::code, refusals::request);
    let recent = refusals::table.left_join(consumers::table).filter(refusals::at.gt(since)).select(columns);
    let recent = recent.order(refusals::number.desc()).limit(limit);
    Ok(match whose {
        Whose::All => recent.load(conn.db())?,
        Whose::OwnedBy(user) => {
            let owned = consumer_owners::table.filter(consumer_owners::user_id.eq(user));
            let owned = owned.select(consumer_owners::consumer_id.nullable());
            recent.filter(refusals::consumer_id.eq_any(owned)).load(conn.db())?
        }
    })
}

/// Removes what is beyond a consumer's share (or that of all who name no known one), and beyond what is kept altogether.
///
/// # Errors
/// Those of the database.
pub fn trim(tx: &mut Transaction<'_>, consumer: Option<ConsumerId>, most: Most) -> Result<(), Error> {
    let newest = refusals::table.select(refusals::number).order(refusals::number.desc()).limit(1);
    let beyond: Option<i64> = match consumer {
        Some(consumer) => newest.filter(refusals::consumer_id.eq(consumer)).offset(most.of_one).first(tx.db()),
        None => newest.filter(refusals::consumer_id.is_null()).offset(most.of_one).first(tx.db()),
    }
    .optional()?;
    if let Some(number) = beyond {
        let old = diesel::delete(refusals::table.filter(refusals::number.le(number)));
        match consumer {
            Some(consumer) => old.filter(refusals::consumer_id.eq(consumer)).execute(tx.db())?,
            None => old.filter(refusals::consumer_id.is_null()).execute(tx.db())?,
        };
    }
    let beyond: Option<i64> = newest.offset(most.of_all).first(tx.db()).optional()?;
    if let Some(number) = beyond {
        diesel::delete(refusals::table.filter(refusals::number.le(number))).execute(tx.db())?;
    }
    Ok(())
}

/// Removes at most `limit` refusals from before `before`, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, before: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let old: Vec<i64> = refusals::table
        .filter(refusals::at.le(before))
        .select(refusals::number)
        .order(refusals::at)
        .limit(limit)
        .load(tx.db())?;
    Ok(diesel::delete(refusals::table.filter(refusals::number.eq_any(old))).execute(tx.db())?)
}
