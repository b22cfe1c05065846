//! A query or a form body. What is read is what the WHATWG's parser makes of it, which knows no malformed form; and
//! nothing is refused that this one reads without loss.

use oauthprovider::oauth1::{encode_urlencoded, normalise, parse_urlencoded};
use url::form_urlencoded;

use super::naive;

/// Whether these bytes are a form that can be read.
pub fn is_good(data: &[u8]) -> bool {
    let theirs: Vec<_> = form_urlencoded::parse(data).into_owned().collect();
    let Ok(ours) = parse_urlencoded(data) else {
        assert!(is_lossy(data, &theirs), "refused, although nothing is wrong with {theirs:?}");
        return false;
    };
    assert_eq!(ours, theirs);
    let written = encode_urlencoded(&ours);
    // A pair without name and value is written `=`, and is one all the same.
    assert_eq!(parse_urlencoded(written.as_bytes()).as_ref(), Ok(&ours), "{written}");

    let normalised = normalise(&ours);
    assert_eq!(normalised, naive::normalised(&ours));
    let reversed: Vec<_> = ours.into_iter().rev().collect();
    assert_eq!(normalise(&reversed), normalised, "the order in which it was sent matters");
    true
}

/// Whether there is a broken escape, a NUL or something that is not UTF-8; a replacement character is perhaps one.
fn is_lossy(data: &[u8], theirs: &[(String, String)]) -> bool {
    let is_broken = |after: &[u8]| !after.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    data.split(|&byte| byte == b'%').skip(1).any(is_broken)
        || theirs.iter().any(|(name, value)| [name, value].iter().any(|text| text.contains(['\0', '\u{fffd}'])))
}
