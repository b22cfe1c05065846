//! Trackers of projects. What is in them is in [`super::items`].

use diesel::prelude::*;

use super::{
    Connection, Error, ProjectStatus, Transaction,
    schema::{projects, trackers},
};
use crate::ids::{ProjectId, TrackerId};

/// A tracker's row, with its project's status.
#[derive(Clone, Queryable)]
pub struct Tracker {
    /// The row's number.
    pub id: TrackerId,
    /// The project that it belongs to.
    pub project_id: ProjectId,
    /// The name in addresses, unique in its project.
    pub name: String,
    /// The name for people to read.
    pub title: String,
    /// Whether anybody acts in its project.
    pub project_status: ProjectStatus,
}

/// The columns of [`Tracker`]; a macro because diesel's type of them has no short name.
macro_rules! tracker_columns {
    () => {
        (trackers::id, trackers::project_id, trackers::name, trackers::title, projects::status)
    };
}

/// Finds a tracker by its project's name and its own.
///
/// # Errors
/// Those of the database.
pub fn by_name(conn: &mut Connection, project: &str, name: &str) -> Result<Option<Tracker>, Error> {
    Ok(trackers::table
        .inner_join(projects::table)
        .filter(projects::name.eq(project))
        .filter(trackers::name.eq(name))
        .select(tracker_columns!())
        .first(conn.db())
        .optional()?)
}

/// All trackers of a project (none: of the whole forge), oldest first: for whoever judges or sets rights in them. Lists ask for
/// those that are [`following`] a name.
///
/// # Errors
/// Those of the database.
pub fn of_project(conn: &mut Connection, project: Option<ProjectId>) -> Result<Vec<Tracker>, Error> {
    let query = trackers::table.inner_join(projects::table).select(tracker_columns!()).order(trackers::id).into_boxed();
    Ok(match project {
        Some(id) => query.filter(trackers::project_id.eq(id)).load(conn.db())?,
        None => query.load(conn.db())?,
    })
}

/// At most `limit` trackers of a project by name, only those after this one.
///
/// # Errors
/// Those of the database.
pub fn following(conn: &mut Connection, project: ProjectId, after: &str, limit: i64) -> Result<Vec<Tracker>, Error> {
    let of_project = trackers::table.inner_join(projects::table).filter(trackers::project_id.eq(project));
    let rest = of_project.filter(trackers::name.gt(after)).select(tracker_columns!());
    Ok(rest.order(trackers::name).limit(limit).load(conn.db())?)
}

/// The trackers of some projects, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of_projects(conn: &mut Connection, projects: &[ProjectId]) -> Result<Vec<Tracker>, Error> {
    let of_these = trackers::table.inner_join(projects::table).filter(trackers::project_id.eq_any(projects.to_vec()));
    Ok(of_these.select(tracker_columns!()).order(trackers::id).load(conn.db())?)
}

/// The trackers of these numbers, oldest first.
///
/// # Errors
/// Those of the database.
pub fn by_ids(conn: &mut Connection, ids: &[TrackerId]) -> Result<Vec<Tracker>, Error> {
    let these = trackers::table.inner_join(projects::table).filter(trackers::id.eq_any(ids.to_vec()));
    Ok(these.select(tracker_columns!()).order(trackers::id).load(conn.db())?)
}

/// Adds a tracker.
///
/// # Errors
/// [`Error::Duplicate`] when the project has one of that name.
pub fn insert(tx: &mut Transaction<'_>, project: ProjectId, name: &str, title: &str) -> Result<TrackerId, Error> {
    let row = (trackers::project_id.eq(project), trackers::name.eq(name), trackers::title.eq(title));
    Ok(diesel::insert_into(trackers::table).values(row).returning(trackers::id).get_result(tx.db())?)
}

/// Gives a tracker another title.
///
/// # Errors
/// Those of the database.
pub fn retitle(tx: &mut Transaction<'_>, id: TrackerId, title: &str) -> Result<(), Error> {
    diesel::update(trackers::table.filter(trackers::id.eq(id))).set(trackers::title.eq(title)).execute(tx.db())?;
    Ok(())
}
