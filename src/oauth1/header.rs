//! Answers: what does an `Authorization: OAuth` header hold, and how is one written? (RFC 5849, section 3.5.1)
//!
//! The grammar is that of RFC 9110, section 11: a scheme and a list of `name=value` or `name="value"`. Does not know
//! which parameters are required: see [`request`](super::request).

use std::borrow::Cow;
use std::iter;

use super::encode::{Malformed, Plus, Times, as_text, encode_into, percent_decode, unreserved};
use super::params::{Pair, Pairs, owned, room};
use super::problem::Problem;

/// The `Authorization` headers of a request that are of the scheme `OAuth`, written in any case; collected from all of
/// them.
#[derive(Clone, Copy)]
pub struct Authorization<'a> {
    /// What follows the scheme in the first.
    list: Option<&'a [u8]>,
    is_repeated: bool,
}

impl<'a> FromIterator<&'a [u8]> for Authorization<'a> {
    fn from_iter<I: IntoIterator<Item = &'a [u8]>>(headers: I) -> Self {
        let mut lists = headers.into_iter().filter_map(after_scheme);
        Self { list: lists.next(), is_repeated: lists.next().is_some() }
    }
}

impl<'a> Authorization<'a> {
    /// Whether there is one.
    pub fn is_oauth(self) -> bool {
        self.list.is_some()
    }

    /// Reads the only one pair by pair, so that the reader may stop early; otherwise as [`parse`].
    ///
    /// # Errors
    /// [`Problem::ParameterRejected`] where there are several.
    pub(super) fn pairs(self) -> Result<impl Iterator<Item = Result<Pair<'a>, Problem>>, Problem> {
        if self.is_repeated {
            return Err(rejected("send one Authorization: OAuth header, not several".to_owned()));
        }
        Ok(self.list.into_iter().flat_map(elements))
    }
}

/// Reads an `Authorization` header of the scheme `OAuth`: decoded names and values in the order in which they were
/// sent.
///
/// `realm` is dropped. Values may be quoted, and may then hold `,`, `=`, blanks and `\`-escapes, or bare. Blanks around
/// `,` and `=`, empty list elements and a comma at the end are accepted. A `+` is a plus.
///
/// # Errors
/// [`Problem::ParameterRejected`] for another scheme, for anything that is not such a list, and for a broken escape, a
/// NUL or invalid UTF-8 in a name or value.
pub fn parse(header: &[u8]) -> Result<Pairs, Problem> {
    let list = after_scheme(header).ok_or_else(not_a_list)?;
    elements(list).map(|pair| pair.map(owned)).collect()
}

/// The realm that such a header names.
pub(super) fn realm(header: &[u8]) -> Option<String> {
    let mut rest = after_scheme(header)?;
    while let Ok(Some((element, after))) = element(rest) {
        rest = after;
        if element.name.decode().is_ok_and(|name| name.eq_ignore_ascii_case("realm")) {
            return element.value.decode().ok().map(Cow::into_owned);
        }
    }
    None
}

/// Reads what follows the scheme.
fn elements(list: &[u8]) -> impl Iterator<Item = Result<Pair<'_>, Problem>> {
    let mut rest = Some(list);
    let raw = iter::from_fn(move || match element(rest.take()?) {
        Ok(None) => None,
        Ok(Some((element, after))) => {
            rest = Some(after);
            Some(Ok(element))
        }
        Err(problem) => Some(Err(problem)),
    });
    raw.filter_map(|element| element.and_then(|element| element.decode().map_err(undecodable)).transpose())
}

/// Writes an `Authorization` or `WWW-Authenticate` value of the scheme `OAuth`.
///
/// Names and values are percent-encoded; the realm is a quoted string, with `"` and `\` escaped and control characters
/// left out.
pub fn write<N: AsRef<str>, V: AsRef<str>>(realm: Option<&str>, pairs: &[(N, V)]) -> String {
    let mut written = "OAuth".to_owned();
    written.reserve(room(pairs));
    if let Some(realm) = realm {
        written.push_str(" realm=\"");
        written.push_str(&escape(realm));
        written.push('"');
    }
    for (number, (name, value)) in pairs.iter().enumerate() {
        written.push_str(if number == 0 && realm.is_none() { " " } else { ", " });
        encode_into(&mut written, name.as_ref(), Times::Once);
        written.push_str("=\"");
        encode_into(&mut written, value.as_ref(), Times::Once);
        written.push('"');
    }
    written
}

/// The inside of a quoted string.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// One name and value as they stand in the header.
struct Element<'a> {
    name: Word<'a>,
    value: Word<'a>,
}

/// A name or a value, quotes and their escapes resolved.
enum Word<'a> {
    /// Unreserved characters alone, as nearly all are: what has been looked through once need not be again.
    Plain(&'a [u8]),
    Encoded(&'a [u8]),
    /// Without the escapes of its quotes.
    Unescaped(Vec<u8>),
}

impl<'a> Element<'a> {
    /// Decodes both; `None` for the realm, which is not percent-encoded and not signed.
    fn decode(self) -> Result<Option<Pair<'a>>, Malformed> {
        let name = self.name.decode()?;
        if name.eq_ignore_ascii_case("realm") {
            return Ok(None);
        }
        Ok(Some((name, self.value.decode()?)))
    }
}

impl<'a> Word<'a> {
    fn decode(self) -> Result<Cow<'a, str>, Malformed> {
        match self {
            Self::Plain(word) => as_text(word).map(Cow::Borrowed),
            Self::Encoded(word) => percent_decode(word, Plus::Plus),
            Self::Unescaped(word) => Ok(Cow::Owned(percent_decode(&word, Plus::Plus)?.into_owned())),
        }
    }
}

/// What follows the scheme, if it is `OAuth`.
fn after_scheme(header: &[u8]) -> Option<&[u8]> {
    let header = header.trim_ascii_start();
    let (scheme, rest) = header.split_at_checked(5)?;
    let ends = rest.first().is_none_or(is_blank);
    (scheme.eq_ignore_ascii_case(b"OAuth") && ends).then_some(rest)
}

/// Takes the next element off the list, with the comma after it; `None` at the end.
fn element(bytes: &[u8]) -> Result<Option<(Element<'_>, &[u8])>, Problem> {
    let bytes = skip(bytes, |byte| is_blank(byte) || *byte == b',');
    if bytes.is_empty() {
        return Ok(None);
    }
    let (name, after) = bare(bytes);
    // A name is there if anything was taken.
    let is_named = after.len() < bytes.len();
    let rest = skip(after, is_blank).strip_prefix(b"=").filter(|_| is_named).ok_or_else(not_a_list)?;
    let rest = skip(rest, is_blank);
    let (value, rest) = match rest.strip_prefix(b"\"") {
        Some(inside) => quoted(inside).ok_or_else(not_a_list)?,
        None => bare(rest),
    };
    let rest = skip(rest, is_blank);
    if rest.first().is_none_or(|&byte| byte == b',') {
        Ok(Some((Element { name, value }, rest)))
    } else {
        Err(not_a_list())
    }
}

/// Splits a name or unquoted value from what follows it.
fn bare(bytes: &[u8]) -> (Word<'_>, &[u8]) {
    let ends = |byte: &u8| byte.is_ascii_control() || b" ,=\"\\".contains(byte);
    let (plain, rest) = bytes.split_at(unreserved(bytes));
    if rest.first().is_none_or(ends) {
        return (Word::Plain(plain), rest);
    }
    let more = rest.iter().position(ends).unwrap_or(rest.len());
    let (word, rest) = bytes.split_at(plain.len() + more);
    (Word::Encoded(word), rest)
}

/// Reads to the closing quote; `None` if there is none, or a control character comes first.
fn quoted(inside: &[u8]) -> Option<(Word<'_>, &[u8])> {
    let (plain, rest) = inside.split_at(unreserved(inside));
    if let Some(after) = rest.strip_prefix(b"\"") {
        return Some((Word::Plain(plain), after));
    }
    let end = plain.len() + rest.iter().position(ends_plain_text)?;
    let (word, mut rest) = inside.split_at(end);
    if let Some(after) = rest.strip_prefix(b"\"") {
        return Some((Word::Encoded(word), after));
    }
    let mut unescaped = word.to_vec();
    loop {
        rest = match rest.split_first()? {
            (b'"', after) => return Some((Word::Unescaped(unescaped), after)),
            (b'\\', after) => {
                let (&escaped, after) = after.split_first()?;
                unescaped.push(escaped);
                after
            }
            (byte, _) if ends_plain_text(byte) => return None,
            (&byte, after) => {
                unescaped.push(byte);
                after
            }
        };
    }
}

/// Whether this byte may not stand in a quoted string as itself.
fn ends_plain_text(byte: &u8) -> bool {
    match byte {
        b'"' | b'\\' => true,
        // A NUL is left to decoding, which names it.
        b'\t' | 0 => false,
        other => other.is_ascii_control(),
    }
}

fn skip(bytes: &[u8], unwanted: impl Fn(&u8) -> bool) -> &[u8] {
    bytes.split_at(bytes.iter().position(|byte| !unwanted(byte)).unwrap_or(bytes.len())).1
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn not_a_list() -> Problem {
    rejected("the Authorization header is not a list of name=\"value\" separated by commas".to_owned())
}

fn undecodable(fault: Malformed) -> Problem {
    rejected(format!("in the Authorization header {fault}"))
}

fn rejected(advice: String) -> Problem {
    Problem::ParameterRejected { names: Vec::new(), advice: Some(advice) }
}

#[cfg(test)]
mod pitfall_05 {
    use super::*;

    fn is_oauth(header: &[u8]) -> bool {
        Authorization::from_iter([header]).is_oauth()
    }

    fn pairs(header: &str) -> Vec<(String, String)> {
        parse(header.as_bytes()).unwrap()
    }

    fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Pairs {
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    }

    #[test]
    fn the_scheme_may_be_in_any_case_and_must_be_a_whole_word() {
        for header in ["OAuth", "oauth a=\"b\"", "OAUTH\ta=b", "OAuth  ", "oAuTh a"] {
            assert!(is_oauth(header.as_bytes()), "{header}");
        }
        for header in ["", "Basic OAuth", "Bearer x", "OAuth2 x", "OAuthx", "OAut", "OAuth,a=b", "OAuth=\"b\"", "é"] {
            assert!(!is_oauth(header.as_bytes()), "{header}");
        }
    }

    #[test]
    fn the_realm_is_dropped_in_any_case_and_never_decoded() {
        assert_eq!(pairs(r#"OAuth realm="50% off, \"a\"=b", a="1""#), owned([("a", "1")]));
        assert_eq!(pairs(r#"OAuth REALM="x", a="1", Realm=y"#), owned([("a", "1")]));
        assert_eq!(parse(b"OAuth realm=\"\xFF\"").unwrap(), []);
    }

    #[test]
    fn quoted_values_hold_commas_equals_signs_blanks_and_escapes() {
        assert_eq!(pairs(r#"OAuth a="1,2=3 4",b="q\"\\\x""#), owned([("a", "1,2=3 4"), ("b", r#"q"\x"#)]));
        assert_eq!(pairs(r#"OAuth a="", b="%22%2C%3D""#), owned([("a", ""), ("b", "\",=")]));
    }

    #[test]
    fn bare_values_are_accepted() {
        assert_eq!(pairs("OAuth a=1, b=x%20y,c="), owned([("a", "1"), ("b", "x y"), ("c", "")]));
    }

    #[test]
    fn blanks_and_empty_elements_around_commas_and_equals_signs_are_skipped() {
        let header = "OAuth ,, a = \"1\"\t,\tb\t=2 ,,c=\"3\" , ";
        assert_eq!(pairs(header), owned([("a", "1"), ("b", "2"), ("c", "3")]));
        assert_eq!(pairs("OAuth"), []);
        assert_eq!(pairs("OAuth , "), []);
    }

    #[test]
    fn repeated_names_and_empty_values_are_handed_on() {
        assert_eq!(pairs("OAuth a=1,a=1,b=\"\""), owned([("a", "1"), ("a", "1"), ("b", "")]));
    }

    #[test]
    fn anything_else_is_refused_and_nothing_is_repeated() {
        for header in [
            "Basic YWxpY2U6c2VjcmV0",
            "OAuth a",
            "OAuth a b",
            "OAuth =b",
            "OAuth \"a\"=b",
            "OAuth a=\"b",
            "OAuth a=\"b\\",
            "OAuth a=\"b\"c",
            "OAuth a=\"b\" c=\"d\"",
            "OAuth a=b c=d",
            "OAuth a=b=c",
            "OAuth a=b\"c\"",
            "OAuth a=b\\c",
            "OAuth a=\"b\";c=\"d\"",
            "OAuth a==",
            "OAuth a=\"b\r\n\"",
            "OAuth a=\"b\",\r\n c=\"d\"",
            "OAuth a=\x7Fb",
            "OAuth YWxpY2U6c2VjcmV0==",
            "OAuth a=\"%zz\"",
            "OAuth a=\"%\"",
            "OAuth %=b",
            "OAuth a=%FF",
            "OAuth a=\"%00\"",
            "OAuth a=\"\0\"",
        ] {
            let refused = parse(header.as_bytes());
            let Err(Problem::ParameterRejected { names, advice: Some(advice) }) = refused else { panic!("{header:?}") };
            assert!(names.is_empty() && advice.contains("Authorization header"), "{header:?}");
        }
        assert!(parse(b"OAuth a=\"\xFF\"").is_err());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let all = (1..=0x2FF_u32).filter_map(char::from_u32).collect::<String>();
        let sent = owned([("a", all.as_str()), (all.as_str(), ""), ("b", "1")]);
        assert_eq!(pairs(&write(Some("a \"realm\", é\\"), &sent)), sent);
        assert_eq!(pairs(&write(None, &sent)), sent);
    }

    #[test]
    fn a_header_is_written_with_its_realm_first() {
        assert_eq!(write(Some("Photos"), &[("a", "b c")]), r#"OAuth realm="Photos", a="b%20c""#);
        assert_eq!(write::<&str, &str>(None, &[]), "OAuth");
    }
}

#[cfg(test)]
mod pitfall_03 {
    use super::*;

    #[test]
    fn a_plus_in_a_header_is_a_plus() {
        let pairs = parse(b"OAuth a=\"b+c%2B%2520\"").unwrap();
        assert_eq!(pairs, [("a".to_owned(), "b+c+%20".to_owned())]);
    }
}
