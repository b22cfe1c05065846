//! RFC 5849, section 3.4.1, once more: written to be compared with, in as few and as plain lines as will do.

/// Section 3.6.
pub fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Section 3.4.1.3.2.
pub fn normalised(pairs: &[(String, String)]) -> String {
    let mut pairs: Vec<_> = pairs.iter().map(|(name, value)| (encoded(name), encoded(value))).collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Section 3.4.1.1.
pub fn base_string(method: &str, uri: &str, pairs: &[(String, String)]) -> String {
    let method = encoded(&method.to_ascii_uppercase());
    format!("{method}&{}&{}", encoded(uri), encoded(&normalised(pairs)))
}
