//! One signed request that changes nothing, and what is heard of it.
//!
//! A consumer's own credentials are probed by asking for a request token with a callback that nobody registers: it is refused,
//! but only once the signature has proved right. A token's are probed at the echo.

use super::{
    super::{
        http::{Answer, FORM, Http, HttpError, JSON, Request},
        refusal,
        signing::Token,
    },
    rsa::PrivateKey,
};
use crate::{
    oauth1::{HmacKey, Origin, SignatureMethod, base_string, encode_urlencoded, header, parse_urlencoded},
    secret::{Secret, random_key},
    web::PLUGIN,
};

/// A host that never is (RFC 6761, section 6.4), so no consumer is called back there.
const NOBODYS_CALLBACK: &str = "http://oauthprovider-doctor.invalid/";

/// Who probes whom.
pub struct Prober {
    pub http: Http,
    pub server: Origin,
    pub consumer_key: String,
    pub consumer_secret: Secret,
    pub token: Option<Token>,
}

/// With what is signed.
#[derive(Clone, Copy)]
pub enum Signer<'a> {
    /// One of the HMAC methods.
    Hmac(SignatureMethod),
    /// `RSA-SHA256`.
    Rsa(&'a PrivateKey),
}

/// Where the protocol's parameters go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Header,
    Body,
    Query,
}

/// What a probe is like.
#[derive(Clone, Copy)]
pub struct Probe<'a> {
    pub with_token: bool,
    pub signer: Signer<'a>,
    pub place: Place,
    /// For which origin it is signed.
    pub origin: &'a Origin,
    pub timestamp: i64,
    /// `oauth_body_hash` over a JSON body that is sent too.
    pub body_hash: Option<&'a str>,
}

/// What is heard of a probe.
pub enum Heard {
    /// The signature was right, and what was asked for is what was answered.
    Proved(Answer),
    /// It was refused.
    Refused(Refusal),
    /// Something else.
    Other(String),
}

/// A refusal in the terms of OAuth.
pub struct Refusal {
    pub code: String,
    fields: Vec<(String, String)>,
    id: Option<String>,
}

impl Refusal {
    /// A field of it.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its code, and under which id an administrator finds out more.
    pub fn named(&self) -> String {
        let id = self.id.as_ref().map_or_else(String::new, |id| format!(", refusal {id}"));
        format!("{}{id}", self.code)
    }
}

/// The body of a probe with a body hash.
pub const PROBED_BODY: &str = "{\"doctor\":true}";

impl Prober {
    /// Sends a probe.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn probe(&self, probe: &Probe<'_>) -> Result<Heard, HttpError> {
        match self.request(probe) {
            Some(request) => self.send(&request, probe.with_token),
            None => Ok(Heard::Other("the system has no randomness to sign with".to_owned())),
        }
    }

    /// Sends a request that was made before.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn send(&self, request: &Request, with_token: bool) -> Result<Heard, HttpError> {
        Ok(heard(self.http.send(request)?, with_token))
    }

    /// The request of a probe; `None` where there is no randomness for its nonce.
    pub fn request(&self, probe: &Probe<'_>) -> Option<Request> {
        let path = if probe.with_token { format!("{PLUGIN}/echo") } else { format!("{PLUGIN}/request_token") };
        self.signed("POST", &path, "", probe, probe.body_hash.map(|_| PROBED_BODY))
    }

    /// Signs a request for any path, query and JSON body with the token.
    pub fn signed(
        &self,
        method: &str,
        path: &str,
        query: &str,
        probe: &Probe<'_>,
        json: Option<&str>,
    ) -> Option<Request> {
        let mut protocol = self.protocol(probe)?;
        let mut signed = parse_urlencoded(query.as_bytes()).ok()?;
        signed.extend(protocol.iter().cloned());
        let text = base_string(method, probe.origin, path, &signed);
        let token = self.token.as_ref().filter(|_| probe.with_token);
        let signature = match probe.signer {
            Signer::Hmac(algorithm) => {
                HmacKey::new(&self.consumer_secret, token.map(|token| &token.secret)).sign(algorithm, &text)?
            }
            Signer::Rsa(key) => key.sign(&text)?,
        };
        protocol.push(("oauth_signature".to_owned(), signature));
        Some(self.placed((method, path, query), &protocol, probe.place, json))
    }

    fn protocol(&self, probe: &Probe<'_>) -> Option<Vec<(String, String)>> {
        let method = match probe.signer {
            Signer::Hmac(method) => method,
            Signer::Rsa(_) => SignatureMethod::RsaSha256,
        };
        let token = self.token.as_ref().filter(|_| probe.with_token).map(|token| token.key.clone());
        let callback = (!probe.with_token).then(|| NOBODYS_CALLBACK.to_owned());
        let parameters = [
            ("oauth_consumer_key", Some(self.consumer_key.clone())),
            ("oauth_token", token),
            ("oauth_signature_method", Some(method.name().to_owned())),
            ("oauth_timestamp", Some(probe.timestamp.to_string())),
            ("oauth_nonce", Some(random_key().ok()?)),
            ("oauth_callback", callback),
            ("oauth_body_hash", probe.body_hash.map(str::to_owned)),
        ];
        let there = parameters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Some(there.collect())
    }

    fn placed(
        &self,
        (method, path, query): (&str, &str, &str),
        protocol: &[(String, String)],
        place: Place,
        json: Option<&str>,
    ) -> Request {
        let mut query = query.to_owned();
        let mut headers = Vec::new();
        let mut body = json.map(|json| (JSON, json.to_owned()));
        match place {
            Place::Header => headers.push(("authorization", header::write(None, protocol))),
            Place::Body => body = Some((FORM, encode_urlencoded(protocol))),
            Place::Query => query = encode_urlencoded(protocol),
        }
        headers.extend(body.as_ref().map(|(media_type, _)| ("content-type", (*media_type).to_owned())));
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let url = self.server.join(&format!("{path}{query}"));
        Request { method: method.to_owned(), url, headers, body: body.map(|(_, text)| text) }
    }
}

fn heard(answer: Answer, with_token: bool) -> Heard {
    if answer.status.is_success() {
        return Heard::Proved(answer);
    }
    let fields = if answer.is(FORM) { parse_urlencoded(&answer.body).unwrap_or_default() } else { Vec::new() };
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let Some(code) = field("oauth_problem") else { return Heard::Other(refusal::describe(&answer)) };
    let is_about_the_callback = field("oauth_parameters_rejected").as_deref() == Some("oauth_callback");
    if !with_token && code == "parameter_rejected" && is_about_the_callback {
        return Heard::Proved(answer);
    }
    let id = answer.header("x-refusal-id").map(str::to_owned);
    Heard::Refused(Refusal { code, fields, id })
}
