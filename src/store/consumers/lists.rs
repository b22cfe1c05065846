//! Lists of consumers by name.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Connection, Consumer, Error};
use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    store::{
        access_tokens,
        by_name::{self, Page},
        calls::ACCEPTED,
        consumer_words::{self, Texts},
        schema::{consumer_calls, consumers},
    },
};

/// Which consumers a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those that are listened to.
    Enabled,
    /// Those that are not.
    Disabled,
    /// Those of whom no call was accepted from this day on.
    Unused {
        /// The day, as calls are counted.
        since: i64,
    },
}

/// What is looked for among consumers.
#[derive(Debug, Clone)]
pub struct Sought {
    /// How they stand.
    pub which: Which,
    /// The beginnings of words, each of which one of theirs has.
    pub words: Vec<String>,
}

impl by_name::Sought for Sought {
    type Row = Consumer;
    type Id = ConsumerId;

    fn name(row: &Consumer) -> &str {
        &row.name
    }

    fn rarest_word(&self) -> Option<&str> {
        self.words.iter().max_by_key(|word| word.len()).map(String::as_str)
    }

    fn is_all(&self) -> bool {
        self.words.is_empty() && !matches!(self.which, Which::Unused { .. })
    }

    fn with_word(&self, conn: &mut Connection, beginning: &str, limit: i64) -> Result<Vec<ConsumerId>, Error> {
        consumer_words::with_word(conn, beginning, limit)
    }

    fn these(&self, conn: &mut Connection, ids: Vec<ConsumerId>, after: &str) -> Result<Vec<Consumer>, Error> {
        let these = consumers::table.filter(consumers::id.eq_any(ids)).filter(consumers::name.gt(after));
        let rows: Vec<Consumer> = these.select(Consumer::as_select()).order(consumers::name).load(conn.db())?;
        Ok(match self.which {
            Which::All | Which::Unused { .. } => rows,
            Which::Enabled => rows.into_iter().filter(|consumer| consumer.enabled).collect(),
            Which::Disabled => rows.into_iter().filter(|consumer| !consumer.enabled).collect(),
        })
    }

    fn following(&self, conn: &mut Connection, after: &str, limit: i64) -> Result<Vec<Consumer>, Error> {
        let query = consumers::table.filter(consumers::name.gt(after)).into_boxed();
        let query = match self.which {
            Which::All | Which::Unused { .. } => query,
            Which::Enabled => query.filter(consumers::enabled.eq(true)),
            Which::Disabled => query.filter(consumers::enabled.eq(false)),
        };
        Ok(query.select(Consumer::as_select()).order(consumers::name).limit(limit).load(conn.db())?)
    }

    fn wanted(&self, conn: &mut Connection, mut rows: Vec<Consumer>) -> Result<Vec<Consumer>, Error> {
        rows.retain(|row| {
            let texts = Texts { name: &row.name, url: &row.url, description: &row.description };
            self.words.is_empty() || texts.have_all(&self.words)
        });
        if let Which::Unused { since } = self.which {
            let unused = unused(conn, rows.iter().map(|row| row.id).collect(), since)?;
            rows.retain(|row| unused.contains(&row.id));
        }
        Ok(rows)
    }
}

/// Those of these consumers of whom no call was accepted from this day on.
fn unused(conn: &mut Connection, ids: Vec<ConsumerId>, since: i64) -> Result<HashSet<ConsumerId>, Error> {
    let accepted = consumer_calls::table
        .filter(consumer_calls::consumer_id.eq(consumers::id))
        .filter(consumer_calls::day.ge(since))
        .filter(consumer_calls::code.eq(ACCEPTED));
    // One of each, and not NOT EXISTS, for which PostgreSQL would rather read the calls of everybody.
    let one = accepted.select(consumer_calls::day).limit(1).single_value();
    let unused = consumers::table.filter(consumers::id.eq_any(ids)).filter(one.is_null()).select(consumers::id);
    Ok(unused.load::<ConsumerId>(conn.db())?.into_iter().collect())
}

/// At most `limit` of the consumers that are looked for, by name, of those after this one.
///
/// # Errors
/// Those of the database.
pub fn page(conn: &mut Connection, sought: &Sought, after: &str, limit: usize) -> Result<Page<Consumer>, Error> {
    by_name::page(conn, sought, after, limit)
}

/// At most `limit` consumers by name, each with how many live access tokens it has.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, now: UnixSeconds, limit: i64) -> Result<Vec<(Consumer, i64)>, Error> {
    let found: Vec<Consumer> =
        consumers::table.select(Consumer::as_select()).order(consumers::name).limit(limit).load(conn.db())?;
    let counts = access_tokens::live_counts(conn, now)?;
    let with_count = |consumer: Consumer| {
        let count = counts.get(&consumer.id).copied().unwrap_or(0);
        (consumer, count)
    };
    Ok(found.into_iter().map(with_count).collect())
}

/// At most `limit` consumers that are listened to and whose names begin so, by name; those behind a name, where one is given.
///
/// # Errors
/// Those of the database.
pub fn enabled(conn: &mut Connection, prefix: &str, behind: &str, limit: i64) -> Result<Vec<Consumer>, Error> {
    // By the name's own index: names that begin so stand together, from the first that is not before it.
    let found: Vec<Consumer> = consumers::table
        .filter(consumers::name.ge(prefix))
        .filter(consumers::name.gt(behind))
        .filter(consumers::enabled.eq(true))
        .select(Consumer::as_select())
        .order(consumers::name)
        .limit(limit)
        .load(conn.db())?;
    Ok(found.into_iter().filter(|consumer| consumer.name.starts_with(prefix)).collect())
}
