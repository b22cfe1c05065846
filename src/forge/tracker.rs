//! Items in trackers: read, filed and changed, each after one question to [`may`].
//!
//! What a caller cannot read is not there ([`Error::NotFound`]); what they can read and not do is named
//! ([`Error::Lacks`]).

use super::{Caller, Error, Object, Right, TrackerRight, may, role};
use crate::{
    clock::UnixSeconds,
    ids::ItemId,
    store::{
        self, Connection, ItemStatus, Transaction,
        trackers::{Changes, Item, NewItem, Tracker},
    },
};

/// The priority of an item that names none.
const DEFAULT_PRIORITY: i64 = 3;

/// A part of an item that somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One line.
    Summary,
    /// The rest.
    Details,
    /// 1 to 5.
    Priority,
}

/// What is wrong with a part of an item. What the part is called depends on who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part:?} {message}")]
pub struct Wrong {
    /// The part.
    pub part: Part,
    /// What is wrong with it.
    pub message: &'static str,
}

/// What a new item says; every part was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    summary: String,
    details: String,
    priority: i64,
}

impl Report {
    /// Checks a report: a summary that is not blank, text without NUL, a priority from 1 to 5 (3 where none is given).
    ///
    /// # Errors
    /// [`Wrong`], naming the part.
    pub fn new(summary: String, details: Option<String>, priority: Option<i64>) -> Result<Self, Wrong> {
        Ok(Self {
            summary: checked_summary(summary)?,
            details: checked_text(Part::Details, details.unwrap_or_default())?,
            priority: checked_priority(priority.unwrap_or(DEFAULT_PRIORITY))?,
        })
    }
}

/// What is to change on an item; every part was checked, and `None` leaves as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    status: Option<ItemStatus>,
    summary: Option<String>,
    details: Option<String>,
    priority: Option<i64>,
}

impl Edit {
    /// Checks a change: of the status, which needs the right `tech`; of the others, which need `manager`.
    ///
    /// # Errors
    /// [`Wrong`], naming the part.
    pub fn new(
        status: Option<ItemStatus>,
        summary: Option<String>,
        details: Option<String>,
        priority: Option<i64>,
    ) -> Result<Self, Wrong> {
        Ok(Self {
            status,
            summary: summary.map(checked_summary).transpose()?,
            details: details.map(|details| checked_text(Part::Details, details)).transpose()?,
            priority: priority.map(checked_priority).transpose()?,
        })
    }
}

fn checked_summary(text: String) -> Result<String, Wrong> {
    // A summary is what lists show, so it says something.
    if text.trim().is_empty() {
        return Err(Wrong { part: Part::Summary, message: "must not be blank" });
    }
    checked_text(Part::Summary, text)
}

fn checked_text(part: Part, text: String) -> Result<String, Wrong> {
    if text.contains('\0') { Err(Wrong { part, message: "must not hold a NUL" }) } else { Ok(text) }
}

fn checked_priority(priority: i64) -> Result<i64, Wrong> {
    match priority {
        1..=5 => Ok(priority),
        _ => Err(Wrong { part: Part::Priority, message: "must be a number from 1 to 5" }),
    }
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
/// [`Error::Lacks`] without the right to submit; [`Error::RoleNotHeld`].
pub fn file(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    tracker: &Tracker,
    report: &Report,
    now: UnixSeconds,
) -> Result<Item, Error> {
    role::still_held(tx, caller)?;
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
/// [`Error::Lacks`] when a change needs a right that the caller has not, [`Error::RoleNotHeld`]; then nothing changed.
pub fn edit(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    tracker: &Tracker,
    id: ItemId,
    edit: &Edit,
) -> Result<Item, Error> {
    role::still_held(tx, caller)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_checked_in_every_part() {
        let report = |summary: &str, details: &str, priority| {
            Report::new(summary.to_owned(), Some(details.to_owned()), priority).map_err(|wrong| wrong.part)
        };
        assert_eq!(report("It broke", "", None).unwrap().priority, DEFAULT_PRIORITY);
        for (summary, details, priority, part) in [
            ("", "", None, Part::Summary),
            (" \n", "", None, Part::Summary),
            ("a\0b", "", None, Part::Summary),
            ("a", "\0", None, Part::Details),
            ("a", "", Some(0), Part::Priority),
            ("a", "", Some(6), Part::Priority),
        ] {
            assert_eq!(report(summary, details, priority), Err(part), "{summary:?} {details:?} {priority:?}");
        }
    }
}
