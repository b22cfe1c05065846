//! Token credentials: whose they are, whom they serve, under which one role, until when, and when they were used.

use std::cmp::Reverse;

use diesel::prelude::*;

use super::{
    Connection, Error, ProjectStatus, Transaction, UserStatus,
    schema::{access_tokens, consumers, projects, role_members, roles, users},
    sealed::ACCESS_TOKEN,
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ConsumerId, RoleId, UserId},
    secret::Secret,
};

/// So many rows are read by one statement that names them.
const AT_ONCE: usize = 25;

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
    /// From when on it is good no more; none: it is good until it is revoked.
    pub expires: Option<UnixSeconds>,
    /// When it was last noted to be used, if it was.
    pub last_used: Option<UnixSeconds>,
}

/// What new token credentials are made of beside their two halves.
#[derive(Clone, Copy)]
pub struct New<'a> {
    /// Whose token it is.
    pub consumer: ConsumerId,
    /// In whose name it acts.
    pub user: UserId,
    /// Under which role.
    pub role: RoleId,
    /// From when on it is good no more.
    pub expires: Option<UnixSeconds>,
    /// What its user calls it.
    pub label: Option<&'a str>,
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
    /// Whether the user lends roles to tools.
    pub user_uses_plugin: bool,
    /// The user's number.
    pub user_id: UserId,
    /// The consumer's number.
    pub consumer_id: ConsumerId,
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
    /// Whether anybody acts in that project.
    pub project_status: Option<ProjectStatus>,
    /// Whether that project's roles are lent to tools.
    pub project_uses_plugin: Option<bool>,
    /// Whether the user is among the role's members.
    pub is_member: bool,
    /// When it was issued.
    pub created: UnixSeconds,
    /// When it was revoked, if it was.
    pub revoked: Option<UnixSeconds>,
    /// From when on it is good no more.
    pub expires: Option<UnixSeconds>,
    /// What its user calls it.
    pub label: Option<String>,
    /// When it was last noted to be used, if it was.
    pub last_used: Option<UnixSeconds>,
    /// From which address that was, if it is known.
    pub last_used_from: Option<String>,
}

/// Which tokens a list holds; `None` means all.
#[derive(Default, Clone, Copy)]
pub struct Filter<'a> {
    /// Only those of this user, by log-in name.
    pub user: Option<&'a str>,
    /// Only those of this consumer, by name.
    pub consumer: Option<&'a str>,
    /// Only that of this number.
    pub id: Option<AccessTokenId>,
    /// Only those of these numbers, from the first to the last.
    pub among: Option<(AccessTokenId, AccessTokenId)>,
    /// Only those that are neither revoked nor expired.
    pub live: bool,
}

/// Tokens with all that [`Listed`] is read of; a macro because diesel's type of it has no short name. Membership is joined and
/// not asked for by EXISTS, for which PostgreSQL would rather read the members of all roles.
macro_rules! tokens_with_all {
    () => {
        access_tokens::table
            .inner_join(users::table)
            .inner_join(consumers::table)
            .inner_join(roles::table.left_join(projects::table))
            .left_join(role_members::table.on(
                role_members::role_id.eq(access_tokens::role_id).and(role_members::user_id.eq(access_tokens::user_id)),
            ))
    };
}

/// The columns of [`Listed`]; a macro because diesel's type of them has no short name.
macro_rules! listed_columns {
    () => {
        (
            access_tokens::id,
            access_tokens::key,
            users::name,
            users::status,
            users::uses_plugin,
            users::id,
            consumers::id,
            consumers::name,
            consumers::enabled,
            roles::id,
            roles::name,
            projects::name.nullable(),
            projects::status.nullable(),
            projects::uses_plugin.nullable(),
            role_members::user_id.nullable().is_not_null(),
            access_tokens::created,
            access_tokens::revoked,
            access_tokens::expires,
            access_tokens::label,
            access_tokens::last_used,
            access_tokens::last_used_from,
        )
    };
}

/// Neither revoked nor expired; a macro because diesel's type of it has no short name.
macro_rules! is_live {
    ($now:expr) => {
        access_tokens::revoked.is_null().and(access_tokens::expires.is_null().or(access_tokens::expires.gt($now)))
    };
}

pub(super) use is_live;

mod counts;
mod own;

pub use counts::{
    count_live, count_live_under, count_own, count_users, count_users_up_to, live_counts, live_counts_of,
};
pub use own::{Own, Part, Place, own};

/// Finds token credentials by key.
///
/// # Errors
/// Those of the database.
pub fn by_key(conn: &mut Connection, key: &str) -> Result<Option<AccessToken>, Error> {
    let query = access_tokens::table.filter(access_tokens::key.eq(key));
    Ok(query.select(AccessToken::as_select()).first(conn.db()).optional()?)
}

/// Finds token credentials by key, with the secret half, for who verifies with it.
///
/// # Errors
/// Those of the database; [`Error::Unopened`] when the secret does not open.
pub fn with_secret(conn: &mut Connection, key: &str) -> Result<Option<(AccessToken, Secret)>, Error> {
    let found: Option<(AccessToken, String)> = access_tokens::table
        .filter(access_tokens::key.eq(key))
        .select((AccessToken::as_select(), access_tokens::secret))
        .first(conn.db())
        .optional()?;
    let Some((token, sealed)) = found else { return Ok(None) };
    let secret = conn.unseal((ACCESS_TOKEN, token.id.0), key, &sealed)?;
    Ok(Some((token, secret)))
}

/// At most `limit` tokens: those that are neither revoked nor expired `now`, then those that are, newest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, filter: Filter<'_>, now: UnixSeconds, limit: i64) -> Result<Vec<Listed>, Error> {
    let mut query = tokens_with_all!().into_boxed();
    if let Some(user) = filter.user {
        query = query.filter(users::name.eq(user));
    }
    if let Some(consumer) = filter.consumer {
        query = query.filter(consumers::name.eq(consumer));
    }
    if let Some(id) = filter.id {
        query = query.filter(access_tokens::id.eq(id));
    }
    if let Some((first, last)) = filter.among {
        query = query.filter(access_tokens::id.between(first, last));
    }
    if filter.live {
        query = query.filter(is_live!(now));
    }
    Ok(query
        .select(listed_columns!())
        .order((is_live!(now).desc(), access_tokens::id.desc()))
        .limit(limit)
        .load(conn.db())?)
}

/// Those of these tokens that there are, newest first.
///
/// # Errors
/// Those of the database.
pub fn these(conn: &mut Connection, ids: &[AccessTokenId]) -> Result<Vec<Listed>, Error> {
    let mut found: Vec<Listed> = Vec::new();
    // So few at once that each is looked up, and nobody reads whole tables for what stands beside them.
    for some in ids.chunks(AT_ONCE) {
        let these = tokens_with_all!().filter(access_tokens::id.eq_any(some.to_vec()));
        found.extend(these.select(listed_columns!()).load::<Listed>(conn.db())?);
    }
    found.sort_by_key(|token| Reverse(token.id));
    Ok(found)
}

/// Adds token credentials.
///
/// # Errors
/// Those of the database.
pub fn insert(
    tx: &mut Transaction<'_>,
    new: New<'_>,
    (key, secret): (&str, &Secret),
    created: UnixSeconds,
) -> Result<AccessTokenId, Error> {
    let sealed = tx.seal(ACCESS_TOKEN, key, secret)?;
    let row = (
        access_tokens::consumer_id.eq(new.consumer),
        access_tokens::user_id.eq(new.user),
        access_tokens::role_id.eq(new.role),
        access_tokens::expires.eq(new.expires),
        access_tokens::label.eq(new.label),
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

/// Gives a token of this user another name, or none. False: there is no such token, or it is called so already.
///
/// # Errors
/// Those of the database.
pub fn set_label(tx: &mut Transaction<'_>, id: AccessTokenId, of: UserId, label: Option<&str>) -> Result<bool, Error> {
    let own = access_tokens::table.filter(access_tokens::id.eq(id)).filter(access_tokens::user_id.eq(of));
    let before: Option<Option<String>> = own.select(access_tokens::label).first(tx.db()).optional()?;
    let is_another = before.is_some_and(|before| before.as_deref() != label);
    Ok(is_another && diesel::update(own).set(access_tokens::label.eq(label)).execute(tx.db())? == 1)
}

/// At most `limit` of the live tokens of a consumer, the newest first.
///
/// # Errors
/// Those of the database.
pub fn newest_of(
    conn: &mut Connection,
    of: ConsumerId,
    now: UnixSeconds,
    limit: i64,
) -> Result<Vec<AccessTokenId>, Error> {
    let of_consumer = access_tokens::table.filter(access_tokens::consumer_id.eq(of)).filter(is_live!(now));
    let newest = of_consumer.select(access_tokens::id).order(access_tokens::id.desc()).limit(limit);
    Ok(newest.load(conn.db())?)
}

/// Removes at most `limit` tokens that were revoked or expired before `before`, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, before: UnixSeconds, limit: i64) -> Result<usize, Error> {
    // Apart, so that each finds its rows by its own index.
    let mut old: Vec<AccessTokenId> = access_tokens::table
        .filter(access_tokens::expires.lt(before))
        .select(access_tokens::id)
        .order(access_tokens::expires)
        .limit(limit)
        .load(tx.db())?;
    let revoked: Vec<AccessTokenId> = access_tokens::table
        .filter(access_tokens::revoked.lt(before))
        .select(access_tokens::id)
        .order(access_tokens::revoked)
        .limit(limit)
        .load(tx.db())?;
    old.extend(revoked);
    Ok(diesel::delete(access_tokens::table.filter(access_tokens::id.eq_any(old))).execute(tx.db())?)
}
