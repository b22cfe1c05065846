//! What a word is to whoever looks for something: a run of letters and digits of any alphabet, in lower case.
//!
//! Both databases compare words by their characters. What is a word and what is lower case is decided here, alike for what is
//! found and for what is looked for.

use std::{collections::BTreeSet, ops::Bound};

/// The most characters of a word that count.
pub const LONGEST: usize = 40;

/// The words of a text, in their order.
pub fn of(text: &str) -> impl Iterator<Item = String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    pieces.map(|word| word.to_lowercase().chars().take(LONGEST).collect())
}

/// What to look for where somebody typed `text` and these words are in it. A text without a word is in nobody's words, so
/// nobody is found by it.
pub fn or_text(words: Vec<String>, text: &str) -> Vec<String> {
    let text = text.trim();
    if words.is_empty() && !text.is_empty() { vec![text.to_owned()] } else { words }
}

/// What no word with this beginning comes after, and every word that comes after those does not come before.
pub fn last_with(beginning: &str) -> String {
    format!("{beginning}{}", char::MAX)
}

/// Whether one of these words begins so.
pub fn one_begins_with(words: &BTreeSet<String>, beginning: &str) -> bool {
    words
        .range::<str, _>((Bound::Included(beginning), Bound::Unbounded))
        .next()
        .is_some_and(|word| word.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_one_beginning_stand_between_it_and_the_last_of_them() {
        let last = last_with("jen");
        assert!(["jen", "jenkins", "jen\u{10fffe}"].iter().all(|word| ("jen"..=last.as_str()).contains(word)));
        assert!(["je", "jeo", "k"].iter().all(|word| !("jen"..=last.as_str()).contains(word)));
    }

    #[test]
    fn a_text_without_words_is_looked_for_as_it_is() {
        assert_eq!(or_text(Vec::new(), " ?! "), ["?!"]);
        assert_eq!(or_text(Vec::new(), "  "), [""; 0]);
        assert_eq!(or_text(vec!["a".to_owned()], "(a)"), ["a"]);
    }

    #[test]
    fn one_of_some_words_begins_as_it_is_asked() {
        let words = ["alice", "jenkins", "zoe"].map(str::to_owned).into();
        let found = ["jen", "jenkins", "a", ""].map(|beginning| one_begins_with(&words, beginning));
        let missed = ["jenkinsx", "b", "zz"].map(|beginning| one_begins_with(&words, beginning));
        assert_eq!((found, missed), ([true; 4], [false; 3]));
    }
}
