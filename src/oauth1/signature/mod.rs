//! Answers: by which method is a request signed, and does the signature fit? (RFC 5849, section 3.4)
//!
//! | RFC 5849 | file |
//! | --- | --- |
//! | §3.4.2 HMAC-SHA1 (and HMAC-SHA256) | `hmac.rs` |
//! | §3.4.3 RSA-SHA1 (and RSA-SHA256) | `rsa.rs` |
//!
//! The SHA-256 methods follow the same sections with the newer hash. `PLAINTEXT` (section 3.4.4) is left out on
//! purpose: it sends the secrets themselves and protects nothing else. Does not decide which method a consumer may use.
//!
//! At the finest log level each computation is told, though not of what, so that they can be counted: whoever is refused
//! must not learn from the work that it took for what.

mod hmac;
mod rsa;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha1::Sha1;
use sha2::{Digest, Sha256};

pub use self::hmac::HmacKey;
pub use self::rsa::{PublicKey, PublicKeyError};

/// A way of signing that this provider understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureMethod {
    /// `HMAC-SHA1`, with both shared secrets.
    HmacSha1,
    /// `HMAC-SHA256`, with both shared secrets.
    HmacSha256,
    /// `RSA-SHA1`, with the consumer's private key.
    RsaSha1,
    /// `RSA-SHA256`, with the consumer's private key.
    RsaSha256,
}

impl SignatureMethod {
    /// The value of `oauth_signature_method`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::RsaSha1 => "RSA-SHA1",
            Self::RsaSha256 => "RSA-SHA256",
        }
    }

    /// The method of exactly that name; `None` for `PLAINTEXT` and for everything unknown.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::HmacSha1, Self::HmacSha256, Self::RsaSha1, Self::RsaSha256].into_iter().find(|it| it.name() == name)
    }

    /// Whether the signature is made with a private key rather than with shared secrets.
    pub fn is_rsa(self) -> bool {
        match self {
            Self::HmacSha1 | Self::HmacSha256 => false,
            Self::RsaSha1 | Self::RsaSha256 => true,
        }
    }

    /// The value of `oauth_body_hash` over these bytes: base64 of SHA-1 or SHA-256, whichever the method uses.
    pub fn body_hash(self, body: &[u8]) -> String {
        match self {
            Self::HmacSha1 | Self::RsaSha1 => STANDARD.encode(Sha1::digest(body)),
            Self::HmacSha256 | Self::RsaSha256 => STANDARD.encode(Sha256::digest(body)),
        }
    }
}

/// The bytes of an `oauth_signature`; `None` for anything but padded, canonical base64 of the standard alphabet.
fn decoded(signature: &str) -> Option<Vec<u8>> {
    STANDARD.decode(signature).ok()
}

#[cfg(test)]
mod pitfall_18 {
    use super::*;

    #[test]
    fn only_the_exact_names_of_methods_are_known() {
        for name in ["HMAC-SHA1", "HMAC-SHA256", "RSA-SHA1", "RSA-SHA256"] {
            assert_eq!(SignatureMethod::from_name(name).map(SignatureMethod::name), Some(name));
        }
        for name in ["PLAINTEXT", "hmac-sha1", "HMAC-SHA-1", "HMAC-SHA512", "RSA-SHA512", "", " HMAC-SHA1", "none"] {
            assert_eq!(SignatureMethod::from_name(name), None, "{name}");
        }
    }
}

#[cfg(test)]
mod pitfall_19 {
    use super::*;

    #[test]
    fn the_body_hash_follows_the_method() {
        // The first value is the example of the Request Body Hash extension, section 5.1.
        let text = b"Hello World!";
        assert_eq!(SignatureMethod::HmacSha1.body_hash(text), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
        assert_eq!(SignatureMethod::RsaSha1.body_hash(b""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        assert_eq!(SignatureMethod::HmacSha256.body_hash(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(SignatureMethod::RsaSha256.body_hash(text), SignatureMethod::HmacSha256.body_hash(text));
    }
}
