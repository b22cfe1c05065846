//! What a refusal means for who looks after the consumer, and what to do about it.
//!
//! It is said while the problem still has its type: several problems share one code, and not one remedy. It is kept with the
//! evidence, for those who may look the refusal up. Whoever was refused is told [`Problem::fields`], and nothing of this.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::oauth1::Problem;

/// What a refusal means and what to do about it, in a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// In these words.
    Words(Cow<'static, str>),
    /// The clocks have to agree. How far they are apart is said when the request's own time is known.
    Clock {
        /// How far they may be apart, in seconds.
        allowed: i64,
    },
}

impl<W: Into<Cow<'static, str>>> From<W> for Remedy {
    fn from(words: W) -> Self {
        Self::Words(words.into())
    }
}

impl Remedy {
    /// The remedy of a problem.
    pub fn of(problem: &Problem) -> Self {
        let words = match problem {
            Problem::TimestampRefused { earliest, latest } => {
                return Self::Clock { allowed: latest.saturating_sub(*earliest) / 2 };
            }
            Problem::ParameterAbsent(names) => {
                return format!(
                    "Something that every request of this kind must carry is missing: {}.",
                    names.join(", ")
                )
                .into();
            }
            Problem::VersionRejected => {
                "oauth_version is 1.0 or left out. Clients that send 1.0A name the specification; its version number is \
                 still 1.0."
            }
            Problem::SignatureMethodRejected => {
                "Use HMAC-SHA1 or HMAC-SHA256; RSA-SHA1 and RSA-SHA256 work for a tool that registered its public key. \
                 PLAINTEXT is for nobody."
            }
            Problem::NothingSigned => {
                "There is no oauth_ parameter at all. If the client sent some, a proxy or web server in between took the \
                 Authorization header away."
            }
            Problem::ParameterRejected { .. } => {
                "The request is malformed, or a value in it is not acceptable. What the service told the client says which."
            }
            Problem::VerifierRejected => {
                "The verifier is not the one that came with the user's decision. Send that one, whole and as it came; the \
                 fifth wrong one ends the request token."
            }
            Problem::NonceUsed => {
                "This very request, or another with its nonce and time stamp, was accepted before. Make a new nonce for each \
                 request, retries included, and sign again. If nobody repeated it, look for a proxy or a library that sends \
                 requests twice, or for two processes whose random numbers begin alike."
            }
            Problem::SignatureInvalid => {
                "The signature does not fit what arrived and the secrets that are registered. The lines below say what the \
                 client probably did; if they do not, paste the client's own base string."
            }
            Problem::ConsumerKeyUnknown => {
                "No tool is registered under this consumer key. Look for a typing error, a key that was cut, or the key of \
                 another forge."
            }
            Problem::ConsumerKeyRejected => {
                "The tool is registered and disabled. An administrator of the forge enables it on its page, or with \
                 oauthprovider consumer enable."
            }
            Problem::ConsumerElsewhere => {
                "The signature was right, and the tool may not ask from the address that the request came from. An \
                 administrator of the forge says from where it may, on its page or with oauthprovider consumer networks. \
                 If the address is a proxy's, name the proxy in trusted_proxies."
            }
            Problem::ConsumerKeyRefused { .. } => {
                "There were too many requests, of the tool, with its token, or from this address. Wait as long as Retry-After \
                 says, and ask less."
            }
            Problem::Resting { .. } => {
                "So many signatures were wrong within a minute, for the token or, where there is none, for the tool from this \
                 address, that none is good until the minute is over: a right one neither. Look up one of the refusals before \
                 and mend what it names, then wait as long as Retry-After says."
            }
            Problem::TokenRejected => {
                "The token is unknown, another tool's, of the other kind (a request token where an access token belongs, or \
                 the reverse), was ended by wrong verifiers, or its user is suspended. Start again with a request token."
            }
            Problem::TokenUsed => {
                "The request token was exchanged already. Use the access token that came of it; if its answer was lost, start \
                 again."
            }
            Problem::TokenExpired => "The token's time is over. Start again with a request token.",
            Problem::TokenRevoked => {
                "The user, or an administrator, took the token back. Forget it, and ask the user to authorize again."
            }
            Problem::PermissionUnknown => {
                "The user has not decided yet. Exchange the token when the callback comes, or the code."
            }
            Problem::PermissionDenied => "The signature was right, and the user said no. Do not ask again unbidden.",
        };
        words.into()
    }

    /// As it is read, of a request that was dated so far ahead of the server's clock, or behind it where that is negative.
    pub fn in_words(&self, ahead: Option<i64>) -> String {
        match self {
            Self::Words(words) => words.clone().into_owned(),
            Self::Clock { allowed } => format!(
                "The request {}, and {allowed} seconds are allowed. Set the client's clock (NTP does), and send seconds since \
                 1970 in UTC, not milliseconds. If the clocks agree, the request waited somewhere before it was sent.",
                ahead.map_or_else(|| "has no readable time stamp".to_owned(), dated)
            ),
        }
    }
}

/// When a request was dated, as it is said of it.
fn dated(ahead: i64) -> String {
    match ahead {
        0 => "has the time of this server".to_owned(),
        i64::MAX => "has a time stamp that no clock shows".to_owned(),
        ahead if ahead > 0 => format!("is dated {} ahead of this server's clock", duration(ahead)),
        behind => format!("is dated {} behind this server's clock", duration(behind.saturating_neg())),
    }
}

fn duration(seconds: i64) -> String {
    let (unit, size) = match seconds {
        ..120 => return format!("{seconds} s"),
        120..7_200 => ("minutes", 60),
        7_200..172_800 => ("hours", 3_600),
        _ => ("days", 86_400),
    };
    format!("{seconds} s (about {} {unit})", (seconds + size / 2) / size)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn clocks_are_told_in_words() {
        let remedy = Remedy::of(&Problem::TimestampRefused { earliest: 700, latest: 1_300 });
        for (ahead, words) in [
            (Some(-3_600), "3600 s (about 60 minutes) behind"),
            (Some(400), "400 s (about 7 minutes) ahead"),
            (Some(31_536_000), "about 365 days"),
            (Some(i64::MAX), "no clock shows"),
            (None, "no readable time stamp"),
        ] {
            let told = remedy.in_words(ahead);
            assert!(told.contains(words) && told.contains("300 seconds are allowed"), "{told}");
        }
    }

    #[test]
    fn problems_that_share_a_code_do_not_share_a_remedy() {
        let problems = Problem::one_of_each();
        let codes: BTreeSet<_> = problems.iter().map(Problem::code).collect();
        let words: BTreeSet<_> = problems.iter().map(|problem| Remedy::of(problem).in_words(None)).collect();
        assert_eq!((words.len(), codes.len()), (problems.len(), 16));
    }

    #[test]
    fn a_name_that_a_client_made_up_is_not_repeated() {
        let rejected = Problem::ParameterRejected { names: vec!["SEKRIT".to_owned()], advice: None };
        assert!(!Remedy::of(&rejected).in_words(None).contains("SEKRIT"));
    }
}
