//! Refusals on their way to the store. A request puts its own here and goes; somebody else writes them, many at once.
//!
//! It is bounded, in number and in bytes: what does not fit is counted and not explained. Who proved a signature, who names a
//! known consumer and who does not wait in lanes of their own, and of one sender there are only so many. Where a lane is
//! full all the same, the household that has most in it gives way to one that has less.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use super::{
    Evidence, KEPT_SECONDS,
    shares::{Sender, Standing, beyond},
};
use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    provider::{Error, policy},
    secret::Secret,
    shares::Shares,
    store::{self, Connection},
};

/// How many refusals are written in one transaction.
const BATCH: usize = 64;
/// How many wait in each lane, and how many bytes.
const LANE: usize = 128;
const LANE_BYTES: usize = 680 * 1024;
/// How many of one household, and of one consumer where it is known, wait.
const SHARE: usize = 32;
/// How much of method and path a list shows, in characters.
const LONGEST_REQUEST: usize = 200;

/// A refusal that is to be written down.
pub struct Noted {
    /// Under which it is looked up.
    pub id: String,
    /// Who sent it.
    pub sender: Sender,
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
    /// One for each standing.
    lanes: [Mutex<Lane>; 3],
    count: AtomicU64,
    dropped: AtomicU64,
}

#[derive(Default)]
struct Lane {
    waiting: VecDeque<Arc<Noted>>,
    bytes: usize,
    households: Shares<Option<IpAddr>>,
}

impl Lane {
    fn is_full(&self) -> bool {
        self.waiting.len() >= LANE || self.bytes >= LANE_BYTES
    }

    fn has_room_for(&self, sender: &Sender) -> bool {
        let of_one = self.waiting.iter().filter(|waiting| waiting.sender.shares_with(sender)).count();
        of_one < SHARE && (!self.is_full() || self.households.gives_way_to(&sender.household).is_some())
    }

    /// Puts one at the end, and gives back how many had to go for it: the newest, which are not being written yet.
    fn push(&mut self, refusal: Noted) -> u64 {
        let mut gone = 0;
        while self.is_full()
            && let Some(household) = self.households.gives_way_to(&refusal.sender.household)
        {
            let newest = self.waiting.iter().rposition(|waiting| waiting.sender.household == household);
            newest.into_iter().for_each(|at| self.remove(at));
            gone += 1;
        }
        self.bytes += refusal.evidence.expose().len();
        self.households.add(&refusal.sender.household);
        self.waiting.push_back(Arc::new(refusal));
        gone
    }

    fn remove(&mut self, at: usize) {
        if let Some(removed) = self.waiting.remove(at) {
            self.bytes -= removed.evidence.expose().len();
            self.households.remove(&removed.sender.household);
        }
    }
}

impl Waiting {
    fn lane(&self, standing: Standing) -> &Mutex<Lane> {
        let [proved, named, strangers] = &self.lanes;
        match standing {
            Standing::Proved => proved,
            Standing::Named => named,
            Standing::Stranger => strangers,
        }
    }

    /// Whether there is a place for a refusal of this sender; if not, it is counted as dropped.
    pub fn has_room_for(&self, sender: &Sender) -> bool {
        let has_room = self.lane(sender.standing).lock().has_room_for(sender);
        self.dropped.fetch_add(u64::from(!has_room), Relaxed);
        has_room
    }

    /// Puts a refusal into the queue, if there is room for it; waits for nobody.
    pub fn put(&self, sender: Sender, id: &str, evidence: &Evidence) {
        // What cannot be written as text could not be read either.
        let Ok(text) = evidence.write() else { return };
        let request = format!("{} {}", evidence.seen.method, evidence.seen.path());
        let refusal = Noted {
            id: id.to_owned(),
            sender,
            number: self.count.fetch_add(1, Relaxed),
            at: evidence.answered.at,
            code: evidence.answered.code.clone(),
            request: request.chars().take(LONGEST_REQUEST).collect(),
            evidence: text,
        };
        let gone = self.lane(refusal.sender.standing).lock().push(refusal);
        self.dropped.fetch_add(gone, Relaxed);
    }

    /// How many refusals cannot be explained, because there was no room, or because they could not be written.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Relaxed)
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.lanes.iter().all(|lane| lane.lock().waiting.is_empty())
    }

    /// The next ones to be written, from all lanes alike, in the order in which they came. They stay in the queue until
    /// [`Waiting::is_written`] says so.
    pub fn next(&self) -> Vec<Arc<Noted>> {
        let heads =
            self.lanes.each_ref().map(|lane| lane.lock().waiting.iter().take(BATCH).cloned().collect::<Vec<_>>());
        // The first of each lane, then the second of each.
        let mut heads: Vec<_> = heads.into_iter().flat_map(|lane| lane.into_iter().enumerate()).collect();
        heads.sort_by_key(|(place, refusal)| (*place, refusal.number));
        let mut batch: Vec<_> = heads.into_iter().take(BATCH).map(|(_, refusal)| refusal).collect();
        batch.sort_by_key(|refusal| refusal.number);
        batch
    }

    /// Takes a batch of [`Waiting::next`] out of the queue.
    pub fn is_written(&self, batch: &[Arc<Noted>]) {
        for refusal in batch {
            let mut lane = self.lane(refusal.sender.standing).lock();
            if let Some(at) = lane.waiting.iter().position(|waiting| Arc::ptr_eq(waiting, refusal)) {
                lane.remove(at);
            }
        }
    }

    /// The same for a batch that cannot be written.
    pub fn is_lost(&self, batch: &[Arc<Noted>]) {
        self.is_written(batch);
        self.dropped.fetch_add(u64::try_from(batch.len()).unwrap_or(u64::MAX), Relaxed);
    }
}

/// Writes refusals down, and removes what is too old or beyond its share.
///
/// # Errors
/// Those of the store; nothing is written then.
pub fn write(conn: &mut Connection, batch: &[Arc<Noted>], now: UnixSeconds) -> Result<(), Error> {
    conn.write(|tx| {
        let mut consumers: HashMap<Option<&str>, Option<ConsumerId>> = HashMap::new();
        for refusal in batch {
            let key = refusal.sender.consumer_key.as_deref();
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
                is_proved: refusal.sender.standing == Standing::Proved,
                household: refusal.sender.household.map(|household| household.to_string()).unwrap_or_default(),
                at: refusal.at,
                code: refusal.code.clone(),
                request: refusal.request.clone(),
                evidence: refusal.evidence.clone(),
            };
            store::refusals::insert(tx, &new)?;
        }
        let beyond = beyond(&store::refusals::places(tx)?);
        store::refusals::remove(tx, &beyond)?;
        store::refusals::sweep(tx, now.saturating_sub(KEPT_SECONDS), policy::SWEEP_BATCH)?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{super::evidence::tests::evidence, *};

    /// One of this consumer, from the household of this number.
    fn put(waiting: &Waiting, key: &str, standing: Standing, household: u32) {
        let sender =
            Sender { standing, household: Some(IpAddr::V4(household.into())), consumer_key: Some(key.to_owned()) };
        if waiting.has_room_for(&sender) {
            waiting.put(sender, key, &evidence("nonce_used", ""));
        }
    }

    fn count(waiting: &Waiting) -> usize {
        waiting.lanes.iter().map(|lane| lane.lock().waiting.len()).sum()
    }

    fn waits(waiting: &Waiting, id: &str) -> bool {
        waiting.lanes.iter().any(|lane| lane.lock().waiting.iter().any(|refusal| refusal.id == id))
    }

    #[test]
    fn of_one_household_and_consumer_only_so_many_wait() {
        let waiting = Waiting::default();
        (0..1_000).for_each(|_| put(&waiting, "flood", Standing::Named, 1));
        assert_eq!((count(&waiting), waiting.dropped()), (SHARE, 1_000 - SHARE as u64));
        put(&waiting, "another", Standing::Named, 1);
        put(&waiting, "flood", Standing::Named, 2);
        assert_eq!(count(&waiting), SHARE + 2);
    }

    #[test]
    fn a_stranger_makes_up_keys_and_gains_nothing() {
        let waiting = Waiting::default();
        (0..1_000).for_each(|n| put(&waiting, &format!("key {n}"), Standing::Stranger, 1));
        assert_eq!(count(&waiting), SHARE);
    }

    #[test]
    fn in_a_full_lane_who_has_most_gives_way() {
        let waiting = Waiting::default();
        for household in 1..=8 {
            (0..30).for_each(|_| put(&waiting, "flood", Standing::Named, household));
        }
        assert_eq!(count(&waiting), LANE);
        put(&waiting, "owner", Standing::Named, 9);
        put(&waiting, "other lane", Standing::Proved, 1);
        assert_eq!(count(&waiting), LANE + 1);
        assert!(waits(&waiting, "owner") && waits(&waiting, "other lane"));
        (0..1_000).for_each(|_| put(&waiting, "flood", Standing::Named, 1));
        assert!(waits(&waiting, "owner"));
        let (all, dropped) = (u64::try_from(8 * 30 + 2 + 1_000).unwrap(), waiting.dropped());
        assert_eq!(all - dropped, count(&waiting) as u64, "each that has gone is counted");
    }

    #[test]
    fn what_waits_is_bounded_in_bytes() {
        let waiting = Waiting::default();
        let large = evidence("nonce_used", &format!("a={}", "x".repeat(30_000)));
        for household in 0..1_000_u32 {
            let household = Some(IpAddr::V4(household.into()));
            let sender = Sender { standing: Standing::Stranger, household, consumer_key: None };
            if waiting.has_room_for(&sender) {
                waiting.put(sender, "id", &large);
            }
        }
        let bytes = waiting.lanes[2].lock().bytes;
        assert!(bytes < LANE_BYTES + 40_000 && bytes > LANE_BYTES / 2, "{bytes}");
    }

    #[test]
    fn a_batch_has_some_of_every_lane_and_leaves_the_queue_when_it_is_written() {
        let waiting = Waiting::default();
        (0..120).for_each(|n| put(&waiting, "named", Standing::Named, n));
        put(&waiting, "proved", Standing::Proved, 1);
        assert!(waiting.next().iter().any(|refusal| refusal.id == "proved"));
        let mut written = 0;
        while !waiting.is_empty() {
            let batch = waiting.next();
            assert!(batch.len() <= BATCH);
            written += batch.len();
            waiting.is_written(&batch);
        }
        assert_eq!(written, 121);
        assert!(waiting.lanes.iter().all(|lane| lane.lock().bytes == 0));
        assert_eq!(waiting.dropped(), 0);
    }
}
