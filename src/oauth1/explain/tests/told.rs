//! What is said of a difference, and what is never shown.

use super::*;

/// As it is compared while everything is known of it.
fn compare(arrived: &Arrived, pasted: &str) -> Option<Difference> {
    let whole = arrived.read();
    super::compare(&whole.mask(), Some(&whole), pasted)
}

/// The causes that are named for a base string that a client pasted.
fn causes(pasted: &str) -> Vec<String> {
    compare(&carrying(seen(), "AAAA"), pasted).unwrap().causes
}

#[track_caller]
fn points_at(pasted: &str, words: &str) {
    let causes = causes(pasted);
    assert!(causes.first().is_some_and(|cause| cause.contains(words)), "{words:?} in {causes:?}");
}

#[test]
fn an_equal_base_string_has_no_difference() {
    let right = Client::right().base_string();
    assert_eq!(compare(&seen(), &right), None);
    assert_eq!(compare(&seen(), &format!("  \"{right}\"\r\n")), None);
}

#[test]
fn the_cause_of_a_difference_in_the_uri_is_named() {
    let at = |origin: &str, path: &str| Client::at(origin, path).base_string();
    points_at(&at("http://forge.example:8443", PATH), "scheme differs");
    points_at(&at("https://forge.example", PATH), "port is missing");
    points_at(&at("https://forge.example:8444", PATH), "port differs");
    points_at(&at("https://inside.example:8443", PATH), "host differs");
    points_at(&at("https://Forge.example:8443", PATH), "lower case");
    points_at(&at(ORIGIN, "/tr%2Fack/items/"), "slash at the end");
    points_at(&at(ORIGIN, "/tr/ack/items"), "decoded");
    points_at(&at(ORIGIN, "/tr%252Fack/items"), "escaped once more");
    points_at(&at(ORIGIN, "/elsewhere"), "path is another one");
    points_at(&at(ORIGIN, "/tr%2Fack/items?a=b"), "query is left in the URI");
    let right = Client::right().base_string();
    points_at(&right.replace("%3A", "%3a"), "lower case (%3a)");
    points_at(&right.replace("https%3A%2F%2F", "https%253A%252F%252F"), "escaped twice");
    points_at(&Client { uri: format!("{ORIGIN}{PATH}"), ..Client::right() }.base_string(), "not escaped");
    points_at(&right.replacen("POST", "post", 1), "upper case");
    points_at(&right.replacen("POST", "GET", 1), "GET");
}

#[test]
fn a_missing_ampersand_is_named() {
    let right = Client::right().base_string();
    points_at(&right.replacen('&', "", 1), "& is missing");
    points_at(&encoded(&right), "escaped as a whole");
    points_at(&Client { parameters: PARAMETERS.to_owned(), ..Client::right() }.base_string(), "not escaped as a whole");
}

#[test]
fn the_cause_of_a_difference_in_the_parameters_is_named() {
    let with = |from: &str, to: &str| Client::with(&PARAMETERS.replace(from, to)).base_string();
    points_at(&with("c%40=1&c2=~", "c2=~&c%40=1"), "sort order");
    points_at(&with("%20", "+"), "blank is written as +");
    points_at(&with("%C3%A9", "%25C3%25A9"), "escaped once too often");
    points_at(&with("%C3%A9", "é"), "not escaped before");
    points_at(&with("%27", "'"), "encodeURIComponent");
    points_at(&with("=~", "=%7E"), "~ is escaped");
    points_at(&with("a2=y&", ""), "Missing in the client's base string: a2");
    points_at(&with("&a2=z", ""), "Missing in the client's base string: a2");
    points_at(&with("a1=w", "a1=v"), "a1 differs: \"w\" arrived, and the client signed \"v\"");
    points_at(&with("&z=", "&x=1&z="), "Only in the client's base string: x");
    points_at(&with("&z=", "&realm=forge&z="), "realm");
    points_at(&with("empty=&note=it%27s%205%25&", ""), "Missing in the client's base string: empty, note");
    let body = PARAMETERS.replace("&a2=z", "").replace("empty=&note=it%27s%205%25&", "");
    points_at(&Client::with(&body).base_string(), "body is counted");
}

#[test]
fn a_body_that_is_no_form_is_named_as_such() {
    let request = Arrived { is_form: false, ..seen() };
    let difference = compare(&request, &Client::right().base_string()).unwrap();
    assert!(difference.causes[0].contains("body is not counted"), "{difference:?}");
}

#[test]
fn the_first_difference_is_shown_side_by_side() {
    let pasted = Client::with(&PARAMETERS.replace("a1=w", "a1=v")).base_string();
    let difference = compare(&seen(), &pasted).unwrap();
    let right = Client::right().base_string();
    let at = right.find("%3Dw").unwrap() + 3;
    assert_eq!(difference.position, at);
    assert_eq!((difference.ours.piece.as_str(), difference.theirs.piece.as_str()), ("w", "v"));
    assert_eq!(difference.ours.before, difference.theirs.before);
    assert!(difference.ours.before.ends_with("a1%3D") && difference.ours.after.starts_with("%26a10"));
}

#[test]
fn no_signature_verifier_or_whole_token_is_shown() {
    let verifier = "aVerifierThatIsSecret";
    let mut request = carrying(seen(), "c2lnbmF0dXJl");
    request.authorization[0].push_str(&format!(", oauth_verifier=\"{verifier}\""));
    let whole = request.read();
    let ours = Recipe::right(&whole, crate::oauth1::SignatureMethod::HmacSha1).base_string();
    assert!(ours.contains(TOKEN) && ours.contains(verifier));
    let other = "anotherTokenOfManyLetters";
    let pasted = ours.replace(TOKEN, other).replace(verifier, "anotherVerifier");
    let difference = compare(&request, &pasted).unwrap();
    let (parameters, base_string) = normalised(&whole.mask(), Some(&whole));
    let parameters: String = parameters.into_iter().map(|(_, normalised)| normalised + "&").collect();
    let seen = serde_json::to_string(&whole.mask()).unwrap();
    let shown = [base_string, parameters, seen, format!("{difference:?}")];
    for secret in [TOKEN, verifier, other, "anotherVerifier", "c2lnbmF0dXJl"] {
        assert!(shown.iter().all(|text| !text.contains(secret)), "{secret} in {shown:?}");
    }
    assert!(shown[0].contains("oauth_token%3DaToken…%26oauth_verifier%3D…(21)%26"), "{}", shown[0]);
    assert!(shown[1].contains("oauth_verifier=…(21)&z=%C3%A9&"), "{}", shown[1]);
    assert!(difference.causes[0].contains("oauth_token differs"), "{difference:?}");
    assert_eq!((difference.ours.piece.as_str(), difference.theirs.piece.as_str()), ("aToken…", "anothe…"));
}

#[test]
fn a_difference_behind_a_mask_is_pointed_at_and_not_shown() {
    let with =
        |password: &str| Client::with(&PARAMETERS.replace("&z=", &format!("&password={password}&z="))).base_string();
    let request = Arrived { query: seen().query.map(|query| query + "&password=s3cret"), ..carrying(seen(), "AAAA") };
    let ours = compare(&request, &with("other")).unwrap();
    assert_eq!((ours.ours.piece.as_str(), ours.theirs.piece.as_str()), ("…(6)", "…(5)"));
    assert!(ours.ours.before.ends_with("password%3D"), "{ours:?}");
    assert!(ours.causes[0].contains("password differs"), "{ours:?}");
}

#[test]
fn what_was_kept_without_secrets_is_compared_as_far_as_that_goes() {
    let seen = carrying(seen(), "AAAA").read().mask();
    let right = Client::right().base_string();
    assert_eq!(super::compare(&seen, None, &right), None);
    let other = super::compare(&seen, None, &right.replace("a1%3Dw", "a1%3Dv")).unwrap();
    assert!(other.causes[0].contains("a1 differs"), "{other:?}");
}

#[test]
fn of_what_cannot_be_read_names_and_lengths_are_told() {
    let broken = Arrived {
        query: Some("a=%zz&oauth_verifier=SEKRIT;pin=SEKRIT&SEKRIT".to_owned()),
        authorization: vec!["OAuth SEKRIT oauth_nonce=x, oauth_signature=SEKRIT, U0VL==, x=y".to_owned()],
        ..seen()
    };
    let seen = broken.read().mask();
    assert!(seen.extent == Extent::Unreadable && seen.parameters.is_empty());
    let told: Vec<_> = seen.unread.iter().map(|one| (one.place, one.text.shown().unwrap())).collect();
    let fault = "a percent sign is not followed by two hexadecimal digits";
    let query = format!("a=…(3): here {fault}\noauth_verifier=…(6)\npin=…(6)\n…(6)");
    let header = "…(20)\noauth_signature=…(6)\n…(6)\n…(3)";
    let body = "note=…(11)\n…(6)\na2=…(1)";
    assert_eq!(told, [(Place::Header, header), (Place::Query, &query), (Place::Body, body)]);
}

#[test]
fn the_key_that_a_request_claims_is_found_in_whatever_shape_it_is() {
    assert_eq!(seen().claimed("oauth_consumer_key").as_deref(), Some("k y"));
    let broken =
        Arrived { query: Some("a=%zz&oauth_consumer_key=in%20query".to_owned()), authorization: Vec::new(), ..seen() };
    assert_eq!(broken.claimed("oauth_consumer_key").as_deref(), Some("in query"));
    assert_eq!(broken.claimed("oauth_token"), None);
}
