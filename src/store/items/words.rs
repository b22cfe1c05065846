//! The words of items, so that a search looks nothing through: for each word of each tracker, the items that have it.
use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::{
    ids::{ItemId, TrackerId},
    store::{
        Error, Transaction,
        backend::Conn,
        schema::{item_words, items},
        words,
    },
};

/// The most different words of an item that are written down: its first ones, which are those of the summary.
const MOST_WORDS: usize = 100;
/// The most characters of an item's texts that are read for words.
pub(super) const MOST_READ: i32 = 4_000;
/// The most words of a search that count.
const MOST_SOUGHT: usize = 8;
/// So many items are read at once by who writes down the words of all.
const BATCH: i64 = 500;

/// What to search for: words, all of which an item must have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought(BTreeSet<String>);

impl Sought {
    /// Takes a search as it was typed: its first eight words. Without any, it asks for nothing.
    pub fn parse(text: &str) -> Self {
        Self(first_words(text, MOST_SOUGHT))
    }

    /// The word that is looked up, the longest one, since long words are rare; and those that what it finds must have too.
    pub(super) fn split(&self) -> Option<(&str, Vec<&str>)> {
        let longest = self.0.iter().max_by_key(|word| word.chars().count())?;
        Some((longest, self.0.iter().filter(|word| *word != longest).map(String::as_str).collect()))
    }
}

/// The words by which an item is found.
pub(super) fn of_item(summary: &str, details: &str) -> BTreeSet<String> {
    let read: String = summary.chars().chain([' ']).chain(details.chars()).take(MOST_READ as usize).collect();
    first_words(&read, MOST_WORDS)
}

fn first_words(text: &str, most: usize) -> BTreeSet<String> {
    let mut first = BTreeSet::new();
    for word in words::of(text) {
        first.insert(word);
        if first.len() == most {
            break;
        }
    }
    first
}

/// Writes down that an item has these words, which it had not before.
pub(super) fn write<'a>(
    tx: &mut Transaction<'_>,
    tracker: TrackerId,
    item: ItemId,
    words: impl IntoIterator<Item = &'a String>,
) -> Result<(), Error> {
    let row = |word: &'a String| {
        (item_words::tracker_id.eq(tracker), item_words::word.eq(word.as_str()), item_words::item_id.eq(item))
    };
    let rows: Vec<_> = words.into_iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    match tx.db() {
        Conn::Sqlite(connection) => diesel::insert_into(item_words::table).values(rows).execute(connection)?,
        Conn::Postgres(connection) => diesel::insert_into(item_words::table).values(rows).execute(connection)?,
    };
    Ok(())
}

/// Forgets that an item has these words.
pub(super) fn remove<'a>(
    tx: &mut Transaction<'_>,
    tracker: TrackerId,
    item: ItemId,
    words: impl IntoIterator<Item = &'a String>,
) -> Result<(), Error> {
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    if !words.is_empty() {
        let of_item = item_words::table.filter(item_words::tracker_id.eq(tracker)).filter(item_words::item_id.eq(item));
        diesel::delete(of_item.filter(item_words::word.eq_any(words))).execute(tx.db())?;
    }
    Ok(())
}

impl Transaction<'_> {
    /// Writes down the words of all items: the end of the step that makes the table.
    pub(in crate::store) fn write_all_words(&mut self) -> Result<(), Error> {
        let mut last = ItemId(0);
        loop {
            let batch: Vec<(ItemId, TrackerId, String, String)> = items::table
                .filter(items::id.gt(last))
                .select((items::id, items::tracker_id, items::summary, items::details))
                .order(items::id)
                .limit(BATCH)
                .load(self.db())?;
            let Some((newest, ..)) = batch.last() else { return Ok(()) };
            last = *newest;
            for (item, tracker, summary, details) in &batch {
                write(self, *tracker, *item, &of_item(summary, details))?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        of_item(text, "").into_iter().collect()
    }

    #[test]
    fn a_word_is_a_run_of_letters_and_digits_in_small_letters() {
        assert_eq!(words_of("Build #12: FAILED, again; build!"), ["12", "again", "build", "failed"]);
        assert_eq!(words_of("Größe=ÄRGER ΣΟΦΟΣ データ"), ["größe", "ärger", "σοφος", "データ"]);
        assert_eq!(
            words_of("\u{202e}abc\u{202c} {{7*7}} \"><img src=x onerror=…>"),
            ["7", "abc", "img", "onerror", "src", "x"]
        );
        assert_eq!(words_of(" …!? \u{0301}"), [""; 0]);
    }

    #[test]
    fn an_item_has_no_more_words_than_are_looked_up_quickly() {
        let long = words_of(&"ü".repeat(10_000));
        assert_eq!(long, ["ü".repeat(words::LONGEST)]);
        let many: String = (0..10_000).map(|number| format!("w{number} ")).collect();
        assert_eq!(of_item("first things first", &many).len(), MOST_WORDS);
        assert!(of_item("first things", &many).is_superset(&of_item("first things", "")));
        // Whatever is small may be longer than what was large.
        assert!(words_of(&"İ".repeat(100)).iter().all(|word| word.chars().count() <= words::LONGEST));
    }

    #[test]
    fn a_search_is_looked_up_by_its_longest_word() {
        assert_eq!(Sought::parse("a Failing build").split(), Some(("failing", vec!["a", "build"])));
        assert_eq!(Sought::parse(" ?! ").split(), None);
        assert_eq!(Sought::parse(&"one two three four five six seven eight nine ".repeat(3)).0.len(), MOST_SOUGHT);
    }
}
