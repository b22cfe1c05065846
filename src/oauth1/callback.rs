//! Answers: where may the user be sent back to, and how is the answer added to that URL? (RFC 5849, sections 2.1, 2.2)
//!
//! A [`CallbackUrl`] is safe to redirect to: `http` or `https`, a plain host, no user information, no fragment, nothing
//! that could break a header. Does not know which callbacks a consumer registered; it only compares two of them.

use super::base_string::{Origin, OriginError, split};
use super::params::encode_urlencoded;

/// How long a callback may be, in bytes; browsers and proxies get unreliable beyond.
const MAX_BYTES: usize = 2_000;

/// Where the verifier goes once the user has decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Callback {
    /// `oob`: the user carries the verifier to the consumer by hand.
    OutOfBand,
    /// The user's browser carries it to this URL.
    Url(CallbackUrl),
}

/// An absolute `http` or `https` URL that a browser may be redirected to.
///
/// Scheme and host are canonical (lower-case, punycode, no default port), the path is at least `/`; path and query are
/// kept byte for byte, except that text outside ASCII is percent-encoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallbackUrl {
    text: String,
    origin: Origin,
}

/// Why a text is not a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// Neither `oob` nor a URL of one of the two schemes.
    #[error("a callback is \"oob\" or an absolute http or https URL")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("a callback needs a valid host and port")]
    Host,
    /// An `@` before the path.
    #[error("a callback must not hold a user name or password")]
    UserInfo,
    /// A `#`, even with nothing behind it.
    #[error("a callback must not have a fragment")]
    Fragment,
    /// A control character, blank or backslash.
    #[error("a callback must not hold control characters, blanks or backslashes")]
    Character,
    /// More than 2,000 bytes.
    #[error("a callback has at most 2,000 bytes")]
    TooLong,
}

impl Callback {
    /// Reads an `oauth_callback` parameter, decoded: exactly `oob`, or a URL.
    ///
    /// # Errors
    /// For any other scheme, a missing host, user information, a fragment, blanks, control characters, backslashes and
    /// for more than 2,000 bytes.
    pub fn parse(text: &str) -> Result<Self, CallbackError> {
        if text == "oob" { Ok(Self::OutOfBand) } else { CallbackUrl::parse(text).map(Self::Url) }
    }

    /// The text to keep: [`Callback::parse`] of it gives the same again.
    pub fn as_str(&self) -> &str {
        match self {
            Self::OutOfBand => "oob",
            Self::Url(url) => url.as_str(),
        }
    }
}

impl CallbackUrl {
    /// Reads a callback that must be a URL.
    ///
    /// # Errors
    /// As [`Callback::parse`], and for `oob`.
    pub fn parse(text: &str) -> Result<Self, CallbackError> {
        if text.len() > MAX_BYTES {
            return Err(CallbackError::TooLong);
        }
        let (origin, rest) = split(text).map_err(CallbackError::from)?;
        if rest.contains('#') {
            return Err(CallbackError::Fragment);
        }
        let text = origin.join(&ascii(rest));
        // Encoding may have made it longer; what is kept must be readable again.
        if text.len() > MAX_BYTES { Err(CallbackError::TooLong) } else { Ok(Self { text, origin }) }
    }

    /// The whole URL, in ASCII.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `scheme://host[:port]`, as a content security policy's `form-action` wants it; holds no `;`, `,` or blank.
    pub fn origin(&self) -> String {
        self.origin.to_string()
    }

    /// Whether this callback is the registered one: equal in scheme, host, port and path.
    ///
    /// A default port equals one that is left out; where the registered host is a loopback address or `localhost`, the
    /// port is free (a native tool listens on whatever it gets). The query is always free.
    pub fn is_registered_as(&self, registered: &Self) -> bool {
        let same_place = if registered.origin.is_loopback() {
            self.origin.equals_but_for_port(&registered.origin)
        } else {
            self.origin == registered.origin
        };
        same_place && self.path() == registered.path()
    }

    /// This URL with parameters added to the end of its query.
    ///
    /// The query that is there is kept byte for byte: the consumer may have its own way of writing it.
    pub fn with_query(&self, pairs: &[(&str, &str)]) -> String {
        let joint = match self.text.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        format!("{}{joint}{}", self.text, encode_urlencoded(pairs))
    }

    /// The path as it was written, without query.
    fn path(&self) -> &str {
        let before_query = self.text.split_once('?').map_or(self.text.as_str(), |(before, _)| before);
        // The scheme and its two slashes come first, then the authority.
        before_query.splitn(4, '/').nth(3).unwrap_or_default()
    }
}

impl From<OriginError> for CallbackError {
    fn from(error: OriginError) -> Self {
        match error {
            OriginError::Scheme => Self::Scheme,
            OriginError::Host | OriginError::Path | OriginError::Query => Self::Host,
            OriginError::UserInfo => Self::UserInfo,
            OriginError::Fragment => Self::Fragment,
            OriginError::Character => Self::Character,
        }
    }
}

/// Percent-encodes what is outside ASCII and nothing else, so that the URL fits into a `Location` header.
fn ascii(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::CONTROLS).to_string()
}

#[cfg(test)]
mod pitfall_25 {
    use super::*;

    fn url(text: &str) -> CallbackUrl {
        CallbackUrl::parse(text).unwrap()
    }

    #[test]
    fn out_of_band_is_exactly_oob() {
        assert_eq!(Callback::parse("oob"), Ok(Callback::OutOfBand));
        assert_eq!(Callback::OutOfBand.as_str(), "oob");
        for text in ["OOB", "oob ", "", "urn:ietf:wg:oauth:2.0:oob"] {
            assert!(Callback::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_absolute_http_and_https_urls_with_a_host_are_callbacks() {
        for (text, error) in [
            ("javascript:alert(1)", CallbackError::Scheme),
            ("javascript://ci.example/%0Aalert(1)", CallbackError::Scheme),
            ("data:text/html,x", CallbackError::Scheme),
            ("ftp://ci.example/", CallbackError::Scheme),
            ("myapp://ci.example/", CallbackError::Scheme),
            ("/ready", CallbackError::Scheme),
            ("//ci.example/ready", CallbackError::Scheme),
            ("http:/ci.example/", CallbackError::Scheme),
            ("http:ci.example", CallbackError::Scheme),
            ("http://", CallbackError::Host),
            ("http:///ready", CallbackError::Host),
            ("http://?a", CallbackError::Host),
            ("http://:80/", CallbackError::Host),
            ("http://ci.example:port/", CallbackError::Host),
            ("http://a;script-src/", CallbackError::Host),
            ("http://[::1/", CallbackError::Host),
        ] {
            assert_eq!(Callback::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn user_information_is_refused_wherever_it_hides() {
        for text in
            ["http://u:p@ci.example/", "http://@ci.example/", "http://ci.example@evil.example/", "http://a@b@c/"]
        {
            assert_eq!(Callback::parse(text), Err(CallbackError::UserInfo), "{text}");
        }
        assert!(Callback::parse("http://ci.example/@alice?m=a@b").is_ok());
        assert!(Callback::parse("http://u%40ci.example/").is_err());
    }

    #[test]
    fn a_fragment_is_refused_even_an_empty_one() {
        for text in ["http://ci.example/#", "http://ci.example#a", "http://ci.example/?a#b"] {
            assert_eq!(Callback::parse(text), Err(CallbackError::Fragment), "{text}");
        }
    }

    #[test]
    fn what_could_break_a_header_is_refused() {
        for c in ["\r\n", "\n", "\t", "\0", " ", "\\", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}"] {
            for text in
                [format!("http://ci.example/{c}"), format!("{c}http://ci.example/"), format!("http://ci{c}.example/")]
            {
                assert_eq!(Callback::parse(&text), Err(CallbackError::Character), "{text:?}");
            }
        }
    }

    #[test]
    fn a_callback_has_at_most_2000_bytes() {
        let text = |length: usize| format!("http://h/{}", "a".repeat(length - 9));
        assert!(Callback::parse(&text(2_000)).is_ok());
        assert_eq!(Callback::parse(&text(2_001)), Err(CallbackError::TooLong));
        assert_eq!(Callback::parse(&format!("http://h/{}", "é".repeat(900))), Err(CallbackError::TooLong));
    }

    #[test]
    fn international_hosts_become_punycode_and_the_rest_stays() {
        let callback = url("HTTPS://BÜCHER.Example:443/A%2fb/../c?q=%7E'<é>");
        assert_eq!(callback.as_str(), "https://xn--bcher-kva.example/A%2fb/../c?q=%7E'<%C3%A9>");
        assert_eq!(callback.origin(), "https://xn--bcher-kva.example");
        assert_eq!(url(callback.as_str()), callback);
        assert_eq!(url("http://[::1]:8080?a").as_str(), "http://[::1]:8080/?a");
    }

    #[test]
    fn a_registered_callback_matches_in_scheme_host_port_and_path() {
        let registered = url("http://ci.example/ready");
        for text in ["http://ci.example/ready", "HTTP://CI.EXAMPLE:80/ready", "http://ci.example/ready?job=7"] {
            assert!(url(text).is_registered_as(&registered), "{text}");
        }
        for text in [
            "https://ci.example/ready",
            "http://ci.example:8080/ready",
            "http://ci.example.evil.example/ready",
            "http://evil.example/ready",
            "http://ci.example./ready",
            "http://ci.example/ready/",
            "http://ci.example/ready/../evil",
            "http://ci.example/Ready",
            "http://ci.example/readyx",
            "http://ci.example/",
            "http://ci.example//ready",
        ] {
            assert!(!url(text).is_registered_as(&registered), "{text}");
        }
    }

    #[test]
    fn a_registered_loopback_address_matches_on_any_port() {
        for host in ["127.0.0.1", "127.8.9.10", "[::1]", "localhost", "LOCALHOST"] {
            let registered = url(&format!("http://{host}:9/cb"));
            assert!(url(&format!("http://{host}/cb")).is_registered_as(&registered), "{host}");
            assert!(url(&format!("http://{host}:50123/cb?x")).is_registered_as(&registered), "{host}");
            assert!(!url(&format!("https://{host}:9/cb")).is_registered_as(&registered), "{host}");
            assert!(!url(&format!("http://{host}:9/other")).is_registered_as(&registered), "{host}");
            assert!(!url("http://ci.example:9/cb").is_registered_as(&registered), "{host}");
        }
        assert!(!url("http://localhost:9/cb").is_registered_as(&url("http://127.0.0.1:9/cb")));
        assert!(!url("http://localhost.evil.example:1/").is_registered_as(&url("http://localhost.evil.example:2/")));
    }

    #[test]
    fn parameters_are_added_and_the_query_kept_byte_for_byte() {
        let added = [("oauth_token", "a b"), ("oauth_verifier", "c&d")];
        for (before, after) in [
            ("http://h/p", "http://h/p?"),
            ("http://h", "http://h/?"),
            ("http://h/p?", "http://h/p?"),
            ("http://h/p?x=%7e+%2B&&y", "http://h/p?x=%7e+%2B&&y&"),
            ("http://h/p?x&", "http://h/p?x&"),
            ("http://h/p?a?b", "http://h/p?a?b&"),
        ] {
            assert_eq!(url(before).with_query(&added), format!("{after}oauth_token=a%20b&oauth_verifier=c%26d"));
        }
    }
}
