//! When and from where credentials were last used: a record that nobody is judged by, so writing it moves no epoch.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text},
};

use super::{Error, Transaction, backend::Conn, schema::access_tokens};
use crate::{clock::UnixSeconds, ids::AccessTokenId};

/// One use of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use<Of> {
    /// What was used.
    pub of: Of,
    /// When.
    pub at: UnixSeconds,
    /// From which address, if it is known.
    pub from: Option<String>,
}

/// Several instances may note the same token, so rows that another transaction holds are left to it: nobody waits here,
/// and no two of these statements wait for each other.
const OF_TOKENS: &str = "UPDATE access_tokens SET last_used = used.at, last_used_from = used.origin \
    FROM (SELECT token.id, noted.at, noted.origin FROM unnest($1, $2, $3) AS noted (id, at, origin) \
        JOIN access_tokens AS token ON token.id = noted.id \
        WHERE token.last_used IS NULL OR token.last_used <= noted.at - $4 \
        FOR NO KEY UPDATE OF token SKIP LOCKED) AS used \
    WHERE access_tokens.id = used.id";

/// Writes down uses of tokens, but for those whose last one that is written is less than `apart` seconds before it, or
/// after it. Says how many rows changed.
///
/// # Errors
/// Those of the database.
pub fn of_tokens(tx: &mut Transaction<'_>, uses: &[Use<AccessTokenId>], apart: i64) -> Result<usize, Error> {
    if let Conn::Postgres(connection) = tx.db() {
        let (ids, times): (Vec<i64>, Vec<i64>) = uses.iter().map(|one| (one.of.0, one.at)).unzip();
        let origins: Vec<Option<&str>> = uses.iter().map(|one| one.from.as_deref()).collect();
        return Ok(sql_query(OF_TOKENS)
            .bind::<Array<BigInt>, _>(ids)
            .bind::<Array<BigInt>, _>(times)
            .bind::<Array<Nullable<Text>>, _>(origins)
            .bind::<BigInt, _>(apart)
            .execute(connection)?);
    }
    let mut changed = 0;
    for one in uses {
        let due = access_tokens::last_used.is_null().or(access_tokens::last_used.le(one.at - apart));
        changed += diesel::update(access_tokens::table.filter(access_tokens::id.eq(one.of)).filter(due))
            .set((access_tokens::last_used.eq(one.at), access_tokens::last_used_from.eq(one.from.as_deref())))
            .execute(tx.db())?;
    }
    Ok(changed)
}
