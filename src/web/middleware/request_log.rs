//! One line in the log and one count per request. Neither holds a query, a header or a body: all three carry secrets. What a
//! path or a key may be by mistake is masked as where refusals are explained.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use tracing::Level;

use super::{
    super::{App, Failure, extract::claimed_consumer},
    explained::Refused,
};
use crate::{forge::Caller, oauth1::explain::Text, provider::refusals::Standing};

/// How much of a consumer's key is logged.
const LONGEST_KEY: usize = 64;

/// Logs and counts a request when it is answered.
pub async fn request_log<B: MessageBody>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let response = next.call(request).await?;
    let status = response.status().as_u16();
    let problem = code_of(&response);
    app.figures.count(status, problem);
    if problem.is_none() && !tracing::enabled!(Level::DEBUG) {
        return Ok(response);
    }
    let microseconds = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let (consumer, user) = who(&response);
    let refusal = response.request().extensions().get::<Refused>().map(|refused| refused.id.clone());
    let (method, path) = (response.request().method(), path_of(&response));
    match problem {
        Some(problem) => tracing::info!(
            http.method = %method, http.path = path, http.status = status, oauth.problem = problem,
            refusal.id = refusal, consumer.key = consumer, user.id = user, microseconds, "refused"
        ),
        None => tracing::debug!(
            http.method = %method, http.path = path, http.status = status,
            consumer.key = consumer, user.id = user, microseconds, "answered"
        ),
    }
    Ok(response)
}

fn code_of<B>(response: &ServiceResponse<B>) -> Option<&'static str> {
    response.response().error().and_then(|error| error.as_error::<Failure>()).map(Failure::code)
}

/// The path as it may be shown: people put passwords there, too.
fn path_of<B>(response: &ServiceResponse<B>) -> String {
    let pieces = Text::of_path(response.request().uri().path().split('/'));
    pieces.iter().map(Text::to_string).collect::<Vec<_>>().join("/")
}

/// The consumer that the request named, and the user who acted. A key that is not known to be a consumer's may be the secret
/// instead, and only its beginning is told.
fn who<B>(response: &ServiceResponse<B>) -> (Option<String>, Option<i64>) {
    let extensions = response.request().extensions();
    let consumer = claimed_consumer(&extensions, LONGEST_KEY);
    let consumer = consumer.map(|key| if names_somebody(response) { key } else { Text::of_token(&key).to_string() });
    let user = extensions.get::<Caller>().map(|caller| caller.user().id.0);
    (consumer, user)
}

/// Whether a consumer with the key that the request named was found.
fn names_somebody<B>(response: &ServiceResponse<B>) -> bool {
    if response.response().error().is_none() {
        return true;
    }
    let extensions = response.request().extensions();
    match extensions.get::<Refused>().map(|refused| refused.standing) {
        Some(Standing::Proved | Standing::Named) => true,
        Some(Standing::Stranger) | None => false,
    }
}
