//! Letters to users that wait to be sent, and how far the search for what users are to be told has come.
//!
//! A letter is one text to this room. It is written in the transaction of what it tells, so that what did not happen is
//! told to nobody, and removed when it was sent. What a letter says and when it is tried again is not decided here.

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction,
    schema::{access_tokens, ledger, mail, mail_rounds, mail_told_asleep},
};
use crate::{
    clock::UnixSeconds,
    ids::{AccessTokenId, MailId, UserId},
};

/// How many letters wait at most, of all users: a few megabytes.
const MOST_WAITING: i64 = 10_000;
/// How many of them are one user's: more are read by nobody.
const MOST_WAITING_OF_ONE: i64 = 100;

/// A letter that waits.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Waiting {
    /// The row's number.
    pub id: MailId,
    /// To whom it is.
    pub user: UserId,
    /// What is in it.
    pub letter: String,
    /// Since when it waits.
    pub created: UnixSeconds,
    /// How often it was tried.
    pub attempts: i64,
}

/// A token that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Ending {
    /// From when on it is good no more.
    pub expires: UnixSeconds,
    /// The token's number.
    pub id: AccessTokenId,
    /// When it was issued.
    pub created: UnixSeconds,
    /// When it was revoked, if it was.
    pub revoked: Option<UnixSeconds>,
}

/// How far the rounds have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Rounds {
    /// The end and the number of the last token that was looked at because it ends.
    pub ending: (UnixSeconds, AccessTokenId),
    /// The last token that was looked at in the present round for sleeping ones; zero: there is none.
    pub asleep: AccessTokenId,
    /// The epoch in which that round, or the last one, began.
    pub asleep_epoch: i64,
}

/// Does this forge write letters?
pub fn is_on(conn: &Connection) -> bool {
    conn.tells_by_mail
}

/// Lets a letter wait for who sends it. False: so many wait already that there is no room for it.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Transaction<'_>, user: UserId, letter: &str, now: UnixSeconds) -> Result<bool, Error> {
    let ids = || mail::table.select(mail::id).order(mail::id).limit(1);
    let last_of_all = ids().offset(MOST_WAITING - 1).first::<MailId>(tx.db()).optional()?;
    let of_one = ids().filter(mail::user_id.eq(user)).offset(MOST_WAITING_OF_ONE - 1);
    if last_of_all.is_some() || of_one.first::<MailId>(tx.db()).optional()?.is_some() {
        return Ok(false);
    }
    let row = (mail::user_id.eq(user), mail::letter.eq(letter), mail::created.eq(now), mail::due.eq(now));
    diesel::insert_into(mail::table).values(row).execute(tx.db())?;
    Ok(true)
}

/// Takes at most `limit` letters that are due, the longest due first, for whoever calls this, who has until `until` to send
/// them: then they are due again. Of several who take at once each gets others.
///
/// # Errors
/// Those of the database.
pub fn claim(
    tx: &mut Transaction<'_>,
    now: UnixSeconds,
    until: UnixSeconds,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    let due: Vec<Waiting> = mail::table
        .filter(mail::due.le(now))
        .order((mail::due, mail::id))
        .limit(limit)
        .select((mail::id, mail::user_id, mail::letter, mail::created, mail::attempts))
        .load(tx.db())?;
    let mut claimed = Vec::new();
    for one in due {
        let attempts = one.attempts + 1;
        let untouched = mail::table.filter(mail::id.eq(one.id)).filter(mail::attempts.eq(one.attempts));
        let taken =
            diesel::update(untouched).set((mail::attempts.eq(attempts), mail::due.eq(until))).execute(tx.db())?;
        if taken == 1 {
            claimed.push(Waiting { attempts, ..one });
        }
    }
    Ok(claimed)
}

/// A letter waits no more.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, id: MailId) -> Result<(), Error> {
    diesel::delete(mail::table.filter(mail::id.eq(id))).execute(tx.db())?;
    Ok(())
}

/// A letter is to be tried again later, after so many attempts that count, unless somebody else has taken it since.
///
/// # Errors
/// Those of the database.
pub fn put_off(tx: &mut Transaction<'_>, letter: &Waiting, attempts: i64, due: UnixSeconds) -> Result<(), Error> {
    let own = mail::table.filter(mail::id.eq(letter.id)).filter(mail::attempts.eq(letter.attempts));
    diesel::update(own).set((mail::attempts.eq(attempts), mail::due.eq(due))).execute(tx.db())?;
    Ok(())
}

/// How far the rounds have come, and the epoch as it is now.
///
/// # Errors
/// Those of the database.
pub fn rounds(conn: &mut Connection) -> Result<(Rounds, i64), Error> {
    let ending = (mail_rounds::ending_second, mail_rounds::ending_token);
    let columns = (ending, mail_rounds::asleep_token, mail_rounds::asleep_epoch);
    let rounds = mail_rounds::table.select(columns).first(conn.db())?;
    Ok((rounds, ledger::table.select(ledger::epoch).first(conn.db())?))
}

/// The rounds have come further.
///
/// # Errors
/// Those of the database.
pub fn move_rounds(tx: &mut Transaction<'_>, to: Rounds) -> Result<(), Error> {
    let row = (
        mail_rounds::ending_second.eq(to.ending.0),
        mail_rounds::ending_token.eq(to.ending.1),
        mail_rounds::asleep_token.eq(to.asleep),
        mail_rounds::asleep_epoch.eq(to.asleep_epoch),
    );
    diesel::update(mail_rounds::table).set(row).execute(tx.db())?;
    Ok(())
}

/// The next tokens, at most `limit`, that end until `until`, behind the one whose end and number this is.
///
/// # Errors
/// Those of the database.
pub fn ending(
    conn: &mut Connection,
    (second, token): (UnixSeconds, AccessTokenId),
    until: UnixSeconds,
    limit: i64,
) -> Result<Vec<Ending>, Error> {
    let expires = access_tokens::expires.assume_not_null();
    Ok(access_tokens::table
        .filter(access_tokens::expires.between(second, until))
        .filter(access_tokens::expires.gt(second).or(access_tokens::id.gt(token)).assume_not_null())
        .order((access_tokens::expires, access_tokens::id))
        .limit(limit)
        .select((expires, access_tokens::id, access_tokens::created, access_tokens::revoked))
        .load(conn.db())?)
}

/// The numbers of the next tokens, at most `limit`, behind this one.
///
/// # Errors
/// Those of the database.
pub fn tokens_behind(conn: &mut Connection, token: AccessTokenId, limit: i64) -> Result<Vec<AccessTokenId>, Error> {
    let behind = access_tokens::table.filter(access_tokens::id.gt(token)).select(access_tokens::id);
    Ok(behind.order(access_tokens::id).limit(limit).load(conn.db())?)
}

/// Those among these tokens, from the first to the last, whose users were told that they sleep.
///
/// # Errors
/// Those of the database.
pub fn told_asleep(
    conn: &mut Connection,
    (first, last): (AccessTokenId, AccessTokenId),
) -> Result<Vec<AccessTokenId>, Error> {
    let told = mail_told_asleep::table.filter(mail_told_asleep::token_id.between(first, last));
    Ok(told.select(mail_told_asleep::token_id).order(mail_told_asleep::token_id).load(conn.db())?)
}

/// Remembers that a token's user was told that it sleeps.
///
/// # Errors
/// [`Error::Dangling`] when the token was removed at this moment.
pub fn set_told_asleep(tx: &mut Transaction<'_>, token: AccessTokenId, now: UnixSeconds) -> Result<(), Error> {
    let row = (mail_told_asleep::token_id.eq(token), mail_told_asleep::told.eq(now));
    diesel::insert_into(mail_told_asleep::table).values(row).execute(tx.db())?;
    Ok(())
}

/// These tokens are awake: if one falls asleep again, that is told again.
///
/// # Errors
/// Those of the database.
pub fn forget_asleep(tx: &mut Transaction<'_>, tokens: &[AccessTokenId]) -> Result<(), Error> {
    if !tokens.is_empty() {
        let awake = mail_told_asleep::table.filter(mail_told_asleep::token_id.eq_any(tokens.to_vec()));
        diesel::delete(awake).execute(tx.db())?;
    }
    Ok(())
}
