//! How long verifying a request takes, and each part of it, beside another crate that signs the same request.
//!
//! `oauth1-request` verifies nothing, but signing is verifying without reading: it, too, writes a base string and makes
//! an HMAC of it.

#![expect(clippy::unwrap_used, reason = "what cannot be measured stops the program")]

mod request;

use std::{hint::black_box, num::NonZeroU64, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use oauthprovider::oauth1::{
    Credentials, HmacKey, Origin, PublicKey, SignatureMethod, ToSign, base_string, header, sign,
};
use oauthprovider::secret::Secret;
use request::{CONSUMER_KEY, CONSUMER_SECRET, NONCE, ORIGIN, PATH, Request, TIMESTAMP, TOKEN, TOKEN_SECRET};

/// A public key, a text, and two signatures of it, all made with another program.
const PUBLIC_KEY: &str = include_str!("../tests/rsa_public_key.pem");
const SIGNED_TEXT: &str = "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg";
const RSA_SHA1: &str = concat!(
    "bqWWi8d17/AzUKXTDfQUnlewTXt1r6eBIj2w+Os9ohPwfIzcWkySHBFDPmbjNnE8Wf3wuIuFzYMhrCf9vStzp+scXBR8Q1SrR4Bs",
    "wZbpNCOcfP//g6fSiBVyCJRHgNI0QhWJLpFPS+V1hAJtXoszVTfEJ52UlUv9393Nksn6zI/lI05Oa96N9IZ9jzZF48YsgAALjXjC",
    "FdXBfrWd/EepfSVCzakCaGDYU3gkSHzSMrqVpLYFKuvrDDzS9qPkc3TyEIgV1GLFd3vC77B5wnPO7uFlTGBLJEnJbE7a4WMszDpa",
    "pR7B3kbrGngZ1A/KV4hloeuQMgWlMyLzEvsKuV90QA==",
);
const RSA_SHA256: &str = concat!(
    "Hs67Loy2LRcqLwvVZSOhpyR+ueXiqLI7ENOa/rAHT9bmjnK0KjC983F8t9qlsVwG8pOSyOCUVXiTr3wLnG4cshTiclN9Nh5fk4pz",
    "sbWI8Gr+bf9d7esy/pDZLKOX7CI1E1tv1XSo+8fLLVINMF509LWgk6bVEk4mSc6w0R+yP5uXbORVZ3FZ5y2Wc0ldLTsFdtV8qaZ1",
    "9WuriAs5c4pSif9b/lR98DEUGeucb2lH9omgasmCA7qBbaO96pgoNOYDAySc1LtQkjyBFKi6ffLIRGU9Yjo0qf9EMEpz7RzvLXJy",
    "hdHYYWwlNTOs+dRzI4Fm4/trxRMtgXFUVjwjqgNmog==",
);

/// The whole, for three requests; and the plainest one signed, from the same keys to the same header.
fn verifying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole");
    for (name, request) in [("get", Request::get()), ("search", Request::search()), ("post", Request::post())] {
        assert!(request.verify());
        group.bench_function(format!("verify {name}"), |bencher| bencher.iter(|| request.verify()));
    }
    assert_eq!(signature_in(&signed_here()), signature_in(&signed_elsewhere()));
    group.bench_function("sign get", |bencher| bencher.iter(signed_here));
    group.bench_function("sign get with oauth1-request", |bencher| bencher.iter(signed_elsewhere));
}

/// The parts that read, of the plainest request.
fn reading(criterion: &mut Criterion) {
    let request = Request::get();
    let mut group = criterion.benchmark_group("read");
    group.bench_function("header", |bencher| {
        bencher.iter(|| header::parse(black_box(request.authorization.as_bytes())).unwrap())
    });
    let (origin, pairs) = (Origin::parse(ORIGIN).unwrap(), header::parse(request.authorization.as_bytes()).unwrap());
    group.bench_function("base string", |bencher| {
        bencher.iter(|| base_string(request.method, &origin, PATH, black_box(&pairs)))
    });
    group.bench_function("request", |bencher| bencher.iter(|| request.read()));
}

/// Each method, its key kept and its key made anew.
fn signatures(criterion: &mut Criterion) {
    let (consumer_secret, token_secret) = (Secret::new(CONSUMER_SECRET), Secret::new(TOKEN_SECRET));
    let key = HmacKey::new(&consumer_secret, Some(&token_secret));
    let request = Request::get().read();
    let mut group = criterion.benchmark_group("signature");
    for method in [SignatureMethod::HmacSha1, SignatureMethod::HmacSha256] {
        let signature = key.sign(method, request.base_string()).unwrap();
        group.bench_function(method.name(), |bencher| {
            bencher.iter(|| assert!(key.verify(method, black_box(request.base_string()), &signature)))
        });
    }
    group.bench_function("key of both secrets", |bencher| {
        bencher.iter(|| HmacKey::new(black_box(&consumer_secret), Some(&token_secret)))
    });
    let key = PublicKey::from_pem(PUBLIC_KEY).unwrap();
    for (method, signature) in [(SignatureMethod::RsaSha1, RSA_SHA1), (SignatureMethod::RsaSha256, RSA_SHA256)] {
        group.bench_function(method.name(), |bencher| {
            bencher.iter(|| assert!(key.verify(method, black_box(SIGNED_TEXT), signature)))
        });
    }
    group.bench_function("public key", |bencher| bencher.iter(|| PublicKey::from_pem(black_box(PUBLIC_KEY)).unwrap()));
}

fn signed_here() -> String {
    let (consumer_secret, token_secret) = (Secret::new(CONSUMER_SECRET), Secret::new(TOKEN_SECRET));
    let request = ToSign {
        method: "GET",
        url: &format!("{ORIGIN}{PATH}"),
        form: None,
        nonce: NONCE,
        timestamp: &TIMESTAMP.to_string(),
        signature_method: SignatureMethod::HmacSha1,
        realm: None,
        callback: None,
        verifier: None,
    };
    let token = Some((TOKEN, &token_secret));
    let credentials = Credentials { consumer_key: CONSUMER_KEY, consumer_secret: &consumer_secret, token };
    sign(black_box(&request), &credentials).unwrap().authorization
}

fn signed_elsewhere() -> String {
    let consumer = oauth1_request::Credentials::new(CONSUMER_KEY, CONSUMER_SECRET);
    let mut builder = oauth1_request::Builder::new(consumer, oauth1_request::HMAC_SHA1);
    builder.token(oauth1_request::Credentials::new(TOKEN, TOKEN_SECRET));
    builder.nonce(NONCE).timestamp(NonZeroU64::new(TIMESTAMP)).version(true);
    builder.authorize(black_box("GET"), format!("{ORIGIN}{PATH}"), &())
}

/// The quoted signature in a header.
fn signature_in(header: &str) -> &str {
    header.split("oauth_signature=").nth(1).and_then(|rest| rest.split('"').nth(1)).unwrap()
}

criterion_group! {
    name = all;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = verifying, reading, signatures
}
criterion_main!(all);
