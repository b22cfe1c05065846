//! What rests: after so many wrong signatures within a minute nothing is accepted for it until that minute is over.
//!
//! That is a limit on guessing, so a right signature waits like a wrong one: of many that come at the same moment, as
//! many are told that they are wrong as if they had come in turn.

use parking_lot::Mutex;
use quick_cache::sync::Cache;

use super::{MOST_COUNTED, Target, TooMany};
use crate::clock::UnixSeconds;

/// How long wrong signatures count, in seconds.
const MINUTE: i64 = 60;

/// How many signatures were wrong, and since when.
#[derive(Clone, Copy)]
struct Wrong {
    since: UnixSeconds,
    count: u32,
}

/// The wrong signatures of the last minute.
pub(super) struct Rests {
    most: u32,
    wrong: Cache<Target, Wrong>,
    /// Held from reading a count to writing the next one.
    counting: Mutex<()>,
}

impl Rests {
    /// Lets a target rest after so many; none for 0, which is no limit.
    pub(super) fn after(most: u32) -> Option<Self> {
        (most > 0).then(|| Self { most, wrong: Cache::new(MOST_COUNTED), counting: Mutex::default() })
    }

    /// Whether the target rests now.
    pub(super) fn look(&self, target: Target, now: UnixSeconds) -> Result<(), TooMany> {
        self.recent(target, now).map_or(Ok(()), |wrong| self.wait(wrong, now))
    }

    /// Counts a wrong signature, unless the target rests already.
    pub(super) fn count(&self, target: Target, now: UnixSeconds) -> Result<(), TooMany> {
        let _alone = self.counting.lock();
        let before = self.recent(target, now).unwrap_or(Wrong { since: now, count: 0 });
        self.wait(before, now)?;
        let wrong = Wrong { count: before.count + 1, ..before };
        self.wrong.insert(target, wrong);
        if wrong.count == self.most {
            tracing::warn!(?target, wrong.count, "too many wrong signatures: it rests until the minute is over");
        }
        Ok(())
    }

    /// What still counts. A minute that lies ahead was counted by a clock that has stepped back since.
    fn recent(&self, target: Target, now: UnixSeconds) -> Option<Wrong> {
        self.wrong.get(&target).filter(|wrong| (0..MINUTE).contains(&now.saturating_sub(wrong.since)))
    }

    fn wait(&self, wrong: Wrong, now: UnixSeconds) -> Result<(), TooMany> {
        if wrong.count < self.most {
            return Ok(());
        }
        let left = wrong.since.saturating_add(MINUTE).saturating_sub(now);
        Err(TooMany { retry_after_seconds: u64::try_from(left).unwrap_or(1).max(1) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::ids::{AccessTokenId, RequestTokenId};

    const ONE: Target = Target::AccessToken(AccessTokenId(1));
    /// The same number in another table.
    const OTHER: Target = Target::RequestToken(RequestTokenId(1));

    #[test]
    fn after_so_many_wrong_ones_right_ones_wait_too_until_the_minute_is_over() {
        let rests = Rests::after(3).unwrap();
        for now in [1_000, 1_010, 1_020] {
            assert_eq!((rests.look(ONE, now), rests.count(ONE, now)), (Ok(()), Ok(())));
        }
        let wait = Err(TooMany { retry_after_seconds: 40 });
        assert_eq!((rests.look(ONE, 1_020), rests.count(ONE, 1_020)), (wait, wait));
        assert_eq!(rests.look(OTHER, 1_020), Ok(()));
        assert_eq!(rests.look(ONE, 1_059), Err(TooMany { retry_after_seconds: 1 }));
        assert_eq!(rests.look(ONE, 1_060), Ok(()));
        // Then the count begins anew.
        assert_eq!([rests.count(ONE, 1_060), rests.count(ONE, 1_060), rests.count(ONE, 1_060)], [Ok(()); 3]);
        assert!(rests.look(ONE, 1_060).is_err());
    }

    #[test]
    fn a_clock_that_steps_back_keeps_nobody_out() {
        let rests = Rests::after(1).unwrap();
        assert_eq!(rests.count(ONE, 5_000), Ok(()));
        assert!(rests.look(ONE, 5_000).is_err());
        assert_eq!(rests.look(ONE, 1_400), Ok(()));
    }

    #[test]
    fn of_many_at_the_same_moment_as_many_are_counted_as_may_be_wrong() {
        let (rests, counted) = (Rests::after(10).unwrap(), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let told = (0..50).filter(|_| rests.count(ONE, 1_000).is_ok()).count();
                    counted.fetch_add(told, Ordering::Relaxed);
                });
            }
        });
        assert_eq!(counted.into_inner(), 10);
    }

    #[test]
    fn nought_is_no_limit() {
        assert!(Rests::after(0).is_none());
    }
}
