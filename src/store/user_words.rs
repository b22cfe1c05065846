//! What users are looked for by: the words of their names and real names, in lower case, each beginning in one place.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction, UserStatus,
    schema::{user_words, users},
    users::User,
    words,
};
use crate::ids::UserId;

/// So many words of one user are kept.
const MOST_WORDS: usize = 24;
/// So many users are looked at who have a word with one beginning; whoever looks for more types more.
const MOST_FOUND: i64 = 500;
/// So many users' words are made at once where there are none yet.
const BATCH: i64 = 500;

fn words_of(name: &str, realname: &str) -> BTreeSet<String> {
    words::of(name).chain(words::of(realname)).take(MOST_WORDS).collect()
}

/// Keeps the words of a user; those that are kept already are not touched.
pub(super) fn keep(tx: &mut Transaction<'_>, user: UserId, (name, realname): (&str, &str)) -> Result<(), Error> {
    let after = words_of(name, realname);
    let of_user = || user_words::table.filter(user_words::user_id.eq(user));
    let before: Vec<String> = of_user().select(user_words::word).load(tx.db())?;
    let before: BTreeSet<String> = before.into_iter().collect();
    for gone in before.difference(&after) {
        diesel::delete(of_user().filter(user_words::word.eq(gone))).execute(tx.db())?;
    }
    for fresh in after.difference(&before) {
        let row = (user_words::word.eq(fresh), user_words::user_id.eq(user));
        diesel::insert_into(user_words::table).values(row).execute(tx.db())?;
    }
    Ok(())
}

/// Keeps the words of all users: they were there before their words were kept.
pub(super) fn keep_all(tx: &mut Transaction<'_>) -> Result<(), Error> {
    let mut after = UserId(0);
    loop {
        let batch: Vec<(UserId, String, String)> = users::table
            .filter(users::id.gt(after))
            .select((users::id, users::name, users::realname))
            .order(users::id)
            .limit(BATCH)
            .load(tx.db())?;
        let Some((last, ..)) = batch.last() else { return Ok(()) };
        after = *last;
        for (id, name, realname) in &batch {
            keep(tx, *id, (name, realname))?;
        }
    }
}

/// Which users a list holds.
#[derive(Default, Clone, Copy)]
pub struct Sought<'a> {
    /// Only those who have words with these beginnings; blank: all.
    pub text: &'a str,
    /// Only those of this status.
    pub status: Option<UserStatus>,
    /// Only those who come after this name.
    pub after: &'a str,
}

/// At most `limit` users, by name.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut Connection, sought: Sought<'_>, limit: i64) -> Result<Vec<User>, Error> {
    let beginnings: Vec<String> = words::of(sought.text).collect();
    let mut query =
        users::table.filter(users::name.gt(sought.after)).select(User::as_select()).order(users::name).into_boxed();
    if let Some(status) = sought.status {
        query = query.filter(users::status.eq(status));
    }
    // The longest is the rarest; what it finds is few enough to be looked at one by one.
    let Some(longest) = beginnings.iter().max_by_key(|word| word.len()) else {
        return Ok(if sought.text.trim().is_empty() { query.limit(limit).load(conn.db())? } else { Vec::new() });
    };
    let found = beginning_with(conn, longest)?;
    let has_all = |user: &User| {
        let words = words_of(&user.name, &user.realname);
        beginnings.iter().all(|beginning| words.iter().any(|word| word.starts_with(beginning)))
    };
    let users: Vec<User> = query.filter(users::id.eq_any(found)).limit(MOST_FOUND).load(conn.db())?;
    Ok(users.into_iter().filter(has_all).take(usize::try_from(limit).unwrap_or(0)).collect())
}

fn beginning_with(conn: &mut Connection, beginning: &str) -> Result<Vec<UserId>, Error> {
    // No character comes after this one, so no word with the beginning does.
    let end = format!("{beginning}{}", char::MAX);
    Ok(user_words::table
        .filter(user_words::word.ge(beginning))
        .filter(user_words::word.le(end))
        .select(user_words::user_id)
        .order((user_words::word, user_words::user_id))
        .limit(MOST_FOUND)
        .load(conn.db())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case_and_not_endless() {
        let kept = |name: &str, realname: &str| words_of(name, realname).into_iter().collect::<Vec<_>>();
        assert_eq!(kept("alice_l2", "Alice LIDDELL-Großmann"), ["alice", "großmann", "l2", "liddell"]);
        assert_eq!(kept("x", "<b>\u{202e}{{7*7}}"), ["7", "b", "x"]);
        assert_eq!(kept("x", &"y".repeat(10_000)), ["x", "y".repeat(40).as_str()]);
        let many: String = (0..1_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(words_of("x", &many).len(), MOST_WORDS);
    }
}
