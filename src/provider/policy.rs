//! Lifetimes, windows and counts, each with its reason.

use std::time::Duration;

use crate::clock::UnixSeconds;

/// How far a request's timestamp may be from the server's clock, both ways (RFC 5849, section 3.3).
///
/// Five minutes forgive clocks that nobody sets, and bound what must be remembered.
pub const TIMESTAMP_WINDOW_SECONDS: i64 = 300;

/// How much longer than a request could be accepted its nonce is kept.
///
/// What is swept is refused whatever a clock says; with this margin an instance whose clock is behind by less refuses
/// nothing that its own window lets in.
pub const NONCE_MARGIN_SECONDS: i64 = 60;

/// So many wrong verifiers end temporary credentials: enough for a person who types one, hopeless for a guesser.
pub const MOST_WRONG_VERIFIERS: i64 = 5;

/// How long temporary credentials that lead nowhere are kept, so that a late consumer is told why.
pub const REMEMBER_REQUEST_TOKEN_SECONDS: i64 = 86_400;

/// How long token credentials that expired or were revoked are kept, so that a tool that runs once in a quarter is still told
/// which of the two it was.
pub const REMEMBER_ENDED_TOKEN_SECONDS: i64 = 90 * 86_400;

/// So far apart are two writes of one thing's last use: people ask *yesterday or today*, and a tool that calls a hundred
/// times a second is not to write as often.
pub const USE_APART_SECONDS: i64 = 60;

/// How long noted uses wait for others, to be written together.
pub const USES_WAIT: Duration = Duration::from_secs(5);

/// How many uses one transaction writes: a few milliseconds' work, so that nobody waits for it.
pub const USES_BATCH: usize = 1_000;

/// How many noted uses wait at most, should the database be gone: a few megabytes.
pub const MOST_WAITING_USES: usize = 50_000;

/// Of how many keys that nobody looked up calls wait to be written apart: anybody can make some up, and who only has a wrong
/// clock is among them.
pub const MOST_CLAIMED_KEYS: usize = 1_000;

/// How long it is kept what came of each consumer's calls, by the day: a year, and what a look back at it takes.
pub const REMEMBER_CALLS_DAYS: i64 = 400;

/// How long calls of the whole forge are kept by the hour.
pub const REMEMBER_CALLS_HOURS: i64 = 31 * 24;

/// How many rows one sweeping transaction removes: a few milliseconds' work, so that nobody waits for it.
pub const SWEEP_BATCH: i64 = 1_000;

/// So long before its end a user is told of it: a week, so that somebody who is away for a few days still reads it in time.
pub const ENDING_SOON_SECONDS: i64 = 7 * 86_400;

/// How many tokens one look for letters looks at: a few milliseconds' work, so that nobody waits for it.
pub const MAIL_LOOK: i64 = 500;

/// How many letters are taken at a time, to be sent one after the other.
pub const MAIL_BATCH: i64 = 8;

/// How long letters that were taken are left to who took them: longer than the mail server may take over all of them.
pub const MAIL_CLAIM_SECONDS: i64 = 15 * 60;

/// How long a letter is tried. Mail servers give up after some days too (RFC 5321, section 4.5.4.1), and news that are older are none.
pub const MAIL_GIVEN_UP_SECONDS: i64 = 3 * 86_400;

/// How long to wait after so many attempts: a minute, two, four, and at last four hours.
pub fn mail_pause(attempts: i64) -> i64 {
    let doublings = attempts.clamp(1, 9) - 1;
    (60_i64 << doublings).min(4 * 3_600)
}

/// What the operator sets.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// From the request for temporary credentials to the user's decision.
    pub request_token_seconds: i64,
    /// From the decision to the exchange of the verifier.
    pub verifier_seconds: i64,
    /// From the exchange to the end of the token at most; none: a user may grant it until it is revoked.
    pub longest_token_seconds: Option<i64>,
}

/// The oldest and newest timestamps that are accepted now.
pub fn acceptable_timestamps(now: UnixSeconds) -> (UnixSeconds, UnixSeconds) {
    (now.saturating_sub(TIMESTAMP_WINDOW_SECONDS), now.saturating_add(TIMESTAMP_WINDOW_SECONDS))
}
