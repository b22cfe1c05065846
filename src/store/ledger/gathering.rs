//! Who waits to be entered: the next batch, from the first who asks until the keeper takes it.
//!
//! The first who asks gathers the batch: lets all tasks of its thread that are ready ask too, and those whose requests
//! arrive meanwhile. Only then the keeper is woken, so that it is not woken for a few claims and pays a commit for them.
//! However the gathering ends, also when the one who gathers gives up, the batch is ready then.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex};
use tokio::task::yield_now;

use super::{Entry, answer::Slot};
use crate::store::nonces::Nonce;

/// So many share a commit well enough that no more of them need be waited for.
const ENOUGH: usize = 256;

/// So often the sockets are looked at in vain before nobody else is waited for,
const LOOKS: u32 = 8;

/// or for so long: less than a commit takes, and more than looking does where nothing else is to be done.
const QUIET: Duration = Duration::from_micros(100);

/// So long a batch is gathered at most, should the thread have much else to do.
const AT_MOST: Duration = Duration::from_millis(5);

/// A claim; without a nonce, a question for the epoch alone.
pub(super) struct Question {
    pub nonce: Option<Nonce>,
    pub slot: Arc<Slot<Result<Entry, String>>>,
}

/// Who waits.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    ready: Condvar,
}

#[derive(Default)]
struct Waiting {
    /// The next batch.
    questions: Vec<Question>,
    phase: Phase,
    /// How many the batch before it took.
    last: usize,
    /// The number of the keeper who may take it.
    keeper: u64,
    /// Since when that keeper has not come back.
    away_since: Option<Instant>,
}

#[derive(Default, PartialEq, Eq)]
enum Phase {
    /// Nobody has asked, or those who have are being joined by others.
    #[default]
    Gathering,
    /// To be taken.
    Ready,
    /// There will be no more.
    Closed,
}

/// Held by the first who asks, until the batch is ready.
pub(super) struct Gathering<'a>(&'a Queue);

impl Queue {
    /// Takes a question. Whoever is the first of the next batch is to gather it.
    pub(super) fn ask(&self, question: Question) -> Option<Gathering<'_>> {
        let mut waiting = self.waiting.lock();
        waiting.questions.push(question);
        (waiting.questions.len() == 1).then(|| Gathering(self))
    }

    /// The next batch, for the keeper of this number. Without `patience` it may be that nobody is in it.
    ///
    /// `None`: there is nothing more for this keeper to do.
    pub(super) fn take(&self, keeper: u64, patience: bool) -> Option<Vec<Question>> {
        let mut waiting = self.waiting.lock();
        if waiting.keeper == keeper {
            waiting.away_since = None;
        }
        while waiting.keeper == keeper && waiting.phase == Phase::Gathering && patience {
            self.ready.wait(&mut waiting);
        }
        if waiting.keeper != keeper || waiting.phase == Phase::Closed {
            return None;
        }
        waiting.away_since = Some(Instant::now());
        if waiting.phase == Phase::Gathering {
            return Some(Vec::new());
        }
        waiting.phase = Phase::Gathering;
        waiting.last = waiting.questions.len();
        Some(std::mem::take(&mut waiting.questions))
    }

    /// The number of another keeper, if the present one has been away for longer.
    pub(super) fn replace_keeper(&self, if_away: Duration) -> Option<u64> {
        let mut waiting = self.waiting.lock();
        waiting.away_since.take_if(|since| since.elapsed() > if_away)?;
        waiting.keeper += 1;
        Some(waiting.keeper)
    }

    /// Sends the keeper home.
    pub(super) fn close(&self) {
        self.waiting.lock().phase = Phase::Closed;
        self.ready.notify_all();
    }

    fn asked(&self) -> usize {
        self.waiting.lock().questions.len()
    }
}

impl Gathering<'_> {
    /// Waits until nobody else asks, as far as can be seen in a moment.
    pub(super) async fn until_quiet(self, clock: impl Fn() -> Instant) {
        // Who was alone the last time is not kept waiting for others.
        let looks = if self.0.waiting.lock().last > 1 { LOOKS } else { 1 };
        let began = clock();
        let (mut asked, mut heard, mut in_vain) = (1, began, 0);
        while asked < ENOUGH && in_vain < looks {
            // Until all tasks of this thread that were ready have had their turn, and the sockets were looked at.
            yield_now().await;
            let (now, before) = (clock(), std::mem::replace(&mut asked, self.0.asked()));
            if asked > before {
                (heard, in_vain) = (now, 0);
            } else {
                in_vain += 1;
            }
            if now - heard > QUIET && in_vain > 0 || now - began > AT_MOST {
                break;
            }
        }
    }
}

impl Drop for Gathering<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting.lock();
        if waiting.phase == Phase::Gathering {
            waiting.phase = Phase::Ready;
        }
        self.0.ready.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::runtime::Builder;

    use super::*;

    fn question() -> Question {
        Question { nonce: None, slot: Slot::new() }
    }

    /// A clock that goes on by so much whenever it is looked at.
    fn clock(step: Duration) -> impl Fn() -> Instant {
        let now = Cell::new(Instant::now());
        move || {
            now.set(now.get() + step);
            now.get()
        }
    }

    const QUICK: Duration = Duration::from_micros(2);

    /// Gathers a batch while others ask, one at each of these turns of the thread, and says how many are in it.
    fn gathered(queue: &Queue, turns: &[usize], step: Duration) -> usize {
        let gathering = queue.ask(question()).unwrap();
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let others = async {
                for turn in 0..=turns.iter().max().copied().unwrap_or(0) {
                    if turns.contains(&turn) {
                        assert!(queue.ask(question()).is_none());
                    }
                    yield_now().await;
                }
                std::future::pending::<()>().await;
            };
            tokio::select! {
                biased;
                () = others => {}
                () = gathering.until_quiet(clock(step)) => {}
            }
        });
        queue.take(0, true).unwrap().len()
    }

    /// A queue whose last batch took so many.
    fn queue_after(last: usize) -> Queue {
        let queue = Queue::default();
        queue.waiting.lock().last = last;
        queue
    }

    #[test]
    fn who_is_alone_is_not_kept_waiting() {
        assert_eq!(gathered(&queue_after(1), &[3], QUICK), 1);
    }

    #[test]
    fn all_who_are_ready_are_in_one_batch() {
        assert_eq!(gathered(&queue_after(0), &[0, 1], QUICK), 3);
    }

    #[test]
    fn who_was_in_company_waits_a_moment_for_others() {
        assert_eq!(gathered(&queue_after(32), &[3, 9, 15], QUICK), 4);
        assert_eq!(gathered(&queue_after(32), &[3, 19], QUICK), 2);
    }

    #[test]
    fn nobody_is_waited_for_when_the_thread_is_busy_with_other_things() {
        assert_eq!(gathered(&queue_after(32), &[3], QUIET * 2), 1);
        let each_turn: Vec<usize> = (0..200).collect();
        let most = usize::try_from(AT_MOST.as_micros() / QUIET.as_micros()).unwrap() + 3;
        let got = gathered(&queue_after(32), &each_turn, QUIET);
        assert!((10..=most).contains(&got), "{got}");
    }

    #[test]
    fn a_batch_is_ready_though_the_one_who_gathers_it_gave_up() {
        let queue = Queue::default();
        let gathering = queue.ask(question());
        assert!(queue.ask(question()).is_none());
        assert_eq!(queue.take(0, false).unwrap().len(), 0);
        drop(gathering);
        assert_eq!(queue.take(0, true).unwrap().len(), 2);
        assert!(queue.ask(question()).is_some(), "the next batch has a first too");
    }

    #[test]
    fn a_keeper_that_is_away_for_too_long_is_replaced_and_takes_nothing_more() {
        let queue = Queue::default();
        drop(queue.ask(question()));
        assert_eq!(queue.replace_keeper(Duration::ZERO), None, "it has not begun");
        queue.take(0, true).unwrap();
        assert_eq!(queue.replace_keeper(Duration::from_secs(3_600)), None);
        assert_eq!(queue.replace_keeper(Duration::ZERO), Some(1));
        assert_eq!(queue.replace_keeper(Duration::ZERO), None, "the new one has not begun");
        drop(queue.ask(question()));
        assert!(queue.take(0, true).is_none());
        assert_eq!(queue.take(1, true).unwrap().len(), 1);
    }

    #[test]
    fn a_closed_queue_sends_its_keeper_home() {
        let queue = Queue::default();
        std::thread::scope(|scope| {
            let keeper = scope.spawn(|| queue.take(0, true).is_none());
            queue.close();
            assert!(keeper.join().unwrap());
        });
    }
}
