//! Which requests were accepted already, for as long as they could come again.
//!
//! A request is known by consumer, token, timestamp and nonce; a unique key over the four lets the first of equal ones
//! through. Rows are swept by timestamp, and the horizon remembers up to where: a clock that steps back cannot make a
//! swept nonce good again.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};

use super::{
    Connection, Error, Transaction,
    schema::{nonce_horizon, nonces},
};
use crate::{clock::UnixSeconds, ids::ConsumerId};

/// Writes the horizon as it is and looks at the nonces: the smallest proof that one could be claimed.
///
/// # Errors
/// Those of the database; [`Error::Refused`] when there is no horizon.
pub fn probe(tx: &mut Transaction<'_>) -> Result<(), Error> {
    let written = diesel::update(nonce_horizon::table.filter(nonce_horizon::id.eq(1)))
        .set(nonce_horizon::timestamp.eq(nonce_horizon::timestamp))
        .execute(tx.db())?;
    nonces::table.select(nonces::timestamp).limit(1).first::<UnixSeconds>(tx.db()).optional()?;
    if written == 1 { Ok(()) } else { Err(Error::Refused("the nonces have no horizon".to_owned())) }
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The first of its kind; it is written down.
    Fresh,
    /// Seen before.
    Used,
    /// So old that its like may have been swept.
    BehindHorizon,
}

/// Claims a nonce; `token` is empty for a request without one.
///
/// # Errors
/// Those of the database.
pub fn claim(
    tx: &mut Transaction<'_>,
    consumer: ConsumerId,
    token: &str,
    timestamp: UnixSeconds,
    nonce: &str,
) -> Result<Claim, Error> {
    // One statement decides and writes. It raises no violation, so that a transaction on PostgreSQL lives on.
    let inserted = diesel::sql_query(
        "INSERT INTO nonces (consumer_id, token, timestamp, nonce) SELECT $1, $2, $3, $4 \
         WHERE $3 > (SELECT timestamp FROM nonce_horizon WHERE id = 1) ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(consumer)
    .bind::<Text, _>(token)
    .bind::<BigInt, _>(timestamp)
    .bind::<Text, _>(nonce)
    .execute(tx.db())?;
    if inserted == 1 {
        return Ok(Claim::Fresh);
    }
    Ok(if timestamp > horizon(tx)? { Claim::Used } else { Claim::BehindHorizon })
}

/// The newest timestamp whose nonces may have been swept.
///
/// # Errors
/// Those of the database.
pub fn horizon(conn: &mut Connection) -> Result<UnixSeconds, Error> {
    Ok(nonce_horizon::table.filter(nonce_horizon::id.eq(1)).select(nonce_horizon::timestamp).first(conn.db())?)
}

/// Removes the nonces of the oldest seconds up to `until`, about `limit` rows, and says how many.
///
/// A batch is one or more whole seconds, found through the index on the timestamp. The horizon rises to the newest
/// second that was removed and no further: a clock that once ran ahead must not lock the future out.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, until: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let old = || nonces::table.filter(nonces::timestamp.le(until)).select(nonces::timestamp);
    let batch_end: Option<UnixSeconds> =
        old().order(nonces::timestamp.asc()).offset(limit).limit(1).first(tx.db()).optional()?;
    let newest = match batch_end {
        Some(second) => Some(second),
        None => old().order(nonces::timestamp.desc()).first(tx.db()).optional()?,
    };
    let Some(newest) = newest else { return Ok(0) };
    diesel::update(nonce_horizon::table.filter(nonce_horizon::id.eq(1)))
        .filter(nonce_horizon::timestamp.lt(newest))
        .set(nonce_horizon::timestamp.eq(newest))
        .execute(tx.db())?;
    Ok(diesel::delete(nonces::table.filter(nonces::timestamp.le(newest))).execute(tx.db())?)
}
