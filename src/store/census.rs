//! Counting all tokens by how they stand, a stretch of numbers at a time: no statement looks at more than that, so nobody waits
//! for one. Which of them is how is not decided here.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Bool, Nullable, Text},
};

use super::{Connection, Error, ProjectStatus, UserStatus, schema::access_tokens};
use crate::{clock::UnixSeconds, ids::AccessTokenId};

/// How many numbers one step goes through.
const STRETCH: i64 = 2_000;

/// Tokens that are alike in all that says how they stand.
#[derive(Debug, Clone, QueryableByName)]
pub struct Alike {
    /// Whether they were revoked.
    #[diesel(sql_type = Bool)]
    pub is_revoked: bool,
    /// Whether their time is over.
    #[diesel(sql_type = Bool)]
    pub is_expired: bool,
    /// Whether their users may act.
    #[diesel(sql_type = Text)]
    pub user_status: UserStatus,
    /// Whether their consumers are listened to.
    #[diesel(sql_type = Bool)]
    pub consumer_enabled: bool,
    /// Whether anybody acts in the projects of their roles.
    #[diesel(sql_type = Nullable<Text>)]
    pub project_status: Option<ProjectStatus>,
    /// Whether their users are among the roles' members.
    #[diesel(sql_type = Bool)]
    pub is_member: bool,
    /// Whether the projects of their roles let tools in.
    #[diesel(sql_type = Nullable<Bool>)]
    pub project_uses_plugin: Option<bool>,
    /// Whether their users lend roles to tools.
    #[diesel(sql_type = Bool)]
    pub user_uses_plugin: bool,
    /// How many there are.
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
}

/// The tokens of a stretch, each with all that says how it stands. Its limit keeps both databases from beginning anywhere else
/// than at these tokens, whatever is asked of them.
const EACH: &str = "(SELECT token.id AS id, token.revoked IS NOT NULL AS is_revoked, \
        token.expires IS NOT NULL AND token.expires <= $1 AS is_expired, users.status AS user_status, \
        consumers.enabled AS consumer_enabled, projects.status AS project_status, \
        role_members.user_id IS NOT NULL AS is_member, projects.uses_plugin AS project_uses_plugin, \
        users.uses_plugin AS user_uses_plugin \
    FROM access_tokens AS token \
    JOIN users ON users.id = token.user_id \
    JOIN consumers ON consumers.id = token.consumer_id \
    JOIN roles ON roles.id = token.role_id \
    LEFT JOIN projects ON projects.id = roles.project_id \
    LEFT JOIN role_members ON role_members.role_id = token.role_id AND role_members.user_id = token.user_id \
    WHERE token.id > $2 AND token.id <= $3 ORDER BY token.id DESC LIMIT $4) AS each_one";

/// What makes tokens alike.
const KIND: &str = "is_revoked, is_expired, user_status, consumer_enabled, project_status, is_member, \
    project_uses_plugin, user_uses_plugin";

/// A row with a number and nothing else.
#[derive(QueryableByName)]
struct Numbered {
    #[diesel(sql_type = BigInt)]
    id: AccessTokenId,
}

/// The number of the newest token; none where there never was one.
///
/// # Errors
/// Those of the database.
pub fn newest(conn: &mut Connection) -> Result<AccessTokenId, Error> {
    let newest = access_tokens::table.select(access_tokens::id).order(access_tokens::id.desc());
    Ok(newest.first(conn.db()).optional()?.unwrap_or(AccessTokenId(0)))
}

/// Counts the stretch of tokens that ends with this number, and says where the one before it ends, if there is one.
///
/// # Errors
/// Those of the database.
pub fn stretch(
    conn: &mut Connection,
    last: AccessTokenId,
    now: UnixSeconds,
) -> Result<(Vec<Alike>, Option<AccessTokenId>), Error> {
    let before = last.0.saturating_sub(STRETCH);
    let counted = sql_query(format!("SELECT {KIND}, count(*) AS tokens FROM {EACH} GROUP BY {KIND}"))
        .bind::<BigInt, _>(now)
        .bind::<BigInt, _>(before)
        .bind::<BigInt, _>(last.0)
        .bind::<BigInt, _>(STRETCH)
        .load(conn.db())?;
    // Numbers that nobody has any more are not gone through.
    let next = access_tokens::table
        .filter(access_tokens::id.le(before))
        .select(access_tokens::id)
        .order(access_tokens::id.desc())
        .first(conn.db())
        .optional()?;
    Ok((counted, next))
}

/// The tokens of that stretch that are alike in this, in any order.
///
/// # Errors
/// Those of the database.
pub fn alike(
    conn: &mut Connection,
    last: AccessTokenId,
    now: UnixSeconds,
    to: &Alike,
) -> Result<Vec<AccessTokenId>, Error> {
    let query = format!(
        "SELECT id FROM {EACH} WHERE is_revoked = $5 AND is_expired = $6 AND user_status = $7 AND consumer_enabled = $8 \
         AND coalesce(project_status, '') = $9 AND is_member = $10 AND coalesce(project_uses_plugin, TRUE) = $11 \
         AND user_uses_plugin = $12"
    );
    let found: Vec<Numbered> = sql_query(query)
        .bind::<BigInt, _>(now)
        .bind::<BigInt, _>(last.0.saturating_sub(STRETCH))
        .bind::<BigInt, _>(last.0)
        .bind::<BigInt, _>(STRETCH)
        .bind::<Bool, _>(to.is_revoked)
        .bind::<Bool, _>(to.is_expired)
        .bind::<Text, _>(to.user_status)
        .bind::<Bool, _>(to.consumer_enabled)
        .bind::<Text, _>(to.project_status.map_or("", ProjectStatus::word))
        .bind::<Bool, _>(to.is_member)
        // A role of the forge has no project, which `project_status` says already.
        .bind::<Bool, _>(to.project_uses_plugin.unwrap_or(true))
        .bind::<Bool, _>(to.user_uses_plugin)
        .load(conn.db())?;
    Ok(found.into_iter().map(|row| row.id).collect())
}
