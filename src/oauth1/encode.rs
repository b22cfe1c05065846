//! Answers: how is text percent-encoded, and what does percent-encoded text say? (RFC 5849, section 3.6)
//!
//! Decoding is strict, because what is signed must mean the same to both sides: a broken escape, a NUL or bytes that
//! are not UTF-8 are errors, never replaced by something similar. Does not split names from values: see
//! [`params`](super::params).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes every byte that is not an ASCII letter, a digit or one of `-._~`.
///
/// Hexadecimal digits are upper-case, a blank is `%20` and never `+`, text outside ASCII is encoded as UTF-8 (section
/// 3.6). The answer holds unreserved characters and `%` only.
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
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

/// Decodes percent-encoded bytes exactly once.
///
/// Both cases of hexadecimal digits are understood, and bytes that need no escape may stand there raw.
///
/// # Errors
/// For a broken escape, a NUL byte (raw or `%00`) and for what is not UTF-8 once decoded.
pub fn percent_decode(bytes: &[u8], plus: Plus) -> Result<String, Malformed> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
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
    String::from_utf8(decoded).map_err(|_| Malformed::NotUtf8)
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
