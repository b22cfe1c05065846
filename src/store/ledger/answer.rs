//! How many who wait are answered by one thread, at the price of one wake-up for each of theirs.
//!
//! Waking a task of another thread costs a system call; waking one of one's own costs next to nothing. So of all whose
//! answers came at once, one task of each thread is woken from afar, and wakes its neighbours when it runs.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};

use parking_lot::Mutex;

/// Where an answer is left for the task that waits for it.
pub(super) struct Slot<T> {
    /// Which thread's tasks are its neighbours.
    thread: usize,
    state: Mutex<State<T>>,
}

enum State<T> {
    /// The waker is missing until it is looked for an answer the first time: whoever asked is about to do so.
    Waiting(Option<Waker>),
    Answered {
        answer: T,
        neighbours: Vec<Waker>,
    },
    /// Nobody waits: the answer was taken, or the request was given up.
    Over,
}

impl<T> Slot<T> {
    /// A slot for a task of the calling thread.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { thread: this_thread(), state: Mutex::new(State::Waiting(None)) })
    }

    /// Whether somebody still waits for the answer.
    pub(super) fn is_waited_for(&self) -> bool {
        matches!(*self.state.lock(), State::Waiting(_))
    }

    /// Leaves the answer, and gives back whom to wake, if they need to be; or the neighbours, because nobody waits.
    fn leave(&self, answer: T, neighbours: Vec<Waker>) -> Result<Option<Waker>, Vec<Waker>> {
        let mut state = self.state.lock();
        match std::mem::replace(&mut *state, State::Over) {
            State::Waiting(waker) => {
                *state = State::Answered { answer, neighbours };
                Ok(waker)
            }
            State::Answered { .. } | State::Over => Err(neighbours),
        }
    }
}

/// The number of the calling thread, among those that ever waited.
fn this_thread() -> usize {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static NUMBER: usize = COUNT.fetch_add(1, Ordering::Relaxed));
    NUMBER.with(|number| *number)
}

/// Answers everybody.
pub(super) fn answer_all<T>(mut answers: Vec<(Arc<Slot<T>>, T)>) {
    answers.sort_by_key(|(slot, _)| slot.thread);
    let mut answers = answers.into_iter().peekable();
    let mut neighbours = Vec::new();
    while let Some((slot, answer)) = answers.next() {
        let is_last = answers.peek().is_none_or(|(next, _)| next.thread != slot.thread);
        if !is_last {
            neighbours.extend(slot.leave(answer, Vec::new()).ok().flatten());
            continue;
        }
        match slot.leave(answer, std::mem::take(&mut neighbours)) {
            Ok(waker) => waker.into_iter().for_each(Waker::wake),
            // Whoever was to wake the others has given up.
            Err(left) => left.into_iter().for_each(Waker::wake),
        }
    }
}

/// Waits for an answer.
pub(super) struct Answer<T>(pub Arc<Slot<T>>);

impl<T> Future for Answer<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.0.state.lock();
        match std::mem::replace(&mut *state, State::Over) {
            State::Answered { answer, neighbours } => {
                drop(state);
                neighbours.into_iter().for_each(Waker::wake);
                Poll::Ready(answer)
            }
            State::Waiting(_) => {
                *state = State::Waiting(Some(context.waker().clone()));
                Poll::Pending
            }
            State::Over => Poll::Pending,
        }
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        if let State::Answered { neighbours, .. } = std::mem::replace(&mut *self.0.state.lock(), State::Over) {
            neighbours.into_iter().for_each(Waker::wake);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicBool, AtomicU64},
        task::Wake,
    };

    use super::*;

    /// Whether a task was woken.
    #[derive(Default)]
    struct Woken(AtomicBool);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    /// Somebody who waits on a thread of this number, as one who was polled once.
    struct Task {
        answer: Pin<Box<Answer<usize>>>,
        slot: Arc<Slot<usize>>,
        woken: Arc<Woken>,
    }

    impl Task {
        fn on(thread: usize) -> Self {
            let woken = Arc::new(Woken::default());
            let state = Mutex::new(State::Waiting(Some(Waker::from(Arc::clone(&woken)))));
            let slot = Arc::new(Slot { thread, state });
            let answer = Box::pin(Answer(Arc::clone(&slot)));
            Self { answer, slot, woken }
        }

        /// What it finds, once it was woken.
        fn look(&mut self) -> Option<usize> {
            if !self.woken.0.swap(false, Ordering::SeqCst) {
                return None;
            }
            let waker = Waker::from(Arc::clone(&self.woken));
            match self.answer.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(answer) => Some(answer),
                Poll::Pending => None,
            }
        }

        fn is_woken(&self) -> bool {
            self.woken.0.load(Ordering::SeqCst)
        }
    }

    fn answer(tasks: &[&Task]) {
        answer_all(tasks.iter().enumerate().map(|(number, task)| (Arc::clone(&task.slot), number)).collect());
    }

    #[test]
    fn one_of_each_thread_is_woken_and_wakes_its_neighbours() {
        let mut tasks = [Task::on(1), Task::on(2), Task::on(1), Task::on(1)];
        answer(&tasks.each_ref());
        assert_eq!(tasks.each_ref().map(Task::is_woken), [false, true, false, true]);
        assert_eq!(tasks[3].look(), Some(3));
        assert_eq!(tasks.each_mut().map(Task::look), [Some(0), Some(1), Some(2), None]);
    }

    #[test]
    fn an_answer_from_anywhere_wakes_who_looked_for_it() {
        let (slot, woken) = (Slot::new(), Arc::new(Woken::default()));
        let mut waiting = Box::pin(Answer(Arc::clone(&slot)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        assert_eq!(waiting.as_mut().poll(&mut context), Poll::Pending);
        assert!(slot.is_waited_for());
        std::thread::spawn(move || answer_all(vec![(slot, 7)])).join().unwrap();
        assert!(woken.0.load(Ordering::SeqCst));
        assert_eq!(waiting.as_mut().poll(&mut context), Poll::Ready(7));
    }

    #[test]
    fn who_is_answered_before_they_look_wakes_their_neighbours_when_they_do() {
        let (mut neighbour, slot) =
            (Task::on(1), Arc::new(Slot { thread: 1, state: Mutex::new(State::Waiting(None)) }));
        let mut early = Box::pin(Answer(Arc::clone(&slot)));
        answer_all(vec![(Arc::clone(&neighbour.slot), 1), (slot, 2)]);
        assert!(!neighbour.is_woken());
        assert_eq!(early.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(2));
        assert_eq!(neighbour.look(), Some(1));
    }

    #[test]
    fn who_gives_up_before_the_answer_is_not_waited_for_and_wakes_nobody_less() {
        for gone in 0..3 {
            let mut tasks = vec![Task::on(1), Task::on(1), Task::on(1)];
            let slots: Vec<_> = tasks.iter().map(|task| Arc::clone(&task.slot)).collect();
            drop(tasks.remove(gone));
            assert!(!slots[gone].is_waited_for());
            answer_all(slots.into_iter().map(|slot| (slot, 0)).collect());
            assert_eq!(until_nobody_is_woken(&mut tasks), 2, "without {gone}");
        }
    }

    #[test]
    fn who_gives_up_with_the_answer_in_hand_wakes_the_others() {
        let (mut first, last) = (Task::on(1), Task::on(1));
        answer(&[&first, &last]);
        assert!(!first.is_woken() && last.is_woken());
        drop(last);
        assert_eq!(first.look(), Some(0));
    }

    /// Lets those look who are woken, until nobody is; how many found an answer.
    fn until_nobody_is_woken(tasks: &mut Vec<Task>) -> usize {
        let before = tasks.len();
        while let Some(next) = tasks.iter().position(Task::is_woken) {
            if tasks[next].look().is_some() {
                drop(tasks.remove(next));
            }
        }
        before - tasks.len()
    }

    #[test]
    fn whoever_gives_up_and_whenever_nobody_else_sleeps_on() {
        // A simple sequence of numbers that look like chance, the same in each run.
        let seed = AtomicU64::new(1);
        let chance = |of: usize| {
            let next = seed.load(Ordering::SeqCst).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.store(next, Ordering::SeqCst);
            usize::try_from(next >> 33).unwrap() % of
        };
        for _ in 0..2_000 {
            let mut tasks: Vec<Task> = (0..1 + chance(12)).map(|_| Task::on(chance(3))).collect();
            let slots: Vec<_> = tasks.iter().map(|task| Arc::clone(&task.slot)).collect();
            tasks.retain(|_| chance(4) > 0);
            answer_all(slots.into_iter().map(|slot| (slot, 0)).collect());
            // Some give up when they are woken, some before, and the others look.
            while !tasks.is_empty() {
                let woken: Vec<usize> = (0..tasks.len()).filter(|one| tasks[*one].is_woken()).collect();
                assert!(!woken.is_empty(), "{} sleep on", tasks.len());
                match chance(3) {
                    0 => drop(tasks.remove(woken[chance(woken.len())])),
                    1 => drop(tasks.remove(chance(tasks.len()))),
                    _ => {
                        let next = woken[chance(woken.len())];
                        assert_eq!(tasks[next].look(), Some(0));
                        drop(tasks.remove(next));
                    }
                }
            }
        }
    }
}
