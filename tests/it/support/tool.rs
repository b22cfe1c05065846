//! A tool that signs: requests that can be made wrong in one place at a time.

use std::sync::atomic::{AtomicU64, Ordering};

use oauthprovider::{
    oauth1::{Credentials, SignatureMethod, ToSign, encode_urlencoded, header, parse_urlencoded, sign},
    secret::Secret,
};

use super::{Answer, Call, record};

/// A token's two halves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub key: String,
    pub secret: String,
}

/// Where the `oauth_*` parameters travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    Header,
    Body,
    Query,
}

/// A tool with its credentials, at one service.
#[derive(Clone)]
pub struct Tool {
    pub base: String,
    pub key: String,
    pub secret: String,
    pub token: Option<Token>,
}

/// A request of a tool, still to be signed. What is not set is right by default.
#[derive(Clone)]
pub struct Request {
    tool: Tool,
    method: String,
    path: String,
    form: Option<String>,
    body: Option<(String, Vec<u8>)>,
    headers: Vec<(String, String)>,
    placement: Placement,
    signature_method: SignatureMethod,
    nonce: String,
    timestamp: String,
    callback: Option<String>,
    verifier: Option<String>,
    overrides: Vec<(String, Option<String>)>,
    signed_base: Option<String>,
}

impl Tool {
    pub fn new(base: &str, key: &str, secret: &str) -> Self {
        Self { base: base.to_owned(), key: key.to_owned(), secret: secret.to_owned(), token: None }
    }

    /// The same tool with a token.
    #[must_use]
    pub fn with(&self, token: &Token) -> Self {
        Self { token: Some(token.clone()), ..self.clone() }
    }

    /// The same tool at another instance.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// A request for a path (with its query, as it goes on the wire).
    pub fn request(&self, method: &str, path: &str) -> Request {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Request {
            tool: self.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            form: None,
            body: None,
            headers: Vec::new(),
            placement: Placement::Header,
            signature_method: SignatureMethod::HmacSha1,
            nonce: format!("nonce-{}", COUNT.fetch_add(1, Ordering::Relaxed)),
            timestamp: oauthprovider::clock::now().to_string(),
            callback: None,
            verifier: None,
            overrides: Vec::new(),
            signed_base: None,
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn echo(&self) -> Answer {
        self.get("/plugins/oauthprovider/echo")
    }

    pub fn post_json(&self, path: &str, json: &serde_json::Value) -> Answer {
        self.request("POST", path).json(&json.to_string()).send()
    }

    pub fn patch_json(&self, path: &str, json: &serde_json::Value) -> Answer {
        self.request("PATCH", path).json(&json.to_string()).send()
    }

    /// The first leg, still to be sent.
    pub fn ask(&self, callback: &str) -> Request {
        let mut request = self.request("POST", "/plugins/oauthprovider/request_token");
        request.callback = Some(callback.to_owned());
        request
    }

    /// The first leg: temporary credentials.
    #[track_caller]
    pub fn request_token(&self, callback: &str) -> Token {
        self.ask(callback).send().expect(200).token()
    }

    /// The third leg, still to be sent, with temporary credentials.
    pub fn exchange(&self, temporary: &Token, verifier: &str) -> Request {
        let mut request = self.with(temporary).request("POST", "/plugins/oauthprovider/access_token");
        request.verifier = Some(verifier.to_owned());
        request
    }
}

impl Answer {
    /// The token in a form-encoded answer.
    #[track_caller]
    pub fn token(&self) -> Token {
        let field = |name: &str| self.field(name).unwrap_or_else(|| panic!("no {name} in {}", self.text()));
        Token { key: field("oauth_token"), secret: field("oauth_token_secret") }
    }
}

impl Request {
    /// A form body, as it goes on the wire.
    #[must_use]
    pub fn form(mut self, form: &str) -> Self {
        self.form = Some(form.to_owned());
        self
    }

    #[must_use]
    pub fn json(self, json: &str) -> Self {
        self.body("application/json", json.as_bytes())
    }

    /// A body that is no form, and so is not signed.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: &[u8]) -> Self {
        self.body = Some((media_type.to_owned(), body.to_vec()));
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn placed(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    #[must_use]
    pub fn signed_by(mut self, method: SignatureMethod) -> Self {
        self.signature_method = method;
        self
    }

    #[must_use]
    pub fn nonce(mut self, nonce: &str) -> Self {
        self.nonce = nonce.to_owned();
        self
    }

    #[must_use]
    pub fn timestamp(mut self, timestamp: impl ToString) -> Self {
        self.timestamp = timestamp.to_string();
        self
    }

    #[must_use]
    pub fn callback(mut self, callback: Option<&str>) -> Self {
        self.callback = callback.map(str::to_owned);
        self
    }

    #[must_use]
    pub fn verifier(mut self, verifier: Option<&str>) -> Self {
        self.verifier = verifier.map(str::to_owned);
        self
    }

    /// Signs for this public URL and sends to the service all the same.
    #[must_use]
    pub fn signed_for(mut self, base: &str) -> Self {
        self.signed_base = Some(base.to_owned());
        self
    }

    /// Sets, or with `None` leaves out, a protocol parameter **after** signing: the signature does not cover it.
    #[must_use]
    pub fn tampered(mut self, name: &str, value: Option<&str>) -> Self {
        self.overrides.push((name.to_owned(), value.map(str::to_owned)));
        self
    }

    /// Signs, and gives the request as it goes out.
    pub fn signed(&self) -> Call {
        let base = self.signed_base.as_ref().unwrap_or(&self.tool.base);
        record::signs(&self.tool);
        let secret = Secret::new(&self.tool.secret);
        let token = self.tool.token.as_ref().map(|token| (token.key.as_str(), Secret::new(&token.secret)));
        let credentials = Credentials {
            consumer_key: &self.tool.key,
            consumer_secret: &secret,
            token: token.as_ref().map(|(key, secret)| (*key, secret)),
        };
        let signed = sign(
            &ToSign {
                method: &self.method,
                url: &format!("{base}{}", self.path),
                form: self.form.as_deref(),
                nonce: &self.nonce,
                timestamp: &self.timestamp,
                signature_method: self.signature_method,
                realm: None,
                callback: self.callback.as_deref(),
                verifier: self.verifier.as_deref(),
            },
            &credentials,
        )
        .unwrap();
        let mut protocol = header::parse(signed.authorization.as_bytes()).unwrap();
        for (name, value) in &self.overrides {
            protocol.retain(|(known, _)| known != name);
            protocol.extend(value.clone().map(|value| (name.clone(), value)));
        }
        self.placed_call(&protocol)
    }

    fn placed_call(&self, protocol: &[(String, String)]) -> Call {
        let encoded = encode_urlencoded(protocol);
        let mut url = format!("{}{}", self.tool.base, self.path);
        let mut form = self.form.clone();
        let mut headers = self.headers.clone();
        match self.placement {
            Placement::Header => headers.push(("Authorization".to_owned(), header::write(None, protocol))),
            Placement::Query => url = format!("{url}{}{encoded}", if url.contains('?') { '&' } else { '?' }),
            Placement::Body => form = Some(form.map_or(encoded.clone(), |form| format!("{form}&{encoded}"))),
        }
        let mut call = Call::new(&self.method, &url);
        call.headers = headers;
        match (form, &self.body) {
            (Some(form), _) => call.body("application/x-www-form-urlencoded", form),
            (None, Some((media_type, body))) => call.body(media_type, body.clone()),
            (None, None) => call,
        }
    }

    pub fn send(&self) -> Answer {
        self.signed().send()
    }
}

/// Reads a callback's query, as the tool that is called back does.
pub fn query_of(location: &str, name: &str) -> Option<String> {
    let (_, query) = location.split_once('?')?;
    parse_urlencoded(query.as_bytes()).ok()?.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}
