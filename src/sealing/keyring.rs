//! The server keys that a program has, and the text of what is sealed with them.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    Guessable,
    key::{KeyName, ServerKey},
};
use crate::secret::{NoRandomness, Secret};

/// The newest server key, and the older ones that there are still values of.
#[derive(Clone)]
pub struct Keyring {
    newest: ServerKey,
    older: Vec<ServerKey>,
}

/// Where a sealed value stands, and the only place where it opens.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table and column.
    pub column: &'static str,
    /// What the row is known by outside: a consumer's or a token's key.
    pub row: &'a str,
}

/// Why a value does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// It is sealed with a key that is not on the ring.
    #[error("it is sealed with the server key {0}, which is not among those at hand")]
    NoSuchKey(KeyName),
    /// It was changed, or moved from another row, or put there by somebody who has no key.
    #[error("it was changed, or it was sealed for another row, or it never was sealed")]
    Broken,
}

impl Keyring {
    /// Of one key.
    pub fn new(newest: ServerKey) -> Self {
        Self { newest, older: Vec::new() }
    }

    /// Reads keys that white space or commas are between, the newest first; a `#` begins a comment.
    ///
    /// # Errors
    /// In words that show nothing of a key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let words =
            text.lines().flat_map(|line| line.split('#').next().unwrap_or_default().split([' ', '\t', ',', '\r']));
        let mut keys: Vec<ServerKey> = Vec::new();
        for (index, word) in words.filter(|word| !word.is_empty()).enumerate() {
            let key = ServerKey::parse(word).ok_or_else(|| {
                format!("key {} is not 64 hexadecimal digits, as `openssl rand -hex 32` prints them", index + 1)
            })?;
            if keys.iter().all(|known| known.name() != key.name()) {
                keys.push(key);
            }
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or_else(|| "there is no key in it".to_owned())?;
        Ok(Self { newest, older: keys.collect() })
    }

    /// The name of the newest key.
    pub fn newest(&self) -> KeyName {
        self.newest.name()
    }

    /// Whether a key is on the ring.
    pub fn has(&self, name: KeyName) -> bool {
        self.find(name).is_some()
    }

    /// The same ring with a newer key in front.
    #[must_use]
    pub fn with(&self, newest: ServerKey) -> Self {
        Self { newest, older: self.keys().cloned().collect() }
    }

    /// The ring without the keys that are older than this one. Newer ones were put there for later.
    #[must_use]
    pub fn without_older_than(&self, name: KeyName) -> Self {
        let kept = self.keys().position(|key| key.name() == name).unwrap_or(self.older.len());
        Self { newest: self.newest.clone(), older: self.older.iter().take(kept).cloned().collect() }
    }

    /// The ring, and behind it what another one has beside it.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        let missing: Vec<ServerKey> = other.keys().filter(|key| !self.has(key.name())).cloned().collect();
        self.older.extend(missing);
        self
    }

    /// All keys, the newest first.
    pub(super) fn keys(&self) -> impl Iterator<Item = &ServerKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    fn find(&self, name: KeyName) -> Option<&ServerKey> {
        self.keys().find(|key| key.name() == name)
    }

    /// Seals a text with the key of this name; `None` where it is not on the ring.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, name: KeyName, place: Place<'_>, text: &Secret) -> Result<Option<String>, NoRandomness> {
        let Some(key) = self.find(name) else { return Ok(None) };
        let sealed = key.encrypt(text.expose().as_bytes(), &place.bytes())?;
        Ok(Some(format!("{name}:{}", URL_SAFE_NO_PAD.encode(sealed))))
    }

    /// Hashes of a text that can be guessed, one with each key, the newest first.
    pub fn hashes(&self, what: Guessable, text: &str) -> Vec<String> {
        self.keys().map(|key| key.hash(what, text)).collect()
    }

    /// The hash with the key of this name; `None` where it is not on the ring.
    pub fn hash(&self, name: KeyName, what: Guessable, text: &str) -> Option<String> {
        self.find(name).map(|key| key.hash(what, text))
    }

    /// The name of the key that a text is sealed with.
    ///
    /// # Errors
    /// [`Unopened`]: it is no sealed text.
    pub fn name_in(sealed: &str) -> Result<KeyName, Unopened> {
        parts(sealed).map(|(name, _)| name)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Secret, Unopened> {
        let (name, rest) = parts(sealed)?;
        let key = self.find(name).ok_or(Unopened::NoSuchKey(name))?;
        let bytes = URL_SAFE_NO_PAD.decode(rest).map_err(|_| Unopened::Broken)?;
        key.decrypt(&bytes, &place.bytes()).ok_or(Unopened::Broken)
    }
}

/// The name of a sealed text's key, and the rest.
fn parts(sealed: &str) -> Result<(KeyName, &str), Unopened> {
    let (name, rest) = sealed.split_once(':').ok_or(Unopened::Broken)?;
    Ok((KeyName::parse(name).ok_or(Unopened::Broken)?, rest))
}

impl fmt::Debug for Keyring {
    /// The names alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys().map(ServerKey::name)).finish()
    }
}

impl Place<'_> {
    /// The associated data. No column has a NUL in its name, so that no two places are alike.
    fn bytes(self) -> Vec<u8> {
        [self.column.as_bytes(), b"\0", self.row.as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<'_> = Place { column: "table.secret", row: "key" };

    fn ring() -> Keyring {
        Keyring::new(ServerKey::random().unwrap())
    }

    fn seal(ring: &Keyring, text: &str) -> String {
        ring.seal(ring.newest(), HERE, &Secret::new(text)).unwrap().unwrap()
    }

    fn why(ring: &Keyring, place: Place<'_>, sealed: &str) -> Unopened {
        ring.open(place, sealed).map(drop).unwrap_err()
    }

    #[test]
    fn a_sealed_text_names_its_key_and_shows_nothing_else() {
        let ring = ring();
        for text in ["", "s3cret", "s3cret &%+ ✓"] {
            let sealed = seal(&ring, text);
            assert!(sealed.starts_with(&format!("{}:", ring.newest())) && !sealed.contains("s3cret"), "{sealed}");
            assert_eq!(ring.open(HERE, &sealed).unwrap().expose(), text);
        }
    }

    #[test]
    fn it_opens_in_no_other_row_and_no_other_column() {
        let ring = ring();
        let sealed = seal(&ring, "s3cret");
        assert_eq!(why(&ring, Place { row: "other", ..HERE }, &sealed), Unopened::Broken);
        assert_eq!(why(&ring, Place { column: "other.secret", ..HERE }, &sealed), Unopened::Broken);
    }

    #[test]
    fn what_is_no_sealed_text_does_not_open() {
        let ring = ring();
        let sealed = seal(&ring, "s3cret");
        for wrong in [
            "",
            ":",
            "s3cret",
            "clear:s3cret",
            &sealed[1..],
            &sealed[..sealed.len() - 1],
            &format!("{sealed}="),
            "zzzzzzzz:AAAA",
        ] {
            assert_eq!(why(&ring, HERE, wrong), Unopened::Broken, "{wrong}");
        }
    }

    #[test]
    fn older_keys_open_until_they_are_taken_off_the_ring() {
        let first = ring();
        let sealed = seal(&first, "s3cret");
        let second = first.with(ServerKey::random().unwrap());
        assert_eq!(second.open(HERE, &sealed).unwrap().expose(), "s3cret");
        let third = second.with(ServerKey::random().unwrap());
        let kept = third.without_older_than(second.newest());
        assert!(kept.newest() == third.newest() && kept.has(second.newest()) && !kept.has(first.newest()));
        assert_eq!(why(&kept, HERE, &sealed), Unopened::NoSuchKey(first.newest()));
        assert!(kept.joined(&first).open(HERE, &sealed).is_ok());
    }

    #[test]
    fn what_can_be_guessed_is_recognised_with_the_key_alone() {
        let [ours, theirs] = [ring(), ring()];
        let hash = |ring: &Keyring, text| ring.hash(ring.newest(), Guessable::Account, text).unwrap();
        assert_eq!(hash(&ours, "alice"), hash(&ours, "alice"));
        assert!(hash(&ours, "alice") != hash(&ours, "bob") && hash(&ours, "alice") != hash(&theirs, "alice"));
        assert_eq!(ours.hash(theirs.newest(), Guessable::Account, "alice"), None);
        let both = ours.clone().joined(&theirs);
        assert_eq!(both.hashes(Guessable::Account, "alice"), [hash(&ours, "alice"), hash(&theirs, "alice")]);
    }

    #[test]
    fn keys_are_read_with_commas_lines_and_comments_and_errors_show_none() {
        let [one, other] = [ServerKey::random().unwrap(), ServerKey::random().unwrap()];
        let (first, second) = (one.digits(), other.digits());
        let text = format!("# the keys\n{} # newest\r\n\n {} , {}\n", first.expose(), second.expose(), first.expose());
        let ring = Keyring::parse(&text).unwrap();
        assert_eq!(ring.keys().map(ServerKey::name).collect::<Vec<_>>(), [one.name(), other.name()]);
        assert!(!format!("{ring:?}").contains(first.expose()));
        let error = Keyring::parse(&format!("{} {}0", first.expose(), second.expose())).unwrap_err();
        assert!(error.starts_with("key 2 is not 64") && !error.contains(&second.expose()[..8]), "{error}");
        assert!(Keyring::parse(" # nothing\n").unwrap_err().contains("no key"));
    }
}
