//! Taking back what was granted. The very next request with it is refused.

use serde_json::json;

use super::{Error, said};
use crate::{
    forge::By,
    ids::{AccessTokenId, ProjectId, RequestTokenId, UserId},
    store::{self, Action, Transaction},
};

/// Revokes an access token: of this user alone, or anybody's when no user is given. A second time changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when there is no such token, or it is not this user's.
pub fn access_token(tx: &mut Transaction<'_>, id: AccessTokenId, of: Option<UserId>, by: &By) -> Result<(), Error> {
    let is_done = store::access_tokens::revoke(tx, id, of, by.at())?;
    said::done_to_access_token(tx, by, (Action::TokenRevoked, id), (is_done, of), json!({}))
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
