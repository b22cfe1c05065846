//! Last uses: noted now, written down later, each thing's at most once a minute.
//!
//! A request only looks at a number that is remembered beside what it is judged by. Once a minute for each thing, the one
//! that finds it old leaves a note; what waits is written in batches. A use that is lost because the process ended, or
//! because too many wait, is a use that was not noted: nobody is judged by it.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use parking_lot::Mutex;

use super::policy::{MOST_WAITING_USES, USE_APART_SECONDS, USES_BATCH};
use crate::{address::Arrival, clock::UnixSeconds, store::uses::Use};

/// When something was last noted to be used.
pub(super) struct LastNoted(AtomicI64);

impl LastNoted {
    /// As it is written down.
    pub(super) fn new(written: Option<UnixSeconds>) -> Self {
        Self(AtomicI64::new(written.unwrap_or(UnixSeconds::MIN)))
    }

    /// Is it time for another note? Of those who ask at once one is told so.
    fn is_due(&self, now: UnixSeconds) -> bool {
        let last = self.0.load(Ordering::Relaxed);
        now.saturating_sub(last) >= USE_APART_SECONDS
            && self.0.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// The uses that wait to be written down. Cheap to clone; clones share what waits.
pub(super) struct Uses<Of>(Arc<State<Of>>);

struct State<Of> {
    waiting: Mutex<HashMap<Of, Arrival>>,
    promised: AtomicBool,
}

/// Somebody will write down what waits; while this is there nobody else needs to.
pub(super) struct Promise<Of>(Uses<Of>);

impl<Of> Drop for Promise<Of> {
    fn drop(&mut self) {
        self.0.0.promised.store(false, Ordering::SeqCst);
    }
}

impl<Of> Clone for Uses<Of> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<Of: Copy + Eq + Hash> Uses<Of> {
    /// Nothing waits yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(State { waiting: Mutex::new(HashMap::new()), promised: AtomicBool::new(false) }))
    }

    /// Notes a use, if the last one that was noted is old enough. True: something waits now that did not before.
    pub(super) fn note(&self, of: Of, last: &LastNoted, arrival: Arrival) -> bool {
        if !last.is_due(arrival.at) {
            return false;
        }
        let mut waiting = self.0.waiting.lock();
        let is_full = waiting.len() >= MOST_WAITING_USES;
        match waiting.entry(of) {
            Entry::Occupied(mut known) => {
                known.insert(arrival);
                false
            }
            Entry::Vacant(_) if is_full => false,
            Entry::Vacant(free) => {
                free.insert(arrival);
                true
            }
        }
    }

    /// Gives the promise to write, unless somebody has given it.
    pub(super) fn promise(&self) -> Option<Promise<Of>> {
        (!self.0.promised.swap(true, Ordering::SeqCst)).then(|| Promise(self.clone()))
    }

    /// How many batches wait.
    pub(super) fn batches(&self) -> usize {
        self.0.waiting.lock().len().div_ceil(USES_BATCH)
    }

    /// Some of what waits. It goes on waiting until it is said to be [`written`](Self::written).
    pub(super) fn batch(&self) -> Vec<Use<Of>> {
        let waiting = self.0.waiting.lock();
        let some = waiting.iter().take(USES_BATCH);
        some.map(|(of, arrival)| Use { of: *of, at: arrival.at, from: arrival.from.map(canonical) }).collect()
    }

    /// These are written down, and wait no more, but for those that were used again meanwhile.
    pub(super) fn written(&self, batch: &[Use<Of>]) {
        let mut waiting = self.0.waiting.lock();
        for one in batch {
            if waiting.get(&one.of).is_some_and(|arrival| arrival.at == one.at) {
                waiting.remove(&one.of);
            }
        }
    }
}

fn canonical(address: std::net::IpAddr) -> String {
    address.to_canonical().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: UnixSeconds) -> Arrival {
        Arrival { at: second, from: Some("::ffff:192.0.2.1".parse().unwrap()) }
    }

    #[test]
    fn a_use_is_noted_once_a_minute() {
        let (uses, last) = (Uses::new(), LastNoted::new(Some(1_000)));
        let noted: Vec<_> = (1_000..1_200).filter(|second| uses.note(*second, &last, at(*second))).collect();
        assert_eq!(noted, [1_060, 1_120, 1_180]);
        assert!(LastNoted::new(None).is_due(0), "and at the first time");
    }

    #[test]
    fn of_those_who_come_at_once_one_leaves_a_note() {
        let last = LastNoted::new(None);
        let due = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..8).map(|_| scope.spawn(|| last.is_due(1_000))).collect();
            asking.into_iter().map(|one| one.join().unwrap()).filter(|due| *due).count()
        });
        assert_eq!(due, 1);
    }

    #[test]
    fn what_waits_goes_on_waiting_until_it_is_written() {
        let uses = Uses::new();
        assert!(uses.note(7, &LastNoted::new(None), at(1_000)));
        let batch = uses.batch();
        assert_eq!(batch, [Use { of: 7, at: 1_000, from: Some("192.0.2.1".to_owned()) }]);
        // Noted again by who remembers other facts, while the first note is being written.
        assert!(!uses.note(7, &LastNoted::new(None), at(1_001)));
        uses.written(&batch);
        assert_eq!(uses.batch().first().map(|one| one.at), Some(1_001));
        uses.written(&uses.batch());
        assert_eq!(uses.batches(), 0);
    }

    #[test]
    fn there_is_an_end_to_what_waits_and_to_a_batch() {
        let uses = Uses::new();
        let noted = (0..=MOST_WAITING_USES).filter(|one| uses.note(*one, &LastNoted::new(None), at(1_000))).count();
        assert_eq!((noted, uses.batch().len()), (MOST_WAITING_USES, USES_BATCH));
    }

    #[test]
    fn one_promise_is_given_at_a_time() {
        let uses = Uses::<i64>::new();
        let promise = uses.promise();
        assert!(promise.is_some() && uses.promise().is_none());
        drop(promise);
        assert!(uses.promise().is_some());
    }
}
