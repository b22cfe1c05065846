//! Trackers, items, and what one token filed.

use serde::Serialize;

use super::{FieldError, Pages};
use crate::{clock::UnixSeconds, forge::tracker::closing::MOST_AT_ONCE};

/// Where a page of a tracker is.
#[derive(Debug, Clone, Serialize)]
pub struct TrackerPlace {
    /// The project's name, as addresses have it.
    pub project: String,
    /// The project's title.
    pub project_title: String,
    /// The tracker's name, as addresses have it.
    pub tracker: String,
    /// The tracker's title.
    pub tracker_title: String,
}

/// Through what something was done to an item.
#[derive(Debug, Clone, Serialize)]
pub struct Origin {
    /// Who did it, or in whose name it was done: a log-in name.
    pub user: String,
    /// The tool through which it was done, by the name it had.
    pub tool: Option<String>,
    /// The role under which it was done: its name in this project, or its full name.
    pub role: Option<String>,
}

/// A page of a tracker: some of its items.
#[derive(Debug, Clone, Serialize)]
pub struct ItemList {
    /// Where it is.
    pub place: TrackerPlace,
    /// What it is narrowed to.
    pub asked: ItemsAsked,
    /// The items, newest first.
    pub rows: Vec<ItemRow>,
    /// The ways to the other pages.
    pub pages: Pages,
    /// Whether the reader may file an item here.
    pub may_submit: bool,
}

/// What a list of items is narrowed to, as it was typed; each may be empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ItemsAsked {
    /// Words, all of which an item has.
    pub words: String,
    /// `open`, `closed` or `all`.
    pub status: String,
    /// 1 to 5.
    pub priority: String,
    /// Who filed it.
    pub submitter: String,
    /// Through which tool.
    pub tool: String,
    /// The number of the access token by which it was filed.
    pub token: String,
    /// Whether this is anything else than all items, or all open ones.
    pub is_narrow: bool,
}

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Its number.
    pub id: i64,
    /// The name of its tracker, as addresses have it.
    pub tracker: String,
    /// The title of its tracker.
    pub tracker_title: String,
    /// The beginning of its one line.
    pub summary: String,
    /// 1 to 5.
    pub priority: i64,
    /// `open` or `closed`.
    pub status: &'static str,
    /// Who filed it, and through what.
    pub origin: Origin,
    /// When.
    pub created: UnixSeconds,
}

/// An item with its history.
#[derive(Clone, Serialize)]
pub struct ItemPage {
    /// Where it is.
    pub place: TrackerPlace,
    /// Its number.
    pub id: i64,
    /// Its one line.
    pub summary: Shortened,
    /// The rest, perhaps empty.
    pub details: Shortened,
    /// 1 to 5.
    pub priority: i64,
    /// `open` or `closed`.
    pub status: &'static str,
    /// Who filed it, and through what.
    pub origin: Origin,
    /// The access token by which it was filed, for who may look at what else that filed.
    pub token: Option<i64>,
    /// When it was filed.
    pub created: UnixSeconds,
    /// What became of it, newest last.
    pub history: Vec<ChangeRow>,
    /// Where what became of it before that is, or empty.
    pub earlier: String,
    /// Whether the reader may open and close it.
    pub may_close: bool,
    /// Whether the reader may change its texts and its priority.
    pub may_edit: bool,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// A text, or as much of it as a page has room for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shortened {
    /// Its beginning.
    pub text: String,
    /// Whether there is more.
    pub is_cut: bool,
}

/// Something that became of an item.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// When.
    pub at: UnixSeconds,
    /// By whom, and through what.
    pub origin: Origin,
    /// `summary`, `details`, `priority` or `status`.
    pub part: &'static str,
    /// What it was: a word of the texts for a status.
    pub before: Shortened,
    /// What it was from then on.
    pub after: Shortened,
}

/// The form by which an item is filed or changed, perhaps once more.
#[derive(Clone, Serialize)]
pub struct ItemForm {
    /// Where it is.
    pub place: TrackerPlace,
    /// The number of the item that is changed; none: a new one is filed.
    pub id: Option<i64>,
    /// What was typed; none: it is longer than a page has room for, and stays as it is.
    pub summary: Option<String>,
    /// The same of the details.
    pub details: Option<String>,
    /// What was chosen.
    pub priority: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// What one access token filed in a project, for who runs the project.
#[derive(Debug, Clone, Serialize)]
pub struct TokenItems {
    /// The project's name, as addresses have it.
    pub project: String,
    /// The project's title.
    pub project_title: String,
    /// The token's number.
    pub token: i64,
    /// `open`, `closed` or `all`.
    pub status: String,
    /// The items, newest first.
    pub rows: Vec<ItemRow>,
    /// The ways to the other pages.
    pub pages: Pages,
    /// Whether anything can be closed here: in an archived project nothing can.
    pub may_close: bool,
}

/// The question before what one token filed is closed.
#[derive(Clone, Serialize)]
pub struct Closing {
    /// The project's name, as addresses have it.
    pub project: String,
    /// The project's title.
    pub project_title: String,
    /// The token's number.
    pub token: i64,
    /// How many items would be closed.
    pub count: i64,
    /// Whether there are more than are closed at once.
    pub are_more: bool,
    /// How many are closed at once.
    pub most: i64,
    /// The items that were chosen; empty: all.
    pub chosen: Vec<i64>,
    /// Why, as it was typed.
    pub reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

impl Closing {
    /// How many are closed at once.
    pub const MOST: i64 = MOST_AT_ONCE as i64;
}

impl Shortened {
    /// As much of a text as takes no more than so many bytes once it is escaped.
    pub fn to_fit(text: &str, room: usize) -> Self {
        let mut taken = 0;
        let cut = text.char_indices().find(|(_, c)| {
            taken += escaped_bytes(*c);
            taken > room
        });
        match cut {
            Some((end, _)) => Self { text: format!("{}…", text.get(..end).unwrap_or_default()), is_cut: true },
            None => Self { text: text.to_owned(), is_cut: false },
        }
    }
}

/// How many bytes a character takes in a page, at most.
fn escaped_bytes(c: char) -> usize {
    match c {
        '<' | '>' | '&' | '"' | '\'' | '/' => "&quot;".len(),
        other => other.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shortened_to_what_it_takes_on_the_page() {
        let fit = |text: &str, room| {
            let Shortened { text, is_cut } = Shortened::to_fit(text, room);
            (text, is_cut)
        };
        assert_eq!(fit("abc", 3), ("abc".to_owned(), false));
        assert_eq!(fit("abcd", 3), ("abc…".to_owned(), true));
        assert_eq!(fit("a<b", 7), ("a<…".to_owned(), true));
        assert_eq!(fit("üü", 3), ("ü…".to_owned(), true));
        assert_eq!(fit("", 0), (String::new(), false));
    }
}
