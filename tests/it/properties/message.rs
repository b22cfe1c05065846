//! A request in its parts, at random; and the same on the wire, signed.

use oauthprovider::{
    oauth1::{
        Authorization, Credentials, HmacKey, Origin, Pairs, Problem, RawRequest, SignatureMethod, Signed,
        SignedRequest, ToSign, base_string, encode_urlencoded, header, percent_encode, sign,
    },
    secret::Secret,
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Where the protocol's parameters stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placement {
    Header,
    Query,
    Body,
}

/// What follows the head.
#[derive(Clone, Debug)]
pub enum Body {
    Form(Pairs),
    /// Not signed itself; its hash is.
    Hashed(Vec<u8>),
}

/// The two secrets; the second is there where there is a token.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub consumer: String,
    pub token: String,
}

/// A request before it is signed.
#[derive(Clone, Debug)]
pub struct Message {
    pub method: String,
    pub https: bool,
    pub host: String,
    pub port: u16,
    pub path: String,
    pub query: Pairs,
    pub body: Body,
    pub placement: Placement,
    /// The protocol's parameters, without the signature.
    pub protocol: Pairs,
}

/// A request on the wire: what was signed with the signature beside it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub message: Message,
}

/// Any text but one with a NUL, in which pieces on which signing goes wrong are frequent.
pub fn text() -> impl Strategy<Value = String> {
    const AWKWARD: [&str; 17] =
        ["%", "%20", "%2B", "+", "&", "=", " ", ";", "\"", "\\", ",", "~", "é", "e\u{301}", "🦀", "\r\n", "\u{ffff}"];
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9._~-]{1,6}",
        2 => select(&AWKWARD[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat().replace('\0', ""))
}

/// Parameters of an application; some names are there more than once.
pub fn pairs() -> impl Strategy<Value = Pairs> {
    let name = prop_oneof![2 => text(), 1 => select(&["a", "a2", "a10", "c@", "c2", ""][..]).prop_map(str::to_owned)];
    let own = |name: String| name.replace("oauth_", "oauth-");
    vec((name.prop_map(own), text()), 0..6)
}

pub fn secrets() -> impl Strategy<Value = Secrets> {
    (text(), text()).prop_map(|(consumer, token)| Secrets { consumer, token })
}

/// Everything that every signed request has, and what only some have.
fn protocol() -> impl Strategy<Value = Pairs> {
    let always = (text(), prop_oneof![Just("HMAC-SHA1"), Just("HMAC-SHA256")], 0..=i64::MAX, text());
    let sometimes = (option::of(text()), option::of(text()), option::of(text()), any::<bool>(), option::of(text()));
    (always, sometimes).prop_map(|((key, method, timestamp, nonce), (token, callback, verifier, version, unknown))| {
        let pair = |name: &str, value: String| Some((name.to_owned(), value));
        let all = [
            pair("oauth_consumer_key", key),
            pair("oauth_signature_method", method.to_owned()),
            pair("oauth_timestamp", timestamp.to_string()),
            // At least one character, and not too many.
            pair("oauth_nonce", format!("n{nonce}")),
            // An empty one is as good as none, and says nothing of the secret.
            token.filter(|token| !token.is_empty()).and_then(|token| pair("oauth_token", token)),
            callback.and_then(|callback| pair("oauth_callback", callback)),
            verifier.and_then(|verifier| pair("oauth_verifier", verifier)),
            version.then(|| "1.0".to_owned()).and_then(|version| pair("oauth_version", version)),
            unknown.and_then(|value| pair("oauth_of_tomorrow", value)),
        ];
        all.into_iter().flatten().collect()
    })
}

fn method() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(&["GET", "POST", "PUT", "PATCH", "DELETE", "get"][..]).prop_map(str::to_owned),
        1 => "[A-Z!#$%&'*+.^_`|~-]{1,10}",
    ]
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,8}\\.example", Just("127.0.0.1".to_owned()), Just("[::1]".to_owned())]
}

/// As it stands on the wire; perhaps nothing.
fn path() -> impl Strategy<Value = String> {
    let segment = prop_oneof![
        3 => "[a-zA-Z0-9._~-]{0,5}",
        1 => Just("%2F".to_owned()),
        1 => text().prop_map(|text| percent_encode(&text)),
    ];
    vec(segment.prop_map(|segment| format!("/{segment}")), 0..4).prop_map(|segments| segments.concat())
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![2 => pairs().prop_map(Body::Form), 1 => vec(any::<u8>(), 0..30).prop_map(Body::Hashed)]
}

pub fn messages() -> impl Strategy<Value = Message> {
    let placement = prop_oneof![Just(Placement::Header), Just(Placement::Query), Just(Placement::Body)];
    let parts = (method(), any::<bool>(), host(), 1..=u16::MAX, path(), pairs(), body(), placement, protocol());
    parts.prop_map(|(method, https, host, port, path, query, body, placement, protocol)| {
        // What is no form has no room for the protocol's parameters.
        let placement = match (&body, placement) {
            (Body::Hashed(_), Placement::Body) => Placement::Header,
            (_, placement) => placement,
        };
        Message { method, https, host, port, path, query, body, placement, protocol }
    })
}

impl Message {
    pub fn origin(&self) -> Origin {
        let scheme = if self.https { "https" } else { "http" };
        Origin::parse(&format!("{scheme}://{}:{}", self.host, self.port)).unwrap()
    }

    pub fn has_token(&self) -> bool {
        self.protocol.iter().any(|(name, _)| name == "oauth_token")
    }

    pub fn signature_method(&self) -> SignatureMethod {
        let (_, name) = self.protocol.iter().find(|(name, _)| name == "oauth_signature_method").unwrap();
        SignatureMethod::from_name(name).unwrap()
    }

    fn form(&self) -> &[(String, String)] {
        match &self.body {
            Body::Form(pairs) => pairs,
            Body::Hashed(_) => &[],
        }
    }

    /// Signs part by part, and puts the signature with the protocol's parameters.
    pub fn signed_by_hand(&self, secrets: &Secrets) -> Sent {
        let mut message = self.clone();
        if let Body::Hashed(bytes) = &self.body {
            message.protocol.push(("oauth_body_hash".to_owned(), self.signature_method().body_hash(bytes)));
        }
        let all: Pairs = [&message.query, message.form(), &message.protocol].into_iter().flatten().cloned().collect();
        let text = base_string(&message.method, &message.origin(), &message.path, &all);
        let signature = secrets.key(self.has_token()).sign(self.signature_method(), &text).unwrap();
        message.protocol.push(("oauth_signature".to_owned(), signature));
        Sent { message }
    }

    /// Signs with the signer that consumers use, where it can say what this request says.
    pub fn signed_by_the_signer(&self, secrets: &Secrets) -> Option<Signed> {
        let of = |wanted: &str| {
            let found = self.protocol.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        if of("oauth_of_tomorrow").is_some() || of("oauth_version").is_none() || matches!(self.body, Body::Hashed(_)) {
            return None;
        }
        let (consumer, token) = (Secret::new(&*secrets.consumer), Secret::new(&*secrets.token));
        let url = format!("{}?{}", self.origin().join(&self.path), encode_urlencoded(&self.query));
        let to_sign = ToSign {
            method: &self.method,
            url: &url,
            form: Some(&encode_urlencoded(self.form())),
            nonce: of("oauth_nonce")?,
            timestamp: of("oauth_timestamp")?,
            signature_method: self.signature_method(),
            realm: None,
            callback: of("oauth_callback"),
            verifier: of("oauth_verifier"),
        };
        let token = of("oauth_token").map(|key| (key, &token));
        let credentials = Credentials { consumer_key: of("oauth_consumer_key")?, consumer_secret: &consumer, token };
        Some(sign(&to_sign, &credentials).unwrap())
    }
}

impl Secrets {
    fn key(&self, has_token: bool) -> HmacKey {
        let token = has_token.then(|| Secret::new(&*self.token));
        HmacKey::new(&Secret::new(&*self.consumer), token.as_ref())
    }
}

impl Sent {
    pub fn signature(&self) -> &str {
        let found = self.message.protocol.iter().find(|(name, _)| name == "oauth_signature");
        found.map_or("", |(_, value)| value)
    }

    /// Reads it off the wire and verifies it: whether it is good, or why it is malformed.
    pub fn judge(&self, secrets: &Secrets) -> Result<bool, Problem> {
        let Message { method, path, query, placement, protocol, .. } = &self.message;
        let (mut query, mut form, mut authorization) = (query.clone(), self.message.form().to_vec(), None);
        match placement {
            Placement::Header => authorization = Some(header::write(Some("forge"), protocol)),
            Placement::Query => query.extend(protocol.clone()),
            Placement::Body => form.extend(protocol.clone()),
        }
        let (query, form, origin) = (encode_urlencoded(&query), encode_urlencoded(&form), self.message.origin());
        let request = SignedRequest::read(&RawRequest {
            method,
            origin: &origin,
            path,
            query: (!query.is_empty()).then_some(&query),
            authorization: Authorization::from_iter(authorization.as_deref().map(str::as_bytes)),
            is_form: matches!(self.message.body, Body::Form(_)),
            body: match &self.message.body {
                Body::Form(_) => form.as_bytes(),
                Body::Hashed(bytes) => bytes,
            },
        })?;
        let key = secrets.key(request.token().is_some());
        let is_right = key.verify(request.method(), request.base_string(), request.signature());
        Ok(is_right && request.body_hash_matches())
    }
}
