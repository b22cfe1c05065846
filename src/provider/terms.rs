//! What a user decides about a token beside its role: for how long, and under which name.

use super::Lifetimes;
use crate::{
    clock::{DAY, UnixSeconds},
    forge::is_printable,
};

const HOUR: i64 = 3_600;
/// What people mean by the words.
const USUAL: [i64; 4] = [HOUR, DAY, 30 * DAY, 365 * DAY];

/// The most characters of a label; so many fit beside a tool's name.
const LONGEST_LABEL: usize = 64;

/// How long token credentials are good, counted from the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// For so many seconds, at least one.
    Seconds(i64),
    /// Until somebody revokes them.
    UntilRevoked,
}

impl Lifetime {
    /// So many seconds, or none for as long as nobody revokes them.
    pub fn of(seconds: Option<i64>) -> Self {
        seconds.map_or(Self::UntilRevoked, Self::Seconds)
    }

    /// The seconds, if there is an end to them.
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Seconds(seconds) => Some(seconds),
            Self::UntilRevoked => None,
        }
    }

    /// From when on they are good no more.
    pub fn expiry(self, issued: UnixSeconds) -> Option<UnixSeconds> {
        self.seconds().map(|seconds| issued.saturating_add(seconds))
    }
}

impl Lifetimes {
    /// The longest that there is: what a grant gets that says nothing of its end.
    pub fn longest(&self) -> Lifetime {
        Lifetime::of(self.longest_token_seconds)
    }

    /// May a token be good for so long?
    pub fn allow(&self, lifetime: Lifetime) -> bool {
        match (lifetime, self.longest_token_seconds) {
            (Lifetime::Seconds(seconds), longest) => seconds > 0 && longest.is_none_or(|longest| seconds <= longest),
            (Lifetime::UntilRevoked, longest) => longest.is_none(),
        }
    }

    /// What a user is offered, the shortest first: the usual ones that are allowed, and the longest.
    pub fn offered(&self) -> Vec<Lifetime> {
        let usual = USUAL.into_iter().map(Lifetime::Seconds).filter(|lifetime| self.allow(*lifetime));
        let mut offered: Vec<Lifetime> = usual.collect();
        if offered.last() != Some(&self.longest()) {
            offered.push(self.longest());
        }
        offered
    }
}

/// What a user calls a token: printable, without blanks at its ends, at most 64 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label(String);

/// A text that is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a label is printable text of at most {LONGEST_LABEL} characters")]
pub struct LabelError;

impl Label {
    /// Takes a text as a label; one that is blank is none.
    ///
    /// # Errors
    /// [`LabelError`].
    pub fn parse(text: &str) -> Result<Option<Self>, LabelError> {
        let text = text.trim();
        if !is_printable(text) || text.chars().count() > LONGEST_LABEL {
            return Err(LabelError);
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(longest: Option<i64>) -> Vec<Option<i64>> {
        let lifetimes = Lifetimes { request_token_seconds: 1, verifier_seconds: 1, longest_token_seconds: longest };
        let offered = lifetimes.offered();
        assert!(offered.iter().all(|lifetime| lifetimes.allow(*lifetime)), "{offered:?}");
        offered.into_iter().map(Lifetime::seconds).collect()
    }

    #[test]
    fn what_is_offered_ends_with_the_longest_and_nothing_is_beyond_it() {
        let usual = USUAL.map(Some);
        assert_eq!(offered(None), [&usual[..], &[None]].concat());
        assert_eq!(offered(Some(365 * DAY)), usual);
        assert_eq!(offered(Some(7 * DAY)), [Some(HOUR), Some(DAY), Some(7 * DAY)]);
        assert_eq!(offered(Some(60)), [Some(60)]);
    }

    #[test]
    fn what_is_beyond_the_longest_or_over_at_once_is_not_allowed() {
        let lifetimes =
            |longest| Lifetimes { request_token_seconds: 1, verifier_seconds: 1, longest_token_seconds: longest };
        assert!(!lifetimes(Some(DAY)).allow(Lifetime::Seconds(DAY + 1)));
        assert!(!lifetimes(Some(DAY)).allow(Lifetime::UntilRevoked));
        assert!(!lifetimes(None).allow(Lifetime::Seconds(0)) && !lifetimes(None).allow(Lifetime::Seconds(-1)));
        assert_eq!(Lifetime::Seconds(i64::MAX).expiry(7), Some(i64::MAX));
    }

    #[test]
    fn a_label_is_short_printable_text_and_a_blank_one_is_none() {
        assert_eq!(Label::parse("  nightly build ✓ ").unwrap().unwrap().as_str(), "nightly build ✓");
        assert_eq!(Label::parse(" \t"), Ok(None));
        assert!(Label::parse(&"é".repeat(64)).is_ok());
        for text in ["a\nb", "a\0b", &"é".repeat(65)] {
            assert_eq!(Label::parse(text), Err(LabelError), "{text:?}");
        }
    }
}
