//! The tokens that act somewhere: under some roles, or for one user; newest first, read by index, a page at a time.

use std::cmp::Reverse;

use diesel::{prelude::*, sql_types::BigInt};

use super::{
    Connection, Error,
    access_tokens::{Listed, is_live, these},
    backend::Conn,
    schema::{access_tokens, roles},
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ConsumerId, ProjectId, RoleId, UserId},
};

/// Which of them.
#[derive(Default, Clone, Copy)]
pub struct Which {
    /// Only those of this user.
    pub user: Option<UserId>,
    /// Only those of this consumer.
    pub consumer: Option<ConsumerId>,
    /// Only those that are neither revoked nor expired at this time.
    pub live_at: Option<UnixSeconds>,
    /// Only older ones than this.
    pub before: Option<AccessTokenId>,
}

/// At most `limit` of the tokens under these roles.
///
/// # Errors
/// Those of the database.
pub fn under(conn: &mut Connection, roles: &[RoleId], which: Which, limit: i64) -> Result<Vec<Listed>, Error> {
    let most = usize::try_from(limit).unwrap_or(0);
    let mut found: Vec<AccessTokenId> = Vec::new();
    // One role at a time, each in the order of an index: of all together the database would have to sort every one.
    for role in roles {
        // Once there are enough, only newer ones can take a place.
        let oldest = found.last().copied().filter(|_| found.len() == most);
        let mut of_role = numbers(which).filter(access_tokens::role_id.eq(*role));
        if let Some(user) = which.user {
            of_role = of_role.filter(access_tokens::user_id.eq(user));
        }
        if let Some(oldest) = oldest {
            of_role = of_role.filter(access_tokens::id.gt(oldest));
        }
        found.extend(of_role.limit(limit).load::<AccessTokenId>(conn.db())?);
        found.sort_by_key(|id| Reverse(*id));
        found.truncate(most);
    }
    these(conn, &found)
}

/// At most `limit` of the tokens of this user.
///
/// # Errors
/// Those of the database.
pub fn of_user(conn: &mut Connection, user: UserId, which: Which, limit: i64) -> Result<Vec<Listed>, Error> {
    let of_user = numbers(which).filter(access_tokens::user_id.eq(user));
    let found: Vec<AccessTokenId> = of_user.limit(limit).load(conn.db())?;
    these(conn, &found)
}

type Numbers<'a> = access_tokens::BoxedQuery<'a, <Conn as diesel::Connection>::Backend, BigInt>;

/// The numbers of tokens, newest first, whoever's they are.
fn numbers<'a>(which: Which) -> Numbers<'a> {
    let mut query = access_tokens::table.select(access_tokens::id).order(access_tokens::id.desc()).into_boxed();
    if let Some(consumer) = which.consumer {
        query = query.filter(access_tokens::consumer_id.eq(consumer));
    }
    if let Some(now) = which.live_at {
        query = query.filter(is_live!(now));
    }
    if let Some(before) = which.before {
        query = query.filter(access_tokens::id.lt(before));
    }
    query
}

/// At most `limit` of the tokens that expire until then and were not revoked, the first to do so first.
///
/// # Errors
/// Those of the database.
pub fn expiring(
    conn: &mut Connection,
    now: UnixSeconds,
    until: UnixSeconds,
    limit: i64,
) -> Result<Vec<AccessTokenId>, Error> {
    let soon = access_tokens::expires.gt(now).and(access_tokens::expires.le(until)).assume_not_null();
    Ok(access_tokens::table
        .filter(soon)
        .filter(access_tokens::revoked.is_null())
        .select(access_tokens::id)
        .order((access_tokens::expires, access_tokens::id))
        .limit(limit)
        .load(conn.db())?)
}

/// The project of a token's role; none for a role of the whole forge, and nothing for no token.
///
/// # Errors
/// Those of the database.
pub fn project_of(conn: &mut Connection, id: AccessTokenId) -> Result<Option<Option<ProjectId>>, Error> {
    Ok(access_tokens::table
        .inner_join(roles::table)
        .filter(access_tokens::id.eq(id))
        .select(roles::project_id)
        .first(conn.db())
        .optional()?)
}
