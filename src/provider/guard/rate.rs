//! So many in a second or a minute, for each key: `governor` says whether one more is in time, and the states of the
//! keys are kept here, because governor's own stores have no bound, and count whatever they look at.

use std::{hash::Hash, num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::StateStore,
};
use parking_lot::Mutex;
use quick_cache::sync::Cache;

use super::{MOST_COUNTED, TooMany};

/// A limit for each key. Who has not asked for long may ask for all of it at once.
pub(super) struct Rate<K: Hash + Eq + Copy, C: Clock = DefaultClock> {
    limiter: RateLimiter<(Intent, K), States<K>, C, NoOpMiddleware<C::Instant>>,
}

/// What is done with one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Intent {
    Look,
    Take,
}

impl<K: Hash + Eq + Copy> Rate<K> {
    /// At most so many in a second; none for 0, which is no limit.
    pub(super) fn per_second(most: u32) -> Option<Self> {
        NonZeroU32::new(most).map(|most| Self::with_clock(Quota::per_second(most), DefaultClock::default()))
    }

    /// At most so many in a minute; none for 0, which is no limit.
    pub(super) fn per_minute(most: u32) -> Option<Self> {
        NonZeroU32::new(most).map(|most| Self::with_clock(Quota::per_minute(most), DefaultClock::default()))
    }
}

impl<K: Hash + Eq + Copy, C: Clock> Rate<K, C> {
    fn with_clock(quota: Quota, clock: C) -> Self {
        Self { limiter: RateLimiter::new(quota, States::new(MOST_COUNTED), clock) }
    }

    /// Whether one more would be in time.
    pub(super) fn look(&self, key: K) -> Result<(), TooMany> {
        self.ask(Intent::Look, key)
    }

    /// Counts one more, if it is in time.
    pub(super) fn take(&self, key: K) -> Result<(), TooMany> {
        self.ask(Intent::Take, key)
    }

    fn ask(&self, intent: Intent, key: K) -> Result<(), TooMany> {
        self.limiter.check_key(&(intent, key)).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.limiter.clock().now());
            TooMany { retry_after_seconds: whole_seconds(wait) }
        })
    }
}

/// Rounded up, and never none: who waits for so long does not come too early.
fn whole_seconds(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

/// The state of each key, which is one number.
struct States<K> {
    known: Cache<K, Nanos>,
    /// Held from reading a state to writing the next one.
    taking: Mutex<()>,
}

impl<K: Hash + Eq + Copy> States<K> {
    fn new(most: usize) -> Self {
        Self { known: Cache::new(most), taking: Mutex::default() }
    }
}

impl<K: Hash + Eq + Copy> StateStore for States<K> {
    type Key = (Intent, K);

    fn measure_and_replace<T, F, E>(&self, (intent, key): &Self::Key, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        match intent {
            Intent::Look => measure(self.known.get(key)).map(|(outcome, _)| outcome),
            Intent::Take => {
                let _alone = self.taking.lock();
                let (outcome, state) = measure(self.known.get(key))?;
                self.known.insert(*key, state);
                Ok(outcome)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn two_per_minute() -> (Rate<u8, FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Rate::with_clock(Quota::per_minute(NonZeroU32::new(2).unwrap()), clock.clone()), clock)
    }

    #[test]
    fn so_many_are_in_time_and_the_next_is_told_how_long_to_wait() {
        let (rate, clock) = two_per_minute();
        assert_eq!([rate.take(1), rate.take(1)], [Ok(()); 2]);
        clock.advance(Duration::from_millis(500));
        assert_eq!(rate.take(1), Err(TooMany { retry_after_seconds: 30 }), "29.5, and never too early");
        assert_eq!(rate.take(2), Ok(()), "another key has its own");
        clock.advance(Duration::from_secs(30));
        assert_eq!(rate.take(1), Ok(()));
        assert!(rate.take(1).is_err());
        clock.advance(Duration::from_secs(3_600));
        assert_eq!([rate.take(1), rate.take(1)], [Ok(()); 2]);
        assert!(rate.take(1).is_err(), "what nobody took is not saved up");
    }

    #[test]
    fn looking_takes_nothing() {
        let (rate, _) = two_per_minute();
        for _ in 0..10 {
            assert_eq!(rate.look(1), Ok(()));
        }
        assert_eq!([rate.take(1), rate.take(1)], [Ok(()); 2]);
        assert!(rate.look(1).is_err());
    }

    #[test]
    fn nought_is_no_limit() {
        assert!(Rate::<u8>::per_second(0).is_none() && Rate::<u8>::per_minute(0).is_none());
    }

    #[test]
    fn there_is_an_end_to_the_keys_that_are_kept() {
        let states = States::new(100);
        for key in 0..10_000_u32 {
            let taken = states.measure_and_replace(&(Intent::Take, key), |_| Ok::<_, ()>(((), Nanos::from(1))));
            taken.unwrap();
        }
        assert!(states.known.len() <= 200, "{}", states.known.len());
    }
}
