//! What this process knows of the log: an index in memory, complete for the seconds that it holds.
//!
//! Nothing is decided by it that the log does not say. A second is read from the log when a request first names it; what
//! other processes wrote since is read when the number of a line shows that somebody else wrote; and after a failure all
//! of it is forgotten.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use foldhash::fast::RandomState;

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
    seconds: HashMap<UnixSeconds, Second, RandomState>,
    /// The newest line that this process wrote; 0: none since it began, or since it forgot.
    newest: i64,
    /// All lines from this one to the newest were written here.
    alone_since: i64,
}

/// The nonces of one second.
struct Second {
    keys: HashSet<Key, RandomState>,
    /// Lines of other processes up to this one are in the keys; those written here are all in them.
    complete_to: i64,
    named: Instant,
}

impl Known {
    /// Whether the log is known to hold this nonce.
    pub(super) fn holds(&self, nonce: Nonce) -> bool {
        self.seconds.get(&nonce.second).is_some_and(|second| second.keys.contains(&nonce.key))
    }

    /// Whether it need not read this second from its beginning.
    pub(super) fn has(&self, second: UnixSeconds) -> bool {
        self.seconds.contains_key(&second)
    }

    /// Whether the second takes no more.
    pub(super) fn is_full(&self, second: UnixSeconds) -> bool {
        self.seconds.get(&second).is_some_and(|second| second.keys.len() >= MOST_KEYS_OF_A_SECOND)
    }

    /// Takes note that this process wrote these lines.
    pub(super) fn wrote(&mut self, first: i64, last: i64) {
        if first <= self.newest {
            // Numbers are given out again: another log was put in this one's place.
            self.forget();
        }
        if self.newest == 0 || first != self.newest + 1 {
            self.alone_since = first;
        }
        self.newest = last;
    }

    /// Makes a second complete up to the line `before`, the first of the newest batch. Gives the horizon of the moment at
    /// which it was read, if it was: if the second is behind that, what was swept of it is missing.
    pub(super) fn complete(
        &mut self,
        conn: &mut Connection,
        second: UnixSeconds,
        before: i64,
        now: Instant,
    ) -> Result<Option<UnixSeconds>, Error> {
        let unread = || Second { keys: HashSet::default(), complete_to: 0, named: now };
        let entry = self.seconds.entry(second).or_insert_with(unread);
        entry.named = now;
        let is_unread = entry.complete_to == 0;
        let mut read_at = None;
        if is_unread || entry.complete_to + 1 < self.alone_since {
            let (horizon, lines) = nonces::between(conn, second, entry.complete_to, before)?;
            entry.keys.extend(lines.iter().flat_map(|line| line.as_chunks::<KEY_BYTES>().0));
            read_at = Some(horizon);
        }
        entry.complete_to = self.newest;
        Ok(read_at)
    }

    /// Adds a nonce of the newest batch; false: it was there before.
    pub(super) fn add(&mut self, nonce: Nonce) -> bool {
        self.seconds.get_mut(&nonce.second).is_some_and(|second| second.keys.insert(nonce.key))
    }

    /// Forgets everything: what the log holds is not known any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// How many nonces it holds.
    fn held(&self) -> usize {
        self.seconds.values().map(|second| second.keys.len()).sum()
    }

    /// Whether it holds more than it may.
    pub(super) fn is_too_much(&self) -> bool {
        self.held() > MOST_KEYS
    }

    /// Forgets what nobody names any more, and what is too much.
    pub(super) fn tidy(&mut self, now: Instant) {
        self.seconds.retain(|_, second| now.duration_since(second.named) < IDLE);
        let mut held = self.held();
        while held > MOST_KEYS && self.seconds.len() > 1 {
            let oldest = self.seconds.iter().min_by_key(|(_, second)| second.named).map(|(second, _)| *second);
            let Some(forgotten) = oldest.and_then(|second| self.seconds.remove(&second)) else { break };
            held -= forgotten.keys.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::{
        sealing::{Keys, Source},
        store::{
            Store,
            nonces::{Appended, Batch},
        },
    };

    /// A ledger on the disk.
    struct Log {
        store: Store,
        _folder: TempDir,
    }

    fn log() -> Log {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("log.db").display());
        let store = Store::open(url.parse().unwrap(), Keys::of(Source::Nowhere), 1, Duration::from_secs(5)).unwrap();
        store.migrate().unwrap();
        Log { store, _folder: folder }
    }

    fn nonce(second: UnixSeconds, text: &str) -> Nonce {
        Nonce::new("consumer", "token", second, text)
    }

    fn batch(nonce: Nonce) -> Batch {
        Batch::from([(nonce.second, nonce.key.to_vec())])
    }

    /// Writes one nonce as a batch, and says whether the process that knows so much then takes it for fresh.
    fn write(log: &Log, known: &mut Known, nonce: Nonce, now: Instant) -> bool {
        let written = log.store.blocking(|conn| {
            let Appended { first, head } = nonces::append(conn, &batch(nonce))?;
            known.wrote(first, head.line);
            known.complete(conn, nonce.second, first, now)?;
            Ok::<_, Error>(known.add(nonce))
        });
        written.unwrap()
    }

    #[test]
    fn a_second_that_is_named_for_the_first_time_is_read_from_the_log() {
        let (log, now, mut here) = (log(), Instant::now(), Known::default());
        assert!(write(&log, &mut here, nonce(7, "a"), now));
        let mut restarted = Known::default();
        assert!(!restarted.holds(nonce(7, "a")));
        assert!(write(&log, &mut restarted, nonce(8, "b"), now));
        assert!(!write(&log, &mut restarted, nonce(7, "a"), now));
        assert!(restarted.holds(nonce(7, "a")) && restarted.holds(nonce(8, "b")));
    }

    #[test]
    fn what_another_process_writes_in_a_second_that_is_known_is_seen() {
        let (log, now) = (log(), Instant::now());
        let (mut here, mut there) = (Known::default(), Known::default());
        assert!(write(&log, &mut here, nonce(7, "a"), now));
        assert!(write(&log, &mut there, nonce(7, "b"), now));
        // Seen only when it is looked for: after batches of this process that name other seconds, alone at the end.
        for text in ["c", "d", "e"] {
            assert!(write(&log, &mut here, nonce(8, text), now));
        }
        assert!(!write(&log, &mut here, nonce(7, "b"), now));
        assert!(!write(&log, &mut there, nonce(7, "a"), now));
        assert!(!write(&log, &mut there, nonce(8, "d"), now));
    }

    #[test]
    fn a_second_that_nobody_names_is_forgotten_and_read_again() {
        let (log, now, mut here) = (log(), Instant::now(), Known::default());
        assert!(write(&log, &mut here, nonce(7, "a"), now));
        assert!(write(&log, &mut here, nonce(8, "b"), now + IDLE / 2));
        here.tidy(now + IDLE);
        assert!(!here.holds(nonce(7, "a")) && here.holds(nonce(8, "b")));
        assert!(!write(&log, &mut here, nonce(7, "a"), now + IDLE));
    }

    #[test]
    fn a_second_takes_no_more_than_the_memory_bears_and_too_many_seconds_are_not_held() {
        let (now, mut known) = (Instant::now(), Known::default());
        let mut fill = |second: UnixSeconds, named: Instant| {
            let keys = (0..MOST_KEYS_OF_A_SECOND as u128).map(u128::to_le_bytes).collect();
            known.seconds.insert(second, Second { keys, complete_to: 1, named });
        };
        fill(7, now);
        fill(8, now + Duration::from_secs(1));
        assert!(known.is_full(7) && known.is_full(8) && !known.is_full(9));
        known.tidy(now + Duration::from_secs(1));
        assert!(!known.is_full(7) && known.is_full(8), "the one that was named least recently is forgotten");
    }

    #[test]
    fn what_is_forgotten_after_a_failure_is_read_again() {
        let (log, now, mut here) = (log(), Instant::now(), Known::default());
        assert!(write(&log, &mut here, nonce(7, "a"), now));
        here.forget();
        assert!(!here.holds(nonce(7, "a")));
        assert!(!write(&log, &mut here, nonce(7, "a"), now));
    }

    #[test]
    fn a_second_that_is_swept_before_it_is_read_is_known_to_be_behind_the_horizon() {
        let (log, now) = (log(), Instant::now());
        let (mut here, mut there) = (Known::default(), Known::default());
        assert!(write(&log, &mut here, nonce(7, "a"), now));
        // The other process commits the same one, and before it reads what was there, a sweep removes it.
        let behind = log.store.blocking(|conn| {
            let Appended { first, head } = nonces::append(conn, &batch(nonce(7, "a")))?;
            there.wrote(first, head.line);
            assert!(head.horizon < 7);
            let swept = conn.write(|tx| nonces::raise_horizon(tx, 7, 100))?.unwrap();
            conn.write(|tx| nonces::remove_until(tx, swept))?;
            there.complete(conn, 7, first, now)
        });
        assert_eq!(behind.unwrap(), Some(7));
    }
}
