//! The texts that sentences made elsewhere are found by: those whose ids begin with `said-`.

use super::source;
use crate::web::language::Language;

/// What stands before and after the name of a value in a text.
const VALUE: (&str, &str) = ("{ $", " }");

/// What stands in a sentence, by the names that the text has for it.
type Values = Vec<(&'static str, String)>;

/// The text that an English sentence is an instance of, and the values that stand in it.
pub fn found(english: &str) -> Option<(&'static str, Values)> {
    let texts = source(Language::English).lines().filter_map(|line| line.split_once(" = "));
    let mut said = texts.filter(|(id, _)| id.starts_with("said-"));
    said.find_map(|(id, text)| Some((id, values(text, english)?)))
}

/// What stands in a sentence where the text names values; none: it is no instance of the text.
fn values(text: &'static str, sentence: &str) -> Option<Values> {
    let mut values = Values::new();
    let mut pieces = text.split(VALUE.0);
    let mut rest = sentence.strip_prefix(pieces.next()?)?;
    let mut pieces = pieces.map(|piece| piece.split_once(VALUE.1)).peekable();
    while let Some(piece) = pieces.next() {
        let (name, after) = piece?;
        // Whatever a value holds, the last words of the sentence are the text's own.
        let end = if pieces.peek().is_some() { rest.find(after)? } else { rest.strip_suffix(after)?.len() };
        values.push((name, rest[..end].to_owned()));
        rest = &rest[end + after.len()..];
    }
    rest.is_empty().then_some(values)
}
