//! How much is asked: counted in memory, and added to what is written down a few seconds later.
//!
//! A call with a token is counted for the token where its use is noted. What came of a call is counted where it is answered,
//! for the consumer and for the whole forge. What waits has an end: tokens and consumers that are known are no more than
//! there are, and of keys that nobody looked up, which anybody can make up, only so many are told apart. All others are
//! counted for the forge alone.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use parking_lot::Mutex;

use super::policy::{MOST_CLAIMED_KEYS, MOST_WAITING_USES, USES_BATCH, USES_WAIT};
use crate::{
    clock::UnixSeconds,
    ids::AccessTokenId,
    store::{
        self, Store,
        calls::{Counts, OfConsumer, OfHour, OfToken, day_of, hour_of},
    },
};

/// Whose call it was, as far as that is known when it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker<'a> {
    /// The consumer of this key, which was found.
    Known(&'a str),
    /// Somebody who names this key, which was not looked up.
    Claimed(&'a str),
    /// There is no such consumer, or none was named.
    Nobody,
}

/// Counts calls, and sees to it that they are written. Cheap to clone; clones count together.
#[derive(Clone)]
pub(super) struct Calls {
    store: Store,
    waiting: Arc<Mutex<Waiting>>,
    /// Whether somebody will write what waits.
    promised: Arc<AtomicBool>,
}

#[derive(Default)]
struct Waiting {
    tokens: HashMap<(AccessTokenId, i64), i64>,
    consumers: HashMap<String, Named>,
    /// How many of them were not looked up.
    claimed: usize,
    hours: HashMap<(i64, &'static str), i64>,
}

/// What was asked under one key.
struct Named {
    is_claimed: bool,
    /// By day and outcome: a few, so they are looked through.
    calls: Vec<(i64, &'static str, i64)>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.consumers.is_empty() && self.hours.is_empty()
    }

    fn count_token(&mut self, token: AccessTokenId, day: i64, calls: i64) {
        if let Some(counted) = self.tokens.get_mut(&(token, day)) {
            *counted += calls;
        } else if self.tokens.len() < MOST_WAITING_USES {
            self.tokens.insert((token, day), calls);
        }
    }

    fn count_consumer(&mut self, key: &str, is_claimed: bool, (day, code, calls): (i64, &'static str, i64)) {
        if let Some(named) = self.consumers.get_mut(key) {
            named.count(day, code, calls);
            return;
        }
        let has_room = !is_claimed || self.claimed < MOST_CLAIMED_KEYS;
        if has_room && self.consumers.len() < MOST_WAITING_USES {
            self.claimed += usize::from(is_claimed);
            self.consumers.insert(key.to_owned(), Named { is_claimed, calls: vec![(day, code, calls)] });
        }
    }

    fn count_hour(&mut self, hour: i64, code: &'static str, calls: i64) {
        *self.hours.entry((hour, code)).or_default() += calls;
    }

    /// Takes some of what waits out.
    fn take(&mut self) -> Batch {
        let consumers = some_of(&mut self.consumers);
        self.claimed -= consumers.iter().filter(|(_, named)| named.is_claimed).count();
        Batch { tokens: some_of(&mut self.tokens), consumers, hours: self.hours.drain().collect() }
    }

    /// Puts back what could not be written. What is full meanwhile has no room for it.
    fn put_back(&mut self, batch: Batch) {
        for ((token, day), calls) in batch.tokens {
            self.count_token(token, day, calls);
        }
        for (key, Named { is_claimed, calls }) in batch.consumers {
            calls.into_iter().for_each(|calls| self.count_consumer(&key, is_claimed, calls));
        }
        for ((hour, code), calls) in batch.hours {
            self.count_hour(hour, code, calls);
        }
    }
}

/// What is being written.
struct Batch {
    tokens: Vec<((AccessTokenId, i64), i64)>,
    consumers: Vec<(String, Named)>,
    hours: Vec<((i64, &'static str), i64)>,
}

impl Batch {
    fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.consumers.is_empty() && self.hours.is_empty()
    }

    fn counts(&self) -> Counts {
        let of_consumer = |(key, named): &(String, Named)| {
            let row = |(day, code, calls): &(i64, &'static str, i64)| OfConsumer {
                key: key.clone(),
                day: *day,
                code,
                calls: *calls,
            };
            named.calls.iter().map(row).collect::<Vec<_>>()
        };
        Counts {
            tokens: self
                .tokens
                .iter()
                .map(|((token, day), calls)| OfToken { token: *token, day: *day, calls: *calls })
                .collect(),
            consumers: self.consumers.iter().flat_map(of_consumer).collect(),
            hours: self.hours.iter().map(|((hour, code), calls)| OfHour { hour: *hour, code, calls: *calls }).collect(),
        }
    }
}

impl Named {
    fn count(&mut self, day: i64, code: &'static str, calls: i64) {
        match self.calls.iter_mut().find(|(of_day, of_code, _)| *of_day == day && *of_code == code) {
            Some((_, _, counted)) => *counted += calls,
            None => self.calls.push((day, code, calls)),
        }
    }
}

/// As much as one transaction writes.
fn some_of<K: Clone + Eq + std::hash::Hash, V>(waiting: &mut HashMap<K, V>) -> Vec<(K, V)> {
    if waiting.len() <= USES_BATCH {
        return waiting.drain().collect();
    }
    let keys: Vec<K> = waiting.keys().take(USES_BATCH).cloned().collect();
    keys.into_iter().filter_map(|key| waiting.remove_entry(&key)).collect()
}

impl Calls {
    /// Nothing is counted yet.
    pub(super) fn new(store: Store) -> Self {
        Self { store, waiting: Arc::default(), promised: Arc::default() }
    }

    /// Counts a call that was signed with a token.
    pub(super) fn count_token(&self, token: AccessTokenId, at: UnixSeconds) {
        self.waiting.lock().count_token(token, day_of(at), 1);
        self.write_later();
    }

    /// Counts what came of a call.
    pub(super) fn count(&self, asker: Asker<'_>, code: &'static str, at: UnixSeconds) {
        let mut waiting = self.waiting.lock();
        waiting.count_hour(hour_of(at), code, 1);
        match asker {
            Asker::Known(key) => waiting.count_consumer(key, false, (day_of(at), code, 1)),
            Asker::Claimed(key) if could_be_a_key(key) => waiting.count_consumer(key, true, (day_of(at), code, 1)),
            Asker::Claimed(_) | Asker::Nobody => {}
        }
        drop(waiting);
        self.write_later();
    }

    /// Writes down what waits.
    ///
    /// # Errors
    /// Those of the store; what is not written goes on waiting.
    pub(super) async fn write(&self) -> Result<(), store::Error> {
        loop {
            let batch = self.waiting.lock().take();
            if batch.is_empty() {
                return Ok(());
            }
            let counts = batch.counts();
            let added = self.store.run(move |conn| conn.write(|tx| store::calls::add(tx, counts))).await;
            if let Err(error) = added {
                self.waiting.lock().put_back(batch);
                return Err(error);
            }
        }
    }

    fn write_later(&self) {
        if self.promised.load(Ordering::Relaxed) || self.promised.swap(true, Ordering::SeqCst) {
            return;
        }
        let promise = Promise(Arc::clone(&self.promised));
        let this = self.clone();
        self.store.later(USES_WAIT, async move {
            if let Err(error) = this.write().await {
                tracing::warn!(error = %error, "calls are not written; they wait");
            }
            drop(promise);
            // What could not be written, or was counted since.
            if !this.waiting.lock().is_empty() {
                this.write_later();
            }
        });
    }
}

/// Somebody will write what waits, until this is dropped: also where the runtime ends before they did.
struct Promise(Arc<AtomicBool>);

impl Drop for Promise {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

/// What no consumer can be registered under, and a database would not even look up, need not wait.
fn could_be_a_key(text: &str) -> bool {
    (1..=LONGEST_KEY).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// In bytes; a longer key is counted for the forge alone.
const LONGEST_KEY: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::calls::ACCEPTED;

    fn count(waiting: &mut Waiting, key: &str, is_claimed: bool) {
        waiting.count_consumer(key, is_claimed, (1, ACCEPTED, 1));
    }

    #[test]
    fn keys_that_somebody_makes_up_take_no_more_than_their_room() {
        let mut waiting = Waiting::default();
        (0..10_000).for_each(|number| count(&mut waiting, &format!("made up {number}"), true));
        assert_eq!(waiting.consumers.len(), MOST_CLAIMED_KEYS);
        count(&mut waiting, "known", false);
        assert!(waiting.consumers.contains_key("known"), "who is known has room beside them");
        let batch = waiting.take();
        waiting.put_back(batch);
        count(&mut waiting, "one more", true);
        assert!(!waiting.consumers.contains_key("one more"), "also when they were put back");
        while !waiting.consumers.is_empty() {
            waiting.take();
        }
        assert_eq!(waiting.claimed, 0);
    }

    #[test]
    fn there_is_an_end_to_what_waits_and_to_a_batch() {
        let mut waiting = Waiting::default();
        (0..=MOST_WAITING_USES as i64).for_each(|number| waiting.count_token(AccessTokenId(number), 1, 1));
        assert_eq!((waiting.tokens.len(), waiting.take().tokens.len()), (MOST_WAITING_USES, USES_BATCH));
    }

    #[test]
    fn what_could_not_be_written_is_added_to_what_was_counted_since() {
        let mut waiting = Waiting::default();
        let calls = |waiting: &mut Waiting| {
            waiting.count_token(AccessTokenId(7), 1, 1);
            count(waiting, "jenkins", false);
            waiting.count_hour(9, "nonce_used", 1);
        };
        calls(&mut waiting);
        calls(&mut waiting);
        let batch = waiting.take();
        assert!(waiting.is_empty() && !batch.is_empty());
        calls(&mut waiting);
        waiting.put_back(batch);
        let counts = waiting.take().counts();
        assert_eq!(counts.tokens, [OfToken { token: AccessTokenId(7), day: 1, calls: 3 }]);
        assert_eq!(counts.consumers, [OfConsumer { key: "jenkins".to_owned(), day: 1, code: ACCEPTED, calls: 3 }]);
        assert_eq!(counts.hours, [OfHour { hour: 9, code: "nonce_used", calls: 3 }]);
    }

    #[test]
    fn what_can_be_no_key_waits_nowhere() {
        for text in ["", "a\0b", "a\nb", &"x".repeat(257)] {
            assert!(!could_be_a_key(text), "{text:?}");
        }
        assert!(could_be_a_key("key of jenkins_a ✓"));
    }
}
