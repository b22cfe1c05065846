//! Refusals looked up in the store, with all that explaining one needs. Secrets are loaded here, to try mistakes with.

use super::{Evidence, KEPT_SECONDS};
use crate::{
    clock::UnixSeconds,
    oauth1::{
        PublicKey,
        explain::{Secrets, Whole},
    },
    provider::Error,
    secret::{Secret, is_reference},
    store::{
        self, Connection,
        consumers::Consumer,
        refusals::{Listed, Whose},
    },
};

/// How many refusals a list shows.
const MOST_LISTED: i64 = 100;
/// How many request tokens' secrets are tried.
const MOST_REQUEST_TOKENS: i64 = 10;

/// A refusal that was found, to be explained.
pub struct Found {
    pub(super) id: String,
    pub(super) evidence: Evidence,
    pub(super) consumer: Option<Consumer>,
    /// What the request may have been signed with, where its signature is to be explained.
    pub(super) secrets: Option<Secrets>,
}

/// The refusals that can still be looked up, newest first.
///
/// # Errors
/// Those of the store.
pub fn list(conn: &mut Connection, whose: Whose, now: UnixSeconds) -> Result<Vec<Listed>, Error> {
    Ok(store::refusals::list(conn, whose, now.saturating_sub(KEPT_SECONDS), MOST_LISTED)?)
}

/// Looks up a refusal. `None`: there is no such one, it is too old, or not one of those that are asked for.
///
/// # Errors
/// Those of the store.
pub fn find(conn: &mut Connection, id: &str, whose: Whose, now: UnixSeconds) -> Result<Option<Found>, Error> {
    if !is_reference(id) {
        return Ok(None);
    }
    let Some(found) = store::refusals::find(conn, id, whose, now.saturating_sub(KEPT_SECONDS))? else {
        return Ok(None);
    };
    // What another version of this program wrote may say nothing to this one.
    let Ok(evidence) = Evidence::read(&found.evidence) else { return Ok(None) };
    let consumer = match found.consumer {
        Some(id) => store::consumers::by_id(conn, id)?,
        None => None,
    };
    let secrets = match evidence.answered.is_signature_invalid() {
        true => Some(secrets(conn, evidence.exact.as_ref(), consumer.as_ref())?),
        false => None,
    };
    Ok(Some(Found { id: id.to_owned(), evidence, consumer, secrets }))
}

/// What the request may have been signed with.
fn secrets(conn: &mut Connection, whole: Option<&Whole>, consumer: Option<&Consumer>) -> Result<Secrets, store::Error> {
    let (Some(whole), Some(consumer)) = (whole, consumer) else { return Ok(Secrets::default()) };
    let consumer_secrets = store::consumer_secrets::opened(conn, (consumer.id, &consumer.key))?;
    Ok(Secrets {
        consumer: consumer_secrets.into_iter().map(|(_, secret)| secret).collect(),
        token: token_secret(conn, whole.value("oauth_token"))?,
        request_tokens: store::request_tokens::latest_secrets(conn, consumer.id, MOST_REQUEST_TOKENS)?,
        public_key: consumer.public_key.as_deref().and_then(|pem| PublicKey::from_pem(pem).ok()),
    })
}

fn token_secret(conn: &mut Connection, key: &str) -> Result<Option<Secret>, store::Error> {
    if key.is_empty() {
        return Ok(None);
    }
    if let Some((_, secret)) = store::access_tokens::with_secret(conn, key)? {
        return Ok(Some(secret));
    }
    Ok(store::request_tokens::with_secret(conn, key)?.map(|(_, secret)| secret))
}
