//! What is to be known of a failure that refuses a signed request, all of it said while the failure has its type.
//!
//! A failure that is met by whoever asks, signed or not, is no refusal: nobody is to look it up.

use actix_web::ResponseError;

use super::Failure;
use crate::{
    oauth1::Problem,
    provider::refusals::{Remedy, Standing},
};

/// A failure that refuses signed requests.
pub struct Refusal<'a> {
    /// Why.
    pub code: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What it says of who sent the request.
    pub standing: Standing,
    /// What the answer says.
    pub told: Told<'a>,
    /// How far the request was read.
    pub reading: Reading,
    /// What to do about it.
    pub remedy: Remedy,
}

/// How far a request was read before it was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// To the end of its body.
    Whole,
    /// Not to the end of its body, and maybe nothing of that.
    BrokenOff,
}

/// What an answer says.
pub enum Told<'a> {
    /// In the terms of OAuth: nothing else is answered so.
    Problem(&'a Problem),
    /// Names and values, which people are answered with too.
    Fields(Vec<(&'static str, Option<String>)>),
}

impl Told<'_> {
    /// By name, of a refusal that can be looked up under this id.
    pub fn fields(self, id: &str) -> Vec<(String, String)> {
        let owned = |(name, value): (&str, String)| (name.to_owned(), value);
        match self {
            Self::Problem(problem) => problem.fields_of_refusal(id).into_iter().map(owned).collect(),
            Self::Fields(fields) => {
                fields.into_iter().map(|(name, value)| owned((name, value.unwrap_or_default()))).collect()
            }
        }
    }
}

impl Failure {
    /// This failure as the refusal of a signed request, if it can be one.
    pub(super) fn refusal(&self) -> Option<Refusal<'_>> {
        Some(match self {
            Self::Refused(problem) => self.refusing(standing(problem), Remedy::of(problem)),
            Self::RoleNotHeld { .. } => self.refusing(
                Standing::Proved,
                "The signature was right. The user does not hold the token's role any more, or tools are not let in for it; the \
                 token works again when that is over. GET /api/token, signed with it, says why.",
            ),
            Self::Lacks { .. } => self.refusing(
                Standing::Proved,
                "The signature was right. The token's role lacks the right that the answer names in needs: the user \
                 authorizes the tool under another role.",
            ),
            Self::Forbidden(_) => self.refusing(
                Standing::Stranger,
                "A signed request opens no page: pages are for people at a browser. Call an address of the API, or send no \
                 oauth_signature and no OAuth header.",
            ),
            Self::TooManyAttempts { .. } => self.refusing(
                Standing::Stranger,
                "Too many requests came from this address. Wait as long as Retry-After says, and ask less.",
            ),
            Self::BodyTooLarge(most) => self.breaking_off(format!(
                "The body is over {} KiB. It was not read, and the signature not looked at. Send less.",
                most / 1024
            )),
            Self::HeadTooLarge(most) => self.breaking_off(format!(
                "Request line and headers together are over {} KiB; the signature was not looked at. Send parameters in a \
                 form body instead of the query, and fewer headers: a proxy in between may add some.",
                most / 1024
            )),
            Self::LineTooLong(most) => self.breaking_off(format!(
                "The request line is over {} KiB; the signature was not looked at. Send parameters in a form body instead of \
                 the query.",
                most / 1024
            )),
            Self::BodyIncomplete => self.breaking_off(
                "The body broke off or took too long, so the signature was not looked at. Look at the connection, and at what \
                 is in between; Content-Length must say what is sent.",
            ),
            Self::Anonymous
            | Self::OtherSession
            | Self::NotFound
            | Self::NoSuchRefusal
            | Self::Gone(_)
            | Self::BadRequest(_)
            | Self::Invalid { .. }
            | Self::UnsupportedMediaType
            | Self::MethodNotAllowed(_)
            | Self::Busy
            | Self::Unavailable
            | Self::Unopened { .. }
            | Self::Internal { .. } => return None,
        })
    }

    fn refusing(&self, standing: Standing, remedy: impl Into<Remedy>) -> Refusal<'_> {
        let told = match self {
            Self::Refused(problem) => Told::Problem(problem),
            other => Told::Fields(other.fields()),
        };
        let (code, status) = (self.code(), self.status_code().as_u16());
        Refusal { code, status, standing, told, reading: Reading::Whole, remedy: remedy.into() }
    }

    /// The same before the request was read to its end, and before anybody was looked up.
    fn breaking_off(&self, remedy: impl Into<Remedy>) -> Refusal<'_> {
        Refusal { reading: Reading::BrokenOff, ..self.refusing(Standing::Stranger, remedy) }
    }
}

/// What a problem says of who sent the request.
fn standing(problem: &Problem) -> Standing {
    match problem {
        Problem::NonceUsed
        | Problem::VerifierRejected
        | Problem::ConsumerKeyRejected
        | Problem::ConsumerElsewhere
        | Problem::TokenUsed
        | Problem::TokenExpired
        | Problem::TokenRevoked
        | Problem::PermissionUnknown
        | Problem::PermissionDenied => Standing::Proved,
        // An unknown token is rejected, too; and of what nobody knows nothing rests.
        Problem::SignatureInvalid | Problem::Resting { .. } | Problem::TokenRejected => Standing::Named,
        Problem::VersionRejected
        | Problem::SignatureMethodRejected
        | Problem::NothingSigned
        | Problem::ParameterAbsent(_)
        | Problem::ParameterRejected { .. }
        | Problem::TimestampRefused { .. }
        | Problem::ConsumerKeyUnknown
        | Problem::ConsumerKeyRefused { .. } => Standing::Stranger,
    }
}
