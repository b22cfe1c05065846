//! HTTP as a consumer speaks it: one request out, one answer in, whatever its status. Redirects are not followed, since
//! a signature holds for one URL only. Signs nothing, and knows nothing of OAuth.

use std::time::Duration;

use ureq::{
    Agent, Proxy,
    http::{self, HeaderMap, HeaderName, HeaderValue, StatusCode},
};

use crate::oauth1::Origin;

/// The media type of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// The media type of JSON.
pub const JSON: &str = "application/json";

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the whole exchange may take.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How much of an answer is read, in bytes.
const LONGEST_ANSWER: u64 = 16 * 1024 * 1024;

/// Connections to whatever servers are asked.
pub struct Http(Agent);

/// What is sent.
#[derive(Clone)]
pub struct Request {
    /// The method, in upper case.
    pub method: String,
    /// The absolute URL. Its path and query go out byte for byte; a fragment stays here.
    pub url: String,
    /// Names and values, but for those that the connection needs.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one. Any method may have one.
    pub body: Option<String>,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer, in one line that names the server.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The request cannot be written down.
    #[error("{0}: cannot be sent: {1}")]
    Request(String, String),
    /// Nobody answered.
    #[error("no answer from {0}: {1}")]
    Answer(String, String),
}

impl Http {
    /// Nothing is connected yet. A proxy of the environment is used for servers that are not on this machine.
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(WHOLE_TIMEOUT))
            .user_agent(concat!("oauthprovider/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.into())
    }

    /// Sends a request, and reads the whole answer.
    ///
    /// # Errors
    /// When the request cannot be written down, nobody answers, or the answer is no HTTP or too long.
    pub fn send(&self, request: &Request) -> Result<Answer, HttpError> {
        let body = request.body.as_ref().map(String::as_bytes);
        let outcome = match body.or_else(|| expects_body(&request.method).then_some(&[])) {
            Some(body) => self.exchange(request, body),
            None => self.exchange(request, ()),
        };
        outcome.map_err(|error| request.failure(&error))
    }

    fn exchange(&self, request: &Request, body: impl ureq::AsSendBody) -> Result<Answer, ureq::Error> {
        let mut builder = http::Request::builder().method(request.method.as_str()).uri(with_path(&request.url));
        for (name, value) in &request.headers {
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(http::Error::from)?;
            builder = builder.header(HeaderName::from_static(name), value);
        }
        let configured = self.0.configure_request(builder.body(body)?).proxy(request.proxy()).build();
        let (head, body) = self.0.run(configured)?.into_parts();
        let body = body.into_with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(Answer { status: head.status, headers: head.headers, body })
    }
}

impl Request {
    /// The origin of the server that is asked, if the URL is one.
    fn origin(&self) -> Option<Origin> {
        let (scheme, rest) = self.url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        Origin::parse(&format!("{scheme}://{authority}")).ok()
    }

    /// What is on this machine is asked directly.
    fn proxy(&self) -> Option<Proxy> {
        if self.origin().is_some_and(|origin| origin.is_loopback()) { None } else { Proxy::try_from_env() }
    }

    fn failure(&self, error: &ureq::Error) -> HttpError {
        let server = self.origin().map_or_else(|| self.url.clone(), |origin| origin.to_string());
        match error {
            ureq::Error::Http(error) => HttpError::Request(self.url.clone(), error.to_string()),
            ureq::Error::BadUri(error) => HttpError::Request(self.url.clone(), error.clone()),
            ureq::Error::Io(error) => HttpError::Answer(server, error.to_string()),
            ureq::Error::HostNotFound => HttpError::Answer(server, "there is no such host".to_owned()),
            ureq::Error::BodyExceedsLimit(most) => HttpError::Answer(server, format!("it is longer than {most} bytes")),
            other => HttpError::Answer(server, other.to_string()),
        }
    }
}

impl Answer {
    /// The value of a header, where it is there and ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the body is of that media type, whatever its parameters.
    pub fn is(&self, media_type: &str) -> bool {
        let value = self.header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
        value.trim().eq_ignore_ascii_case(media_type)
    }
}

/// Methods that say how long their body is even where there is none (RFC 9110, section 8.6).
fn expects_body(method: &str) -> bool {
    matches!(method, "POST" | "PUT" | "PATCH")
}

/// The URL with the `/` that its base string has, where it has no path.
fn with_path(url: &str) -> String {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(after_scheme..).and_then(|rest| rest.find(['/', '?', '#'])).map(|at| after_scheme + at);
    match end.and_then(|end| url.split_at_checked(end)) {
        Some((_, rest)) if rest.starts_with('/') => url.to_owned(),
        Some((origin, rest)) => format!("{origin}/{rest}"),
        None => format!("{url}/"),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// Sends one request to a server that answers 418, and gives what arrived there.
    fn on_the_wire(method: &str, rest: &str, body: Option<&str>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}{rest}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut arrived = Vec::new();
            let mut piece = [0; 4096];
            while !String::from_utf8_lossy(&arrived).contains("\r\n\r\n") {
                let length = connection.read(&mut piece).unwrap();
                arrived.extend_from_slice(&piece[..length]);
            }
            connection.write_all(b"HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\nLocation: /\r\n\r\nhot").unwrap();
            String::from_utf8(arrived).unwrap()
        });
        let request = Request { method: method.to_owned(), url, headers: Vec::new(), body: body.map(str::to_owned) };
        let answer = Http::new().send(&request).unwrap();
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (418, "hot"));
        server.join().unwrap()
    }

    #[test]
    fn path_and_query_go_out_byte_for_byte() {
        for rest in ["/a/../b/./c//d;e", "/%7Ea%2fb%2F?x=%41&y=a+b&z", "/a'(b)*!$,:@", "/?", "/?a=/../?"] {
            let arrived = on_the_wire("GET", rest, None);
            assert!(arrived.starts_with(&format!("GET {rest} HTTP/1.1\r\n")), "{rest}: {arrived}");
        }
    }

    #[test]
    fn an_empty_path_is_a_slash_and_a_fragment_stays_at_home() {
        assert!(on_the_wire("GET", "", None).starts_with("GET / HTTP/1.1\r\n"));
        assert!(on_the_wire("GET", "?a=b#c", None).starts_with("GET /?a=b HTTP/1.1\r\n"));
        assert!(on_the_wire("GET", "/d#/c", None).starts_with("GET /d HTTP/1.1\r\n"));
    }

    #[test]
    fn any_method_goes_out_with_a_body_or_without() {
        for method in ["GET", "DELETE", "PROPFIND", "X-FILE"] {
            assert!(on_the_wire(method, "/", Some("abc")).to_lowercase().contains("content-length: 3"), "{method}");
            assert!(!on_the_wire(method, "/", None).to_lowercase().contains("content-length"), "{method}");
        }
        assert!(on_the_wire("POST", "/", None).to_lowercase().contains("content-length: 0"));
    }

    #[test]
    fn nobody_there_is_one_line_that_names_the_server() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("http://{free}/a?oauth_token=t");
        let request = Request { method: "GET".to_owned(), url, headers: Vec::new(), body: None };
        let told = Http::new().send(&request).err().unwrap().to_string();
        assert!(told.starts_with(&format!("no answer from http://{free}: ")) && told.contains("refused"), "{told}");
    }
}
