//! How the whole forge does, for its administrators.

use serde::Serialize;

use super::{AuditRow, TokenLine};
use crate::web::charts::Chart;

/// The overview.
#[derive(Clone, Serialize)]
pub struct Overview {
    /// What came of calls, by the hour.
    pub chart: Chart,
    /// The tools that asked most today, those first.
    pub busiest: Vec<BusyRow>,
    /// How all tokens stand.
    pub tokens: TokenCounts,
    /// The newest of those that are asleep.
    pub asleep: Vec<TokenLine>,
    /// Those that expire first.
    pub expiring: Vec<TokenLine>,
    /// Within how many days those do.
    pub soon_days: i64,
    /// What was done last.
    pub entries: Vec<AuditRow>,
}

/// How much one tool asked today.
#[derive(Debug, Clone, Serialize)]
pub struct BusyRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What was accepted.
    pub accepted: i64,
    /// What was refused.
    pub refused: i64,
}

/// How many tokens there are, by how they stand.
#[derive(Debug, Clone, Serialize)]
pub struct TokenCounts {
    /// When they were counted.
    pub counted: i64,
    /// Those that are good.
    pub live: i64,
    /// Those that are asleep.
    pub asleep: i64,
    /// The same by why.
    pub reasons: Vec<ReasonRow>,
    /// Those whose time is over.
    pub expired: i64,
    /// Those that were taken back.
    pub revoked: i64,
}

/// How many tokens are asleep for one reason.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonRow {
    /// The reason, in a word.
    pub why: &'static str,
    /// How many.
    pub tokens: i64,
}
