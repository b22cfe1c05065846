//! Who asked most.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use diesel::prelude::*;

use super::{ACCEPTED, Connection, Error};
use crate::{
    ids::ConsumerId,
    store::schema::{consumer_calls, consumers},
};

/// For each of the busiest consumers that are looked for, so many of the largest counts are looked at.
const COUNTS_FOR_EACH: usize = 10;

/// How much a consumer asked on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// The consumer.
    pub consumer: ConsumerId,
    /// Its name.
    pub name: String,
    /// How much of it was accepted.
    pub accepted: i64,
    /// How much was refused.
    pub refused: i64,
}

/// The at most `limit` consumers that asked most on a day, those first. They are looked for among the largest counts of one
/// outcome: who was refused in many ways, each of them seldom, is not found.
///
/// # Errors
/// Those of the database.
pub fn busiest(conn: &mut Connection, day: i64, limit: usize) -> Result<Vec<Busy>, Error> {
    let largest = consumer_calls::table.filter(consumer_calls::day.eq(day)).select(consumer_calls::consumer_id);
    let most = i64::try_from(limit.saturating_mul(COUNTS_FOR_EACH)).unwrap_or(i64::MAX);
    let found: HashSet<ConsumerId> = largest
        .order((consumer_calls::calls.desc(), consumer_calls::consumer_id.desc()))
        .limit(most)
        .load(conn.db())?
        .into_iter()
        .collect();
    let rows: Vec<(ConsumerId, String, i64)> = consumer_calls::table
        .filter(consumer_calls::day.eq(day))
        .filter(consumer_calls::consumer_id.eq_any(found))
        .select((consumer_calls::consumer_id, consumer_calls::code, consumer_calls::calls))
        .load(conn.db())?;
    let mut busy: HashMap<ConsumerId, Busy> = HashMap::new();
    for (consumer, code, calls) in rows {
        let one = busy.entry(consumer).or_insert(Busy { consumer, name: String::new(), accepted: 0, refused: 0 });
        match code.as_str() {
            ACCEPTED => one.accepted += calls,
            _ => one.refused += calls,
        }
    }
    let mut busiest: Vec<Busy> = busy.into_values().collect();
    busiest.sort_by_key(|busy| (Reverse(busy.accepted.saturating_add(busy.refused)), busy.consumer));
    busiest.truncate(limit);
    named(conn, busiest)
}

/// Those of these consumers that there still are, with their names.
fn named(conn: &mut Connection, busiest: Vec<Busy>) -> Result<Vec<Busy>, Error> {
    let ids: Vec<ConsumerId> = busiest.iter().map(|busy| busy.consumer).collect();
    let names = consumers::table.filter(consumers::id.eq_any(ids)).select((consumers::id, consumers::name));
    let mut names: HashMap<ConsumerId, String> = names.load::<(ConsumerId, String)>(conn.db())?.into_iter().collect();
    Ok(busiest.into_iter().filter_map(|busy| names.remove(&busy.consumer).map(|name| Busy { name, ..busy })).collect())
}
