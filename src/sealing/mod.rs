//! Keeping secrets where others may read: sealed where the secret itself is needed again, hashed where it is not.
//!
//! | file | answers for |
//! | --- | --- |
//! | `key.rs` | one server key: its digits, its name, and the AEAD under it |
//! | `keyring.rs` | the key that is newest and the older ones, and the text of a sealed value |
//! | `keys.rs` | where a running program has its keyring from, and that it looks there again |
//! | `file.rs` | the key file: who may read it, and that it is never half written |
//! | `hash.rs` | what only has to be recognised: verifiers and session ids, and under a key what can be guessed |
//!
//! An HMAC needs the secret itself, so secrets of consumers and tokens are sealed, under keys that are never in the
//! database. What is sealed is text, `KEY:…`: the name of its key, then nonce and ciphertext. It opens in its own place
//! alone (XChaCha20-Poly1305, with the place as associated data), so that nobody gives a row another row's secret.
//!
//! Which of several keys seals is not decided here: the database names it, so that no two programs ever disagree.

mod file;
mod hash;
mod key;
mod keyring;
mod keys;

pub use file::create as create_file;
pub use hash::{Guessable, Recognised, derived};
pub use key::{KeyName, ServerKey};
pub use keyring::{Keyring, Place, Unopened};
pub use keys::{KeyError, Keys, Source};
