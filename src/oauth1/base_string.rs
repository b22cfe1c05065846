//! Answers: what text is signed? (RFC 5849, sections 3.4.1.1 and 3.4.1.2)
//!
//! The URI in it is made of the service's public [`Origin`], which is configured, and of the path as it stands on the
//! wire. Does not read a `Host` header to find the origin: a header may only be compared with one.

use std::fmt;

use url::{Host, Url};

use super::encode::{Times, encode_into, percent_encode};
use super::params::{borrowed, normalise_into, room};

/// Scheme, host and port of a public URL, in canonical form.
///
/// The host is lower-case, international names are punycode, and a default port equals one that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    https: bool,
    host: Host<String>,
    port: u16,
    /// Host and port as [`Origin::authority`] gives them.
    authority: String,
    /// `scheme://host[:port]`, percent-encoded: every base string has it.
    encoded: String,
}

/// Why a text is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// Not an absolute URL of one of the two schemes.
    #[error("it must start with http:// or https://")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("it has no valid host and port")]
    Host,
    /// An `@` before the path.
    #[error("it must not hold a user name or password")]
    UserInfo,
    /// A path other than `/`.
    #[error("it must not have a path")]
    Path,
    /// A `?`.
    #[error("it must not have a query")]
    Query,
    /// A `#`.
    #[error("it must not have a fragment")]
    Fragment,
    /// A control character, blank or backslash.
    #[error("it must not hold control characters, blanks or backslashes")]
    Character,
}

impl Origin {
    /// Reads a URL that consists of an origin alone, like `https://forge.example:8443`, with or without a `/` at the
    /// end.
    ///
    /// # Errors
    /// When the scheme is neither `http` nor `https`, the host is missing or impossible, or anything else is there:
    /// path, query, fragment, user information, control characters.
    pub fn parse(url: &str) -> Result<Self, OriginError> {
        let (origin, rest) = split(url)?;
        match rest {
            "" | "/" => Ok(origin),
            _ if rest.contains('#') => Err(OriginError::Fragment),
            _ if rest.contains('?') => Err(OriginError::Query),
            _ => Err(OriginError::Path),
        }
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        if self.https { "https" } else { "http" }
    }

    /// Host and port as the base string has them: lower-case, the default port left out, IPv6 in brackets.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether both are on one host, at whatever ports.
    pub fn shares_host_with(&self, other: &Self) -> bool {
        self.host == other.host
    }

    /// Whether the host's name is kept for whoever asks (RFC 6761, section 6.3).
    pub fn is_localhost(&self) -> bool {
        matches!(&self.host, Host::Domain(name) if name == "localhost" || name.ends_with(".localhost"))
    }

    /// Whether a `Host` header names this origin: in any case, this scheme's default port written out or left out.
    ///
    /// What could not be a `Host` header matches nothing.
    pub fn matches_host_header(&self, host: &str) -> bool {
        // Narrower than a URL's authority, where escapes and international names would be understood too.
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte))
            && Self::from_authority(self.https, host).is_ok_and(|named| named == *self)
    }

    /// Makes an absolute URL of a path (with or without a query) of this service.
    pub fn join(&self, path_and_query: &str) -> String {
        let slash = if path_and_query.starts_with('/') { "" } else { "/" };
        format!("{self}{slash}{path_and_query}")
    }

    /// Whether the host is a loopback one: `localhost`, 127.0.0.0/8 or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// Whether scheme and host are equal, whatever the ports.
    pub fn equals_but_for_port(&self, other: &Self) -> bool {
        self.https == other.https && self.host == other.host
    }

    /// Reads `host[:port]`.
    fn from_authority(https: bool, authority: &str) -> Result<Self, OriginError> {
        let scheme = if https { "https" } else { "http" };
        if authority.contains('@') {
            return Err(OriginError::UserInfo);
        }
        // The parser would skip further slashes to look for a host.
        if authority.is_empty() || authority.contains(['/', '?', '#', '\\']) {
            return Err(OriginError::Host);
        }
        let url = Url::parse(&format!("{scheme}://{authority}/")).map_err(|_| OriginError::Host)?;
        let host = url.host().ok_or(OriginError::Host)?.to_owned();
        // The parser lets through characters such as `;` and `,` that mean something in headers.
        if let Host::Domain(name) = &host
            && !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        {
            return Err(OriginError::Host);
        }
        let port = url.port_or_known_default().ok_or(OriginError::Host)?;
        let default_port = if https { 443 } else { 80 };
        let authority = if port == default_port { host.to_string() } else { format!("{host}:{port}") };
        let encoded = percent_encode(&format!("{scheme}://{authority}"));
        Ok(Self { https, host, port, authority, encoded })
    }
}

impl fmt::Display for Origin {
    /// Writes `scheme://host[:port]`, without a slash at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.authority())
    }
}

/// Splits an absolute URL into its origin and the text that follows it, path, query and fragment byte for byte.
pub(super) fn split(url: &str) -> Result<(Origin, &str), OriginError> {
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(OriginError::Character);
    }
    let (scheme, after) = url.split_once("://").ok_or(OriginError::Scheme)?;
    let https = scheme.eq_ignore_ascii_case("https");
    if !https && !scheme.eq_ignore_ascii_case("http") {
        return Err(OriginError::Scheme);
    }
    let (authority, rest) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
    Ok((Origin::from_authority(https, authority)?, rest))
}

/// Writes the base string URI of a request (section 3.4.1.2).
///
/// `path` is the path on the wire, without query; it is not normalised. An empty one is `/`.
pub fn base_string_uri(origin: &Origin, path: &str) -> String {
    origin.join(path)
}

/// Writes the signature base string of a request (section 3.4.1.1).
///
/// `pairs` are all parameters, decoded, from header, query and form body, without `oauth_signature` and the header's
/// `realm`, in any order. The method is upper-cased.
pub fn base_string<N: AsRef<str>, V: AsRef<str>>(
    http_method: &str,
    origin: &Origin,
    path: &str,
    pairs: &[(N, V)],
) -> String {
    assemble(http_method, origin, path, &mut borrowed(pairs))
}

/// Writes the base string, and leaves the parameters sorted.
pub(super) fn assemble<N: AsRef<str>, V: AsRef<str>>(
    http_method: &str,
    origin: &Origin,
    path: &str,
    pairs: &mut [(N, V)],
) -> String {
    // Enough for a path of which not more than every other character is escaped, and for parameters that need no
    // escapes. More makes the text grow.
    let length = http_method.len() + origin.encoded.len() + 2 * path.len() + room(pairs);
    let mut text = String::with_capacity(length);
    encode_into(&mut text, http_method, Times::Once);
    // Escapes are upper-case already.
    text.make_ascii_uppercase();
    text.push('&');
    text.push_str(&origin.encoded);
    if !path.starts_with('/') {
        text.push_str("%2F");
    }
    encode_into(&mut text, path, Times::Once);
    text.push('&');
    normalise_into(&mut text, pairs, Times::Twice);
    text
}

#[cfg(test)]
mod pitfall_04 {
    use super::*;

    fn origin(url: &str) -> Origin {
        Origin::parse(url).unwrap()
    }

    #[test]
    fn scheme_and_host_are_lower_cased_and_the_path_is_not() {
        let uri = base_string_uri(&origin("HTTP://EXAMPLE.COM:80/"), "/r%20v/X");
        assert_eq!(uri, "http://example.com/r%20v/X");
    }

    #[test]
    fn default_ports_are_dropped_and_others_kept() {
        assert_eq!(origin("http://example.com:80").authority(), "example.com");
        assert_eq!(origin("https://example.com:443").authority(), "example.com");
        assert_eq!(origin("https://example.com:80").authority(), "example.com:80");
        assert_eq!(origin("http://example.com:443").authority(), "example.com:443");
        assert_eq!(base_string_uri(&origin("https://www.example.net:8080"), "/"), "https://www.example.net:8080/");
    }

    #[test]
    fn an_ipv6_authority_keeps_its_brackets() {
        assert_eq!(origin("http://[2001:DB8::1]:80").authority(), "[2001:db8::1]");
        assert_eq!(origin("https://[::1]:8443").to_string(), "https://[::1]:8443");
        assert!(origin("http://[::1]:8080").matches_host_header("[::1]:8080"));
        assert!(origin("http://[::1]").matches_host_header("[0:0::1]:80"));
    }

    #[test]
    fn an_empty_path_is_a_slash() {
        assert_eq!(base_string_uri(&origin("http://example.com"), ""), "http://example.com/");
    }

    #[test]
    fn the_path_is_signed_as_it_stands_on_the_wire() {
        for path in ["/a%2fb", "/a%2Fb", "/a/../b", "//a", "/a;b=c", "/%7Euser", "/~user", "/a+b", "/é"] {
            assert_eq!(base_string_uri(&origin("http://h.example"), path), format!("http://h.example{path}"));
        }
    }

    #[test]
    fn a_host_header_may_write_the_default_port_of_the_scheme_and_no_other() {
        let http = origin("http://Example.com");
        assert!(http.matches_host_header("EXAMPLE.com"));
        assert!(http.matches_host_header("example.com:80"));
        assert!(!http.matches_host_header("example.com:443"));
        assert!(origin("https://example.com").matches_host_header("example.com:443"));
        assert!(!origin("https://example.com").matches_host_header("example.com:80"));
        assert!(!origin("http://example.com:8080").matches_host_header("example.com"));
    }

    #[test]
    fn garbage_in_a_host_header_matches_nothing() {
        let origin = origin("http://example.com");
        for garbage in [
            "",
            ":",
            ":80",
            "example.com/",
            "example.com/x",
            "a@example.com",
            "example.com#",
            "example.com?",
            "[",
            "[::1",
            "example.com:x",
            "example.com:99999",
            " example.com",
            "example.com ",
            "example.com,evil.example",
            "ex%61mple.com",
            "example.com\\",
            "example.com.evil.example",
            "http://example.com",
            "\0",
            "exämple.com",
        ] {
            assert!(!origin.matches_host_header(garbage), "{garbage:?}");
        }
    }

    #[test]
    fn an_origin_with_anything_else_in_it_is_refused() {
        for (text, error) in [
            ("ftp://example.com", OriginError::Scheme),
            ("example.com", OriginError::Scheme),
            ("http:example.com", OriginError::Scheme),
            ("javascript://example.com", OriginError::Scheme),
            ("", OriginError::Scheme),
            ("http://", OriginError::Host),
            ("http:///example.com", OriginError::Host),
            ("http://:80", OriginError::Host),
            ("http://example.com:99999", OriginError::Host),
            ("http://a;b.example", OriginError::Host),
            ("http://a,b.example", OriginError::Host),
            ("http://user@example.com", OriginError::UserInfo),
            ("http://@example.com", OriginError::UserInfo),
            ("http://example.com/forge", OriginError::Path),
            ("http://example.com//", OriginError::Path),
            ("http://example.com?", OriginError::Query),
            ("http://example.com/?a", OriginError::Query),
            ("http://example.com#", OriginError::Fragment),
            ("http://example.com\n", OriginError::Character),
            (" http://example.com", OriginError::Character),
            ("http://exa\tmple.com", OriginError::Character),
            ("http:\\\\example.com", OriginError::Character),
        ] {
            assert_eq!(Origin::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn an_international_host_becomes_punycode() {
        assert_eq!(origin("http://BÜCHER.example").to_string(), "http://xn--bcher-kva.example");
    }

    #[test]
    fn a_path_is_joined_with_exactly_one_slash() {
        let origin = origin("http://example.com:8080/");
        assert_eq!(origin.join("/a?b=c"), "http://example.com:8080/a?b=c");
        assert_eq!(origin.join("a"), "http://example.com:8080/a");
        assert_eq!(origin.join(""), "http://example.com:8080/");
    }
}

#[cfg(test)]
mod pitfall_07 {
    use super::*;

    #[test]
    fn the_method_is_upper_cased_whatever_it_is() {
        let origin = Origin::parse("http://example.com").unwrap();
        for method in ["get", "PATCH", "Delete", "options", "HEAD", "PUT"] {
            let text = base_string(method, &origin, "/", &[("a", "b c")]);
            assert_eq!(text, format!("{}&http%3A%2F%2Fexample.com%2F&a%3Db%2520c", method.to_uppercase()));
        }
    }
}
