//! A user's own tokens, in parts that are each found by an index however many there are; and how many users a tool has.

use diesel::prelude::*;

use super::{
    super::schema::{access_tokens, consumers, projects, role_members, roles, users},
    Connection, Error, Listed,
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ConsumerId, UserId},
};

/// What of a user's tokens a list shows, each part with an index of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Those that are neither revoked nor expired.
    InUse,
    /// Those whose time is over, and that nobody revoked.
    Expired,
    /// Those that were revoked.
    Revoked,
}

/// Whose tokens, and for which tool where one is given.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    /// The user.
    pub user: UserId,
    /// Only those of this consumer.
    pub consumer: Option<ConsumerId>,
}

/// A token's place in its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub id: AccessTokenId,
    /// When it ends or ended, if it does.
    pub expires: Option<UnixSeconds>,
}

/// At most `limit` of somebody's tokens in one part, newest first, and of the expired ones those first that ended last; only
/// what comes behind a place, where one is given.
///
/// # Errors
/// Those of the database.
pub fn own(
    conn: &mut Connection,
    whose: Own,
    (part, behind): (Part, Option<Place>),
    now: UnixSeconds,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let mut query = tokens_with_all!().filter(access_tokens::user_id.eq(whose.user)).into_boxed();
    if let Some(consumer) = whose.consumer {
        query = query.filter(access_tokens::consumer_id.eq(consumer));
    }
    let last = behind.map_or(AccessTokenId(i64::MAX), |place| place.id);
    query = match part {
        Part::InUse => query.filter(is_live!(now)).filter(access_tokens::id.lt(last)),
        Part::Revoked => query.filter(access_tokens::revoked.is_not_null()).filter(access_tokens::id.lt(last)),
        Part::Expired => {
            let until = behind.and_then(|place| place.expires).map_or(now, |expires| expires.min(now));
            let follows = access_tokens::expires.lt(until).or(access_tokens::id.lt(last)).assume_not_null();
            query
                .filter(access_tokens::revoked.is_null().and(access_tokens::expires.le(until)))
                .filter(follows)
                .order(access_tokens::expires.desc())
        }
    };
    Ok(query.select(listed_columns!()).then_order_by(access_tokens::id.desc()).limit(limit).load(conn.db())?)
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
