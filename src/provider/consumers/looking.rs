//! What an admin looks at: a page of the list, what belongs to a consumer, and what stops when it is refused.

use std::collections::HashMap;

use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    provider::{Error, consumers::list},
    store::{
        self, Connection,
        access_tokens::{Filter, Listed},
        calls::Span,
        consumer_secrets::ConsumerSecret,
        consumers::{Consumer, Which},
    },
};

/// A consumer as a page of the list shows it.
pub struct Row {
    /// The consumer.
    pub consumer: Consumer,
    /// How many live access tokens it has.
    pub tokens: i64,
    /// How many of its calls were accepted on each day; nothing where none was.
    pub calls: Option<Vec<i64>>,
}

/// What a page of the list is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is looked for in names, descriptions and hosts; the beginning of each word is enough.
    pub words: String,
    /// Which consumers.
    pub which: Which,
    /// The name that the page before ended with, or nothing.
    pub after: String,
}

/// At most `limit` consumers by name, with what came of their calls on these days.
///
/// # Errors
/// Those of the store.
pub fn page(conn: &mut Connection, asked: &Asked, days: Span, now: UnixSeconds, limit: i64) -> Result<Vec<Row>, Error> {
    let terms = store::consumer_words::terms(&asked.words);
    if terms.is_empty() && !asked.words.trim().is_empty() {
        // What holds no word is in nobody's.
        return Ok(Vec::new());
    }
    let found = store::consumers::page(conn, asked.which, &terms, &asked.after, limit)?;
    let ids: Vec<ConsumerId> = found.iter().map(|consumer| consumer.id).collect();
    let tokens = store::access_tokens::live_counts_of(conn, &ids, now)?;
    let mut calls = store::calls::accepted_of(conn, &ids, days)?;
    let row = |consumer: Consumer| Row {
        tokens: tokens.get(&consumer.id).copied().unwrap_or(0),
        calls: calls.remove(&consumer.id),
        consumer,
    };
    Ok(found.into_iter().map(row).collect())
}

/// What stops when a consumer is refused: the live tokens that it holds.
pub struct Holding {
    /// How many there are.
    pub tokens: i64,
    /// How many users they belong to.
    pub users: i64,
    /// The newest of them.
    pub newest: Vec<Listed>,
}

impl Holding {
    /// What one consumer holds, the newest `limit` one by one.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(conn: &mut Connection, id: ConsumerId, now: UnixSeconds, limit: i64) -> Result<Self, Error> {
        let newest = store::access_tokens::newest_of(conn, id, now, limit)?;
        let filter = Filter { ids: Some(&newest), ..Filter::default() };
        Ok(Self {
            tokens: store::access_tokens::count_live(conn, id, now)?,
            users: store::access_tokens::count_users(conn, id, now)?,
            newest: store::access_tokens::list(conn, filter, now, limit)?,
        })
    }
}

/// What belongs to a consumer and does not stand in its row.
#[derive(Default)]
pub struct About {
    /// Who looks after it, by log-in name.
    pub owner: Option<String>,
    /// Where users may be sent back to.
    pub callbacks: Vec<String>,
    /// From where it may ask; none: from everywhere.
    pub networks: Vec<String>,
    /// Its live secrets, the newest first, without what is secret.
    pub secrets: Vec<ConsumerSecret>,
    /// How many live access tokens it has.
    pub tokens: i64,
}

impl About {
    /// About one consumer.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(conn: &mut Connection, id: ConsumerId, now: UnixSeconds) -> Result<Self, Error> {
        Ok(Self {
            owner: store::consumers::owner(conn, id)?,
            callbacks: store::consumers::callbacks(conn, id)?,
            networks: store::consumers::networks(conn, id)?,
            secrets: store::consumer_secrets::live(conn, id, now)?,
            tokens: store::access_tokens::count_live(conn, id, now)?,
        })
    }

    /// All consumers by name, each with what is about it: as many questions as about one.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of_all(conn: &mut Connection, now: UnixSeconds) -> Result<Vec<(Consumer, Self)>, Error> {
        let all = list(conn, now)?;
        let mut about: HashMap<ConsumerId, Self> =
            all.iter().map(|(consumer, tokens)| (consumer.id, Self { tokens: *tokens, ..Self::default() })).collect();
        // What was registered since the first question waits for the next list.
        for (id, owner) in store::consumers::all_owners(conn)? {
            about.entry(id).and_modify(|about| about.owner = Some(owner));
        }
        for (id, callback) in store::consumers::all_callbacks(conn)? {
            about.entry(id).and_modify(|about| about.callbacks.push(callback));
        }
        for (id, network) in store::consumers::all_networks(conn)? {
            about.entry(id).and_modify(|about| about.networks.push(network));
        }
        for (id, secret) in store::consumer_secrets::all_live(conn, now)? {
            about.entry(id).and_modify(|about| about.secrets.push(secret));
        }
        let with_about = |(consumer, _): (Consumer, i64)| {
            let about = about.remove(&consumer.id).unwrap_or_default();
            (consumer, about)
        };
        Ok(all.into_iter().map(with_about).collect())
    }
}
