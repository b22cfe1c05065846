//! Answers: which HMAC do two shared secrets give for a base string, and is it this one? (RFC 5849, section 3.4.2)
//!
//! Does not look secrets up, and never says in what way a signature is wrong.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{SignatureMethod, decoded};
use crate::oauth1::encode::percent_encode;
use crate::secret::Secret;

/// Signs a base string with the two shared secrets; `None` for a method that wants a private key.
///
/// The answer is base64 with padding (section 3.4.2). Without a token its secret is empty.
pub fn sign_hmac(
    method: SignatureMethod,
    base_string: &str,
    consumer_secret: &Secret,
    token_secret: Option<&Secret>,
) -> Option<String> {
    digest(method, base_string, consumer_secret, token_secret).map(|bytes| STANDARD.encode(bytes))
}

/// Whether this signature was made with these two secrets over this base string.
///
/// The decoded bytes are compared in constant time. `false` for a method that wants a private key, for another length
/// and for anything but padded base64 of the standard alphabet.
pub fn verify_hmac(
    method: SignatureMethod,
    base_string: &str,
    consumer_secret: &Secret,
    token_secret: Option<&Secret>,
    signature: &str,
) -> bool {
    // The digest comes first, so that a malformed signature costs the same as a wrong one.
    let expected = digest(method, base_string, consumer_secret, token_secret);
    match (expected, decoded(signature)) {
        (Some(expected), Some(given)) => expected.ct_eq(&given).into(),
        _ => false,
    }
}

/// The bytes of the signature.
fn digest(
    method: SignatureMethod,
    base_string: &str,
    consumer_secret: &Secret,
    token_secret: Option<&Secret>,
) -> Option<Vec<u8>> {
    let key = key(consumer_secret, token_secret);
    match method {
        SignatureMethod::HmacSha1 => mac::<Hmac<Sha1>>(&key, base_string),
        SignatureMethod::HmacSha256 => mac::<Hmac<Sha256>>(&key, base_string),
        SignatureMethod::RsaSha1 | SignatureMethod::RsaSha256 => None,
    }
}

/// Both secrets, each encoded, joined by an `&` that stays even when the second is empty.
fn key(consumer_secret: &Secret, token_secret: Option<&Secret>) -> Secret {
    let token_secret = token_secret.map(Secret::expose).unwrap_or_default();
    Secret::new(format!("{}&{}", percent_encode(consumer_secret.expose()), percent_encode(token_secret)))
}

/// One HMAC; keys of any length will do.
fn mac<M: Mac + KeyInit>(key: &Secret, text: &str) -> Option<Vec<u8>> {
    let mut mac = <M as KeyInit>::new_from_slice(key.expose().as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac.finalize().into_bytes().to_vec())
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
        let signature = sign_hmac(SignatureMethod::HmacSha256, text, &consumer, Some(&token));
        assert_eq!(signature.as_deref(), Some("Fn7H2D3ZjzcquulEwSlwQ3GBYPiEl0N55b5pMAeA5/0="));
    }

    #[test]
    fn a_key_longer_than_a_block_will_do() {
        let long = Secret::new("x".repeat(1_000));
        let signature = sign_hmac(SHA1, "GET", &long, None).unwrap();
        assert!(verify_hmac(SHA1, "GET", &long, None, &signature));
    }
}

#[cfg(test)]
mod pitfall_17 {
    use super::*;

    const SHA1: SignatureMethod = SignatureMethod::HmacSha1;

    /// A base string whose signature holds `+`, `/` and padding.
    fn signed() -> (String, Secret, String) {
        let secret = Secret::new("s");
        let signature = |text: &String| sign_hmac(SHA1, text, &secret, None).unwrap();
        let text = (0..).map(|n| n.to_string()).find(|text| {
            let signature = signature(text);
            signature.contains('+') && signature.contains('/')
        });
        let text = text.unwrap();
        let signature = signature(&text);
        (text, secret, signature)
    }

    #[test]
    fn the_right_signature_is_accepted_and_every_changed_one_refused() {
        let (text, secret, signature) = signed();
        assert!(verify_hmac(SHA1, &text, &secret, None, &signature));
        for at in 0..signature.len() - 1 {
            let mut changed = signature.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(!verify_hmac(SHA1, &text, &secret, None, std::str::from_utf8(&changed).unwrap()), "{at}");
        }
    }

    #[test]
    fn url_safe_base64_is_refused() {
        let (text, secret, signature) = signed();
        assert!(!verify_hmac(SHA1, &text, &secret, None, &signature.replace('+', "-").replace('/', "_")));
    }

    #[test]
    fn missing_padding_white_space_and_other_lengths_are_refused() {
        let (text, secret, signature) = signed();
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
            assert!(!verify_hmac(SHA1, &text, &secret, None, &signature), "{signature:?}");
        }
    }

    #[test]
    fn base64_with_stray_bits_is_refused() {
        let (text, secret, signature) = signed();
        let (kept, _) = signature.split_at(26);
        let same = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".chars();
        let accepted = same.filter(|last| verify_hmac(SHA1, &text, &secret, None, &format!("{kept}{last}=")));
        assert_eq!(accepted.count(), 1);
    }
}

#[cfg(test)]
mod pitfall_18 {
    use super::*;

    #[test]
    fn a_method_with_a_private_key_has_no_hmac() {
        let secret = Secret::new("s");
        for method in [SignatureMethod::RsaSha1, SignatureMethod::RsaSha256] {
            assert_eq!(sign_hmac(method, "GET", &secret, None), None);
            let signature = sign_hmac(SignatureMethod::HmacSha1, "GET", &secret, None).unwrap();
            assert!(!verify_hmac(method, "GET", &secret, None, &signature));
            assert!(!verify_hmac(method, "GET", &secret, None, ""));
        }
    }

    #[test]
    fn the_two_hashes_are_not_mixed_up() {
        let secret = Secret::new("s");
        let newer = sign_hmac(SignatureMethod::HmacSha256, "GET", &secret, None).unwrap();
        assert!(verify_hmac(SignatureMethod::HmacSha256, "GET", &secret, None, &newer));
        assert!(!verify_hmac(SignatureMethod::HmacSha1, "GET", &secret, None, &newer));
    }
}
