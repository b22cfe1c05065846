//! Answers: how is text percent-encoded, and what does percent-encoded text say? (RFC 5849, section 3.6)
//!
//! Decoding is strict, because what is signed must mean the same to both sides: a broken escape, a NUL or bytes that
//! are not UTF-8 are errors, never replaced by something similar. Does not split names from values: see
//! [`params`](super::params).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str;

use percent_encoding::percent_encode_byte;

/// One for each byte that is reserved, nought for the unreserved characters (RFC 3986, section 2.3). A table, because each
/// byte of a request is looked up several times.
#[expect(clippy::indexing_slicing, reason = "made by the compiler, which would refuse it")]
static RESERVED: [u8; 256] = {
    let mut table = [1; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            table[byte as usize] = 0;
        }
        byte += 1;
    }
    table
};

fn reserved(byte: u8) -> u8 {
    RESERVED.get(usize::from(byte)).copied().unwrap_or(1)
}

/// How many bytes there are before the first that is not an ASCII letter, a digit or one of `-._~`.
pub(super) fn unreserved(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    // Four at a time, because nearly all bytes of nearly all requests are passed over here.
    while let [a, b, c, d, after @ ..] = rest
        && reserved(*a) | reserved(*b) | reserved(*c) | reserved(*d) == 0
    {
        rest = after;
    }
    let more = rest.iter().take_while(|byte| reserved(**byte) == 0).count();
    bytes.len() - rest.len() + more
}

/// Percent-encodes every byte that is not an ASCII letter, a digit or one of `-._~`.
///
/// Hexadecimal digits are upper-case, a blank is `%20` and never `+`, text outside ASCII is encoded as UTF-8 (section
/// 3.6). The answer holds unreserved characters and `%` only.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode_into(&mut encoded, text, Times::Once);
    encoded
}

/// How often text is encoded: the parameters in a base string are, each by itself and then as a list.
#[derive(Clone, Copy)]
pub(super) enum Times {
    Once,
    Twice,
}

/// Encodes as [`percent_encode`] does, to the end of what is written already.
pub(super) fn encode_into(written: &mut String, text: &str, times: Times) {
    let escape = match times {
        Times::Once => "%",
        Times::Twice => "%25",
    };
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at(unreserved(rest.as_bytes()));
        written.push_str(plain);
        let Some(first) = after.chars().next() else { return };
        let (reserved, after) = after.split_at(first.len_utf8());
        for byte in reserved.bytes() {
            written.push_str(escape);
            written.push_str(percent_encode_byte(byte).trim_start_matches('%'));
        }
        rest = after;
    }
}

/// Compares two texts by their encoded bytes, without encoding them.
pub(super) fn compare_encoded(one: &str, other: &str) -> Ordering {
    let mut bytes = one.bytes().zip(other.bytes());
    // The first bytes that differ decide. An escape begins with `%`, which comes before everything unreserved, and the
    // digits of two escapes are in the order of the bytes that they stand for.
    let rank = |byte: u8| (1 - reserved(byte), byte);
    match bytes.find(|(one, other)| one != other) {
        Some((one, other)) => rank(one).cmp(&rank(other)),
        None => one.len().cmp(&other.len()),
    }
}

/// What a `+` means in text that is to be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plus {
    /// A blank, as in a query and in a form body (section 3.4.1.3.1).
    Blank,
    /// A plus, as in an `Authorization` header and in a path.
    Plus,
}

/// Why percent-encoded text cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A `%` without two hexadecimal digits after it.
    #[error("a percent sign is not followed by two hexadecimal digits")]
    BrokenEscape,
    /// A NUL byte, raw or as `%00`.
    #[error("a NUL byte is not allowed")]
    Nul,
    /// The decoded bytes are not UTF-8.
    #[error("the text is not valid UTF-8")]
    NotUtf8,
}

/// Decodes percent-encoded bytes exactly once; what stands for itself is not copied.
///
/// Both cases of hexadecimal digits are understood, and bytes that need no escape may stand there raw.
///
/// # Errors
/// For a broken escape, a NUL byte (raw or `%00`) and for what is not UTF-8 once decoded.
pub fn percent_decode(bytes: &[u8], plus: Plus) -> Result<Cow<'_, str>, Malformed> {
    let is_escape = |byte: &u8| matches!(byte, b'%' | 0) || (*byte == b'+' && plus == Plus::Blank);
    let (_, reserved) = bytes.split_at(unreserved(bytes));
    let Some(escape) = reserved.iter().position(is_escape) else {
        return as_text(bytes).map(Cow::Borrowed);
    };
    let (plain, rest) = bytes.split_at(bytes.len() - reserved.len() + escape);
    let mut decoded = Vec::with_capacity(bytes.len());
    decoded.extend_from_slice(plain);
    let mut rest = rest.iter();
    while let Some(&byte) = rest.next() {
        decoded.push(match byte {
            b'%' => escaped(rest.next(), rest.next()).ok_or(Malformed::BrokenEscape)?,
            b'+' if plus == Plus::Blank => b' ',
            other => other,
        });
    }
    if decoded.contains(&0) {
        return Err(Malformed::Nul);
    }
    String::from_utf8(decoded).map(Cow::Owned).map_err(|_| Malformed::NotUtf8)
}

/// What needs no decoding.
pub(super) fn as_text(bytes: &[u8]) -> Result<&str, Malformed> {
    str::from_utf8(bytes).map_err(|_| Malformed::NotUtf8)
}

/// The byte that two hexadecimal digits stand for.
fn escaped(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod pitfall_03 {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay_as_they_are() {
        let unreserved = "ABCXYZabcxyz0189-._~";
        assert_eq!(percent_encode(unreserved), unreserved);
        assert_eq!(
            percent_encode(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}\t"),
            "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%09"
        );
    }

    #[test]
    fn text_outside_ascii_is_encoded_as_utf_8_in_upper_case() {
        assert_eq!(percent_encode("é☃"), "%C3%A9%E2%98%83");
    }

    #[test]
    fn encoding_twice_is_encoding_what_is_encoded() {
        for text in ["", "plain", " ", "a b%20é☃/", "%", "é"] {
            let mut written = "before ".to_owned();
            encode_into(&mut written, text, Times::Twice);
            assert_eq!(written, format!("before {}", percent_encode(&percent_encode(text))));
        }
    }

    #[test]
    fn texts_are_compared_as_if_they_were_encoded() {
        let every = (1..=0x100_u32).filter_map(char::from_u32).map(String::from);
        let texts = every.chain(["", "aa", "a/", "a~", "☃", "aé"].map(str::to_owned)).collect::<Vec<_>>();
        for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, other))) {
            let encoded = percent_encode(one).cmp(&percent_encode(other));
            assert_eq!(compare_encoded(one, other), encoded, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_plus_is_a_blank_in_a_form_and_a_plus_in_a_header() {
        assert_eq!(percent_decode(b"2+q%2B", Plus::Blank).as_deref(), Ok("2 q+"));
        assert_eq!(percent_decode(b"2+q%2B", Plus::Plus).as_deref(), Ok("2+q+"));
    }

    #[test]
    fn decoding_happens_exactly_once() {
        assert_eq!(percent_decode(b"%2520%252B", Plus::Blank).as_deref(), Ok("%20%2B"));
    }

    #[test]
    fn both_cases_of_hexadecimal_digits_are_understood() {
        assert_eq!(percent_decode(b"%c3%A9%2f%2F", Plus::Plus).as_deref(), Ok("é//"));
    }

    #[test]
    fn whatever_is_encoded_is_decoded_to_the_same() {
        let every = (1..=0x2FF_u32).filter_map(char::from_u32).collect::<String>();
        for plus in [Plus::Blank, Plus::Plus] {
            assert_eq!(percent_decode(percent_encode(&every).as_bytes(), plus).as_deref(), Ok(every.as_str()));
        }
    }
}

#[cfg(test)]
mod pitfall_09 {
    use super::*;

    #[test]
    fn a_broken_escape_is_an_error() {
        for broken in ["%", "%2", "%zz", "%2z", "%z2", "a%", "%%20", "%+1", "% 1", "%é"] {
            assert_eq!(percent_decode(broken.as_bytes(), Plus::Blank), Err(Malformed::BrokenEscape), "{broken}");
        }
    }

    #[test]
    fn a_nul_is_an_error_raw_and_encoded() {
        assert_eq!(percent_decode(b"a\0b", Plus::Plus), Err(Malformed::Nul));
        assert_eq!(percent_decode(b"a%00b", Plus::Plus), Err(Malformed::Nul));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_an_error() {
        for bytes in [&b"%FF"[..], b"\xFF", b"%C3", b"%C0%80", b"%ED%A0%80", b"%F5%80%80%80"] {
            assert_eq!(percent_decode(bytes, Plus::Plus), Err(Malformed::NotUtf8), "{bytes:?}");
        }
    }

    #[test]
    fn each_error_says_what_is_wrong() {
        assert!(Malformed::BrokenEscape.to_string().contains("percent"));
        assert!(Malformed::Nul.to_string().contains("NUL"));
        assert!(Malformed::NotUtf8.to_string().contains("UTF-8"));
    }
}
