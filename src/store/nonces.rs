//! The log of what was accepted, for as long as it could come again: rows of the ledger and of its nonces.
//!
//! A request is known by consumer, token, timestamp and nonce. A batch of them is written at once, one line for every
//! second that its timestamps name (and further ones where a line is full); of two equal requests the first in the log
//! counts. Lines are in one order whoever writes them, because each batch takes hold of the ledger's one row until it is
//! committed. That row also says how far the epoch has moved, and up to which second the log was swept: a clock that
//! steps back cannot make a swept nonce good again.

use std::collections::BTreeMap;

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary},
    sqlite::Sqlite,
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

/// How many bytes of a line one nonce takes.
pub(super) const KEY_BYTES: usize = size_of::<Key>();

/// How many bytes a line has at most: SQLite keeps rows of up to 1,002 bytes together in one page.
const LINE_BYTES: usize = 60 * KEY_BYTES;

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
    /// The newest line of the log.
    pub line: i64,
    /// The epoch.
    pub epoch: i64,
    /// The newest second that may have been swept.
    pub horizon: UnixSeconds,
}

/// A batch that is to be written: the nonces of each second, one after the other.
pub(super) type Batch = BTreeMap<UnixSeconds, Vec<u8>>;

/// What was written, and the ledger as it was when that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Appended {
    /// The batch's first line; its last one is the ledger's newest.
    pub first: i64,
    /// The ledger.
    pub head: Head,
}

/// Writes one batch.
pub(super) fn append(conn: &mut Connection, batch: &Batch) -> Result<Appended, Error> {
    let lines: Vec<Line<'_>> =
        batch.iter().flat_map(|(second, keys)| keys.chunks(LINE_BYTES).map(|keys| (*second, keys))).collect();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let head = match conn.db() {
        Conn::Postgres(_) => write_lines(conn.db(), lines, count),
        Conn::Sqlite(_) => conn.write(|tx| write_lines(tx.db(), lines, count)),
    }?;
    Ok(Appended { first: head.line - count + 1, head })
}

/// A second, and nonces of it.
type Line<'a> = (UnixSeconds, &'a [u8]);

/// Each database in its own way: this is written more often than all else. PostgreSQL's one statement is a transaction by
/// itself.
fn write_lines(conn: &mut Conn, lines: Vec<Line<'_>>, count: i64) -> Result<Head, Error> {
    match conn {
        Conn::Postgres(connection) => {
            let (seconds, keys) = lines.into_iter().unzip();
            Ok(Append { seconds, before_last: (0..count).rev().collect(), keys, count }.get_result(connection)?)
        }
        Conn::Sqlite(connection) => {
            let before: Head = ledger::table.select(HEAD).first(connection)?;
            let head = Head { line: before.line + count, ..before };
            Advance { line: head.line }.execute(connection)?;
            for ((second, keys), line) in lines.into_iter().zip(before.line + 1..) {
                let row = (nonces::second.eq(second), nonces::line.eq(line), nonces::keys.eq(keys));
                diesel::insert_into(nonces::table).values(row).execute(connection)?;
            }
            Ok(head)
        }
    }
}

/// Counts lines. Written out, because diesel prepares each `UPDATE` of its own anew.
#[derive(QueryId)]
struct Advance {
    line: i64,
}

impl RunQueryDsl<SqliteConnection> for Advance {}

impl QueryFragment<Sqlite> for Advance {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("UPDATE ledger SET line = ");
        out.push_bind_param::<BigInt, _>(&self.line)
    }
}

/// The whole of it in one statement, which is one round trip. A statement that writes to two tables has no words in
/// diesel's language.
struct Append<'a> {
    seconds: Vec<UnixSeconds>,
    /// How many lines before the last one each stands.
    before_last: Vec<i64>,
    keys: Vec<&'a [u8]>,
    count: i64,
}

impl QueryId for Append<'_> {
    type QueryId = Append<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for Append<'_> {
    type SqlType = (BigInt, BigInt, BigInt);
}

impl RunQueryDsl<PgConnection> for Append<'_> {}

impl QueryFragment<Pg> for Append<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH head AS (UPDATE ledger SET line = line + ");
        out.push_bind_param::<BigInt, _>(&self.count)?;
        out.push_sql(
            " RETURNING line, epoch, horizon), written AS (INSERT INTO nonces (second, line, keys) \
             SELECT claimed.second, head.line - claimed.before_last, claimed.keys FROM head, unnest(",
        );
        out.push_bind_param::<Array<BigInt>, _>(&self.seconds)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.before_last)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.keys)?;
        out.push_sql(") AS claimed (second, before_last, keys)) SELECT line, epoch, horizon FROM head");
        Ok(())
    }
}

/// The columns of a [`Head`].
const HEAD: (ledger::line, ledger::epoch, ledger::horizon) = (ledger::line, ledger::epoch, ledger::horizon);

/// The ledger as it is now.
pub(super) fn head(conn: &mut Connection) -> Result<Head, Error> {
    Ok(ledger::table.select(HEAD).first(conn.db())?)
}

/// The epoch as it is now; what is remembered was read at the same moment.
///
/// # Errors
/// Those of the database.
pub fn epoch(conn: &mut Connection) -> Result<Epoch, Error> {
    Ok(Epoch(ledger::table.select(ledger::epoch).first(conn.db())?))
}

/// The nonces of one second in the lines between these two, neither included; and the horizon of the same moment,
/// because what was swept before it is not among them.
pub(super) fn between(
    conn: &mut Connection,
    second: UnixSeconds,
    after: i64,
    before: i64,
) -> Result<(UnixSeconds, Vec<Vec<u8>>), Error> {
    let wanted = nonces::second.eq(second).and(nonces::line.gt(after)).and(nonces::line.lt(before));
    // One statement sees one moment; where there are no nonces there still is the ledger's row.
    let rows: Vec<(UnixSeconds, Option<Vec<u8>>)> = ledger::table
        .left_join(nonces::table.on(wanted))
        .select((ledger::horizon, nonces::keys.nullable()))
        .order(nonces::line)
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
    let written = diesel::update(ledger::table).set(ledger::line.eq(ledger::line)).execute(tx.db())?;
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
