//! Each mistake is made here by hand: base strings are spelled out, and `ring` signs them.

mod told;
mod wall;

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

use super::{recipe::Recipe, *};
use crate::secret::Secret;

const ORIGIN: &str = "https://forge.example:8443";
const PATH: &str = "/tr%2Fack/items";
const TOKEN: &str = "aTokenKeyOfManyLetters";

/// Secrets that must be escaped.
const CONSUMER_SECRET: &str = "c&s +é";
const TOKEN_SECRET: &str = "t/s=";
const KEY: &str = "c%26s%20%2B%C3%A9&t%2Fs%3D";

/// The parameters, sorted and escaped once, as they should be.
const PARAMETERS: &str = "a1=w&a10=x&a2=y&a2=z&c%40=1&c2=~&empty=&note=it%27s%205%25&oauth_consumer_key=k%20y&\
                          oauth_nonce=n&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1&\
                          oauth_token=aTokenKeyOfManyLetters&z=%C3%A9";

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// What a client signs, and how.
struct Client {
    method: &'static str,
    uri: String,
    parameters: String,
    key: String,
    algorithm: hmac::Algorithm,
}

impl Client {
    fn right() -> Self {
        Self {
            method: "POST",
            uri: encoded(&format!("{ORIGIN}{PATH}")),
            parameters: encoded(PARAMETERS),
            key: KEY.to_owned(),
            algorithm: hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        }
    }

    fn at(origin: &str, path: &str) -> Self {
        Self { uri: encoded(&format!("{origin}{path}")), ..Self::right() }
    }

    fn with(parameters: &str) -> Self {
        Self { parameters: encoded(parameters), ..Self::right() }
    }

    fn keyed(key: &str) -> Self {
        Self { key: key.to_owned(), ..Self::right() }
    }

    fn base_string(&self) -> String {
        format!("{}&{}&{}", self.method, self.uri, self.parameters)
    }

    fn bytes(&self) -> Vec<u8> {
        let key = hmac::Key::new(self.algorithm, self.key.as_bytes());
        hmac::sign(&key, self.base_string().as_bytes()).as_ref().to_vec()
    }

    fn signature(&self) -> String {
        STANDARD.encode(self.bytes())
    }
}

/// The request that all of them send.
fn seen() -> Arrived {
    let protocol = format!(
        "OAuth realm=\"forge\", oauth_consumer_key=\"k%20y\", oauth_token=\"{TOKEN}\", \
         oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", oauth_nonce=\"n\", oauth_signature=\"@\""
    );
    Arrived {
        method: "POST".to_owned(),
        origin: ORIGIN.to_owned(),
        origins: vec![ORIGIN.to_owned(), "https://other.example".to_owned()],
        host: Some("Inside.example:8080".to_owned()),
        path: PATH.to_owned(),
        query: Some("a10=x&a2=y&z=%C3%A9&a1=w&c%40=1&c2=%7E".to_owned()),
        authorization: vec![protocol],
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        is_form: true,
        body: Body { size: Some(0), hashes: None },
        text: Some("note=it%27s+5%25&empty=&a2=z".to_owned()),
        is_cut: false,
    }
}

fn carrying(mut seen: Arrived, signature: &str) -> Arrived {
    let header = seen.authorization[0].replace('@', &encoded(signature));
    seen.authorization = vec![header];
    seen
}

/// Read, sealed, and opened again.
fn diagnose(arrived: &Arrived, secrets: &Secrets) -> Diagnosis {
    let sealed = serde_json::to_string(&arrived.read().to_be_sealed()).unwrap();
    super::diagnose(Some(&serde_json::from_str(&sealed).unwrap()), secrets)
}

fn secrets() -> Secrets {
    Secrets {
        consumer: vec![Secret::new(CONSUMER_SECRET)],
        token: Some(Secret::new(TOKEN_SECRET)),
        request_tokens: vec![Secret::new("of another"), Secret::new("of the request token")],
        public_key: None,
    }
}

fn named(signature: &str) -> Diagnosis {
    diagnose(&carrying(seen(), signature), &secrets())
}

/// Makes sure that these mistakes are named, before others that would give the same signature.
#[track_caller]
fn names(client: &Client, mistakes: &[Mistake]) {
    let told = named(&client.signature());
    let Diagnosis::Mistakes(found) = &told else { panic!("{mistakes:?}: {told:?}") };
    assert_eq!(found[0].0, mistakes, "{found:?}");
}

#[track_caller]
fn names_origin(origin: &str) {
    let told = named(&Client::at(origin, PATH).signature());
    let Diagnosis::Mistakes(found) = &told else { panic!("{origin}: {told:?}") };
    let [Finding(mistakes)] = &found[..] else { panic!("{origin}: {found:?}") };
    assert!(matches!(&mistakes[..], [Mistake::OtherOrigin { origin: named, .. }] if named == origin), "{told:?}");
}

#[test]
fn a_right_signature_is_called_right() {
    assert_eq!(named(&Client::right().signature()), Diagnosis::Right);
}

#[test]
fn a_wrong_secret_is_none_of_the_known_mistakes() {
    for key in ["guessed&t%2Fs%3D", "c%26s%20%2B%C3%A9&guessed", "guessed&"] {
        assert_eq!(named(&Client::keyed(key).signature()), Diagnosis::Unknown, "{key}");
    }
    assert_eq!(named("bm9uc2Vuc2U="), Diagnosis::Unknown);
}

#[test]
fn origins_are_named() {
    for origin in [
        "http://forge.example:8443",
        "https://forge.example",
        "http://forge.example",
        "https://other.example",
        "https://Inside.example:8080",
        "http://Inside.example:8080",
        "https://Inside.example",
    ] {
        names_origin(origin);
    }
}

#[test]
fn a_default_port_that_is_kept_is_named() {
    let mut request = seen();
    request.origin = "https://forge.example".to_owned();
    for origin in ["https://forge.example:443", "http://forge.example:80", "http://forge.example"] {
        let signature = Client::at(origin, PATH).signature();
        let told = diagnose(&carrying(request.clone(), &signature), &secrets());
        let Diagnosis::Mistakes(found) = told else { panic!("{origin}: {told:?}") };
        assert!(found[0].sentence().contains(&format!("signs for {origin} (")), "{}", found[0].sentence());
    }
}

#[test]
fn paths_and_queries_in_the_wrong_place_are_named() {
    names(&Client::at(ORIGIN, "/tr%2Fack/items/"), &[Mistake::SlashAdded]);
    names(&Client::at(ORIGIN, "/tr/ack/items"), &[Mistake::PathDecoded]);
    names(&Client::at(ORIGIN, "/tr%252Fack/items"), &[Mistake::PathEscapedTwice]);
    let with_query = format!("{PATH}?a10=x&a2=y&z=%C3%A9&a1=w&c%40=1&c2=%7E");
    names(&Client::at(ORIGIN, &with_query), &[Mistake::QueryInBoth]);
    let without = "a2=z&empty=&note=it%27s%205%25&oauth_consumer_key=k%20y&oauth_nonce=n&\
                   oauth_signature_method=HMAC-SHA1&oauth_timestamp=1&oauth_token=aTokenKeyOfManyLetters";
    names(&Client::with(without), &[Mistake::QueryLeftOut]);
    names(&Client { parameters: encoded(without), ..Client::at(ORIGIN, &with_query) }, &[Mistake::QueryInUri]);
    let mut request = seen();
    request.path.push('/');
    let told = diagnose(&carrying(request, &Client::right().signature()), &secrets());
    assert_eq!(told, Diagnosis::Mistakes(vec![Finding(vec![Mistake::SlashDropped])]));
}

#[test]
fn parameters_left_out_or_added_are_named() {
    names(
        &Client::with(&PARAMETERS.replace("&a2=z", "").replace("empty=&note=it%27s%205%25&", "")),
        &[Mistake::BodyLeftOut],
    );
    names(&Client::with(&PARAMETERS.replace("empty=&", "")), &[Mistake::EmptyLeftOut]);
    names(&Client::with(&PARAMETERS.replace("&a2=y", "")), &[Mistake::RepeatedLeftOut]);
    names(&Client::with(&PARAMETERS.replace("&z=%C3%A9", "&realm=forge&z=%C3%A9")), &[Mistake::RealmIncluded]);
    for name in ["oauth_nonce=n&", "oauth_timestamp=1&", "oauth_token=aTokenKeyOfManyLetters&", "a1=w&"] {
        let left_out = Mistake::LeftOut(name.split('=').next().unwrap().to_owned());
        names(&Client::with(&PARAMETERS.replace(name, "")), &[left_out]);
    }
    for version in ["1.0A", "1.0a", "1.0"] {
        let added = format!("&oauth_version={version}&z=");
        let mistake = Mistake::Added("oauth_version".to_owned(), version.to_owned());
        names(&Client::with(&PARAMETERS.replace("&z=", &added)), &[mistake]);
    }
    let signature = PARAMETERS.replace("oauth_signature_method", "oauth_signature=&oauth_signature_method");
    names(&Client::with(&signature), &[Mistake::Added("oauth_signature".to_owned(), String::new())]);
}

#[test]
fn callback_and_verifier_left_out_and_an_empty_token_are_named() {
    let protocol = "OAuth oauth_consumer_key=\"k\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", \
                    oauth_nonce=\"n\", oauth_callback=\"oob\", oauth_verifier=\"v\", oauth_signature=\"@\"";
    let request =
        Arrived { query: None, is_form: false, text: None, authorization: vec![protocol.to_owned()], ..seen() };
    let of_consumer = Secrets { consumer: vec![Secret::new("s")], ..Secrets::default() };
    let told = |parameters: &str| {
        let client = Client { parameters: encoded(parameters), ..Client::keyed("s&") };
        let Diagnosis::Mistakes(found) = diagnose(&carrying(request.clone(), &client.signature()), &of_consumer) else {
            panic!("{parameters}")
        };
        found.into_iter().map(|Finding(mistakes)| mistakes).collect::<Vec<_>>()
    };
    let (callback, verifier) = ("oauth_callback=oob&", "&oauth_verifier=v");
    let middle = "oauth_consumer_key=k&oauth_nonce=n&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1";
    let left_out = |name: &str| vec![vec![Mistake::LeftOut(name.to_owned())]];
    assert_eq!(told(&format!("{middle}{verifier}")), left_out("oauth_callback"));
    assert_eq!(told(&format!("{callback}{middle}")), left_out("oauth_verifier"));
    let empty = vec![vec![Mistake::Added("oauth_token".to_owned(), String::new())]];
    assert_eq!(told(&format!("{callback}{middle}&oauth_token={verifier}")), empty);
}

#[test]
fn a_body_that_is_counted_though_it_is_no_form_is_named() {
    let request = Arrived { is_form: false, content_type: Some("text/plain".to_owned()), ..seen() };
    let told = diagnose(&carrying(request, &Client::right().signature()), &secrets());
    assert_eq!(told, Diagnosis::Mistakes(vec![Finding(vec![Mistake::BodyCounted])]));
}

#[test]
fn wrong_orders_are_named() {
    names(&Client::with(&PARAMETERS.replace("c%40=1&c2=~", "c2=~&c%40=1")), &[Mistake::SortedBeforeEscaping]);
    names(&Client::with(&PARAMETERS.replace("a10=x&a2=y&a2=z", "a2=y&a2=z&a10=x")), &[Mistake::SortedNaturally]);
    names(&Client::with(&PARAMETERS.replace("a1=w&a10=x", "a10=x&a1=w")), &[Mistake::SortedAsWholePairs]);
    let as_sent = "oauth_consumer_key=k%20y&oauth_token=aTokenKeyOfManyLetters&oauth_signature_method=HMAC-SHA1&\
                   oauth_timestamp=1&oauth_nonce=n&a10=x&a2=y&z=%C3%A9&a1=w&c%40=1&c2=~&note=it%27s%205%25&empty=&a2=z";
    names(&Client::with(as_sent), &[Mistake::NotSorted]);
}

#[test]
fn wrong_escapes_are_named() {
    names(&Client::with(&PARAMETERS.replace("c%40", "c@")), &[Mistake::NamesNotEscaped]);
    names(&Client::with(&PARAMETERS.replace("c%40", "c%2540")), &[Mistake::NamesEscapedTwice]);
    let plain = PARAMETERS.replace("it%27s%205%25", "it's 5%").replace("k%20y", "k y").replace("%C3%A9", "é");
    names(&Client::with(&plain), &[Mistake::ValuesNotEscaped]);
    let twice = [("%27s%205%25", "%2527s%25205%2525"), ("k%20y", "k%2520y"), ("%C3%A9", "%25C3%25A9")];
    let twice = twice.iter().fold(PARAMETERS.to_owned(), |text, (once, twice)| text.replace(once, twice));
    names(&Client::with(&twice), &[Mistake::ValuesEscapedTwice]);
    let as_form = PARAMETERS.replace("%20", "+").replace('~', "%7E");
    names(&Client { parameters: encoded(&as_form), ..Client::right() }, &[Mistake::BlankAsPlus]);
    let as_sent = PARAMETERS.replace("%27s%20", "%27s+");
    names(&Client::with(&as_sent), &[Mistake::BlankAsPlusAsSent]);
    names(&Client::with(&PARAMETERS.replace('~', "%7E")), &[Mistake::TildeEscaped]);
    names(
        &Client { parameters: encoded(&PARAMETERS.replace("%27", "'")).replace("%27", "'"), ..Client::right() },
        &[Mistake::MarksNotEscaped],
    );
    let right = Client::right();
    let lower = |text: &str| {
        let escapes = ["%2F", "%3A", "%3D", "%C3", "%A9", "%25C3", "%25A9"];
        escapes.iter().fold(text.to_owned(), |text, escape| text.replace(escape, &escape.to_lowercase()))
    };
    let lower = Client { uri: lower(&right.uri), parameters: lower(&right.parameters), ..right };
    names(&lower, &[Mistake::LowerCaseEscapes]);
}

#[test]
fn parts_that_are_not_escaped_are_named() {
    names(&Client { parameters: PARAMETERS.to_owned(), ..Client::right() }, &[Mistake::ParametersNotEscapedAgain]);
    names(&Client { uri: format!("{ORIGIN}{PATH}"), ..Client::right() }, &[Mistake::UriNotEscaped]);
}

#[test]
fn wrong_methods_are_named() {
    names(&Client { method: "post", ..Client::right() }, &[Mistake::MethodInLowerCase]);
    names(&Client { method: "GET", ..Client::right() }, &[Mistake::OtherMethod("GET".to_owned())]);
}

#[test]
fn wrong_keys_are_named() {
    for (key, mistake) in [
        ("c&s +é&t/s=", Mistake::SecretsNotEscaped),
        ("c%26s%20%2B%C3%A9", Mistake::AmpersandMissing),
        ("c%26s%20%2B%C3%A9t%2Fs%3D", Mistake::AmpersandMissing),
        ("c%26s%20%2B%C3%A9&", Mistake::TokenSecretMissing),
        ("&t%2Fs%3D", Mistake::ConsumerSecretMissing),
        ("t%2Fs%3D&c%26s%20%2B%C3%A9", Mistake::SecretsSwapped),
        ("k%20y&t%2Fs%3D", Mistake::KeyInsteadOfSecret),
        ("c%26s%20%2B%C3%A9&aTokenKeyOfManyLetters", Mistake::KeyInsteadOfSecret),
        ("c%26s%20%2B%C3%A9&of%20the%20request%20token", Mistake::RequestTokenSecret),
    ] {
        names(&Client::keyed(key), &[mistake]);
    }
}

#[test]
fn a_missing_ampersand_with_an_empty_token_secret_is_named() {
    let protocol = "OAuth oauth_consumer_key=\"k\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", \
                    oauth_nonce=\"n\", oauth_signature=\"@\"";
    let request = Arrived { query: None, text: None, authorization: vec![protocol.to_owned()], ..seen() };
    let parameters = "oauth_consumer_key=k&oauth_nonce=n&oauth_signature_method=HMAC-SHA1&oauth_timestamp=1";
    let client = Client { parameters: encoded(parameters), ..Client::keyed("s") };
    let of_consumer = Secrets { consumer: vec![Secret::new("s")], ..Secrets::default() };
    let told = diagnose(&carrying(request, &client.signature()), &of_consumer);
    assert_eq!(told, Diagnosis::Mistakes(vec![Finding(vec![Mistake::AmpersandMissing])]));
}

#[test]
fn the_other_hash_is_named() {
    names(&Client { algorithm: hmac::HMAC_SHA256, ..Client::right() }, &[Mistake::OtherHash]);
}

#[test]
fn signatures_that_are_written_wrongly_are_named() {
    // A nonce that gives a signature with both characters that the alphabets differ in.
    let bytes = Client::right().bytes();
    let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let right = Client::right().signature();
    let url_safe = right.replace('+', "-").replace('/', "_");
    assert_ne!(right, url_safe, "the example has neither + nor /");
    for (written, mistake) in [
        (url_safe, Mistake::UrlSafeSignature),
        (hexadecimal.to_uppercase(), Mistake::HexadecimalSignature),
        (STANDARD.encode(&hexadecimal), Mistake::HexadecimalSignature),
        (hexadecimal, Mistake::HexadecimalSignature),
        (right.trim_end_matches('=').to_owned(), Mistake::PaddingMissing),
        (encoded(&right), Mistake::SignatureEscapedTwice),
    ] {
        assert_eq!(named(&written), Diagnosis::Mistakes(vec![Finding(vec![mistake])]), "{written}");
    }
    let with_plus = (0..).map(|n| format!("z{n}")).find_map(|path| {
        let request = Arrived { path: format!("/{path}"), ..seen() };
        let signature = Client::at(ORIGIN, &request.path).signature();
        signature.contains('+').then_some((request, signature))
    });
    let (request, signature) = with_plus.unwrap();
    let told = diagnose(&carrying(request, &signature.replace('+', " ")), &secrets());
    assert_eq!(told, Diagnosis::Mistakes(vec![Finding(vec![Mistake::SignatureNotEscaped])]));
}

#[test]
fn two_mistakes_at_once_are_named() {
    let origin = Client::at("http://forge.example:8443", PATH);
    let unsorted = encoded(&PARAMETERS.replace("c%40=1&c2=~", "c2=~&c%40=1"));
    let both = Client { parameters: unsorted, ..origin };
    let Diagnosis::Mistakes(found) = named(&both.signature()) else { panic!("not named") };
    assert!(matches!(&found[0].0[..], [Mistake::OtherOrigin { .. }, Mistake::SortedBeforeEscaping]), "{found:?}");
    let unescaped = PARAMETERS.replace("c%40", "c@").replace("it%27s%205%25", "it's 5%");
    let unescaped = unescaped.replace("k%20y", "k y").replace("%C3%A9", "é");
    names(&Client::with(&unescaped), &[Mistake::NamesNotEscaped, Mistake::ValuesNotEscaped]);
    let key = Client { key: "c&s +é&t/s=".to_owned(), ..Client::at(ORIGIN, "/tr%2Fack/items/") };
    names(&key, &[Mistake::SecretsNotEscaped, Mistake::SlashAdded]);
}

#[test]
fn a_wrong_body_hash_is_told_apart_from_a_wrong_signature() {
    let mut request = seen();
    request.is_form = false;
    request.authorization[0] =
        request.authorization[0].replace("oauth_nonce", "oauth_body_hash=\"wrong\", oauth_nonce");
    request.body.hashes = Some(("right".to_owned(), "right too".to_owned()));
    let parameters = "a1=w&a10=x&a2=y&c%40=1&c2=~&oauth_body_hash=wrong&oauth_consumer_key=k%20y&oauth_nonce=n&\
                      oauth_signature_method=HMAC-SHA1&oauth_timestamp=1&oauth_token=aTokenKeyOfManyLetters&z=%C3%A9";
    let signature = Client::with(parameters).signature();
    assert_eq!(diagnose(&carrying(request, &signature), &secrets()), Diagnosis::WrongBodyHash);
}

#[test]
fn what_is_malformed_or_cut_is_not_tried() {
    let cut = Arrived { is_cut: true, ..seen() };
    assert_eq!(diagnose(&carrying(cut, &Client::right().signature()), &secrets()), Diagnosis::NotTried);
    let broken = Arrived { query: Some("a=%zz".to_owned()), ..seen() };
    assert_eq!(diagnose(&carrying(broken, "AAAA"), &secrets()), Diagnosis::NotTried);
}
