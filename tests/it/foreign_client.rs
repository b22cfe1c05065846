//! A consumer whose signing nobody here wrote: the crate `oauth1-request` signs, `ureq` sends.
//!
//! [`walk`] is the whole story, for one test: three dances (the protocol's parameters in the header, the body and the
//! query), the echo with awkward parameters, the tracker, user info and refusals. The steps are public, so that other
//! tests can have a foreign signer for their own requests.
//!
//! Where the crate departs from RFC 5849 or stops short of it, this file steers around it and still checks the service:
//!
//! * It sorts repeated names by their values *before* encoding them. [`Consumer::sign`] sorts, and tells it to trust that.
//! * Asked to sign a form or a query, it signs the request's own parameters and then leaves them out of what it
//!   writes (0.6.1). [`Consumer::sign`] puts them back.
//! * It does not encode names, so names are unreserved characters here. It knows HMAC-SHA1 alone.

mod browser;
mod story;

use std::error::Error;
use std::num::NonZeroU64;

use oauth1_request as oauth;
use ureq::http::{Method, Request, Uri};

use crate::support::{heard, said};

pub use browser::Browser;
pub use story::walk;

/// What a step gives, or the sentence that says what was wrong.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// A key with its secret: a request token or an access token.
pub type Token = oauth::Credentials<String>;

/// Names and values, in the order in which they are sent.
pub type Pairs<'a> = &'a [(&'a str, &'a str)];

/// One HTTP request as it goes out.
pub struct Call {
    pub method: String,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub body: String,
}

/// Sends one request, and follows no redirect.
pub type Http<'a> = &'a dyn Fn(&Call) -> Outcome<Answer>;

/// Where the `oauth_*` parameters travel (RFC 5849, section 3.5).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placement {
    Header,
    Body,
    Query,
}

/// What is to be signed; the protocol's parameters come on top.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    pub query: Pairs<'a>,
    pub form: Pairs<'a>,
    /// A body that is no form, and so is not signed.
    pub json: Option<&'a str>,
    pub callback: Option<&'a str>,
    pub verifier: Option<&'a str>,
    /// Nonce and time stamp, where a test must choose them.
    pub once: Option<(&'a str, u64)>,
    /// Whether `oauth_version` is sent, which may be left out.
    pub version: bool,
}

/// A registered consumer, and the way it reaches the service at `base`.
#[derive(Clone, Copy)]
pub struct Consumer<'a> {
    pub base: &'a str,
    pub key: &'a str,
    pub secret: &'a str,
    pub placement: Placement,
    pub http: Http<'a>,
}

impl Consumer<'_> {
    /// The first leg: temporary credentials.
    pub fn request_token(&self, callback: &str) -> Outcome<Token> {
        let asked = Asked { callback: Some(callback), ..Asked::default() };
        let answer = self.call(None, "POST", "/plugins/oauthprovider/request_token", &asked)?;
        ensure("oauth_callback_confirmed", answer.field("oauth_callback_confirmed")? == "true", &answer)?;
        answer.token()
    }

    /// Where the user decides on a request token.
    pub fn authorize_url(&self, token: &Token) -> String {
        format!("{}/plugins/oauthprovider/authorize?{}", self.base, encoded("oauth_token", &token.identifier))
    }

    /// The third leg: the request token and the verifier for an access token.
    pub fn access_token(&self, token: &Token, verifier: &str) -> Outcome<Token> {
        let asked = Asked { verifier: Some(verifier), ..Asked::default() };
        self.call(Some(token), "POST", "/plugins/oauthprovider/access_token", &asked)?.token()
    }

    /// Signs a request and sends it.
    pub fn call(&self, token: Option<&Token>, method: &str, path: &str, asked: &Asked) -> Outcome<Answer> {
        (self.http)(&self.sign(token, method, path, asked))
    }

    /// The signed request, as it goes out.
    pub fn sign(&self, token: Option<&Token>, method: &str, path: &str, asked: &Asked) -> Call {
        let url = format!("{}{path}", self.base);
        let mut signed: Vec<_> = asked.query.iter().chain(asked.form).copied().collect();
        signed.sort_by_key(|(name, value)| (*name, encoded(name, value)));
        let request = oauth::request::AssertSorted::new(signed);
        let builder = self.builder(token, asked);
        let (mut query, mut form, mut headers) = (written(asked.query), written(asked.form), Vec::new());
        match self.placement {
            Placement::Header => headers.push(("Authorization", builder.authorize(method, &url, &request))),
            Placement::Body => form.push(builder.to_form(method, &url, &request)),
            Placement::Query => query.push(builder.to_form(method, &url, &request)),
        }
        let body = match asked.json {
            Some(json) => Some(("application/json", json.to_owned())),
            // The media type's parameter is no reason to leave the form unsigned.
            None if !form.is_empty() => Some(("application/x-www-form-urlencoded; charset=UTF-8", form.join("&"))),
            None => None,
        };
        headers.extend(body.iter().map(|(kind, _)| ("Content-Type", (*kind).to_owned())));
        let url = if query.is_empty() { url } else { format!("{url}?{}", query.join("&")) };
        Call { method: method.to_owned(), url, headers, body: body.map(|(_, text)| text) }
    }

    fn builder<'b>(
        &'b self,
        token: Option<&'b Token>,
        asked: &Asked<'b>,
    ) -> oauth::Builder<'b, oauth::HmacSha1, &'b str> {
        let mut builder = oauth::Builder::new(oauth::Credentials::new(self.key, self.secret), oauth::HMAC_SHA1);
        builder.token(token.map(oauth::Credentials::as_ref)).callback(asked.callback).verifier(asked.verifier);
        builder.version(asked.version);
        if let Some((nonce, timestamp)) = asked.once {
            builder.nonce(nonce).timestamp(NonZeroU64::new(timestamp));
        }
        builder
    }
}

impl Answer {
    /// One field of a form-encoded answer.
    pub fn field(&self, name: &str) -> Outcome<String> {
        let mut pairs = url::form_urlencoded::parse(self.body.as_bytes());
        let found = pairs.find(|(found, _)| found == name);
        found.map(|(_, value)| value.into_owned()).ok_or_else(|| format!("no {name} in {self:?}").into())
    }

    /// The body as JSON, of an answer with that status.
    pub fn json(&self, status: u16) -> Outcome<serde_json::Value> {
        ensure("the status", self.status == status, self)?;
        Ok(serde_json::from_str(&self.body)?)
    }

    /// That the request was refused, with this status and this `oauth_problem`.
    pub fn refused(&self, status: u16, problem: &str) -> Outcome<()> {
        let as_expected = self.status == status && self.field("oauth_problem")? == problem;
        ensure(&format!("a refusal: {status} {problem}"), as_expected, self)
    }

    fn token(&self) -> Outcome<Token> {
        ensure("a token", self.status == 200, self)?;
        Ok(Token::new(self.field("oauth_token")?, self.field("oauth_token_secret")?))
    }
}

/// Over the wire, with ureq: no redirects, no proxy, and a body with whatever method. Both are written down.
pub fn over_the_wire() -> impl Fn(&Call) -> Outcome<Answer> {
    let settings = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
    let agent = settings.allow_non_standard_methods(true).build().new_agent();
    move |call| {
        let mut request = Request::builder().method(Method::from_bytes(call.method.as_bytes())?);
        request = call.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let request = request.uri(call.url.parse::<Uri>()?);
        let authority = call.url.parse::<Uri>()?.authority().map(ToString::to_string).unwrap_or_default();
        let sent = call.headers.iter().fold(call.url.clone(), |sent, (name, value)| format!("{sent}\n{name}: {value}"));
        said(&authority, format!("{sent}\n\n{}", call.body.as_deref().unwrap_or_default()).as_bytes());
        let mut response = match &call.body {
            Some(body) => agent.run(request.body(body.clone())?)?,
            None => agent.run(request.body(())?)?,
        };
        let mut wire = format!("{:?}\r\n", response.status());
        for (name, value) in response.headers() {
            wire += &format!("{name}: {}\r\n", value.to_str()?);
        }
        let body = response.body_mut().read_to_string()?;
        heard(&authority, format!("{wire}\r\n{body}").as_bytes());
        let values = |name| response.headers().get_all(name).iter().filter_map(|value| value.to_str().ok());
        Ok(Answer {
            status: response.status().as_u16(),
            location: values("location").next().map(str::to_owned),
            cookies: values("set-cookie").map(str::to_owned).collect(),
            body,
        })
    }
}

/// `name=value`, with the value as the crate encodes it.
fn encoded(name: &str, value: &str) -> String {
    oauth::to_form(&oauth::ParameterList::new([(name, value)]))
}

fn written(pairs: Pairs) -> Vec<String> {
    pairs.iter().map(|(name, value)| encoded(name, value)).collect()
}

fn ensure(what: &str, holds: bool, seen: &dyn std::fmt::Debug) -> Outcome<()> {
    if holds { Ok(()) } else { Err(format!("{what}: {seen:?}").into()) }
}
