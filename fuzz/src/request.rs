//! A whole signed request: read, verified, and signed again.
//!
//! What was read is what a naive reader finds; the base string is the one that a naive writer makes; and what our signer
//! makes of it is read as the same and verifies, wherever the protocol's parameters stand, with these secrets and no
//! others.

use oauthprovider::{
    oauth1::{
        Authorization, Credentials, HmacKey, Pairs, RawRequest, SignatureMethod, Signed, SignedRequest, ToSign,
        encode_urlencoded, header, sign,
    },
    secret::Secret,
};
use url::form_urlencoded;

use super::{naive, refusal, wire::Wire};

/// Whether these bytes are a request that can be read; see [`Wire`] for how it is written.
pub fn is_good(data: &[u8]) -> bool {
    let Some(wire) = Wire::read(data) else { return false };
    match (SignedRequest::read(&wire.raw()), SignedRequest::read(&wire.raw())) {
        (Ok(request), Ok(again)) => {
            assert_eq!(summary(&request), summary(&again), "read otherwise the second time");
            has_its_shape(&request);
            says_what_was_sent(&request, &wire);
            only_its_own_signature_is_right(&request);
            verifies_when_signed_again(&request, &wire);
            true
        }
        (Err(problem), Err(again)) => {
            assert_eq!(problem, again, "refused otherwise the second time");
            refusal::is_safe_to_send(&problem);
            false
        }
        (Ok(_), Err(problem)) | (Err(problem), Ok(_)) => panic!("read once, and once refused: {problem:?}"),
    }
}

/// Everything that a request says of itself.
fn summary(request: &SignedRequest) -> impl PartialEq + std::fmt::Debug {
    let who = [Some(request.consumer_key()), request.token(), Some(request.nonce())];
    let what = [request.callback(), request.verifier(), Some(request.signature()), Some(request.base_string())];
    let owned = |texts: &[Option<&str>]| texts.iter().map(|text| text.map(str::to_owned)).collect::<Vec<_>>();
    let hash = request.body_hash_matches();
    (owned(&who), owned(&what), request.method(), request.timestamp(), request.parameters().to_vec(), hash)
}

fn has_its_shape(request: &SignedRequest) {
    assert!(request.timestamp() >= 0);
    assert!((1..=255).contains(&request.nonce().chars().count()));
    assert_ne!(request.token(), Some(""));
    assert_eq!(SignatureMethod::from_name(request.method().name()), Some(request.method()));
    assert!(request.parameters().iter().all(|(name, _)| !name.starts_with("oauth_")));
    assert!(request.base_string().bytes().all(|byte| b"-._~%&".contains(&byte) || byte.is_ascii_alphanumeric()));
}

/// The base string and the parameters are what comes of the parts, each read and written by somebody else.
fn says_what_was_sent(request: &SignedRequest, wire: &Wire<'_>) {
    let (in_query, in_body) = (pairs(wire.query), pairs_of(body(wire)));
    let mut all = in_header(wire);
    all.extend(in_query.iter().chain(&in_body).cloned());
    all.retain(|(name, _)| name != "oauth_signature");
    let slash = if wire.path.starts_with('/') { "" } else { "/" };
    let uri = format!("{}://{}{slash}{}", wire.origin.scheme(), wire.origin.authority(), wire.path);
    assert_eq!(request.base_string(), naive::base_string(wire.method, &uri, &all));
    let mut own = in_query;
    own.extend(in_body);
    assert_eq!(request.parameters(), without_protocol(own));
}

fn only_its_own_signature_is_right(request: &SignedRequest) {
    let (method, text) = (request.method(), request.base_string());
    let key = HmacKey::new(&Secret::new("kd94hf93k423kf44"), Some(&Secret::new("pfkkdhi9sl3r4s00")));
    match key.sign(method, text) {
        Some(right) => {
            assert!(key.verify(method, text, &right));
            assert_eq!(key.verify(method, text, request.signature()), right == request.signature());
            assert!(!key.verify(method, &format!("{text}0"), &right));
        }
        None => assert!(method.is_rsa() && !key.verify(method, text, request.signature())),
    }
}

/// Signs what was read with our signer, and reads that in each of the three places.
fn verifies_when_signed_again(request: &SignedRequest, wire: &Wire<'_>) {
    // Nothing of this comes out of a URL that a client could ask for.
    if wire.path.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '#')) {
        return;
    }
    let query = encode_urlencoded(&without_protocol(pairs(wire.query)));
    let form = encode_urlencoded(&without_protocol(pairs_of(body(wire))));
    let (consumer, token) = (Secret::new("c&✓"), Secret::new("t% "));
    let signed = signed(request, wire, (&query, &form), (&consumer, &token));
    let protocol = encode_urlencoded(&header::parse(signed.authorization.as_bytes()).unwrap());
    for (header, query, form) in [
        (Some(signed.authorization.as_str()), query.clone(), form.clone()),
        (None, joined(&query, &protocol), form.clone()),
        (None, query.clone(), joined(&form, &protocol)),
    ] {
        let raw = RawRequest {
            query: Some(&query),
            authorization: header.into_iter().map(str::as_bytes).collect(),
            is_form: true,
            body: form.as_bytes(),
            ..wire.raw()
        };
        let read = SignedRequest::read(&raw).unwrap_or_else(|problem| panic!("{problem:?}: {query} {form}"));
        assert_eq!(read.base_string(), signed.base_string);
        let names = |of: &SignedRequest| [of.token(), of.callback(), of.verifier()].map(|text| text.map(str::to_owned));
        assert_eq!(names(&read), names(request));
        assert_eq!((read.consumer_key(), read.nonce()), (request.consumer_key(), request.nonce()));
        assert_eq!((read.timestamp(), read.parameters()), (request.timestamp(), request.parameters()));
        let verifies = |consumer: &Secret, token: Option<&Secret>| {
            HmacKey::new(consumer, token).verify(read.method(), read.base_string(), read.signature())
        };
        let token = read.token().map(|_| &token);
        assert!(verifies(&consumer, token));
        assert!(!verifies(&Secret::new("c"), token) && !verifies(&consumer, Some(&Secret::new("t"))));
    }
}

fn signed(
    request: &SignedRequest,
    wire: &Wire<'_>,
    (query, form): (&str, &str),
    secrets: (&Secret, &Secret),
) -> Signed {
    let url = format!("{}?{query}", wire.origin.join(wire.path));
    let method = if request.method().is_rsa() { SignatureMethod::HmacSha256 } else { request.method() };
    let to_sign = ToSign {
        method: wire.method,
        url: &url,
        form: Some(form),
        nonce: request.nonce(),
        timestamp: &request.timestamp().to_string(),
        signature_method: method,
        realm: Some("forge"),
        callback: request.callback(),
        verifier: request.verifier(),
    };
    let token = request.token().map(|key| (key, secrets.1));
    let credentials = Credentials { consumer_key: request.consumer_key(), consumer_secret: secrets.0, token };
    sign(&to_sign, &credentials).unwrap_or_else(|error| panic!("{error}: {url}"))
}

/// What the `OAuth` header holds, if there is one.
fn in_header(wire: &Wire<'_>) -> Pairs {
    let is_oauth = |value: &&&[u8]| Authorization::from_iter([**value]).is_oauth();
    let found = wire.authorization.iter().find(is_oauth).map(|value| header::parse(value));
    found.map(|read| read.unwrap_or_else(|problem| panic!("read before, and now {problem:?}"))).unwrap_or_default()
}

fn body<'a>(wire: &Wire<'a>) -> &'a [u8] {
    if wire.is_form { wire.body } else { &[] }
}

fn pairs(query: Option<&str>) -> Pairs {
    pairs_of(query.unwrap_or_default().as_bytes())
}

fn pairs_of(bytes: &[u8]) -> Pairs {
    form_urlencoded::parse(bytes).into_owned().collect()
}

fn without_protocol(mut pairs: Pairs) -> Pairs {
    pairs.retain(|(name, _)| !name.starts_with("oauth_"));
    pairs
}

fn joined(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { format!("{one}&{other}") }
}
