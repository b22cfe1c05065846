//! One server key: 256 bits, written as 64 hexadecimal digits, as `openssl rand -hex 32` prints them.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::Guessable;
use crate::secret::{NoRandomness, Secret, fill_random};

const KEY_BYTES: usize = 32;
/// Long enough to be drawn at random for every value, without counting.
const NONCE_BYTES: usize = 24;
/// What a key's name is a hash of, before the key.
const NAMING: &[u8] = b"oauthprovider: the name of a server key\0";

/// A key that secrets are sealed with. It is wiped when dropped, and cannot be shown.
#[derive(Clone)]
pub struct ServerKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    name: KeyName,
}

/// The name of a server key: the beginning of a hash of it, so that every copy of a key has the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyName([u8; 4]);

impl ServerKey {
    /// Makes a fresh key.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        fill_random(bytes.as_mut())?;
        Ok(Self::of(bytes))
    }

    /// Reads 64 hexadecimal digits. Nothing is told of what they are where they are wrong.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        if digits.len() != 2 * KEY_BYTES || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().as_chunks::<2>().0) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self::of(bytes))
    }

    fn of(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let hash = Sha256::new().chain_update(NAMING).chain_update(bytes.as_slice()).finalize();
        let mut name = [0; 4];
        name.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self { bytes, name: KeyName(name) }
    }

    /// Its name, which tells nothing of it.
    pub fn name(&self) -> KeyName {
        self.name
    }

    /// The 64 digits, for its file.
    pub(super) fn digits(&self) -> Secret {
        let mut digits = String::with_capacity(2 * KEY_BYTES);
        for byte in self.bytes.iter() {
            for half in [byte >> 4, byte & 15] {
                digits.extend(char::from_digit(u32::from(half), 16));
            }
        }
        Secret::new(digits)
    }

    /// Nonce and ciphertext of a text.
    pub(super) fn encrypt(&self, text: &[u8], place: &[u8]) -> Result<Vec<u8>, NoRandomness> {
        let mut nonce = [0; NONCE_BYTES];
        fill_random(&mut nonce)?;
        let payload = Payload { msg: text, aad: place };
        // It fails for texts of over 256 GiB alone.
        let ciphertext = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| NoRandomness)?;
        Ok([nonce.as_slice(), &ciphertext].concat())
    }

    /// The text again, if it was encrypted with this key for this place.
    pub(super) fn decrypt(&self, sealed: &[u8], place: &[u8]) -> Option<Secret> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: ciphertext, aad: place };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(text).map_err(|error| error.into_bytes().zeroize()).ok().map(Secret::new)
    }

    /// A hash of a text that nobody makes, or tries, without the key.
    #[expect(clippy::expect_used, reason = "keys of any length will do (RFC 2104, section 2)")]
    pub(super) fn hash(&self, what: Guessable, text: &str) -> String {
        let keyed = |key: &[u8]| Hmac::<Sha256>::new_from_slice(key).expect("HMAC accepts keys of any length");
        // A key for this alone: the key itself seals.
        let own = keyed(self.bytes.as_slice()).chain_update(what.purpose()).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode(keyed(&own).chain_update(text).finalize().into_bytes())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.bytes))
    }
}

impl KeyName {
    /// Reads a name as it is printed.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 8 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let number = u32::from_str_radix(text, 16).ok().filter(|_| fits)?;
        Some(Self(number.to_be_bytes()))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    #[test]
    fn a_key_is_64_digits_and_nothing_else() {
        let key = ServerKey::parse(DIGITS).unwrap();
        assert_eq!(key.digits().expose(), DIGITS);
        assert_eq!(ServerKey::parse(&DIGITS.to_uppercase()).unwrap().name(), key.name());
        let (short, signed) = (&DIGITS[1..], format!("+1{}", &DIGITS[2..]));
        for wrong in ["", short, &format!("{DIGITS}0"), &signed, &DIGITS.replace('a', "é"), &DIGITS.replace('a', "g")]
        {
            assert!(ServerKey::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn every_key_is_another_and_has_another_name() {
        let (one, other) = (ServerKey::random().unwrap(), ServerKey::random().unwrap());
        assert!(one.digits().expose() != other.digits().expose() && one.name() != other.name());
        assert_eq!(KeyName::parse(&one.name().to_string()), Some(one.name()));
        assert!(["", "0", "+1234567", "123456789", "ABCDEF00"].iter().all(|wrong| KeyName::parse(wrong).is_none()));
    }

    #[test]
    fn what_is_encrypted_twice_looks_different_and_opens_with_its_own_key_and_place_alone() {
        let (one, other) = (ServerKey::random().unwrap(), ServerKey::random().unwrap());
        let (first, second) = (one.encrypt(b"text", b"here").unwrap(), one.encrypt(b"text", b"here").unwrap());
        assert_ne!(first, second);
        assert_eq!(one.decrypt(&second, b"here").unwrap().expose(), "text");
        assert!(one.decrypt(&first, b"there").is_none() && other.decrypt(&first, b"here").is_none());
        for at in 0..first.len() {
            let mut changed = first.clone();
            changed[at] ^= 1;
            assert!(one.decrypt(&changed, b"here").is_none(), "{at}");
            assert!(one.decrypt(&first[..at], b"here").is_none(), "{at}");
        }
    }
}
