//! A user's own tokens, in parts that are each found by an index however many there are.

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
