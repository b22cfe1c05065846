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
    /// Whoever may compare as often as he likes learns nothing of where a guess goes wrong.
    #[test]
    fn all_wrong_guesses_at_what_is_masked_are_answered_alike(
        (place, secret) in (0..5_u8, "[a-z]{6}[A-Za-z0-9]{15}"),
        rights in [6..21_usize, 6..21_usize],
    ) {
        let request = guessed_at(&secret, place);
        let whole = request.read();
        let right = Recipe::right(&whole, crate::oauth1::SignatureMethod::HmacSha1).base_string();
        prop_assert_eq!(compare(&whole.mask(), Some(&whole), &right), None);
        let [one, other] = rights.map(|right_until| {
            let guess = wrong_from(&secret, right_until);
            [guess.clone(), guess + "%26more%3D1"].map(|guess| right.replace(&secret, &guess))
        });
        for (one, other) in one.into_iter().zip(other) {
            let told = |pasted: &str| {
                let Difference { position, ours, causes, .. } = compare(&whole.mask(), Some(&whole), pasted)?;
                // What is beside that is the guess itself, from this position on.
                Some((position, ours, causes))
            };
            let (one, other) = (told(&one), told(&other));
            prop_assert!(one.as_ref().is_some_and(|(.., causes)| causes.iter().any(|cause| cause.contains("not shown"))));
            prop_assert_eq!(one, other);
        }
    }
}

/// A request with a secret behind a mask, or a whole name or piece of the path that is one.
fn guessed_at(secret: &str, place: u8) -> Arrived {
    let mut request = carrying(seen(), "AAAA");
    match place {
        0 => request.query = Some(format!("password={secret}")),
        1 => request.query = Some(format!("{secret}!X")),
        2 => request.path = format!("/p/a;password={secret}/q"),
        3 => request.text = Some(format!("a=1&note=password:{secret}")),
        _ => request.authorization[0] = request.authorization[0].replace(TOKEN, secret),
    }
    request
}

/// The secret with one letter changed, and all that follow.
fn wrong_from(secret: &str, right_until: usize) -> String {
    secret
        .chars()
        .enumerate()
        .map(|(at, c)| {
            if at < right_until {
                c
            } else if c == 'x' {
                'y'
            } else {
                'x'
            }
        })
        .collect()
}
