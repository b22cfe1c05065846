//! What an admin looks at: a page of the list, what belongs to a consumer, and what stops when it is refused.

use std::collections::HashMap;

use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    provider::{Error, consumers::list},
    store::{
        self, Connection, Page,
        access_tokens::Listed,
        calls::Span,
        consumer_secrets::ConsumerSecret,
        consumers::{Consumer, Sought},
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

/// At most `limit` of the consumers that are looked for, by name, of those after this one; each with what came of its calls on
/// these days.
///
/// # Errors
/// Those of the store.
pub fn page(
    conn: &mut Connection,
    (sought, after): (&Sought, &str),
    days: Span,
    now: UnixSeconds,
    limit: usize,
) -> Result<Page<Row>, Error> {
    let found = store::consumers::page(conn, sought, after, limit)?;
    let ids: Vec<ConsumerId> = found.rows.iter().map(|consumer| consumer.id).collect();
    let tokens = store::access_tokens::live_counts_of(conn, &ids, now)?;
    let mut calls = store::calls::accepted_of(conn, &ids, days)?;
    let row = |consumer: Consumer| Row {
        tokens: tokens.get(&consumer.id).copied().unwrap_or(0),
        calls: calls.remove(&consumer.id),
        consumer,
    };
    let Page { rows, more_after, looked_enough } = found;
    Ok(Page { rows: rows.into_iter().map(row).collect(), more_after, looked_enough })
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
        Ok(Self {
            tokens: store::access_tokens::count_live(conn, id, now)?,
            users: store::access_tokens::count_users(conn, id, now)?,
            newest: store::access_tokens::these(conn, &newest)?,
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
