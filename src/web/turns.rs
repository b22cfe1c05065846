//! Turns at what only a few may do at once, because each takes much memory or a whole core.
//!
//! They are shared out by household. The next turn is of whoever has fewest, and in a full queue whoever waits with most gives
//! up a place to who waits with fewer; so who comes with a thousand requests waits behind their own, and nobody else does.

use std::{net::IpAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{address::household, shares::Shares};

/// How many may be at it, and how many may wait.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// At it, of all.
    pub at_once: usize,
    /// At it, of one household.
    pub at_once_of_one: usize,
    /// In the queue, of all.
    pub queue: usize,
}

/// The turns.
#[derive(Clone)]
pub struct Turns {
    room: Room,
    line: Arc<Mutex<Line>>,
}

/// A turn. It is given back when this is dropped.
pub struct Turn {
    turns: Turns,
    household: Household,
}

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Who shares their turns; those without an address do.
type Household = Option<IpAddr>;

/// Those who are at it, and those who wait.
#[derive(Default)]
struct Line {
    at_it: Shares<Household>,
    busy: usize,
    /// In the order in which they came.
    queue: Vec<Waiter>,
    queued: Shares<Household>,
    last: u64,
}

/// A place in the queue.
struct Waiter {
    number: u64,
    household: Household,
    /// Where the turn goes. Dropped without one: the place was given up.
    call: oneshot::Sender<Turn>,
}

/// Gives its place up, if it is still there.
struct Queued<'a> {
    turns: &'a Turns,
    number: u64,
}

impl Turns {
    /// Nobody is at it yet.
    pub fn new(room: Room) -> Self {
        Self { room, line: Arc::default() }
    }

    /// Waits for a turn of whoever is at this address.
    ///
    /// # Errors
    /// [`Full`], when there is no place in the queue, or it had to be given up to a household that had fewer.
    pub async fn take(&self, from: Option<IpAddr>) -> Result<Turn, Full> {
        let household = from.map(household);
        let (number, called) = {
            let mut line = self.line.lock();
            if line.has_turn_for(&household, self.room) {
                line.begin(&household);
                return Ok(Turn { turns: self.clone(), household });
            }
            line.queue(household, self.room)?
        };
        let _queued = Queued { turns: self, number };
        called.await.map_err(|_| Full)
    }

    /// Gives the next turn to whoever it is for. Who went away in this moment hands it on.
    fn call(&self) {
        let next = self.line.lock().next(self.room);
        if let Some(Waiter { household, call, .. }) = next {
            drop(call.send(Turn { turns: self.clone(), household }));
        }
    }
}

impl Turn {
    /// Whether somebody waits who has fewer turns than those who have this one.
    pub fn is_wanted(&self) -> bool {
        let line = self.turns.line.lock();
        let own = line.at_it.of(&self.household);
        line.queue.iter().any(|place| line.at_it.of(&place.household) < own)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.line.lock().end(&self.household);
        self.turns.call();
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.turns.line.lock().leave(|place| place.number == self.number);
    }
}

impl Line {
    fn has_turn_for(&self, household: &Household, room: Room) -> bool {
        self.busy < room.at_once && self.at_it.of(household) < room.at_once_of_one
    }

    fn begin(&mut self, household: &Household) {
        self.busy += 1;
        self.at_it.add(household);
    }

    fn end(&mut self, household: &Household) {
        self.busy -= 1;
        self.at_it.remove(household);
    }

    fn queue(&mut self, household: Household, room: Room) -> Result<(u64, oneshot::Receiver<Turn>), Full> {
        if self.queue.len() >= room.queue {
            let other = self.queued.gives_way_to(&household).ok_or(Full)?;
            self.leave(|place| place.household == other);
        }
        self.last += 1;
        let (call, called) = oneshot::channel();
        self.queued.add(&household);
        self.queue.push(Waiter { number: self.last, household, call });
        Ok((self.last, called))
    }

    /// The newest place that is meant is free, if there is one.
    fn leave(&mut self, is_meant: impl Fn(&Waiter) -> bool) -> Option<Waiter> {
        let at = self.queue.iter().rposition(is_meant)?;
        let place = self.queue.remove(at);
        self.queued.remove(&place.household);
        Some(place)
    }

    /// Whose turn it is: of those who have fewest, whoever came first.
    fn next(&mut self, room: Room) -> Option<Waiter> {
        let may = self.queue.iter().filter(|place| self.has_turn_for(&place.household, room));
        let next = may.min_by_key(|place| (self.at_it.of(&place.household), place.number))?.number;
        let place = self.leave(|place| place.number == next)?;
        self.begin(&place.household);
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::Future,
        pin::{Pin, pin},
        task::{Context, Poll, Waker},
    };

    use super::*;

    const ROOM: Room = Room { at_once: 2, at_once_of_one: 1, queue: 6 };

    fn at(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    /// What comes of it at once.
    fn polled<T>(future: Pin<&mut impl Future<Output = T>>) -> Option<T> {
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        }
    }

    fn taken(turns: &Turns, from: Option<IpAddr>) -> Turn {
        polled(pin!(turns.take(from))).expect("at once").unwrap()
    }

    /// So many of this address, all of which wait.
    fn waiting(
        turns: &Turns,
        from: Option<IpAddr>,
        count: usize,
    ) -> Vec<Pin<Box<impl Future<Output = Result<Turn, Full>> + use<'_>>>> {
        let mut all: Vec<_> = (0..count).map(|_| Box::pin(turns.take(from))).collect();
        assert!(all.iter_mut().all(|one| polled(one.as_mut()).is_none()), "they wait");
        all
    }

    #[test]
    fn who_comes_with_many_waits_behind_their_own_and_nobody_else_does() {
        let turns = Turns::new(ROOM);
        let first = taken(&turns, at(1));
        let mut second = pin!(turns.take(at(1)));
        assert!(polled(second.as_mut()).is_none());
        let other = taken(&turns, at(2));
        // All are busy now.
        let mut third = pin!(turns.take(at(3)));
        assert!(polled(third.as_mut()).is_none());
        drop(other);
        assert!(polled(second.as_mut()).is_none(), "one of its household is at it");
        assert!(polled(third.as_mut()).is_some(), "the next who has none");
        drop(first);
        assert!(polled(second.as_mut()).is_some());
    }

    #[test]
    fn of_those_who_wait_the_next_is_who_has_fewest_turns() {
        let turns = Turns::new(Room { at_once: 3, at_once_of_one: 3, queue: 6 });
        let held: Vec<_> = (0..3).map(|_| taken(&turns, at(1))).collect();
        let mut own = waiting(&turns, at(1), 2);
        assert!(!held[0].is_wanted(), "by nobody else");
        let mut others = waiting(&turns, at(2), 1);
        assert!(held[0].is_wanted());
        drop(held);
        assert!(polled(others[0].as_mut()).is_some());
        assert!(own.iter_mut().all(|one| polled(one.as_mut()).is_some()));
    }

    #[test]
    fn in_a_full_queue_who_waits_with_most_gives_way_to_who_waits_with_fewer() {
        let turns = Turns::new(ROOM);
        let _held = [taken(&turns, at(1)), taken(&turns, at(2))];
        let (mut one, mut two) = (waiting(&turns, at(1), 4), waiting(&turns, at(2), 2));
        let mut third = waiting(&turns, at(3), 1);
        let gone = polled(one[3].as_mut()).expect("at once");
        assert_eq!(gone.err(), Some(Full), "the newest of those who have most");
        assert!(polled(pin!(turns.take(at(1)))).is_some_and(|refused| refused.is_err()), "for who has as many, nobody");
        assert!(one[..3].iter_mut().chain(&mut two).chain(&mut third).all(|kept| polled(kept.as_mut()).is_none()));
    }

    #[test]
    fn a_network_of_64_bits_is_one_household_and_nobody_is_remembered_for_nothing() {
        let turns = Turns::new(ROOM);
        let address = |n: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, n]));
        let first = taken(&turns, address(1));
        assert_eq!(waiting(&turns, address(2), 1).len(), 1);
        drop(first);
        for last in 0..50 {
            drop(taken(&turns, at(last)));
        }
        let line = turns.line.lock();
        assert_eq!((line.busy, line.queue.len()), (0, 0));
        assert_eq!(line.at_it.gives_way_to(&None).or(line.queued.gives_way_to(&None)), None);
    }

    #[test]
    fn who_leaves_gives_the_place_and_the_turn_back() {
        let turns = Turns::new(ROOM);
        let first = taken(&turns, at(1));
        for _ in 0..20 {
            drop(waiting(&turns, at(1), 1));
        }
        let called = waiting(&turns, at(1), 2);
        drop(first);
        // It is the turn of one of them, who never looks.
        drop(called);
        drop(taken(&turns, at(1)));
    }
}
