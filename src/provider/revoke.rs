//! Taking back what was granted. The very next request with it is refused.

use serde_json::json;

use super::{Error, said};
use crate::{
    forge::By,
    ids::{AccessTokenId, ProjectId, RequestTokenId, UserId},
    store::{
        self, Action, Transaction,
        access_tokens::{Own, Part},
    },
};

/// Revokes an access token: of this user alone, or anybody's when no user is given. A second time changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when there is no such token, or it is not this user's.
pub fn access_token(tx: &mut Transaction<'_>, id: AccessTokenId, of: Option<UserId>, by: &By) -> Result<(), Error> {
    let is_done = store::access_tokens::revoke(tx, id, of, by.at())?;
    said::done_to_access_token(tx, by, (Action::TokenRevoked, id), (is_done, of), json!({}))
}

/// Revokes what somebody's tools can do, of one tool where one is given: at most `limit` tokens that are neither revoked nor
/// expired, and as many decisions that are still to be exchanged. Says how many of either there were; fewer than `limit` of
/// both: nothing is left.
///
/// # Errors
/// Those of the store.
pub fn everything(tx: &mut Transaction<'_>, whose: Own, limit: i64, by: &By) -> Result<Revoked, Error> {
    let tokens = store::access_tokens::own(tx, whose, (Part::InUse, None), by.at(), limit)?;
    for token in &tokens {
        access_token(tx, token.id, Some(whose.user), by)?;
    }
    let decisions = store::request_tokens::outstanding_of(tx, whose, by.at(), limit)?;
    for id in &decisions {
        decision(tx, *id, whose.user, by)?;
    }
    Ok(Revoked { tokens: tokens.len(), decisions: decisions.len() })
}

/// How much was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revoked {
    /// Tokens.
    pub tokens: usize,
    /// Decisions that no tool had picked up yet.
    pub decisions: usize,
}

impl Revoked {
    /// Whether nothing is left, where at most so many were to be taken back at once.
    pub fn is_last(self, limit: i64) -> bool {
        [self.tokens, self.decisions].into_iter().all(|taken| i64::try_from(taken).is_ok_and(|taken| taken < limit))
    }
}

/// Revokes an access token whose role is of this project, whoever's it is: what an administrator of the project may take back.
///
/// # Errors
/// [`Error::NotFound`] when there is no such token under a role of this project.
pub fn in_project(tx: &mut Transaction<'_>, id: AccessTokenId, project: ProjectId, by: &By) -> Result<(), Error> {
    match store::acting_tokens::project_of(tx, id)? {
        Some(Some(of)) if of == project => access_token(tx, id, None, by),
        Some(_) | None => Err(Error::NotFound(format!("access token {id}"))),
    }
}

/// Withdraws a decision that the consumer has not exchanged yet.
///
/// # Errors
/// [`Error::NotFound`] when this user has no such decision outstanding.
pub fn decision(tx: &mut Transaction<'_>, id: RequestTokenId, of: UserId, by: &By) -> Result<(), Error> {
    if !store::request_tokens::revoke(tx, id, of)? {
        return Err(Error::NotFound(format!("outstanding request token {id}")));
    }
    if let Some((consumer, name)) = store::request_tokens::consumer(tx, id)? {
        said::request_token(tx, by, (Action::DecisionRevoked, id), (consumer, &name), of, json!({}))?;
    }
    Ok(())
}
