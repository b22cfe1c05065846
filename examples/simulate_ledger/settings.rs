//! What is the same for all shards.

use crate::numbers::{Database, Numbers};

/// What things take, in nanoseconds, and how much of them there is.
pub struct Settings {
    pub commit: f64,
    pub nonce: f64,
    pub read: f64,
    pub facts: f64,
    pub round_trip: f64,
    /// For how long those of one load are on their way.
    pub way_of_a_load: f64,
    pub loads_at_once: usize,
    pub tokens_of_each: usize,
    /// For how long it is counted.
    pub counted: f64,
}

impl Settings {
    /// As the page has them.
    pub fn of(database: Database, numbers: &Numbers) -> Result<Self, String> {
        let micros = |name: &str| Ok::<f64, String>(numbers.of(database, name)? * 1e3);
        // SQLite is in the instance, and nothing travels.
        let round_trip = match database {
            Database::Sqlite => 0.0,
            Database::Postgres => micros("round trip to the database, microseconds")?,
        };
        Ok(Self {
            commit: micros("a batch, without its nonces")?,
            nonce: micros("each nonce of a batch")?,
            read: micros("reading a nonce that another instance wrote")?,
            facts: micros("loading the facts about one token")?,
            round_trip,
            way_of_a_load: round_trip * numbers.get("round trips that loading them takes")?,
            loads_at_once: numbers.count("loads that a shard answers at once")?,
            tokens_of_each: numbers.count("tokens of each consumer")?,
            counted: numbers.get("seconds that are simulated")? * 1e9,
        })
    }
}
