//! What is secret in what is sent, answered and printed, by the names that secrets go by.
//!
//! Nobody has to say that an answer gives a secret: it is seen from the answer.

use oauthprovider::oauth1::parse_urlencoded;
use serde_json::Value;

use crate::support::{element, hidden, query_of};

/// What is secret in a text.
#[derive(Default)]
pub(super) struct Secrets {
    /// It gives these to whom they belong.
    pub(super) given: Vec<String>,
    /// Of what it gives, the access token.
    pub(super) access_token: Option<String>,
    /// It may well show these, as others do.
    pub(super) shown: Vec<String>,
}

/// Of an answer: tokens' secrets, whole access tokens, verifiers, consumers' secrets and sessions are given; temporary
/// tokens and CSRF tokens stand in addresses and forms.
pub(super) fn answer(text: &str) -> Secrets {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let header = |name: &'static str| {
        let named = head.split("\r\n").filter_map(|line| line.split_once(": "));
        named.filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let is = |media_type: &str| header("Content-Type").any(|own| own.starts_with(media_type));
    let cookie = |line: &str| Some(line.split(';').next()?.split_once('=')?.1.to_owned());
    let mut read = Secrets { given: header("Set-Cookie").filter_map(cookie).collect(), ..Secrets::default() };
    for location in header("Location") {
        read.given.extend(query_of(location, "oauth_verifier"));
        read.shown.extend(query_of(location, "oauth_token"));
    }
    if is("application/x-www-form-urlencoded") {
        let pairs = parse_urlencoded(body.as_bytes()).unwrap_or_default();
        let field = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        read.given.extend(field("oauth_token_secret"));
        read.token(field("oauth_token"), field("oauth_callback_confirmed").is_some());
    }
    if is("text/html") {
        read.given
            .extend(["consumer_secret", "oauth_verifier", "token_secret"].iter().filter_map(|id| element(body, id)));
        read.access_token = element(body, "token");
        read.shown.extend(["csrf_token", "oauth_token"].iter().filter_map(|name| hidden(body, name)));
    }
    read
}

/// Of what a command prints: the secrets in its JSON and in what an import says of those that it made.
pub(super) fn output(text: &str) -> Secrets {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let field = |name: &str| json[name].as_str().map(str::to_owned);
    let named = ["secret", "token_secret", "oauth_token_secret", "signature"].iter().filter_map(|name| field(name));
    let made = text.lines().filter_map(|line| line.split_once(" and the secret ")).map(|(_, secret)| secret.to_owned());
    let mut read = Secrets { given: named.chain(made).collect(), access_token: field("token"), ..Secrets::default() };
    read.token(field("oauth_token"), json["authorize_url"].is_string());
    read
}

impl Secrets {
    fn token(&mut self, token: Option<String>, is_temporary: bool) {
        if is_temporary {
            self.shown.extend(token);
        } else if token.is_some() {
            self.access_token = token;
        }
    }
}

/// Of a request, wherever in it: what it proves.
pub(super) fn request(text: &str) -> Vec<String> {
    let names = ["oauth_signature=", "oauth_verifier=", "password="];
    let values = names.iter().flat_map(|name| text.split(name).skip(1));
    let ends = |c: char| matches!(c, '"' | '&' | ',' | ' ' | '\r' | '\n');
    values.map(|after| decoded(after.trim_start_matches('"').split(ends).next().unwrap_or_default())).collect()
}

/// Of the words that a command is given.
pub(super) fn words(words: &[String]) -> impl Iterator<Item = String> {
    let keys = words.iter().flat_map(|word| server_keys(word));
    let is_secret = |flag: &str| matches!(flag, "--consumer-secret" | "--token-secret" | "--verifier");
    words.windows(2).filter(move |two| is_secret(&two[0])).map(|two| two[1].clone()).chain(keys)
}

/// Of a forge that is loaded.
pub(super) fn named_in_json(text: &str) -> impl Iterator<Item = String> {
    let (mut found, mut open) = (Vec::new(), vec![serde_json::from_str(text).unwrap_or_default()]);
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(text) if matches!(name.as_str(), "secret" | "password") => found.push(text),
                        value => open.push(value),
                    }
                }
            }
            Value::Array(values) => open.extend(values),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found.into_iter()
}

/// Of a file in PEM: each line of a private key.
pub(super) fn private_key(text: &str) -> impl Iterator<Item = String> {
    let is_one = text.contains("PRIVATE KEY");
    text.lines().filter(move |line| is_one && !line.starts_with('-')).map(str::to_owned)
}

/// Of a text that may have server keys in it.
pub(super) fn server_keys(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    words.filter(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit())).map(str::to_owned)
}

/// A value as a parameter has it; a broken escape is no secret of anybody.
fn decoded(value: &str) -> String {
    parse_urlencoded(format!("x={value}").as_bytes()).map_or_else(|_| String::new(), |mut pairs| pairs.remove(0).1)
}
