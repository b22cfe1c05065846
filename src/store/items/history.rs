//! What became of items: one row for each part that was changed.

use diesel::prelude::*;

use super::Author;
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, ItemId},
    store::{
        Connection, Error, ItemPart, Transaction,
        backend::Conn,
        schema::{item_changes, users},
    },
};

/// So many rows are written by one statement.
const BATCH: usize = 200;

/// One part of one item that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The item.
    pub item: ItemId,
    /// Which part of it.
    pub part: ItemPart,
    /// What it was.
    pub before: String,
    /// What it is from then on.
    pub after: String,
}

/// A change as the history of its item shows it.
#[derive(Debug, Clone, Queryable)]
pub struct Changed {
    /// The row's number.
    pub id: i64,
    /// When.
    pub at: UnixSeconds,
    /// The log-in name of whoever did it, or in whose name it was done.
    pub user: String,
    /// The consumer through which it was done, by the name it had; none: in person.
    pub consumer: Option<String>,
    /// The full name that the role had under which it was done.
    pub role: Option<String>,
    /// The access token by which it was done, which may be gone.
    pub token: Option<AccessTokenId>,
    /// Which part.
    pub part: ItemPart,
    /// What it was.
    pub before: String,
    /// What it was from then on.
    pub after: String,
}

/// Writes down what somebody changed.
///
/// # Errors
/// Those of the database.
pub fn add(tx: &mut Transaction<'_>, changes: &[Change], by: Author<'_>, at: UnixSeconds) -> Result<(), Error> {
    for batch in changes.chunks(BATCH) {
        let row = |change: &Change| {
            (
                item_changes::item_id.eq(change.item),
                item_changes::at.eq(at),
                item_changes::user_id.eq(by.user),
                item_changes::consumer_name.eq(by.consumer.map(str::to_owned)),
                item_changes::role_name.eq(by.role.map(str::to_owned)),
                item_changes::access_token_id.eq(by.token),
                item_changes::part.eq(change.part),
                item_changes::before.eq(change.before.clone()),
                item_changes::after.eq(change.after.clone()),
            )
        };
        let rows: Vec<_> = batch.iter().map(row).collect();
        match tx.db() {
            Conn::Sqlite(connection) => diesel::insert_into(item_changes::table).values(rows).execute(connection)?,
            Conn::Postgres(connection) => diesel::insert_into(item_changes::table).values(rows).execute(connection)?,
        };
    }
    Ok(())
}

/// At most `limit` changes of an item, newest first, only those before the row `before` where it is given.
///
/// # Errors
/// Those of the database.
pub fn of(conn: &mut Connection, item: ItemId, before: Option<i64>, limit: i64) -> Result<Vec<Changed>, Error> {
    let query = item_changes::table.inner_join(users::table).filter(item_changes::item_id.eq(item)).into_boxed();
    let query = match before {
        Some(id) => query.filter(item_changes::id.lt(id)),
        None => query,
    };
    let columns = (
        item_changes::id,
        item_changes::at,
        users::name,
        item_changes::consumer_name,
        item_changes::role_name,
        item_changes::access_token_id,
        item_changes::part,
        item_changes::before,
        item_changes::after,
    );
    // By both, so that no other index seems as good.
    let newest_first = (item_changes::item_id.desc(), item_changes::id.desc());
    Ok(query.select(columns).order(newest_first).limit(limit).load(conn.db())?)
}
