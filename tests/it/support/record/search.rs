//! Finding secrets in a text, however they are written there. All are looked for at once, because there may be thousands
//! of signatures in a record, and megabytes of log.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::support::{browser::unescape, encoded};

/// The secrets that are looked for.
pub(super) struct Secrets<'a> {
    secrets: Vec<&'a str>,
    patterns: AhoCorasick,
    /// To which secret each pattern belongs.
    of: Vec<usize>,
}

impl<'a> Secrets<'a> {
    pub(super) fn new(secrets: impl Iterator<Item = &'a str>) -> Self {
        let secrets: Vec<_> = secrets.collect();
        let written = secrets.iter().enumerate();
        let written: Vec<_> =
            written.flat_map(|(of, secret)| forms(secret).into_iter().map(move |form| (of, form))).collect();
        // What it would choose for few patterns takes a minute to be made of a guess of thousands of equal letters.
        let builder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .to_owned();
        let patterns = builder.build(written.iter().map(|(_, form)| form));
        Self { secrets, patterns: patterns.unwrap(), of: written.iter().map(|(of, _)| *of).collect() }
    }

    /// A secret in a text that is not at home there, and the line that it stands in.
    pub(super) fn astray_in(&self, text: &str, is_at_home: impl Fn(&str) -> bool) -> Option<(&'a str, String)> {
        let written = self.astray_as_written(text, &is_at_home);
        // As a browser reads it, where it may be a page.
        written.or_else(|| text.contains('&').then(|| self.astray_as_written(&unescape(text), &is_at_home)).flatten())
    }

    fn astray_as_written(&self, text: &str, is_at_home: &impl Fn(&str) -> bool) -> Option<(&'a str, String)> {
        let matches = self.patterns.find_overlapping_iter(text);
        let matches = matches.map(|one| (self.secrets[self.of[one.pattern()]], one.range()));
        let (at_home, astray): (Vec<_>, Vec<_>) = matches.partition(|(secret, _)| is_at_home(secret));
        // Somebody may have guessed a part of one that is at home.
        let is_part =
            |at: &Range<usize>| at_home.iter().any(|(_, whole)| whole.start <= at.start && at.end <= whole.end);
        let (secret, at) = astray.into_iter().find(|(_, at)| !is_part(at))?;
        Some((secret, line_at(text, at.start)))
    }
}

/// The ways in which a secret may be written: as it is; in a header; in a form; in a base string; in JSON; and as Rust
/// shows it.
fn forms(secret: &str) -> Vec<String> {
    let in_header = encoded(secret);
    let in_json = serde_json::to_string(secret).unwrap();
    let shown = format!("{secret:?}");
    let without_quotes = |text: &str| text[1..text.len() - 1].to_owned();
    let mut forms = vec![
        secret.to_owned(),
        in_header.replace("%20", "+"),
        encoded(&in_header),
        in_header,
        without_quotes(&in_json),
        without_quotes(&shown),
    ];
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn line_at(text: &str, at: usize) -> String {
    let from = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let to = text[at..].find('\n').map_or(text.len(), |end| at + end);
    text[from..to].to_owned()
}
