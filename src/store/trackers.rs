//! Trackers, and the items in them.

use diesel::prelude::*;

use super::{
    Connection, Error, ItemStatus, ProjectStatus, Transaction,
    schema::{items, projects, trackers, users},
};
use crate::{
    clock::UnixSeconds,
    ids::{ItemId, ProjectId, TrackerId, UserId},
};

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

/// An item's row, with its submitter's name.
#[derive(Clone, Queryable)]
pub struct Item {
    /// The row's number.
    pub id: ItemId,
    /// One line.
    pub summary: String,
    /// The rest, perhaps empty.
    pub details: String,
    /// 1 to 5.
    pub priority: i64,
    /// Whether it is still to be dealt with.
    pub status: ItemStatus,
    /// The log-in name of who filed it.
    pub submitter: String,
    /// The consumer through which it was filed, by the name it had; none: filed without one.
    pub consumer: Option<String>,
    /// When.
    pub created: UnixSeconds,
}

/// What a new item is made of.
pub struct NewItem<'a> {
    /// One line.
    pub summary: &'a str,
    /// The rest, perhaps empty.
    pub details: &'a str,
    /// 1 to 5.
    pub priority: i64,
    /// Who files it.
    pub submitter: UserId,
    /// Through which consumer.
    pub consumer: Option<&'a str>,
}

/// What changes on an item; `None` leaves as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = items)]
pub struct Changes<'a> {
    /// Another line.
    pub summary: Option<&'a str>,
    /// Other details.
    pub details: Option<&'a str>,
    /// Another priority, 1 to 5.
    pub priority: Option<i64>,
    /// Another status.
    pub status: Option<ItemStatus>,
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

/// The trackers of a project (none: of the whole forge), oldest first.
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

/// The columns of [`Item`]; a macro because diesel's type of them has no short name.
macro_rules! item_columns {
    () => {
        (
            items::id,
            items::summary,
            items::details,
            items::priority,
            items::status,
            users::name,
            items::consumer_name,
            items::created,
        )
    };
}

/// Finds an item of a tracker.
///
/// # Errors
/// Those of the database.
pub fn item(conn: &mut Connection, tracker: TrackerId, id: ItemId) -> Result<Option<Item>, Error> {
    Ok(items::table
        .inner_join(users::table)
        .filter(items::id.eq(id))
        .filter(items::tracker_id.eq(tracker))
        .select(item_columns!())
        .first(conn.db())
        .optional()?)
}

/// At most `limit` items of a tracker, newest first, only those older than `before` where it is given.
///
/// # Errors
/// Those of the database.
pub fn items(
    conn: &mut Connection,
    tracker: TrackerId,
    before: Option<ItemId>,
    limit: i64,
) -> Result<Vec<Item>, Error> {
    let query = items::table.inner_join(users::table).filter(items::tracker_id.eq(tracker)).into_boxed();
    let query = match before {
        Some(id) => query.filter(items::id.lt(id)),
        None => query,
    };
    Ok(query.select(item_columns!()).order(items::id.desc()).limit(limit).load(conn.db())?)
}

/// Files an item.
///
/// # Errors
/// Those of the database.
pub fn file(
    tx: &mut Transaction<'_>,
    tracker: TrackerId,
    new: &NewItem<'_>,
    now: UnixSeconds,
) -> Result<ItemId, Error> {
    let row = (
        items::tracker_id.eq(tracker),
        items::summary.eq(new.summary),
        items::details.eq(new.details),
        items::priority.eq(new.priority),
        items::status.eq(ItemStatus::Open),
        items::submitter_id.eq(new.submitter),
        items::consumer_name.eq(new.consumer),
        items::created.eq(now),
    );
    Ok(diesel::insert_into(items::table).values(row).returning(items::id).get_result(tx.db())?)
}

/// Changes an item. Not to be called with nothing to change.
///
/// # Errors
/// Those of the database.
pub fn change(tx: &mut Transaction<'_>, id: ItemId, changes: &Changes<'_>) -> Result<(), Error> {
    diesel::update(items::table.filter(items::id.eq(id))).set(changes).execute(tx.db())?;
    Ok(())
}
