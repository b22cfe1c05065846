//! Whatever a secret is called, however that is escaped and wherever it stands, it is not shown.

use proptest::{prelude::*, sample::select};

use super::*;

const NAMES: [&str; 15] = [
    "oauth_verifier",
    "oauth_signature",
    "OAUTH_TOKEN_SECRET",
    "oauth_more",
    "Password",
    "passwd",
    "user[pass]",
    "pwd",
    "access_token",
    "private-token",
    "api_key",
    "Authorization",
    "JSESSIONID",
    "Set-Cookie",
    "code",
];

/// A name and a secret, joined and escaped as people and languages do, behind something else.
fn written() -> impl Strategy<Value = (String, String)> {
    let joints = ["=", "=\"", " = \"", "='", ":", " : ", "\":\"", ">", "%3D", "%253D", "%25253d", "%3a"];
    let before = ["", "a=1&", "a=1;", "a=1%26", "a=%2526", "%20", "+", "{\"", "<", "a=1\n", "a=1, ", "h=Basic "];
    let parts = (select(before.to_vec()), select(NAMES.to_vec()), 0..7_u8, select(joints.to_vec()));
    (parts, "SEKRIT[A-Za-z0-9]{20}", select(vec!["", "\"", "&b=2", ";b=2", "\"}"])).prop_map(
        |((before, name, how, joint), secret, after)| {
            (format!("{before}{}{joint}{secret}{after}", escaped(name, how)), secret)
        },
    )
}

fn escaped(name: &str, how: u8) -> String {
    let all = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    match how {
        0 => name.to_owned(),
        1 => name.replace('_', "%5f"),
        2 => name.replace('_', "%25255F"),
        3 => all(name),
        4 => all(&all(name)),
        5 => format!("{name}%00"),
        _ => format!("{name};%0A"),
    }
}

/// The request with the text in one of its places.
fn with(text: &str, place: u8) -> Arrived {
    let mut request = carrying(seen(), "AAAA");
    let text = text.to_owned();
    match place {
        0 => request.query = Some(text),
        1 => request.query = request.query.map(|query| format!("{query}&{text}")),
        2 => request.text = Some(text),
        3 => request.authorization[0] = format!("{}, {text}", request.authorization[0]),
        4 => request.authorization[0] = format!("OAuth {text}"),
        5 => request.authorization.push(text),
        6 => request.host = Some(text),
        7 => request.content_type = Some(text),
        8 => request.path = format!("/p;{text}/q"),
        _ => (request.is_form, request.text) = (false, Some(text)),
    }
    request
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_shown((text, secret) in written(), place in 0..10_u8) {
        let request = with(&text, place);
        let whole = request.read();
        let seen = whole.mask();
        let pasted = format!("GET&http%3A%2F%2Fh&a%3D1%26{text}%26z%3D");
        let mut shown = serde_json::to_string(&seen).unwrap();
        shown.push_str(&serde_json::to_string(&whole.mask().cut()).unwrap());
        for whole in [Some(&whole), None] {
            let (parameters, base_string) = normalised(&seen, whole);
            shown.extend(parameters.into_iter().map(|(_, normalised)| normalised));
            shown.push_str(&base_string);
            for pasted in [&pasted, &text] {
                shown.push_str(&format!("{:?}", compare(&seen, whole, pasted)));
            }
        }
        prop_assert!(!shown.contains(&secret), "{place} {text:?}: {shown}");
    }
}
