//! The log of what was accepted, for as long as it could come again: rows of the ledger and of its nonces.
//!
//! A request is known by consumer, token, timestamp and nonce. A batch of them is written at once, as one row for every
//! second that its timestamps name; of two equal requests the first in the log counts. Batches are in one order whoever
//! writes them, because each takes hold of the ledger's one row until it is committed. That row also says how far the
//! epoch has moved, and up to which second the log was swept: a clock that steps back cannot make a swept nonce good
//! again.

use diesel::{
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary},
};
use sha2::{Digest, Sha256};

use super::{
    Connection, Error, Transaction,
    backend::Conn,
    schema::{ledger, nonces},
};
use crate::clock::UnixSeconds;

/// What a nonce is in the log: the beginning of a hash. 16 bytes, so that no two are ever equal by chance.
pub(super) type Key = [u8; 16];

/// How many bytes of a row's text one nonce takes.
pub(super) const KEY_BYTES: usize = size_of::<Key>();

/// A request as the log knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce {
    pub(super) second: UnixSeconds,
    pub(super) key: Key,
}

impl Nonce {
    /// The nonce of a request that names this consumer and this token (empty where it names none) by their keys.
    pub fn new(consumer_key: &str, token: &str, timestamp: UnixSeconds, nonce: &str) -> Self {
        let mut hash = Sha256::new();
        // Lengths come first, so that what ends one part cannot be taken for the beginning of the next.
        hash.update((consumer_key.len() as u64).to_le_bytes());
        hash.update((token.len() as u64).to_le_bytes());
        for part in [consumer_key, token, nonce] {
            hash.update(part);
        }
        let mut key = Key::default();
        key.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        Self { second: timestamp, key }
    }
}

/// How often something was changed or taken away that requests are judged by. Facts that were read in an epoch hold
/// while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Epoch(pub(super) i64);

/// The ledger's one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub(super) struct Head {
    /// The newest batch.
    pub batch: i64,
    /// The epoch.
    pub epoch: i64,
    /// The newest second that may have been swept.
    pub horizon: UnixSeconds,
}

/// The nonces of one second, one after the other.
pub(super) type Written = (UnixSeconds, Vec<u8>);

/// Writes one batch, and gives the ledger as it was when the batch was committed.
pub(super) fn append(conn: &mut Connection, batch: &[Written]) -> Result<Head, Error> {
    match conn.db() {
        Conn::Postgres(connection) => {
            let (seconds, keys) = batch.iter().map(|(second, keys)| (*second, keys.as_slice())).unzip();
            Ok(Append { seconds, keys }.get_result(connection)?)
        }
        Conn::Sqlite(_) => conn.write(|tx| {
            let head: Head = diesel::update(ledger::table)
                .set(ledger::batch.eq(ledger::batch + 1))
                .returning((ledger::batch, ledger::epoch, ledger::horizon))
                .get_result(tx.db())?;
            for (second, keys) in batch {
                let row = (nonces::second.eq(second), nonces::batch.eq(head.batch), nonces::keys.eq(keys));
                diesel::insert_into(nonces::table).values(row).execute(tx.db())?;
            }
            Ok(head)
        }),
    }
}

/// The same in one statement, which is one round trip. Written out, because a statement that writes to two tables has no
/// words in diesel's language; it is prepared once like all others.
struct Append<'a> {
    seconds: Vec<UnixSeconds>,
    keys: Vec<&'a [u8]>,
}

impl QueryId for Append<'_> {
    type QueryId = Append<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for Append<'_> {
    type SqlType = (BigInt, BigInt, BigInt);
}

impl RunQueryDsl<PgConnection> for Append<'_> {}

impl QueryFragment<diesel::pg::Pg> for Append<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        out.push_sql(
            "WITH head AS (UPDATE ledger SET batch = batch + 1 RETURNING batch, epoch, horizon), \
             written AS (INSERT INTO nonces (second, batch, keys) \
             SELECT claimed.second, head.batch, claimed.keys FROM head, unnest(",
        );
        out.push_bind_param::<Array<BigInt>, _>(&self.seconds)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.keys)?;
        out.push_sql(") AS claimed (second, keys)) SELECT batch, epoch, horizon FROM head");
        Ok(())
    }
}

/// The ledger as it is now.
pub(super) fn head(conn: &mut Connection) -> Result<Head, Error> {
    Ok(ledger::table.select((ledger::batch, ledger::epoch, ledger::horizon)).first(conn.db())?)
}

/// The epoch as it is now; what is remembered was read at the same moment.
///
/// # Errors
/// Those of the database.
pub fn epoch(conn: &mut Connection) -> Result<Epoch, Error> {
    Ok(Epoch(ledger::table.select(ledger::epoch).first(conn.db())?))
}

/// The nonces of one second in the batches between these two, neither included; and the horizon of the same moment,
/// because what was swept before it is not among them.
pub(super) fn between(
    conn: &mut Connection,
    second: UnixSeconds,
    after: i64,
    before: i64,
) -> Result<(UnixSeconds, Vec<Vec<u8>>), Error> {
    let wanted = nonces::second.eq(second).and(nonces::batch.gt(after)).and(nonces::batch.lt(before));
    // One statement sees one moment; where there are no nonces there still is the ledger's row.
    let rows: Vec<(UnixSeconds, Option<Vec<u8>>)> = ledger::table
        .left_join(nonces::table.on(wanted))
        .select((ledger::horizon, nonces::keys.nullable()))
        .order(nonces::batch)
        .load(conn.db())?;
    let horizon = rows.first().map(|(horizon, _)| *horizon).ok_or_else(no_ledger)?;
    Ok((horizon, rows.into_iter().filter_map(|(_, keys)| keys).collect()))
}

fn no_ledger() -> Error {
    Error::Refused("there is no ledger".to_owned())
}

/// Writes the ledger as it is and looks at the nonces: the smallest proof that one could be claimed.
///
/// # Errors
/// Those of the database; [`Error::Refused`] when there is no ledger.
pub fn probe(tx: &mut Transaction<'_>) -> Result<(), Error> {
    let written = diesel::update(ledger::table).set(ledger::batch.eq(ledger::batch)).execute(tx.db())?;
    nonces::table.select(nonces::second).limit(1).first::<UnixSeconds>(tx.db()).optional()?;
    if written == 1 { Ok(()) } else { Err(no_ledger()) }
}

/// Chooses the oldest seconds up to `until`, about `limit` rows, and raises the horizon to the newest of them.
///
/// The horizon rises no further than to a second that is in the log: a clock that once ran ahead must not lock the
/// future out.
///
/// # Errors
/// Those of the database.
pub fn raise_horizon(tx: &mut Transaction<'_>, until: UnixSeconds, limit: i64) -> Result<Option<UnixSeconds>, Error> {
    let old = || nonces::table.filter(nonces::second.le(until)).select(nonces::second);
    let batch_end: Option<UnixSeconds> =
        old().order(nonces::second.asc()).offset(limit).limit(1).first(tx.db()).optional()?;
    let newest = match batch_end {
        Some(second) => Some(second),
        None => old().order(nonces::second.desc()).first(tx.db()).optional()?,
    };
    if let Some(newest) = newest {
        diesel::update(ledger::table.filter(ledger::horizon.lt(newest)))
            .set(ledger::horizon.eq(newest))
            .execute(tx.db())?;
    }
    Ok(newest)
}

/// Removes the rows of the seconds up to this one, which must be behind the horizon, and says how many.
///
/// # Errors
/// Those of the database.
pub fn remove_until(tx: &mut Transaction<'_>, second: UnixSeconds) -> Result<usize, Error> {
    Ok(diesel::delete(nonces::table.filter(nonces::second.le(second))).execute(tx.db())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_in_consumer_token_or_nonce_differs_in_the_log() {
        let key = |consumer: &str, token: &str, nonce: &str| Nonce::new(consumer, token, 0, nonce).key;
        let keys = [
            key("c", "t", "n"),
            key("ct", "", "n"),
            key("", "ct", "n"),
            key("c", "", "tn"),
            key("c", "t", "N"),
            key("c", "t", "n "),
            key("d", "t", "n"),
            key("c", "u", "n"),
        ];
        for (at, one) in keys.iter().enumerate() {
            assert!(keys.iter().skip(at + 1).all(|other| other != one), "{at}");
        }
    }
}
