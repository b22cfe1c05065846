//! What users are told of their tokens by mail: that there is a new one, that one ends soon, that one fell asleep, and that
//! somebody else took one back.
//!
//! A letter is written in the transaction of what it tells ([`queue`] hands it to who sends it), or found by looking
//! ([`rounds`]). It holds names and times, never a secret, a verifier or a token's key. In which words and which
//! language they are told is not decided here.

pub mod queue;
pub mod rounds;

use serde::{Deserialize, Serialize};

use crate::{
    clock::UnixSeconds,
    forge::{Actor, By, role::full_name},
    ids::{AccessTokenId, ConsumerId, RoleId, UserId},
    store::{
        self, Action, Transaction,
        access_tokens::{Filter, Listed},
        acting_tokens::Which,
    },
};

/// A letter: of which token it tells, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The name of the tool that has the token.
    pub tool: String,
    /// Its role's full name.
    pub role: String,
    /// What its user calls it.
    pub label: Option<String>,
    /// What happened.
    pub news: News,
}

/// What a letter tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// There is this token now.
    Created {
        /// Whose doing it was.
        by: Hand,
        /// The address from which it was asked for.
        from: Option<String>,
        /// When it ends, if it does.
        expires: Option<UnixSeconds>,
    },
    /// It ends soon.
    Ending {
        /// When.
        expires: UnixSeconds,
    },
    /// It is refused, and will be good again when the reason is gone.
    Asleep {
        /// The reason's word.
        because: String,
    },
    /// Somebody else than its user and its tool took it back.
    Revoked {
        /// Who.
        by: Hand,
        /// Why, if they said.
        reason: Option<String>,
    },
}

/// Whose doing something was, as a token's user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// The tool's, with what its user granted.
    Tool,
    /// The user's own, at the pages.
    Own,
    /// Another user's, of this name: an administrator's.
    User(String),
    /// Somebody's at the command line.
    Operator,
}

impl Hand {
    fn of(by: &By, user: UserId) -> Self {
        match &by.who {
            Actor::User { id, .. } if *id == user => Self::Own,
            Actor::User { name, .. } => Self::User(name.clone()),
            Actor::Operator(_) => Self::Operator,
            // Nobody who is not known does anything to a token but by what its tool holds.
            Actor::Consumer { .. } | Actor::Nobody => Self::Tool,
        }
    }
}

/// What tokens hang on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ending {
    /// Their tool.
    OfConsumer(ConsumerId),
    /// Their role.
    OfRole(RoleId),
}

/// So many letters are written at once where something is removed that more tokens hang on.
const MOST_TOLD: i64 = 1_000;

/// Tells a token's user what was just done to it, if it is something that they are told.
pub(super) fn tell(
    tx: &mut Transaction<'_>,
    by: &By,
    (action, id): (Action, AccessTokenId),
    user: UserId,
) -> Result<(), store::Error> {
    if !store::mail::is_on(tx) {
        return Ok(());
    }
    let filter = Filter { id: Some(id), ..Filter::default() };
    let Some(token) = store::access_tokens::list(tx, filter, by.at(), 1)?.pop() else { return Ok(()) };
    let hand = Hand::of(by, user);
    match (action, &hand) {
        (Action::TokenIssued, _) => {
            let from = by.arrival.from.map(|address| address.to_canonical().to_string());
            post(tx, &token, News::Created { by: hand, from, expires: token.expires }, by.at())
        }
        (Action::TokenRevoked, _) => tell_of_end(tx, by, &token),
        (_, _) => Ok(()),
    }
}

/// Tells a token's user that it ends by somebody else's hand.
fn tell_of_end(tx: &mut Transaction<'_>, by: &By, token: &Listed) -> Result<(), store::Error> {
    match Hand::of(by, token.user_id) {
        Hand::Tool | Hand::Own => Ok(()),
        hand @ (Hand::User(_) | Hand::Operator) => {
            let reason = by.reason.as_ref().map(|reason| reason.as_str().to_owned());
            post(tx, token, News::Revoked { by: hand, reason }, by.at())
        }
    }
}

/// Tells the users of the newest tokens among these that are live that they end: what they hang on is about to be removed.
///
/// # Errors
/// Those of the store.
pub(super) fn tell_before_removal(tx: &mut Transaction<'_>, by: &By, ending: Ending) -> Result<(), store::Error> {
    if !store::mail::is_on(tx) {
        return Ok(());
    }
    let tokens = match ending {
        Ending::OfConsumer(id) => {
            let newest = store::access_tokens::newest_of(tx, id, by.at(), MOST_TOLD)?;
            store::access_tokens::these(tx, &newest)?
        }
        Ending::OfRole(id) => {
            let live = Which { live_at: Some(by.at()), ..Which::default() };
            store::acting_tokens::under(tx, &[id], live, MOST_TOLD)?
        }
    };
    tokens.iter().try_for_each(|token| tell_of_end(tx, by, token))
}

/// Lets a letter about this token wait for who sends it.
fn post(tx: &mut Transaction<'_>, token: &Listed, news: News, now: UnixSeconds) -> Result<(), store::Error> {
    let role = full_name(token.project.as_deref(), &token.role);
    let letter = Letter { tool: token.consumer.clone(), role, label: token.label.clone(), news };
    let text = serde_json::to_string(&letter).map_err(|error| store::Error::Refused(error.to_string()))?;
    if !store::mail::insert(tx, token.user_id, &text, now)? {
        tracing::warn!(user.id = token.user_id.0, token.id = token.id.0, "a letter is not written: too many wait");
    }
    Ok(())
}
