//! Answers: what was measured? Memory does not grow with the number of requests.

use std::{
    collections::BTreeMap,
    fmt::Display,
    fs,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use serde::Serialize;

/// The longest latency that is told from longer ones.
const LONGEST: u64 = 600_000_000_000;

/// Counts and latencies of the answers with status 200 in the measured time; of all others, how many there were.
pub struct Figures {
    from: Instant,
    to: Instant,
    /// In nanoseconds.
    latencies: Histogram<u64>,
    requests: u64,
    statuses: BTreeMap<u16, u64>,
    broken: u64,
    first_broken: Option<String>,
    reconnects: u64,
    unsent: u64,
    /// What this thread had used when the measured time began, and ended.
    cpu: [Option<CpuTime>; 2],
}

/// Figures as they are printed.
#[derive(Serialize)]
pub struct Summary {
    /// Answers with status 200 in the measured time.
    pub requests: u64,
    /// The same, per second.
    pub throughput: f64,
    /// From when a request was due until its answer was there.
    pub latency_us: Latencies,
    /// All answers, those of the warm-up too.
    pub statuses: BTreeMap<u16, u64>,
    /// Requests without an answer, those of the warm-up too.
    pub broken: u64,
    /// Why the first of them has none.
    pub first_broken: Option<String>,
    /// Connections that were replaced.
    pub reconnects: u64,
    /// Requests that were due and had no connection to be sent on before the end.
    pub unsent: u64,
    /// The share of its core that this program used.
    pub own_cpu: Option<f64>,
    /// The share of the time that it waited for its core, because others were using it.
    pub own_wait: Option<f64>,
}

/// Latencies in microseconds.
#[derive(Serialize)]
pub struct Latencies {
    /// Half of them are shorter.
    pub p50: f64,
    /// One in ten is longer.
    pub p90: f64,
    /// One in a hundred is longer.
    pub p99: f64,
    /// One in a thousand is longer.
    pub p99_9: f64,
    /// None is longer.
    pub max: f64,
    /// The arithmetic mean.
    pub mean: f64,
}

impl Figures {
    /// Nothing measured yet, for a measured time between two instants.
    pub fn new(from: Instant, to: Instant) -> Self {
        Self {
            from,
            to,
            latencies: histogram(),
            requests: 0,
            statuses: BTreeMap::new(),
            broken: 0,
            first_broken: None,
            reconnects: 0,
            unsent: 0,
            cpu: [None; 2],
        }
    }

    /// Notices the time: begins and ends what is measured.
    pub fn pass(&mut self, now: Instant) {
        if now < self.from {
            return;
        }
        let [begin, end] = &mut self.cpu;
        if begin.is_none() {
            *begin = CpuTime::of_this_thread();
        }
        if end.is_none() && now >= self.to {
            *end = CpuTime::of_this_thread();
        }
    }

    /// Counts an answer.
    pub fn answer(&mut self, began: Instant, now: Instant, status: u16) {
        *self.statuses.entry(status).or_default() += 1;
        if status != 200 {
            return;
        }
        if began >= self.from {
            self.latencies.saturating_record(nanoseconds(now - began));
        }
        if (self.from..self.to).contains(&now) {
            self.requests += 1;
        }
    }

    /// Counts a request without an answer.
    pub fn broken(&mut self, why: &impl Display) {
        self.broken += 1;
        self.first_broken.get_or_insert_with(|| why.to_string());
    }

    /// Counts a connection that was replaced.
    pub fn reconnected(&mut self) {
        self.reconnects += 1;
    }

    /// Counts a request that was due and never sent. The time that it has waited already counts as its latency.
    pub fn unsent(&mut self, due: Instant) {
        self.unsent += 1;
        if due >= self.from {
            self.latencies.saturating_record(nanoseconds(self.to - due));
        }
    }

    /// Whether every request was answered with status 200.
    pub fn all_well(&self) -> bool {
        self.broken == 0 && self.statuses.keys().all(|&status| status == 200)
    }

    /// Everything that was measured.
    pub fn summary(self) -> Summary {
        let seconds = (self.to - self.from).as_secs_f64();
        let [begin, end] = self.cpu;
        let share = |of: fn(&CpuTime) -> u64| Some((of(end.as_ref()?) - of(begin.as_ref()?)) as f64 / 1e9 / seconds);
        Summary {
            requests: self.requests,
            throughput: self.requests as f64 / seconds,
            latency_us: Latencies::of(&self.latencies),
            statuses: self.statuses,
            broken: self.broken,
            first_broken: self.first_broken,
            reconnects: self.reconnects,
            unsent: self.unsent,
            own_cpu: share(|time| time.ran),
            own_wait: share(|time| time.waited),
        }
    }
}

impl Latencies {
    fn of(histogram: &Histogram<u64>) -> Self {
        let at = |quantile| tenths(histogram.value_at_quantile(quantile) as f64);
        let [p50, p90, p99, p99_9] = [0.5, 0.9, 0.99, 0.999].map(at);
        Self { p50, p90, p99, p99_9, max: tenths(histogram.max() as f64), mean: tenths(histogram.mean()) }
    }
}

/// Nanoseconds as microseconds with one digit behind the point.
fn tenths(nanoseconds: f64) -> f64 {
    (nanoseconds / 100.0).round() / 10.0
}

/// With three significant digits: some hundred kilobytes, however much it counts.
fn histogram() -> Histogram<u64> {
    #[expect(clippy::expect_used, reason = "the bounds are constants that fit")]
    Histogram::new_with_bounds(1, LONGEST, 3).expect("bounds that fit")
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(LONGEST)
}

/// Nanoseconds of a processor, as the system counts them.
#[derive(Clone, Copy)]
struct CpuTime {
    ran: u64,
    waited: u64,
}

impl CpuTime {
    /// Those of this thread, where the system tells.
    fn of_this_thread() -> Option<Self> {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let mut numbers = text.split_whitespace();
        Some(Self { ran: numbers.next()?.parse().ok()?, waited: numbers.next()?.parse().ok()? })
    }
}
