//! Roles, who holds them, and their settings.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{
    Connection, Error, ProjectStatus, Section, Transaction,
    backend::Conn,
    schema::{projects, role_members, role_settings, roles, users},
    users::User,
};
use crate::ids::{ProjectId, RoleId, UserId};

/// A role's row, with the names of its project.
#[derive(Clone, Queryable)]
pub struct Role {
    /// The row's number.
    pub id: RoleId,
    /// The role's name, unique in its project or among the global ones.
    pub name: String,
    /// The project's number, name and title; none for a role of the whole forge.
    pub project: Option<(ProjectId, String, String)>,
}

/// One setting of one role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Queryable)]
pub struct Setting {
    /// What the setting speaks of.
    pub section: Section,
    /// Which one: -1, a project's number or a tracker's.
    pub ref_id: i64,
    /// 0 or 1, or a tracker's bits.
    pub value: i64,
}

/// The columns of [`Role`]; a macro because diesel's type of them has no short name.
macro_rules! role_columns {
    () => {
        (roles::id, roles::name, (projects::id, projects::name, projects::title).nullable())
    };
}

/// A role of the whole forge, or of a project that is active; a macro, because its type has no short name either.
macro_rules! of_no_archived_project {
    () => {
        roles::project_id.is_null().or(projects::status.nullable().eq(ProjectStatus::Active))
    };
}

/// Of these, the roles that are lent to tools: what is of a project, where that uses the plugin.
macro_rules! is_lent {
    () => {
        of_no_archived_project!().and(roles::project_id.is_null().or(projects::uses_plugin.nullable().eq(true)))
    };
}

/// Finds a role by number.
///
/// # Errors
/// Those of the database.
pub fn by_id(conn: &mut Connection, id: RoleId) -> Result<Option<Role>, Error> {
    let query = roles::table.left_join(projects::table).filter(roles::id.eq(id));
    Ok(query.select(role_columns!()).first(conn.db()).optional()?)
}

/// Keeps everybody else from changing a role until the end of the transaction. SQLite's writers are one at a time anyway.
///
/// # Errors
/// Those of the database.
pub fn hold(tx: &mut Transaction<'_>, id: RoleId) -> Result<(), Error> {
    if let Conn::Postgres(connection) = tx.db() {
        let held = roles::table.filter(roles::id.eq(id)).select(roles::id).for_no_key_update();
        held.first::<RoleId>(connection).optional()?;
    }
    Ok(())
}

/// Finds a role by its project (none: of the whole forge) and its name.
///
/// # Errors
/// Those of the database.
pub fn by_name(conn: &mut Connection, project: Option<ProjectId>, name: &str) -> Result<Option<Role>, Error> {
    let query = roles::table.left_join(projects::table).filter(roles::name.eq(name)).into_boxed();
    let query = match project {
        Some(id) => query.filter(roles::project_id.eq(id)),
        None => query.filter(roles::project_id.is_null()),
    };
    Ok(query.select(role_columns!()).first(conn.db()).optional()?)
}

/// The roles that a user holds in person, global ones first, then by project and name. Nobody holds those of an archived
/// project.
///
/// # Errors
/// Those of the database.
pub fn of_user(conn: &mut Connection, user: UserId) -> Result<Vec<Role>, Error> {
    let held = role_members::table.filter(role_members::user_id.eq(user)).select(role_members::role_id);
    let found: Vec<Role> = roles::table
        .left_join(projects::table)
        .filter(roles::id.eq_any(held))
        .filter(of_no_archived_project!())
        .select(role_columns!())
        .order(roles::id)
        .limit(MOST_ROLES)
        .load(conn.db())?;
    Ok(in_order(found))
}

/// At most `limit` of the roles that a user holds in person, oldest first, only those after this one. Nobody holds those of an
/// archived project.
///
/// # Errors
/// Those of the database.
pub fn held_by(conn: &mut Connection, user: UserId, after: RoleId, limit: i64) -> Result<Vec<Role>, Error> {
    Ok(role_members::table
        .inner_join(roles::table.left_join(projects::table))
        .filter(role_members::user_id.eq(user))
        .filter(role_members::role_id.gt(after))
        .filter(of_no_archived_project!())
        .select(role_columns!())
        .order(role_members::role_id)
        .limit(limit)
        .load(conn.db())?)
}

/// Of these, in the same order, the roles that the user can lend to a tool: none where the user does not use the plugin,
/// and none of a project that does not.
///
/// # Errors
/// Those of the database.
pub fn lent_by(conn: &mut Connection, user: UserId) -> Result<Vec<Role>, Error> {
    let held = role_members::table
        .inner_join(users::table)
        .filter(role_members::user_id.eq(user))
        .filter(users::uses_plugin.eq(true))
        .select(role_members::role_id);
    let found: Vec<Role> = roles::table
        .left_join(projects::table)
        .filter(roles::id.eq_any(held))
        .filter(is_lent!())
        .select(role_columns!())
        .order(roles::id)
        .limit(MOST_ROLES)
        .load(conn.db())?;
    Ok(in_order(found))
}

/// Databases sort NULL and text differently; this order is the same on both.
fn in_order(mut found: Vec<Role>) -> Vec<Role> {
    found.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    found
}

/// How many roles of one user are looked at; a user with more of them sees the oldest.
const MOST_ROLES: i64 = 1_000;

fn sort_key(role: &Role) -> (Option<&str>, &str) {
    (role.project.as_ref().map(|(_, name, _)| name.as_str()), &role.name)
}

/// Does this user hold this role now, so that a tool may act under it? Nobody holds one of an archived project, and nobody
/// lends one where the project or the user does not use the plugin.
///
/// # Errors
/// Those of the database.
pub fn holds(conn: &mut Connection, user: UserId, role: RoleId) -> Result<bool, Error> {
    let membership = role_members::table
        .inner_join(users::table)
        .inner_join(roles::table.left_join(projects::table))
        .filter(role_members::role_id.eq(role))
        .filter(role_members::user_id.eq(user))
        .filter(users::uses_plugin.eq(true))
        .filter(is_lent!());
    Ok(diesel::select(diesel::dsl::exists(membership)).get_result(conn.db())?)
}

/// The settings of some roles, each with its role's number.
///
/// # Errors
/// Those of the database.
pub fn settings(conn: &mut Connection, of: &[RoleId]) -> Result<Vec<(RoleId, Setting)>, Error> {
    Ok(role_settings::table
        .filter(role_settings::role_id.eq_any(of.to_vec()))
        .select((role_settings::role_id, (role_settings::section, role_settings::ref_id, role_settings::value)))
        .order((role_settings::role_id, role_settings::section, role_settings::ref_id))
        .load(conn.db())?)
}

/// The roles that have a setting of this section for this reference, with its value.
///
/// # Errors
/// Those of the database.
pub fn with_setting(conn: &mut Connection, section: Section, ref_id: i64) -> Result<Vec<(RoleId, i64)>, Error> {
    Ok(role_settings::table
        .filter(role_settings::section.eq(section))
        .filter(role_settings::ref_id.eq(ref_id))
        .select((role_settings::role_id, role_settings::value))
        .order(role_settings::role_id)
        .load(conn.db())?)
}

/// Adds a role.
///
/// # Errors
/// [`Error::Duplicate`] when its project has one of that name.
pub fn insert(tx: &mut Transaction<'_>, project: Option<ProjectId>, name: &str) -> Result<RoleId, Error> {
    let row = (roles::project_id.eq(project), roles::name.eq(name));
    Ok(diesel::insert_into(roles::table).values(row).returning(roles::id).get_result(tx.db())?)
}

/// What became of who holds a role.
pub struct Replaced {
    /// Who did not hold it before.
    pub added: Vec<UserId>,
    /// Who does not any more.
    pub removed: Vec<UserId>,
}

/// Replaces who holds a role. What stays the same is not touched, so that it does not count as a change.
///
/// # Errors
/// Those of the database.
pub fn replace_members(tx: &mut Transaction<'_>, role: RoleId, members: &[UserId]) -> Result<Replaced, Error> {
    let of_role = || role_members::table.filter(role_members::role_id.eq(role));
    let before: HashSet<UserId> = of_role().select(role_members::user_id).load(tx.db())?.into_iter().collect();
    let after: HashSet<UserId> = members.iter().copied().collect();
    let mut removed: Vec<UserId> = before.difference(&after).copied().collect();
    let mut added: Vec<UserId> = after.difference(&before).copied().collect();
    removed.sort_unstable();
    added.sort_unstable();
    for user in &removed {
        diesel::delete(of_role().filter(role_members::user_id.eq(*user))).execute(tx.db())?;
    }
    for user in &added {
        let row = (role_members::role_id.eq(role), role_members::user_id.eq(*user));
        diesel::insert_into(role_members::table).values(row).execute(tx.db())?;
    }
    Ok(Replaced { added, removed })
}

/// Replaces the settings of a role. What stays the same is not touched, so that it does not count as a change. False:
/// nothing was changed.
///
/// # Errors
/// Those of the database.
pub fn replace_settings(tx: &mut Transaction<'_>, role: RoleId, new: &[Setting]) -> Result<bool, Error> {
    let before: Vec<Setting> = settings(tx, &[role])?.into_iter().map(|(_, setting)| setting).collect();
    let (gone, fresh): (Vec<_>, Vec<_>) = (
        before.iter().filter(|setting| !new.contains(setting)).collect(),
        new.iter().filter(|setting| !before.contains(setting)).collect(),
    );
    for setting in &gone {
        diesel::delete(role_settings::table.filter(role_settings::role_id.eq(role)))
            .filter(role_settings::section.eq(setting.section))
            .filter(role_settings::ref_id.eq(setting.ref_id))
            .execute(tx.db())?;
    }
    for setting in &fresh {
        put_setting(tx, role, **setting)?;
    }
    Ok(!gone.is_empty() || !fresh.is_empty())
}

/// Adds a setting that the role does not have yet.
///
/// # Errors
/// [`Error::Duplicate`] when it has it.
pub fn put_setting(tx: &mut Transaction<'_>, role: RoleId, setting: Setting) -> Result<(), Error> {
    let row = (
        role_settings::role_id.eq(role),
        role_settings::section.eq(setting.section),
        role_settings::ref_id.eq(setting.ref_id),
        role_settings::value.eq(setting.value),
    );
    diesel::insert_into(role_settings::table).values(row).execute(tx.db())?;
    Ok(())
}

/// At most `limit` roles of a project (none: of the whole forge), oldest first, only those after this one.
///
/// # Errors
/// Those of the database.
pub fn of_project(
    conn: &mut Connection,
    project: Option<ProjectId>,
    after: RoleId,
    limit: i64,
) -> Result<Vec<Role>, Error> {
    let query = roles::table
        .left_join(projects::table)
        .filter(roles::id.gt(after))
        .select(role_columns!())
        .order(roles::id)
        .limit(limit)
        .into_boxed();
    Ok(match project {
        Some(id) => query.filter(roles::project_id.eq(id)).load(conn.db())?,
        None => query.filter(roles::project_id.is_null()).load(conn.db())?,
    })
}

/// The roles that let somebody act in a project, its own and others, oldest first.
///
/// # Errors
/// Those of the database.
pub fn reaching(conn: &mut Connection, project: ProjectId) -> Result<Vec<RoleId>, Error> {
    let own = roles::table.filter(roles::project_id.eq(project)).select(roles::id);
    let mut found: Vec<RoleId> = own.order(roles::id).limit(MOST_ROLES).load(conn.db())?;
    for (section, ref_id) in
        [(Section::ForgeAdmin, WHOLE_FORGE), (Section::ProjectAdmin, project.0), (Section::ProjectRead, project.0)]
    {
        found
            .extend(with_setting(conn, section, ref_id)?.into_iter().filter(|(_, value)| *value > 0).map(|(id, _)| id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The reference of a setting that concerns the whole forge.
const WHOLE_FORGE: i64 = -1;

/// Gives a role another name.
///
/// # Errors
/// [`Error::Duplicate`] when its project has one of that name.
pub fn rename(tx: &mut Transaction<'_>, id: RoleId, name: &str) -> Result<(), Error> {
    diesel::update(roles::table.filter(roles::id.eq(id))).set(roles::name.eq(name)).execute(tx.db())?;
    Ok(())
}

/// Removes a role, who holds it, its settings, and the tokens under it.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, id: RoleId) -> Result<(), Error> {
    diesel::delete(roles::table.filter(roles::id.eq(id))).execute(tx.db())?;
    Ok(())
}

/// At most `limit` of those who hold a role, the oldest users first, only those after this one.
///
/// # Errors
/// Those of the database.
pub fn members(conn: &mut Connection, role: RoleId, after: UserId, limit: i64) -> Result<Vec<User>, Error> {
    Ok(role_members::table
        .inner_join(users::table)
        .filter(role_members::role_id.eq(role))
        .filter(role_members::user_id.gt(after))
        .select(User::as_select())
        .order(role_members::user_id)
        .limit(limit)
        .load(conn.db())?)
}

/// Is this user among the members of this role, whatever becomes of its project?
///
/// # Errors
/// Those of the database.
pub fn has_member(conn: &mut Connection, role: RoleId, user: UserId) -> Result<bool, Error> {
    let membership = role_members::table.filter(role_members::role_id.eq(role)).filter(role_members::user_id.eq(user));
    Ok(diesel::select(diesel::dsl::exists(membership)).get_result(conn.db())?)
}

/// Gives a user a role that they do not hold.
///
/// # Errors
/// [`Error::Duplicate`] when they hold it.
pub fn add_member(tx: &mut Transaction<'_>, role: RoleId, user: UserId) -> Result<(), Error> {
    let row = (role_members::role_id.eq(role), role_members::user_id.eq(user));
    diesel::insert_into(role_members::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Takes a role from a user. False: they did not hold it.
///
/// # Errors
/// Those of the database.
pub fn remove_member(tx: &mut Transaction<'_>, role: RoleId, user: UserId) -> Result<bool, Error> {
    let membership = role_members::table.filter(role_members::role_id.eq(role)).filter(role_members::user_id.eq(user));
    Ok(diesel::delete(membership).execute(tx.db())? == 1)
}
