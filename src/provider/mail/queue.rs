//! From waiting to sent: who sends letters takes some, and says what became of each.

use super::Letter;
use crate::{
    clock::UnixSeconds,
    ids::UserId,
    provider::{Error, policy},
    store::{self, Transaction, UserStatus, mail::Waiting},
};

/// A letter that is to be sent now.
pub struct Due {
    /// What is in it.
    pub letter: Letter,
    /// To whom it is.
    pub to: Recipient,
    waiting: Waiting,
}

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The user's number.
    pub id: UserId,
    /// The name for people to read, or the log-in name.
    pub name: String,
    /// The mail address, as it is kept.
    pub email: String,
    /// The language that they asked for, as the pages call it.
    pub language: Option<String>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A mail server took it.
    Sent,
    /// None did, and it may be another time.
    Failed,
    /// It was not tried, since the mail server said nothing to the letter before it.
    Untried,
    /// There is nobody to send it to.
    Undeliverable,
}

/// What is done with a letter that was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It waits no more.
    Done,
    /// It is tried again.
    TriedAgain,
    /// It was tried for long enough.
    GivenUp,
}

impl Due {
    /// A name for it that stays the same however often it is tried: its number, and when it was written.
    pub fn name(&self) -> String {
        format!("{}.{}", self.waiting.id, self.waiting.created)
    }

    /// How often it was tried, this time included.
    pub fn attempts(&self) -> i64 {
        self.waiting.attempts
    }
}

/// Takes some letters that are due. Who took them is to say of each, soon, what became of it: else they are due again.
///
/// Those to users who are suspended or have no mail address are not sent, now or later.
///
/// # Errors
/// Those of the store.
pub fn claim(tx: &mut Transaction<'_>, now: UnixSeconds) -> Result<Vec<Due>, Error> {
    let until = now.saturating_add(policy::MAIL_CLAIM_SECONDS);
    let mut due = Vec::new();
    for waiting in store::mail::claim(tx, now, until, policy::MAIL_BATCH)? {
        let to = recipient(tx, waiting.user)?;
        // A letter of another version of this program may not be read.
        match (serde_json::from_str(&waiting.letter).ok(), to) {
            (Some(letter), Some(to)) => due.push(Due { letter, to, waiting }),
            (_, _) => store::mail::remove(tx, waiting.id)?,
        }
    }
    Ok(due)
}

fn recipient(tx: &mut Transaction<'_>, id: UserId) -> Result<Option<Recipient>, Error> {
    let language = store::users::language(tx, id)?;
    let user = store::users::by_id(tx, id)?;
    let user = user.filter(|user| user.status == UserStatus::Active && !user.email.trim().is_empty());
    Ok(user.map(|user| Recipient {
        id,
        name: if user.realname.is_empty() { user.name } else { user.realname },
        email: user.email,
        language,
    }))
}

/// Says what became of a letter.
///
/// # Errors
/// Those of the store.
pub fn settle(tx: &mut Transaction<'_>, due: &Due, fate: Fate, now: UnixSeconds) -> Result<Then, Error> {
    let waiting = &due.waiting;
    let is_old = now.saturating_sub(waiting.created) >= policy::MAIL_GIVEN_UP_SECONDS;
    match fate {
        Fate::Untried => {
            let attempts = waiting.attempts - 1;
            store::mail::put_off(tx, waiting, attempts, now.saturating_add(policy::mail_pause(attempts)))?;
            Ok(Then::TriedAgain)
        }
        Fate::Failed if !is_old => {
            let due = now.saturating_add(policy::mail_pause(waiting.attempts));
            store::mail::put_off(tx, waiting, waiting.attempts, due)?;
            Ok(Then::TriedAgain)
        }
        Fate::Sent | Fate::Failed | Fate::Undeliverable => {
            store::mail::remove(tx, waiting.id)?;
            Ok(if fate == Fate::Sent { Then::Done } else { Then::GivenUp })
        }
    }
}
