//! Items in trackers: read, filed and changed, each after one question to [`may`].
//!
//! What a caller cannot read is not there ([`Error::NotFound`]); what they can read and not do is named
//! ([`Error::Lacks`]).
//!
//! Whatever is done to an item is done here, by whomever and through whatever, so that the item remembers it.

pub mod closing;

use super::{Acting, Caller, Error, Object, Right, TrackerRight, may, role};
use crate::{
    clock::UnixSeconds,
    ids::{ItemId, ProjectId},
    store::{
        self, Connection, ItemPart, ItemStatus, Transaction,
        items::{self, Author, Changes, Item, NewItem, history::Change},
        trackers::Tracker,
    },
};

/// The priority of an item that names none.
pub const DEFAULT_PRIORITY: i64 = 3;

/// The most characters of a text that the history of its item keeps; of a longer one it keeps the beginning.
const LONGEST_KEPT: usize = 2_000;

/// How many trackers are read at once where some of them may be out of the reader's sight.
const STEP: usize = 100;

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
    /// Opens or closes an item, and leaves the rest as it is.
    pub fn of_status(status: ItemStatus) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

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

/// At most `limit` trackers of a project that the caller may read, by name, only those after this one.
///
/// # Errors
/// Those of the store.
pub fn readable(
    conn: &mut Connection,
    caller: &Caller,
    project: ProjectId,
    after: &str,
    limit: usize,
) -> Result<Vec<Tracker>, store::Error> {
    let can_read = |tracker: &Tracker| may(caller, Right::Tracker(TrackerRight::Read), Object::Tracker(tracker));
    let (mut found, mut after) = (Vec::new(), after.to_owned());
    loop {
        let read = store::trackers::following(conn, project, &after, STEP as i64)?;
        let is_last = read.len() < STEP;
        if let Some(last) = read.last() {
            last.name.clone_into(&mut after);
        }
        found.extend(read.into_iter().filter(can_read));
        if is_last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

/// Finds an item of a tracker that the caller was let into by [`find`].
///
/// # Errors
/// [`Error::NotFound`] when the tracker has no such item.
pub fn item(conn: &mut Connection, tracker: &Tracker, id: ItemId) -> Result<Item, Error> {
    items::by_id(conn, tracker.id, id)?.ok_or(Error::NotFound)
}

/// Asks for a right in a tracker that the caller can read.
///
/// # Errors
/// [`Error::Lacks`].
pub fn require(caller: &Caller, right: TrackerRight, tracker: &Tracker) -> Result<(), Error> {
    let (right, object) = (Right::Tracker(right), Object::Tracker(tracker));
    if may(caller, right, object) { Ok(()) } else { Err(Error::lacks(right, object)) }
}

/// The caller as items remember them; the role is kept by its full name.
fn author<'a>(caller: &'a Caller, role: Option<&'a str>) -> Author<'a> {
    let through = caller.through();
    Author {
        user: caller.user().id,
        consumer: through.map(|through| through.name.as_str()),
        role,
        token: through.and_then(|through| through.token),
    }
}

fn role_name(caller: &Caller) -> Option<String> {
    match caller.acting() {
        Acting::AsRole { name, project, .. } => Some(role::full_name(project.as_deref(), name)),
        Acting::InPerson { .. } => None,
    }
}

/// Files an item in the caller's name, and remembers the tool that it came through, the role and the token.
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
    let role = role_name(caller);
    let new = NewItem {
        summary: &report.summary,
        details: &report.details,
        priority: report.priority,
        author: author(caller, role.as_deref()),
    };
    let id = items::file(tx, tracker.id, &new, now)?;
    item(tx, tracker, id)
}

/// Changes an item, and writes down what it was before. What is the same as before is no change.
///
/// # Errors
/// [`Error::Lacks`] when a change needs a right that the caller has not, [`Error::RoleNotHeld`]; then nothing changed.
pub fn edit(
    tx: &mut Transaction<'_>,
    caller: &Caller,
    tracker: &Tracker,
    id: ItemId,
    edit: &Edit,
    now: UnixSeconds,
) -> Result<Item, Error> {
    role::still_held(tx, caller)?;
    let before = items::held(tx, tracker.id, id)?.ok_or(Error::NotFound)?;
    if edit.status.is_some() {
        require(caller, TrackerRight::Tech, tracker)?;
    }
    if edit.summary.is_some() || edit.details.is_some() || edit.priority.is_some() {
        require(caller, TrackerRight::Manager, tracker)?;
    }
    let history = differences(&before, edit);
    if history.is_empty() {
        return Ok(before);
    }
    let changes = Changes {
        summary: edit.summary.as_deref(),
        details: edit.details.as_deref(),
        priority: edit.priority,
        status: edit.status,
    };
    items::change(tx, tracker.id, &before, &changes)?;
    let role = role_name(caller);
    items::history::add(tx, &history, author(caller, role.as_deref()), now)?;
    item(tx, tracker, id)
}

/// What an edit really changes on an item.
fn differences(before: &Item, edit: &Edit) -> Vec<Change> {
    let change = |part, former: &str, new: Option<&str>| {
        let new = new.filter(|new| *new != former)?;
        Some(Change { item: before.id, part, before: beginning(former), after: beginning(new) })
    };
    let priority = edit.priority.map(|priority| priority.to_string());
    let parts = [
        change(ItemPart::Summary, &before.summary, edit.summary.as_deref()),
        change(ItemPart::Details, &before.details, edit.details.as_deref()),
        change(ItemPart::Priority, &before.priority.to_string(), priority.as_deref()),
        change(ItemPart::Status, before.status.word(), edit.status.map(ItemStatus::word)),
    ];
    parts.into_iter().flatten().collect()
}

/// As much of a text as its history keeps, and a mark where that is not all.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(LONGEST_KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
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

    #[test]
    fn what_is_the_same_as_before_is_no_change_and_a_long_text_is_kept_in_part() {
        let before = Item {
            id: ItemId(7),
            summary: "It broke".to_owned(),
            details: "ü".repeat(LONGEST_KEPT + 1),
            priority: 3,
            status: ItemStatus::Open,
            submitter: "alice".to_owned(),
            consumer: None,
            role: None,
            token: None,
            created: 0,
        };
        let edit = |status, summary: &str, details: &str, priority| {
            Edit::new(Some(status), Some(summary.to_owned()), Some(details.to_owned()), Some(priority)).unwrap()
        };
        assert_eq!(differences(&before, &edit(ItemStatus::Open, "It broke", &before.details, 3)), []);
        let changes = differences(&before, &edit(ItemStatus::Closed, "It broke", "short", 4));
        let told: Vec<_> = changes.iter().map(|change| (change.part, change.after.as_str())).collect();
        assert_eq!(told, [(ItemPart::Details, "short"), (ItemPart::Priority, "4"), (ItemPart::Status, "closed")]);
        assert_eq!(changes.first().unwrap().before, format!("{}…", "ü".repeat(LONGEST_KEPT)));
    }
}
