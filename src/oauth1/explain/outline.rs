//! What may be told of a request that cannot be read: which names it has, and how much stands beside them. What stands
//! where is uncertain then, so no value is shown at all.

use super::{seen::Place, shown::Text};
use crate::oauth1::{Plus, percent_decode};

/// How many parts of a piece are told.
pub(super) const MOST_PARTS: usize = 40;

/// The outline of what stands in this place.
pub(super) fn of(place: Place, text: &str) -> String {
    match place {
        Place::Header => in_header(text),
        Place::Query | Place::Body => in_text(text),
    }
}

/// In a header only the protocol's own names are names for certain.
fn in_header(header: &str) -> String {
    let list = header.trim_start().get("OAuth".len()..).unwrap_or_default();
    parts(list.split(','), |name| name.starts_with("oauth_") || name == "realm")
}

fn in_text(text: &str) -> String {
    parts(text.split(['&', ';']), |_| true)
}

fn parts<'a>(pieces: impl Iterator<Item = &'a str>, may_be_name: impl Fn(&str) -> bool) -> String {
    let mut told: Vec<String> = Vec::new();
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        if told.len() == MOST_PARTS {
            told.push("and more".to_owned());
            break;
        }
        told.push(part(piece, &may_be_name));
    }
    told.join("\n")
}

fn part(piece: &str, may_be_name: impl Fn(&str) -> bool) -> String {
    let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
    let (name, value) = (name.trim(), value.trim().trim_matches('"'));
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']'));
    let is_name = is_word && !value.is_empty() && may_be_name(name);
    let told = match Text::of_name(name, value) {
        Text::Shown(name) if is_name => format!("{name}={}", Text::masked(value)),
        Text::Shown(_) | Text::Masked { .. } => Text::masked(piece).to_string(),
    };
    match percent_decode(piece.as_bytes(), Plus::Plus) {
        Ok(_) => told,
        Err(fault) => format!("{told}: here {fault}"),
    }
}
