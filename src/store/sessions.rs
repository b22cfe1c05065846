//! Sessions of people at the pages, and failed log-ins. A session's id is what the browser keeps; here is a hash of it. What was
//! typed as a name may be a password in the wrong field; here is a hash of that, too, which nobody can try who lacks the
//! server key.

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction, UserStatus,
    schema::{login_failures, sessions, users},
    users::User,
};
use crate::{
    clock::UnixSeconds,
    ids::UserId,
    sealing::{Guessable, Recognised},
    secret::Secret,
};

/// Whose session this is, if it has not expired and the user may act.
///
/// # Errors
/// Those of the database.
pub fn live(conn: &mut Connection, id: &Secret, now: UnixSeconds) -> Result<Option<User>, Error> {
    Ok(sessions::table
        .inner_join(users::table)
        .filter(sessions::id_hash.eq(hash(id)))
        .filter(sessions::expires.gt(now))
        .filter(users::status.eq(UserStatus::Active))
        .select(User::as_select())
        .first(conn.db())
        .optional()?)
}

/// Adds a session.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Transaction<'_>, id: &Secret, user: UserId, expires: UnixSeconds) -> Result<(), Error> {
    let row = (sessions::id_hash.eq(hash(id)), sessions::user_id.eq(user), sessions::expires.eq(expires));
    diesel::insert_into(sessions::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, id: &Secret) -> Result<(), Error> {
    diesel::delete(sessions::table.filter(sessions::id_hash.eq(hash(id)))).execute(tx.db())?;
    Ok(())
}

/// How many sessions of a user there are that have not expired, counted up to `most`.
///
/// # Errors
/// Those of the database.
pub fn count_of(conn: &mut Connection, user: UserId, now: UnixSeconds, most: i64) -> Result<usize, Error> {
    let live = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::expires.gt(now));
    let found: Vec<String> = live.select(sessions::id_hash).limit(most).load(conn.db())?;
    Ok(found.len())
}

/// Ends all sessions of a user.
///
/// # Errors
/// Those of the database.
pub fn remove_all_of(tx: &mut Transaction<'_>, user: UserId) -> Result<(), Error> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(tx.db())?;
    Ok(())
}

/// The times of the failed log-ins since `since`, oldest first: of this account, and from this address.
///
/// At most `most` of each.
///
/// # Errors
/// Those of the database.
pub fn failures(
    conn: &mut Connection,
    account: &str,
    address: &str,
    since: UnixSeconds,
    most: i64,
) -> Result<(Vec<UnixSeconds>, Vec<UnixSeconds>), Error> {
    // As it was counted before the server key was rotated, too.
    let hashes = match conn.sealing_key()? {
        Some(name) => conn.keys.hashes(name, Guessable::Account, account)?,
        // Nothing was ever written that a key is needed for.
        None => Vec::new(),
    };
    let recent = login_failures::table
        .filter(login_failures::at.gt(since))
        .select(login_failures::at)
        .order((login_failures::at.desc(), login_failures::id.desc()))
        .limit(most);
    let mut of_account: Vec<UnixSeconds> =
        recent.filter(login_failures::account_hash.eq_any(hashes)).load(conn.db())?;
    let mut from_address: Vec<UnixSeconds> = recent.filter(login_failures::address.eq(address)).load(conn.db())?;
    of_account.reverse();
    from_address.reverse();
    Ok((of_account, from_address))
}

/// Writes down a failed log-in.
///
/// # Errors
/// Those of the database.
pub fn record_failure(tx: &mut Transaction<'_>, account: &str, address: &str, at: UnixSeconds) -> Result<(), Error> {
    let name = tx.key_that_seals()?;
    let hash = tx.keys.hash(name, Guessable::Account, account)?;
    let row = (login_failures::account_hash.eq(hash), login_failures::address.eq(address), login_failures::at.eq(at));
    diesel::insert_into(login_failures::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Removes at most `limit` sessions that expired before `now`, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, now: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let old: Vec<String> = sessions::table
        .filter(sessions::expires.le(now))
        .select(sessions::id_hash)
        .order(sessions::expires)
        .limit(limit)
        .load(tx.db())?;
    Ok(diesel::delete(sessions::table.filter(sessions::id_hash.eq_any(old))).execute(tx.db())?)
}

/// Removes at most `limit` failed log-ins from before `before`, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep_failures(tx: &mut Transaction<'_>, before: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let old: Vec<i64> = login_failures::table
        .filter(login_failures::at.lt(before))
        .select(login_failures::id)
        .order(login_failures::at)
        .limit(limit)
        .load(tx.db())?;
    Ok(diesel::delete(login_failures::table.filter(login_failures::id.eq_any(old))).execute(tx.db())?)
}

fn hash(id: &Secret) -> String {
    Recognised::Session.hash(id)
}
