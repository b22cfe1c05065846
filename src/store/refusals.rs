//! What was seen of requests that were refused lately. Whose is kept, where there are too many, is not decided here.
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

/// More than are ever kept between two looks at how many there are.
const MOST_LOOKED_AT: i64 = 16_384;

/// A refusal that is to be written down.
pub struct New {
    /// The name under which it is looked up.
    pub id: String,
    /// The consumer whose key the request names, if there is one.
    pub consumer: Option<ConsumerId>,
    /// Whether its signature proved right.
    pub is_proved: bool,
    /// Where it came from, or nothing.
    pub household: String,
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

/// What a refusal takes room from.
#[derive(Debug, Clone, Queryable)]
pub struct Kept {
    /// Which one: they grow.
    pub number: i64,
    /// The consumer whose key the request names.
    pub consumer: Option<ConsumerId>,
    /// Whether its signature proved right.
    pub is_proved: bool,
    /// Where it came from, or nothing.
    pub household: String,
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
        refusals::is_proved.eq(new.is_proved),
        refusals::household.eq(&new.household),
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

/// What takes room from what, the newest first: of all that are kept, which are few.
///
/// # Errors
/// Those of the database.
pub fn places(conn: &mut Connection) -> Result<Vec<Kept>, Error> {
    let columns = (refusals::number, refusals::consumer_id, refusals::is_proved, refusals::household);
    Ok(refusals::table.select(columns).order(refusals::number.desc()).limit(MOST_LOOKED_AT).load(conn.db())?)
}

/// Removes the refusals of these numbers.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, numbers: &[i64]) -> Result<(), Error> {
    if !numbers.is_empty() {
        diesel::delete(refusals::table.filter(refusals::number.eq_any(numbers))).execute(tx.db())?;
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
