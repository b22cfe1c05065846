//! Answers: which parameters does a query or a form body hold, and in what order are they signed? (RFC 5849, section
//! 3.4.1.3)
//!
//! Repeated names, empty values and names without `=` are all kept. Does not know which parameters belong to the
//! protocol, nor limits their number: see [`request`](super::request).

use std::borrow::Cow;

use super::encode::{Malformed, Plus, Times, compare_encoded, encode_into, percent_decode};

/// Decoded names and values in the order in which they were sent, repeated ones included.
pub type Pairs = Vec<(String, String)>;

/// A decoded name and value that are copied only where decoding changed them.
pub type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Reads a query or an `application/x-www-form-urlencoded` body.
///
/// A `+` is a blank, a name without `=` has an empty value, empty pieces between two `&` are skipped (section
/// 3.4.1.3.1). Names and values are decoded exactly once.
///
/// # Errors
/// For a broken escape, a NUL or invalid UTF-8 in any name or value.
pub fn parse_urlencoded(bytes: &[u8]) -> Result<Pairs, Malformed> {
    urlencoded(bytes).map(|pair| pair.map(owned)).collect()
}

/// Reads a query or a form body pair by pair, so that the reader may stop early; otherwise as [`parse_urlencoded`].
pub fn urlencoded(bytes: &[u8]) -> impl Iterator<Item = Result<Pair<'_>, Malformed>> {
    pieces(bytes).map(|(name, value)| Ok((percent_decode(name, Plus::Blank)?, percent_decode(value, Plus::Blank)?)))
}

/// A name and value to keep.
pub(super) fn owned((name, value): Pair<'_>) -> (String, String) {
    (name.into_owned(), value.into_owned())
}

/// Splits a query or a form body into raw names and values, without decoding them.
pub(super) fn pieces(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    bytes.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        // The first `=` ends the name; those that follow belong to the value.
        let mut halves = piece.splitn(2, |&byte| byte == b'=');
        (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
    })
}

/// Writes names and values as a query or a form body, in the order given.
///
/// A blank becomes `%20` and never `+`, so that it reads the same everywhere.
pub fn encode_urlencoded<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let mut written = String::with_capacity(room(pairs));
    join_into(&mut written, pairs, Times::Once);
    written
}

/// Writes names and values as they are signed: encoded, sorted, joined (section 3.4.1.3.2).
///
/// Sorting is by the encoded bytes of the name and then of the value, not of `name=value` as a whole.
pub fn normalise<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let mut pairs = borrowed(pairs);
    let mut written = String::with_capacity(room(&pairs));
    normalise_into(&mut written, &mut pairs, Times::Once);
    written
}

/// Sorts pairs and writes them as [`normalise`] does, or encoded once more, as a base string holds them.
pub(super) fn normalise_into<N: AsRef<str>, V: AsRef<str>>(written: &mut String, pairs: &mut [(N, V)], times: Times) {
    pairs.sort_unstable_by(|(name, value), (other_name, other_value)| {
        compare_encoded(name.as_ref(), other_name.as_ref())
            .then_with(|| compare_encoded(value.as_ref(), other_value.as_ref()))
    });
    join_into(written, pairs, times);
}

/// The same pairs, to be put into another order.
pub(super) fn borrowed<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect()
}

/// How many bytes pairs take when they are written, as long as nothing in them needs an escape.
pub(super) fn room<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> usize {
    let joints = "%3D%26".len();
    pairs.iter().map(|(name, value)| name.as_ref().len() + value.as_ref().len() + joints).sum()
}

/// Encodes pairs, joined with `=` and `&`.
fn join_into<N: AsRef<str>, V: AsRef<str>>(written: &mut String, pairs: &[(N, V)], times: Times) {
    let (equals, ampersand) = match times {
        Times::Once => ("=", "&"),
        Times::Twice => ("%3D", "%26"),
    };
    for (at, (name, value)) in pairs.iter().enumerate() {
        if at > 0 {
            written.push_str(ampersand);
        }
        encode_into(written, name.as_ref(), times);
        written.push_str(equals);
        encode_into(written, value.as_ref(), times);
    }
}

#[cfg(test)]
mod pitfall_01 {
    use super::*;

    #[test]
    fn parameters_are_sorted_after_encoding() {
        // `@` comes after `2` as a character, `%40` before it.
        assert_eq!(normalise(&[("c2", ""), ("c@", "")]), "c%40=&c2=");
        assert_eq!(normalise(&[("é", "1"), ("z", "2"), ("~", "3")]), "%C3%A9=1&z=2&~=3");
    }

    #[test]
    fn numbers_in_names_are_not_sorted_naturally() {
        assert_eq!(normalise(&[("a2", "x"), ("a10", "y"), ("A", "z")]), "A=z&a10=y&a2=x");
    }

    #[test]
    fn names_are_compared_before_values_and_not_as_whole_strings() {
        // As whole strings `name10=` would come before `name1=`, because `0` comes before `=`.
        assert_eq!(normalise(&[("name10", "a"), ("name1", "b")]), "name1=b&name10=a");
        assert_eq!(normalise(&[("a-b", "1"), ("a", "2")]), "a=2&a-b=1");
    }
}

#[cfg(test)]
mod pitfall_02 {
    use super::*;

    #[test]
    fn repeated_parameters_are_kept_and_sorted_by_their_encoded_value() {
        assert_eq!(normalise(&[("a", "é"), ("a", "b"), ("a", "b"), ("a", "")]), "a=&a=%C3%A9&a=b&a=b");
    }

    #[test]
    fn a_name_without_an_equals_sign_has_an_empty_value() {
        let pairs = parse_urlencoded(b"c2&a3=2+q&x=").unwrap();
        assert_eq!(pairs, [("c2", ""), ("a3", "2 q"), ("x", "")].map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn empty_pieces_are_skipped_and_empty_names_kept() {
        let pairs = parse_urlencoded(b"&&a=1&&=2&").unwrap();
        assert_eq!(pairs, [("a", "1"), ("", "2")].map(|(n, v)| (n.to_owned(), v.to_owned())));
        assert_eq!(parse_urlencoded(b"").unwrap(), []);
        assert_eq!(normalise(&[("", ""), ("", "2")]), "=&=2");
    }

    #[test]
    fn brackets_dots_and_further_equals_signs_are_ordinary() {
        let pairs = parse_urlencoded(b"a[]=1&a%5B%5D=2&b.c==d=").unwrap();
        assert_eq!(normalise(&pairs), "a%5B%5D=1&a%5B%5D=2&b.c=%3Dd%3D");
    }
}

#[cfg(test)]
mod pitfall_03 {
    use super::*;

    #[test]
    fn a_blank_is_written_as_percent_twenty() {
        assert_eq!(encode_urlencoded(&[("b", "a b+c"), ("a", "")]), "b=a%20b%2Bc&a=");
    }

    #[test]
    fn a_broken_escape_anywhere_spoils_the_whole() {
        assert_eq!(parse_urlencoded(b"a=1&b%=2"), Err(Malformed::BrokenEscape));
        assert_eq!(parse_urlencoded(b"a=%00"), Err(Malformed::Nul));
        assert_eq!(parse_urlencoded(b"a=\xE9"), Err(Malformed::NotUtf8));
    }
}
