//! How much was asked: of each token and consumer by the day, of the whole forge by the hour. Records that nobody is judged
//! by, so adding to them moves no epoch.

use std::collections::HashMap;

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Text},
};

use super::{
    Connection, Error, Transaction,
    backend::Conn,
    schema::{consumer_calls, hourly_calls, token_calls},
};
use crate::{
    clock::{DAY, UnixSeconds},
    ids::{AccessTokenId, ConsumerId},
};

mod busiest;

pub use busiest::{Busy, busiest};

/// What stands for the code of a call that was not refused.
pub const ACCEPTED: &str = "accepted";

const HOUR: i64 = 3_600;

/// The day of a moment, in UTC, counted from 1970-01-01.
pub fn day_of(at: UnixSeconds) -> i64 {
    at.div_euclid(DAY)
}

/// The hour of a moment, counted from 1970-01-01T00:00:00Z.
pub fn hour_of(at: UnixSeconds) -> i64 {
    at.div_euclid(HOUR)
}

/// Calls that are to be added to those that are written down; each row is of another thing, day or code.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// What tokens were used for.
    pub tokens: Vec<OfToken>,
    /// What consumers asked, by the keys that they named. One that there is no such consumer for is not written.
    pub consumers: Vec<OfConsumer>,
    /// What everybody asked.
    pub hours: Vec<OfHour>,
}

/// Calls with one token on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfToken {
    /// The token.
    pub token: AccessTokenId,
    /// The day.
    pub day: i64,
    /// How many.
    pub calls: i64,
}

/// Calls of one consumer on one day with one outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfConsumer {
    /// The consumer's key.
    pub key: String,
    /// The day.
    pub day: i64,
    /// [`ACCEPTED`], or why they were refused.
    pub code: &'static str,
    /// How many.
    pub calls: i64,
}

/// Calls in one hour with one outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfHour {
    /// The hour.
    pub hour: i64,
    /// [`ACCEPTED`], or why they were refused.
    pub code: &'static str,
    /// How many.
    pub calls: i64,
}

/// Adds to what is written down.
///
/// Several instances add at once. All take their rows in one order, tokens first and hours last, and nobody waits for whoever
/// is removing a token or a consumer: so no two wait for each other.
///
/// # Errors
/// Those of the database; then nothing is added.
pub fn add(tx: &mut Transaction<'_>, mut counts: Counts) -> Result<(), Error> {
    counts.tokens.sort_unstable();
    counts.consumers.sort_unstable();
    counts.hours.sort_unstable();
    match tx.db() {
        Conn::Postgres(connection) => {
            add_tokens(connection, &counts.tokens)?;
            add_consumers(connection, &counts.consumers)?;
        }
        Conn::Sqlite(connection) => add_one_by_one(connection, &counts)?,
    }
    for one in &counts.hours {
        sql_query(
            "INSERT INTO hourly_calls (hour, code, calls) VALUES ($1, $2, $3) \
             ON CONFLICT (hour, code) DO UPDATE SET calls = hourly_calls.calls + excluded.calls",
        )
        .bind::<BigInt, _>(one.hour)
        .bind::<Text, _>(one.code)
        .bind::<BigInt, _>(one.calls)
        .execute(tx.db())?;
    }
    Ok(())
}

fn add_tokens(connection: &mut PgConnection, counts: &[OfToken]) -> QueryResult<usize> {
    sql_query(
        "INSERT INTO token_calls (token_id, day, calls) \
         SELECT token.id, counted.day, counted.calls FROM unnest($1, $2, $3) AS counted (id, day, calls) \
         JOIN access_tokens AS token ON token.id = counted.id ORDER BY token.id, counted.day \
         FOR KEY SHARE OF token SKIP LOCKED \
         ON CONFLICT (token_id, day) DO UPDATE SET calls = token_calls.calls + excluded.calls",
    )
    .bind::<Array<BigInt>, _>(counts.iter().map(|one| one.token.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(counts.iter().map(|one| one.day).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(counts.iter().map(|one| one.calls).collect::<Vec<_>>())
    .execute(connection)
}

fn add_consumers(connection: &mut PgConnection, counts: &[OfConsumer]) -> QueryResult<usize> {
    sql_query(
        "INSERT INTO consumer_calls (consumer_id, day, code, calls) \
         SELECT consumer.id, counted.day, counted.code, counted.calls \
         FROM unnest($1, $2, $3, $4) AS counted (key, day, code, calls) \
         JOIN consumers AS consumer ON consumer.key = counted.key ORDER BY consumer.id, counted.day, counted.code \
         FOR KEY SHARE OF consumer SKIP LOCKED \
         ON CONFLICT (consumer_id, day, code) DO UPDATE SET calls = consumer_calls.calls + excluded.calls",
    )
    .bind::<Array<Text>, _>(counts.iter().map(|one| one.key.as_str()).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(counts.iter().map(|one| one.day).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(counts.iter().map(|one| one.code).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(counts.iter().map(|one| one.calls).collect::<Vec<_>>())
    .execute(connection)
}

fn add_one_by_one(connection: &mut SqliteConnection, counts: &Counts) -> QueryResult<()> {
    for one in &counts.tokens {
        sql_query(
            "INSERT INTO token_calls (token_id, day, calls) SELECT id, ?2, ?3 FROM access_tokens WHERE id = ?1 \
             ON CONFLICT (token_id, day) DO UPDATE SET calls = token_calls.calls + excluded.calls",
        )
        .bind::<BigInt, _>(one.token.0)
        .bind::<BigInt, _>(one.day)
        .bind::<BigInt, _>(one.calls)
        .execute(connection)?;
    }
    for one in &counts.consumers {
        sql_query(
            "INSERT INTO consumer_calls (consumer_id, day, code, calls) \
             SELECT id, ?2, ?3, ?4 FROM consumers WHERE key = ?1 \
             ON CONFLICT (consumer_id, day, code) DO UPDATE SET calls = consumer_calls.calls + excluded.calls",
        )
        .bind::<Text, _>(&one.key)
        .bind::<BigInt, _>(one.day)
        .bind::<Text, _>(one.code)
        .bind::<BigInt, _>(one.calls)
        .execute(connection)?;
    }
    Ok(())
}

/// Days, or hours, in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub first: i64,
    /// How many.
    pub length: usize,
}

impl Span {
    /// The `length` days of which the last is that of this moment.
    pub fn days_until(at: UnixSeconds, length: usize) -> Self {
        Self::ending(day_of(at), length)
    }

    /// The `length` hours of which the last is that of this moment.
    pub fn hours_until(at: UnixSeconds, length: usize) -> Self {
        Self::ending(hour_of(at), length)
    }

    fn ending(last: i64, length: usize) -> Self {
        Self { first: last.saturating_sub(i64::try_from(length).unwrap_or(i64::MAX)).saturating_add(1), length }
    }

    /// The last of them.
    pub fn last(self) -> i64 {
        self.first.saturating_add(i64::try_from(self.length).unwrap_or(i64::MAX)).saturating_sub(1)
    }

    /// One number for each, none where there is nothing.
    fn filled(self, found: impl IntoIterator<Item = (i64, i64)>) -> Vec<i64> {
        let mut filled = vec![0; self.length];
        for (at, calls) in found {
            let place = at.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
            if let Some(one) = place.and_then(|place| filled.get_mut(place)) {
                *one = calls;
            }
        }
        filled
    }
}

/// What came of calls, over a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// [`ACCEPTED`], or why they were refused.
    pub code: String,
    /// How many there were on each day, or in each hour.
    pub calls: Vec<i64>,
}

/// How often these tokens were used on each day. One that was not is not there.
///
/// # Errors
/// Those of the database.
pub fn of_tokens(
    conn: &mut Connection,
    tokens: &[AccessTokenId],
    days: Span,
) -> Result<HashMap<AccessTokenId, Vec<i64>>, Error> {
    let rows: Vec<(AccessTokenId, i64, i64)> = token_calls::table
        .filter(token_calls::token_id.eq_any(tokens.to_vec()))
        .filter(token_calls::day.between(days.first, days.last()))
        .load(conn.db())?;
    Ok(series(rows, days))
}

/// How many calls of these consumers were accepted on each day. One of whom none was is not there.
///
/// # Errors
/// Those of the database.
pub fn accepted_of(
    conn: &mut Connection,
    consumers: &[ConsumerId],
    days: Span,
) -> Result<HashMap<ConsumerId, Vec<i64>>, Error> {
    let rows: Vec<(ConsumerId, i64, i64)> = consumer_calls::table
        .filter(consumer_calls::consumer_id.eq_any(consumers.to_vec()))
        .filter(consumer_calls::day.between(days.first, days.last()))
        .filter(consumer_calls::code.eq(ACCEPTED))
        .select((consumer_calls::consumer_id, consumer_calls::day, consumer_calls::calls))
        .load(conn.db())?;
    Ok(series(rows, days))
}

fn series<Of: Eq + std::hash::Hash>(rows: Vec<(Of, i64, i64)>, span: Span) -> HashMap<Of, Vec<i64>> {
    let mut found: HashMap<Of, Vec<(i64, i64)>> = HashMap::new();
    for (of, at, calls) in rows {
        found.entry(of).or_default().push((at, calls));
    }
    found.into_iter().map(|(of, found)| (of, span.filled(found))).collect()
}

/// What came of a consumer's calls on each day: what was accepted first, then why others were refused, by the alphabet. What
/// did not happen is not there.
///
/// # Errors
/// Those of the database.
pub fn of_consumer(conn: &mut Connection, consumer: ConsumerId, days: Span) -> Result<Vec<Outcome>, Error> {
    let rows: Vec<(String, i64, i64)> = consumer_calls::table
        .filter(consumer_calls::consumer_id.eq(consumer))
        .filter(consumer_calls::day.between(days.first, days.last()))
        .select((consumer_calls::code, consumer_calls::day, consumer_calls::calls))
        .load(conn.db())?;
    Ok(outcomes(rows, days))
}

/// What came of everybody's calls in each hour, in the same order.
///
/// # Errors
/// Those of the database.
pub fn of_all(conn: &mut Connection, hours: Span) -> Result<Vec<Outcome>, Error> {
    let rows: Vec<(String, i64, i64)> = hourly_calls::table
        .filter(hourly_calls::hour.between(hours.first, hours.last()))
        .select((hourly_calls::code, hourly_calls::hour, hourly_calls::calls))
        .load(conn.db())?;
    Ok(outcomes(rows, hours))
}

fn outcomes(rows: Vec<(String, i64, i64)>, span: Span) -> Vec<Outcome> {
    let mut outcomes: Vec<_> = series(rows, span).into_iter().map(|(code, calls)| Outcome { code, calls }).collect();
    outcomes.sort_by(|a, b| (a.code != ACCEPTED, &a.code).cmp(&(b.code != ACCEPTED, &b.code)));
    outcomes
}

/// Removes at most `limit` rows of tokens and as many of consumers from days before `day`, and those of the forge from hours
/// before `hour`. Says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, day: i64, hour: i64, limit: i64) -> Result<usize, Error> {
    let tokens: Vec<(i64, AccessTokenId)> = token_calls::table
        .filter(token_calls::day.lt(day))
        .select((token_calls::day, token_calls::token_id))
        .order((token_calls::day, token_calls::token_id))
        .limit(limit)
        .load(tx.db())?;
    let mut removed = 0;
    if let Some((day, token)) = tokens.last().copied() {
        let until = token_calls::day.lt(day).or(token_calls::day.eq(day).and(token_calls::token_id.le(token)));
        removed += diesel::delete(token_calls::table.filter(until)).execute(tx.db())?;
    }
    let consumers: Vec<(i64, ConsumerId)> = consumer_calls::table
        .filter(consumer_calls::day.lt(day))
        .select((consumer_calls::day, consumer_calls::consumer_id))
        .order((consumer_calls::day, consumer_calls::consumer_id))
        .limit(limit)
        .load(tx.db())?;
    if let Some((day, consumer)) = consumers.last().copied() {
        let until = consumer_calls::day.eq(day).and(consumer_calls::consumer_id.le(consumer));
        let until = consumer_calls::day.lt(day).or(until);
        removed += diesel::delete(consumer_calls::table.filter(until)).execute(tx.db())?;
    }
    // One row for each hour and outcome: there are never many.
    removed += diesel::delete(hourly_calls::table.filter(hourly_calls::hour.lt(hour))).execute(tx.db())?;
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_an_hour_begin_at_midnight_and_on_the_hour() {
        assert_eq!([-1, 0, 86_399, 86_400].map(day_of), [-1, 0, 0, 1]);
        assert_eq!([-1, 0, 3_599, 3_600].map(hour_of), [-1, 0, 0, 1]);
    }

    #[test]
    fn a_span_ends_today_and_has_no_gaps() {
        let days = Span::days_until(10 * DAY + 7, 4);
        assert_eq!((days.first, days.last()), (7, 10));
        assert_eq!(days.filled([(8, 3), (10, 1), (6, 9), (11, 9), (i64::MIN, 9)]), [0, 3, 0, 1]);
        assert_eq!(days.filled([]), [0; 4]);
    }

    #[test]
    fn what_was_accepted_comes_before_why_others_were_refused() {
        let rows = [("token_expired", 1, 2), (ACCEPTED, 2, 5), ("nonce_used", 1, 1)];
        let rows = rows.map(|(code, day, calls)| (code.to_owned(), day, calls)).to_vec();
        let told: Vec<_> = outcomes(rows, Span { first: 1, length: 2 });
        let told: Vec<_> = told.iter().map(|outcome| (outcome.code.as_str(), outcome.calls.as_slice())).collect();
        assert_eq!(told, [(ACCEPTED, &[0, 5][..]), ("nonce_used", &[1, 0]), ("token_expired", &[2, 0])]);
    }
}
