//! The signed requests that are measured, and what is done with each.

use std::hint::black_box;

use oauthprovider::oauth1::{HmacKey, Origin, RawRequest, SignatureMethod, SignedRequest, base_string, header};
use oauthprovider::secret::Secret;

pub const CONSUMER_KEY: &str = "Yq1VbX3kJd8fT1rLw5NcZpHs7A0685bd9184jfhq22Q";
pub const CONSUMER_SECRET: &str = "kd94hf93k423kf44a8Xc0Vt5Nw2ZrQmB7LpJsE6yUgH";
pub const TOKEN: &str = "ad180jjd733klru7wRt5YhGf2LpZx9CvBnM4qJkS8Dd";
pub const TOKEN_SECRET: &str = "pfkkdhi9sl3r4s00T6bWqK1xNzEoRvJmCyUfLgDhA2P";
pub const TIMESTAMP: u64 = 1_795_296_000;
pub const NONCE: &str = "9f2c4e71b3a84d0e8c55d6f17a20e94b";
pub const ORIGIN: &str = "https://forge.example";
pub const PATH: &str = "/api/projects/project-a/trackers/bugs/items";

/// A request as it comes in, and the key that its secrets make, which a service keeps.
pub struct Request {
    pub method: &'static str,
    pub query: Option<&'static str>,
    pub body: Vec<u8>,
    pub authorization: String,
    origin: Origin,
    key: HmacKey,
}

impl Request {
    /// Nothing but what every signed request carries.
    pub fn get() -> Self {
        Self::signed("GET", None, Vec::new(), &[])
    }

    /// With parameters of its own, one of them escaped.
    pub fn search() -> Self {
        let pairs = [("status", "open"), ("limit", "50"), ("q", "lost update")];
        Self::signed("GET", Some("status=open&limit=50&q=lost%20update"), Vec::new(), &pairs)
    }

    /// With a body of a kilobyte that is no form, and its hash.
    pub fn post() -> Self {
        let body = format!("{{\"summary\":\"{}\"}}", "x".repeat(1_010)).into_bytes();
        let hash = SignatureMethod::HmacSha1.body_hash(&body);
        Self::signed("POST", None, body, &[("oauth_body_hash", &hash)])
    }

    /// Signs it with the pairs of its query, or those that the header has beside the ordinary ones.
    fn signed(method: &'static str, query: Option<&'static str>, body: Vec<u8>, more: &[(&str, &str)]) -> Self {
        let origin = Origin::parse(ORIGIN).unwrap();
        let key = HmacKey::new(&Secret::new(CONSUMER_SECRET), Some(&Secret::new(TOKEN_SECRET)));
        let (mut protocol, timestamp) = (protocol_parameters(), TIMESTAMP.to_string());
        protocol.push(("oauth_timestamp", &timestamp));
        protocol.extend(more.iter().filter(|(name, _)| name.starts_with("oauth_")));
        let own = more.iter().filter(|(name, _)| !name.starts_with("oauth_"));
        let pairs = protocol.iter().chain(own).copied().collect::<Vec<_>>();
        let signature = key.sign(SignatureMethod::HmacSha1, &base_string(method, &origin, PATH, &pairs)).unwrap();
        protocol.push(("oauth_signature", &signature));
        let authorization = header::write(Some("forge"), &protocol);
        Self { method, query, body, authorization, origin, key }
    }

    /// What the request says.
    pub fn read(&self) -> SignedRequest {
        let raw = RawRequest {
            method: self.method,
            origin: &self.origin,
            path: PATH,
            query: self.query,
            authorization: [self.authorization.as_bytes()].into_iter().collect(),
            is_form: false,
            body: &self.body,
        };
        SignedRequest::read(black_box(&raw)).unwrap()
    }

    /// All that is done to verify it but asking the store: whether signature and body hash are right.
    pub fn verify(&self) -> bool {
        let request = self.read();
        let is_signed = self.key.verify(request.method(), request.base_string(), request.signature());
        is_signed && request.body_hash_matches()
    }
}

fn protocol_parameters() -> Vec<(&'static str, &'static str)> {
    vec![
        ("oauth_consumer_key", CONSUMER_KEY),
        ("oauth_token", TOKEN),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_nonce", NONCE),
        ("oauth_version", "1.0"),
    ]
}
