//! What a word is to whoever looks for something: a run of letters and digits of any alphabet, in lower case.
//!
//! Both databases compare words by their characters. What is a word and what is lower case is decided here, alike for what is
//! found and for what is looked for.

/// The most characters of a word that count.
pub const LONGEST: usize = 40;

/// The words of a text, in their order.
pub fn of(text: &str) -> impl Iterator<Item = String> {
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    pieces.map(|word| word.to_lowercase().chars().take(LONGEST).collect())
}
