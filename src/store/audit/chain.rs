//! How one entry of the audit log hangs on the one before it.
//!
//! An entry's `hash` is a SHA-256 over the former entry's `hash` and over everything that the entry says; its `seal` is an
//! HMAC-SHA256 of that `hash` under the log's own key, which stands in the database sealed under the server key. What that
//! is good for, against somebody who can write to the database:
//!
//! * Whoever changes, removes, inserts or swaps entries and leaves the rest alone is found out by anybody, key or no key.
//! * Whoever knows how this works can also write all later hashes anew, so that they fit. Without the server key they cannot
//!   write the seals. Nor can they take the log's key away: with another one every seal there is fits no more.
//! * Cutting off the end and putting the head back leaves a log that was good once. No key helps against that: only a
//!   hash that was noted elsewhere tells ([`super::Mark`]).
//! * Whoever has the server key as well, or makes the service itself write, can add entries that hold. Nothing here helps
//!   then.

use std::fmt::Write;

use ring::hmac;
use sha2::{Digest, Sha256};

use super::{Entry, Said};
use crate::secret::Secret;

/// What is hashed begins with this, so that the hash of an entry is never the hash of anything else.
const DOMAIN: &str = "oauthprovider audit entry 1\n";

/// The key that entries are sealed with.
pub struct AuditKey(hmac::Key);

impl AuditKey {
    /// The key as it stands in the database once it is opened.
    pub(super) fn new(secret: &Secret) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes()))
    }

    /// Hangs an entry on the one whose hash is `previous`.
    pub(super) fn link(&self, number: i64, previous: String, said: Said) -> Entry {
        let hash = hash(number, &previous, &said);
        let seal = self.seal(&hash);
        Entry { number, said, previous, hash, seal }
    }

    /// Whether an entry's seal was made with this key. Nobody can try seals here, so nothing is told by how long it takes.
    pub fn vouches_for(&self, entry: &Entry) -> bool {
        self.seal(&entry.hash) == entry.seal
    }

    fn seal(&self, hash: &str) -> String {
        hex(hmac::sign(&self.0, hash.as_bytes()))
    }
}

impl Entry {
    /// Whether the hash is that of what the entry says and of the hash that it hangs on.
    pub fn is_whole(&self) -> bool {
        self.hash == hash(self.number, &self.previous, &self.said)
    }
}

/// Every field in one order, each as a netstring (`5:alice,`), and `-` for one that is not there. No two different entries
/// are written alike, since each field says how long it is.
fn hash(number: i64, previous: &str, said: &Said) -> String {
    let integer = |value: Option<i64>| value.map(|value| value.to_string());
    let mut written = DOMAIN.to_owned();
    let mut write = |field: Option<&str>| match field {
        Some(text) => _ = write!(written, "{}:{text},", text.len()),
        None => written.push('-'),
    };
    write(Some(previous));
    write(Some(&number.to_string()));
    write(Some(&said.at.to_string()));
    write(Some(&said.actor));
    write(integer(said.actor_id).as_deref());
    write(said.actor_name.as_deref());
    write(said.address.as_deref());
    write(Some(&said.action));
    write(Some(&said.object));
    write(integer(said.object_id).as_deref());
    write(said.object_name.as_deref());
    write(integer(said.user_id.map(|id| id.0)).as_deref());
    write(said.user_name.as_deref());
    write(integer(said.consumer_id.map(|id| id.0)).as_deref());
    write(said.consumer_name.as_deref());
    write(Some(&said.details));
    write(said.reason.as_deref());
    hex(Sha256::digest(written))
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{
        ids::{ConsumerId, UserId},
        store::audit::NOTHING,
    };

    fn said() -> Said {
        Said {
            at: 1,
            actor: "user".to_owned(),
            actor_id: Some(2),
            actor_name: Some("alice".to_owned()),
            address: Some("192.0.2.1".to_owned()),
            action: "token.issued".to_owned(),
            object: "access_token".to_owned(),
            object_id: Some(3),
            object_name: Some("x".to_owned()),
            user_id: Some(UserId(4)),
            user_name: Some("bob".to_owned()),
            consumer_id: Some(ConsumerId(5)),
            consumer_name: Some("jenkins".to_owned()),
            details: "{}".to_owned(),
            reason: Some("because".to_owned()),
        }
    }

    /// Every way to change one field, or to move a text from one field to its neighbour.
    const CHANGES: [fn(&mut Said); 22] = [
        |said| said.at = 2,
        |said| said.actor.push('s'),
        |said| said.actor_id = Some(4),
        |said| said.actor_id = None,
        |said| said.actor_name = None,
        |said| said.actor_name = Some(String::new()),
        |said| said.address = None,
        |said| said.action.push('s'),
        |said| said.object.push('s'),
        |said| said.object_id = None,
        |said| said.object_name = None,
        |said| said.user_id = Some(UserId(5)),
        |said| said.user_id = None,
        |said| said.user_name = None,
        |said| said.consumer_id = None,
        |said| said.consumer_name = None,
        |said| said.consumer_name = Some("jenkins,".to_owned()),
        |said| said.details.push(' '),
        |said| said.reason = None,
        |said| (said.user_name, said.consumer_name) = (said.consumer_name.take(), said.user_name.take()),
        |said| (said.action, said.object) = ("token.issued12:access_token".to_owned(), String::new()),
        |said| (said.object_name, said.user_id) = (None, Some(UserId(3))),
    ];

    #[test]
    fn no_two_entries_have_one_hash() {
        let mut hashes = HashSet::from([hash(1, NOTHING, &said()), hash(2, NOTHING, &said()), hash(1, "", &said())]);
        for change in CHANGES {
            let mut changed = said();
            change(&mut changed);
            hashes.insert(hash(1, NOTHING, &changed));
        }
        assert_eq!(hashes.len(), 3 + CHANGES.len());
    }

    /// Computed with `sha256sum` and `openssl`: what auditors compute by themselves does not change unseen.
    #[test]
    fn hash_and_seal_are_those_that_the_documents_describe() {
        let key = AuditKey::new(&Secret::new("a key"));
        let entry = key.link(1, NOTHING.to_owned(), Said { reason: None, ..said() });
        assert_eq!(entry.hash, "1a3c0ed3c72df5ca237f17997385aba24f8235ae71f990b928bd49bb0e0802b5");
        assert_eq!(entry.seal, "a4f4f23d43c421d746c2e43797a75288c821b8e09f1e430fcc17484e620f640b");
        assert!(entry.is_whole());
    }

    #[test]
    fn a_key_vouches_for_what_it_sealed_and_nothing_else() {
        let [ours, theirs] = ["ours", "theirs"].map(|text| AuditKey::new(&Secret::new(text)));
        let entry = ours.link(1, NOTHING.to_owned(), said());
        assert!(ours.vouches_for(&entry) && !theirs.vouches_for(&entry));
        let rewritten = Entry { hash: hash(1, NOTHING, &Said { at: 9, ..said() }), ..entry };
        assert!(!ours.vouches_for(&rewritten));
    }
}
