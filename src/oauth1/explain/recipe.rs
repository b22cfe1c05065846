//! A base string and the keys to sign it with, made step by step, so that each step can be made wrong.
//!
//! It is written apart from what requests are judged by ([`mod@crate::oauth1::base_string`]), which has no room for mistakes.

use std::cmp::Ordering;

use super::{
    diagnosis::Secrets,
    seen::{Parameter, Whole},
};
use crate::{
    oauth1::{HmacKey, SignatureMethod},
    secret::Secret,
};

/// How a client makes what it signs.
#[derive(Clone)]
pub(super) struct Recipe {
    pub method: String,
    /// Scheme and authority.
    pub origin: String,
    pub path: String,
    /// A query that is left in the URI.
    pub query_in_uri: Option<String>,
    pub pairs: Vec<(String, String)>,
    pub order: Order,
    pub names: Times,
    pub values: Times,
    pub escapes: Escapes,
    /// Whether blanks are `+` in what is not the protocol's.
    pub has_plus: bool,
    pub parts: Parts,
    pub key: KeyUse,
    pub algorithm: SignatureMethod,
}

/// By what parameters are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By name and then value, escaped: the right way.
    Escaped,
    /// By name and then value as they are.
    Plain,
    /// By name as people sort it, numbers by their value.
    Natural,
    /// By `name=value` as a whole.
    Whole,
    /// Not at all.
    AsSent,
}

/// How often something is escaped before the base string escapes it once more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Never,
    Once,
    Twice,
}

/// How a client escapes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// As RFC 3986 says: the right way.
    Rfc3986,
    /// With lower-case digits.
    LowerCase,
    /// `~` too.
    Tilde,
    /// A blank as `+`, as forms do, and `~` too.
    Form,
    /// All but `!*'()`, as JavaScript's `encodeURIComponent` does.
    Marks,
}

/// Which of the three parts of a base string are escaped as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// All: the right way.
    Escaped,
    /// All but the parameters.
    ParametersRaw,
    /// All but the URI.
    UriRaw,
}

/// Which secrets make the key, and how.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyUse {
    /// Both, escaped and joined by `&`: the right way.
    Both,
    NotEscaped,
    NoAmpersand,
    NoToken,
    NoConsumer,
    Swapped,
    /// The public halves in the place of the secrets.
    PublicHalves,
    /// The secret of a request token in the place of the access token's.
    RequestToken,
}

impl Recipe {
    /// What the service did.
    pub(super) fn right(whole: &Whole, algorithm: SignatureMethod) -> Self {
        let signed = whole.parameters.iter().filter(|parameter| parameter.name.as_str() != "oauth_signature");
        Self {
            method: whole.method.to_ascii_uppercase(),
            origin: whole.origin.clone(),
            path: whole.path(),
            query_in_uri: None,
            pairs: signed.map(Parameter::pair).collect(),
            order: Order::Escaped,
            names: Times::Once,
            values: Times::Once,
            escapes: Escapes::Rfc3986,
            has_plus: false,
            parts: Parts::Escaped,
            key: KeyUse::Both,
            algorithm,
        }
    }

    /// The text that is signed.
    pub(super) fn base_string(&self) -> String {
        let query = self.query_in_uri.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        let uri = format!("{}{}{query}", self.origin, self.path);
        let parameters = self.parameters();
        let (uri, parameters) = match self.parts {
            Parts::Escaped => (self.escapes.of(&uri), self.escapes.of(&parameters)),
            Parts::ParametersRaw => (self.escapes.of(&uri), parameters),
            Parts::UriRaw => (uri, self.escapes.of(&parameters)),
        };
        format!("{}&{uri}&{parameters}", self.method)
    }

    /// The parameters, sorted and joined.
    fn parameters(&self) -> String {
        let mut pairs = self.pairs.clone();
        let rfc3986 = |text: &str| Escapes::Rfc3986.of(text);
        match self.order {
            Order::Escaped => pairs.sort_by_cached_key(|(name, value)| (rfc3986(name), rfc3986(value))),
            Order::Plain => pairs.sort(),
            Order::Natural => pairs.sort_by(|(name, value), (other, other_value)| {
                natural(&rfc3986(name), &rfc3986(other)).then_with(|| natural(&rfc3986(value), &rfc3986(other_value)))
            }),
            Order::Whole => pairs.sort_by_cached_key(|(name, value)| format!("{}={}", rfc3986(name), rfc3986(value))),
            Order::AsSent => {}
        }
        let written = pairs.iter().map(|(name, value)| {
            let written = format!("{}={}", self.escaped(name, self.names), self.escaped(value, self.values));
            if self.has_plus && !name.starts_with("oauth_") { written.replace("%20", "+") } else { written }
        });
        written.collect::<Vec<_>>().join("&")
    }

    fn escaped(&self, text: &str, times: Times) -> String {
        match times {
            Times::Never => text.to_owned(),
            Times::Once => self.escapes.of(text),
            Times::Twice => self.escapes.of(&self.escapes.of(text)),
        }
    }

    /// Every key that fits: there may be several secrets, and a client escapes them its own way or the right one.
    pub(super) fn keys(&self, secrets: &Secrets, publics: (&str, &str)) -> Vec<HmacKey> {
        let mut texts: Vec<Secret> = Vec::new();
        for consumer in &secrets.consumer {
            self.add_keys(&mut texts, consumer.expose(), secrets, publics);
        }
        texts.iter().map(HmacKey::of_text).collect()
    }

    fn add_keys(&self, texts: &mut Vec<Secret>, consumer: &str, secrets: &Secrets, publics: (&str, &str)) {
        let token = secrets.token.as_ref().map_or("", |token| token.expose());
        let mut ways = vec![Escapes::Rfc3986];
        if self.escapes != Escapes::Rfc3986 {
            ways.push(self.escapes);
        }
        let mut add = |text: String| texts.push(Secret::new(text));
        for escapes in ways {
            let joined = |first: &str, second: &str| format!("{}&{}", escapes.of(first), escapes.of(second));
            match self.key {
                KeyUse::Both => add(joined(consumer, token)),
                KeyUse::NotEscaped => add(format!("{consumer}&{token}")),
                KeyUse::NoAmpersand => {
                    add(escapes.of(consumer));
                    add(escapes.of(consumer) + &escapes.of(token));
                }
                KeyUse::NoToken => add(joined(consumer, "")),
                KeyUse::NoConsumer => add(joined("", token)),
                KeyUse::Swapped => add(joined(token, consumer)),
                KeyUse::PublicHalves => {
                    add(joined(publics.0, publics.1));
                    add(joined(publics.0, token));
                    add(joined(consumer, publics.1));
                }
                KeyUse::RequestToken => {
                    secrets.request_tokens.iter().for_each(|former| add(joined(consumer, former.expose())));
                }
            }
        }
    }
}

impl Escapes {
    /// Escapes a text.
    pub(super) fn of(self, text: &str) -> String {
        let mut written = String::with_capacity(text.len() * 2);
        for byte in text.bytes() {
            if self.leaves(byte) {
                written.push(char::from(byte));
            } else if self == Self::Form && byte == b' ' {
                written.push('+');
            } else if self == Self::LowerCase {
                written.push_str(&format!("%{byte:02x}"));
            } else {
                written.push_str(&format!("%{byte:02X}"));
            }
        }
        written
    }

    fn leaves(self, byte: u8) -> bool {
        let always = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        always
            || match self {
                Self::Rfc3986 | Self::LowerCase => byte == b'~',
                Self::Marks => matches!(byte, b'~' | b'!' | b'*' | b'\'' | b'(' | b')'),
                Self::Form => byte == b'*',
                Self::Tilde => false,
            }
    }
}

/// Compares as people sort: byte by byte, but numbers by their value.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        let ((number, after), (other_number, other_after)) = (digits(one), digits(other));
        let by_value = number.len().cmp(&other_number.len()).then_with(|| number.cmp(other_number));
        let is_number = after.len() < one.len() && other_after.len() < other.len();
        (one, other) = match (one, other) {
            _ if is_number && by_value.is_ne() => return by_value,
            _ if is_number => (after, other_after),
            ([first, rest @ ..], [other_first, other_rest @ ..]) if first == other_first => (rest, other_rest),
            (one, other) => return one.cmp(other),
        };
    }
}

/// The number at the beginning without its leading noughts, and what follows it.
fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (number, after) = text.split_at(end);
    let noughts = number.iter().position(|byte| *byte != b'0').unwrap_or(number.len());
    (number.split_at(noughts).1, after)
}
