//! One line in the log and one count per request. Neither holds a query, a header or a body: all three carry secrets.

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
    explained::RefusalId,
};
use crate::forge::Caller;

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
    let refusal = response.request().extensions().get::<RefusalId>().map(|RefusalId(id)| id.clone());
    let (method, path) = (response.request().method(), response.request().path());
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

/// The consumer that the request named (anybody may write anything there, so only the beginning), and the user who acted.
fn who<B>(response: &ServiceResponse<B>) -> (Option<String>, Option<i64>) {
    let extensions = response.request().extensions();
    let consumer = claimed_consumer(&extensions, 64);
    let user = extensions.get::<Caller>().map(|caller| caller.user().id.0);
    (consumer, user)
}
