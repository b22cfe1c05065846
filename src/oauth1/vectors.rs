//! Published examples, each through the provider's side, and through the consumer's where it sends `oauth_version`.
//!
//! Every signature below was also computed with an implementation in another language.

use super::{
    Authorization, Credentials, HmacKey, Origin, RawRequest, SignatureMethod, Signed, SignedRequest, ToSign, normalise,
    parse_urlencoded, sign,
};
use crate::secret::Secret;

/// Reads a request as the provider does.
fn read(method: &str, origin: &str, target: &str, header: &str, form: Option<&str>) -> SignedRequest {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let origin = Origin::parse(origin).unwrap();
    SignedRequest::read(&RawRequest {
        method,
        origin: &origin,
        path,
        query,
        authorization: Authorization::from_iter([header.as_bytes()]),
        is_form: form.is_some(),
        body: form.unwrap_or_default().as_bytes(),
    })
    .unwrap()
}

fn verifies(request: &SignedRequest, consumer_secret: &str, token_secret: Option<&str>) -> bool {
    let token_secret = token_secret.map(Secret::new);
    let key = HmacKey::new(&Secret::new(consumer_secret), token_secret.as_ref());
    key.verify(request.method(), request.base_string(), request.signature())
}

#[test]
fn rfc_5849_section_1_2_asks_for_temporary_credentials() {
    let header = r#"OAuth realm="Photos",
        oauth_consumer_key="dpf43f3p2l4k3l03",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131200",
        oauth_nonce="wIjqoS",
        oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",
        oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D""#
        .replace('\n', "");
    let request = read("POST", "https://photos.example.net", "/initiate", &header, None);
    assert_eq!(request.signature(), "74KNZJeDHnMBp0EMJ9ZHt/XKycU=");
    assert!(verifies(&request, "kd94hf93k423kf44", None));
    assert!(verifies(&request, "kd94hf93k423kf44", Some("")));
    assert!(!verifies(&request, "kd94hf93k423kf45", None));
    assert_eq!(request.callback(), Some("http://printer.example.com/ready"));
    assert_eq!(request.token(), None);
}

#[test]
fn rfc_5849_section_1_2_asks_for_token_credentials() {
    let header = r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola",
        oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="walatlh",
        oauth_verifier="hfdp7dh39dks9884", oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D""#
        .replace('\n', "");
    let request = read("POST", "https://photos.example.net", "/token", &header, None);
    assert!(verifies(&request, "kd94hf93k423kf44", Some("hdhd0244k9j7ao03")));
    assert!(!verifies(&request, "kd94hf93k423kf44", None));
    assert_eq!(request.verifier(), Some("hfdp7dh39dks9884"));
    assert_eq!(request.token(), Some("hh5s93j4hdidpola"));
}

#[test]
fn rfc_5849_section_1_2_asks_for_a_photo() {
    let header = r#"OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH",
        oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D""#
        .replace('\n', "");
    let target = "/photos?file=vacation.jpg&size=original";
    let request = read("GET", "http://photos.example.net", target, &header, None);
    assert!(verifies(&request, "kd94hf93k423kf44", Some("pfkkdhi9sl3r4s00")));
    assert_eq!(request.parameters().len(), 2);
    assert_eq!((request.timestamp(), request.nonce()), (137_131_202, "chapoH"));
}

#[test]
fn rfc_5849_section_1_2_with_the_newer_hash() {
    let header = r#"OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA256", oauth_timestamp="137131202", oauth_nonce="chapoH",
        oauth_signature="HtMwoX2zenlFjgGg%2FSNEoKEQmL7CzxYFEKzs7er044Y%3D""#
        .replace('\n', "");
    let target = "/photos?file=vacation.jpg&size=original";
    let request = read("GET", "http://photos.example.net", target, &header, None);
    assert!(verifies(&request, "kd94hf93k423kf44", Some("pfkkdhi9sl3r4s00")));
}

/// The request of sections 3.1 and 3.4.1.1, with the signature that its secrets really give.
const SECTION_3_1: &str = concat!(
    r#"OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", "#,
    r#"oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", "#,
    r#"oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D""#
);

#[test]
fn rfc_5849_section_3_4_1_1_gives_this_base_string() {
    let target = "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b";
    let request = read("POST", "http://EXAMPLE.COM:80", target, SECTION_3_1, Some("c2&a3=2+q"));
    assert_eq!(
        request.base_string(),
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D\
         %26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1\
         %26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    );
    assert!(verifies(&request, "j49sk3j29djd", Some("dh893hdasih9")));
}

#[test]
fn rfc_5849_section_3_4_1_3_1_finds_these_parameters() {
    let target = "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b";
    let request = read("POST", "http://example.com", target, SECTION_3_1, Some("c2&a3=2+q"));
    let expected = [("b5", "=%3D"), ("a3", "a"), ("c@", ""), ("a2", "r b"), ("c2", ""), ("a3", "2 q")];
    assert_eq!(request.parameters(), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn rfc_5849_section_3_4_1_3_2_normalises_to_this_text() {
    let mut pairs = parse_urlencoded(b"b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q").unwrap();
    for (name, value) in [
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    ] {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    assert_eq!(
        normalise(&pairs),
        "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a\
         &oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7"
    );
}

/// Signs as a consumer does, and lets the provider read and verify what came out.
fn round_trip(request: &ToSign<'_>, secrets: (&str, &str), keys: (&str, &str)) -> Signed {
    let (consumer_secret, token_secret) = (Secret::new(secrets.0), Secret::new(secrets.1));
    let credentials =
        Credentials { consumer_key: keys.0, consumer_secret: &consumer_secret, token: Some((keys.1, &token_secret)) };
    let signed = sign(request, &credentials).unwrap();
    let (origin, target) = request.url.split_at(request.url.match_indices('/').nth(2).unwrap().0);
    let received = read(request.method, origin, target, &signed.authorization, request.form);
    assert_eq!(received.base_string(), signed.base_string);
    assert_eq!(received.signature(), signed.signature);
    assert!(verifies(&received, secrets.0, Some(secrets.1)));
    signed
}

#[test]
fn oauth_core_1_0a_appendix_a_asks_for_a_photo() {
    let request = ToSign {
        method: "GET",
        url: "http://photos.example.net/photos?file=vacation.jpg&size=original",
        form: None,
        nonce: "kllo9940pd9333jh",
        timestamp: "1191242096",
        signature_method: SignatureMethod::HmacSha1,
        realm: Some("http://photos.example.net/"),
        callback: None,
        verifier: None,
    };
    let secrets = ("kd94hf93k423kf44", "pfkkdhi9sl3r4s00");
    let signed = round_trip(&request, secrets, ("dpf43f3p2l4k3l03", "nnch734d00sl2jdk"));
    assert_eq!(signed.signature, "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
    assert_eq!(
        signed.base_string,
        "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03\
         %26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096\
         %26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal"
    );
}

#[test]
fn twitter_signs_a_greeting_in_both_versions_of_its_guide() {
    for (version, signature) in [("1", "tnnArxj06cWHq44gCs1OSKk/jLY="), ("1.1", "hCtSmYh+iHYCEqBWrE7C7hYmtUk=")] {
        let request = ToSign {
            method: "post",
            url: &format!("https://api.twitter.com/{version}/statuses/update.json?include_entities=true"),
            form: Some("status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21"),
            nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
            timestamp: "1318622958",
            signature_method: SignatureMethod::HmacSha1,
            realm: None,
            callback: None,
            verifier: None,
        };
        let keys = ("xvz1evFS4wEEPTGEFPHBog", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb");
        let secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");
        assert_eq!(round_trip(&request, secrets, keys).signature, signature);
    }
}
