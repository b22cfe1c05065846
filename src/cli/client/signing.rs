//! A consumer's requests, signed: the three legs, and whatever it does with its token afterwards.

use std::borrow::Cow;

use super::http::{FORM, Request};
use crate::{
    clock,
    oauth1::{Credentials, SignError, SignatureMethod, Signed, ToSign, sign},
    secret::{NoRandomness, Secret, random_key},
};

/// A consumer: who it is, and how it signs.
pub struct Consumer {
    /// Its key.
    pub key: String,
    /// Its secret.
    pub secret: Secret,
    /// One of the HMAC methods.
    pub method: SignatureMethod,
}

/// A token of either kind, temporary or for good.
#[derive(Clone)]
pub struct Token {
    /// Its key.
    pub key: String,
    /// Its secret.
    pub secret: Secret,
}

/// A request that is to be signed and sent.
#[derive(Clone, Copy, Default)]
pub struct Call<'a> {
    /// The method.
    pub method: &'a str,
    /// The absolute URL.
    pub url: &'a str,
    /// The media type and the text of the body, if there is one.
    pub body: Option<(&'static str, &'a str)>,
    /// `oauth_callback`, for a request token.
    pub callback: Option<&'a str>,
    /// `oauth_verifier`, for an access token.
    pub verifier: Option<&'a str>,
}

/// Why there is no signed request.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// It cannot be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// It has no nonce.
    #[error(transparent)]
    Nonce(#[from] NoRandomness),
}

impl Consumer {
    /// Signs a call, now and with a nonce of its own, and gives the request that is to be sent.
    ///
    /// # Errors
    /// When the URL, the query or a form body cannot be signed, or the system has no randomness for the nonce.
    pub fn sign(&self, call: &Call<'_>, token: Option<&Token>) -> Result<(Request, Signed), SigningError> {
        let (nonce, timestamp) = (random_key()?, clock::now().to_string());
        let method = method_on_the_wire(call.method);
        let to_sign = ToSign {
            method: &method,
            url: call.url,
            form: call.body.filter(|(media_type, _)| *media_type == FORM).map(|(_, text)| text),
            nonce: &nonce,
            timestamp: &timestamp,
            signature_method: self.method,
            realm: None,
            callback: call.callback,
            verifier: call.verifier,
        };
        let signed = sign(&to_sign, &self.credentials(token))?;
        let mut headers = vec![("authorization", signed.authorization.clone())];
        headers.extend(call.body.map(|(media_type, _)| ("content-type", media_type.to_owned())));
        let body = call.body.map(|(_, text)| text.to_owned());
        Ok((Request { method: method.into_owned(), url: call.url.to_owned(), headers, body }, signed))
    }

    /// What the signature is made with.
    pub fn credentials<'a>(&'a self, token: Option<&'a Token>) -> Credentials<'a> {
        let token = token.map(|token| (token.key.as_str(), &token.secret));
        Credentials { consumer_key: &self.key, consumer_secret: &self.secret, token }
    }
}

/// Methods are case-sensitive, and signatures are made over upper case: `get` would mean nothing to a server.
fn method_on_the_wire(method: &str) -> Cow<'_, str> {
    if method.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(method.to_ascii_uppercase())
    } else {
        Cow::Borrowed(method)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::http::{FORM, JSON},
        *,
    };

    fn base_string(body: Option<(&'static str, &str)>) -> String {
        let consumer = Consumer { key: "k".into(), secret: Secret::new("s"), method: SignatureMethod::HmacSha1 };
        let call = Call { method: "post", url: "http://h.example/a?q=1", body, ..Call::default() };
        let (request, signed) = consumer.sign(&call, None).unwrap();
        assert_eq!(request.method, "POST");
        assert_eq!(request.headers.len(), 1 + usize::from(body.is_some()));
        signed.base_string
    }

    #[test]
    fn a_form_is_signed_and_json_is_not() {
        assert!(base_string(Some((FORM, "a=b"))).starts_with("POST&http%3A%2F%2Fh.example%2Fa&a%3Db%26oauth_consumer"));
        assert!(base_string(Some((JSON, "a=b"))).starts_with("POST&http%3A%2F%2Fh.example%2Fa&oauth_consumer"));
        assert!(base_string(None).ends_with("%26oauth_version%3D1.0%26q%3D1"));
    }

    #[test]
    fn no_two_requests_have_the_same_nonce() {
        assert_ne!(base_string(None), base_string(None));
    }
}
