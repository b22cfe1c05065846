//! The time, asked for in one place. Below `web` and `cli` it arrives as an argument, so tests travel in time.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01T00:00:00Z.
pub type UnixSeconds = i64;

/// A day, in seconds.
pub const DAY: i64 = 86_400;

/// The server's clock, in whole seconds.
pub fn now() -> UnixSeconds {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| UnixSeconds::try_from(since.as_secs()).ok())
        .unwrap_or(0)
}

/// Reads a moment as RFC 3339 has it, or a day, which begins at midnight in UTC.
pub fn parse(text: &str) -> Option<UnixSeconds> {
    let day =
        || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|day| day.timestamp());
    text.parse::<jiff::Timestamp>().ok().or_else(day).map(jiff::Timestamp::as_second)
}

/// A moment as RFC 3339 has it, in UTC: `2026-11-21T19:00:00Z`. A moment that no calendar holds is shown as its number.
pub fn rfc3339(moment: UnixSeconds) -> String {
    jiff::Timestamp::from_second(moment).map_or_else(|_| moment.to_string(), |stamp| stamp.to_string())
}
