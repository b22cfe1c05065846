//! Passwords: hashed with argon2id, compared at the same cost whether there is such a user or not.
//!
//! Both functions take tens of milliseconds and 19 MiB on purpose; the caller bounds how many run at once, and holds
//! no database connection meanwhile.

use std::sync::OnceLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use super::Error;

/// A longer password is never right; so nobody makes the server hash a megabyte.
const LONGEST_BYTES: usize = 1_024;

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
    let right = password.len() <= LONGEST_BYTES
        && PasswordHash::new(hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    known && right
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
