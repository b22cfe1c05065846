//! What is kept of one refusal.

use serde::{Deserialize, Serialize};

use crate::{
    clock::UnixSeconds,
    oauth1::explain::{Seen, without_signatures},
};

/// For how long a refusal can be looked up: long enough to be asked about it, and short enough that what was sent is soon
/// forgotten.
pub const KEPT_SECONDS: i64 = 900;

/// The most bytes of evidence about one request.
const LARGEST: usize = 32 * 1024;
/// The most bytes of each piece of evidence that is too large.
const LARGEST_PIECE: usize = 4 * 1024;

/// What was seen of a request, and what it was answered. It may hold a signature, a verifier and whole tokens.
#[derive(Clone, Serialize, Deserialize)]
pub struct Evidence {
    /// The server's clock.
    pub at: UnixSeconds,
    /// Why it was refused.
    pub code: String,
    /// The status of the answer.
    pub status: u16,
    /// What the answer says, by name.
    pub told: Vec<(String, String)>,
    /// The client's address.
    pub client: Option<String>,
    /// The request.
    pub seen: Seen,
}

impl Evidence {
    /// The problem whose requests are compared with what mistakes give; only of theirs is the signature kept.
    pub(super) const SIGNATURE_INVALID: &'static str = "signature_invalid";

    /// Takes out what nothing can be explained by.
    #[must_use]
    pub fn without_what_is_not_needed(mut self) -> Self {
        if self.code != Self::SIGNATURE_INVALID {
            let without = |text: &mut String| *text = without_signatures(text);
            self.seen.authorization.iter_mut().for_each(without);
            self.seen.query.iter_mut().for_each(without);
            self.seen.body.text.iter_mut().for_each(without);
        }
        self
    }

    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let seen = &self.seen;
        let texts = [&seen.query, &seen.host, &seen.content_type, &seen.body.text].into_iter().flatten();
        let texts = texts.chain(&seen.authorization).chain(&seen.origins).map(String::len).sum::<usize>();
        let told = self.told.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        texts + told + seen.path.len() + size_of::<Self>()
    }

    /// As text for the store, cut where it is too long; it then says so.
    pub(super) fn write(&self) -> Result<String, serde_json::Error> {
        let text = serde_json::to_string(self)?;
        if text.len() <= LARGEST {
            return Ok(text);
        }
        let mut cut = self.clone();
        cut.seen.is_cut = true;
        let seen = &mut cut.seen;
        let pieces = [&mut seen.query, &mut seen.host, &mut seen.content_type, &mut seen.body.text];
        pieces.into_iter().flatten().chain(&mut seen.authorization).chain([&mut seen.path]).for_each(shorten);
        serde_json::to_string(&cut)
    }

    /// From the text of the store.
    pub(super) fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// Cuts a piece at a character's end.
fn shorten(piece: &mut String) {
    let end = (0..=LARGEST_PIECE.min(piece.len())).rev().find(|at| piece.is_char_boundary(*at));
    piece.truncate(end.unwrap_or(0));
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::oauth1::explain::Body;

    pub(in crate::provider) fn evidence(code: &str, body: &str) -> Evidence {
        Evidence {
            at: 1_000,
            code: code.to_owned(),
            status: 401,
            told: vec![("oauth_problem".to_owned(), code.to_owned())],
            client: None,
            seen: Seen {
                method: "POST".to_owned(),
                origin: "http://h.example".to_owned(),
                origins: vec!["http://h.example".to_owned()],
                host: Some("h.example".to_owned()),
                path: "/p".to_owned(),
                query: Some("a=b&oauth_signature=PROOF".to_owned()),
                authorization: vec!["OAuth oauth_signature=\"PROOF\"".to_owned()],
                other_schemes: Vec::new(),
                content_type: None,
                is_form: true,
                body: Body { size: body.len(), text: Some(body.to_owned()), hashes: None },
                is_cut: false,
            },
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        let long = evidence("nonce_used", &"é\u{1}".repeat(20_000)).write().unwrap();
        assert!(long.len() <= LARGEST, "{}", long.len());
        let read = Evidence::read(&long).unwrap();
        assert!(read.seen.is_cut);
        assert_eq!(read.seen.body.size, 60_000);
        let whole = evidence("nonce_used", &"x".repeat(20_000)).write().unwrap();
        assert!(!Evidence::read(&whole).unwrap().seen.is_cut);
    }

    #[test]
    fn a_signature_is_kept_only_where_it_is_what_is_wrong() {
        let kept = |code: &str| evidence(code, "oauth_signature=PROOF").without_what_is_not_needed().write().unwrap();
        assert_eq!(kept("signature_invalid").matches("PROOF").count(), 3);
        assert_eq!(kept("signature_method_rejected").matches("PROOF").count(), 0);
    }
}
