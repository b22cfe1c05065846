//! One request out, one answer in; redirects are looked at, not followed.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use oauthprovider::oauth1::{Origin, RawRequest, SignedRequest, is_form};

use super::record;

/// A request as it goes out.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Call {
    pub fn new(method: &str, url: &str) -> Self {
        Self { method: method.to_owned(), url: url.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", media_type)
    }

    #[must_use]
    pub fn form(self, pairs: &[(&str, &str)]) -> Self {
        let body = oauthprovider::oauth1::encode_urlencoded(pairs);
        self.body("application/x-www-form-urlencoded", body)
    }

    /// Sends it over a connection of its own, byte for byte as it stands here.
    #[track_caller]
    pub fn send(&self) -> Answer {
        let (authority, bytes) = self.bytes("close");
        Answer::parse(&authority, &exchange(&authority, &bytes))
    }

    /// The same of a service that may be gone: `None` where there is no whole answer.
    pub fn try_send(&self) -> Option<Answer> {
        let (authority, bytes) = self.bytes("close");
        let mut stream = TcpStream::connect(&authority).ok()?;
        let answer = converse(&mut stream, &bytes);
        is_whole(&answer).then(|| Answer::parse(&authority, &answer))
    }

    /// Sends it over a connection that somebody else made, which is closed then.
    #[track_caller]
    pub fn send_over(&self, stream: &mut (impl Read + Write)) -> Answer {
        let (authority, bytes) = self.bytes("close");
        Answer::parse(&authority, &speak(stream, &bytes))
    }

    /// The same, and the connection is kept.
    #[track_caller]
    pub fn keep_alive_over(&self, stream: &mut (impl Read + Write)) -> Answer {
        let (authority, bytes) = self.bytes("keep-alive");
        Answer::parse(&authority, &speak(stream, &bytes))
    }

    /// Whom it is for, and what is written to them; what becomes of the connection afterwards.
    fn bytes(&self, afterwards: &str) -> (String, Vec<u8>) {
        let (_, rest) = self.url.split_once("://").unwrap();
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let slash = if path.starts_with('/') { "" } else { "/" };
        let mut head = format!("{} {slash}{path} HTTP/1.1\r\nConnection: {afterwards}\r\n", self.method);
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head += &format!("Host: {authority}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() || matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend_from_slice(&self.body);
        record::said(authority, &bytes);
        (authority.to_owned(), bytes)
    }
}

/// A connection that is kept open from one request to the next, as whoever has many to send keeps it.
#[derive(Default)]
pub struct Line(Option<TcpStream>);

impl Line {
    /// Sends a request, over the connection that is there if there is one. `None`: no whole answer came.
    pub fn try_send(&mut self, call: &Call) -> Option<Answer> {
        let (authority, bytes) = call.bytes("keep-alive");
        let mut stream = match self.0.take() {
            Some(stream) => stream,
            None => TcpStream::connect(&authority).ok()?,
        };
        stream.set_nodelay(true).ok()?;
        let answer = converse(&mut stream, &bytes);
        let answer = is_whole(&answer).then(|| Answer::parse(&authority, &answer))?;
        self.0 = (answer.header("Connection") != Some("close")).then_some(stream);
        Some(answer)
    }

    /// The same of a service that is there.
    #[track_caller]
    pub fn send(&mut self, call: &Call) -> Answer {
        self.try_send(call).unwrap()
    }

    /// Whether the last answer left it open.
    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }
}

impl Call {
    /// The signed request in it, read as the service reads it; for a test that travels in time below HTTP.
    #[track_caller]
    pub fn read(&self) -> SignedRequest {
        let (scheme, rest) = self.url.split_once("://").unwrap();
        let (authority, target) = rest.split_at(rest.find('/').unwrap());
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let named = |wanted: &'static str| {
            let found = self.headers.iter().filter(move |(name, _)| name == wanted);
            found.map(|(_, value)| value.as_str())
        };
        let request = SignedRequest::read(&RawRequest {
            method: &self.method,
            origin: &Origin::parse(&format!("{scheme}://{authority}")).unwrap(),
            path,
            query,
            authorization: named("Authorization").map(str::as_bytes).collect(),
            is_form: named("Content-Type").any(is_form),
            body: &self.body,
        });
        request.unwrap()
    }
}

impl Answer {
    #[track_caller]
    fn parse(authority: &str, bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap();
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.into(), value.into()));
        record::heard(authority, bytes);
        Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn headers_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A field of a form-encoded answer.
    pub fn field(&self, name: &str) -> Option<String> {
        let pairs = oauthprovider::oauth1::parse_urlencoded(&self.body).ok()?;
        pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The id under which this refusal can be looked up.
    #[track_caller]
    pub fn refusal(&self) -> String {
        self.header("X-Refusal-Id").unwrap_or_else(|| panic!("no id in {self:?}")).to_owned()
    }

    /// The body without the id, which no two refusals share.
    pub fn body_but_for_its_id(&self) -> String {
        self.text().replace(&self.refusal(), "")
    }

    /// Status and problem code, as refusals are compared.
    pub fn problem(&self) -> (u16, String) {
        (self.status, self.field("oauth_problem").unwrap_or_default())
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// Makes sure that the request was refused so.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!(self.problem(), (status, code.to_owned()), "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

/// Writes bytes to the service as they are, and gives the answer.
#[track_caller]
pub fn raw(base: &str, bytes: &[u8]) -> Answer {
    let authority = base.strip_prefix("http://").unwrap();
    record::said(authority, bytes);
    Answer::parse(authority, &exchange(authority, bytes))
}

/// Writes bytes, says that no more will come, and gives all that the service writes until it closes.
#[track_caller]
pub fn raw_to_the_end(base: &str, bytes: &[u8]) -> Vec<u8> {
    let authority = base.strip_prefix("http://").unwrap();
    record::said(authority, bytes);
    let mut stream = TcpStream::connect(authority).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(bytes).ok();
    stream.shutdown(Shutdown::Write).ok();
    let mut answers = Vec::new();
    stream.read_to_end(&mut answers).ok();
    record::heard(authority, &answers);
    answers
}

fn exchange(authority: &str, bytes: &[u8]) -> Vec<u8> {
    converse(&mut TcpStream::connect(authority).unwrap(), bytes)
}

/// Writes, and reads until one whole answer is there, the service closes or falls silent.
fn converse(stream: &mut TcpStream, bytes: &[u8]) -> Vec<u8> {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    speak(stream, bytes)
}

fn speak(stream: &mut (impl Read + Write), bytes: &[u8]) -> Vec<u8> {
    // A service that refuses early may stop to read; what it says still counts.
    stream.write_all(bytes).ok();
    let mut answer = Vec::new();
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..read]);
        if is_whole(&answer) {
            break;
        }
    }
    answer
}

/// Is this a whole answer, by its content length, or one that has no content (RFC 9112, section 6.3)? Any other says its end
/// by closing.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    if head.starts_with("http/1.1 204 ") {
        return true;
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    length.is_some_and(|length: usize| answer.len() >= end + 4 + length)
}
