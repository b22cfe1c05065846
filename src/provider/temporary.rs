//! Temporary credentials (RFC 5849, section 2.1): a consumer asks, naming where the user is to be sent back to.

use super::{
    Error, Lifetimes,
    access::Authenticator,
    facts::Known,
    guard::Target,
    memory::Nothing,
    verify::{Credential, verify},
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::ConsumerId,
    oauth1::{Callback, CallbackUrl, Problem, SignedRequest},
    secret::{Secret, random_key},
    store::{self, Connection},
};

/// Temporary credentials as they go out.
pub struct TemporaryCredentials {
    /// `oauth_token`.
    pub key: String,
    /// `oauth_token_secret`.
    pub secret: Secret,
}

/// Issues temporary credentials.
///
/// # Errors
/// [`Error::Problem`]: the request is not good, or its callback is not one that the consumer registered.
pub async fn issue(
    by: &Authenticator,
    request: &SignedRequest,
    lifetimes: Lifetimes,
    arrival: Arrival,
) -> Result<TemporaryCredentials, Error> {
    let consumer = verify::<NoToken>(by.verifying(), &Nothing, request, arrival).await?.consumer.id;
    let callback = request.callback().unwrap_or_default().to_owned();
    by.store().run(move |conn| insert(conn, consumer, &callback, lifetimes, arrival.at)).await
}

fn insert(
    conn: &mut Connection,
    consumer: ConsumerId,
    callback: &str,
    lifetimes: Lifetimes,
    now: UnixSeconds,
) -> Result<TemporaryCredentials, Error> {
    let callback = check_callback(conn, consumer, callback)?;
    let (key, secret) = (random_key()?, Secret::random()?);
    let expires = now.saturating_add(lifetimes.request_token_seconds);
    conn.write(|tx| store::request_tokens::insert(tx, consumer, (&key, &secret), callback.as_str(), now, expires))
        .map_err(|error| match error {
            // Removed between the look-up and here.
            store::Error::Dangling(_) => Problem::ConsumerKeyUnknown.into(),
            other => Error::from(other),
        })?;
    Ok(TemporaryCredentials { key, secret })
}

/// A callback must be one that the consumer registered; `oob` always may.
fn check_callback(conn: &mut Connection, consumer: ConsumerId, text: &str) -> Result<Callback, Error> {
    let callback = Callback::parse(text).map_err(|error| callback_rejected(error.to_string()))?;
    let Callback::Url(url) = &callback else { return Ok(callback) };
    let registered = store::consumers::callbacks(conn, consumer)?;
    let matches = |known: &String| CallbackUrl::parse(known).is_ok_and(|known| url.is_registered_as(&known));
    if registered.iter().any(matches) {
        Ok(callback)
    } else {
        Err(callback_rejected("this callback is not registered for the consumer".to_owned()).into())
    }
}

fn callback_rejected(advice: String) -> Problem {
    Problem::ParameterRejected { names: vec!["oauth_callback".to_owned()], advice: Some(advice) }
}

/// This leg is signed with the consumer's secret alone.
struct NoToken;

impl Credential for NoToken {
    fn shape(request: &SignedRequest) -> Result<(), Problem> {
        if request.token().is_some() {
            let advice = Some("this request is signed without a token".to_owned());
            return Err(Problem::ParameterRejected { names: vec!["oauth_token".to_owned()], advice });
        }
        request.callback().map(|_| ()).ok_or_else(|| Problem::ParameterAbsent(vec!["oauth_callback"]))
    }

    fn load(_: &mut Connection, _: &str, _: Option<&Known>) -> Result<Option<(Self, Option<Secret>)>, store::Error> {
        Ok(Some((Self, None)))
    }

    fn belongs_to(&self, _: ConsumerId) -> bool {
        true
    }

    fn target(&self, consumer: ConsumerId, arrival: Arrival) -> Target {
        Target::consumer(consumer, arrival)
    }

    fn verdict(&self, _: UnixSeconds) -> Result<(), Problem> {
        Ok(())
    }
}
