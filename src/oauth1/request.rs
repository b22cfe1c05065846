//! Answers: what does a request say in OAuth's terms, and is it well formed? (RFC 5849, sections 3.1, 3.2, 3.5)
//!
//! [`SignedRequest::read`] makes of the raw parts of a request a checked value, base string included. Does not judge:
//! an old time stamp, an unknown consumer and a wrong signature are read as gladly as good ones.

mod gather;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use super::base_string::{Origin, assemble};
use super::encode::{Plus, percent_decode};
use super::header::Authorization;
use super::params::{Pairs, pieces};
use super::problem::{Problem, REQUIRED};
use super::signature::SignatureMethod;
use gather::{Gathered, rejected};

/// How many parameters a request may carry, those of the protocol not counted.
pub const MAX_PARAMETERS: usize = 1_000;

/// How many characters a nonce may have, once decoded.
const MAX_NONCE_CHARACTERS: usize = 255;

/// A request as it came in, nothing decoded.
pub struct RawRequest<'a> {
    /// The method on the wire; override headers do not count.
    pub method: &'a str,
    /// The public origin that the consumer signed for.
    pub origin: &'a Origin,
    /// The path on the wire, without query.
    pub path: &'a str,
    /// What follows the `?`.
    pub query: Option<&'a str>,
    /// Collected from all `Authorization` headers, of any scheme.
    pub authorization: Authorization<'a>,
    /// Whether the body is `application/x-www-form-urlencoded`: see [`is_form`].
    pub is_form: bool,
    /// The whole body.
    pub body: &'a [u8],
}

/// A well-formed OAuth request: every required parameter is there, once, and has the right shape.
///
/// Nothing in it is proved before its signature was verified over [`SignedRequest::base_string`].
pub struct SignedRequest {
    consumer_key: String,
    token: Option<String>,
    method: SignatureMethod,
    signature: String,
    timestamp: i64,
    nonce: String,
    callback: Option<String>,
    verifier: Option<String>,
    base_string: String,
    parameters: Pairs,
    body_hash_matches: bool,
}

impl SignedRequest {
    /// Reads a request; the first of these questions with a bad answer decides, malformed things before all others:
    ///
    /// 1. Is the path decodable?
    /// 2. Is there at most one `Authorization: OAuth` header, and is it a list? Are query and form body decodable? Are
    ///    there at most [`MAX_PARAMETERS`]? (These are checked in one go, in the order header, query, body.)
    /// 3. Is every `oauth_` name there once, and are all of them in one place? (section 3.5)
    /// 4. Is anything signed at all?
    /// 5. Are the required parameters there? (section 3.1)
    /// 6. `oauth_version`, 7. `oauth_signature_method`, 8. `oauth_timestamp`, 9. `oauth_nonce`, 10. `oauth_body_hash`
    ///    beside a form body.
    ///
    /// # Errors
    /// [`Problem::ParameterRejected`] for 1 to 3 and 8 to 10, [`Problem::NothingSigned`] for 4,
    /// [`Problem::ParameterAbsent`] for 5, [`Problem::VersionRejected`] for 6 and [`Problem::SignatureMethodRejected`]
    /// for 7.
    pub fn read(raw: &RawRequest<'_>) -> Result<Self, Problem> {
        percent_decode(raw.path.as_bytes(), Plus::Plus)
            .map_err(|fault| rejected(&[], format!("in the path {fault}")))?;
        let mut found = Gathered::read(raw)?;
        found.check_places()?;
        let Gathered { mut signed, parameters, mut protocol, .. } = found;
        let missing = REQUIRED.into_iter().filter(|name| matches!(protocol.slot(name), Some(None)));
        let missing = missing.collect::<Vec<_>>();
        if !missing.is_empty() {
            return Err(Problem::ParameterAbsent(missing));
        }
        if protocol.version.is_some_and(|version| version != "1.0") {
            return Err(Problem::VersionRejected);
        }
        let method = SignatureMethod::from_name(&protocol.signature_method.unwrap_or_default());
        let method = method.ok_or(Problem::SignatureMethodRejected)?;
        Ok(Self {
            method,
            timestamp: timestamp(&protocol.timestamp.unwrap_or_default())?,
            nonce: checked_nonce(protocol.nonce.unwrap_or_default())?,
            body_hash_matches: check_body_hash(protocol.body_hash.as_deref(), method, raw)?,
            consumer_key: protocol.consumer_key.unwrap_or_default().into_owned(),
            token: protocol.token.filter(|token| !token.is_empty()).map(Cow::into_owned),
            signature: protocol.signature.unwrap_or_default().into_owned(),
            callback: protocol.callback.map(Cow::into_owned),
            verifier: protocol.verifier.map(Cow::into_owned),
            base_string: assemble(raw.method, raw.origin, raw.path, &mut signed),
            parameters,
        })
    }

    /// The consumer's key; may be empty, and is then nobody's.
    pub fn consumer_key(&self) -> &str {
        &self.consumer_key
    }

    /// The token's key; `None` where it is absent or empty (section 3.1 lets both mean the same).
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// How the request says it is signed.
    pub fn method(&self) -> SignatureMethod {
        self.method
    }

    /// The signature as it was sent, not yet verified.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// Seconds since 1970, not negative; more digits than fit are `i64::MAX`.
    pub fn timestamp(&self) -> i64 {
        self.timestamp
    }

    /// The nonce, decoded: 1 to 255 characters.
    pub fn nonce(&self) -> &str {
        &self.nonce
    }

    /// The callback, decoded once; read it with [`Callback::parse`](super::Callback::parse).
    pub fn callback(&self) -> Option<&str> {
        self.callback.as_deref()
    }

    /// The verifier; compare it in constant time.
    pub fn verifier(&self) -> Option<&str> {
        self.verifier.as_deref()
    }

    /// The text that the signature is over (section 3.4.1).
    pub fn base_string(&self) -> &str {
        &self.base_string
    }

    /// The parameters without those of the protocol: the query's, then the form body's, in the order sent, decoded.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// Whether `oauth_body_hash` is the hash of the body as received; `true` when none was sent.
    pub fn body_hash_matches(&self) -> bool {
        self.body_hash_matches
    }
}

impl fmt::Debug for SignedRequest {
    /// Shows who claims to have signed, and neither signature nor verifier.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("consumer_key", &self.consumer_key)
            .field("method", &self.method)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

/// Reads a time stamp: digits and nothing else.
fn timestamp(text: &str) -> Result<i64, Problem> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(rejected(&["oauth_timestamp"], "a time stamp consists of digits: seconds since 1970"));
    }
    // Digits alone can only fail by being too many.
    Ok(text.parse().unwrap_or(i64::MAX))
}

fn checked_nonce(text: Cow<'_, str>) -> Result<String, Problem> {
    match text.chars().count() {
        1..=MAX_NONCE_CHARACTERS => Ok(text.into_owned()),
        _ => Err(rejected(&["oauth_nonce"], "a nonce has 1 to 255 characters")),
    }
}

/// Compares the hash that was sent with the body's (Request Body Hash extension).
fn check_body_hash(sent: Option<&str>, method: SignatureMethod, raw: &RawRequest<'_>) -> Result<bool, Problem> {
    let Some(sent) = sent else { return Ok(true) };
    if raw.is_form && !raw.body.is_empty() {
        return Err(rejected(&["oauth_body_hash"], "a form body is signed itself, leave its hash out"));
    }
    Ok(sent == method.body_hash(raw.body))
}

/// Whether a `Content-Type` means a form body: `application/x-www-form-urlencoded` in any case, whatever follows `;`.
pub fn is_form(content_type: &str) -> bool {
    let media_type = content_type.split_once(';').map_or(content_type, |(before, _)| before);
    media_type.trim_matches([' ', '\t']).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether this is an OAuth request: an `Authorization: OAuth` header, or `oauth_signature` in query or form body.
///
/// It never fails: a request of which the rest is malformed is an OAuth request all the same, and is then refused as
/// one.
pub fn is_oauth_request(authorization: Authorization<'_>, query: Option<&str>, form_body: Option<&[u8]>) -> bool {
    let names_a_signature = |bytes: &[u8]| {
        pieces(bytes).any(|(name, _)| percent_encoding::percent_decode(name).eq(b"oauth_signature".iter().copied()))
    };
    authorization.is_oauth()
        || query.is_some_and(|query| names_a_signature(query.as_bytes()))
        || form_body.is_some_and(names_a_signature)
}
