//! What a consumer is found by: the words of its name, of what it is for, and of its home page's host.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{
    Error, Transaction,
    schema::{consumer_words, consumers},
};
use crate::ids::ConsumerId;

/// So many words of a consumer are kept, in the order of the alphabet.
const MOST_WORDS: usize = 200;
/// So many characters of a word are kept, and of one that is looked for.
const LONGEST_WORD: usize = 64;
/// So many words are looked for at once.
const MOST_TERMS: usize = 8;
/// What stands after everything that begins with the same.
const LAST: char = char::MAX;

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

/// A word that somebody looks for, and the last of those that begin with it.
pub type Term = (String, String);

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

/// What somebody looks for, word by word. A consumer is found that has one beginning with each.
pub fn terms(text: &str) -> Vec<Term> {
    let words = text.split_whitespace().map(trimmed).filter(|word| !word.is_empty());
    words.take(MOST_TERMS).map(|word| (word.clone(), format!("{word}{LAST}"))).collect()
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
        let looked_for: Vec<String> = terms("  Jenkins_A (größe)  -- ").into_iter().map(|(word, _)| word).collect();
        assert_eq!(looked_for, ["jenkins_a", "größe"]);
        assert_eq!(terms(&"a ".repeat(100)).len(), MOST_TERMS);
        let (word, last) = &terms("jen")[0];
        assert!(
            ("jen".."jen\u{10ffff}").contains(&word.as_str()) && "jenkins" < last.as_str() && "jeo" > last.as_str()
        );
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
