//! How many tokens there are, and of how many users.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{super::schema::access_tokens, Connection, Error, Own};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, RoleId, UserId},
};

/// How many live tokens a consumer has.
///
/// # Errors
/// Those of the database.
pub fn count_live(conn: &mut Connection, of: ConsumerId, now: UnixSeconds) -> Result<i64, Error> {
    let of_consumer = access_tokens::table.filter(access_tokens::consumer_id.eq(of));
    Ok(of_consumer.filter(is_live!(now)).count().get_result(conn.db())?)
}

/// How many live tokens there are under a role.
///
/// # Errors
/// Those of the database.
pub fn count_live_under(conn: &mut Connection, role: RoleId, now: UnixSeconds) -> Result<i64, Error> {
    let under_role = access_tokens::table.filter(access_tokens::role_id.eq(role));
    Ok(under_role.filter(is_live!(now)).count().get_result(conn.db())?)
}

/// How many live tokens each of these consumers has that has any.
///
/// # Errors
/// Those of the database.
pub fn live_counts_of(
    conn: &mut Connection,
    consumers: &[ConsumerId],
    now: UnixSeconds,
) -> Result<HashMap<ConsumerId, i64>, Error> {
    if consumers.is_empty() {
        return Ok(HashMap::new());
    }
    let counts: Vec<(ConsumerId, i64)> = access_tokens::table
        .filter(access_tokens::consumer_id.eq_any(consumers.to_vec()))
        .filter(is_live!(now))
        .group_by(access_tokens::consumer_id)
        .select((access_tokens::consumer_id, diesel::dsl::count_star()))
        .load(conn.db())?;
    Ok(counts.into_iter().collect())
}

/// How many live tokens each consumer has that has any.
///
/// # Errors
/// Those of the database.
pub fn live_counts(conn: &mut Connection, now: UnixSeconds) -> Result<HashMap<ConsumerId, i64>, Error> {
    let counts: Vec<(ConsumerId, i64)> = access_tokens::table
        .filter(is_live!(now))
        .group_by(access_tokens::consumer_id)
        .select((access_tokens::consumer_id, diesel::dsl::count_star()))
        .load(conn.db())?;
    Ok(counts.into_iter().collect())
}

/// How many users the live tokens of a consumer belong to.
///
/// # Errors
/// Those of the database.
pub fn count_users(conn: &mut Connection, of: ConsumerId, now: UnixSeconds) -> Result<i64, Error> {
    let of_consumer = access_tokens::table.filter(access_tokens::consumer_id.eq(of)).filter(is_live!(now));
    Ok(of_consumer.select(diesel::dsl::count(access_tokens::user_id).aggregate_distinct()).get_result(conn.db())?)
}

/// How many of somebody's tokens are neither revoked nor expired.
///
/// # Errors
/// Those of the database.
pub fn count_own(conn: &mut Connection, whose: Own, now: UnixSeconds) -> Result<i64, Error> {
    let of_user = access_tokens::table.filter(access_tokens::user_id.eq(whose.user)).filter(is_live!(now));
    Ok(match whose.consumer {
        Some(consumer) => of_user.filter(access_tokens::consumer_id.eq(consumer)).count().get_result(conn.db())?,
        None => of_user.count().get_result(conn.db())?,
    })
}

/// How many users have a token for this consumer that is neither revoked nor expired; counted as far as `most`.
///
/// # Errors
/// Those of the database.
pub fn count_users_up_to(conn: &mut Connection, of: ConsumerId, now: UnixSeconds, most: i64) -> Result<usize, Error> {
    let users: Vec<UserId> = access_tokens::table
        .filter(access_tokens::consumer_id.eq(of))
        .filter(is_live!(now))
        .select(access_tokens::user_id)
        .distinct()
        .limit(most)
        .load(conn.db())?;
    Ok(users.len())
}
