//! Every refusal and failure as an answer: the only file with status codes for errors.
//!
//! A [`Failure`] answers a signed request as the contract says: form-encoded and with a challenge where OAuth refused, JSON
//! elsewhere. Who knows the realm adds the challenge ([`challenge`]). To people it is a page. A 5xx tells an id to find in the log.

mod said;

mod sources;

use std::collections::BTreeMap;

use actix_web::{
    HttpResponse, ResponseError,
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};

use crate::{
    oauth1::Problem,
    provider::{Asleep, Standing},
    secret::random_reference,
    store,
};

/// What a caller is told to wait before trying again when the service cannot take it now, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The same while only an operator can mend it.
const RETRY_UNOPENED_SECONDS: i64 = 60;

/// A form that is shown again because something in it is wrong.
pub(super) const MISTYPED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
/// The same where what was sent makes no sense.
pub(super) const SENSELESS: StatusCode = StatusCode::BAD_REQUEST;
/// The same where something was chosen that is not one's own.
pub(super) const NOT_THEIRS: StatusCode = StatusCode::FORBIDDEN;
/// The log-in form that is shown again.
pub(super) const NOT_LOGGED_IN: StatusCode = StatusCode::UNAUTHORIZED;

/// Why a request is not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A signed request is refused.
    #[error("{0}")]
    Refused(Problem),
    /// The token is good, its role is not held any more.
    #[error("The role {role} is no longer held.")]
    RoleNotHeld {
        /// The role's name.
        role: String,
        /// Its full name, `PROJECT/ROLE`.
        full_name: String,
        /// Why, for a tool that asks about its own token.
        reason: Option<Asleep>,
    },
    /// The caller lacks a right.
    #[error("This needs {needs}.")]
    Lacks {
        /// The role under which they act, if it is one.
        role: Option<String>,
        /// What they would need.
        needs: String,
    },
    /// Nobody is logged in.
    #[error("Nobody is logged in.")]
    Anonymous,
    /// A form was made for another session than the one that it came with.
    #[error("This form does not belong to your session.")]
    OtherSession,
    /// Refused for this reason.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or it is not the caller's to know.
    #[error("There is nothing here, or nothing for you.")]
    NotFound,
    /// There is no such refusal, it is too old, or it is not the caller's to know.
    #[error(
        "There is no such refusal, or none of a tool of yours, or it is over a quarter of an hour old. When very many are \
         refused at once, not all of them are kept."
    )]
    NoSuchRefusal,
    /// It was there, and its time is over.
    #[error("{0}")]
    Gone(&'static str),
    /// The request makes no sense.
    #[error("{0}")]
    BadRequest(String),
    /// A field is wrong.
    #[error("{field}: {message}")]
    Invalid {
        /// The field's name.
        field: String,
        /// What is wrong with it.
        message: String,
    },
    /// The body's media type is not one that is understood here.
    #[error("The body must be application/json.")]
    UnsupportedMediaType,
    /// The body is over its limit.
    #[error("The body is over {0} bytes.")]
    BodyTooLarge(usize),
    /// Request line and headers together are over their limit.
    #[error("Request line and headers are over {0} bytes.")]
    HeadTooLarge(usize),
    /// The request line alone is over the limit.
    #[error("The request line is over {0} bytes.")]
    LineTooLong(usize),
    /// The body did not arrive in time, or broke off.
    #[error("The body did not arrive.")]
    BodyIncomplete,
    /// The method is none that this resource knows.
    #[error("This address accepts only {0}.")]
    MethodNotAllowed(&'static str),
    /// Too many attempts, or too much that was asked.
    #[error("Too many attempts. Try again in {retry_after_seconds} seconds.")]
    TooManyAttempts {
        /// How long to wait.
        retry_after_seconds: i64,
    },
    /// Others with as much to send were first and did not end in time, or too many name one second.
    #[error("The service has more to do at once than it can. Try again in a moment.")]
    Busy,
    /// The database is out of reach.
    #[error("The service cannot reach its database. Try again in a moment.")]
    Unavailable,
    /// A secret that this needs cannot be opened: it was tampered with, or the server key is missing.
    #[error(
        "Something that this needs cannot be opened here. Whoever runs the service finds it in the log under {reference}."
    )]
    Unopened {
        /// The id of the log line.
        reference: String,
    },
    /// A defect of ours.
    #[error("Something went wrong here. The log has it under {reference}.")]
    Internal {
        /// The id of the log line.
        reference: String,
    },
}

impl Failure {
    /// A defect: logged whole, answered with an id.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        let reference = random_reference().unwrap_or_else(|_| "-".to_owned());
        tracing::error!(reference, error = %error, "internal error");
        Self::Internal { reference }
    }

    /// Nothing can be said of who asks until an operator has looked: logged as an error that names the row or the key.
    fn unopened(error: &store::Error) -> Self {
        let reference = random_reference().unwrap_or_else(|_| "-".to_owned());
        tracing::error!(reference, error = %error, "a secret cannot be opened");
        Self::Unopened { reference }
    }

    /// The code that goes into the log and the figures.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(problem) => problem.code(),
            Self::RoleNotHeld { .. } => "role_not_held",
            Self::Lacks { .. } => "permission_denied",
            Self::Anonymous => "login_required",
            Self::Forbidden(_) | Self::OtherSession => "forbidden",
            Self::NotFound | Self::NoSuchRefusal => "not_found",
            Self::Gone(_) => "gone",
            Self::BadRequest(_) => "bad_request",
            Self::Invalid { .. } => "invalid",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::BodyTooLarge(_) => "body_too_large",
            Self::HeadTooLarge(_) => "head_too_large",
            Self::LineTooLong(_) => "line_too_long",
            Self::BodyIncomplete => "body_incomplete",
            Self::MethodNotAllowed(_) => "method_not_allowed",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
            Self::Unopened { .. } => "unopened",
            Self::Internal { .. } => "internal",
        }
    }

    /// The same for a tool that asks about its own token, which stands like this.
    pub(super) fn because(self, standing: Standing) -> Self {
        match (self, standing) {
            (Self::RoleNotHeld { role, full_name, .. }, Standing::Asleep(why)) => {
                Self::RoleNotHeld { role, full_name, reason: Some(why) }
            }
            (other, _) => other,
        }
    }

    /// What the answer says, by name, where it is JSON.
    pub(super) fn fields(&self) -> Vec<(&'static str, Option<String>)> {
        let code = ("error", Some(self.code().to_owned()));
        match self {
            Self::RoleNotHeld { role, full_name, reason } => {
                let told = [code, ("role", Some(role.clone())), ("needs", Some(format!("role {full_name}")))];
                let reason = reason.map(|asleep| ("reason", Some(asleep.word().to_owned())));
                told.into_iter().chain(reason).collect()
            }
            Self::Lacks { role, needs } => vec![code, ("role", role.clone()), ("needs", Some(needs.clone()))],
            Self::Invalid { field, message } => {
                vec![code, ("field", Some(field.clone())), ("message", Some(message.clone()))]
            }
            other => vec![code, ("message", Some(other.to_string()))],
        }
    }
}

/// The status of an OAuth refusal: 400 for what is malformed, 401 for what does not prove anything.
fn status_of(problem: &Problem) -> StatusCode {
    match problem {
        Problem::VersionRejected
        | Problem::SignatureMethodRejected
        | Problem::ParameterAbsent(_)
        | Problem::ParameterRejected { .. } => StatusCode::BAD_REQUEST,
        Problem::ConsumerKeyRefused { .. } | Problem::Resting { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::NothingSigned
        | Problem::VerifierRejected
        | Problem::TimestampRefused { .. }
        | Problem::NonceUsed
        | Problem::SignatureInvalid
        | Problem::ConsumerKeyUnknown
        | Problem::ConsumerKeyRejected
        | Problem::ConsumerElsewhere
        | Problem::TokenRejected
        | Problem::TokenUsed
        | Problem::TokenExpired
        | Problem::TokenRevoked
        | Problem::PermissionUnknown
        | Problem::PermissionDenied => StatusCode::UNAUTHORIZED,
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Refused(problem) => status_of(problem),
            Self::RoleNotHeld { .. } | Self::Lacks { .. } | Self::OtherSession | Self::Forbidden(_) => {
                StatusCode::FORBIDDEN
            }
            Self::Anonymous => StatusCode::UNAUTHORIZED,
            Self::NotFound | Self::NoSuchRefusal => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::BadRequest(_) | Self::BodyIncomplete => StatusCode::BAD_REQUEST,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::LineTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable | Self::Unopened { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        self.headers().into_iter().for_each(|pair| {
            answer.insert_header(pair);
        });
        match self {
            Self::Refused(problem) => answer.content_type("application/x-www-form-urlencoded").body(problem.body()),
            other => answer.json(other.fields().into_iter().collect::<BTreeMap<_, _>>()),
        }
    }
}

impl Failure {
    /// The status of the page that shows this failure to people.
    pub(super) fn page_status(&self) -> StatusCode {
        match self {
            // Nobody logged in and something was to be changed: there is no session that it could be changed in.
            Self::Anonymous => StatusCode::FORBIDDEN,
            other => other.status_code(),
        }
    }

    /// Whether the same request may well be answered another time: nothing in it is to blame.
    pub(super) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::TooManyAttempts { .. }
                | Self::Busy
                | Self::Unavailable
                | Self::Unopened { .. }
                | Self::Internal { .. }
        )
    }

    /// The headers that belong to this failure whether it is told in JSON, in a form or on a page.
    pub(super) fn headers(&self) -> Vec<(header::HeaderName, HeaderValue)> {
        match self {
            Self::Refused(
                Problem::ConsumerKeyRefused { retry_after_seconds } | Problem::Resting { retry_after_seconds },
            ) => vec![(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds))],
            Self::MethodNotAllowed(allowed) => vec![(header::ALLOW, HeaderValue::from_static(allowed))],
            Self::TooManyAttempts { retry_after_seconds } => {
                vec![(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds))]
            }
            Self::Busy | Self::Unavailable => vec![(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS))],
            Self::Unopened { .. } => vec![(header::RETRY_AFTER, HeaderValue::from(RETRY_UNOPENED_SECONDS))],
            _ => Vec::new(),
        }
    }
}

/// Challenges whoever was refused (RFC 9110, section 11.6.1): what the body says, in `WWW-Authenticate`, in this realm.
pub(super) fn challenge<B>(response: &mut ServiceResponse<B>, realm: &str) {
    let failure = response.response().error().and_then(|error| error.as_error::<Failure>());
    let Some(Failure::Refused(problem)) = failure else { return };
    if let Ok(value) = HeaderValue::from_bytes(problem.challenge(realm).as_bytes()) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Error;

    #[test]
    fn a_second_that_is_full_is_no_database_that_is_gone() {
        for (error, code) in [(Error::Unavailable("gone".to_owned()), "unavailable"), (Error::SecondFull, "busy")] {
            let failure = Failure::from(error);
            assert_eq!((failure.status_code(), failure.code()), (StatusCode::SERVICE_UNAVAILABLE, code));
            assert_eq!(failure.headers(), [(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS))]);
        }
    }
}
