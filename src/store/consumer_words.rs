//! What a consumer is found by: the words of its name, of what it is for, and of its home page's host.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction,
    schema::{consumer_words, consumers},
    words,
};
use crate::ids::ConsumerId;

/// So many words of a consumer are kept, in the order of the alphabet.
const MOST_WORDS: usize = 200;
/// So many characters of a word are kept, and of one that is looked for.
const LONGEST_WORD: usize = 64;
/// So many words are looked for at once.
const MOST_SOUGHT: usize = 8;
/// What of a consumer is looked through.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its home page.
    pub url: &'a str,
    /// What it is for.
    pub description: &'a str,
}

impl Texts<'_> {
    /// Whether a word of theirs begins with each of these.
    pub(super) fn have_all(self, beginnings: &[String]) -> bool {
        let words = words_of(self);
        beginnings.iter().all(|beginning| words::one_begins_with(&words, beginning))
    }
}

/// Keeps the words of a consumer, and no others.
///
/// # Errors
/// Those of the database.
pub(super) fn keep(tx: &mut Transaction<'_>, id: ConsumerId, texts: Texts<'_>) -> Result<(), Error> {
    let new = words_of(texts);
    let of_consumer = consumer_words::table.filter(consumer_words::consumer_id.eq(id));
    let before: Vec<String> = of_consumer.select(consumer_words::word).load(tx.db())?;
    for gone in before.iter().filter(|word| !new.contains(*word)) {
        diesel::delete(of_consumer.filter(consumer_words::word.eq(gone))).execute(tx.db())?;
    }
    for fresh in new.iter().filter(|word| !before.contains(word)) {
        let row = (consumer_words::word.eq(fresh), consumer_words::consumer_id.eq(id));
        diesel::insert_into(consumer_words::table).values(row).execute(tx.db())?;
    }
    Ok(())
}

/// The same for all consumers that there are: for the step of the schema that finds them without.
///
/// # Errors
/// Those of the database.
pub(super) fn keep_all(tx: &mut Transaction<'_>) -> Result<(), Error> {
    let all: Vec<(ConsumerId, String, String, String)> = consumers::table
        .select((consumers::id, consumers::name, consumers::url, consumers::description))
        .order(consumers::id)
        .load(tx.db())?;
    for (id, name, url, description) in &all {
        keep(tx, *id, Texts { name, url, description })?;
    }
    Ok(())
}

/// The numbers of at most `limit` consumers that have a word with this beginning; of one with two such words, twice.
pub(super) fn with_word(conn: &mut Connection, beginning: &str, limit: i64) -> Result<Vec<ConsumerId>, Error> {
    Ok(consumer_words::table
        .filter(consumer_words::word.between(beginning, words::last_with(beginning)))
        .select(consumer_words::consumer_id)
        .order((consumer_words::word, consumer_words::consumer_id))
        .limit(limit)
        .load(conn.db())?)
}

/// What somebody looks for, word by word. A consumer is found that has one beginning with each.
pub fn sought(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(trimmed).filter(|word| !word.is_empty());
    words::or_text(words.take(MOST_SOUGHT).collect(), text)
}

fn words_of(texts: Texts<'_>) -> BTreeSet<String> {
    let host = url::Url::parse(texts.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let mut words = BTreeSet::new();
    for text in [texts.name, &host, texts.description] {
        for whole in text.split_whitespace() {
            // `ci-a.example` is found by `ci-a.ex`, and by `example`.
            words.insert(trimmed(whole));
            words.extend(whole.split(|c: char| !c.is_alphanumeric()).map(trimmed));
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).take(MOST_WORDS).collect()
}

/// In small letters, without what stands around it.
fn trimmed(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    word.chars().take(LONGEST_WORD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consumer_is_known_by_whole_words_and_by_their_parts() {
        let texts =
            Texts { name: "jenkins_A", url: "https://ci-a.example:8443/x", description: "Baut (Größe) täglich!" };
        let known: Vec<String> = words_of(texts).into_iter().collect();
        assert_eq!(known, ["a", "baut", "ci", "ci-a.example", "example", "größe", "jenkins", "jenkins_a", "täglich"]);
    }

    #[test]
    fn what_is_looked_for_is_told_apart_at_blanks_alone() {
        assert_eq!(sought("  Jenkins_A (größe)  -- "), ["jenkins_a", "größe"]);
        assert_eq!(sought(&"a ".repeat(100)).len(), MOST_SOUGHT);
    }

    #[test]
    fn there_is_an_end_to_the_words_of_one_consumer() {
        let description: String = (0..1_000).map(|number| format!("word{number} ")).collect();
        let texts = Texts { name: "a", url: "", description: &(description + &"x".repeat(1_000)) };
        let known = words_of(texts);
        assert_eq!((known.len(), known.contains("a")), (MOST_WORDS, true));
        assert!(known.iter().all(|word| word.chars().count() <= LONGEST_WORD));
    }
}
