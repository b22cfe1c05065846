//! The texts that sentences made elsewhere are found by: those whose ids begin with `said-`.
//!
//! A sentence may hold anything that a client sent, the words of a text among it. So one that can be read in two ways, as two texts
//! or as one text with other values, is none that is found.

use std::sync::LazyLock;

use super::source;
use crate::web::language::Language;

/// What stands before and after the name of a value in a text.
const VALUE: (&str, &str) = ("{ $", " }");
/// What the names of values begin with that are sentences themselves, or pieces of one, and found as such.
const NESTED: &str = "said";
/// How deep sentences stand in one another. Whoever sends what separates them, a thousand times, is not followed.
const DEEPEST: u8 = 3;

/// The text that a sentence is an instance of.
#[derive(Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The text's id.
    pub id: &'static str,
    /// What stands in the sentence, by the names that the text has for it.
    pub values: Vec<(&'static str, Value<'a>)>,
}

/// What stands in a sentence.
#[derive(Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Whatever it is, it stays as it is.
    Plain(&'a str),
    /// It has a text of its own.
    Said(Said<'a>),
}

/// A text in the pieces that a sentence is compared with.
struct Pattern {
    id: &'static str,
    /// The words before the first value, and where there is none the whole text.
    before: &'static str,
    names: Vec<&'static str>,
    /// The words after each value; the last are the text's end.
    between: Vec<&'static str>,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let texts = source(Language::English).lines().filter_map(|line| line.split_once(" = "));
    texts.filter(|(id, _)| id.starts_with("said-")).map(|(id, text)| Pattern::of(id, text)).collect()
});

/// The text that an English sentence is an instance of, if it can be read as one and in one way.
pub fn found(english: &str) -> Option<Said<'_>> {
    within(english, DEEPEST)
}

fn within(english: &str, depth: u8) -> Option<Said<'_>> {
    let depth = depth.checked_sub(1)?;
    let mut readings = PATTERNS.iter().flat_map(|pattern| pattern.readings(english, depth));
    let only = readings.next()?;
    readings.next().is_none().then_some(only)
}

impl Pattern {
    fn of(id: &'static str, text: &'static str) -> Self {
        let mut pieces = text.split(VALUE.0);
        let before = pieces.next().unwrap_or_default();
        let (names, between) = pieces.map(|piece| piece.split_once(VALUE.1).unwrap_or((piece, ""))).unzip();
        Self { id, before, names, between }
    }

    /// How the sentence can be read: no two ways of it are alike. The words between the values are looked for from the left and
    /// from the right; where both find the same, there is no third way.
    fn readings<'a>(&self, sentence: &'a str, depth: u8) -> Vec<Said<'a>> {
        let Some(rest) = sentence.strip_prefix(self.before) else { return Vec::new() };
        let Some((end, between)) = self.between.split_last() else {
            return if rest.is_empty() { vec![Said { id: self.id, values: Vec::new() }] } else { Vec::new() };
        };
        let Some(rest) = rest.strip_suffix(end) else { return Vec::new() };
        let mut readings: Vec<_> = from_left(rest, between).into_iter().chain(from_right(rest, between)).collect();
        readings.dedup();
        readings.into_iter().filter_map(|values| self.said(values, depth)).collect()
    }

    fn said<'a>(&self, values: Vec<&'a str>, depth: u8) -> Option<Said<'a>> {
        let value = |(name, value): (&&'static str, &'a str)| {
            let is_nested = name.starts_with(NESTED);
            Some((*name, if is_nested { Value::Said(within(value, depth)?) } else { Value::Plain(value) }))
        };
        let values = self.names.iter().zip(values).map(value).collect::<Option<_>>()?;
        Some(Said { id: self.id, values })
    }
}

fn from_left<'a>(mut rest: &'a str, between: &[&str]) -> Option<Vec<&'a str>> {
    let mut values = Vec::with_capacity(between.len() + 1);
    for words in between {
        let (value, after) = rest.split_once(words)?;
        values.push(value);
        rest = after;
    }
    values.push(rest);
    Some(values)
}

fn from_right<'a>(mut rest: &'a str, between: &[&str]) -> Option<Vec<&'a str>> {
    let mut values = Vec::with_capacity(between.len() + 1);
    for words in between.iter().rev() {
        let (before, value) = rest.rsplit_once(words)?;
        values.push(value);
        rest = before;
    }
    values.push(rest);
    values.reverse();
    Some(values)
}
