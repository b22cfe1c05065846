//! A signature that the service's own code has no part in: `ring` makes it, over a base string that a test spells out.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::{hmac, rand::SystemRandom, signature};

use super::{Call, Tool, record};

/// A request of a tool and the base string that it is signed over.
#[derive(Clone)]
pub struct ByHand {
    tool: Tool,
    method: String,
    origin: String,
    path: String,
    parameters: String,
    protocol: BTreeMap<String, String>,
}

impl Tool {
    /// `path` and `parameters` are spelled as the base string has them before its last encoding; in the latter an `@`
    /// stands for the protocol's parameters.
    pub fn by_hand(&self, method: &str, path: &str, parameters: &str) -> ByHand {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let always = [
            ("oauth_consumer_key", self.key.clone()),
            ("oauth_nonce", format!("by hand {}", COUNT.fetch_add(1, Ordering::Relaxed))),
            ("oauth_signature_method", "HMAC-SHA1".to_owned()),
            ("oauth_timestamp", oauthprovider::clock::now().to_string()),
        ];
        let token = self.token.as_ref().map(|token| ("oauth_token", token.key.clone()));
        ByHand {
            tool: self.clone(),
            method: method.to_owned(),
            origin: self.base.clone(),
            path: path.to_owned(),
            parameters: parameters.to_owned(),
            protocol: always.into_iter().chain(token).map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}

impl ByHand {
    /// Signs for this origin instead of the tool's.
    #[must_use]
    pub fn origin(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    /// Sets a protocol parameter **before** signing.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.protocol.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Leaves a protocol parameter out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.protocol.remove(name);
        self
    }

    /// The key that signs here, as a tool has it in a file.
    pub fn private_key() -> String {
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines(PRIVATE_KEY))
    }

    /// Every protocol parameter, decoded, the signature last.
    pub fn protocol(&self) -> Vec<(String, String)> {
        let signature = self.signature();
        self.protocol.clone().into_iter().chain([("oauth_signature".to_owned(), signature)]).collect()
    }

    /// The protocol parameters for a query or a form body.
    pub fn encoded(&self) -> String {
        joined(&self.protocol(), "&", "")
    }

    /// The protocol parameters as an `Authorization` header.
    pub fn header(&self) -> String {
        format!("OAuth {}", joined(&self.protocol(), ", ", "\""))
    }

    /// The request with its parameters in the header, for this target on the wire.
    pub fn call(&self, target: &str) -> Call {
        Call::new(&self.method, &format!("{}{target}", self.tool.base)).header("Authorization", &self.header())
    }

    fn signature(&self) -> String {
        record::signs(&self.tool);
        let token_secret = self.tool.token.as_ref().map_or("", |token| &token.secret);
        let secrets = format!("{}&{}", encoded(&self.tool.secret), encoded(token_secret));
        let method = self.protocol.get("oauth_signature_method").map(String::as_str);
        let algorithm = match method {
            Some("RSA-SHA256") => return by_rsa(&self.base_string()),
            Some("HMAC-SHA256") => hmac::HMAC_SHA256,
            _ => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        };
        let key = hmac::Key::new(algorithm, secrets.as_bytes());
        STANDARD.encode(hmac::sign(&key, self.base_string().as_bytes()))
    }

    fn base_string(&self) -> String {
        let pairs: Vec<_> = self.protocol.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let parameters = self.parameters.replace('@', &joined(&pairs, "&", ""));
        let uri = format!("{}{}", self.origin, self.path);
        format!("{}&{}&{}", self.method, encoded(&uri), encoded(&parameters))
    }
}

fn joined(pairs: &[(String, String)], separator: &str, quote: &str) -> String {
    let written = pairs.iter().map(|(name, value)| format!("{}={quote}{}{quote}", encoded(name), encoded(value)));
    written.collect::<Vec<_>>().join(separator)
}

/// Base64 in lines of 64 characters, as PEM has it.
fn lines(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(64).map(String::from_iter).collect::<Vec<_>>().join("\n")
}

/// RFC 5849, section 3.6, once more.
pub fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn by_rsa(text: &str) -> String {
    let der = STANDARD.decode(PRIVATE_KEY).unwrap();
    let key = signature::RsaKeyPair::from_pkcs8(&der).unwrap();
    let mut bytes = vec![0; key.public().modulus_len()];
    key.sign(&signature::RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut bytes).unwrap();
    STANDARD.encode(bytes)
}

/// The public half of the key that signs here, as a consumer registers it.
pub const PUBLIC_KEY: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmyMwscK1AaBTjt6Ia/gR
2I+IcjuUPDb7pgw1AN8wdhz/S4c6D043VUydm5a/XTf66ifj1Dn1972Glej4GnXi
dhLRceauuB+GjGe2FYLWCx/IDK+AyVSsaj74wmP21DAO2GIacPYrHInxeSyhT5ZB
rsjyAl93GdGpeoH9lO+9BcU1ru35TWM5iT50AIXG3FZW+L+Jf1Bz2UcUpRVfw2Ns
d0VnoQZ48gY0VmxgoMFfgMVt10IqtgsUUPtunzodGYCy+GQAVrOXeWc5dwsXL/5G
s+fgLdrEb9PSrUekvqiaMOC93MJJq5rU2Ncl7AAoWjJoIWrgOv0RG+FoDCMAhvL8
awIDAQAB
-----END PUBLIC KEY-----
";

/// Made for these tests and used nowhere else.
const PRIVATE_KEY: &str = concat!(
    "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCbIzCxwrUBoFOO3ohr+BHYj4hyO5Q8NvumDDUA3zB2HP9LhzoPTjdVTJ2blr9d",
    "N/rqJ+PUOfX3vYaV6PgadeJ2EtFx5q64H4aMZ7YVgtYLH8gMr4DJVKxqPvjCY/bUMA7YYhpw9iscifF5LKFPlkGuyPICX3cZ0al6gf2U770FxTWu",
    "7flNYzmJPnQAhcbcVlb4v4l/UHPZRxSlFV/DY2x3RWehBnjyBjRWbGCgwV+AxW3XQiq2CxRQ+26fOh0ZgLL4ZABWs5d5Zzl3Cxcv/kaz5+At2sRv",
    "09KtR6S+qJow4L3cwkmrmtTY1yXsAChaMmghauA6/REb4WgMIwCG8vxrAgMBAAECggEAAgZxLRajMr48kVL2rE0GoxfNN2J0hWiMk/L5AVurEpqG",
    "8Ql238OilZn+wiZ66LcEH6tbE/C3W4RmVYdJWGdm/eH+w90UAivys++iLIxu7enEIu83kyvOrVeVa+YgkZ+8a3mV+VZo2LQgcgwGJC1Ero4lx2rK",
    "fui/g94153fSqugdqQ7njA7P7N46UgSpQje/Q3y/QXkAd/Ciu2PBgUJNG4StFFHYLOKiRdcToPX3KYzds/KFPE8R0uRyjE1r/n5VpWOV42/oRBz5",
    "K7HVJGvbk5d8U16QHBwB5a0yHbgAXu0fDLXBAWCdPnZj5cRYJVIJHZZQU3Dam8TEY/m9XEPm4QKBgQDH5znFKj+fouoqSZe5mns4GbOhk/B7XIjT",
    "NoxngT0uf1AP911T1PQ87BC70eTVfhtltwGUoc/aaoObBbe+PK7CgDCAAXpL79v0IBxJfuOv27k6k0YLG9dm9eWOI/Q+OUGSztH5Qg4oaXTK9KxI",
    "toO31CR2TUDt/0kSwPahWB+5XQKBgQDGrA2mG8cz+AWhBF1wdZj9WMuZjOI9DZOovlH6cb/j8QJUcboWy5qrMlIbiFcFMzQLzvxLW5KuqRR7Iyph",
    "Ctn9JNx8LDrqe9z/DByQKlE3x/44Qm+t2g4oR6tnE2RaeANb0fKHoqlJLKgsJJhXHyzuLS0vO5DE/XhZ9HPV/S6IZwKBgGxUPrc9FOtygslVxjYb",
    "pCibrP+jxw9i7vbeuamhnMEk1wM//sBeR9j36H2P2h1j0H8HdIDSS2xGinko2RDrm5zlkOLdaiPaoOyjthCSBdsYDEHU64E7njg6iyLDEynhJ0ri",
    "b2FPTZLSyyrs+qwQ1EJ7YSMG7GfNDxFtpnl64v41AoGAC2OfoK8k+1CzmehzJthG/fcSLOpLqe5WUa0fa/kLZBjT5l1iqp3fbwMCe/uT6YNm72pd",
    "QkCspwCgYPLCIjAKER4E2cV7VyfkomZiWM1kPItlgnokhtXiS+LX65/L9/e7UY82lRn5FG3P8j/iz9PEsp66YWPLx880EAwYe+L4wO8CgYBTo6Go",
    "xFBQ5JoEghwdV35a+SCP/1HaqE4CH52vyUxUbj6XX9EY58hsOOUxWr5Hw6DUMKaydV9no3IbErcOMTvWnLrXmPS6fb0EDF352iemeG0e3apaiXza",
    "GeMePKIhb5FBCXxlqPeR3wqC0hXbd7H0+C76limQDZB4PIfwMXtzSA==",
);
