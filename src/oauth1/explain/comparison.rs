//! Where does the client's own base string differ from ours?

use super::{
    cause::{Sides, causes},
    recipe::{Escapes, Recipe},
    seen::{Parameter, Seen},
    shown::masked,
};
use crate::oauth1::SignatureMethod;

/// How many characters are shown before and after the piece that differs, and how many of it.
const BEFORE: usize = 40;
const PIECE: usize = 60;
const AFTER: usize = 24;

/// The first difference of two base strings, and why there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many characters are equal before it.
    pub position: usize,
    /// What the service has there.
    pub ours: Side,
    /// What the client has there.
    pub theirs: Side,
    /// The likely causes, in the order of the base string's parts.
    pub causes: Vec<String>,
}

/// One side of a difference, as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What is equal on both sides.
    pub before: String,
    /// The piece that differs; empty where the text ends.
    pub piece: String,
    /// What follows.
    pub after: String,
}

/// The parameters that are signed, each with how it is written before the last escaping, in the order of the base string;
/// and the base string itself. Neither is fit to be shown as it is.
pub fn normalised(seen: &Seen) -> (Vec<(Parameter, String)>, String) {
    let written = |text: &str| Escapes::Rfc3986.of(text);
    let signed = seen.parameters().into_iter().filter(|parameter| parameter.name != "oauth_signature");
    let mut pairs: Vec<_> =
        signed.map(|parameter| ((written(&parameter.name), written(&parameter.value)), parameter)).collect();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let pairs = pairs.into_iter().map(|((name, value), parameter)| (parameter, format!("{name}={value}")));
    (pairs.collect(), right(seen).base_string())
}

fn right(seen: &Seen) -> Recipe {
    Recipe::right(seen, seen.read().map_or(SignatureMethod::HmacSha1, |request| request.method()))
}

/// Compares the client's base string with the one of the request; `None`: they are equal.
///
/// A request that could not be read has no base string, and is compared with what would have been its.
pub fn compare(seen: &Seen, pasted: &str) -> Option<Difference> {
    let ours = right(seen).base_string();
    let theirs = without_wrapping(pasted);
    if ours == theirs {
        return None;
    }
    let position = common(&ours, &theirs);
    let (shown_ours, shown_theirs) = (masked(&ours), masked(&theirs));
    let mut at = common(&shown_ours, &shown_theirs);
    if shown_ours == shown_theirs {
        // What differs is not shown: then its place is.
        at = at.min(position);
    }
    let at = beginning_of_escape(&shown_ours, at);
    Some(Difference {
        position,
        ours: side(&shown_ours, at),
        theirs: side(&shown_theirs, at),
        causes: causes(seen, &Sides::new(&ours, &theirs)),
    })
}

/// The text without what comes along when it is copied out of a log or a terminal.
fn without_wrapping(pasted: &str) -> String {
    let text = pasted.trim().trim_matches(['"', '\'', '`']).trim();
    text.lines().map(str::trim_end).collect()
}

/// How many characters are equal at the beginning.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// Steps back to the `%` of an escape, or of an escape's escape, so that none is torn apart.
fn beginning_of_escape(text: &str, at: usize) -> usize {
    let before: Vec<char> = text.chars().take(at).collect();
    let percent = before.iter().rposition(|c| *c == '%');
    match percent {
        Some(percent) if at - percent <= 2 => percent,
        Some(percent) if at - percent <= 4 && text.chars().skip(percent).take(3).eq("%25".chars()) => percent,
        Some(_) | None => at,
    }
}

fn side(text: &str, at: usize) -> Side {
    let before: String = text.chars().take(at).collect();
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let dots = if skipped > 0 { "…" } else { "" };
    let before = format!("{dots}{}", before.chars().skip(skipped).collect::<String>());
    let rest: String = text.chars().skip(at).collect();
    let end = piece_end(&rest);
    let piece: String = rest.chars().take(end).collect();
    let after: String = rest.chars().skip(end).take(AFTER).collect();
    let dots = if rest.chars().count() > end + AFTER { "…" } else { "" };
    Side { before, piece, after: format!("{after}{dots}") }
}

/// Where the name, value or part that differs ends, in characters.
fn piece_end(rest: &str) -> usize {
    let ends = ["&", "%26", "%3D", "%3d"].iter().filter_map(|end| rest.find(end)).filter(|end| *end > 0);
    let end = ends.min().and_then(|end| rest.get(..end)).unwrap_or(rest).chars().count();
    end.min(PIECE)
}
