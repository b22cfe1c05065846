//! Sessions of people at the pages: opened by a password, guarded against guessing.
//!
//! The steps of a log-in are apart so that no database connection is held while a password is hashed: [`admit`], then
//! [`super::password::matches`], then [`settle`].

use super::{
    Actor, By, Caller, Error,
    audit::{self, Event},
    role,
};
use std::net::IpAddr;

use crate::{
    address::{Arrival, household},
    clock::UnixSeconds,
    sealing::derived,
    secret::Secret,
    store::{self, Action, Connection, Transaction, Turn, UserStatus, users::User},
};

/// How long a failed log-in counts, in seconds.
const WINDOW_SECONDS: i64 = 300;
/// So many failures of one account within the window, and it rests.
const MOST_OF_ACCOUNT: usize = 10;
/// One more than any name has, so that what was cut off does not become somebody's name.
const LONGEST_ACCOUNT: usize = 129;
/// So many failures from one address within the window, and it rests.
const MOST_FROM_ADDRESS: usize = 50;

/// Who tries to log in, and from where.
#[derive(Clone)]
pub struct Attempt {
    account: String,
    from: Option<IpAddr>,
}

impl Attempt {
    /// An attempt under the name that was typed, from a client's address where there is one.
    ///
    /// No user's name is that long, so of a longer one the rest is not kept.
    pub fn new(account: &str, from: Option<IpAddr>) -> Self {
        Self { account: account.chars().take(LONGEST_ACCOUNT).collect(), from }
    }

    /// The address as failures are counted by it, that of a whole household; all who have none count together.
    fn address(&self) -> String {
        self.from.map_or_else(String::new, |from| household(from).to_string())
    }
}

/// What a log-in attempt meets before the password is looked at.
pub enum Admission {
    /// The password may be looked at: against this user's, or against nobody's.
    Try(Option<User>),
    /// Too many failures; come back in so many seconds.
    Wait(i64),
}

/// How a log-in attempt ended.
pub enum Settled {
    /// The password was right; the id that the browser keeps.
    Session(Secret),
    /// The password was wrong, and that is written down.
    Wrong,
    /// Right or wrong: meanwhile there were too many failures; come back in so many seconds.
    Wait(i64),
}

/// May this attempt look at the password? A suspended user is treated as an unknown one.
///
/// # Errors
/// Those of the store.
pub fn admit(conn: &mut Connection, attempt: &Attempt, now: UnixSeconds) -> Result<Admission, Error> {
    if let Some(seconds) = must_wait(conn, attempt, now)? {
        return Ok(Admission::Wait(seconds));
    }
    let user = store::users::by_name(conn, &attempt.account)?;
    Ok(Admission::Try(user.filter(|user| user.status == UserStatus::Active)))
}

/// Ends an attempt whose password was looked at: `right` is the user whose password it was, if it was anybody's. Opens a
/// session under a new id, in place of the one that the browser had.
///
/// While the password was looked at, the user may have been given another one, or been suspended, and the sessions that there
/// were then ended. That password is a wrong one now.
///
/// Attempts are ended one after the other, and the failures are counted once more. So many guesses made at the same
/// moment are answered as if they had been made in turn: past the limit a right one cannot be told from a wrong one.
///
/// # Errors
/// Those of the store.
pub fn settle(
    tx: &mut Transaction<'_>,
    attempt: &Attempt,
    right: Option<&User>,
    former: Option<&Secret>,
    now: UnixSeconds,
    lifetime_seconds: i64,
) -> Result<Settled, Error> {
    // Before the turn: of a user who is just being changed only the user's own attempts wait for that.
    let right = match right {
        Some(user) => as_before(tx, user)?,
        None => None,
    };
    tx.take_turn(Turn::LogIn)?;
    if let Some(seconds) = must_wait(tx, attempt, now)? {
        return Ok(Settled::Wait(seconds));
    }
    let Some(user) = right else {
        store::sessions::record_failure(tx, &attempt.account, &attempt.address(), now)?;
        refused(tx, attempt, now)?;
        return Ok(Settled::Wrong);
    };
    if let Some(former) = former {
        store::sessions::remove(tx, former)?;
    }
    let id = Secret::random()?;
    store::sessions::insert(tx, &id, user.id, now.saturating_add(lifetime_seconds))?;
    let who = Actor::User { id: user.id, name: user.name.clone() };
    let by = By { who, arrival: Arrival { at: now, from: attempt.from }, reason: None };
    audit::record(tx, &by, Event::of_user(Action::LoggedIn, Some((user.id, &user.name))));
    Ok(Settled::Session(id))
}

/// The user, held until the end of the transaction, if that is still who the password was looked at for.
fn as_before(tx: &mut Transaction<'_>, user: &User) -> Result<Option<User>, Error> {
    let held = store::users::held(tx, user.id)?;
    Ok(held.filter(|held| held.status == UserStatus::Active && held.password_hash == user.password_hash))
}

/// Writes down that somebody failed to log in as a user, or as nobody: then what was typed may be a password.
fn refused(tx: &mut Transaction<'_>, attempt: &Attempt, now: UnixSeconds) -> Result<(), Error> {
    let user = store::users::by_name(tx, &attempt.account)?;
    let user = user.as_ref().map(|user| (user.id, user.name.as_str()));
    let by = By { who: Actor::Nobody, arrival: Arrival { at: now, from: attempt.from }, reason: None };
    audit::record(tx, &by, Event::of_user(Action::LoginFailed, user));
    Ok(())
}

/// Who is behind this session id, if anybody is.
///
/// # Errors
/// Those of the store.
pub fn caller(conn: &mut Connection, id: &Secret, now: UnixSeconds) -> Result<Option<Caller>, Error> {
    match store::sessions::live(conn, id, now)? {
        // Who knows the session's id can make it, and nobody who reads the database.
        Some(user) => Ok(Some(role::in_person(conn, &user, derived(id, "what forms of this session bring back"))?)),
        None => Ok(None),
    }
}

/// Ends a session.
///
/// # Errors
/// Those of the store.
pub fn close(tx: &mut Transaction<'_>, id: &Secret, by: &By) -> Result<(), Error> {
    let user = match &by.who {
        Actor::User { id, name } => Some((*id, name.as_str())),
        Actor::Operator(_) | Actor::Consumer { .. } | Actor::Nobody => None,
    };
    audit::record(tx, by, Event::of_user(Action::LoggedOut, user));
    Ok(store::sessions::remove(tx, id)?)
}

/// Removes what expired, at most `limit` rows of each kind, and says how many rows went.
///
/// # Errors
/// Those of the store.
pub fn sweep(tx: &mut Transaction<'_>, now: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let sessions = store::sessions::sweep(tx, now, limit)?;
    let failures = store::sessions::sweep_failures(tx, now.saturating_sub(WINDOW_SECONDS), limit)?;
    Ok(sessions + failures)
}

fn must_wait(conn: &mut Connection, attempt: &Attempt, now: UnixSeconds) -> Result<Option<i64>, Error> {
    let since = now.saturating_sub(WINDOW_SECONDS);
    let most = i64::try_from(MOST_FROM_ADDRESS).unwrap_or(i64::MAX);
    let (account, address) = store::sessions::failures(conn, &attempt.account, &attempt.address(), since, most)?;
    let waits = [wait(&account, MOST_OF_ACCOUNT, now), wait(&address, MOST_FROM_ADDRESS, now)];
    Ok(waits.into_iter().flatten().max())
}

/// With `most` failures among these (oldest first): how long until fewer of them count.
fn wait(failures: &[UnixSeconds], most: usize, now: UnixSeconds) -> Option<i64> {
    let excess = failures.len().checked_sub(most)?;
    let leaves = failures.get(excess)?;
    Some((leaves + WINDOW_SECONDS - now).clamp(1, WINDOW_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_wait_until_the_oldest_is_forgotten() {
        let nine: Vec<UnixSeconds> = (0..9).map(|second| 1_000 + second).collect();
        assert_eq!(wait(&nine, MOST_OF_ACCOUNT, 1_010), None);
        let ten: Vec<UnixSeconds> = (0..10).map(|second| 1_000 + second).collect();
        assert_eq!(wait(&ten, MOST_OF_ACCOUNT, 1_010), Some(290));
        let twelve: Vec<UnixSeconds> = (0..12).map(|second| 1_000 + second).collect();
        assert_eq!(wait(&twelve, MOST_OF_ACCOUNT, 1_020), Some(282));
    }
}
