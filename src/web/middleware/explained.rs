//! Every refusal of a signed request has an id, in the answer and in the log, under which it can be looked up for a while.

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use super::super::{App, Failure, evidence, problem::name_itself};
use crate::secret::random_reference;

/// The id of the refusal that a request was answered with.
pub struct RefusalId(pub String);

/// Gives a refusal its id, and puts what was seen where somebody else writes it down. The request waits for nothing.
pub async fn explained<B: MessageBody + 'static>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
    let Some(id) = noted(&app, &response) else { return Ok(response.map_into_left_body()) };
    let response = name_itself(response, &id, &app.config.server.realm);
    response.request().extensions_mut().insert(RefusalId(id));
    Ok(response)
}

/// The id of what was refused, once what was seen is noted. Without randomness there is none.
fn noted<B>(app: &App, response: &ServiceResponse<B>) -> Option<String> {
    let failure = response.response().error()?.as_error::<Failure>()?;
    // Most failures are no refusals of signed requests; the id comes after that is known.
    let id = failure.told("").and_then(|_| random_reference().ok())?;
    evidence::note(app, response.request(), failure, &id);
    Some(id)
}
