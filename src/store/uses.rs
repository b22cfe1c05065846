//! When and from where credentials were last used: a record that nobody is judged by, so writing it moves no epoch.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text},
};

use super::{
    Error, Transaction,
    backend::Conn,
    schema::{access_tokens, consumer_secrets},
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ConsumerSecretId},
};

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

/// Writes down when consumers' secrets signed, but for those whose last time that is written is less than `apart` seconds
/// before it, or after it.
///
/// # Errors
/// Those of the database.
pub fn of_secrets(tx: &mut Transaction<'_>, uses: &[Use<ConsumerSecretId>], apart: i64) -> Result<(), Error> {
    // In one order at all instances, so that no two wait for each other.
    let mut uses: Vec<_> = uses.iter().map(|one| (one.of, one.at)).collect();
    uses.sort_unstable();
    for (id, at) in uses {
        let due =
            consumer_secrets::last_signed.is_null().or(consumer_secrets::last_signed.le(at.saturating_sub(apart)));
        diesel::update(consumer_secrets::table.filter(consumer_secrets::id.eq(id)).filter(due))
            .set(consumer_secrets::last_signed.eq(at))
            .execute(tx.db())?;
    }
    Ok(())
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
/// after it.
///
/// # Errors
/// Those of the database.
pub fn of_tokens(tx: &mut Transaction<'_>, uses: &[Use<AccessTokenId>], apart: i64) -> Result<(), Error> {
    if let Conn::Postgres(connection) = tx.db() {
        let (ids, times): (Vec<i64>, Vec<i64>) = uses.iter().map(|one| (one.of.0, one.at)).unzip();
        let origins: Vec<Option<&str>> = uses.iter().map(|one| one.from.as_deref()).collect();
        sql_query(OF_TOKENS)
            .bind::<Array<BigInt>, _>(ids)
            .bind::<Array<BigInt>, _>(times)
            .bind::<Array<Nullable<Text>>, _>(origins)
            .bind::<BigInt, _>(apart)
            .execute(connection)?;
        return Ok(());
    }
    for one in uses {
        let due = access_tokens::last_used.is_null().or(access_tokens::last_used.le(one.at - apart));
        diesel::update(access_tokens::table.filter(access_tokens::id.eq(one.of)).filter(due))
            .set((access_tokens::last_used.eq(one.at), access_tokens::last_used_from.eq(one.from.as_deref())))
            .execute(tx.db())?;
    }
    Ok(())
}
