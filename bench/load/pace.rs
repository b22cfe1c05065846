//! Answers: when is the next request due, and when is the measured time?

use std::time::{Duration, Instant};

/// Who sets the pace.
#[derive(Clone, Copy, PartialEq)]
pub enum Pace {
    /// The server: each answer is followed by the next request.
    Closed,
    /// The clock: so many requests per second are due, however long the answers take.
    Open(f64),
}

/// The run's times, and how far it has come.
pub struct Schedule {
    pace: Pace,
    start: Instant,
    /// When the warm-up ends.
    pub measured_from: Instant,
    /// When no more is sent.
    pub end: Instant,
    sent: u64,
}

/// Whether to send.
pub enum Due {
    /// Yes, and this is when the request's latency begins.
    Now(Instant),
    /// Not before this time has passed.
    Later(Duration),
    /// No more.
    Never,
}

impl Schedule {
    /// A run that starts now.
    pub fn new(pace: Pace, warm_up: Duration, measured: Duration) -> Self {
        let start = Instant::now();
        let measured_from = start + warm_up;
        Self { pace, start, measured_from, end: measured_from + measured, sent: 0 }
    }

    /// Whether a request is due. Latency counts from the time when it was due, not from when a connection was free for
    /// it: a server that stalls would otherwise choose which requests are measured.
    pub fn due(&self, now: Instant) -> Due {
        if now >= self.end {
            return Due::Never;
        }
        match self.pace {
            Pace::Closed => Due::Now(now),
            Pace::Open(rate) => match self.start + Duration::from_secs_f64(self.sent as f64 / rate) {
                at if at >= self.end => Due::Never,
                at if at <= now => Due::Now(at),
                at => Due::Later(at - now),
            },
        }
    }

    /// Counts a request that was sent.
    pub fn sent(&mut self) {
        self.sent += 1;
    }

    /// Counts the next request that was due before the end and never sent, and tells when it was due.
    pub fn next_unsent(&mut self) -> Option<Instant> {
        let Pace::Open(rate) = self.pace else { return None };
        let at = self.start + Duration::from_secs_f64(self.sent as f64 / rate);
        self.sent += 1;
        (at < self.end).then_some(at)
    }
}
