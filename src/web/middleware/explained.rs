//! Every refusal of a signed request has an id, in the answer and in the log, under which it can be looked up for a while; and
//! what came of each signed request is counted.

use std::rc::Rc;

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::super::{
    App, Failure, evidence,
    refusal::{Refusal, Told},
};
use crate::{
    clock,
    oauth1::{self, Problem, SignedRequest, encode_urlencoded},
    provider::{Asker, refusals::Standing},
    secret::random_reference,
    store::calls::ACCEPTED,
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

/// What was refused, once it is counted and what was seen is noted. Without randomness there is no id, and nothing to look up.
fn noted<B>(app: &App, response: &ServiceResponse<B>) -> Option<Refused> {
    let (request, failure) = (response.request(), failure_of(response));
    // Most failures are no refusals of signed requests; the id comes after that is known.
    let Some(refusal) = failure.and_then(|failure| evidence::refusal(request, failure)) else {
        count_unrefused(app, response, failure);
        return None;
    };
    let arrived = evidence::arrived(app, request, refusal.reading);
    let key = evidence::claimed_consumer(&arrived);
    app.authenticator.count(asker(&refusal, key.as_deref()), refusal.code, clock::now());
    let refused = Refused { id: random_reference().ok()?, standing: refusal.standing };
    evidence::note(app, request, refusal, (arrived, key), &refused.id);
    Some(refused)
}

fn failure_of<B>(response: &ServiceResponse<B>) -> Option<&Failure> {
    response.response().error()?.as_error::<Failure>()
}

/// Counts a signed request that was let in, whatever came of it then; or that nobody could judge, as what kept them from it.
fn count_unrefused<B>(app: &App, response: &ServiceResponse<B>, failure: Option<&Failure>) {
    let extensions = response.request().extensions();
    let Some(signed) = extensions.get::<Rc<SignedRequest>>() else { return };
    let (asker, code) = match failure {
        Some(broken) if response.status().is_server_error() => (Asker::Claimed(signed.consumer_key()), broken.code()),
        Some(_) | None => (Asker::Known(signed.consumer_key()), ACCEPTED),
    };
    app.authenticator.count(asker, code, clock::now());
}

/// Whose request was refused, as far as that was looked up.
fn asker<'a>(refusal: &Refusal<'_>, key: Option<&'a str>) -> Asker<'a> {
    match (refusal.standing, key) {
        (Standing::Proved | Standing::Named, Some(key)) => Asker::Known(key),
        (Standing::Stranger, _) if matches!(refusal.told, Told::Problem(Problem::ConsumerKeyUnknown)) => Asker::Nobody,
        (Standing::Stranger, Some(key)) => Asker::Claimed(key),
        (_, None) => Asker::Nobody,
    }
}

/// Lets a refusal name itself: in a header; and in the advice, where it gives any, of the body and of the challenge.
fn name_itself<B>(response: ServiceResponse<B>, id: &str, realm: &str) -> ServiceResponse<EitherBody<B>> {
    let failure = failure_of(&response);
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
