//! What only has to be recognised when it comes again: it is kept as a hash, from which nobody makes it.
//!
//! Most of these texts are random and of 128 bits or more, so there is nothing to guess, and a plain hash does. What people
//! type is not, so its hash takes a server key, too.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::secret::Secret;

/// What a text is recognised as; hashes of one kind say nothing of those of another.
#[derive(Debug, Clone, Copy)]
pub enum Recognised<'a> {
    /// The id of a session, which a browser brings.
    Session,
    /// The verifier of the temporary credentials of this key, which a consumer brings.
    Verifier(&'a str),
}

/// What a text is recognised as that somebody could guess.
#[derive(Debug, Clone, Copy)]
pub enum Guessable {
    /// What was typed as a name at the log-in.
    Account,
}

impl Guessable {
    /// What hashes of this kind are made for, so that they say nothing of those of another.
    pub(super) fn purpose(self) -> &'static [u8] {
        match self {
            Self::Account => b"oauthprovider: what was typed as a name\0",
        }
    }
}

impl Recognised<'_> {
    /// The hash, as it is kept.
    pub fn hash(self, text: &Secret) -> String {
        let (kind, of) = match self {
            Self::Session => ("a session's id", ""),
            Self::Verifier(token) => ("a verifier", token),
        };
        let mut hash = Sha256::new();
        // Lengths come first, so that what ends one part cannot be taken for the beginning of the next.
        for part in [kind, of] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.update(text.expose());
        URL_SAFE_NO_PAD.encode(hash.finalize())
    }

    /// Is this the text that was kept? It takes the same time wherever they differ.
    pub fn is(self, text: &Secret, kept: &str) -> bool {
        self.hash(text).as_bytes().ct_eq(kept.as_bytes()).into()
    }
}

/// A secret for another purpose that who knows the first one can make again, and nobody makes the first one of.
#[expect(clippy::expect_used, reason = "keys of any length will do (RFC 2104, section 2)")]
pub fn derived(from: &Secret, purpose: &'static str) -> Secret {
    let mac = Hmac::<Sha256>::new_from_slice(from.expose().as_bytes()).expect("HMAC accepts keys of any length");
    Secret::new(URL_SAFE_NO_PAD.encode(mac.chain_update(purpose).finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_recognised_as_what_it_was_kept_as_and_as_nothing_else() {
        let (text, other) = (Secret::new("a text"), Secret::new("another"));
        let kept = Recognised::Verifier("token").hash(&text);
        assert!(Recognised::Verifier("token").is(&text, &kept) && !kept.contains("text"));
        assert!(!Recognised::Verifier("token").is(&other, &kept) && !Recognised::Verifier("tokena").is(&text, &kept));
        assert!(!Recognised::Session.is(&text, &kept) && !Recognised::Verifier("token").is(&text, ""));
        let (long, short) =
            (Recognised::Verifier("ab").hash(&text), Recognised::Verifier("a").hash(&Secret::new("ba text")));
        assert_ne!(long, short);
    }

    #[test]
    fn what_is_derived_depends_on_the_secret_and_on_its_purpose() {
        let (one, other) = (Secret::new("one"), Secret::new("other"));
        let made = |from: &Secret, purpose| derived(from, purpose).expose().to_owned();
        assert_eq!(made(&one, "forms"), made(&one, "forms"));
        assert!(made(&one, "forms") != made(&other, "forms") && made(&one, "forms") != made(&one, "links"));
        assert_eq!(made(&one, "forms").len(), 43);
    }
}
