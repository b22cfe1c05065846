//! What is seen of a request that is refused: its raw pieces, none of them looked at closely. That is done when somebody
//! asks.

use actix_web::{HttpMessage, HttpRequest, ResponseError, http::header, web::Bytes};

use super::{App, Failure, extract, middleware::Arrived};
use crate::{
    clock,
    oauth1::{
        Problem, SignatureMethod,
        explain::{Body, Seen},
        is_form,
    },
    provider::refusals::Evidence,
};

/// How much of a body is kept: with a head of 16 KiB that is as much as evidence may have.
const LARGEST_BODY: usize = 15 * 1024;
/// How much of a consumer's key: a longer one is nobody's.
const LONGEST_KEY: usize = 256;
/// How much of a body that is no form, in case that it was signed as one.
const LARGEST_OTHER: usize = 4 * 1024;

/// Puts what was seen into the queue of what is written down, if there is room.
pub fn note(app: &App, request: &HttpRequest, failure: &Failure, id: &str) {
    let is_known = knows_the_consumer(failure);
    if !app.refusals.waiting().has_room(is_known) {
        return;
    }
    let mut seen = seen(app, request);
    let consumer_key = seen.claimed("oauth_consumer_key").map(|key| key.chars().take(LONGEST_KEY).collect());
    app.refusals.waiting().put(consumer_key, is_known, id, || {
        if seen.claimed("oauth_body_hash").is_some() {
            seen.body.hashes = Some(hashes(&arrived(request).unwrap_or_default()));
        }
        let told = failure.told(id).unwrap_or_default();
        Evidence {
            at: clock::now(),
            code: failure.code().to_owned(),
            status: failure.status_code().as_u16(),
            told: told.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            client: extract::client_address(request, &app.config.server.trusted_proxies).map(|ip| ip.to_string()),
            seen,
        }
    });
}

impl Failure {
    /// What the answer to a signed request says, if it is a refusal that can be looked up.
    pub(super) fn told(&self, id: &str) -> Option<Vec<(&'static str, String)>> {
        let code = ("error", self.code().to_owned());
        match self {
            Self::Refused(problem) => Some(problem.fields_of_refusal(id)),
            Self::RoleNotHeld { role, full_name } => {
                Some(vec![code, ("role", role.clone()), ("needs", format!("role {full_name}"))])
            }
            Self::Lacks { role, needs } => {
                Some(vec![code, ("role", role.clone().unwrap_or_default()), ("needs", needs.clone())])
            }
            Self::TooManyAttempts { .. } => Some(vec![code]),
            Self::Anonymous
            | Self::Forbidden(_)
            | Self::NotFound
            | Self::NoSuchRefusal
            | Self::Gone(_)
            | Self::BadRequest(_)
            | Self::Invalid { .. }
            | Self::UnsupportedMediaType
            | Self::BodyTooLarge(_)
            | Self::HeadTooLarge(_)
            | Self::LineTooLong(_)
            | Self::BodyIncomplete
            | Self::MethodNotAllowed(_)
            | Self::Busy
            | Self::Unavailable
            | Self::Unopened { .. }
            | Self::Internal { .. } => None,
        }
    }
}

/// Whether the refusal itself says that the request names a registered consumer.
fn knows_the_consumer(failure: &Failure) -> bool {
    match failure {
        Failure::Refused(problem) => match problem {
            Problem::SignatureInvalid
            | Problem::NonceUsed
            | Problem::VerifierRejected
            | Problem::ConsumerKeyRejected
            | Problem::ConsumerElsewhere
            | Problem::TokenRejected
            | Problem::TokenUsed
            | Problem::TokenExpired
            | Problem::TokenRevoked
            | Problem::PermissionUnknown
            | Problem::PermissionDenied => true,
            Problem::VersionRejected
            | Problem::SignatureMethodRejected
            | Problem::NothingSigned
            | Problem::ParameterAbsent(_)
            | Problem::ParameterRejected { .. }
            | Problem::TimestampRefused { .. }
            | Problem::ConsumerKeyUnknown
            | Problem::ConsumerKeyRefused { .. } => false,
        },
        Failure::RoleNotHeld { .. } | Failure::Lacks { .. } => true,
        _ => false,
    }
}

fn seen(app: &App, request: &HttpRequest) -> Seen {
    let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named = |name: header::HeaderName| request.headers().get(name).map(text);
    let host = named(header::HOST);
    let content_type = named(header::CONTENT_TYPE);
    let is_form = content_type.as_deref().is_some_and(is_form);
    let authorization: Vec<String> = request.headers().get_all(header::AUTHORIZATION).map(text).collect();
    let (authorization, others): (Vec<_>, Vec<_>) =
        authorization.into_iter().partition(|value| scheme(value).eq_ignore_ascii_case("OAuth"));
    let query = request.uri().query().map(str::to_owned);
    let (body, is_cut) = arrived(request).map_or_else(Default::default, |arrived| body(&arrived, is_form));
    Seen {
        method: request.method().to_string(),
        origin: app.public_urls.named_by(host.as_deref()).to_string(),
        origins: app.public_urls.all().map(ToString::to_string).collect(),
        host,
        path: request.uri().path().to_owned(),
        query,
        authorization,
        // What follows the scheme are credentials, and not ours to keep.
        other_schemes: others.iter().map(|value| scheme(value).chars().take(32).collect()).collect(),
        content_type,
        is_form,
        body,
        is_cut,
    }
}

fn scheme(authorization: &str) -> &str {
    authorization.trim_start().split([' ', '\t']).next().unwrap_or_default()
}

fn arrived(request: &HttpRequest) -> Option<Bytes> {
    request.extensions().get::<Arrived>().map(|Arrived(body)| body.clone())
}

/// What is kept of a body, and whether something of it is missing that takes part in the signature.
fn body(body: &Bytes, is_form: bool) -> (Body, bool) {
    let could_be_form = body.len() <= LARGEST_OTHER && body.contains(&b'=') && !body.starts_with(b"{");
    let kept = (is_form || could_be_form).then(|| body.get(..LARGEST_BODY).unwrap_or(body));
    let text = kept.map(|kept| String::from_utf8_lossy(kept).into_owned());
    (Body { size: body.len(), text, hashes: None }, is_form && body.len() > LARGEST_BODY)
}

/// What `oauth_body_hash` should have been, by either hash.
fn hashes(body: &Bytes) -> (String, String) {
    (SignatureMethod::HmacSha1.body_hash(body), SignatureMethod::HmacSha256.body_hash(body))
}
