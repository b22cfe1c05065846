//! The user's decision (RFC 5849, section 2.2): who asks, and what they are given.
//!
//! Looking changes nothing. Deciding happens once, by the user who posts, and binds the grant to one role that this user
//! holds at that moment.

use serde_json::json;

use super::{ConsentRefusal, Error, Label, Lifetime, Lifetimes, offers, said};
use crate::{
    clock::UnixSeconds,
    forge::By,
    ids::{RoleId, UserId},
    oauth1::Callback,
    secret::Secret,
    store::{
        self, Action, Connection, RequestTokenState,
        consumers::Consumer,
        request_tokens::{Granted, RequestToken},
    },
};

/// A request that waits for its user.
pub struct Asked {
    /// Who asks.
    pub consumer: Consumer,
    /// Where the answer will go.
    pub callback: Callback,
    token: RequestToken,
}

/// What the user grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The one role.
    pub role: RoleId,
    /// For how long from the exchange on.
    pub lifetime: Lifetime,
    /// What the user calls the token.
    pub label: Option<Label>,
}

/// What the user says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes, to this.
    Authorize(Grant),
    /// No.
    Deny,
}

/// What the consumer is told, through the user's browser.
pub enum Outcome {
    /// Granted; this verifier proves that the same user came back.
    Authorized(Secret),
    /// Refused.
    Denied,
}

impl Outcome {
    /// The verifier, if there is one.
    pub fn verifier(&self) -> Option<&Secret> {
        match self {
            Self::Authorized(verifier) => Some(verifier),
            Self::Denied => None,
        }
    }
}

/// Finds the request behind a token, if it waits for a decision.
///
/// # Errors
/// [`ConsentRefusal::Unknown`], [`ConsentRefusal::Over`], [`ConsentRefusal::ConsumerDisabled`].
pub fn ask(conn: &mut Connection, token: &str, now: UnixSeconds) -> Result<Asked, Error> {
    let token = store::request_tokens::by_key(conn, token)?.ok_or(ConsentRefusal::Unknown)?;
    let consumer = store::consumers::by_id(conn, token.consumer_id)?.ok_or(ConsentRefusal::Unknown)?;
    if token.state != RequestTokenState::Pending || token.expires <= now {
        return Err(ConsentRefusal::Over.into());
    }
    if !consumer.enabled {
        return Err(ConsentRefusal::ConsumerDisabled.into());
    }
    // What is stored was parsed when it came; should it no longer parse, nobody is sent anywhere.
    let callback = Callback::parse(&token.callback).map_err(|_| ConsentRefusal::Unknown)?;
    Ok(Asked { consumer, callback, token })
}

/// Writes the decision down.
///
/// # Errors
/// As [`ask`]; [`ConsentRefusal::RoleUnknown`], [`ConsentRefusal::RoleNotHeld`], [`ConsentRefusal::RoleTooSmall`] and
/// [`ConsentRefusal::TooLong`], after which
/// the request still waits; [`ConsentRefusal::Over`] also when another decision was quicker.
pub fn decide(
    conn: &mut Connection,
    token: &str,
    user: UserId,
    decision: Decision,
    lifetimes: Lifetimes,
    by: &By,
) -> Result<(Asked, Outcome), Error> {
    let now = by.at();
    conn.write(|tx| {
        let asked = ask(tx, token, now)?;
        let expires = now.saturating_add(lifetimes.verifier_seconds);
        let (outcome, grant) = match decision {
            Decision::Authorize(grant) => {
                offers::check(tx, user, grant.role, &asked.consumer)?;
                // Not cut short: who is asked for a year and given a day would not know.
                if !lifetimes.allow(grant.lifetime) {
                    return Err(ConsentRefusal::TooLong.into());
                }
                (Outcome::Authorized(Secret::random_verifier()?), Some(grant))
            }
            Decision::Deny => (Outcome::Denied, None),
        };
        let granted = grant.as_ref().zip(outcome.verifier()).map(|(grant, verifier)| Granted {
            role: grant.role,
            verifier,
            token_seconds: grant.lifetime.seconds(),
            label: grant.label.as_ref().map(Label::as_str),
        });
        let token = (asked.token.id, asked.token.key.as_str());
        if !store::request_tokens::decide(tx, token, user, granted, now, expires)? {
            return Err(ConsentRefusal::Over.into());
        }
        let (action, details) = match &grant {
            Some(grant) => (Action::DecisionAuthorized, said::grant(tx, grant)?),
            None => (Action::DecisionDenied, json!({})),
        };
        let consumer = (asked.consumer.id, asked.consumer.name.as_str());
        said::request_token(tx, by, (action, asked.token.id), consumer, user, details)?;
        Ok((asked, outcome))
    })
}
