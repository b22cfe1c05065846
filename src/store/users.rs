//! Users of the forge.

use diesel::prelude::*;

use super::{
    Connection, Error, Section, Transaction, UserStatus,
    backend::Conn,
    schema::{role_members, role_settings, users},
    user_words,
};
use crate::{clock::UnixSeconds, ids::UserId};

/// A user's row.
#[derive(Clone, Queryable, Selectable)]
pub struct User {
    /// The row's number.
    pub id: UserId,
    /// The log-in name, unique.
    pub name: String,
    /// The name for people to read.
    pub realname: String,
    /// The mail address, perhaps empty.
    pub email: String,
    /// Argon2id in PHC form; none: nobody logs in by password.
    pub password_hash: Option<String>,
    /// Whether the user may act.
    pub status: UserStatus,
    /// Whether the user administers the forge when logged in at the pages.
    pub forge_admin: bool,
    /// Whether the user lends roles to tools; if not, the tokens sleep.
    pub uses_plugin: bool,
}

/// What a new user is made of.
#[derive(Insertable)]
#[diesel(table_name = users)]
pub struct Fields<'a> {
    /// The log-in name.
    pub name: &'a str,
    /// The name for people to read.
    pub realname: &'a str,
    /// The mail address.
    pub email: &'a str,
    /// The password's hash.
    pub password_hash: Option<&'a str>,
    /// Whether the user may act.
    pub status: UserStatus,
    /// Whether the user administers the forge.
    pub forge_admin: bool,
    /// Whether the user lends roles to tools.
    pub uses_plugin: bool,
}

/// What of a user is changed; `None` leaves as it is.
#[derive(AsChangeset, Default, PartialEq, Eq)]
#[diesel(table_name = users)]
pub struct Changes<'a> {
    /// The name for people to read.
    pub realname: Option<&'a str>,
    /// The mail address.
    pub email: Option<&'a str>,
    /// The password's hash.
    pub password_hash: Option<&'a str>,
    /// Whether the user may act.
    pub status: Option<UserStatus>,
    /// Whether the user administers the forge.
    pub forge_admin: Option<bool>,
    /// Whether the user lends roles to tools.
    pub uses_plugin: Option<bool>,
}

/// Finds a user by log-in name.
///
/// # Errors
/// Those of the database.
pub fn by_name(conn: &mut Connection, name: &str) -> Result<Option<User>, Error> {
    Ok(users::table.filter(users::name.eq(name)).select(User::as_select()).first(conn.db()).optional()?)
}

/// Finds a user by number.
///
/// # Errors
/// Those of the database.
pub fn by_id(conn: &mut Connection, id: UserId) -> Result<Option<User>, Error> {
    Ok(users::table.filter(users::id.eq(id)).select(User::as_select()).first(conn.db()).optional()?)
}

/// The same, as the user is now, and nobody changes the row until the end of the transaction. SQLite's writers are one at a time
/// anyway.
///
/// # Errors
/// [`Error::Unavailable`] when somebody who is changing it was not done in time.
pub fn held(tx: &mut Transaction<'_>, id: UserId) -> Result<Option<User>, Error> {
    let user = users::table.filter(users::id.eq(id));
    Ok(match tx.db() {
        Conn::Sqlite(connection) => user.select(User::as_select()).first(connection).optional()?,
        Conn::Postgres(connection) => user.select(User::as_select()).for_share().first(connection).optional()?,
    })
}

/// Is there anybody who can log in and administers the forge, by themselves or by a role?
///
/// # Errors
/// Those of the database.
pub fn somebody_administers(conn: &mut Connection) -> Result<bool, Error> {
    let roles = role_settings::table
        .filter(role_settings::section.eq(Section::ForgeAdmin))
        .filter(role_settings::value.gt(0))
        .select(role_settings::role_id);
    let by_role = role_members::table.filter(role_members::role_id.eq_any(roles)).select(role_members::user_id);
    let can_log_in =
        users::table.filter(users::status.eq(UserStatus::Active)).filter(users::password_hash.is_not_null());
    let administers = can_log_in.filter(users::forge_admin.eq(true).or(users::id.eq_any(by_role)));
    Ok(diesel::select(diesel::dsl::exists(administers)).get_result(conn.db())?)
}

/// Adds a user.
///
/// # Errors
/// [`Error::Duplicate`] when the name is taken.
pub fn insert(tx: &mut Transaction<'_>, fields: &Fields<'_>, now: UnixSeconds) -> Result<UserId, Error> {
    let id = diesel::insert_into(users::table)
        .values((fields, users::created.eq(now)))
        .returning(users::id)
        .get_result(tx.db())?;
    user_words::keep(tx, id, (fields.name, fields.realname))?;
    Ok(id)
}

/// Changes of a user what is given, and nothing else: what somebody else changes at the same moment stays.
///
/// # Errors
/// Those of the database.
pub fn update(tx: &mut Transaction<'_>, user: &User, changes: &Changes<'_>) -> Result<(), Error> {
    diesel::update(users::table.filter(users::id.eq(user.id))).set(changes).execute(tx.db())?;
    match changes.realname {
        Some(realname) => user_words::keep(tx, user.id, (&user.name, realname)),
        None => Ok(()),
    }
}

/// In which language a user wants to be spoken to, if they ever said.
///
/// # Errors
/// Those of the database.
pub fn language(conn: &mut Connection, id: UserId) -> Result<Option<String>, Error> {
    let language = users::table.filter(users::id.eq(id)).select(users::language).first(conn.db()).optional()?;
    Ok(language.flatten())
}

/// Remembers in which language a user wants to be spoken to.
///
/// # Errors
/// Those of the database.
pub fn set_language(tx: &mut Transaction<'_>, id: UserId, language: &str) -> Result<(), Error> {
    diesel::update(users::table.filter(users::id.eq(id))).set(users::language.eq(language)).execute(tx.db())?;
    Ok(())
}
