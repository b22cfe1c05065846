//! Base strings in pieces, each as it is and as it may be shown: so two can be compared as they are, and the place where
//! they part be pointed at in what is shown.

use super::{
    recipe::Escapes,
    seen::{Parameter, Place, Seen, SeenParameter, Whole},
    shown::Text,
};

/// What separates the parameters of a base string, and what joins their names and values, however often it is escaped.
const SEPARATORS: [&str; 3] = ["&", "%26", "%2526"];
const JOINTS: [&str; 5] = ["=", "%3D", "%3d", "%253D", "%253d"];

/// A piece of a base string.
struct Span {
    exact: String,
    shown: String,
}

/// A base string.
pub(super) struct Spans(Vec<Span>);

/// A parameter that is signed.
pub(super) struct Signed {
    pub(super) shown: SeenParameter,
    /// Its name and its value; what is masked, where nothing else was kept.
    name: String,
    value: String,
}

/// The parameters that are signed, in the order of the base string.
pub(super) fn signed(seen: &Seen, whole: Option<&Whole>) -> Vec<Signed> {
    let shown = seen.parameters.iter().flatten().cloned();
    let mut all: Vec<Signed> = match whole {
        Some(whole) => shown.zip(&whole.parameters).map(|(shown, exact)| Signed::of(shown, exact)).collect(),
        None => shown.map(Signed::masked).collect(),
    };
    all.retain(|one| one.name != "oauth_signature");
    all.sort_by_cached_key(|one| (escaped(&one.name), escaped(&one.value)));
    all
}

impl Signed {
    fn of(shown: SeenParameter, Parameter { name, value, .. }: &Parameter) -> Self {
        Self { shown, name: name.clone(), value: value.clone() }
    }

    fn masked(shown: SeenParameter) -> Self {
        let SeenParameter(_, name, value) = &shown;
        Self { name: name.to_string(), value: value.to_string(), shown }
    }

    /// As the base string has it before its last escaping.
    pub(super) fn normalised(&self) -> String {
        let SeenParameter(_, name, value) = &self.shown;
        format!("{}={}", name.written(escaped), value.written(escaped))
    }

    pub(super) fn place_and_name(&self) -> (Place, String) {
        (self.shown.0, self.name.clone())
    }
}

impl Spans {
    /// The service's.
    pub(super) fn of_ours(seen: &Seen, whole: Option<&Whole>) -> Self {
        let mut spans = Self(Vec::new());
        spans.plain(&format!("{}&{}", seen.method.to_ascii_uppercase(), escaped(&seen.origin)));
        let shown_path = seen.path.iter().map(|piece| piece.written(escaped)).collect::<Vec<_>>().join("%2F");
        let shown_path = if shown_path.is_empty() { "%2F".to_owned() } else { shown_path };
        let path = whole.map_or_else(|| shown_path.clone(), |whole| escaped(whole.path_or_root()));
        spans.add(path, shown_path);
        spans.plain("&");
        for (number, one) in signed(seen, whole).iter().enumerate() {
            if number > 0 {
                spans.plain("%26");
            }
            let SeenParameter(_, name, value) = &one.shown;
            spans.add_text(&one.name, name, whole.is_some());
            spans.plain("%3D");
            spans.add_text(&one.value, value, whole.is_some());
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
        let Some((at, joint)) = first_of(&JOINTS, piece) else { return self.add_raw(piece, &Text::of_piece(piece)) };
        let (name, after) = piece.split_at(at);
        let value = after.strip_prefix(joint).unwrap_or_default();
        self.add_raw(name, &Text::of_piece(name));
        self.plain(joint);
        let decoded = |text: &str| decoded(&decoded(text));
        self.add_raw(value, &Text::of_value(&decoded(name), &decoded(value)));
    }

    fn plain(&mut self, text: &str) {
        self.add(text.to_owned(), text.to_owned());
    }

    fn add(&mut self, exact: String, shown: String) {
        self.0.push(Span { exact, shown });
    }

    /// A text that is escaped twice in a base string; without what is behind its mask the mask itself.
    fn add_text(&mut self, exact: &str, shown: &Text, is_exact: bool) {
        let twice = |text: &str| escaped(&escaped(text));
        let shown = shown.written(twice);
        self.add(if is_exact { twice(exact) } else { shown.clone() }, shown);
    }

    /// A text that stays as it is, if it is shown.
    fn add_raw(&mut self, exact: &str, shown: &Text) {
        self.add(exact.to_owned(), shown.written(|_| exact.to_owned()));
    }

    /// What is shown, and nothing else any more.
    pub(super) fn masked(self) -> Self {
        Self(self.0.into_iter().map(|span| Span { exact: span.shown.clone(), shown: span.shown }).collect())
    }

    pub(super) fn exact(&self) -> String {
        self.0.iter().map(|span| span.exact.as_str()).collect()
    }

    pub(super) fn shown(&self) -> String {
        self.0.iter().map(|span| span.shown.as_str()).collect()
    }

    /// What is shown before and from this character of the exact text on. No mask and no escape is torn apart.
    pub(super) fn parted(&self, position: usize) -> (String, String) {
        let (mut before, mut after, mut left) = (String::new(), String::new(), Some(position));
        for Span { exact, shown } in &self.0 {
            let length = exact.chars().count();
            match left {
                Some(more) if more >= length => {
                    before.push_str(shown);
                    left = Some(more - length);
                }
                Some(more) => {
                    let at = if exact == shown { beginning_of_escape(shown, more) } else { 0 };
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
