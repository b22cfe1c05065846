//! The items of trackers: read, filed and changed. What became of them is in [`history`], and how they are found in
//! [`lists`] and [`words`].

pub mod history;
pub mod lists;
pub mod words;

use diesel::prelude::*;

use super::{
    Connection, Error, ItemStatus, Transaction,
    backend::Conn,
    schema::{items, users},
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ItemId, TrackerId, UserId},
};

/// An item's row, with its submitter's name.
#[derive(Clone, Queryable)]
pub struct Item {
    /// The row's number.
    pub id: ItemId,
    /// One line.
    pub summary: String,
    /// The rest, perhaps empty.
    pub details: String,
    /// 1 to 5.
    pub priority: i64,
    /// Whether it is still to be dealt with.
    pub status: ItemStatus,
    /// The log-in name of who filed it.
    pub submitter: String,
    /// The consumer through which it was filed, by the name it had; none: filed without one.
    pub consumer: Option<String>,
    /// The full name that the role had under which it was filed; none: filed in person, or before roles were written down.
    pub role: Option<String>,
    /// The access token by which it was filed, which may be gone.
    pub token: Option<AccessTokenId>,
    /// When.
    pub created: UnixSeconds,
}

/// Who does something to an item, as the item remembers it: names are kept as they are at that time, and stay when what
/// they name is removed.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// In whose name.
    pub user: UserId,
    /// Through which consumer.
    pub consumer: Option<&'a str>,
    /// Under which role, by its full name.
    pub role: Option<&'a str>,
    /// By which access token.
    pub token: Option<AccessTokenId>,
}

/// What a new item is made of.
pub struct NewItem<'a> {
    /// One line.
    pub summary: &'a str,
    /// The rest, perhaps empty.
    pub details: &'a str,
    /// 1 to 5.
    pub priority: i64,
    /// Who files it.
    pub author: Author<'a>,
}

/// What changes on an item; `None` leaves as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = items)]
pub struct Changes<'a> {
    /// Another line.
    pub summary: Option<&'a str>,
    /// Other details.
    pub details: Option<&'a str>,
    /// Another priority, 1 to 5.
    pub priority: Option<i64>,
    /// Another status.
    pub status: Option<ItemStatus>,
}

/// The columns of [`Item`]; a macro because diesel's type of them has no short name.
macro_rules! item_columns {
    () => {
        (
            items::id,
            items::summary,
            items::details,
            items::priority,
            items::status,
            users::name,
            items::consumer_name,
            items::role_name,
            items::access_token_id,
            items::created,
        )
    };
}

/// Finds an item of a tracker.
///
/// # Errors
/// Those of the database.
pub fn by_id(conn: &mut Connection, tracker: TrackerId, id: ItemId) -> Result<Option<Item>, Error> {
    Ok(items::table
        .inner_join(users::table)
        .filter(items::id.eq(id))
        .filter(items::tracker_id.eq(tracker))
        .select(item_columns!())
        .first(conn.db())
        .optional()?)
}

/// The same, as the item is now, and nobody changes it until the end of the transaction. SQLite's writers are one at a time
/// anyway.
///
/// # Errors
/// [`Error::Unavailable`] when somebody who is changing it was not done in time.
pub fn held(tx: &mut Transaction<'_>, tracker: TrackerId, id: ItemId) -> Result<Option<Item>, Error> {
    if let Conn::Postgres(connection) = tx.db() {
        let row = items::table.filter(items::id.eq(id)).select(items::id);
        row.for_no_key_update().first::<ItemId>(connection).optional()?;
    }
    by_id(tx, tracker, id)
}

/// At most `limit` items of a tracker, newest first, only those older than `before` where it is given.
///
/// # Errors
/// Those of the database.
pub fn newest(
    conn: &mut Connection,
    tracker: TrackerId,
    before: Option<ItemId>,
    limit: i64,
) -> Result<Vec<Item>, Error> {
    let query = items::table.inner_join(users::table).filter(items::tracker_id.eq(tracker)).into_boxed();
    let query = match before {
        Some(id) => query.filter(items::id.lt(id)),
        None => query,
    };
    Ok(query.select(item_columns!()).order(items::id.desc()).limit(limit).load(conn.db())?)
}

/// Files an item.
///
/// # Errors
/// Those of the database.
pub fn file(
    tx: &mut Transaction<'_>,
    tracker: TrackerId,
    new: &NewItem<'_>,
    now: UnixSeconds,
) -> Result<ItemId, Error> {
    let row = (
        items::tracker_id.eq(tracker),
        items::summary.eq(new.summary),
        items::details.eq(new.details),
        items::priority.eq(new.priority),
        items::status.eq(ItemStatus::Open),
        items::submitter_id.eq(new.author.user),
        items::consumer_name.eq(new.author.consumer),
        items::role_name.eq(new.author.role),
        items::access_token_id.eq(new.author.token),
        items::created.eq(now),
    );
    let id = diesel::insert_into(items::table).values(row).returning(items::id).get_result(tx.db())?;
    words::write(tx, tracker, id, &words::of_item(new.summary, new.details))?;
    Ok(id)
}

/// Changes an item that was [`held`]. Not to be called with nothing to change.
///
/// # Errors
/// Those of the database.
pub fn change(tx: &mut Transaction<'_>, tracker: TrackerId, before: &Item, changes: &Changes<'_>) -> Result<(), Error> {
    diesel::update(items::table.filter(items::id.eq(before.id))).set(changes).execute(tx.db())?;
    let former = words::of_item(&before.summary, &before.details);
    let summary = changes.summary.unwrap_or(&before.summary);
    let words = words::of_item(summary, changes.details.unwrap_or(&before.details));
    words::remove(tx, tracker, before.id, former.difference(&words))?;
    words::write(tx, tracker, before.id, words.difference(&former))
}

/// Closes those of some items that are open, and says which they were.
///
/// # Errors
/// Those of the database.
pub fn close(tx: &mut Transaction<'_>, ids: &[ItemId]) -> Result<Vec<ItemId>, Error> {
    let open = items::table.filter(items::id.eq_any(ids.to_vec())).filter(items::status.eq(ItemStatus::Open));
    let closing = diesel::update(open).set(items::status.eq(ItemStatus::Closed));
    Ok(closing.returning(items::id).get_results(tx.db())?)
}
