//! How long requests waited: counted in steps of ten microseconds.

use std::fmt;

/// Waits of so many steps and more are all the same: a second.
const STEPS: usize = 100_000;

const STEP_NANOS: u64 = 10_000;

/// How many waited how long.
pub struct Waits {
    steps: Vec<u32>,
    counted: usize,
    /// Who was not answered when it was over.
    pub unanswered: usize,
}

/// A wait in milliseconds; none where not everybody was answered.
pub struct Millis(Option<f64>);

impl Waits {
    pub fn new() -> Self {
        Self { steps: vec![0; STEPS + 1], counted: 0, unanswered: 0 }
    }

    pub fn count(&mut self, nanos: u64) {
        let step = usize::try_from(nanos / STEP_NANOS).unwrap_or(STEPS).min(STEPS);
        if let Some(count) = self.steps.get_mut(step) {
            *count += 1;
        }
        self.counted += 1;
    }

    pub fn counted(&self) -> usize {
        self.counted
    }

    pub fn add(&mut self, other: &Self) {
        self.steps.iter_mut().zip(&other.steps).for_each(|(mine, others)| *mine += others);
        self.counted += other.counted;
        self.unanswered += other.unanswered;
    }

    /// The wait that so large a share did not exceed.
    pub fn quantile(&self, share: f64) -> Millis {
        if self.unanswered > 0 {
            return Millis(None);
        }
        let wanted = (self.counted as f64 * share).ceil() as usize;
        let mut seen = 0;
        let step = self.steps.iter().position(|count| {
            seen += *count as usize;
            seen >= wanted
        });
        Millis(step.map(|step| (step + 1) as f64 * STEP_NANOS as f64 / 1e6))
    }

    /// Whether so large a share waited less than this.
    pub fn is_within(&self, share: f64, millis: f64) -> bool {
        self.quantile(share).0.is_some_and(|wait| wait < millis)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(millis) => formatter.pad(&format!("{millis:.1}")),
            None => formatter.pad("grows"),
        }
    }
}
