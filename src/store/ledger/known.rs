//! What this process knows of the log: an index in memory, complete for the seconds that it holds.
//!
//! Nothing is decided by it that the log does not say. A second is read from the log when a request first names it; what
//! other processes wrote since is read when the number of a line shows that somebody else wrote; and after a failure all
//! of it is forgotten.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use super::super::{
    Connection, Error,
    nonces::{self, KEY_BYTES, Key, Nonce},
};
use crate::clock::UnixSeconds;

/// A second that nobody named for so long is forgotten; it can be read again.
const IDLE: Duration = Duration::from_secs(15);

/// So many nonces are held at most: some 50 MB. Beyond it the seconds that were named least recently are forgotten.
const MOST_KEYS: usize = 1_500_000;

/// So many nonces one second takes at most: what fits a table of 2^20 places. Nobody needs more of them who looks at a
/// clock, and whoever does not must not fill the memory.
const MOST_KEYS_OF_A_SECOND: usize = 900_000;

/// An index over the log.
#[derive(Default)]
pub(super) struct Known {
    seconds: HashMap<UnixSeconds, Second>,
    /// The newest line that this process wrote; 0: none since it began, or since it forgot.
    newest: i64,
    /// All lines from this one to the newest were written here.
    alone_since: i64,
}

/// The nonces of one second.
struct Second {
    keys: HashSet<Key>,
    /// Lines of other processes up to this one are in the keys; those written here are all in them.
    complete_to: i64,
    named: Instant,
}

impl Known {
    /// Whether the log is known to hold this nonce.
    pub(super) fn holds(&self, nonce: Nonce) -> bool {
        self.seconds.get(&nonce.second).is_some_and(|second| second.keys.contains(&nonce.key))
    }

    /// Whether the second takes no more.
    pub(super) fn is_full(&self, second: UnixSeconds) -> bool {
        self.seconds.get(&second).is_some_and(|second| second.keys.len() >= MOST_KEYS_OF_A_SECOND)
    }

    /// Takes note that this process wrote these lines.
    pub(super) fn wrote(&mut self, first: i64, last: i64) {
        if self.newest == 0 || first != self.newest + 1 {
            self.alone_since = first;
        }
        self.newest = last;
    }

    /// Makes a second complete up to the line `before`, the first of the newest batch.
    pub(super) fn complete(
        &mut self,
        conn: &mut Connection,
        second: UnixSeconds,
        before: i64,
        now: Instant,
    ) -> Result<(), Error> {
        let unread = || Second { keys: HashSet::default(), complete_to: 0, named: now };
        let entry = self.seconds.entry(second).or_insert_with(unread);
        entry.named = now;
        let is_unread = entry.complete_to == 0;
        if is_unread || entry.complete_to + 1 < self.alone_since {
            for line in nonces::between(conn, second, entry.complete_to, before)? {
                entry.keys.extend(line.as_chunks::<KEY_BYTES>().0);
            }
        }
        entry.complete_to = self.newest;
        Ok(())
    }

    /// Adds a nonce of the newest batch; false: it was there before.
    pub(super) fn add(&mut self, nonce: Nonce) -> bool {
        self.seconds.get_mut(&nonce.second).is_some_and(|second| second.keys.insert(nonce.key))
    }

    /// Forgets everything: what the log holds is not known any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Forgets what nobody names any more, and what is too much.
    pub(super) fn tidy(&mut self, now: Instant) {
        self.seconds.retain(|_, second| now.duration_since(second.named) < IDLE);
        let mut held: usize = self.seconds.values().map(|second| second.keys.len()).sum();
        while held > MOST_KEYS && self.seconds.len() > 1 {
            let oldest = self.seconds.iter().min_by_key(|(_, second)| second.named).map(|(second, _)| *second);
            let Some(forgotten) = oldest.and_then(|second| self.seconds.remove(&second)) else { break };
            held -= forgotten.keys.len();
        }
    }
}
