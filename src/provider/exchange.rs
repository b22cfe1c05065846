//! Token credentials (RFC 5849, section 2.3): a consumer brings the verifier, once.

use std::sync::Arc;

use serde_json::json;

use super::{
    Error, Lifetime,
    access::Authenticator,
    facts::{Known, Parties},
    guard::Target,
    memory::Nothing,
    policy::MOST_WRONG_VERIFIERS,
    said,
    verify::{Credential, verify},
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    forge::{Actor, By},
    ids::{ConsumerId, UserId},
    oauth1::{Problem, SignedRequest},
    secret::{Secret, random_key},
    store::{
        self, Action, Connection, RequestTokenState, Store, Transaction, UserStatus, access_tokens::New,
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
pub async fn exchange(
    by: &Authenticator,
    request: &SignedRequest,
    arrival: Arrival,
) -> Result<TokenCredentials, Error> {
    let parties = verify::<Temporary>(by.verifying(), &Nothing, request, arrival).await?;
    let (store, now) = (by.store(), arrival.at);
    let offered = Secret::new(request.verifier().unwrap_or_default());
    let asked = Arc::clone(&parties);
    let attempt = store.run(move |conn| conn.write(|tx| attempt(tx, &asked, &offered, arrival))).await;
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
    offered: &Secret,
    arrival: Arrival,
) -> Result<Attempt, Error> {
    let token = &parties.credential.token;
    let Some(attempt) = store::request_tokens::attempt(tx, (token.id, &token.key), offered, arrival.at)? else {
        return Ok(Attempt::TooLate);
    };
    let (Some(user), Some(role)) = (token.user_id, token.role_id) else { return Ok(Attempt::TooLate) };
    let consumer = (parties.consumer.id, parties.consumer.name.as_str());
    let by = By { who: Actor::Consumer { id: consumer.0, name: consumer.1.to_owned() }, arrival, reason: None };
    if !attempt.is_right {
        let is_last = attempt.number >= MOST_WRONG_VERIFIERS;
        if is_last {
            store::request_tokens::conclude(tx, token.id, RequestTokenState::Ended)?;
        }
        let details = json!({"attempt": attempt.number, "ended": is_last});
        said::request_token(tx, &by, (Action::VerifierRefused, token.id), consumer, user, details)?;
        return Ok(Attempt::WrongVerifier);
    }
    store::request_tokens::conclude(tx, token.id, RequestTokenState::Exchanged)?;
    let (key, secret) = (random_key()?, Secret::random()?);
    let lifetime = Lifetime::of(token.token_seconds);
    let expires = lifetime.expiry(arrival.at);
    let new = New { consumer: consumer.0, user, role, expires, label: token.label.as_deref() };
    let id = store::access_tokens::insert(tx, new, (&key, &secret), arrival.at)?;
    let details = said::issue(tx, role, expires)?;
    said::access_token(tx, &by, (Action::TokenIssued, id), consumer, user, details)?;
    Ok(Attempt::Exchanged(TokenCredentials { key, secret, lifetime }))
}

/// Somebody was quicker: what became of the credentials meanwhile says what to answer.
async fn why_too_late(store: &Store, request: &SignedRequest, now: UnixSeconds) -> Result<Problem, Error> {
    let key = request.token().unwrap_or_default().to_owned();
    let credential = store.run(move |conn| Temporary::load(conn, &key, None)).await?;
    Ok(credential.and_then(|(credential, _)| credential.verdict(now).err()).unwrap_or(Problem::TokenRejected))
}

/// The number that no user has.
const NOBODY: UserId = UserId(0);

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

    fn load(
        conn: &mut Connection,
        key: &str,
        _: Option<&Known>,
    ) -> Result<Option<(Self, Option<Secret>)>, store::Error> {
        let (token, secret) = store::request_tokens::with_secret(conn, key)?.unzip();
        // An unknown token, and one that nobody decided on, are answered after as many questions as any other.
        let user = store::users::by_id(conn, token.as_ref().and_then(|token| token.user_id).unwrap_or(NOBODY))?;
        let is_active = user.is_some_and(|user| user.status == UserStatus::Active);
        Ok(token.map(|token| (Self { user_active: is_active || token.user_id.is_none(), token }, secret)))
    }

    fn belongs_to(&self, consumer: ConsumerId) -> bool {
        self.token.consumer_id == consumer
    }

    fn target(&self, _: ConsumerId, _: Arrival) -> Target {
        Target::RequestToken(self.token.id)
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
