//! Every refusal of a signed request has an id, in the answer and in the log, under which it can be looked up for a while.

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::super::{App, Failure, evidence};
use crate::{
    oauth1::{self, encode_urlencoded},
    provider::refusals::Standing,
    secret::random_reference,
};

/// The header in which a refusal of a signed request names itself.
const REFUSAL_ID: header::HeaderName = header::HeaderName::from_static("x-refusal-id");

/// As what a refusal tells its fields; a page tells none.
const FORM: &str = "application/x-www-form-urlencoded";

/// The refusal that a request was answered with.
pub struct Refused {
    /// What it is looked up under.
    pub id: String,
    /// What it says of who sent the request.
    pub standing: Standing,
}

/// Gives a refusal its id, and puts what was seen where somebody else writes it down. The request waits for nothing.
pub async fn explained<B: MessageBody + 'static>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let response = next.call(request).await?;
    let Some(refused) = noted(&app, &response) else { return Ok(response.map_into_left_body()) };
    let response = name_itself(response, &refused.id, &app.config.server.realm);
    response.request().extensions_mut().insert(refused);
    Ok(response)
}

/// What was refused, once what was seen is noted. Without randomness there is no id, and nothing to look up.
fn noted<B>(app: &App, response: &ServiceResponse<B>) -> Option<Refused> {
    let failure = response.response().error()?.as_error::<Failure>()?;
    // Most failures are no refusals of signed requests; the id comes after that is known.
    let refusal = evidence::refusal(response.request(), failure)?;
    let refused = Refused { id: random_reference().ok()?, standing: refusal.standing };
    evidence::note(app, response.request(), refusal, &refused.id);
    Some(refused)
}

/// Lets a refusal name itself: in a header; and in the advice, where it gives any, of the body and of the challenge.
fn name_itself<B>(response: ServiceResponse<B>, id: &str, realm: &str) -> ServiceResponse<EitherBody<B>> {
    let failure = response.response().error().and_then(|error| error.as_error::<Failure>());
    let is_form = response.headers().get(header::CONTENT_TYPE).is_some_and(|media_type| media_type == FORM);
    let fields = match failure {
        Some(Failure::Refused(problem)) if is_form => Some(problem.fields_of_refusal(id)),
        Some(_) | None => None,
    };
    let mut response = match &fields {
        Some(fields) => response.map_body(|_, _| EitherBody::right(BoxBody::new(encode_urlencoded(fields)))),
        None => response.map_into_left_body(),
    };
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REFUSAL_ID, id);
    }
    let challenge = fields.and_then(|fields| HeaderValue::from_str(&oauth1::header::write(Some(realm), &fields)).ok());
    if let (Some(challenge), true) = (challenge, headers.contains_key(header::WWW_AUTHENTICATE)) {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
