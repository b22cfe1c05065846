//! A request of a consumer that nobody knows: nothing is remembered of strangers, so that each of its requests asks the
//! database all the questions that a known one asks after the epoch has moved, and nothing else.

use std::time::Instant;

use oauthprovider::{
    clock::UnixSeconds,
    oauth1::{HmacKey, Origin, RawRequest, SignatureMethod, SignedRequest, base_string, header},
    provider::access::Authenticator,
    secret::Secret,
    store::Store,
};
use tokio::runtime;

const NOW: UnixSeconds = 1_795_296_000;

const TIMES: u32 = 500;

/// How long loading the facts about one token takes.
pub fn facts_micros(store: &Store) -> f64 {
    let (request, authenticator) = (stranger(), Authenticator::new(store.clone()));
    let runtime = runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        // The first one opens connections and prepares statements.
        assert!(authenticator.authenticate(&request, NOW).await.is_err());
        let began = Instant::now();
        for _ in 0..TIMES {
            assert!(authenticator.authenticate(&request, NOW).await.is_err());
        }
        began.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
    })
}

fn stranger() -> SignedRequest {
    let (origin, path) = (Origin::parse("https://forge.example").unwrap(), "/api/userinfo");
    let (method, timestamp) = (SignatureMethod::HmacSha1, NOW.to_string());
    let mut parameters = vec![
        ("oauth_consumer_key", "nobody"),
        ("oauth_token", "nothing"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", timestamp.as_str()),
        ("oauth_nonce", "once"),
    ];
    let key = HmacKey::new(&Secret::new("a secret"), Some(&Secret::new("another")));
    let signature = key.sign(method, &base_string("GET", &origin, path, &parameters)).unwrap();
    parameters.push(("oauth_signature", &signature));
    let authorization = header::write(None, &parameters);
    let raw = RawRequest {
        method: "GET",
        origin: &origin,
        path,
        query: None,
        authorization: [authorization.as_bytes()].into_iter().collect(),
        is_form: false,
        body: &[],
    };
    SignedRequest::read(&raw).unwrap()
}
