//! Answers: which bytes does the next request consist of?
//!
//! Whatever two requests of one token have in common is written, percent-encoded and fed to the HMAC once, at the
//! start. What is left per request is a nonce, a time stamp and the end of one HMAC-SHA1. Whether the result is the
//! signature that RFC 5849 wants is not decided here: [`Requests::signed`] compares it with the library's signer.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use oauthprovider::{
    oauth1::{Credentials, SignatureMethod, ToSign, percent_encode, sign},
    secret::Secret,
};
use sha1::Sha1;

use crate::{nonce::Nonces, target::Target};

/// A consumer and one of its tokens, with their secrets.
pub struct Keys {
    /// The consumer's key.
    pub consumer_key: String,
    /// The consumer's secret.
    pub consumer_secret: Secret,
    /// The token's key.
    pub token: String,
    /// The token's secret.
    pub token_secret: Secret,
}

/// An endless row of requests to one URL.
pub enum Requests {
    /// The same bytes each time.
    Plain(Vec<u8>),
    /// Signed by one token after the other.
    Signed(Box<Signer>),
}

/// Signs with several tokens in turn.
pub struct Signer {
    tokens: Vec<Prepared>,
    next: usize,
    nonces: Nonces,
}

/// What all requests of one token have in common.
struct Prepared {
    /// Keyed with both secrets and fed with the base string up to the nonce.
    mac: Hmac<Sha1>,
    /// The base string from the end of the time stamp on.
    base_end: String,
    /// The request up to the time stamp.
    head: String,
}

const AFTER_NONCE: &str = "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D";
const SIGNATURE: &str = "\", oauth_version=\"1.0\", oauth_signature=\"";

impl Keys {
    /// Reads lines of `consumer_key consumer_secret token token_secret`.
    ///
    /// # Errors
    /// Names the line that is something else, and says when there is none.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let keys = lines.map(|(number, line)| Self::from_line(line).ok_or_else(|| misread(number + 1)));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err("the file of tokens is empty".to_owned()) } else { Ok(keys) }
    }

    fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let keys = Self {
            consumer_key: words.next()?.to_owned(),
            consumer_secret: Secret::new(words.next()?),
            token: words.next()?.to_owned(),
            token_secret: Secret::new(words.next()?),
        };
        words.next().is_none().then_some(keys)
    }
}

fn misread(line: usize) -> String {
    format!("line {line} of the file of tokens is not \"consumer_key consumer_secret token token_secret\"")
}

impl Requests {
    /// Requests without a signature.
    pub fn plain(target: &Target) -> Self {
        Self::Plain(format!("{}\r\n", start(target)).into_bytes())
    }

    /// Signed requests, each with a nonce of its own.
    ///
    /// # Errors
    /// When a token's first request is not what the library's signer makes of the same nonce and time stamp.
    pub fn signed(target: &Target, keys: &[Keys], timestamp: u64) -> Result<Self, String> {
        let mut tokens = Vec::with_capacity(keys.len());
        for keys in keys {
            let prepared = Prepared::new(target, keys)?;
            prepared.check(target, keys, timestamp)?;
            tokens.push(prepared);
        }
        Ok(Self::Signed(Box::new(Signer { tokens, next: 0, nonces: Nonces::random()? })))
    }

    /// Writes the next request in the place of what `out` holds.
    pub fn write_next(&mut self, timestamp: u64, out: &mut Vec<u8>) {
        out.clear();
        match self {
            Self::Plain(bytes) => out.extend_from_slice(bytes),
            Self::Signed(signer) => signer.write_next(timestamp, out),
        }
    }
}

/// Request line and the one header that every request has.
fn start(target: &Target) -> String {
    format!("GET {} HTTP/1.1\r\nHost: {}\r\n", target.path, target.authority)
}

impl Signer {
    fn write_next(&mut self, timestamp: u64, out: &mut Vec<u8>) {
        if self.next >= self.tokens.len() {
            self.next = 0;
        }
        let nonce = self.nonces.next();
        if let Some(token) = self.tokens.get(self.next) {
            token.write(timestamp, &nonce, out);
        }
        self.next += 1;
    }
}

impl Prepared {
    fn new(target: &Target, keys: &Keys) -> Result<Self, String> {
        let key = percent_encode(&keys.consumer_key);
        let token = percent_encode(&keys.token);
        let secrets = [&keys.consumer_secret, &keys.token_secret].map(|secret| percent_encode(secret.expose()));
        let mut mac = Hmac::<Sha1>::new_from_slice(secrets.join("&").as_bytes()).map_err(|error| error.to_string())?;
        // Values stand in the base string encoded twice: as values, and as a part of the whole.
        let (uri, twice) = (percent_encode(&target.url()), percent_encode(&key));
        mac.update(format!("GET&{uri}&oauth_consumer_key%3D{twice}%26oauth_nonce%3D").as_bytes());
        let base_end = format!("%26oauth_token%3D{}%26oauth_version%3D1.0", percent_encode(&token));
        let head = format!(
            "{}Authorization: OAuth oauth_consumer_key=\"{key}\", oauth_token=\"{token}\", \
             oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"",
            start(target)
        );
        Ok(Self { mac, base_end, head })
    }

    fn write(&self, timestamp: u64, nonce: &[u8], out: &mut Vec<u8>) {
        let mut digits = [0_u8; 20];
        let timestamp = decimal(timestamp, &mut digits);
        let mut mac = self.mac.clone();
        for part in [nonce, AFTER_NONCE.as_bytes(), timestamp, self.base_end.as_bytes()] {
            mac.update(part);
        }
        let mut signature = [0_u8; 28];
        // Twenty bytes are twenty-eight characters: there is room for them.
        let _ = BASE64_STANDARD.encode_slice(mac.finalize().into_bytes(), &mut signature);
        for part in [self.head.as_bytes(), timestamp, b"\", oauth_nonce=\"", nonce, SIGNATURE.as_bytes()] {
            out.extend_from_slice(part);
        }
        for byte in signature {
            match byte {
                b'+' => out.extend_from_slice(b"%2B"),
                b'/' => out.extend_from_slice(b"%2F"),
                b'=' => out.extend_from_slice(b"%3D"),
                other => out.push(other),
            }
        }
        out.extend_from_slice(b"\"\r\n\r\n");
    }

    /// Compares a request with what the library's signer makes of it.
    fn check(&self, target: &Target, keys: &Keys, timestamp: u64) -> Result<(), String> {
        let request = ToSign {
            method: "GET",
            url: &target.url(),
            form: None,
            nonce: "a-nonce-of-the-check",
            timestamp: &timestamp.to_string(),
            signature_method: SignatureMethod::HmacSha1,
            realm: None,
            callback: None,
            verifier: None,
        };
        let credentials = Credentials {
            consumer_key: &keys.consumer_key,
            consumer_secret: &keys.consumer_secret,
            token: Some((&keys.token, &keys.token_secret)),
        };
        let expected = sign(&request, &credentials).map_err(|error| error.to_string())?.authorization;
        let expected = format!("{}Authorization: {expected}\r\n\r\n", start(target));
        let mut own = Vec::new();
        self.write(timestamp, request.nonce.as_bytes(), &mut own);
        if own == expected.as_bytes() {
            return Ok(());
        }
        Err(format!("signed differently than by the library:\n{}\n{expected}", String::from_utf8_lossy(&own)))
    }
}

/// Writes a number into the end of `digits`; the formatting machinery would take as long as the HMAC.
fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &[u8] {
    let mut length = 0;
    for place in digits.iter_mut().rev() {
        *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        length += 1;
        if number == 0 {
            break;
        }
    }
    digits.split_at(digits.len() - length).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_what_the_library_signs() {
        let target: Target = "http://LocalHost:80/a%2Fb/~c".parse().unwrap();
        let keys = Keys::parse("kéy+&=%41 s%ecret& tök/en ☃\n\na b c d\n").unwrap();
        for timestamp in [0, 9, 1_790_000_000, u64::MAX] {
            assert_eq!(Requests::signed(&target, &keys, timestamp).err(), None);
        }
    }

    #[test]
    fn a_line_that_is_no_token_is_named() {
        assert!(Keys::parse("a b c d\na b c\n").err().unwrap().starts_with("line 2 "));
        assert!(Keys::parse("a b c d e").is_err());
        assert!(Keys::parse("\n").is_err());
    }
}
