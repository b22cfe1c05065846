//! Answers: which HMAC do two shared secrets give for a base string, and is it this one? (RFC 5849, section 3.4.2)
//!
//! Does not look secrets up, and never says in what way a signature is wrong.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::digest::Output;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::SignatureMethod;
use crate::oauth1::encode::{Times, encode_into};
use crate::secret::Secret;

/// How many bytes a signature may have once decoded: more than the longest hash, so that none is cut to fit.
const ROOM: usize = 48;

/// Two shared secrets as HMAC takes them, for both hashes: what a base string is signed and verified with.
///
/// Making it costs more than verifying with it, so whoever verifies often keeps it: 272 bytes, nothing on the heap. It
/// is as secret as what it was made of, cannot be shown, and is wiped when dropped.
#[derive(Clone)]
pub struct HmacKey {
    sha1: Hmac<Sha1>,
    sha256: Hmac<Sha256>,
}

impl HmacKey {
    /// Joins the two secrets (section 3.4.2). Without a token its secret is empty.
    pub fn new(consumer_secret: &Secret, token_secret: Option<&Secret>) -> Self {
        Self::of_text(&key(consumer_secret, token_secret))
    }

    /// Takes the two secrets as somebody else joined them.
    pub(in crate::oauth1) fn of_text(text: &Secret) -> Self {
        tracing::trace!("a key for HMACs");
        Self { sha1: keyed(text), sha256: keyed(text) }
    }

    /// Signs a base string: base64 with padding; `None` for a method that wants a private key.
    pub fn sign(&self, method: SignatureMethod, base_string: &str) -> Option<String> {
        match method {
            SignatureMethod::HmacSha1 => Some(STANDARD.encode(digest(&self.sha1, base_string))),
            SignatureMethod::HmacSha256 => Some(STANDARD.encode(digest(&self.sha256, base_string))),
            SignatureMethod::RsaSha1 | SignatureMethod::RsaSha256 => None,
        }
    }

    /// Whether this signature was made with these two secrets over this base string.
    ///
    /// The decoded bytes are compared in constant time. `false` for a method that wants a private key, for another
    /// length and for anything but padded base64 of the standard alphabet.
    pub fn verify(&self, method: SignatureMethod, base_string: &str, signature: &str) -> bool {
        match method {
            SignatureMethod::HmacSha1 => is_digest(&self.sha1, base_string, signature),
            SignatureMethod::HmacSha256 => is_digest(&self.sha256, base_string, signature),
            SignatureMethod::RsaSha1 | SignatureMethod::RsaSha256 => false,
        }
    }
}

/// Both secrets, each encoded, joined by an `&` that stays even when the second is empty.
fn key(consumer_secret: &Secret, token_secret: Option<&Secret>) -> Secret {
    let (first, second) = (consumer_secret.expose(), token_secret.map(Secret::expose).unwrap_or_default());
    // Room for escapes only: a text that grows would leave its beginning behind in memory.
    let mut text = String::with_capacity(3 * (first.len() + second.len()) + 1);
    encode_into(&mut text, first, Times::Once);
    text.push('&');
    encode_into(&mut text, second, Times::Once);
    Secret::new(text)
}

#[expect(clippy::expect_used, reason = "keys of any length will do (RFC 2104, section 2)")]
fn keyed<M: KeyInit>(key: &Secret) -> M {
    M::new_from_slice(key.expose().as_bytes()).expect("HMAC accepts keys of any length")
}

/// The bytes of the signature.
fn digest<M: Mac + Clone>(key: &M, base_string: &str) -> Output<M> {
    tracing::trace!("an HMAC");
    key.clone().chain_update(base_string).finalize().into_bytes()
}

fn is_digest<M: Mac + Clone>(key: &M, base_string: &str, signature: &str) -> bool {
    // The digest comes first, so that a malformed signature costs the same as a wrong one.
    let expected = digest(key, base_string);
    let mut room = [0; ROOM];
    let given = STANDARD.decode_slice(signature, &mut room).ok().and_then(|length| room.get(..length));
    given.is_some_and(|given| expected.ct_eq(given).into())
}

#[cfg(test)]
mod pitfall_09 {
    use super::*;

    const SHA1: SignatureMethod = SignatureMethod::HmacSha1;

    #[test]
    fn both_secrets_are_encoded_in_the_key() {
        assert_eq!(key(&Secret::new("a&b%é"), Some(&Secret::new("c d~"))).expose(), "a%26b%25%C3%A9&c%20d~");
    }

    #[test]
    fn the_ampersand_stays_when_a_secret_is_empty() {
        assert_eq!(key(&Secret::new("a"), None).expose(), "a&");
        assert_eq!(key(&Secret::new(""), Some(&Secret::new(""))).expose(), "&");
    }

    #[test]
    fn secrets_outside_ascii_sign_as_elsewhere() {
        // The expected signature comes from another implementation.
        let text = "GET&https%3A%2F%2Fforge.example%2Fx&oauth_consumer_key%3Dk%26oauth_nonce%3Dn\
                    %26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1%26q%3D%25C3%25A9";
        let (consumer, token) = (Secret::new("sécret &/"), Secret::new("t+k="));
        let signature = HmacKey::new(&consumer, Some(&token)).sign(SignatureMethod::HmacSha256, text);
        assert_eq!(signature.as_deref(), Some("Fn7H2D3ZjzcquulEwSlwQ3GBYPiEl0N55b5pMAeA5/0="));
    }

    #[test]
    fn a_key_is_small_and_threads_may_share_it() {
        fn shared<K: Clone + Send + Sync>(_: &K) {}
        shared(&HmacKey::new(&Secret::new("s"), None));
        assert_eq!(size_of::<HmacKey>(), 272);
    }

    #[test]
    fn a_key_longer_than_a_block_will_do() {
        let long = HmacKey::new(&Secret::new("x".repeat(1_000)), None);
        let signature = long.sign(SHA1, "GET").unwrap();
        assert!(long.verify(SHA1, "GET", &signature));
    }
}

#[cfg(test)]
mod pitfall_17 {
    use super::*;
    use crate::oauth1::percent_encode;

    const SHA1: SignatureMethod = SignatureMethod::HmacSha1;

    /// A base string whose signature holds `+`, `/` and padding.
    fn signed() -> (String, HmacKey, String) {
        let key = HmacKey::new(&Secret::new("s"), None);
        let signature = |text: &String| key.sign(SHA1, text).unwrap();
        let text = (0..).map(|n| n.to_string()).find(|text| {
            let signature = signature(text);
            signature.contains('+') && signature.contains('/')
        });
        let text = text.unwrap();
        let signature = signature(&text);
        (text, key, signature)
    }

    #[test]
    fn the_right_signature_is_accepted_and_every_changed_one_refused() {
        let (text, key, signature) = signed();
        assert!(key.verify(SHA1, &text, &signature));
        for at in 0..signature.len() - 1 {
            let mut changed = signature.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(!key.verify(SHA1, &text, std::str::from_utf8(&changed).unwrap()), "{at}");
        }
    }

    #[test]
    fn url_safe_base64_is_refused() {
        let (text, key, signature) = signed();
        assert!(!key.verify(SHA1, &text, &signature.replace('+', "-").replace('/', "_")));
    }

    #[test]
    fn missing_padding_white_space_and_other_lengths_are_refused() {
        let (text, key, signature) = signed();
        let wrong = [
            signature.trim_end_matches('=').to_owned(),
            format!("{signature}="),
            format!(" {signature}"),
            format!("{signature}\n"),
            signature.replace('+', " "),
            signature.chars().take(24).collect(),
            format!("AAAA{signature}"),
            percent_encode(&signature),
            String::new(),
            "0".to_owned(),
            "é".to_owned(),
        ];
        for signature in wrong {
            assert!(!key.verify(SHA1, &text, &signature), "{signature:?}");
        }
    }

    #[test]
    fn base64_with_stray_bits_is_refused() {
        let (text, key, signature) = signed();
        let (kept, _) = signature.split_at(26);
        let same = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".chars();
        let accepted = same.filter(|last| key.verify(SHA1, &text, &format!("{kept}{last}=")));
        assert_eq!(accepted.count(), 1);
    }
}

#[cfg(test)]
mod pitfall_18 {
    use super::*;

    #[test]
    fn a_method_with_a_private_key_has_no_hmac() {
        let key = HmacKey::new(&Secret::new("s"), None);
        for method in [SignatureMethod::RsaSha1, SignatureMethod::RsaSha256] {
            assert_eq!(key.sign(method, "GET"), None);
            let signature = key.sign(SignatureMethod::HmacSha1, "GET").unwrap();
            assert!(!key.verify(method, "GET", &signature));
            assert!(!key.verify(method, "GET", ""));
        }
    }

    #[test]
    fn the_two_hashes_are_not_mixed_up() {
        let key = HmacKey::new(&Secret::new("s"), None);
        let newer = key.sign(SignatureMethod::HmacSha256, "GET").unwrap();
        assert!(key.verify(SignatureMethod::HmacSha256, "GET", &newer));
        assert!(!key.verify(SignatureMethod::HmacSha1, "GET", &newer));
    }
}
