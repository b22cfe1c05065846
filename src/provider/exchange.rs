//! Token credentials (RFC 5849, section 2.3): a consumer brings the verifier, once.

use std::sync::Arc;

use super::{
    Error, Lifetime,
    facts::{Known, Parties},
    memory::Nothing,
    policy::MOST_WRONG_VERIFIERS,
    verify::{Credential, verify},
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::ConsumerId,
    oauth1::{Problem, SignedRequest},
    secret::{Secret, random_key},
    store::{
        self, Connection, RequestTokenState, Store, Transaction, UserStatus, access_tokens::New,
        request_tokens::RequestToken,
    },
};

/// Token credentials as they go out.
pub struct TokenCredentials {
    /// `oauth_token`.
    pub key: String,
    /// `oauth_token_secret`.
    pub secret: Secret,
    /// How long they are good from now on.
    pub lifetime: Lifetime,
}

/// Exchanges a verifier for token credentials.
///
/// A wrong verifier is counted in the transaction that looks at it, and the counting stays although the exchange is
/// refused. Of many exchanges at once one is given a token; the others find it used.
///
/// # Errors
/// [`Error::Problem`]: the request is not good, was not granted, or its verifier is wrong.
pub async fn exchange(store: &Store, request: &SignedRequest, arrival: Arrival) -> Result<TokenCredentials, Error> {
    let parties = verify::<Temporary>(store, &Nothing, request, arrival).await?;
    let now = arrival.at;
    let offered = Secret::new(request.verifier().unwrap_or_default());
    let asked = Arc::clone(&parties);
    let attempt = store.run(move |conn| conn.write(|tx| attempt(tx, &asked, offered.expose(), now))).await;
    match attempt {
        Ok(Attempt::Exchanged(credentials)) => Ok(credentials),
        Ok(Attempt::WrongVerifier) => Err(Problem::VerifierRejected.into()),
        Ok(Attempt::TooLate) => Err(why_too_late(store, request, now).await?.into()),
        // Consumer, user or role were removed between the look-up and here.
        Err(Error::Store(store::Error::Dangling(_))) => Err(Problem::TokenRejected.into()),
        Err(other) => Err(other),
    }
}

enum Attempt {
    Exchanged(TokenCredentials),
    WrongVerifier,
    TooLate,
}

fn attempt(
    tx: &mut Transaction<'_>,
    parties: &Parties<Temporary>,
    offered: &str,
    now: UnixSeconds,
) -> Result<Attempt, Error> {
    let token = &parties.credential.token;
    let Some((verifier, attempts)) = store::request_tokens::attempt(tx, token.id, now)? else {
        return Ok(Attempt::TooLate);
    };
    if !verifier.equals(offered) {
        if attempts >= MOST_WRONG_VERIFIERS {
            store::request_tokens::conclude(tx, token.id, RequestTokenState::Ended)?;
        }
        return Ok(Attempt::WrongVerifier);
    }
    let (Some(user), Some(role)) = (token.user_id, token.role_id) else { return Ok(Attempt::TooLate) };
    store::request_tokens::conclude(tx, token.id, RequestTokenState::Exchanged)?;
    let (key, secret) = (random_key()?, Secret::random()?);
    let lifetime = Lifetime::of(token.token_seconds);
    let new =
        New { consumer: parties.consumer.id, user, role, expires: lifetime.expiry(now), label: token.label.as_deref() };
    store::access_tokens::insert(tx, new, (&key, &secret), now)?;
    Ok(Attempt::Exchanged(TokenCredentials { key, secret, lifetime }))
}

/// Somebody was quicker: what became of the credentials meanwhile says what to answer.
async fn why_too_late(store: &Store, request: &SignedRequest, now: UnixSeconds) -> Result<Problem, Error> {
    let key = request.token().unwrap_or_default().to_owned();
    let credential = store.run(move |conn| Temporary::load(conn, &key, None)).await?;
    Ok(credential.and_then(|credential| credential.verdict(now).err()).unwrap_or(Problem::TokenRejected))
}

/// This leg is signed with the temporary credentials.
struct Temporary {
    token: RequestToken,
    /// Whether the user who decided may act; true while nobody decided.
    user_active: bool,
}

impl Credential for Temporary {
    fn shape(request: &SignedRequest) -> Result<(), Problem> {
        let mut absent = Vec::new();
        if request.token().is_none() {
            absent.push("oauth_token");
        }
        if request.verifier().is_none() {
            absent.push("oauth_verifier");
        }
        if absent.is_empty() { Ok(()) } else { Err(Problem::ParameterAbsent(absent)) }
    }

    fn load(conn: &mut Connection, key: &str, _: Option<&Known>) -> Result<Option<Self>, store::Error> {
        let Some(token) = store::request_tokens::by_key(conn, key)? else {
            return Ok(None);
        };
        let user_active = match token.user_id {
            Some(id) => store::users::by_id(conn, id)?.is_some_and(|user| user.status == UserStatus::Active),
            None => true,
        };
        Ok(Some(Self { token, user_active }))
    }

    fn belongs_to(&self, consumer: ConsumerId) -> bool {
        self.token.consumer_id == consumer
    }

    fn secret(&self) -> Option<&Secret> {
        Some(&self.token.secret)
    }

    fn verdict(&self, now: UnixSeconds) -> Result<(), Problem> {
        let expired = self.token.expires <= now;
        match self.token.state {
            RequestTokenState::Exchanged => Err(Problem::TokenUsed),
            RequestTokenState::Denied => Err(Problem::PermissionDenied),
            RequestTokenState::Ended => Err(Problem::TokenRejected),
            RequestTokenState::Revoked => Err(Problem::TokenRevoked),
            RequestTokenState::Pending | RequestTokenState::Authorized if expired => Err(Problem::TokenExpired),
            RequestTokenState::Pending => Err(Problem::PermissionUnknown),
            RequestTokenState::Authorized if !self.user_active => Err(Problem::TokenRejected),
            RequestTokenState::Authorized => Ok(()),
        }
    }
}
