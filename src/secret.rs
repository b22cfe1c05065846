//! Text that must not be seen: consumer and token secrets, verifiers, session ids.
//!
//! The type has neither `Debug` nor `Display`, so that no log line, error or template can show one by accident; whoever
//! needs the characters says so with [`Secret::expose`]. Fresh ones come from the system's random source.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::TryRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// How many random bytes a key, secret, verifier or session id is made of (256 bits, 43 unreserved characters).
const RANDOM_BYTES: usize = 32;

/// A piece of text that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps text that came from outside or from the database.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Makes a fresh secret of 256 random bits in unreserved characters (RFC 3986, section 2.3).
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, NoRandomness> {
        random_key().map(Self)
    }

    /// Shows the characters. Every call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Compares without telling by its duration where the texts differ.
    pub fn equals(&self, other: &str) -> bool {
        self.0.as_bytes().ct_eq(other.as_bytes()).into()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The system's random source failed.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed")]
pub struct NoRandomness;

/// Makes a fresh public identifier (a consumer's or a token's key): 256 random bits in unreserved characters.
///
/// # Errors
/// When the system has no randomness to give.
pub fn random_key() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; RANDOM_BYTES];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}
