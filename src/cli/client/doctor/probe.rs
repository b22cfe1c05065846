//! One signed request that changes nothing, and what is heard of it.
//!
//! A consumer's own credentials are probed by asking for a request token with a callback that nobody registers: it is refused,
//! but only once the signature has proved right. That refusal proves something, and no other answer does. Such a probe is worth nothing to whoever gets it, wherever it is taken. So
//! the server may be asked by its own clock, and for another origin of its machine.
//!
//! What is signed with the token is another matter: where the signature is right, it is done. That is for the one origin that
//! the user vouched for, at the time of this machine's clock, and with no other body than the one that was sent. Nothing that
//! a server says changes that, so whoever is not the service cannot use it there.

use super::{
    super::{
        http::{Answer, FORM, Http, HttpError, JSON, Request},
        refusal,
        signing::{Consumer, Token},
    },
    rsa::PrivateKey,
};
use crate::{
    clock,
    oauth1::{HmacKey, Origin, SignatureMethod, base_string, encode_urlencoded, header, parse_urlencoded},
    secret::random_key,
    web::PLUGIN,
};

/// A host that never is (RFC 6761, section 6.4), so no consumer is called back there.
const NOBODYS_CALLBACK: &str = "http://oauthprovider-doctor.invalid/";

/// How much of a server's advice is repeated, in characters.
const LONGEST_ADVICE: usize = 400;

/// Who probes whom.
pub struct Prober {
    pub http: Http,
    /// Where requests go.
    pub server: Origin,
    /// What the user says the server's public URL is: what is signed with a token is signed for it alone.
    pub vouched: Origin,
    pub consumer: Consumer,
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
pub enum Placement {
    Header,
    Body,
    Query,
}

/// What a probe of the consumer is like.
#[derive(Clone, Copy)]
pub struct Probe<'a> {
    pub signer: Signer<'a>,
    pub place: Placement,
    /// For which origin it is signed.
    pub origin: &'a Origin,
    pub timestamp: i64,
    /// `oauth_body_hash` over a JSON body that is sent too.
    pub body_hash: Option<&'a str>,
}

/// What is asked for.
#[derive(Clone, Copy, Default)]
pub struct Call<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    /// A body.
    pub json: Option<&'a str>,
}

/// What goes into a signature beside what is asked for.
struct Signing<'a> {
    signer: Signer<'a>,
    origin: &'a Origin,
    timestamp: i64,
    token: Option<&'a Token>,
    callback: Option<&'a str>,
    body_hash: Option<String>,
}

/// What is heard of a probe.
pub enum Heard {
    /// The signature was right: the answer is the one that was to come of that.
    Proved(Answer),
    /// It was refused.
    Refused(Refused),
    /// Something else.
    Other(String),
}

/// A refusal in the terms of OAuth.
pub struct Refused {
    pub code: String,
    fields: Vec<(String, String)>,
    answer: Answer,
}

impl Heard {
    fn without_randomness() -> Self {
        Self::Other("the system has no randomness to sign with".to_owned())
    }
}

impl Refused {
    /// A field of it.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its code, and under which id an administrator finds out more.
    pub fn named(&self) -> String {
        let id = self.answer.header("x-refusal-id").map_or_else(String::new, |id| format!(", refusal {id}"));
        format!("{}{id}", self.code)
    }

    /// What the server advises to do about it, if it says anything; no more than anybody reads.
    pub fn advice(&self) -> Option<String> {
        let advice = self.field("oauth_problem_advice").map(str::trim).filter(|advice| !advice.is_empty())?;
        Some(advice.chars().take(LONGEST_ADVICE).collect())
    }

    /// Whether there is nothing wrong but the callback, which is looked at last.
    fn is_about_the_callback(&self) -> bool {
        self.code == "parameter_rejected" && self.field("oauth_parameters_rejected") == Some("oauth_callback")
    }
}

/// The body of a probe with a body hash.
pub const PROBED_BODY: &str = "{\"doctor\":true}";

impl Prober {
    /// Sends a probe of the consumer.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn probe(&self, probe: &Probe<'_>) -> Result<Heard, HttpError> {
        match self.request(probe) {
            Some(request) => self.send(&request),
            None => Ok(Heard::without_randomness()),
        }
    }

    /// Sends a probe of the consumer that was made before.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn send(&self, request: &Request) -> Result<Heard, HttpError> {
        Ok(match heard(self.http.send(request)?) {
            Heard::Refused(refusal) if refusal.is_about_the_callback() => Heard::Proved(refusal.answer),
            Heard::Proved(answer) => Heard::Other(format!(
                "{} answers {} to what the service refuses: this is not the service",
                self.server, answer.status
            )),
            other @ (Heard::Refused(_) | Heard::Other(_)) => other,
        })
    }

    /// The request of a probe; `None` where there is no randomness for its nonce.
    pub fn request(&self, probe: &Probe<'_>) -> Option<Request> {
        let path = format!("{PLUGIN}/request_token");
        let call = Call { method: "POST", path: &path, query: "", json: probe.body_hash.map(|_| PROBED_BODY) };
        let signing = Signing {
            signer: probe.signer,
            origin: probe.origin,
            timestamp: probe.timestamp,
            token: None,
            callback: Some(NOBODYS_CALLBACK),
            body_hash: probe.body_hash.map(str::to_owned),
        };
        self.signed(&call, &signing, probe.place)
    }

    /// Asks the echo who the token acts for.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn echo(&self, token: &Token) -> Result<Heard, HttpError> {
        let path = format!("{PLUGIN}/echo");
        let answer = self.call(token, &Call { method: "POST", path: &path, ..Call::default() })?;
        Ok(answer.map_or_else(Heard::without_randomness, heard))
    }

    /// Asks for something with the token; `None` where there is no randomness for the nonce.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn call(&self, token: &Token, call: &Call<'_>) -> Result<Option<Answer>, HttpError> {
        let method = self.consumer.method;
        let signing = Signing {
            signer: Signer::Hmac(method),
            origin: &self.vouched,
            timestamp: clock::now(),
            token: Some(token),
            callback: None,
            body_hash: call.json.map(|json| method.body_hash(json.as_bytes())),
        };
        self.signed(call, &signing, Placement::Header).map(|request| self.http.send(&request)).transpose()
    }

    fn signed(&self, call: &Call<'_>, signing: &Signing<'_>, place: Placement) -> Option<Request> {
        let mut protocol = self.protocol(signing)?;
        let mut signed = parse_urlencoded(call.query.as_bytes()).ok()?;
        signed.extend(protocol.iter().cloned());
        let text = base_string(call.method, signing.origin, call.path, &signed);
        let token_secret = signing.token.map(|token| &token.secret);
        let signature = match signing.signer {
            Signer::Hmac(method) => HmacKey::new(&self.consumer.secret, token_secret).sign(method, &text)?,
            Signer::Rsa(key) => key.sign(&text)?,
        };
        protocol.push(("oauth_signature".to_owned(), signature));
        Some(self.placed(call, &protocol, place))
    }

    fn protocol(&self, signing: &Signing<'_>) -> Option<Vec<(String, String)>> {
        let method = match signing.signer {
            Signer::Hmac(method) => method,
            Signer::Rsa(_) => SignatureMethod::RsaSha256,
        };
        let parameters = [
            ("oauth_consumer_key", Some(self.consumer.key.clone())),
            ("oauth_token", signing.token.map(|token| token.key.clone())),
            ("oauth_signature_method", Some(method.name().to_owned())),
            ("oauth_timestamp", Some(signing.timestamp.to_string())),
            ("oauth_nonce", Some(random_key().ok()?)),
            ("oauth_callback", signing.callback.map(str::to_owned)),
            ("oauth_body_hash", signing.body_hash.clone()),
        ];
        let there = parameters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Some(there.collect())
    }

    fn placed(&self, call: &Call<'_>, protocol: &[(String, String)], place: Placement) -> Request {
        let mut query = call.query.to_owned();
        let mut headers = Vec::new();
        let mut body = call.json.map(|json| (JSON, json.to_owned()));
        match place {
            Placement::Header => headers.push(("authorization", header::write(None, protocol))),
            Placement::Body => body = Some((FORM, encode_urlencoded(protocol))),
            Placement::Query => query = encode_urlencoded(protocol),
        }
        headers.extend(body.as_ref().map(|(media_type, _)| ("content-type", (*media_type).to_owned())));
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let url = self.server.join(&format!("{}{query}", call.path));
        Request { method: call.method.to_owned(), url, headers, body: body.map(|(_, text)| text) }
    }
}

fn heard(answer: Answer) -> Heard {
    if answer.status.is_success() {
        return Heard::Proved(answer);
    }
    let fields = if answer.is(FORM) { parse_urlencoded(&answer.body).unwrap_or_default() } else { Vec::new() };
    let code = fields.iter().find(|(name, _)| name == "oauth_problem").map(|(_, value)| value.clone());
    match code {
        Some(code) => Heard::Refused(Refused { code, fields, answer }),
        None => Heard::Other(refusal::describe(&answer)),
    }
}
