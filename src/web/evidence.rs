//! What is seen of a request that is refused: its raw pieces, taken apart at once if there is room for what comes of them.

use actix_web::{HttpMessage, HttpRequest, http::header, web::Bytes};

use super::{
    App, Failure, extract, middleware,
    refusal::{Reading, Refusal, Told},
};
use crate::{
    address::household,
    clock,
    oauth1::{
        SignatureMethod,
        explain::{Arrived, Body},
        is_form,
    },
    provider::refusals::{Answered, Evidence, Sender},
};

/// How much of a body is kept: with a head of 16 KiB that is as much as evidence may have.
const LARGEST_BODY: usize = 15 * 1024;
/// How much of a consumer's key: a longer one is nobody's.
const LONGEST_KEY: usize = 256;
/// How much of a body that is no form, in case that it was signed as one.
const LARGEST_OTHER: usize = 4 * 1024;

/// The refusal of a signed request that this failure is, if it is one.
pub fn refusal<'a>(request: &HttpRequest, failure: &'a Failure) -> Option<Refusal<'a>> {
    let refusal = failure.refusal()?;
    let is_signed = match refusal.told {
        Told::Problem(_) => true,
        Told::Fields(_) => extract::is_oauth_request(request, &body_of(request).unwrap_or_default()),
    };
    is_signed.then_some(refusal)
}

/// The consumer's key that a refused request names, proved or not.
pub fn claimed_consumer(arrived: &Arrived) -> Option<String> {
    arrived.claimed("oauth_consumer_key").map(|key| key.chars().take(LONGEST_KEY).collect())
}

/// Puts what was seen into the queue of what is written down, if there is room.
pub fn note(
    app: &App,
    request: &HttpRequest,
    refusal: Refusal<'_>,
    (mut arrived, consumer_key): (Arrived, Option<String>),
    id: &str,
) {
    let client = extract::client_address(request, &app.config.server.trusted_proxies);
    let sender = Sender { standing: refusal.standing, household: client.map(household), consumer_key };
    if !app.refusals.waiting().has_room_for(&sender) {
        return;
    }
    if arrived.claimed("oauth_body_hash").is_some() {
        arrived.body.hashes = Some(hashes(&body_of(request).unwrap_or_default()));
    }
    let answered = Answered {
        at: clock::now(),
        code: refusal.code.to_owned(),
        status: refusal.status,
        told: refusal.told.fields(id),
        remedy: refusal.remedy,
        client: client.map(|client| client.to_string()),
    };
    app.refusals.waiting().put(sender, id, &Evidence::of(answered, &arrived));
}

/// The raw pieces of a refused request, taken apart as far as it was read.
pub fn arrived(app: &App, request: &HttpRequest, reading: Reading) -> Arrived {
    let is_read = reading == Reading::Whole;
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named = |name: header::HeaderName| request.headers().get(name).map(text);
    let host = named(header::HOST);
    let content_type = named(header::CONTENT_TYPE);
    let is_form = content_type.as_deref().is_some_and(is_form);
    let body = body_of(request).unwrap_or_default();
    Arrived {
        method: request.method().to_string(),
        origin: app.public_urls.named_by(host.as_deref()).to_string(),
        origins: app.public_urls.all().map(ToString::to_string).collect(),
        host,
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        authorization: request.headers().get_all(header::AUTHORIZATION).map(text).collect(),
        content_type,
        is_form,
        text: text_of(&body, is_form),
        // What is missing of a form takes part in the signature.
        is_cut: is_form && (!is_read || body.len() > LARGEST_BODY),
        body: Body { size: is_read.then_some(body.len()), hashes: None },
    }
}

fn body_of(request: &HttpRequest) -> Option<Bytes> {
    request.extensions().get::<middleware::WholeBody>().map(|middleware::WholeBody(body)| body.clone())
}

/// What is kept of a body.
fn text_of(body: &Bytes, is_form: bool) -> Option<String> {
    let could_be_form = body.len() <= LARGEST_OTHER && body.contains(&b'=') && !body.starts_with(b"{");
    let kept = (is_form || could_be_form).then(|| body.get(..LARGEST_BODY).unwrap_or(body));
    kept.map(|kept| String::from_utf8_lossy(kept).into_owned())
}

/// What `oauth_body_hash` should have been, by either hash.
fn hashes(body: &Bytes) -> (String, String) {
    (SignatureMethod::HmacSha1.body_hash(body), SignatureMethod::HmacSha256.body_hash(body))
}
