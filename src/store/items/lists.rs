//! Lists of items, narrowed in many ways at once, none of which looks through a table.
//!
//! Of all that a list asks for, one thing has an index that leads: it gives numbers, newest first. The items of these are
//! looked at and those that do not fit are left out, until there are enough or so many were looked at that nobody should be
//! kept waiting. Each statement asks so little that it has one sensible way, at both databases, however rows are spread.

use std::collections::{HashMap, HashSet};

use diesel::{prelude::*, sql_types};

use super::words::{self, Sought};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ItemId, TrackerId, UserId},
    store::{
        Connection, Error, ItemStatus,
        schema::{item_words, items, users},
    },
};

/// So many items are looked at in one step where something else than the index narrows the list.
const STEP: usize = 500;
/// The most items that are looked at for one list.
const MOST_LOOKED_AT: usize = 2_000;
/// The most characters of a summary that a list holds.
const LONGEST_SUMMARY: i32 = 200;

/// In which trackers a list looks.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// In one.
    Tracker(TrackerId),
    /// In several, for what one access token filed.
    OfToken(AccessTokenId, &'a [TrackerId]),
}

/// Which items a list holds; `None` means all.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// Where.
    pub scope: Scope<'a>,
    /// Only those with all of these words.
    pub words: Sought,
    /// Only those that stand so.
    pub status: Option<ItemStatus>,
    /// Only those of this priority.
    pub priority: Option<i64>,
    /// Only those that this user filed.
    pub submitter: Option<UserId>,
    /// Only those that were filed through the consumer that had this name.
    pub consumer: Option<&'a str>,
    /// Only those that were filed by this token.
    pub token: Option<AccessTokenId>,
}

impl<'a> Filter<'a> {
    /// All that there are.
    pub fn all_in(scope: Scope<'a>) -> Self {
        let words = Sought::default();
        Self { scope, words, status: None, priority: None, submitter: None, consumer: None, token: None }
    }
}

/// An item as lists show it: the summary at most 200 characters of it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The row's number.
    pub id: ItemId,
    /// Its tracker.
    pub tracker: TrackerId,
    /// The beginning of its one line.
    pub summary: String,
    /// 1 to 5.
    pub priority: i64,
    /// Whether it is still to be dealt with.
    pub status: ItemStatus,
    /// The log-in name of who filed it.
    pub submitter: String,
    /// The consumer through which it was filed, by the name it had.
    pub consumer: Option<String>,
    /// The full name that the role had under which it was filed.
    pub role: Option<String>,
    /// When it was filed.
    pub created: UnixSeconds,
}

/// Some items, and where a list of the following ones begins.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The items, newest first.
    pub items: Vec<Listed>,
    /// There may be more among those before this one.
    pub more_before: Option<ItemId>,
    /// Whether the page ends because so many were looked at, and not because it is full.
    pub looked_enough: bool,
}

/// At most `limit` items, newest first, only those older than `before` where it is given.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &mut Connection, filter: &Filter<'_>, before: Option<ItemId>, limit: usize) -> Result<Page, Error> {
    let (lead, rest) = Lead::of(filter);
    let step = if rest.is_some() { STEP } else { limit + 1 };
    let (mut found, mut looked_at, mut before) = (Vec::new(), 0, before);
    let has_more = loop {
        let numbers = lead.numbers(conn, filter.status, before, step)?;
        let is_last = numbers.len() < step;
        looked_at += numbers.len();
        before = numbers.last().copied().or(before);
        found.extend(match &rest {
            Some(rest) => rest.fitting(conn, numbers)?,
            None => numbers,
        });
        if found.len() > limit || is_last || looked_at >= MOST_LOOKED_AT {
            break !is_last;
        }
    };
    let is_full = found.len() > limit;
    found.truncate(limit);
    let more_before = if is_full { found.last().copied() } else { before.filter(|_| has_more) };
    Ok(Page { items: listed(conn, found)?, more_before, looked_enough: has_more && !is_full })
}

/// At most `limit` open items that a token filed in some trackers, of `these` alone where they are given, oldest first.
///
/// # Errors
/// Those of the database.
pub fn open_of_token(
    conn: &mut Connection,
    (token, trackers): (AccessTokenId, &[TrackerId]),
    these: Option<&[ItemId]>,
    limit: i64,
) -> Result<Vec<ItemId>, Error> {
    let mut query = items::table
        .filter(items::access_token_id.eq(token))
        .filter(items::status.eq(ItemStatus::Open))
        .filter(items::tracker_id.eq_any(trackers.to_vec()))
        .into_boxed();
    if let Some(these) = these {
        query = query.filter(items::id.eq_any(these.to_vec()));
    }
    Ok(query.select(items::id).order(items::id).limit(limit).load(conn.db())?)
}

/// What has an index of its own, newest first, for each status apart but for words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lead<'a> {
    Word(TrackerId, &'a str),
    Token(AccessTokenId),
    Consumer(TrackerId, &'a str),
    Submitter(TrackerId, UserId),
    Priority(TrackerId, i64),
    Tracker(TrackerId),
}

/// What is to be looked at in the items themselves.
struct Rest<'a> {
    filter: &'a Filter<'a>,
    other_words: Vec<&'a str>,
}

/// What a list is narrowed by.
type Traits = (ItemId, TrackerId, ItemStatus, i64, UserId, Option<String>, Option<AccessTokenId>);

impl<'a> Lead<'a> {
    /// What leads, of what is asked for: the first that narrows most, as a rule. And whether it is all that narrows.
    fn of(filter: &'a Filter<'a>) -> (Self, Option<Rest<'a>>) {
        let words = filter.words.split();
        let (tracker, token) = match filter.scope {
            Scope::Tracker(tracker) => (tracker, filter.token),
            Scope::OfToken(token, _) => return (Self::Token(token), Some(Rest { filter, other_words: Vec::new() })),
        };
        let leads: Vec<Self> = [
            words.as_ref().map(|(word, _)| Self::Word(tracker, word)),
            token.map(Self::Token),
            filter.consumer.map(|name| Self::Consumer(tracker, name)),
            filter.submitter.map(|user| Self::Submitter(tracker, user)),
            filter.priority.map(|priority| Self::Priority(tracker, priority)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let lead = leads.first().copied().unwrap_or(Self::Tracker(tracker));
        let is_alone = match lead {
            // Words know no status; a token may have filed elsewhere.
            Self::Word(..) | Self::Token(_) => false,
            Self::Consumer(..) | Self::Submitter(..) | Self::Priority(..) | Self::Tracker(_) => leads.len() <= 1,
        };
        let other_words = words.map(|(_, others)| others).unwrap_or_default();
        (lead, (!is_alone).then_some(Rest { filter, other_words }))
    }

    /// The numbers of at most `limit` items, newest first.
    fn numbers(
        self,
        conn: &mut Connection,
        status: Option<ItemStatus>,
        before: Option<ItemId>,
        limit: usize,
    ) -> Result<Vec<ItemId>, Error> {
        let before = before.unwrap_or(ItemId(i64::MAX));
        match (self, status) {
            (Self::Word(tracker, word), _) => with_word(conn, (tracker, word), before, limit),
            (Self::Tracker(_), None) => self.of_status(conn, None, before, limit),
            (_, Some(status)) => self.of_status(conn, Some(status), before, limit),
            (_, None) => {
                let mut all = Vec::new();
                for status in ItemStatus::ALL {
                    all.extend(self.of_status(conn, Some(*status), before, limit)?);
                }
                all.sort_unstable_by(|a, b| b.cmp(a));
                all.truncate(limit);
                Ok(all)
            }
        }
    }

    fn of_status(
        self,
        conn: &mut Connection,
        status: Option<ItemStatus>,
        before: ItemId,
        limit: usize,
    ) -> Result<Vec<ItemId>, Error> {
        let mut query = items::table.filter(items::id.lt(before)).select(items::id).into_boxed();
        match self {
            Self::Token(token) => query = query.filter(items::access_token_id.eq(token)),
            Self::Consumer(tracker, name) => {
                query = query.filter(items::tracker_id.eq(tracker)).filter(items::consumer_name.eq(name));
            }
            Self::Submitter(tracker, user) => {
                query = query.filter(items::tracker_id.eq(tracker)).filter(items::submitter_id.eq(user));
            }
            Self::Priority(tracker, priority) => {
                query = query.filter(items::tracker_id.eq(tracker)).filter(items::priority.eq(priority));
            }
            Self::Word(tracker, _) | Self::Tracker(tracker) => query = query.filter(items::tracker_id.eq(tracker)),
        }
        if let Some(status) = status {
            query = query.filter(items::status.eq(status));
        }
        Ok(query.order(items::id.desc()).limit(as_limit(limit)).load(conn.db())?)
    }
}

fn with_word(
    conn: &mut Connection,
    (tracker, word): (TrackerId, &str),
    before: ItemId,
    limit: usize,
) -> Result<Vec<ItemId>, Error> {
    Ok(item_words::table
        .filter(item_words::tracker_id.eq(tracker))
        .filter(item_words::word.eq(word))
        .filter(item_words::item_id.lt(before))
        .select(item_words::item_id)
        .order(item_words::item_id.desc())
        .limit(as_limit(limit))
        .load(conn.db())?)
}

fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

impl Rest<'_> {
    /// Those of some items that fit, newest first.
    fn fitting(&self, conn: &mut Connection, mut numbers: Vec<ItemId>) -> Result<Vec<ItemId>, Error> {
        if !self.other_words.is_empty() {
            numbers = self.with_other_words(conn, numbers)?;
        }
        let traits: Vec<Traits> = items::table
            .filter(items::id.eq_any(numbers))
            .select((
                items::id,
                items::tracker_id,
                items::status,
                items::priority,
                items::submitter_id,
                items::consumer_name,
                items::access_token_id,
            ))
            .load(conn.db())?;
        let mut fitting: Vec<ItemId> = traits.iter().filter(|item| self.fits(item)).map(|item| item.0).collect();
        fitting.sort_unstable_by(|a, b| b.cmp(a));
        Ok(fitting)
    }

    /// Those that have all other words too. Their texts tell; a look at who has a common word would read all who do.
    fn with_other_words(&self, conn: &mut Connection, numbers: Vec<ItemId>) -> Result<Vec<ItemId>, Error> {
        let texts: Vec<(ItemId, String, String)> = items::table
            .filter(items::id.eq_any(numbers))
            .select((
                items::id,
                substr(items::summary, 1, words::MOST_READ),
                substr(items::details, 1, words::MOST_READ),
            ))
            .load(conn.db())?;
        let has_all = |summary: &str, details: &str| {
            let words = words::of_item(summary, details);
            self.other_words.iter().all(|word| words.contains(*word))
        };
        Ok(texts.into_iter().filter(|(_, summary, details)| has_all(summary, details)).map(|(id, ..)| id).collect())
    }

    fn fits(&self, (_, tracker, status, priority, submitter, consumer, token): &Traits) -> bool {
        let filter = self.filter;
        let is_in_scope = match filter.scope {
            Scope::Tracker(one) => *tracker == one,
            Scope::OfToken(_, trackers) => trackers.contains(tracker),
        };
        is_in_scope
            && filter.status.is_none_or(|asked| *status == asked)
            && filter.priority.is_none_or(|asked| *priority == asked)
            && filter.submitter.is_none_or(|asked| *submitter == asked)
            && filter.consumer.is_none_or(|asked| consumer.as_deref() == Some(asked))
            && filter.token.is_none_or(|asked| *token == Some(asked))
    }
}

diesel::define_sql_function! {
    /// So many characters of a text, from this one on; the first is number 1.
    fn substr(text: sql_types::Text, from: sql_types::Integer, count: sql_types::Integer) -> sql_types::Text;
}

/// These items, in this order.
fn listed(conn: &mut Connection, ids: Vec<ItemId>) -> Result<Vec<Listed>, Error> {
    type Row = (ItemId, TrackerId, String, i64, ItemStatus, UserId, Option<String>, Option<String>, UnixSeconds);
    let rows: Vec<Row> = items::table
        .filter(items::id.eq_any(ids))
        .select((
            items::id,
            items::tracker_id,
            substr(items::summary, 1, LONGEST_SUMMARY),
            items::priority,
            items::status,
            items::submitter_id,
            items::consumer_name,
            items::role_name,
            items::created,
        ))
        .load(conn.db())?;
    let submitters: HashSet<UserId> = rows.iter().map(|row| row.5).collect();
    let submitters: Vec<UserId> = submitters.into_iter().collect();
    let names = users::table.filter(users::id.eq_any(submitters)).select((users::id, users::name));
    let names: HashMap<UserId, String> = names.load(conn.db())?.into_iter().collect();
    let mut listed: Vec<Listed> = rows
        .into_iter()
        .map(|(id, tracker, summary, priority, status, submitter, consumer, role, created)| {
            let submitter = names.get(&submitter).cloned().unwrap_or_default();
            Listed { id, tracker, summary, priority, status, submitter, consumer, role, created }
        })
        .collect();
    listed.sort_unstable_by_key(|item| std::cmp::Reverse(item.id));
    Ok(listed)
}
