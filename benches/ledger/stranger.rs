//! A request of a consumer that nobody knows: nothing is remembered of strangers, so that each of its requests asks the
//! database all the questions that a known one asks after the epoch has moved, and nothing else.

use std::time::Instant;

use oauthprovider::{
    address::Arrival,
    clock::UnixSeconds,
    oauth1::{Credentials, Origin, RawRequest, SignatureMethod, SignedRequest, ToSign, sign},
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
        assert!(authenticator.authenticate(&request, Arrival::at(NOW)).await.is_err());
        let began = Instant::now();
        for _ in 0..TIMES {
            assert!(authenticator.authenticate(&request, Arrival::at(NOW)).await.is_err());
        }
        began.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
    })
}

fn stranger() -> SignedRequest {
    let (origin, path) = ("https://forge.example", "/api/userinfo");
    let (url, timestamp) = (format!("{origin}{path}"), NOW.to_string());
    let to_sign = ToSign {
        method: "GET",
        url: &url,
        form: None,
        nonce: "once",
        timestamp: &timestamp,
        signature_method: SignatureMethod::HmacSha1,
        realm: None,
        callback: None,
        verifier: None,
    };
    let (secret, token_secret) = (Secret::new("a secret"), Secret::new("another"));
    let credentials =
        Credentials { consumer_key: "nobody", consumer_secret: &secret, token: Some(("nothing", &token_secret)) };
    let signed = sign(&to_sign, &credentials).unwrap();
    let raw = RawRequest {
        method: "GET",
        origin: &Origin::parse(origin).unwrap(),
        path,
        query: None,
        authorization: [signed.authorization.as_bytes()].into_iter().collect(),
        is_form: false,
        body: &[],
    };
    SignedRequest::read(&raw).unwrap()
}
