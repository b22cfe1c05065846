//! The wall before secrets: wherever somebody put one and whatever they called it, it stands in no page and no explanation.

use oauthprovider::{
    clock,
    provider::refusals::{OwnBaseString, find},
    store::{Connection, refusals::Whose},
};
use proptest::{
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};

use super::ECHO;
use crate::support::{Browser, Call, Forge, PLUGIN, Tool, on_both_databases, raw};

/// What secrets are called, by us and by others.
const NAMES: [&str; 26] = [
    "oauth_verifier",
    "oauth_signature",
    "OAUTH_SIGNATURE",
    "oauth_token_secret",
    "oauth_consumer_secret",
    "oauth_something",
    "password",
    "Password",
    "PASSWD",
    "pass",
    "pwd",
    "user[password]",
    "access_token",
    "private-token",
    "api_key",
    "apiKey",
    "X-Api-Key",
    "client_secret",
    "Authorization",
    "session_id",
    "JSESSIONID",
    "cookie",
    "credential",
    "code",
    "csrf_token",
    "bearer",
];

/// What stands between the name and the secret.
const JOINTS: [&str; 9] = ["=", "=\"", " = \"", "='", ":", "\":\"", "%3D", "%253D", "%25253d"];

/// What stands before the name.
const BEFORE: [&str; 11] = ["", "&", "a=1&", "a=1;", "a=1%26", "x=%2526", "+", "%20", "{\"", "a=1\n", "OAuth "];

/// Where all of it stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Query,
    Form,
    OtherBody,
    Path,
    /// In the OAuth header, behind what is right.
    Header,
    /// In an OAuth header of its own.
    SecondHeader,
    Another(&'static str),
}

const PLACES: [Place; 14] = [
    Place::Query,
    Place::Query,
    Place::Form,
    Place::Form,
    Place::OtherBody,
    Place::Path,
    Place::Header,
    Place::Header,
    Place::SecondHeader,
    Place::Another("Authorization"),
    Place::Another("Cookie"),
    Place::Another("Content-Type"),
    Place::Another("Host"),
    Place::Another("X-Forwarded-For"),
];

/// How the name is escaped.
fn escaped(name: &str, how: u8) -> String {
    let all = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    match how {
        0 => name.to_owned(),
        1 => name.replace('_', "%5F"),
        2 => name.replace('_', "%255f"),
        3 => all(name),
        4 => all(&all(name)),
        5 => format!("{name}%00"),
        _ => format!("{name} "),
    }
}

/// A request that names the tool and holds the text; nothing in it is proved.
fn sent(tool: &Tool, timestamp: i64, place: Place, text: &str) -> Vec<u8> {
    let good = tool.request("POST", ECHO).timestamp(timestamp).signed();
    let authorization = good.headers[0].1.clone();
    let (mut target, mut headers, mut body) = (ECHO.to_owned(), Vec::new(), String::new());
    headers.push(("Authorization", authorization));
    match place {
        Place::Query => target = format!("{ECHO}?{text}"),
        Place::Path => target = format!("{ECHO}/;{text}"),
        Place::Form => {
            headers.push(("Content-Type", "application/x-www-form-urlencoded".to_owned()));
            body = text.to_owned();
        }
        Place::OtherBody => {
            headers.push(("Content-Type", "text/plain".to_owned()));
            body = text.to_owned();
        }
        Place::Header => headers[0].1 = format!("{}, {text}", headers[0].1),
        Place::SecondHeader => headers.push(("Authorization", format!("OAuth {text}"))),
        Place::Another(name) => headers.push((name, text.to_owned())),
    }
    if !matches!(place, Place::Another("Host")) {
        headers.push(("Host", tool.base.replace("http://", "")));
    }
    let headers: String =
        headers.into_iter().map(|(name, value)| format!("{name}: {}\r\n", value.replace('\n', " "))).collect();
    let length = body.len();
    format!("POST {target} HTTP/1.1\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// All that is ever told of a refusal: on its page, in the list, and by the command.
fn told(forge: &Forge, admin: &Browser, id: &str, own: &str) -> String {
    let page = format!("{PLUGIN}/refusals/{id}?base_string={}", oauthprovider::oauth1::percent_encode(own));
    let page = admin.get(&page).expect(200).text();
    let list = admin.get(&format!("{PLUGIN}/refusals")).expect(200).text();
    let look = |conn: &mut Connection| find(conn, id, Whose::All, clock::now());
    let found = forge.store().blocking(look).unwrap_or_else(|error| panic!("{error}")).unwrap();
    let explained = found.explained(Some(&OwnBaseString::parse(own.to_owned()).unwrap()));
    // The command prints this.
    page + &list + &serde_json::to_string(&explained).unwrap()
}

on_both_databases! {
    fn no_secret_passes_it_whatever_it_is_called_and_wherever_it_stands(forge: Forge) {
        let (tool, admin) = (Tool { secret: "guessed".to_owned(), ..forge.jenkins_a_for_alice() }, forge.browser_of("admin"));
        let case = (select(&BEFORE[..]), select(&NAMES[..]), 0..7_u8, select(&JOINTS[..]), select(&PLACES[..]), "SEKRIT[A-Za-z0-9]{30}");
        let mut looked_up = 0;
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        for number in 0..300 {
            let (before, name, how, joint, place, secret) = case.new_tree(&mut runner).unwrap().current();
            let text = format!("{before}{}{joint}{secret}", escaped(name, how));
            // Some are refused for their signature, which is then kept, and tried with every mistake there is.
            let timestamp = if number % 16 == 0 { clock::now() } else { 1 };
            let answer = raw(forge.base(), &sent(&tool, timestamp, place, &text));
            let Some(id) = answer.header("X-Refusal-Id") else { continue };
            looked_up += 1;
            let told = told(&forge, &admin, id, &format!("POST&http%3A%2F%2Fh&a%3D1%26{text}"));
            assert!(!told.contains(&secret), "{place:?} {text:?}: {}", told.split(&secret).next().unwrap());
        }
        assert!(looked_up > 100, "{looked_up}");
    }

    fn hides_what_does_not_parse_and_what_has_no_name(forge: Forge) {
        let admin = forge.browser_of("admin");
        let key = "oauth_consumer_key=key%20of%20jenkins_a";
        let ask = |query: &str, header: Option<&str>| {
            let call = Call::new("GET", &format!("{}{ECHO}?{query}", forge.base()));
            header.map_or(call.clone(), |header| call.header("Authorization", header)).send()
        };
        for answer in [
            ask(key, Some("OAuth SEKRIT")),
            ask(key, Some("OAuth U0VLUklU==")),
            ask(key, Some("OAuth SEKRIT oauth_consumer_key=x, y=z")),
            ask(&format!("{key}&a=%zz&b=SEKRIT"), None),
            ask(&format!("{key}&oauth_signature=x&{}", "SEKRIT".repeat(10)), None),
            ask(&format!("{key}&oauth_signature=x&redirect=http://alice:SEKRIT@forge.example/"), None),
            ask(&format!("{key}&oauth_signature=x&header=Basic%20SEKRIT"), None),
        ] {
            let told = told(&forge, &admin, &answer.refusal(), "GET&a&b");
            for secret in ["SEKRIT", "U0VLUklU"] {
                assert!(!told.contains(secret), "{told}");
            }
        }
    }
}
