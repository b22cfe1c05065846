//! From actix's request to what the rooms below understand: signed requests, callers, forms.

use std::{
    borrow::Cow,
    future::{Ready, ready},
    net::IpAddr,
    rc::Rc,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::{Extensions, Payload},
    http::header,
    web::Bytes,
};

use super::{Failure, PublicUrls};
use crate::{
    address::{Arrival, TrustedProxies},
    clock,
    forge::Caller,
    oauth1::{self, Authorization, Pairs, Problem, RawRequest, SignedRequest},
};

/// Reads a signed request.
///
/// # Errors
/// What is malformed; [`Problem::NothingSigned`] when there is no OAuth parameter at all.
pub fn signed_request(request: &HttpRequest, body: &Bytes, urls: &PublicUrls) -> Result<Rc<SignedRequest>, Problem> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let signed = SignedRequest::read(&RawRequest {
        method: request.method().as_str(),
        origin: urls.named_by(host),
        path: request.uri().path(),
        query: request.uri().query(),
        authorization: authorization(request),
        is_form: has_form(request),
        body,
    })?;
    let signed = Rc::new(signed);
    request.extensions_mut().insert(Rc::clone(&signed));
    Ok(signed)
}

/// The consumer's key that a signed request names, proved or not, at most so many characters of it.
pub fn claimed_consumer(extensions: &Extensions, most: usize) -> Option<String> {
    let signed = extensions.get::<Rc<SignedRequest>>()?;
    Some(signed.consumer_key().chars().take(most).collect())
}

/// Is this an OAuth request, well formed or not?
pub fn is_oauth_request(request: &HttpRequest, body: &Bytes) -> bool {
    let form = has_form(request).then_some(body.as_ref());
    oauth1::is_oauth_request(authorization(request), request.uri().query(), form)
}

fn authorization(request: &HttpRequest) -> Authorization<'_> {
    request.headers().get_all(header::AUTHORIZATION).map(|value| value.as_bytes()).collect()
}

/// Whether the body says that it is a form.
pub fn has_form(request: &HttpRequest) -> bool {
    media_type(request).is_some_and(|media_type| oauth1::is_form(&media_type))
}

/// The content type as it was sent; what is not UTF-8 in it is of no importance, and replaced.
pub fn media_type(request: &HttpRequest) -> Option<Cow<'_, str>> {
    request.headers().get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()))
}

/// A verified request's own parameters, for a handler that wants them: decoded, query first, then form body.
pub struct Parameters(Rc<SignedRequest>);

impl Parameters {
    /// Names and values in the order in which they were sent.
    pub fn pairs(&self) -> &[(String, String)] {
        self.0.parameters()
    }
}

impl FromRequest for Parameters {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        // Without a caller nothing of it is proved.
        let verified = extensions.get::<Caller>().and_then(|_| extensions.get::<Rc<SignedRequest>>()).cloned();
        drop(extensions);
        ready(verified.map(Self).ok_or_else(|| nobody(request)))
    }
}

/// What a handler that needs a caller answers where there is none.
struct Nobody(Failure);

/// Leaves word of what to answer, should the handler need a caller.
pub fn nobody_acts(request: &HttpRequest, answer: Failure) {
    request.extensions_mut().insert(Nobody(answer));
}

fn nobody(request: &HttpRequest) -> Failure {
    request.extensions_mut().remove::<Nobody>().map_or(Failure::Anonymous, |Nobody(answer)| answer)
}

/// Who acts, as the route's auth plugin found out. Without anybody the request is refused.
impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(|| nobody(request)))
    }
}

/// The fields of a posted form or of a query, decoded.
pub struct Fields(Pairs);

impl Fields {
    /// Decodes `name=value&…`.
    ///
    /// # Errors
    /// [`Failure::BadRequest`] for a broken escape, a NUL, invalid UTF-8, or over 1,000 fields.
    pub fn parse(encoded: &[u8]) -> Result<Self, Failure> {
        let mut pairs = Pairs::new();
        for pair in oauth1::params::urlencoded(encoded) {
            if pairs.len() >= oauth1::MAX_PARAMETERS {
                return Err(Failure::BadRequest(format!("there are over {} fields", oauth1::MAX_PARAMETERS)));
            }
            let (name, value) = pair.map_err(|error| Failure::BadRequest(error.to_string()))?;
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(pairs))
    }

    /// The value of a field that is there exactly once.
    pub fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        values.next().filter(|_| values.next().is_none())
    }

    /// The values of a field that may be there several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a field whose absence must not be taken for an empty one.
    ///
    /// # Errors
    /// [`Failure::BadRequest`] when it is not there exactly once.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        self.one(name).ok_or_else(|| Failure::BadRequest(format!("{name} is missing")))
    }

    /// The value of a field that may be left out, and then is empty.
    ///
    /// # Errors
    /// [`Failure::BadRequest`] when it is there more than once: nobody knows which is meant.
    pub fn optional(&self, name: &str) -> Result<&str, Failure> {
        let is_there = self.0.iter().any(|(known, _)| known == name);
        match self.one(name) {
            None if is_there => Err(Failure::BadRequest(format!("{name} is there more than once"))),
            value => Ok(value.unwrap_or_default()),
        }
    }

    /// All fields, in the order in which they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a field without the blanks around it; blanks alone are nothing.
    pub fn filled_in(&self, name: &str) -> Option<String> {
        self.one(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The number in a field, if it is one.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.one(name).and_then(|number| number.trim().parse().ok())
    }

    /// The value of a field, or the empty text.
    pub fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().to_owned()
    }
}

/// The fields of the query.
pub struct Query(pub Fields);

impl FromRequest for Query {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Fields::parse(request.uri().query().unwrap_or_default().as_bytes()).map(Self))
    }
}

/// When a request came, and from where.
pub fn arrival(request: &HttpRequest, proxies: &TrustedProxies) -> Arrival {
    Arrival { at: clock::now(), from: client_address(request, proxies) }
}

/// The client's address: the peer's, or what trusted proxies say of theirs.
///
/// Each proxy appends the address that it saw, so the list is walked from its end while the address is a trusted
/// proxy's; what stands before the first untrusted one was written by the client and means nothing.
pub fn client_address(request: &HttpRequest, proxies: &TrustedProxies) -> Option<IpAddr> {
    let mut address = request.peer_addr()?.ip();
    for hop in forwarded_for(request).iter().rev() {
        if !proxies.believe(address) {
            break;
        }
        match hop {
            Some(hop) => address = *hop,
            None => break,
        }
    }
    Some(address.to_canonical())
}

/// The addresses of `Forwarded` (RFC 7239), or of `X-Forwarded-For` where that is absent; `None` for a hidden one.
fn forwarded_for(request: &HttpRequest) -> Vec<Option<IpAddr>> {
    let texts = |name: header::HeaderName| {
        let values = request.headers().get_all(name).filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',').map(str::trim)).map(str::to_owned).collect::<Vec<_>>()
    };
    let forwarded = texts(header::FORWARDED);
    if forwarded.is_empty() {
        return texts(header::X_FORWARDED_FOR).iter().map(|text| node_address(text)).collect();
    }
    forwarded.iter().map(|element| element.split(';').find_map(for_parameter).and_then(node_address)).collect()
}

fn for_parameter(pair: &str) -> Option<&str> {
    let (name, value) = pair.split_once('=')?;
    name.trim().eq_ignore_ascii_case("for").then_some(value.trim().trim_matches('"'))
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn node_address(node: &str) -> Option<IpAddr> {
    if let Some(rest) = node.strip_prefix('[') {
        return rest.split_once(']').and_then(|(address, _)| address.parse().ok());
    }
    node.parse().ok().or_else(|| node.rsplit_once(':').and_then(|(address, _)| address.parse().ok()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::config::Config;

    fn address(peer: &str, headers: &[(&str, &str)]) -> String {
        let flags = crate::config::Flags::default();
        let environment = [("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES".into(), "10.0.0.0/8".into())];
        let config = Config::load(&flags, environment).unwrap();
        let mut request = TestRequest::get().peer_addr(format!("{peer}:1").parse().unwrap());
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        client_address(&request.to_http_request(), &config.server.trusted_proxies).unwrap().to_string()
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        assert_eq!(address("192.0.2.9", &[("X-Forwarded-For", "198.51.100.1")]), "192.0.2.9");
        assert_eq!(address("10.0.0.1", &[("X-Forwarded-For", "198.51.100.1")]), "198.51.100.1");
        assert_eq!(address("10.0.0.1", &[("X-Forwarded-For", "1.1.1.1, 198.51.100.1, 10.0.0.2")]), "198.51.100.1");
        assert_eq!(address("10.0.0.1", &[("Forwarded", "for=198.51.100.1;proto=https")]), "198.51.100.1");
        assert_eq!(address("10.0.0.1", &[("Forwarded", "for=\"[2001:db8::1]:4711\"")]), "2001:db8::1");
        assert_eq!(address("10.0.0.1", &[("Forwarded", "for=unknown")]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_field_that_is_there_twice_is_not_there() {
        let fields = Fields::parse(b"a=1&b=2&b=3").unwrap();
        assert_eq!((fields.one("a"), fields.one("b"), fields.one("c")), (Some("1"), None, None));
    }
}
