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
    Waiting(Waker),
    Answered {
        answer: T,
        neighbours: Vec<Waker>,
    },
    /// Nobody waits: the answer was taken, or the request was given up.
    Over,
}

impl<T> Slot<T> {
    /// Whether somebody still waits for the answer.
    pub(super) fn is_waited_for(&self) -> bool {
        matches!(*self.state.lock(), State::Waiting(_))
    }

    /// Leaves the answer, and gives back whom to wake.
    fn leave(&self, answer: T, neighbours: Vec<Waker>) -> Result<Waker, Vec<Waker>> {
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
            neighbours.extend(slot.leave(answer, Vec::new()));
            continue;
        }
        match slot.leave(answer, std::mem::take(&mut neighbours)) {
            Ok(waker) => waker.wake(),
            // Whoever was to wake the others has given up.
            Err(left) => left.into_iter().for_each(Waker::wake),
        }
    }
}

/// Waits for an answer.
pub(super) struct Answer<T, F> {
    slot: Option<Arc<Slot<T>>>,
    /// Hands the slot to whoever is to answer, once there is somebody to wake.
    ask: Option<F>,
}

impl<T, F: FnOnce(Arc<Slot<T>>)> Answer<T, F> {
    /// Asks when it is first polled.
    pub(super) fn new(ask: F) -> Self {
        Self { slot: None, ask: Some(ask) }
    }
}

impl<T, F: FnOnce(Arc<Slot<T>>) + Unpin> Future for Answer<T, F> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        if let Some(ask) = this.ask.take() {
            let state = Mutex::new(State::Waiting(context.waker().clone()));
            let slot = Arc::new(Slot { thread: this_thread(), state });
            this.slot = Some(Arc::clone(&slot));
            ask(slot);
            return Poll::Pending;
        }
        let Some(slot) = &this.slot else { return Poll::Pending };
        let mut state = slot.state.lock();
        match std::mem::replace(&mut *state, State::Over) {
            State::Answered { answer, neighbours } => {
                drop(state);
                neighbours.into_iter().for_each(Waker::wake);
                Poll::Ready(answer)
            }
            State::Waiting(mut waker) => {
                waker.clone_from(context.waker());
                *state = State::Waiting(waker);
                Poll::Pending
            }
            State::Over => Poll::Pending,
        }
    }
}

impl<T, F> Drop for Answer<T, F> {
    fn drop(&mut self) {
        let Some(slot) = &self.slot else { return };
        if let State::Answered { neighbours, .. } = std::mem::replace(&mut *slot.state.lock(), State::Over) {
            neighbours.into_iter().for_each(Waker::wake);
        }
    }
}
