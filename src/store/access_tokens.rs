//! Token credentials: whose they are, whom they serve, and under which one role.

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction, UserStatus,
    schema::{access_tokens, consumers, projects, roles, users},
    sealed::ACCESS_TOKEN,
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ConsumerId, RoleId, UserId},
    secret::Secret,
};

/// A row of token credentials, without what is secret of them.
#[derive(Clone, Queryable, Selectable)]
pub struct AccessToken {
    /// The row's number.
    pub id: AccessTokenId,
    /// Whose token it is.
    pub consumer_id: ConsumerId,
    /// In whose name it acts.
    pub user_id: UserId,
    /// Under which role.
    pub role_id: RoleId,
    /// When it was revoked, if it was.
    pub revoked: Option<UnixSeconds>,
}

/// A token as lists show it: never with a secret.
#[derive(Clone, Queryable)]
pub struct Listed {
    /// The row's number.
    pub id: AccessTokenId,
    /// The public half.
    pub key: String,
    /// The user's log-in name.
    pub user: String,
    /// Whether the user may act.
    pub user_status: UserStatus,
    /// The user's number.
    pub user_id: UserId,
    /// The consumer's name.
    pub consumer: String,
    /// Whether the consumer is listened to.
    pub consumer_enabled: bool,
    /// The role's number.
    pub role_id: RoleId,
    /// The role's name.
    pub role: String,
    /// The name of the role's project; none for a role of the whole forge.
    pub project: Option<String>,
    /// When it was issued.
    pub created: UnixSeconds,
    /// When it was revoked, if it was.
    pub revoked: Option<UnixSeconds>,
}

/// Which tokens a list holds; `None` means all.
#[derive(Default, Clone, Copy)]
pub struct Filter<'a> {
    /// Only those of this user, by log-in name.
    pub user: Option<&'a str>,
    /// Only those of this consumer, by name.
    pub consumer: Option<&'a str>,
    /// Only those that are not revoked.
    pub live: bool,
}

/// Finds token credentials by key, with the secret half, for who verifies with it.
///
/// # Errors
/// Those of the database; [`Error::Unavailable`] when the secret does not open.
pub fn with_secret(conn: &mut Connection, key: &str) -> Result<Option<(AccessToken, Secret)>, Error> {
    let found: Option<(AccessToken, String)> = access_tokens::table
        .filter(access_tokens::key.eq(key))
        .select((AccessToken::as_select(), access_tokens::secret))
        .first(conn.db())
        .optional()?;
    found.map(|(token, sealed)| Ok((token, conn.unseal(ACCESS_TOKEN, key, &sealed)?))).transpose()
}

/// At most `limit` tokens: those that are not revoked, then those that are, newest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, filter: Filter<'_>, limit: i64) -> Result<Vec<Listed>, Error> {
    let mut query = access_tokens::table
        .inner_join(users::table)
        .inner_join(consumers::table)
        .inner_join(roles::table.left_join(projects::table))
        .into_boxed();
    if let Some(user) = filter.user {
        query = query.filter(users::name.eq(user));
    }
    if let Some(consumer) = filter.consumer {
        query = query.filter(consumers::name.eq(consumer));
    }
    if filter.live {
        query = query.filter(access_tokens::revoked.is_null());
    }
    Ok(query
        .select((
            access_tokens::id,
            access_tokens::key,
            users::name,
            users::status,
            users::id,
            consumers::name,
            consumers::enabled,
            roles::id,
            roles::name,
            projects::name.nullable(),
            access_tokens::created,
            access_tokens::revoked,
        ))
        .order((access_tokens::revoked.is_null().desc(), access_tokens::id.desc()))
        .limit(limit)
        .load(conn.db())?)
}

/// Adds token credentials.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &mut Transaction<'_>,
    consumer: ConsumerId,
    (user, role): (UserId, RoleId),
    (key, secret): (&str, &Secret),
    created: UnixSeconds,
) -> Result<AccessTokenId, Error> {
    let sealed = tx.seal(ACCESS_TOKEN, key, secret)?;
    let row = (
        access_tokens::consumer_id.eq(consumer),
        access_tokens::user_id.eq(user),
        access_tokens::role_id.eq(role),
        access_tokens::key.eq(key),
        access_tokens::secret.eq(sealed),
        access_tokens::created.eq(created),
    );
    Ok(diesel::insert_into(access_tokens::table).values(row).returning(access_tokens::id).get_result(tx.db())?)
}

/// Revokes a token, of this user alone where one is given. False: there is no such live token.
///
/// # Errors
/// Those of the database.
pub fn revoke(
    tx: &mut Transaction<'_>,
    id: AccessTokenId,
    of: Option<UserId>,
    now: UnixSeconds,
) -> Result<bool, Error> {
    let live = access_tokens::table.filter(access_tokens::id.eq(id)).filter(access_tokens::revoked.is_null());
    let changed = match of {
        Some(user) => diesel::update(live.filter(access_tokens::user_id.eq(user)))
            .set(access_tokens::revoked.eq(now))
            .execute(tx.db())?,
        None => diesel::update(live).set(access_tokens::revoked.eq(now)).execute(tx.db())?,
    };
    Ok(changed == 1)
}

/// Between whom a token is: the consumer's number and name, and the user's number.
///
/// # Errors
/// Those of the database.
pub fn parties(conn: &mut Connection, id: AccessTokenId) -> Result<Option<(ConsumerId, String, UserId)>, Error> {
    Ok(access_tokens::table
        .inner_join(consumers::table)
        .filter(access_tokens::id.eq(id))
        .select((consumers::id, consumers::name, access_tokens::user_id))
        .first(conn.db())
        .optional()?)
}

/// Is there a token of this number, of this user alone where one is given, live or revoked?
///
/// # Errors
/// Those of the database.
pub fn exists(conn: &mut Connection, id: AccessTokenId, of: Option<UserId>) -> Result<bool, Error> {
    let owner: Option<UserId> = access_tokens::table
        .filter(access_tokens::id.eq(id))
        .select(access_tokens::user_id)
        .first(conn.db())
        .optional()?;
    Ok(owner.is_some_and(|owner| of.is_none_or(|user| user == owner)))
}
