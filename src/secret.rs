//! Text that must not be seen: consumer and token secrets, verifiers, session ids.
//!
//! The type has neither `Debug` nor `Display`, so that no log line, error or template can show one by accident; whoever
//! needs the characters says so with [`Secret::expose`]. Fresh ones come from the system's random source.

use rand::TryRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// The characters of what is made here: unreserved in a URL (RFC 3986, section 2.3), whole under a double click, and
/// never taken for an option of a command.
const ALPHABET: [u8; 62] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The characters of a key or secret: 256 bits.
const KEY_CHARACTERS: usize = 43;

/// The characters of a reference, which a person may have to read out: 59 bits, and no secret.
const REFERENCE_CHARACTERS: usize = 10;

/// The characters of a verifier, which a person may have to carry over: 131 bits.
const VERIFIER_CHARACTERS: usize = 22;

/// A piece of text that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps text that came from outside or from the database.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Makes a fresh secret of 43 letters and digits, 256 random bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, NoRandomness> {
        random_key().map(Self)
    }

    /// Makes a fresh verifier of 22 letters and digits, 131 random bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random_verifier() -> Result<Self, NoRandomness> {
        random_text(VERIFIER_CHARACTERS).map(Self)
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
#[derive(Debug, Clone, thiserror::Error)]
#[error("the system's random source failed")]
pub struct NoRandomness;

/// Makes a fresh public identifier (a consumer's or a token's key) of 43 letters and digits, 256 random bits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn random_key() -> Result<String, NoRandomness> {
    random_text(KEY_CHARACTERS)
}

/// Fills a space with random bytes.
///
/// # Errors
/// When the system has no randomness to give.
pub fn fill_random(bytes: &mut [u8]) -> Result<(), NoRandomness> {
    rand::rngs::SysRng.try_fill_bytes(bytes).map_err(|_| NoRandomness)
}

/// Makes a fresh reference to something in the log: 10 letters and digits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn random_reference() -> Result<String, NoRandomness> {
    random_text(REFERENCE_CHARACTERS)
}

/// Has a text the shape of what [`random_key`] makes? What has not, was not made here and need not be looked for.
pub fn is_key(text: &str) -> bool {
    text.len() == KEY_CHARACTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Has a text the shape of what [`random_reference`] makes?
pub fn is_reference(text: &str) -> bool {
    text.len() == REFERENCE_CHARACTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn random_text(characters: usize) -> Result<String, NoRandomness> {
    // Four times the alphabet: a byte from beyond would make some characters likelier than others.
    const FAIR: u8 = 248;
    let mut text = String::with_capacity(characters);
    let mut bytes = [0_u8; KEY_CHARACTERS];
    while text.len() < characters {
        fill_random(&mut bytes)?;
        let fair = bytes.iter().filter(|byte| **byte < FAIR);
        let letters = fair.filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()));
        text.extend(letters.take(characters - text.len()).map(|letter| char::from(*letter)));
    }
    bytes.zeroize();
    Ok(text)
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_long_plain_and_never_the_same() {
        let keys: HashSet<String> = (0..1_000).map(|_| random_key().unwrap()).collect();
        assert_eq!(keys.len(), 1_000);
        assert!(keys.iter().all(|key| key.len() == 43 && key.chars().all(|c| c.is_ascii_alphanumeric())));
        let used: HashSet<char> = keys.iter().flat_map(|key| key.chars()).collect();
        assert_eq!(used.len(), ALPHABET.len());
    }

    #[test]
    fn a_verifier_has_at_least_128_bits() {
        let verifier = Secret::random_verifier().unwrap();
        let bits = f64::from(u8::try_from(verifier.expose().len()).unwrap()) * 62_f64.log2();
        assert!(bits >= 128.0, "{bits}");
    }
}
