//! Projects of the forge.

use diesel::prelude::*;

use super::{Connection, Error, ProjectStatus, Transaction, schema::projects};
use crate::ids::ProjectId;

/// A project's row.
#[derive(Clone, Queryable, Selectable)]
pub struct Project {
    /// The row's number.
    pub id: ProjectId,
    /// The name in addresses, unique.
    pub name: String,
    /// The name for people to read.
    pub title: String,
    /// Whether anybody acts in it.
    pub status: ProjectStatus,
    /// Whether its roles are lent to tools; if not, the tokens under them sleep.
    pub uses_plugin: bool,
}

/// Finds a project by name.
///
/// # Errors
/// Those of the database.
pub fn by_name(conn: &mut Connection, name: &str) -> Result<Option<Project>, Error> {
    Ok(projects::table.filter(projects::name.eq(name)).select(Project::as_select()).first(conn.db()).optional()?)
}

/// Adds a project.
///
/// # Errors
/// [`Error::Duplicate`] when the name is taken.
pub fn insert(tx: &mut Transaction<'_>, name: &str, title: &str) -> Result<ProjectId, Error> {
    let row = (projects::name.eq(name), projects::title.eq(title));
    Ok(diesel::insert_into(projects::table).values(row).returning(projects::id).get_result(tx.db())?)
}

/// Gives a project another title.
///
/// # Errors
/// Those of the database.
pub fn retitle(tx: &mut Transaction<'_>, id: ProjectId, title: &str) -> Result<(), Error> {
    diesel::update(projects::table.filter(projects::id.eq(id))).set(projects::title.eq(title)).execute(tx.db())?;
    Ok(())
}

/// Archives a project, or brings it back. False: it was so already.
///
/// # Errors
/// Those of the database.
pub fn set_status(tx: &mut Transaction<'_>, id: ProjectId, status: ProjectStatus) -> Result<bool, Error> {
    let other = projects::table.filter(projects::id.eq(id)).filter(projects::status.ne(status));
    Ok(diesel::update(other).set(projects::status.eq(status)).execute(tx.db())? == 1)
}

/// Lets tools act in a project, or not. False: it was so already.
///
/// # Errors
/// Those of the database.
pub fn set_uses_plugin(tx: &mut Transaction<'_>, id: ProjectId, uses: bool) -> Result<bool, Error> {
    let other = projects::table.filter(projects::id.eq(id)).filter(projects::uses_plugin.ne(uses));
    Ok(diesel::update(other).set(projects::uses_plugin.eq(uses)).execute(tx.db())? == 1)
}

/// At most `limit` projects by name, from this one on: all, or only some.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, some: Option<&[ProjectId]>, from: &str, limit: i64) -> Result<Vec<Project>, Error> {
    let query = projects::table.filter(projects::name.ge(from)).select(Project::as_select()).into_boxed();
    let query = match some {
        Some(ids) => query.filter(projects::id.eq_any(ids.to_vec())),
        None => query,
    };
    Ok(query.order(projects::name).limit(limit).load(conn.db())?)
}
