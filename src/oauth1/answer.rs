//! Answers: what does the body that hands out a token look like? (RFC 5849, sections 2.1 and 2.3)
//!
//! Both sides of it: the provider writes, the consumer reads. Does not decide who gets a token.

use super::params::{encode_urlencoded, parse_urlencoded};
use crate::secret::Secret;

pub use super::callback::{Callback, CallbackError, CallbackUrl};

/// Writes the body that hands out token credentials (section 2.3); where they end, also after how many seconds, under the
/// name that the Session extension of OAuth 1.0 gave it.
pub fn token_body(key: &str, secret: &Secret, expires_in: Option<i64>) -> String {
    match expires_in {
        Some(seconds) => format!("{}&oauth_expires_in={seconds}", credentials(key, secret)),
        None => credentials(key, secret),
    }
}

fn credentials(key: &str, secret: &Secret) -> String {
    encode_urlencoded(&[("oauth_token", key), ("oauth_token_secret", secret.expose())])
}

/// Writes the body that hands out temporary credentials (section 2.1): it also says that the callback was understood.
pub fn temporary_body(key: &str, secret: &Secret) -> String {
    format!("{}&oauth_callback_confirmed=true", credentials(key, secret))
}

/// Reads either body as a consumer does: the token's key and secret.
///
/// `None` where the body is not form-encoded or lacks one of the two; further parameters are ignored.
pub fn parse_token_body(body: &str) -> Option<(String, Secret)> {
    let pairs = parse_urlencoded(body.as_bytes()).ok()?;
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    Some((find("oauth_token")?, Secret::new(find("oauth_token_secret")?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_credentials_confirm_the_callback() {
        let body = temporary_body("hdk48Djdsa", &Secret::new("xyz4992k83j47x0b"));
        assert_eq!(body, "oauth_token=hdk48Djdsa&oauth_token_secret=xyz4992k83j47x0b&oauth_callback_confirmed=true");
    }

    #[test]
    fn a_consumer_reads_what_the_provider_writes() {
        let secret = Secret::new("s=+ %");
        let token = |expires_in| token_body("k&é", &secret, expires_in);
        for body in [token(None), token(Some(3_600)), temporary_body("k&é", &secret)] {
            let (key, secret) = parse_token_body(&body).unwrap();
            assert_eq!((key.as_str(), secret.expose()), ("k&é", "s=+ %"));
        }
    }

    #[test]
    fn a_token_that_ends_says_when() {
        let body = |expires_in| token_body("k", &Secret::new("s"), expires_in);
        assert_eq!(body(None), "oauth_token=k&oauth_token_secret=s");
        assert_eq!(body(Some(3_600)), "oauth_token=k&oauth_token_secret=s&oauth_expires_in=3600");
    }

    #[test]
    fn a_body_without_a_token_or_its_secret_is_none() {
        for body in ["", "oauth_token=a", "oauth_token_secret=b", "oauth_problem=token_rejected", "oauth_token=%"] {
            assert!(parse_token_body(body).is_none(), "{body}");
        }
    }
}
