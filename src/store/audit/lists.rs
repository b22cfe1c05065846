//! Lists of entries, narrowed in many ways at once, none of which looks through the log.
//!
//! Of all that a list asks for, one thing has an index that leads: it gives entries, newest first. Those that do not fit are left
//! out, until there are enough or so many were looked at that nobody should be kept waiting.

use diesel::prelude::*;

use super::{
    Said,
    reading::{Found, Query, number_of, read},
};
use crate::{
    clock::UnixSeconds,
    store::{Action, Connection, Error, schema::audit_log},
};

/// So many entries are looked at in one step where something else than the index narrows the list.
const STEP: usize = 500;
/// The most entries that are looked at for one page.
const MOST_LOOKED_AT: usize = 2_000;

/// Which entries a list holds; `None` means all.
#[derive(Default, Clone, Copy)]
pub struct Filter<'a> {
    /// Only those that this user did, or that concern this user, by name.
    pub user: Option<&'a str>,
    /// Only those that this consumer did, or that concern it, by name.
    pub consumer: Option<&'a str>,
    /// Only those of this action.
    pub action: Option<Action>,
    /// Only those from this moment on: of the first one that was made then or later, and those behind it in the log. What a clock
    /// that was ahead wrote before that one is not among them.
    pub since: Option<UnixSeconds>,
    /// Only those before this number.
    pub before: Option<i64>,
}

/// Some entries, and where a list of the following ones begins.
#[derive(Default)]
pub struct Page {
    /// The entries, newest first.
    pub entries: Vec<Found>,
    /// There may be more among those before this number.
    pub more_before: Option<i64>,
    /// Whether the page ends because so many were looked at, and not because it is full.
    pub looked_enough: bool,
}

/// At most `limit` entries, newest first. One that cannot be read is among them wherever it might fit.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, filter: Filter<'_>, limit: usize) -> Result<Page, Error> {
    let first = match filter.since.map(|since| first_since(conn, since)).transpose()? {
        Some(None) => return Ok(Page::default()),
        first => first.flatten(),
    };
    let lead = Lead::of(&filter);
    // One more than is shown tells that there is more.
    let step = if lead.is_all_of(&filter) { limit.saturating_add(1) } else { STEP };
    let (mut found, mut looked_at, mut before) = (Vec::new(), 0, filter.before);
    let has_more = loop {
        let entries = lead.entries(conn, (first, before), step)?;
        let is_last = entries.len() < step;
        looked_at += entries.len();
        before = entries.last().map(number_of).or(before);
        found.extend(entries.into_iter().filter(|entry| entry.as_ref().map_or(true, |entry| filter.fits(&entry.said))));
        if found.len() > limit || is_last || looked_at >= MOST_LOOKED_AT {
            break !is_last;
        }
    };
    let is_full = found.len() > limit;
    found.truncate(limit);
    let more_before = if is_full { found.last().map(number_of) } else { before.filter(|_| has_more) };
    Ok(Page { entries: found, more_before, looked_enough: has_more && !is_full })
}

/// The number of the first entry that was made at this moment or later, if there is one yet.
fn first_since(conn: &mut Connection, since: UnixSeconds) -> Result<Option<i64>, Error> {
    let entries = audit_log::table.filter(audit_log::at.ge(since)).order((audit_log::at, audit_log::number));
    Ok(entries.select(audit_log::number).first(conn.db()).optional()?)
}

impl Filter<'_> {
    /// Whether an entry is of all that is asked for but the user, who leads where one is.
    fn fits(&self, said: &Said) -> bool {
        self.consumer.is_none_or(|consumer| said.consumer_name.as_deref() == Some(consumer))
            && self.action.is_none_or(|action| said.action == action.word())
            && self.since.is_none_or(|since| said.at >= since)
    }
}

/// What has an index of its own, newest first.
#[derive(Debug, Clone, Copy)]
enum Lead<'a> {
    User(&'a str),
    Consumer(&'a str),
    Action(Action),
    All,
}

impl<'a> Lead<'a> {
    /// What leads, of what is asked for: the first that narrows most, as a rule.
    fn of(filter: &Filter<'a>) -> Self {
        match (filter.user, filter.consumer, filter.action) {
            (Some(user), _, _) => Self::User(user),
            (None, Some(consumer), _) => Self::Consumer(consumer),
            (None, None, Some(action)) => Self::Action(action),
            (None, None, None) => Self::All,
        }
    }

    /// Whether nothing else narrows the list.
    fn is_all_of(self, filter: &Filter<'_>) -> bool {
        match self {
            Self::User(_) => filter.consumer.is_none() && filter.action.is_none(),
            Self::Consumer(_) => filter.action.is_none(),
            Self::Action(_) | Self::All => true,
        }
    }

    /// At most `limit` entries, newest first: from the first number on and before the last one, where they are given. What is no
    /// number is within no bounds, so none are set that nobody asks for.
    fn entries(
        self,
        conn: &mut Connection,
        (first, last): (Option<i64>, Option<i64>),
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let newest = || -> Query<'a> {
            let mut those = audit_log::table.order(audit_log::number.desc()).into_boxed();
            if let Some(first) = first {
                those = those.filter(audit_log::number.ge(first));
            }
            if let Some(last) = last {
                those = those.filter(audit_log::number.lt(last));
            }
            those.limit(i64::try_from(limit).unwrap_or(i64::MAX))
        };
        let user = match self {
            Self::User(user) => user,
            Self::Consumer(name) => return read(conn, || newest().filter(audit_log::consumer_name.eq(name))),
            Self::Action(action) => return read(conn, || newest().filter(audit_log::action.eq(action.word()))),
            Self::All => return read(conn, newest),
        };
        // Each by its own index: whoever asks for either has all of both sorted.
        let did = audit_log::actor.eq("user").and(audit_log::actor_name.eq(user));
        let mut found = read(conn, || newest().filter(did))?;
        found.extend(read(conn, || newest().filter(audit_log::user_name.eq(user)))?);
        found.sort_by_key(|entry| std::cmp::Reverse(number_of(entry)));
        found.dedup_by_key(|entry| number_of(entry));
        found.truncate(limit);
        Ok(found)
    }
}
