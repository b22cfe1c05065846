//! Published examples, whole: not their signatures alone, but every check that the provider makes, at the time at which
//! they were signed.

use oauthprovider::{
    clock::UnixSeconds,
    oauth1::{Problem, SignedRequest},
    provider::{self, Lifetimes},
    secret::Secret,
    store,
};

use crate::support::{Call, Forge, PUBLIC_KEY, encoded, on_both_databases};

/// The consumer of RFC 5849, section 1.2, and one with a key of its own.
fn register(forge: &Forge) {
    let consumers = serde_json::json!({"consumers": [
        {"name": "printer", "url": "http://printer.example.com/", "description": "d", "email": "p@example.com",
            "callbacks": ["http://printer.example.com/ready"], "key": "dpf43f3p2l4k3l03", "secret": "kd94hf93k423kf44"},
        {"name": "rsa", "url": "http://rsa.example/", "description": "d", "email": "r@example.com",
            "key": "rsa key", "secret": "unused", "public_key": PUBLIC_KEY},
    ]});
    forge.import(&consumers.to_string());
}

/// The token of both documents, as if it had been issued here.
fn issue_the_documents_token(forge: &Forge) {
    let insert = |conn: &mut store::Connection| {
        let consumer = provider::consumers::named(conn, "printer")?.id;
        let alice = store::users::by_name(conn, "alice")?.unwrap().id;
        let role = store::roles::by_name(conn, None, "Everywhere")?.unwrap().id;
        let pair = ("nnch734d00sl2jdk", &Secret::new("pfkkdhi9sl3r4s00"));
        let new = store::access_tokens::New { consumer, user: alice, role, expires: None, label: None };
        conn.write(|tx| Ok(store::access_tokens::insert(tx, new, pair, 0).map(drop)?))
    };
    let outcome: Result<(), provider::Error> = forge.store().blocking(insert);
    outcome.unwrap();
}

fn ask(forge: &Forge, request: &SignedRequest, now: UnixSeconds) -> Result<(), Problem> {
    let lifetimes = Lifetimes { request_token_seconds: 600, verifier_seconds: 600, longest_token_seconds: None };
    problem(forge.issue(request, lifetimes, now))
}

fn act(forge: &Forge, request: &SignedRequest, now: UnixSeconds) -> Result<(), Problem> {
    problem(forge.authenticate(request, now))
}

fn problem<T>(outcome: Result<T, provider::Error>) -> Result<(), Problem> {
    match outcome {
        Ok(_) => Ok(()),
        Err(provider::Error::Problem(problem)) => Err(problem),
        Err(other) => panic!("{other}"),
    }
}

fn signed(method: &str, url: &str, header: &str) -> SignedRequest {
    Call::new(method, url).header("Authorization", &header.replace('\n', "")).read()
}

on_both_databases! {
    fn pitfall_10_the_examples_of_both_documents_are_accepted_once_and_in_their_time(forge: Forge) {
        register(&forge);
        issue_the_documents_token(&forge);
        let initiate = signed("POST", "https://photos.example.net/initiate", r#"OAuth realm="Photos",
            oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131200",
            oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",
            oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D""#);
        assert!(matches!(ask(&forge, &initiate, 137_131_501), Err(Problem::TimestampRefused { .. })));
        ask(&forge, &initiate, 137_131_200).unwrap();
        assert_eq!(ask(&forge, &initiate, 137_131_200), Err(Problem::NonceUsed));

        let photo = "http://photos.example.net/photos?file=vacation.jpg&size=original";
        let rfc = signed("GET", photo, r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03",
            oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202",
            oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D""#);
        act(&forge, &rfc, 137_131_202).unwrap();
        assert_eq!(act(&forge, &rfc, 137_131_203), Err(Problem::NonceUsed));

        let core = signed("GET", photo, r#"OAuth realm="http://photos.example.net/",
            oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1",
            oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D", oauth_timestamp="1191242096",
            oauth_nonce="kllo9940pd9333jh", oauth_version="1.0""#);
        act(&forge, &core, 1_191_242_096).unwrap();
        let elsewhere = signed("GET", &photo.replace("photos?", "photo?"), r#"OAuth
            oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1",
            oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D", oauth_timestamp="1191242096",
            oauth_nonce="another", oauth_version="1.0""#);
        assert_eq!(act(&forge, &elsewhere, 1_191_242_096), Err(Problem::SignatureInvalid));
    }

    fn pitfall_18_a_signature_by_rsa_and_sha1_that_another_program_made_is_accepted(forge: Forge) {
        register(&forge);
        // By openssl, over the request for temporary credentials below.
        const SIGNATURE: &str = concat!(
            "hRivhyGCKFR8ArHbRMQoM/6Bp3OQMmEetTt0Yi4KsqvWrYO4QQN9r/Ksu6bs8Vji1qT+20mI9h/VZNi/9cUIoboakI6eVYd1Fnjb",
            "GTS212X0fVl3sBmh3P+0zogWpBIDxrIIeX4L78oNKkcqGcyAEgiOItvy1AQ3iRkwIsB4d63xv1hhkxvwt9pn1OXfmux7WaB/sjEE",
            "a0VyxPZTUB4ycEFtvQifMHecMGhYly55sapuoksH+dJErF2v4gwmP1egh/SvObur89+weJB0Fu6K9pLk/p7Fm+Q2/aw7VaHtn2Xb",
            "ts/0ElufXcUUpl+UfP68rdJaretDp68bheUIOeDtLg==",
        );
        let request = |method: &str, nonce: &str| {
            let header = format!(
                r#"OAuth oauth_consumer_key="rsa%20key", oauth_nonce="{nonce}", oauth_signature_method="{method}",
                oauth_timestamp="4000000000", oauth_callback="oob", oauth_signature="{}""#,
                encoded(SIGNATURE)
            );
            signed("POST", "https://forge.example/plugins/oauthprovider/request_token", &header)
        };
        assert_eq!(ask(&forge, &request("RSA-SHA256", "fixed"), 4_000_000_000), Err(Problem::SignatureInvalid));
        assert_eq!(ask(&forge, &request("RSA-SHA1", "other"), 4_000_000_000), Err(Problem::SignatureInvalid));
        ask(&forge, &request("RSA-SHA1", "fixed"), 4_000_000_000).unwrap();
        assert_eq!(ask(&forge, &request("RSA-SHA1", "fixed"), 4_000_000_000), Err(Problem::NonceUsed));
    }
}
