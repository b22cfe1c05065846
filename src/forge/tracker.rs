//! Items in trackers: read, filed and changed, each after one question to [`may`].
//!
//! What a caller cannot read is not there ([`Error::NotFound`]); what they can read and not do is named
//! ([`Error::Lacks`]).

use super::{Caller, Error, Object, Right, TrackerRight, may};
use crate::{
    clock::UnixSeconds,
    ids::ItemId,
    store::{
        self, Connection, ItemStatus, Transaction,
        trackers::{Changes, Item, NewItem, Tracker},
    },
};

/// The priority of an item that names none.
pub const DEFAULT_PRIORITY: i64 = 3;

/// What a new item says.
pub struct Report {
    /// One line, not blank.
    pub summary: String,
    /// The rest, perhaps empty.
    pub details: String,
    /// 1 to 5.
    pub priority: i64,
}

/// What is to change on an item; `None` leaves as it is.
#[derive(Default)]
pub struct Edit {
    /// Needs the right `tech`.
    pub status: Option<ItemStatus>,
    /// Needs the right `manager`.
    pub summary: Option<String>,
    /// Needs the right `manager`.
    pub details: Option<String>,
    /// 1 to 5; needs the right `manager`.
    pub priority: Option<i64>,
}

/// Finds a tracker that the caller may read.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that name, or none that this caller may know of.
pub fn find(conn: &mut Connection, caller: &Caller, project: &str, name: &str) -> Result<Tracker, Error> {
    let tracker = store::trackers::by_name(conn, project, name)?.ok_or(Error::NotFound)?;
    if may(caller, Right::Tracker(TrackerRight::Read), Object::Tracker(&tracker)) {
        Ok(tracker)
    } else {
        Err(Error::NotFound)
    }
}

/// Finds an item of a tracker that the caller was let into by [`find`].
///
/// # Errors
/// [`Error::NotFound`] when the tracker has no such item.
pub fn item(conn: &mut Connection, tracker: &Tracker, id: ItemId) -> Result<Item, Error> {
    store::trackers::item(conn, tracker.id, id)?.ok_or(Error::NotFound)
}

/// Asks for a right in a tracker that the caller can read.
///
/// # Errors
/// [`Error::Lacks`].
pub fn require(caller: &Caller, right: TrackerRight, tracker: &Tracker) -> Result<(), Error> {
    let (right, object) = (Right::Tracker(right), Object::Tracker(tracker));
    if may(caller, right, object) { Ok(()) } else { Err(Error::lacks(right, object)) }
}

/// Files an item in the caller's name, and remembers the tool that it came through.
///
/// # Errors
/// [`Error::Lacks`] without the right to submit.
pub fn file(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    tracker: &Tracker,
    report: &Report,
    now: UnixSeconds,
) -> Result<Item, Error> {
    require(caller, TrackerRight::Submit, tracker)?;
    let new = NewItem {
        summary: &report.summary,
        details: &report.details,
        priority: report.priority,
        submitter: caller.user().id,
        consumer: caller.through().map(|through| through.name.as_str()),
    };
    let id = store::trackers::file(tx, tracker.id, &new, now)?;
    item(tx, tracker, id)
}

/// Changes an item.
///
/// # Errors
/// [`Error::Lacks`] when a change needs a right that the caller has not; then nothing changed.
pub fn edit(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    tracker: &Tracker,
    id: ItemId,
    edit: &Edit,
) -> Result<Item, Error> {
    let before = item(tx, tracker, id)?;
    if edit.status.is_some() {
        require(caller, TrackerRight::Tech, tracker)?;
    }
    let edits_text = edit.summary.is_some() || edit.details.is_some() || edit.priority.is_some();
    if edits_text {
        require(caller, TrackerRight::Manager, tracker)?;
    }
    if !edits_text && edit.status.is_none() {
        return Ok(before);
    }
    let changes = Changes {
        summary: edit.summary.as_deref(),
        details: edit.details.as_deref(),
        priority: edit.priority,
        status: edit.status,
    };
    store::trackers::change(tx, id, &changes)?;
    item(tx, tracker, id)
}
