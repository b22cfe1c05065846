//! What may be shown of a request that was refused. What is not known to be harmless is masked.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::telling::{holds_a_secret, is_harmless, is_telling, names_the_next_piece, speaks_of_a_secret};

/// The most characters of a name; and of one without a value, which may be a credential that nobody named.
const LONGEST_NAME: usize = 40;
const LONGEST_ALONE: usize = 20;
/// The most characters of a host and its port.
const LONGEST_HOST: usize = 261;
/// The most characters of a media type.
const LONGEST_MEDIA_TYPE: usize = 100;
/// How many characters of a token's key are shown, and how many it must have for that.
const BEGINNING: usize = 6;
const LONG_ENOUGH: usize = 16;

/// A piece of a request as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// It is harmless.
    Shown(String),
    /// It is not, or may not be.
    Masked {
        /// How many characters it has.
        length: usize,
        /// The beginning of a token's key, which says which token it is and is no use to anybody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beginning: Option<String>,
    },
}

impl Text {
    /// The value of the parameter of this name.
    pub fn of_value(name: &str, value: &str) -> Self {
        if name == "oauth_token" {
            return Self::of_token(value);
        }
        let is_secret = !value.is_empty() && is_telling(name);
        let holds_one = holds_a_secret(value) || !is_harmless(name) && speaks_of_a_secret(value);
        if is_secret || holds_one { Self::masked(value) } else { Self::Shown(value.to_owned()) }
    }

    /// The key of a token, or one that nobody has: it may be a secret that was put in the place of a key.
    pub fn of_token(key: &str) -> Self {
        let beginning: String = key.chars().take(BEGINNING).collect();
        // A mask is written as it is, so it holds nothing that would have to be escaped.
        let is_plain = beginning.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        let beginning = (is_plain && key.chars().count() >= LONG_ENOUGH).then_some(beginning);
        if key.is_empty() {
            Self::Shown(String::new())
        } else {
            Self::Masked { beginning, length: key.chars().count() }
        }
    }

    /// The name of a parameter that has this value.
    pub fn of_name(name: &str, value: &str) -> Self {
        // Base64 ends with what looks like a joint.
        let is_alone = value.trim_end_matches('=').is_empty();
        let is_name = if is_alone { may_stand_alone(name) } else { name.chars().count() <= LONGEST_NAME };
        let is_plain = !name.contains(|c: char| c.is_control() || matches!(c, '"' | '\'' | ';' | ',' | '{' | '<'));
        if is_name && is_plain && !holds_a_secret(name) && (!is_telling(name) || is_word(name)) {
            Self::Shown(name.to_owned())
        } else {
            Self::masked(name)
        }
    }

    /// Something that has no name.
    pub fn of_piece(piece: &str) -> Self {
        if holds_a_secret(piece) { Self::masked(piece) } else { Self::Shown(piece.to_owned()) }
    }

    /// The pieces of a path, between its slashes. What is split by one may be a secret as a whole.
    pub fn of_path<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let (mut all, mut is_named) = (Vec::new(), false);
        for piece in pieces {
            all.push(if is_named && !piece.is_empty() { Self::masked(piece) } else { Self::of_piece(piece) });
            is_named = names_the_next_piece(piece);
        }
        let left: Vec<&str> = all.iter().map(|piece| piece.shown().unwrap_or_default()).collect();
        if holds_a_secret(&left.join("/")) {
            return all.iter().map(Self::hidden).collect();
        }
        all
    }

    /// Where a service is: host and port, and nothing else.
    pub fn of_host(host: &str) -> Self {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port),
            Some(_) | None => (host, ""),
        };
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']'));
        let is_port = port.chars().all(|c| c.is_ascii_digit());
        if is_name && is_port && host.len() <= LONGEST_HOST { Self::Shown(host.to_owned()) } else { Self::masked(host) }
    }

    /// A media type; that it has parameters is told, and not which.
    pub fn of_media_type(text: &str) -> Self {
        let (media_type, rest) = text.split_once(';').map_or((text, ""), |(before, _)| (before, "; …"));
        let media_type = media_type.trim();
        let is_one = media_type.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '+'));
        if is_one && media_type.len() <= LONGEST_MEDIA_TYPE {
            Self::Shown(format!("{media_type}{rest}"))
        } else {
            Self::masked(text)
        }
    }

    /// The same, masked unless it is nothing.
    fn hidden(&self) -> Self {
        match self {
            Self::Shown(text) if !text.is_empty() => Self::masked(text),
            Self::Shown(_) | Self::Masked { .. } => self.clone(),
        }
    }

    /// Whatever it is, it is not shown.
    pub fn masked(text: &str) -> Self {
        Self::Masked { length: text.chars().count(), beginning: None }
    }

    /// The text where it is shown.
    pub fn shown(&self) -> Option<&str> {
        match self {
            Self::Shown(text) => Some(text),
            Self::Masked { .. } => None,
        }
    }

    /// With what is shown escaped; a mask stays as it is.
    pub fn written(&self, escape: impl Fn(&str) -> String) -> String {
        self.shown().map_or_else(|| self.to_string(), escape)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(text) => out.write_str(text),
            Self::Masked { beginning: Some(beginning), .. } => write!(out, "{beginning}…"),
            Self::Masked { length, beginning: None } => write!(out, "…({length})"),
        }
    }
}

/// Whether a name holds nothing but itself.
fn is_word(name: &str) -> bool {
    name.trim().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']'))
}

/// Whether a name without a value looks like one: credentials have capitals, or are long.
fn may_stand_alone(name: &str) -> bool {
    name.starts_with("oauth_") || (name.chars().count() <= LONGEST_ALONE && !name.chars().any(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_shown(name: &str, value: &str) -> bool {
        Text::of_value(name, value).shown().is_some()
    }

    #[test]
    fn what_the_protocol_has_is_shown_and_everything_that_may_be_secret_is_not() {
        for name in ["oauth_consumer_key", "oauth_nonce", "oauth_callback", "oauth_version", "realm"] {
            assert!(is_shown(name, "x"), "{name}");
        }
        for name in ["oauth_verifier", "oauth_signature", "oauth_x", "Password", " passwd", "PIN", "my.pin", "x-sig"] {
            assert!(!is_shown(name, "x"), "{name}");
        }
        for name in ["pass%77ord", "pass%2577ord", "p-a-s-s", "api key", "apiKey", "oauth\u{200b}_nonce", "%zzpwd"] {
            assert!(!is_shown(name, "x"), "{name}");
        }
        for name in ["a", "c@", "note", "assignee", "summary", "é", "page[size]", "shipping"] {
            assert!(is_shown(name, "x"), "{name}");
        }
    }

    #[test]
    fn a_value_with_another_name_in_it_is_not_shown() {
        for value in [
            "1;oauth_verifier=x",
            "oauth_signature=x",
            "oauth%5Fsignature%3Dx",
            "{\"password\":\"x\"}",
            "<password>x</password>",
            "{\"p\\u0061ss\":\"x\"}",
            "https://u:p@forge.example/",
            "http://forge.example/?access_token=x",
            "Bearer x",
            "http://token:hunter2",
            "a\nSet-Cookie: x",
            "a=1;code\0=x",
            "password;\n=x",
            "%25252525252525",
            "key",
        ] {
            assert!(!is_shown("a", value), "{value}");
        }
        for value in [
            "it's 5%",
            "r b",
            "http://127.0.0.1:9/oauth/callback?x=a b",
            "https://auth.example:8443/x",
            "12:30",
            "a=b",
            "",
        ] {
            assert!(is_shown("a", value), "{value}");
        }
    }

    #[test]
    fn a_name_is_shown_if_it_is_one() {
        for (name, value) in [("c@", "1"), ("oauth_verifier", "v"), ("c2", ""), ("empty", ""), ("é", "1"), ("a[]", "1")]
        {
            assert!(Text::of_name(name, value).shown().is_some(), "{name}");
        }
        let long = "x".repeat(41);
        for (name, value) in [
            ("{\"password\":\"x\"}", ""),
            ("oauth_verifier:x", ""),
            ("password x", ""),
            ("password|x", "1"),
            ("YWxpY2U6c2VjcmV0", "="),
            ("YWxpY2U6c2VjcmV0", ""),
            (&long, "1"),
        ] {
            assert!(Text::of_name(name, value).shown().is_none(), "{name}");
        }
    }

    #[test]
    fn a_mask_tells_how_long_it_is_and_of_a_token_which_it_is() {
        let shown = |name: &str, value: &str| Text::of_value(name, value).to_string();
        assert_eq!(shown("oauth_verifier", "sécret"), "…(6)");
        assert_eq!(shown("oauth_token", "aTokenKeyOfManyLetters"), "aToken…");
        assert_eq!(shown("oauth_token", "short"), "…(5)");
        assert_eq!(shown("oauth_token", "a\u{1b}[31m&of many letters"), "…(22)");
        assert_eq!(shown("oauth_token", ""), "");
        assert_eq!(Text::of_piece("a;jsessionid=x").to_string(), "…(14)");
    }

    #[test]
    fn a_host_is_shown_where_it_is_one() {
        for host in ["forge.example", "Forge.example:8443", "[::1]:8080", "[::1]", "127.0.0.1:1"] {
            assert!(Text::of_host(host).shown().is_some(), "{host}");
        }
        for host in ["token:hunter2", "a=b", "a b", "forge.example/x"] {
            assert!(Text::of_host(host).shown().is_none(), "{host}");
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        for text in [Text::of_value("a", "b"), Text::of_value("pass", "b"), Text::of_token("aTokenKeyOfManyLetters")] {
            let written = serde_json::to_string(&text).unwrap();
            assert_eq!(serde_json::from_str::<Text>(&written).unwrap(), text, "{written}");
        }
    }
}
