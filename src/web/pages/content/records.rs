//! What was written down: the audit log, and what was refused lately.

use serde::Serialize;

use super::{FieldError, Pages};
use crate::{clock::UnixSeconds, provider::refusals::Explained};

/// A page of the audit log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditTrail {
    /// The entries, newest first.
    pub rows: Vec<AuditRow>,
    /// The user whom it was asked about, or empty.
    pub user: String,
    /// The tool that it was asked about, or empty.
    pub consumer: String,
    /// The action that it was asked about, or empty.
    pub action: String,
    /// All actions, in the log's words.
    pub actions: Vec<&'static str>,
    /// The day, or the moment, from which on it was asked about, as it was typed; or empty.
    pub since: String,
    /// Whether that is neither.
    pub since_is_wrong: bool,
    /// Whether not all of the log was asked for.
    pub is_narrowed: bool,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// One entry of the audit log; of one that cannot be read, only its number.
#[derive(Debug, Default, Clone, Serialize)]
pub struct AuditRow {
    /// Its number.
    pub number: i64,
    /// When it was done; of one that cannot be read nobody knows.
    pub at: Option<i64>,
    /// Who did it.
    pub who: String,
    /// The address that it was done from, or empty.
    pub address: String,
    /// What was done, in the log's word for it; empty: it cannot be read.
    pub action: String,
    /// The same, where it is a word that this program knows, or empty.
    pub did: &'static str,
    /// To what.
    pub what: String,
    /// What else there is to say, or empty.
    pub details: String,
    /// Why, or empty.
    pub reason: String,
}

/// Requests that were refused lately.
#[derive(Clone, Serialize)]
pub struct Refusals {
    /// The refusals, in the order to show.
    pub rows: Vec<RefusalRow>,
    /// Whether they are those of all tools, or of one's own alone.
    pub is_everybodys: bool,
}

/// One line in the list of refusals.
#[derive(Debug, Clone, Serialize)]
pub struct RefusalRow {
    /// Under which it is looked up.
    pub id: String,
    /// The tool whose key the request names; `None`: no known one.
    pub consumer: Option<String>,
    /// Why it was refused.
    pub code: String,
    /// Method and path.
    pub request: String,
    /// When it was.
    pub at: UnixSeconds,
}

/// One refusal, explained.
#[derive(Clone, Serialize)]
pub struct RefusalPage {
    /// What was seen, and what was found out.
    pub explained: Explained,
    /// What is wrong with what was pasted.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}
