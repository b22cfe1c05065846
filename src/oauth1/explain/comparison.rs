//! Where does the client's own base string differ from ours?

use super::{
    cause::{Sides, causes},
    seen::{Parameter, Seen, Whole},
    shown::Text,
    spans::{Spans, signed},
};

/// How many characters are shown before and after the piece that differs, and how many of it.
const BEFORE: usize = 40;
const PIECE: usize = 60;
const AFTER: usize = 24;

/// What is said where the first difference is behind a mask.
const BEHIND_A_MASK: &str = "The first difference is in something that is not shown. It is compared as a whole: where in it \
                             they differ is not told.";

/// The first difference of two base strings, and why there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many characters are equal before it, or before the value that is not shown and that it is in.
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
/// and the base string itself: all as it may be shown.
pub fn normalised(seen: &Seen, whole: Option<&Whole>) -> (Vec<(Parameter<Text>, String)>, String) {
    let parameters = signed(seen, whole).into_iter().map(|one| (one.shown(), one.normalised()));
    (parameters.collect(), Spans::of_ours(seen, whole).shown())
}

/// Compares the client's base string with the one of the request; `None`: they are equal, as far as was kept of it.
///
/// A request that could not be read has no base string, and is compared with what would have been its.
pub fn compare(seen: &Seen, whole: Option<&Whole>, pasted: &str) -> Option<Difference> {
    let (mut ours, mut theirs) = (Spans::of_ours(seen, whole), Spans::of_theirs(&without_wrapping(pasted)));
    if whole.is_none() {
        // What is masked on one side can be compared with nothing but a mask.
        (ours, theirs) = (ours.masked(), theirs.masked());
    }
    let (our_text, their_text) = (ours.exact(), theirs.exact());
    if our_text == their_text {
        return None;
    }
    let first = common(&our_text, &their_text);
    let position = before_masks([&ours, &theirs], first);
    let is_behind = [&ours, &theirs].iter().any(|spans| spans.mask_at(first).is_some());
    let mut causes = causes(seen, whole, &Sides::new(&our_text, &their_text));
    causes.extend(is_behind.then(|| BEHIND_A_MASK.to_owned()));
    Some(Difference { position, ours: side(ours.parted(position)), theirs: side(theirs.parted(position)), causes })
}

/// The last place up to this one that is within no mask of either side. Whoever could see how far into a mask a guess is right
/// would guess what is behind it, character by character.
fn before_masks(sides: [&Spans; 2], first: usize) -> usize {
    let mut position = first;
    while let Some(begins) = sides.iter().filter_map(|side| side.mask_at(position)).find(|begins| *begins < position) {
        position = begins;
    }
    position
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

fn side((before, rest): (String, String)) -> Side {
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let dots = if skipped > 0 { "…" } else { "" };
    let before = format!("{dots}{}", before.chars().skip(skipped).collect::<String>());
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
