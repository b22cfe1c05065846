//! What users are looked for by: the words of their names and real names, in lower case, each beginning in one place.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction, UserStatus,
    by_name::{self, Page},
    schema::{user_words, users},
    users::User,
    words,
};
use crate::ids::UserId;

/// So many words of one user are kept.
const MOST_WORDS: usize = 24;
/// So many words are looked for at once.
const MOST_SOUGHT: usize = 8;
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
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// The beginnings of words, each of which one of theirs has.
    pub words: Vec<String>,
    /// Only those of this status.
    pub status: Option<UserStatus>,
}

/// What somebody looks for, word by word.
pub fn sought(text: &str) -> Vec<String> {
    words::or_text(words::of(text).take(MOST_SOUGHT).collect(), text)
}

impl by_name::Sought for Sought {
    type Row = User;
    type Id = UserId;

    fn name(row: &User) -> &str {
        &row.name
    }

    fn rarest_word(&self) -> Option<&str> {
        self.words.iter().max_by_key(|word| word.len()).map(String::as_str)
    }

    fn is_all(&self) -> bool {
        self.words.is_empty()
    }

    fn with_word(&self, conn: &mut Connection, beginning: &str, limit: i64) -> Result<Vec<UserId>, Error> {
        Ok(user_words::table
            .filter(user_words::word.between(beginning, words::last_with(beginning)))
            .select(user_words::user_id)
            .order((user_words::word, user_words::user_id))
            .limit(limit)
            .load(conn.db())?)
    }

    fn these(&self, conn: &mut Connection, ids: Vec<UserId>, after: &str) -> Result<Vec<User>, Error> {
        let these = users::table.filter(users::id.eq_any(ids)).filter(users::name.gt(after));
        let mut rows: Vec<User> = these.select(User::as_select()).order(users::name).load(conn.db())?;
        rows.retain(|user| self.status.is_none_or(|status| user.status == status));
        Ok(rows)
    }

    fn following(&self, conn: &mut Connection, after: &str, limit: i64) -> Result<Vec<User>, Error> {
        let query = users::table.filter(users::name.gt(after)).into_boxed();
        let query = match self.status {
            Some(status) => query.filter(users::status.eq(status)),
            None => query,
        };
        Ok(query.select(User::as_select()).order(users::name).limit(limit).load(conn.db())?)
    }

    fn wanted(&self, _: &mut Connection, mut rows: Vec<User>) -> Result<Vec<User>, Error> {
        rows.retain(|user| {
            let words = words_of(&user.name, &user.realname);
            self.words.iter().all(|beginning| words::one_begins_with(&words, beginning))
        });
        Ok(rows)
    }
}

/// At most `limit` of the users who are looked for, by name, of those after this one.
///
/// # Errors
/// Those of the database.
pub fn page(conn: &mut Connection, sought: &Sought, after: &str, limit: usize) -> Result<Page<User>, Error> {
    by_name::page(conn, sought, after, limit)
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
