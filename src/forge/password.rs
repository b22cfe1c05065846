//! Passwords: hashed with argon2id, compared at the same cost whether there is such a user or not.
//!
//! Both functions take tens of milliseconds and 19 MiB on purpose; the caller bounds how many run at once, and holds
//! no database connection meanwhile.

use std::sync::OnceLock;

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{PasswordHasher, phc::PasswordHash},
};
use parking_lot::Mutex;
use subtle::ConstantTimeEq;

use super::{Error, Mistake};

/// A longer password is never right; so nobody makes the server hash a megabyte.
const LONGEST_BYTES: usize = 1_024;

/// Somebody who chooses a password at a page chooses at least so many characters.
const SHORTEST: usize = 8;

/// Is this one that somebody may choose at a page?
///
/// # Errors
/// [`Mistake::PasswordShort`], [`Mistake::PasswordLong`].
pub fn check(password: &str) -> Result<(), Mistake> {
    if password.chars().count() < SHORTEST {
        return Err(Mistake::PasswordShort);
    }
    if password.len() > LONGEST_BYTES { Err(Mistake::PasswordLong) } else { Ok(()) }
}

/// Hashes a password with a fresh salt, in PHC string form (argon2id, the crate's recommended cost).
///
/// # Errors
/// [`Error::Password`] when it is over 1,024 bytes long or the system has no randomness.
pub fn hash(password: &str) -> Result<String, Error> {
    if password.len() > LONGEST_BYTES {
        return Err(Error::Password(format!("it is over {LONGEST_BYTES} bytes long")));
    }
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|e| Error::Password(e.to_string()))?;
    Ok(hash.to_string())
}

/// Is this the password? Without a hash the work is done all the same, and the answer is no.
pub fn matches(hash: Option<&str>, password: &str) -> bool {
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| stand_in().unwrap_or_default());
    let right = password.len() <= LONGEST_BYTES && verify(hash, password.as_bytes()).unwrap_or(false);
    known && right
}

/// Memory to hash in, used again and again: 19 MiB that come and go with every log-in tear the heap to pieces. There are as
/// many pieces as were ever in use at once.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// Compares in constant time; none where the hash is no argon2 hash.
fn verify(hash: &str, password: &[u8]) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (salt, expected) = (hash.salt?, hash.hash?);

    let mut memory = MEMORY.lock().pop().unwrap_or_default();
    memory.resize(params.block_count(), Block::new());
    let mut found = vec![0; expected.len()];
    let outcome = Argon2::new(algorithm, version, params).hash_password_into_with_memory(
        password,
        salt.as_ref(),
        &mut found,
        memory.as_mut_slice(),
    );
    MEMORY.lock().push(memory);
    outcome.ok().map(|()| found.ct_eq(expected.as_bytes()).into())
}

/// A hash that no user has, so that an unknown name costs what a known one does.
fn stand_in() -> Option<&'static str> {
    static HASH: OnceLock<Option<String>> = OnceLock::new();
    HASH.get_or_init(|| hash("nobody's password").ok()).as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_alone() {
        let stored = hash("wonderland").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(matches(Some(&stored), "wonderland"));
        assert!(!matches(Some(&stored), "Wonderland"));
        assert!(!matches(Some("INVALID"), "INVALID"));
        assert!(!matches(None, "nobody's password"));
    }

    #[test]
    fn an_endless_password_is_refused_without_hashing_it() {
        let endless = "x".repeat(LONGEST_BYTES + 1);
        assert!(hash(&endless).is_err());
        assert!(!matches(None, &endless));
    }
}
