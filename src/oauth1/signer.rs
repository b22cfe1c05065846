//! Answers: how does a consumer sign a request? (RFC 5849, sections 3.1 to 3.5)
//!
//! The other side of [`request`](super::request), for tools, examples and tests. Makes neither nonce nor time stamp,
//! sends nothing, and signs with shared secrets only.

use super::base_string::{Origin, OriginError, base_string, split};
use super::encode::Malformed;
use super::header;
use super::params::{Pair, urlencoded};
use super::signature::{HmacKey, SignatureMethod};
use crate::secret::Secret;

/// Who signs.
pub struct Credentials<'a> {
    /// The consumer's key.
    pub consumer_key: &'a str,
    /// The consumer's secret.
    pub consumer_secret: &'a Secret,
    /// The key and secret of temporary or token credentials, once there are any.
    pub token: Option<(&'a str, &'a Secret)>,
}

/// What is signed.
pub struct ToSign<'a> {
    /// The HTTP method, in any case.
    pub method: &'a str,
    /// The absolute URL: its path is signed as it is written, its query too; a fragment is ignored.
    pub url: &'a str,
    /// The body as it will be sent, if it is `application/x-www-form-urlencoded`.
    pub form: Option<&'a str>,
    /// Text that was never used before with this time stamp.
    pub nonce: &'a str,
    /// Seconds since 1970; any text, so that refusals can be tried out.
    pub timestamp: &'a str,
    /// One of the HMAC methods.
    pub signature_method: SignatureMethod,
    /// A realm for the header; not signed.
    pub realm: Option<&'a str>,
    /// `oauth_callback`, for temporary credentials.
    pub callback: Option<&'a str>,
    /// `oauth_verifier`, for token credentials.
    pub verifier: Option<&'a str>,
}

/// A signature, and what to send.
pub struct Signed {
    /// The signature base string.
    pub base_string: String,
    /// The signature, not percent-encoded.
    pub signature: String,
    /// The value of the `Authorization` header.
    pub authorization: String,
}

/// Why a request cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The URL is not one.
    #[error("the URL cannot be signed: {0}")]
    Url(OriginError),
    /// The query cannot be decoded.
    #[error("the query cannot be signed: {0}")]
    Query(Malformed),
    /// The form body cannot be decoded.
    #[error("the form body cannot be signed: {0}")]
    Form(Malformed),
    /// The method wants a private key.
    #[error("{} needs a private key, use HMAC-SHA1 or HMAC-SHA256", .0.name())]
    Method(SignatureMethod),
}

/// Signs a request, with `oauth_version=1.0` and the protocol's parameters in the header.
///
/// # Errors
/// When the URL is not absolute `http` or `https`, query or form body cannot be decoded, or the method is one of RSA.
pub fn sign(request: &ToSign<'_>, credentials: &Credentials<'_>) -> Result<Signed, SignError> {
    let (origin, path, mut pairs) = target(request)?;
    let mut protocol = protocol_parameters(request, credentials);
    pairs.extend(protocol.iter().map(|&(name, value)| (name.into(), value.into())));
    let base_string = base_string(request.method, &origin, path, &pairs);
    let token_secret = credentials.token.map(|(_, secret)| secret);
    let key = HmacKey::new(credentials.consumer_secret, token_secret);
    let signature =
        key.sign(request.signature_method, &base_string).ok_or(SignError::Method(request.signature_method))?;
    protocol.push(("oauth_signature", &signature));
    let authorization = header::write(request.realm, &protocol);
    Ok(Signed { base_string, signature, authorization })
}

/// Splits the URL into origin and path, and decodes the parameters of query and form body.
fn target<'a>(request: &ToSign<'a>) -> Result<(Origin, &'a str, Vec<Pair<'a>>), SignError> {
    let (origin, rest) = split(request.url).map_err(SignError::Url)?;
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query = urlencoded(query.as_bytes()).map(|pair| pair.map_err(SignError::Query));
    let form = urlencoded(request.form.unwrap_or_default().as_bytes()).map(|pair| pair.map_err(SignError::Form));
    Ok((origin, path, query.chain(form).collect::<Result<_, _>>()?))
}

/// The protocol's parameters, all but the signature.
fn protocol_parameters<'a>(request: &ToSign<'a>, credentials: &Credentials<'a>) -> Vec<(&'static str, &'a str)> {
    let always = [
        ("oauth_consumer_key", Some(credentials.consumer_key)),
        ("oauth_token", credentials.token.map(|(key, _)| key)),
        ("oauth_signature_method", Some(request.signature_method.name())),
        ("oauth_timestamp", Some(request.timestamp)),
        ("oauth_nonce", Some(request.nonce)),
        ("oauth_version", Some("1.0")),
        ("oauth_callback", request.callback),
        ("oauth_verifier", request.verifier),
    ];
    always.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(method: SignatureMethod, url: &str, form: Option<&str>) -> Result<Signed, SignError> {
        let request = ToSign {
            method: "GET",
            url,
            form,
            nonce: "n",
            timestamp: "1",
            signature_method: method,
            realm: Some("forge"),
            callback: Some("oob"),
            verifier: Some("v"),
        };
        let credentials = Credentials { consumer_key: "k", consumer_secret: &Secret::new("s"), token: None };
        sign(&request, &credentials)
    }

    fn base_string_of(url: &str) -> String {
        signed(SignatureMethod::HmacSha1, url, None).unwrap().base_string
    }

    #[test]
    fn pitfall_04_the_path_is_signed_exactly_as_written() {
        for path in ["/a%2fb", "/a/../b", "/./", "//", "/a;b", "/%7e", "/{x}"] {
            let uri = super::super::percent_encode(&format!("http://h.example{path}"));
            let expected = format!("GET&{uri}&oauth_callback%3Doob");
            assert!(base_string_of(&format!("HTTP://H.example:80{path}")).starts_with(&expected), "{path}");
        }
    }

    #[test]
    fn an_empty_path_is_a_slash_and_a_fragment_is_ignored() {
        assert_eq!(base_string_of("http://h.example"), base_string_of("http://h.example/#a?b=c"));
        assert_eq!(base_string_of("http://h.example?z=1"), base_string_of("http://h.example/?z=1#a"));
        assert!(base_string_of("http://h.example?z=1").ends_with("%26z%3D1"));
    }

    #[test]
    fn the_header_holds_the_protocol_and_nothing_else() {
        let signed = signed(SignatureMethod::HmacSha256, "http://h.example/?a=b", Some("c=d")).unwrap();
        let expected = "OAuth realm=\"forge\", oauth_consumer_key=\"k\", oauth_signature_method=\"HMAC-SHA256\", \
                        oauth_timestamp=\"1\", oauth_nonce=\"n\", oauth_version=\"1.0\", oauth_callback=\"oob\", \
                        oauth_verifier=\"v\", oauth_signature=\"";
        assert!(signed.authorization.starts_with(expected));
        assert!(signed.base_string.contains("&a%3Db%26c%3Dd%26oauth_callback"));
    }

    #[test]
    fn what_cannot_be_signed_is_named() {
        let sha1 = SignatureMethod::HmacSha1;
        let error = |method, url, form| signed(method, url, form).err().unwrap();
        assert_eq!(error(SignatureMethod::RsaSha1, "http://h/", None), SignError::Method(SignatureMethod::RsaSha1));
        assert_eq!(error(sha1, "/p", None), SignError::Url(OriginError::Scheme));
        assert_eq!(error(sha1, "http://u@h/", None), SignError::Url(OriginError::UserInfo));
        assert_eq!(error(sha1, "http://h/a b", None), SignError::Url(OriginError::Character));
        assert_eq!(error(sha1, "http://h/?%zz", None), SignError::Query(Malformed::BrokenEscape));
        assert_eq!(error(sha1, "http://h/", Some("a=%FF")), SignError::Form(Malformed::NotUtf8));
    }
}
