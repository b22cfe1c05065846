//! Refusals on their way to the store. A request puts its own here and goes; somebody else writes them, many at once.
//!
//! It is bounded, in number and in bytes, and full when it is full: what does not fit is counted and not explained. Who is
//! known and who is not wait in lanes of their own, and of one consumer there are only so many, so that a flood keeps out
//! its own kind first.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use super::{Evidence, KEPT_SECONDS};
use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    provider::{Error, policy},
    secret::Secret,
    store::{self, Connection, refusals::Most},
};

/// How many refusals are written in one transaction.
const BATCH: usize = 64;
/// How many wait in each lane, and how many bytes.
const LANE: usize = 192;
const LANE_BYTES: usize = 1024 * 1024;
/// How many of one consumer wait.
const SHARE: usize = 32;
/// How many are kept in the store.
const MOST: Most = Most { of_one: 256, of_all: 4_096 };
/// How much of method and path a list shows, in characters.
const LONGEST_REQUEST: usize = 200;

/// A refusal that is to be written down.
pub struct Refusal {
    /// Under which it is looked up.
    pub id: String,
    /// The consumer's key that the request names, proved or not.
    pub consumer_key: Option<String>,
    /// Whether the refusal itself says that there is such a consumer.
    pub is_known: bool,
    /// How many there were before it.
    pub number: u64,
    /// When it was.
    pub at: UnixSeconds,
    /// Why it was.
    pub code: String,
    /// Method and path, as they may be shown.
    pub request: String,
    /// What was seen, as it is written down.
    pub evidence: Secret,
}

/// The queue.
#[derive(Default)]
pub struct Waiting {
    /// Of those who are known, and of all others.
    lanes: [Mutex<Lane>; 2],
    count: AtomicU64,
    dropped: AtomicU64,
}

#[derive(Default)]
struct Lane {
    waiting: VecDeque<Arc<Refusal>>,
    bytes: usize,
}

impl Lane {
    fn has_room(&self) -> bool {
        self.waiting.len() < LANE && self.bytes < LANE_BYTES
    }

    fn has_room_for(&self, consumer_key: Option<&str>) -> bool {
        let of_one = self.waiting.iter().filter(|waiting| waiting.consumer_key.as_deref() == consumer_key).count();
        self.has_room() && of_one < SHARE
    }
}

impl Waiting {
    fn lane(&self, is_known: bool) -> &Mutex<Lane> {
        let [known, others] = &self.lanes;
        if is_known { known } else { others }
    }

    /// Whether anybody's refusal has a place; if not, it is counted as dropped.
    pub fn has_room(&self, is_known: bool) -> bool {
        let has_room = self.lane(is_known).lock().has_room();
        self.dropped.fetch_add(u64::from(!has_room), Relaxed);
        has_room
    }

    /// Puts a refusal into the queue, made only if there is room; waits for nobody.
    pub fn put(&self, consumer_key: Option<String>, is_known: bool, id: &str, seen: impl FnOnce() -> Evidence) {
        let lane = self.lane(is_known);
        if !lane.lock().has_room_for(consumer_key.as_deref()) {
            self.dropped.fetch_add(1, Relaxed);
            return;
        }
        let evidence = seen();
        // What cannot be written as text could not be read either.
        let Ok(text) = evidence.write() else { return };
        let request = format!("{} {}", evidence.seen.method, evidence.seen.path());
        let refusal = Refusal {
            id: id.to_owned(),
            consumer_key,
            is_known,
            number: self.count.fetch_add(1, Relaxed),
            at: evidence.answered.at,
            code: evidence.answered.code,
            request: request.chars().take(LONGEST_REQUEST).collect(),
            evidence: text,
        };
        let mut lane = lane.lock();
        lane.bytes += refusal.evidence.expose().len();
        lane.waiting.push_back(Arc::new(refusal));
    }

    /// How many refusals cannot be explained, because there was no room, or because they could not be written.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Relaxed)
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.lanes.iter().all(|lane| lane.lock().waiting.is_empty())
    }

    /// The next ones to be written, from both lanes alike, in the order in which they came. They stay in the queue until [`Waiting::is_written`] says so.
    pub fn next(&self) -> Vec<Arc<Refusal>> {
        let heads =
            self.lanes.each_ref().map(|lane| lane.lock().waiting.iter().take(BATCH).cloned().collect::<Vec<_>>());
        let [known, others] = heads.map(Vec::into_iter);
        let (mut known, mut others) = (known.fuse(), others.fuse());
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let two = [known.next(), others.next()];
            if two.iter().all(Option::is_none) {
                break;
            }
            batch.extend(two.into_iter().flatten());
        }
        batch.sort_by_key(|refusal| refusal.number);
        batch
    }

    /// Takes a batch of [`Waiting::next`] out of the queue.
    pub fn is_written(&self, batch: &[Arc<Refusal>]) {
        for refusal in batch {
            let mut lane = self.lane(refusal.is_known).lock();
            if let Some(at) = lane.waiting.iter().position(|waiting| Arc::ptr_eq(waiting, refusal)) {
                lane.waiting.remove(at);
                lane.bytes = lane.bytes.saturating_sub(refusal.evidence.expose().len());
            }
        }
    }

    /// The same for a batch that cannot be written.
    pub fn is_lost(&self, batch: &[Arc<Refusal>]) {
        self.is_written(batch);
        self.dropped.fetch_add(u64::try_from(batch.len()).unwrap_or(u64::MAX), Relaxed);
    }
}

/// Writes refusals down, and removes what is too old or beyond its share.
///
/// # Errors
/// Those of the store; nothing is written then.
pub fn write(conn: &mut Connection, batch: &[Arc<Refusal>], now: UnixSeconds) -> Result<(), Error> {
    conn.write(|tx| {
        let mut consumers: HashMap<Option<&str>, Option<ConsumerId>> = HashMap::new();
        for refusal in batch {
            let key = refusal.consumer_key.as_deref();
            let consumer = match consumers.get(&key) {
                Some(known) => *known,
                None => {
                    let found = key.map(|key| store::consumers::by_key(tx, key)).transpose()?.flatten();
                    *consumers.entry(key).or_insert(found.map(|found| found.id))
                }
            };
            let new = store::refusals::New {
                id: refusal.id.clone(),
                consumer,
                at: refusal.at,
                code: refusal.code.clone(),
                request: refusal.request.clone(),
                evidence: refusal.evidence.clone(),
            };
            store::refusals::insert(tx, &new)?;
        }
        let touched: std::collections::HashSet<Option<ConsumerId>> = consumers.into_values().collect();
        touched.into_iter().try_for_each(|consumer| store::refusals::trim(tx, consumer, MOST))?;
        store::refusals::sweep(tx, now.saturating_sub(KEPT_SECONDS), policy::SWEEP_BATCH)?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{super::evidence::tests::evidence, *};

    fn put(waiting: &Waiting, key: &str, is_known: bool) {
        waiting.put(Some(key.to_owned()), is_known, key, || evidence("nonce_used", ""));
    }

    fn count(waiting: &Waiting) -> usize {
        waiting.lanes.iter().map(|lane| lane.lock().waiting.len()).sum()
    }

    #[test]
    fn of_one_consumer_only_so_many_wait() {
        let waiting = Waiting::default();
        (0..1_000).for_each(|_| put(&waiting, "flood", true));
        assert_eq!((count(&waiting), waiting.dropped()), (SHARE, 1_000 - SHARE as u64));
        put(&waiting, "another", true);
        assert_eq!(count(&waiting), SHARE + 1);
    }

    #[test]
    fn a_flood_of_strangers_keeps_out_nobody_who_is_known() {
        let waiting = Waiting::default();
        (0..1_000).for_each(|n| put(&waiting, &format!("stranger {n}"), false));
        assert_eq!(count(&waiting), LANE);
        put(&waiting, "known", true);
        assert_eq!(count(&waiting), LANE + 1);
        assert!(waiting.next().iter().any(|refusal| refusal.id == "known"));
    }

    #[test]
    fn what_waits_is_bounded_in_bytes() {
        let waiting = Waiting::default();
        let large = format!("a={}", "x".repeat(30_000));
        for n in 0..1_000 {
            waiting.put(Some(n.to_string()), false, "id", || evidence("nonce_used", &large));
        }
        let bytes = waiting.lanes[1].lock().bytes;
        assert!(bytes < LANE_BYTES + 40_000 && bytes > LANE_BYTES / 2, "{bytes}");
    }

    #[test]
    fn a_batch_leaves_the_queue_when_it_is_written() {
        let waiting = Waiting::default();
        (0..100).for_each(|n| put(&waiting, &n.to_string(), n % 2 == 0));
        let mut written = 0;
        while !waiting.is_empty() {
            let batch = waiting.next();
            assert!(batch.len() <= BATCH);
            written += batch.len();
            waiting.is_written(&batch);
        }
        assert_eq!(written, 100);
        assert!(waiting.lanes.iter().all(|lane| lane.lock().bytes == 0));
        assert_eq!(waiting.dropped(), 0);
    }
}
