//! One change of a signed request, on its way or at its end.

use oauthprovider::oauth1::Pairs;
use proptest::sample::Index;

use super::message::{Body, Secrets, Sent};

/// What is changed. Everything else stays as it was signed, the signature too.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Method,
    Scheme,
    Host,
    Port,
    Path,
    ParameterName,
    ParameterValue,
    ParameterAdded,
    ParameterRemoved,
    ParameterRepeated,
    FormParameter,
    ConsumerKey,
    Token,
    TokenRemoved,
    SignatureMethod,
    Timestamp,
    Nonce,
    Version,
    Callback,
    Verifier,
    UnknownProtocolParameter,
    ProtocolParameterAdded,
    BodyByte,
    BodyHashRemoved,
    Signature,
    ConsumerSecret,
    TokenSecret,
}

impl Change {
    pub const ALL: [Self; 27] = [
        Self::Method,
        Self::Scheme,
        Self::Host,
        Self::Port,
        Self::Path,
        Self::ParameterName,
        Self::ParameterValue,
        Self::ParameterAdded,
        Self::ParameterRemoved,
        Self::ParameterRepeated,
        Self::FormParameter,
        Self::ConsumerKey,
        Self::Token,
        Self::TokenRemoved,
        Self::SignatureMethod,
        Self::Timestamp,
        Self::Nonce,
        Self::Version,
        Self::Callback,
        Self::Verifier,
        Self::UnknownProtocolParameter,
        Self::ProtocolParameterAdded,
        Self::BodyByte,
        Self::BodyHashRemoved,
        Self::Signature,
        Self::ConsumerSecret,
        Self::TokenSecret,
    ];

    /// Makes the change; `false` where there is nothing of this kind to be changed.
    pub fn apply(self, sent: &mut Sent, secrets: &mut Secrets, at: Index, piece: &str) -> bool {
        let message = &mut sent.message;
        match self {
            Self::Method => message.method.push('X'),
            Self::Scheme => message.https = !message.https,
            Self::Host => {
                message.host = if message.host.starts_with('[') { "[::2]" } else { "other.invalid" }.to_owned()
            }
            Self::Port => message.port = message.port.wrapping_add(1).max(1),
            // A path without anything is written `/`.
            Self::Path => message.path.push_str("/x"),
            Self::ParameterName => return edit(&mut message.query, at, |(name, _)| name.push_str(piece)),
            Self::ParameterValue => return edit(&mut message.query, at, |(_, value)| value.push_str(piece)),
            Self::ParameterAdded => {
                let place = at.index(message.query.len() + 1);
                message.query.insert(place, (piece.to_owned(), String::new()));
            }
            Self::ParameterRemoved => return remove(&mut message.query, at),
            Self::ParameterRepeated => return repeat(&mut message.query, at),
            Self::FormParameter => match &mut message.body {
                Body::Form(pairs) => return edit(pairs, at, |(_, value)| value.push_str(piece)),
                Body::Hashed(_) => return false,
            },
            Self::ConsumerKey => return self.protocol(sent, "oauth_consumer_key", piece),
            Self::Token => return self.protocol(sent, "oauth_token", piece),
            Self::TokenRemoved => return without(sent, "oauth_token"),
            Self::SignatureMethod => return other_method(sent),
            Self::Timestamp => return self.protocol(sent, "oauth_timestamp", "0"),
            Self::Nonce => return self.protocol(sent, "oauth_nonce", piece),
            Self::Version => return without(sent, "oauth_version"),
            Self::Callback => return self.protocol(sent, "oauth_callback", piece),
            Self::Verifier => return self.protocol(sent, "oauth_verifier", piece),
            Self::UnknownProtocolParameter => return self.protocol(sent, "oauth_of_tomorrow", piece),
            Self::ProtocolParameterAdded => {
                message.protocol.push(("oauth_of_next_week".to_owned(), piece.to_owned()));
            }
            Self::BodyByte => return body_byte(sent, at),
            Self::BodyHashRemoved => return without(sent, "oauth_body_hash"),
            Self::Signature => return signature(sent, at),
            Self::ConsumerSecret => secrets.consumer.push_str(piece),
            Self::TokenSecret if message.has_token() => secrets.token.push_str(piece),
            Self::TokenSecret => return false,
        }
        true
    }

    /// Appends to the value of a protocol parameter.
    fn protocol(self, sent: &mut Sent, name: &str, piece: &str) -> bool {
        let found = sent.message.protocol.iter_mut().find(|(known, _)| known == name);
        found.map(|(_, value)| value.push_str(piece)).is_some()
    }
}

fn edit(pairs: &mut Pairs, at: Index, change: impl FnOnce(&mut (String, String))) -> bool {
    if !pairs.is_empty() {
        change(at.get_mut(pairs));
    }
    !pairs.is_empty()
}

fn remove(pairs: &mut Pairs, at: Index) -> bool {
    let is_there = !pairs.is_empty();
    if is_there {
        pairs.remove(at.index(pairs.len()));
    }
    is_there
}

fn repeat(pairs: &mut Pairs, at: Index) -> bool {
    let again = (!pairs.is_empty()).then(|| at.get(pairs).clone());
    again.map(|pair| pairs.push(pair)).is_some()
}

fn without(sent: &mut Sent, name: &str) -> bool {
    let before = sent.message.protocol.len();
    sent.message.protocol.retain(|(known, _)| known != name);
    sent.message.protocol.len() < before
}

fn other_method(sent: &mut Sent) -> bool {
    let other = match sent.message.signature_method().name() {
        "HMAC-SHA1" => "HMAC-SHA256",
        _ => "HMAC-SHA1",
    };
    let found = sent.message.protocol.iter_mut().find(|(name, _)| name == "oauth_signature_method");
    found.map(|(_, value)| *value = other.to_owned()).is_some()
}

fn body_byte(sent: &mut Sent, at: Index) -> bool {
    match &mut sent.message.body {
        Body::Hashed(bytes) if !bytes.is_empty() => {
            *at.get_mut(bytes) ^= 1;
            true
        }
        Body::Hashed(_) | Body::Form(_) => false,
    }
}

/// Another character of the same alphabet in the place of one.
fn signature(sent: &mut Sent, at: Index) -> bool {
    let found = sent.message.protocol.iter_mut().find(|(name, _)| name == "oauth_signature");
    let Some((_, value)) = found else { return false };
    let place = at.index(value.trim_end_matches('=').len());
    let other = if value.as_bytes()[place] == b'A' { "B" } else { "A" };
    value.replace_range(place..=place, other);
    true
}
