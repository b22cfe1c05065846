//! Reading the log so that nothing that somebody did to a row keeps anybody from reading the others.
//!
//! What SQLite holds in a row need not be what the table says: texts may be no texts, and numbers no numbers.

use diesel::{prelude::*, result::Error as Diesel};

use super::{Entry, Mark};
use crate::store::{
    Connection, Error,
    backend::Conn,
    schema::{audit_head, audit_log},
};

/// How many entries are read at once by who reads all of them.
const PAGE: usize = 1_000;

/// An entry that cannot be read: there is something in its row that the service does not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// Its number, as far as it has one.
    pub number: i64,
}

/// An entry as it was found.
pub type Found = Result<Entry, Unreadable>;

/// Where the log ends, as far as its head says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// Here.
    At(Mark),
    /// Somebody removed the row that says it.
    Missing,
    /// There are so many rows that say it, and one is all there ever is.
    Several(usize),
    /// What the row says cannot be read.
    Unreadable,
}

pub(super) type Query<'a> = audit_log::BoxedQuery<'a, <Conn as diesel::Connection>::Backend>;

/// The end of the log as its head has it.
///
/// # Errors
/// Those of the database.
pub fn head(conn: &mut Connection) -> Result<Head, Error> {
    let rows: Vec<Mark> = match audit_head::table.select((audit_head::count, audit_head::hash)).load(conn.db()) {
        Err(Diesel::DeserializationError(_)) => return Ok(Head::Unreadable),
        rows => rows?,
    };
    let several = rows.len();
    let mut rows = rows.into_iter();
    Ok(match (rows.next(), rows.next()) {
        (None, _) => Head::Missing,
        (Some(mark), None) => Head::At(mark),
        (Some(_), Some(_)) => Head::Several(several),
    })
}

/// Looks at each entry after a number, in their order, until it is told to go no further; from the beginning where there is
/// no number, whatever numbers somebody may have made up.
///
/// # Errors
/// Those of the database and of `look`.
pub fn each_after<E: From<Error>>(
    conn: &mut Connection,
    number: Option<i64>,
    mut look: impl FnMut(Found) -> Result<bool, E>,
) -> Result<(), E> {
    let mut last = number;
    loop {
        let page = read(conn, || {
            let query = audit_log::table.order(audit_log::number).limit(PAGE as i64).into_boxed();
            match last {
                Some(last) => query.filter(audit_log::number.gt(last)),
                None => query,
            }
        })?;
        let (before, is_last_page) = (last, page.len() < PAGE);
        for found in page {
            let number = number_of(&found);
            // What is no number comes in any order, and would be met for ever.
            let follows = last.is_none_or(|last| number > last);
            let go_on = look(if follows { found } else { Err(Unreadable { number }) })?;
            if !go_on {
                return Ok(());
            }
            last = last.max(Some(number));
        }
        if is_last_page || last == before {
            return Ok(());
        }
    }
}

/// Its place, as far as it has one.
pub(super) fn number_of(found: &Found) -> i64 {
    match found {
        Ok(entry) => entry.number,
        Err(unreadable) => unreadable.number,
    }
}

/// What a query finds. Where a row cannot be read they are read one by one, so that it is this one that cannot.
pub(super) fn read<'a>(conn: &mut Connection, query: impl Fn() -> Query<'a>) -> Result<Vec<Found>, Error> {
    match query().select(Entry::as_select()).load(conn.db()) {
        Err(Diesel::DeserializationError(_)) => {}
        entries => return Ok(entries?.into_iter().map(Ok).collect()),
    }
    let numbers: Vec<i64> = query().select(audit_log::number).load(conn.db())?;
    numbers.into_iter().map(|number| read_one(conn, number)).collect()
}

fn read_one(conn: &mut Connection, number: i64) -> Result<Found, Error> {
    match audit_log::table.filter(audit_log::number.eq(number)).select(Entry::as_select()).first(conn.db()) {
        Err(Diesel::DeserializationError(_) | Diesel::NotFound) => Ok(Err(Unreadable { number })),
        entry => Ok(Ok(entry?)),
    }
}
