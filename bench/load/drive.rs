//! Answers: how is a server kept busy from one thread? One `epoll`, and at most one request under way per connection.

use std::{
    collections::VecDeque,
    io,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use mio::{Events, Poll};

use crate::{
    connection::{Broken, Connection, Heard},
    figures::Figures,
    pace::{Due, Schedule},
    sign::Requests,
    target::Target,
};

/// How long answers are waited for once nothing more is sent.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest sleep, so that times that pass without an answer are noticed.
const NAP: Duration = Duration::from_millis(100);
/// What `epoll` rounds to: shorter pauses are spent looking, not sleeping.
const GRAIN: Duration = Duration::from_millis(1);

/// A run.
pub struct Driver {
    poll: Poll,
    target: Target,
    requests: Requests,
    schedule: Schedule,
    figures: Figures,
    connections: Vec<Connection>,
    /// The connections without a request, the longest idle one first.
    idle: VecDeque<usize>,
    /// Where requests are written and answers read.
    request: Vec<u8>,
    room: Vec<u8>,
}

/// The clock as a consumer writes it.
pub fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl Driver {
    /// Connects. `schedule` is called when all connections stand.
    ///
    /// # Errors
    /// Those of the system.
    pub fn connect(
        target: Target,
        requests: Requests,
        connections: usize,
        schedule: impl FnOnce() -> Schedule,
    ) -> io::Result<Self> {
        let poll = Poll::new()?;
        let open = |number| Connection::open(&target, poll.registry(), number);
        let connections = (0..connections).map(open).collect::<io::Result<Vec<_>>>()?;
        let idle = (0..connections.len()).collect();
        let schedule = schedule();
        let figures = Figures::new(schedule.measured_from, schedule.end);
        let (request, room) = (Vec::with_capacity(2048), vec![0; 64 * 1024]);
        Ok(Self { poll, target, requests, schedule, figures, connections, idle, request, room })
    }

    /// Sends until the end of the schedule, waits for the last answers, and tells what was measured.
    ///
    /// # Errors
    /// When the server cannot be reached any more.
    pub fn run(mut self) -> io::Result<Figures> {
        let mut events = Events::with_capacity(1024);
        let give_up = self.schedule.end + PATIENCE;
        loop {
            let now = Instant::now();
            self.figures.pass(now);
            let pause = self.send_what_is_due(now)?;
            let over = now >= self.schedule.end && self.idle.len() == self.connections.len();
            if over || now >= give_up {
                break;
            }
            if let Err(error) = self.poll.poll(&mut events, Some(pause))
                && error.kind() != io::ErrorKind::Interrupted
            {
                return Err(error);
            }
            for event in &events {
                self.hear(event.token().0)?;
            }
        }
        self.close();
        Ok(self.figures)
    }

    /// Uses idle connections as long as something is due, and says how long nothing will be.
    fn send_what_is_due(&mut self, now: Instant) -> io::Result<Duration> {
        while let Some(&number) = self.idle.front() {
            match self.schedule.due(now) {
                Due::Now(began) => {
                    self.idle.pop_front();
                    self.send(number, began)?;
                }
                Due::Later(pause) => return Ok(pause.saturating_sub(GRAIN).min(NAP)),
                Due::Never => break,
            }
        }
        Ok(NAP)
    }

    /// Reads from a connection, and sends the next request on it at once if one is due.
    fn hear(&mut self, number: usize) -> io::Result<()> {
        let Some(connection) = self.connections.get_mut(number) else { return Ok(()) };
        match connection.hear(&mut self.room) {
            Ok(Heard::Nothing) => Ok(()),
            Ok(Heard::HungUp) => self.reopen(number),
            Ok(Heard::Answer(began, answer)) => {
                let now = Instant::now();
                self.figures.answer(began, now, answer.status);
                if !answer.keep_alive {
                    self.reopen(number)?;
                }
                self.next_on(number, now)
            }
            Err(broken) => self.broken(number, &broken),
        }
    }

    fn next_on(&mut self, number: usize, now: Instant) -> io::Result<()> {
        // Somebody may have waited longer for something to be due.
        if !self.idle.is_empty() {
            self.idle.push_back(number);
            return Ok(());
        }
        match self.schedule.due(now) {
            Due::Now(began) => self.send(number, began),
            Due::Later(_) | Due::Never => {
                self.idle.push_back(number);
                Ok(())
            }
        }
    }

    fn send(&mut self, number: usize, began: Instant) -> io::Result<()> {
        let Some(connection) = self.connections.get_mut(number) else { return Ok(()) };
        self.requests.write_next(unix_seconds(), &mut self.request);
        self.schedule.sent();
        match connection.send(began, &self.request) {
            Ok(()) => Ok(()),
            Err(broken) => self.broken(number, &broken),
        }
    }

    /// Counts a request that has no answer; its connection is replaced.
    fn broken(&mut self, number: usize, why: &Broken) -> io::Result<()> {
        self.figures.broken(why);
        self.idle.push_back(number);
        self.reopen(number)
    }

    fn reopen(&mut self, number: usize) -> io::Result<()> {
        self.figures.reconnected();
        let fresh = Connection::open(&self.target, self.poll.registry(), number)?;
        if let Some(place) = self.connections.get_mut(number) {
            *place = fresh;
        }
        Ok(())
    }

    /// Counts what has no answer, and what was never sent.
    fn close(&mut self) {
        for _ in self.connections.iter().filter(|connection| connection.is_busy()) {
            self.figures.broken(&"no answer came in time");
        }
        while let Some(due) = self.schedule.next_unsent() {
            self.figures.unsent(due);
        }
    }
}
