//! Base strings in pieces, each as it is and as it may be shown: so two can be compared as they are, and the place where
//! they part be pointed at in what is shown.

use super::{
    recipe::Escapes,
    seen::{Exact, Parameter, Place, Seen, Whole},
    shown::Text,
};

/// What separates the parameters of a base string, and what joins their names and values, however often it is escaped.
const SEPARATORS: [&str; 3] = ["&", "%26", "%2526"];
const JOINTS: [&str; 5] = ["=", "%3D", "%3d", "%253D", "%253d"];

/// A text as it is and as it may be shown; where nothing is kept of what it is, as it may be shown alone.
struct Known {
    exact: Option<Exact>,
    shown: Text,
}

impl Known {
    /// With what is known escaped; a mask stays as it is.
    fn span(&self, escape: impl Fn(&str) -> String) -> Span {
        let shown = self.shown.written(&escape);
        let exact = self.exact.as_ref().map_or_else(|| shown.clone(), |exact| escape(exact.as_str()));
        Span { exact, shown, is_masked: self.shown.shown().is_none() }
    }

    /// As it is, or else its mask.
    fn text(&self) -> String {
        self.span(str::to_owned).exact
    }
}

/// A piece of a base string.
struct Span {
    exact: String,
    shown: String,
    is_masked: bool,
}

/// A base string.
pub(super) struct Spans(Vec<Span>);

/// A parameter that is signed.
pub(super) struct Signed {
    place: Place,
    name: Known,
    value: Known,
}

/// The parameters that are signed, in the order of the base string.
pub(super) fn signed(seen: &Seen, whole: Option<&Whole>) -> Vec<Signed> {
    let mut all: Vec<Signed> = match whole {
        Some(whole) => whole.parameters.iter().map(|one| Signed::new(one.mask(), Some(one.clone()))).collect(),
        None => seen.parameters.iter().map(|one| Signed::new(one.clone(), None)).collect(),
    };
    all.retain(|one| one.name.text() != "oauth_signature");
    all.sort_by_cached_key(|one| (escaped(&one.name.text()), escaped(&one.value.text())));
    all
}

impl Signed {
    fn new(shown: Parameter<Text>, exact: Option<Parameter<Exact>>) -> Self {
        let (name, value) = exact.map(|exact| (exact.name, exact.value)).unzip();
        Self {
            place: shown.place,
            name: Known { exact: name, shown: shown.name },
            value: Known { exact: value, shown: shown.value },
        }
    }

    /// As it may be shown.
    pub(super) fn shown(&self) -> Parameter<Text> {
        Parameter { place: self.place, name: self.name.shown.clone(), value: self.value.shown.clone() }
    }

    /// As the base string has it before its last escaping, as it may be shown.
    pub(super) fn normalised(&self) -> String {
        format!("{}={}", self.name.span(escaped).shown, self.value.span(escaped).shown)
    }

    pub(super) fn place_and_name(&self) -> (Place, String) {
        (self.place, self.name.text())
    }
}

impl Spans {
    /// The service's.
    pub(super) fn of_ours(seen: &Seen, whole: Option<&Whole>) -> Self {
        let mut spans = Self(Vec::new());
        spans.plain(&format!("{}&{}", seen.method.to_ascii_uppercase(), escaped(&seen.origin)));
        let twice = |text: &str| escaped(&escaped(text));
        for (number, piece) in path(seen, whole).iter().enumerate() {
            if number > 0 {
                spans.plain("%2F");
            }
            spans.0.push(piece.span(escaped));
        }
        spans.plain("&");
        for (number, one) in signed(seen, whole).iter().enumerate() {
            if number > 0 {
                spans.plain("%26");
            }
            spans.0.push(one.name.span(twice));
            spans.plain("%3D");
            spans.0.push(one.value.span(twice));
        }
        spans
    }

    /// A client's, whatever it is made of.
    pub(super) fn of_theirs(pasted: &str) -> Self {
        let mut spans = Self(Vec::new());
        let mut rest = pasted;
        while !rest.is_empty() {
            let (at, separator) = first_of(&SEPARATORS, rest).unwrap_or((rest.len(), ""));
            let (piece, after) = rest.split_at(at);
            spans.add_piece(piece);
            spans.plain(separator);
            rest = after.strip_prefix(separator).unwrap_or_default();
        }
        spans
    }

    fn add_piece(&mut self, piece: &str) {
        let Some((at, joint)) = first_of(&JOINTS, piece) else { return self.add(piece, Text::of_piece(piece)) };
        let (name, after) = piece.split_at(at);
        let value = after.strip_prefix(joint).unwrap_or_default();
        self.add(name, Text::of_piece(name));
        self.plain(joint);
        let decoded = |text: &str| decoded(&decoded(text));
        self.add(value, Text::of_value(&decoded(name), &decoded(value)));
    }

    fn plain(&mut self, text: &str) {
        self.add(text, Text::Shown(text.to_owned()));
    }

    /// A text that stays as it is, if it is shown.
    fn add(&mut self, exact: &str, shown: Text) {
        let is_masked = shown.shown().is_none();
        let shown = shown.written(|_| exact.to_owned());
        self.0.push(Span { exact: exact.to_owned(), shown, is_masked });
    }

    /// What is shown, and nothing else any more.
    pub(super) fn masked(self) -> Self {
        Self(self.0.into_iter().map(|span| Span { exact: span.shown.clone(), ..span }).collect())
    }

    pub(super) fn exact(&self) -> String {
        self.0.iter().map(|span| span.exact.as_str()).collect()
    }

    pub(super) fn shown(&self) -> String {
        self.0.iter().map(|span| span.shown.as_str()).collect()
    }

    /// Where the mask begins that this character of the exact text is behind, if it is behind one.
    pub(super) fn mask_at(&self, position: usize) -> Option<usize> {
        let mut begins = 0;
        for Span { exact, is_masked, .. } in &self.0 {
            let ends = begins + exact.chars().count();
            if position < ends {
                return is_masked.then_some(begins);
            }
            begins = ends;
        }
        None
    }

    /// What is shown before and from this character of the exact text on, which is the first behind its mask if it is behind
    /// one. No escape is torn apart.
    pub(super) fn parted(&self, position: usize) -> (String, String) {
        let (mut before, mut after, mut left) = (String::new(), String::new(), Some(position));
        for Span { exact, shown, .. } in &self.0 {
            let length = exact.chars().count();
            match left {
                Some(more) if more >= length => {
                    before.push_str(shown);
                    left = Some(more - length);
                }
                Some(more) => {
                    let at = beginning_of_escape(shown, more);
                    before.extend(shown.chars().take(at));
                    after.extend(shown.chars().skip(at));
                    left = None;
                }
                None => after.push_str(shown),
            }
        }
        (before, after)
    }
}

/// The pieces of the path; a path of nothing is the root.
fn path(seen: &Seen, whole: Option<&Whole>) -> Vec<Known> {
    let exact = |(piece, shown): (&Exact, Text)| Known { exact: Some(piece.clone()), shown };
    let mut pieces: Vec<Known> = match whole {
        Some(whole) => whole.path.iter().zip(whole.path_as_shown()).map(exact).collect(),
        None => seen.path.iter().map(|piece| Known { exact: None, shown: piece.clone() }).collect(),
    };
    if let [only] = &pieces[..]
        && only.text().is_empty()
    {
        pieces.push(Known { exact: None, shown: Text::Shown(String::new()) });
    }
    pieces
}

/// Where the first of these begins, and which it is.
fn first_of(all: &[&'static str], text: &str) -> Option<(usize, &'static str)> {
    text.match_indices(['&', '=', '%']).find_map(|(at, _)| {
        let found = all.iter().find(|one| text.get(at..).is_some_and(|rest| rest.starts_with(**one)))?;
        Some((at, *found))
    })
}

/// Steps back to the `%` of an escape, or of an escape's escape.
fn beginning_of_escape(text: &str, at: usize) -> usize {
    let before: Vec<char> = text.chars().take(at).collect();
    let percent = before.iter().rposition(|c| *c == '%');
    match percent {
        Some(percent) if at - percent <= 2 => percent,
        Some(percent) if at - percent <= 4 && text.chars().skip(percent).take(3).eq("%25".chars()) => percent,
        Some(_) | None => at,
    }
}

fn escaped(text: &str) -> String {
    Escapes::Rfc3986.of(text)
}

/// Decoded once; what is no escape stays as it is.
pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
