//! Turns at what only a few may do at once, because each takes much memory or a whole core.
//!
//! They are shared out by household: of one there are only so many at work and so many in the queue, so whoever comes with a
//! thousand requests waits behind their own, and all others behind a few of them.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::address::household;

/// How many may be at it, and how many in the queue; those who are at it count as well there.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// At it, of all.
    pub at_once: usize,
    /// At it, of one household.
    pub at_once_of_one: usize,
    /// In the queue, of all.
    pub queue: usize,
    /// In the queue, of one household.
    pub queue_of_one: usize,
}

/// The turns.
pub struct Turns {
    room: Room,
    all: Line,
    /// Those who are in the queue, each by its household; those without an address are one.
    households: Mutex<HashMap<Option<IpAddr>, Weak<Line>>>,
}

/// A turn. It is given back when this is dropped.
pub struct Turn {
    _of_household: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
    _queue: Queued,
}

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Those who wait for the same, in the order in which they came.
struct Line {
    queue: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// A place in both queues. The household is known for as long as somebody has one of its places.
struct Queued {
    _of_household: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
    household: Arc<Line>,
}

impl Turns {
    /// Nobody is at it yet.
    pub fn new(room: Room) -> Self {
        let all = Line::new(room.at_once, room.queue);
        Self { room, all, households: Mutex::default() }
    }

    /// Waits for a turn of whoever is at this address.
    ///
    /// # Errors
    /// [`Full`] at once, when there is no place in the queue.
    pub async fn take(&self, from: Option<IpAddr>) -> Result<Turn, Full> {
        let queued = self.queue(from)?;
        // In this order nobody keeps a turn of all while waiting for their own household.
        let of_household = turn(&queued.household).await?;
        let of_all = turn(&self.all).await?;
        Ok(Turn { _of_household: of_household, _of_all: of_all, _queue: queued })
    }

    fn queue(&self, from: Option<IpAddr>) -> Result<Queued, Full> {
        let household = self.household(from.map(household));
        let of_household = household.place()?;
        Ok(Queued { _of_household: of_household, _of_all: self.all.place()?, household })
    }

    fn household(&self, key: Option<IpAddr>) -> Arc<Line> {
        let mut households = self.households.lock();
        if let Some(line) = households.get(&key).and_then(Weak::upgrade) {
            return line;
        }
        let line = Arc::new(Line::new(self.room.at_once_of_one, self.room.queue_of_one));
        households.retain(|_, line| line.strong_count() > 0);
        households.insert(key, Arc::downgrade(&line));
        line
    }
}

impl Line {
    fn new(at_once: usize, queue: usize) -> Self {
        Self { queue: Arc::new(Semaphore::new(queue)), turns: Arc::new(Semaphore::new(at_once)) }
    }

    fn place(&self) -> Result<OwnedSemaphorePermit, Full> {
        Arc::clone(&self.queue).try_acquire_owned().map_err(|_| Full)
    }
}

/// A semaphore that nobody closes gives each their turn.
async fn turn(line: &Line) -> Result<OwnedSemaphorePermit, Full> {
    Arc::clone(&line.turns).acquire_owned().await.map_err(|_| Full)
}

#[cfg(test)]
mod tests {
    use std::{
        future::Future,
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use super::*;

    const ROOM: Room = Room { at_once: 2, at_once_of_one: 1, queue: 6, queue_of_one: 4 };

    fn at(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    /// What comes of it at once.
    fn polled<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        }
    }

    #[test]
    fn who_comes_with_many_waits_behind_their_own_and_nobody_else_does() {
        let turns = Turns::new(ROOM);
        let mut first = pin!(turns.take(at(1)));
        let first = polled(first.as_mut()).unwrap().unwrap();
        let mut second = pin!(turns.take(at(1)));
        assert!(polled(second.as_mut()).is_none());
        let mut other = pin!(turns.take(at(2)));
        let other = polled(other.as_mut()).unwrap().unwrap();
        // All are busy now.
        let mut third = pin!(turns.take(at(3)));
        assert!(polled(third.as_mut()).is_none());
        drop(first);
        assert!(polled(third.as_mut()).is_some(), "the next in the queue of all");
        drop(other);
        assert!(polled(second.as_mut()).is_some());
    }

    #[test]
    fn of_one_household_only_so_many_wait_and_of_all_only_so_many() {
        let turns = Turns::new(ROOM);
        let queued: Vec<_> = (0..4).map(|_| turns.queue(at(1)).ok().unwrap()).collect();
        assert_eq!(turns.queue(at(1)).err(), Some(Full));
        let others: Vec<_> = (0..2).map(|_| turns.queue(at(2)).ok().unwrap()).collect();
        assert_eq!(turns.queue(at(3)).err(), Some(Full));
        drop(queued);
        drop(others);
        assert!((0..4).all(|_| turns.queue(at(1)).is_ok()));
    }

    #[test]
    fn a_network_of_64_bits_is_one_household_and_nobody_is_remembered_for_nothing() {
        let turns = Turns::new(ROOM);
        let address = |n: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, n]));
        let queued: Vec<_> = (0..4).map(|n| turns.queue(address(n)).ok().unwrap()).collect();
        assert_eq!(turns.queue(address(9)).err(), Some(Full));
        drop(queued);
        for last in 0..50 {
            drop(turns.queue(at(last)).ok().unwrap());
        }
        assert!(turns.households.lock().len() <= 1);
    }

    #[test]
    fn who_leaves_the_queue_gives_their_place_back() {
        let turns = Turns::new(ROOM);
        let first = polled(pin!(turns.take(at(1)))).unwrap().unwrap();
        for _ in 0..20 {
            assert!(polled(pin!(turns.take(at(1)))).is_none(), "waits, and goes");
        }
        drop(first);
        assert!(polled(pin!(turns.take(at(1)))).is_some());
    }
}
