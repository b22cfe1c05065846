//! A request as a fuzzer writes it, and as a person can: a line with the method and the URL, then one for each header,
//! then, after an empty line, the body. Lines end with a line feed alone; header values and bodies are bytes.

use oauthprovider::oauth1::{Origin, RawRequest, is_form};

/// The parts of a request, nothing decoded.
pub struct Wire<'a> {
    pub method: &'a str,
    pub origin: Origin,
    pub path: &'a str,
    pub query: Option<&'a str>,
    /// The values of all `Authorization` headers, whatever their schemes.
    pub authorization: Vec<&'a [u8]>,
    pub is_form: bool,
    pub body: &'a [u8],
}

impl<'a> Wire<'a> {
    /// `None` for what would not have reached the code that reads requests: no URL, or one that names no origin.
    pub fn read(data: &'a [u8]) -> Option<Self> {
        let (head, body) = halves(data, b"\n\n").unwrap_or((data, &[]));
        let (first, headers) = halves(head, b"\n").unwrap_or((head, &[]));
        let (method, url) = std::str::from_utf8(first).ok()?.split_once(' ')?;
        let (_, after_scheme) = url.split_once("://")?;
        let authority = after_scheme.find(['/', '?', '#']).unwrap_or(after_scheme.len());
        let (origin, target) = url.split_at(url.len() - after_scheme.len() + authority);
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let values = |wanted: &'static [u8]| {
            let lines = headers.split(|&byte| byte == b'\n').filter_map(|line| halves(line, b": "));
            lines.filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
        };
        let is_form =
            values(b"content-type").next().and_then(|value| std::str::from_utf8(value).ok()).is_some_and(is_form);
        let authorization = values(b"authorization").collect();
        Some(Self { method, origin: Origin::parse(origin).ok()?, path, query, authorization, is_form, body })
    }

    /// The same as the code under test takes it.
    pub fn raw(&self) -> RawRequest<'_> {
        RawRequest {
            method: self.method,
            origin: &self.origin,
            path: self.path,
            query: self.query,
            authorization: self.authorization.iter().copied().collect(),
            is_form: self.is_form,
            body: self.body,
        }
    }
}

/// What stands before the first of these separators, and after it.
fn halves<'b>(bytes: &'b [u8], separator: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}
