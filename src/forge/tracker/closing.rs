//! Closing at once what one access token filed in a project: for who runs the project, when a tool filed too much.
//!
//! Who runs a project need be no technician in its trackers: this takes back what a tool did, as revoking its token does.

use serde_json::json;

use crate::{
    forge::{
        By, Caller, Error, Object, Right,
        audit::{self, Event},
        may,
        permission::needs,
    },
    ids::{AccessTokenId, ItemId, TrackerId},
    store::{
        self, Action, Connection, ItemPart, ItemStatus, ProjectStatus, Transaction,
        items::{self, history::Change},
        projects::Project,
    },
};

/// The most items that are closed in one step.
pub const MOST_AT_ONCE: usize = 1_000;

/// Which of the items that a token filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// All that are open, the oldest first where there are too many.
    All,
    /// Those of these that are open.
    These(Vec<ItemId>),
}

/// What would be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToClose {
    /// The open items.
    pub items: Vec<ItemId>,
    /// Whether there are more open ones than are closed in one step.
    pub are_more: bool,
}

/// Finds a project that the caller runs.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that name, or none that this caller may know of; [`Error::Lacks`] when they
/// do not run it.
pub fn project(conn: &mut Connection, caller: &Caller, name: &str) -> Result<Project, Error> {
    let project = store::projects::by_name(conn, name)?.ok_or(Error::NotFound)?;
    let object = Object::Project(project.id, &project.name);
    if !may(caller, Right::ReadProject, object) {
        return Err(Error::NotFound);
    }
    if !may(caller, Right::AdministerProject, object) {
        return Err(Error::lacks(Right::AdministerProject, object));
    }
    Ok(project)
}

/// What would be closed of what a token filed in a project that the caller runs.
///
/// # Errors
/// Those of [`project`]; [`Error::Lacks`] in a project that is archived.
pub fn preview(
    conn: &mut Connection,
    caller: &Caller,
    name: &str,
    token: AccessTokenId,
    chosen: &Chosen,
) -> Result<ToClose, Error> {
    let project = project(conn, caller, name)?;
    match project.status {
        ProjectStatus::Active => {}
        ProjectStatus::Archived => {
            let admin = needs(Right::AdministerProject, Object::Project(project.id, &project.name));
            return Err(Error::Lacks(format!("{admin} in an active project")));
        }
    }
    let trackers: Vec<TrackerId> =
        store::trackers::of_project(conn, Some(project.id))?.into_iter().map(|tracker| tracker.id).collect();
    let most = MOST_AT_ONCE as i64;
    let mut items = match chosen {
        Chosen::All => items::lists::open_of_token(conn, (token, &trackers), None, most + 1)?,
        Chosen::These(these) => items::lists::open_of_token(conn, (token, &trackers), Some(these), most + 1)?,
    };
    let are_more = items.len() > MOST_AT_ONCE;
    items.truncate(MOST_AT_ONCE);
    Ok(ToClose { items, are_more })
}

/// Closes them, writes that into the history of each, and once into the audit log. Says how many there were.
///
/// # Errors
/// Those of [`preview`].
pub fn close(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    name: &str,
    token: AccessTokenId,
    chosen: &Chosen,
    by: &By,
) -> Result<usize, Error> {
    let closing = preview(tx, caller, name, token, chosen)?;
    let closed = items::close(tx, &closing.items)?;
    if closed.is_empty() {
        return Ok(0);
    }
    let (open, shut) = (ItemStatus::Open.word(), ItemStatus::Closed.word());
    let change =
        |id: &ItemId| Change { item: *id, part: ItemPart::Status, before: open.to_owned(), after: shut.to_owned() };
    let history: Vec<Change> = closed.iter().map(change).collect();
    let role = super::role_name(caller);
    items::history::add(tx, &history, super::author(caller, role.as_deref()), by.at())?;
    let details = json!({"project": name, "closed": closed.len()});
    audit::record(tx, by, Event::of_access_token(Action::ItemsClosed, token).with(details));
    Ok(closed.len())
}
