//! Answers: how is a refusal told to the consumer? (Problem Reporting extension of OAuth 1.0)
//!
//! A [`Problem`] is a code, advice for a human and details for a program, as a form-encoded body and as a
//! `WWW-Authenticate` value. Does not know HTTP status codes, and never repeats a secret, a signature or a value that
//! was sent.

use super::encode::percent_encode;
use super::header;
use super::params::encode_urlencoded;

/// What every signed request must carry (RFC 5849, section 3.1).
pub(super) const REQUIRED: [&str; 5] =
    ["oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp", "oauth_nonce"];

/// The name of what is told to people.
const ADVICE: &str = "oauth_problem_advice";

/// How many names a refusal repeats at most, and how long each may be: the answer must not grow with the request.
const MAX_NAMES: usize = 10;
const MAX_NAME_BYTES: usize = 64;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Problem {
    /// `oauth_version` is there and is not `1.0`.
    VersionRejected,
    /// The method is unknown, or not for this consumer.
    SignatureMethodRejected,
    /// No `oauth_` parameter at all.
    NothingSigned,
    /// These required parameters are missing.
    ParameterAbsent(Vec<&'static str>),
    /// The request is malformed.
    ParameterRejected {
        /// The parameters at fault, if they can be named.
        names: Vec<String>,
        /// What to do about it, in a few words; never a value that was sent.
        advice: Option<String>,
    },
    /// The verifier is wrong.
    VerifierRejected,
    /// The time stamp is too far away.
    TimestampRefused {
        /// The earliest that would do, in seconds since 1970.
        earliest: i64,
        /// The latest that would do.
        latest: i64,
    },
    /// This nonce was used with this time stamp before.
    NonceUsed,
    /// The signature is not the expected one.
    SignatureInvalid,
    /// No such consumer.
    ConsumerKeyUnknown,
    /// The consumer is disabled.
    ConsumerKeyRejected,
    /// The consumer may not ask from this address.
    ConsumerElsewhere,
    /// The consumer asks too often.
    ConsumerKeyRefused {
        /// When to try again.
        retry_after_seconds: u64,
    },
    /// Too many signatures were wrong, so none is good for a while. Whoever guesses is told what everybody is told who asks too
    /// often.
    Resting {
        /// When to try again.
        retry_after_seconds: u64,
    },
    /// Unknown, another consumer's, or of the wrong kind.
    TokenRejected,
    /// Exchanged already.
    TokenUsed,
    /// Too old.
    TokenExpired,
    /// Taken back by its user or an administrator.
    TokenRevoked,
    /// The user has not decided yet.
    PermissionUnknown,
    /// The user refused.
    PermissionDenied,
}

impl Problem {
    /// The value of `oauth_problem`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::VersionRejected => "version_rejected",
            Self::SignatureMethodRejected => "signature_method_rejected",
            Self::NothingSigned | Self::ParameterAbsent(_) => "parameter_absent",
            Self::ParameterRejected { .. } | Self::VerifierRejected => "parameter_rejected",
            Self::TimestampRefused { .. } => "timestamp_refused",
            Self::NonceUsed => "nonce_used",
            Self::SignatureInvalid => "signature_invalid",
            Self::ConsumerKeyUnknown => "consumer_key_unknown",
            Self::ConsumerKeyRejected | Self::ConsumerElsewhere => "consumer_key_rejected",
            Self::ConsumerKeyRefused { .. } | Self::Resting { .. } => "consumer_key_refused",
            Self::TokenRejected => "token_rejected",
            Self::TokenUsed => "token_used",
            Self::TokenExpired => "token_expired",
            Self::TokenRevoked => "token_revoked",
            Self::PermissionUnknown => "permission_unknown",
            Self::PermissionDenied => "permission_denied",
        }
    }

    /// All that is told: `oauth_problem` first, then advice where it helps, then details.
    ///
    /// A list of names is one value: each name percent-encoded, joined by `&`. It repeats at most ten names of at most
    /// 64 bytes each.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("oauth_problem", self.code().to_owned())];
        fields.extend(self.advice().map(|advice| (ADVICE, advice)));
        fields.extend(self.detail().filter(|(_, value)| !value.is_empty()));
        fields
    }

    /// The same for a refusal that can be looked up under this id, which the advice names.
    pub fn fields_of_refusal(&self, id: &str) -> Vec<(&'static str, String)> {
        let look_up = format!("the forge's administrators can look up refusal {id}");
        let mut fields = self.fields();
        match fields.iter_mut().find(|(name, _)| *name == ADVICE) {
            Some((_, advice)) => *advice = format!("{advice}; {look_up}"),
            None => fields.insert(1, (ADVICE, look_up)),
        }
        fields
    }

    /// The fields as a form-encoded body.
    pub fn body(&self) -> String {
        encode_urlencoded(&self.fields())
    }

    /// The fields as a `WWW-Authenticate` value.
    pub fn challenge(&self, realm: &str) -> String {
        header::write(Some(realm), &self.fields())
    }

    fn detail(&self) -> Option<(&'static str, String)> {
        match self {
            Self::VersionRejected => Some(("oauth_acceptable_versions", "1.0-1.0".to_owned())),
            Self::NothingSigned => Some(("oauth_parameters_absent", list(&REQUIRED))),
            Self::ParameterAbsent(names) => Some(("oauth_parameters_absent", list(names))),
            Self::ParameterRejected { names, .. } => Some(("oauth_parameters_rejected", list(names))),
            Self::VerifierRejected => Some(("oauth_parameters_rejected", list(&["oauth_verifier"]))),
            Self::TimestampRefused { earliest, latest } => {
                Some(("oauth_acceptable_timestamps", format!("{earliest}-{latest}")))
            }
            Self::SignatureMethodRejected
            | Self::NonceUsed
            | Self::SignatureInvalid
            | Self::ConsumerKeyUnknown
            | Self::ConsumerKeyRejected
            | Self::ConsumerElsewhere
            | Self::ConsumerKeyRefused { .. }
            | Self::Resting { .. }
            | Self::TokenRejected
            | Self::TokenUsed
            | Self::TokenExpired
            | Self::TokenRevoked
            | Self::PermissionUnknown
            | Self::PermissionDenied => None,
        }
    }

    fn advice(&self) -> Option<String> {
        let advice = match self {
            Self::ParameterAbsent(_) => return None,
            Self::ParameterRejected { advice, .. } => return advice.clone(),
            Self::ConsumerKeyRefused { retry_after_seconds } | Self::Resting { retry_after_seconds } => {
                return Some(format!("too many requests, try again in {retry_after_seconds} seconds"));
            }
            Self::VersionRejected => "leave oauth_version out or send 1.0",
            Self::SignatureMethodRejected => {
                "use HMAC-SHA1 or HMAC-SHA256, or RSA-SHA1 or RSA-SHA256 with a registered public key"
            }
            Self::NothingSigned => "sign the request as RFC 5849 says: it carries no oauth_ parameter",
            Self::VerifierRejected => "send the verifier that came with the user's decision",
            Self::TimestampRefused { .. } => "correct your clock, it is too far from this server's",
            Self::NonceUsed => "make a new nonce for every request, repeated ones included",
            Self::SignatureInvalid => "compare both secrets and the signature base string",
            Self::ConsumerKeyUnknown => {
                "no consumer has this key: look for a typing error in it, or register the consumer"
            }
            Self::ConsumerKeyRejected => "the consumer is disabled, ask an administrator of this forge",
            Self::ConsumerElsewhere => "this address is none of the consumer's, ask an administrator of this forge",
            Self::TokenRejected => "this token is not valid here, start again with a request token",
            Self::TokenUsed => "this request token was exchanged already, start again with a new one",
            Self::TokenExpired => "this token is too old, start again with a request token",
            Self::TokenRevoked => "this token was revoked, ask the user to authorize again",
            Self::PermissionUnknown => "wait until the user has decided",
            Self::PermissionDenied => "the user refused",
        };
        Some(advice.to_owned())
    }
}

/// Names as one value.
fn list<N: AsRef<str>>(names: &[N]) -> String {
    let short = names.iter().map(AsRef::as_ref).filter(|name| name.len() <= MAX_NAME_BYTES);
    short.take(MAX_NAMES).map(percent_encode).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
impl Problem {
    /// A problem of each kind.
    pub(crate) fn one_of_each() -> Vec<Self> {
        let retry_after_seconds = 5;
        vec![
            Self::VersionRejected,
            Self::SignatureMethodRejected,
            Self::NothingSigned,
            Self::ParameterAbsent(vec!["oauth_nonce"]),
            Self::ParameterRejected { names: Vec::new(), advice: None },
            Self::VerifierRejected,
            Self::TimestampRefused { earliest: 1, latest: 601 },
            Self::NonceUsed,
            Self::SignatureInvalid,
            Self::ConsumerKeyUnknown,
            Self::ConsumerKeyRejected,
            Self::ConsumerElsewhere,
            Self::ConsumerKeyRefused { retry_after_seconds },
            Self::Resting { retry_after_seconds },
            Self::TokenRejected,
            Self::TokenUsed,
            Self::TokenExpired,
            Self::TokenRevoked,
            Self::PermissionUnknown,
            Self::PermissionDenied,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth1::params::parse_urlencoded;

    #[test]
    fn the_code_comes_first_and_details_last() {
        let fields = Problem::TimestampRefused { earliest: 1, latest: 601 }.fields();
        assert_eq!(fields.first(), Some(&("oauth_problem", "timestamp_refused".to_owned())));
        assert_eq!(fields.last(), Some(&("oauth_acceptable_timestamps", "1-601".to_owned())));
        let version = Problem::VersionRejected.fields();
        assert_eq!(version.last(), Some(&("oauth_acceptable_versions", "1.0-1.0".to_owned())));
    }

    #[test]
    fn names_are_encoded_each_and_then_as_a_value() {
        let absent = Problem::ParameterAbsent(vec!["oauth_nonce", "oauth_timestamp"]);
        assert_eq!(
            absent.body(),
            "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_nonce%26oauth_timestamp"
        );
        let names = vec!["oauth_a&b".to_owned(), "oauth_é".to_owned()];
        let rejected = Problem::ParameterRejected { names, advice: None };
        let pairs = parse_urlencoded(rejected.body().as_bytes()).unwrap();
        assert_eq!(pairs[1], ("oauth_parameters_rejected".to_owned(), "oauth_a%26b&oauth_%C3%A9".to_owned()));
    }

    #[test]
    fn without_names_the_detail_is_left_out() {
        let rejected = Problem::ParameterRejected { names: Vec::new(), advice: Some("no".to_owned()) };
        assert_eq!(rejected.body(), "oauth_problem=parameter_rejected&oauth_problem_advice=no");
    }

    #[test]
    fn a_wrong_verifier_and_an_unsigned_request_have_codes_of_the_extension() {
        let verifier = Problem::VerifierRejected.body();
        assert!(verifier.starts_with("oauth_problem=parameter_rejected&"));
        assert!(verifier.ends_with("&oauth_parameters_rejected=oauth_verifier"));
        assert!(Problem::NothingSigned.body().starts_with("oauth_problem=parameter_absent&"));
    }

    #[test]
    fn a_challenge_holds_the_same_fields_in_quotes() {
        let challenge = Problem::TokenUsed.challenge("the \"forge\" \\ \r\nX: y");
        assert!(
            challenge.starts_with(
                r#"OAuth realm="the \"forge\" \\ X: y", oauth_problem="token_used", oauth_problem_advice=""#
            )
        );
        assert!(challenge.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
    }

    #[test]
    fn the_answer_does_not_grow_with_the_request() {
        let names = (0..1_000).map(|n| format!("oauth_{n}")).chain(["oauth_".repeat(50_000)]).collect();
        let problem = Problem::ParameterRejected { names, advice: None };
        assert!(problem.challenge("forge").len() < 3_000);
    }

    #[test]
    fn the_id_of_a_refusal_stands_in_its_advice_and_nowhere_else() {
        let used = Problem::NonceUsed;
        let (plain, named) = (used.fields(), used.fields_of_refusal("Ab12"));
        let look_up = "the forge's administrators can look up refusal Ab12";
        assert_eq!(named, [plain[0].clone(), ("oauth_problem_advice", format!("{}; {look_up}", plain[1].1))]);
        let absent = Problem::ParameterAbsent(vec!["oauth_nonce"]).fields_of_refusal("Ab12");
        let names: Vec<_> = absent.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["oauth_problem", "oauth_problem_advice", "oauth_parameters_absent"]);
        assert_eq!(absent[1].1, look_up);
    }

    #[test]
    fn the_text_of_a_problem_is_its_code() {
        assert_eq!(Problem::ConsumerKeyRefused { retry_after_seconds: 5 }.to_string(), "consumer_key_refused");
    }
}
