//! What is signed: parameters, their order and their encoding. The base strings here are spelled out and signed by
//! `ring`, so that a mistake of the service's own signer cannot confirm itself.

use serde_json::json;

use crate::support::{Database, Forge, PUBLIC_KEY, Tool, encoded};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// As it stands in a query or form, as it is normalised (`@`: the protocol's parameters), and as the echo tells it.
type Row<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Sends every row in the query and in a form body.
#[track_caller]
fn each_is_accepted(rows: &[Row]) {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for (sent, normalised, told) in rows {
        let in_query = jenkins.by_hand("GET", ECHO, normalised).call(&format!("{ECHO}?{sent}"));
        let form = jenkins.by_hand("POST", ECHO, normalised).call(ECHO);
        let in_form = form.body("application/x-www-form-urlencoded", *sent);
        for answer in [in_query.send(), in_form.send()] {
            assert_eq!(answer.status, 200, "{sent}: {}", answer.text());
            assert_eq!(answer.json()["parameters"], json!(told), "{sent}");
        }
    }
}

mod pitfall_01_parameters_are_sorted_by_bytes_after_encoding {
    use super::*;

    #[test]
    fn names_then_values_and_not_whole_strings() {
        each_is_accepted(&[
            ("c2=1&c%40=2", "c%40=2&c2=1&@", &[("c2", "1"), ("c@", "2")]),
            ("a2=x&a10=y", "a10=y&a2=x&@", &[("a2", "x"), ("a10", "y")]),
            ("name10=a&name1=b", "name1=b&name10=a&@", &[("name10", "a"), ("name1", "b")]),
            ("a-b=1&a=2", "a=2&a-b=1&@", &[("a-b", "1"), ("a", "2")]),
            ("b=1&A=2&a=3", "A=2&a=3&b=1&@", &[("b", "1"), ("A", "2"), ("a", "3")]),
            ("z=1&y=2", "@&y=2&z=1", &[("z", "1"), ("y", "2")]),
            (
                "oauthz=1&oauth=2&OAUTH_x=3",
                "OAUTH_x=3&oauth=2&@&oauthz=1",
                &[("oauthz", "1"), ("oauth", "2"), ("OAUTH_x", "3")],
            ),
            ("%C3%A9=1&~=2&z=3", "%C3%A9=1&@&z=3&~=2", &[("é", "1"), ("~", "2"), ("z", "3")]),
        ]);
    }
}

mod pitfall_02_nothing_is_dropped {
    use super::*;

    #[test]
    fn repeated_names_are_kept_and_sorted_by_their_encoded_values() {
        each_is_accepted(&[
            (
                "a=z&a=%C3%A9&a=b&a=b&a=",
                "a=&a=%C3%A9&a=b&a=b&a=z&@",
                &[("a", "z"), ("a", "é"), ("a", "b"), ("a", "b"), ("a", "")],
            ),
            ("a=10&a=9&a=-1", "a=-1&a=10&a=9&@", &[("a", "10"), ("a", "9"), ("a", "-1")]),
        ]);
    }

    #[test]
    fn empty_values_names_without_an_equals_sign_brackets_and_dots_are_ordinary() {
        each_is_accepted(&[
            ("c2&a3=2+q", "a3=2%20q&c2=&@", &[("c2", ""), ("a3", "2 q")]),
            (
                "a[]=1&a%5B%5D=2&b.c==d=",
                "a%5B%5D=1&a%5B%5D=2&b.c=%3Dd%3D&@",
                &[("a[]", "1"), ("a[]", "2"), ("b.c", "=d=")],
            ),
            ("=x&y=", "=x&@&y=", &[("", "x"), ("y", "")]),
            ("realm=signed&message=m", "message=m&@&realm=signed", &[("realm", "signed"), ("message", "m")]),
        ]);
    }
}

mod pitfall_03_decoded_once {
    use super::*;

    #[test]
    fn a_plus_is_a_blank_and_escapes_are_decoded_exactly_once() {
        each_is_accepted(&[
            ("a=1+1&b=1%2B1&c=1%201", "a=1%201&b=1%2B1&c=1%201&@", &[("a", "1 1"), ("b", "1+1"), ("c", "1 1")]),
            ("a=%2520&b=%252525", "a=%2520&b=%252525&@", &[("a", "%20"), ("b", "%2525")]),
            ("a=%c3%a9%2f&%61%7E=%7e~", "a=%C3%A9%2F&a~=~~&@", &[("a", "é/"), ("a~", "~~")]),
            ("a=!*'();:,$", "a=%21%2A%27%28%29%3B%3A%2C%24&@", &[("a", "!*'();:,$")]),
            ("a=%F0%9F%A6%80%E2%98%83", "a=%F0%9F%A6%80%E2%98%83&@", &[("a", "🦀☃")]),
        ]);
    }

    #[test]
    fn a_plus_in_the_header_is_a_plus() {
        let forge = Forge::on(Database::Sqlite);
        let signed = forge.jenkins_a_for_alice().by_hand("GET", ECHO, "@").with("oauth_nonce", "one+one");
        let header = signed.header().replace("one%2Bone", "one+one");
        let mut call = signed.call(ECHO);
        call.headers = vec![("Authorization".to_owned(), header)];
        call.send().expect(200);
    }

    #[test]
    fn a_callback_that_looks_encoded_comes_back_unchanged_from_header_body_and_query() {
        const PATH: &str = "/plugins/oauthprovider/request_token";
        const CALLBACK: &str = "http://127.0.0.1:9/callback?a=%2520%2B&b=%C3%BC";
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a();
        let alice = forge.browser_of("alice");
        let signed = || jenkins.by_hand("POST", PATH, "@").with("oauth_callback", CALLBACK);
        let mut bare = signed().call(PATH);
        bare.headers.clear();
        let in_body = bare.clone().body("application/x-www-form-urlencoded", signed().encoded());
        let mut in_query = bare;
        in_query.url = format!("{}?{}", in_query.url, signed().encoded());
        for call in [signed().call(PATH), in_body, in_query] {
            let token = call.send().expect(200).token();
            let decided = alice.decide(&token, "Reporter/Project A", "authorize").expect(302);
            let location = decided.header("Location").unwrap();
            assert!(location.starts_with(&format!("{CALLBACK}&oauth_token=")), "{location}");
        }
    }
}

mod pitfall_09_secrets_and_keys_of_any_characters {
    use super::*;

    /// Secrets that end a key too early, or look encoded already, unless they are encoded.
    const AWKWARD: &[(&str, &str)] = &[
        ("a&b=c", "d&e"),
        ("%2B%26 looks encoded", "100%"),
        ("ключ 🦀 +/=~", "naïve \"secret\" \\ '☃'"),
        ("dots..and--dashes__", "~tilde*star"),
    ];

    #[test]
    fn both_secrets_are_encoded_and_the_ampersand_stays_without_a_token() {
        let forge = Forge::on(Database::Sqlite);
        let consumers = AWKWARD.iter().enumerate().map(|(index, (key, secret))| {
            json!({"name": format!("awkward-{index}"), "url": "http://c.example/", "description": "d",
                "email": "c@example.org", "key": key, "secret": secret, "public_key": PUBLIC_KEY})
        });
        forge.import(&json!({"consumers": consumers.collect::<Vec<_>>()}).to_string());
        const PATH: &str = "/plugins/oauthprovider/request_token";
        for (index, (key, secret)) in AWKWARD.iter().enumerate() {
            let tool = Tool::new(forge.base(), key, secret);
            let temporary = tool.by_hand("GET", PATH, "@").with("oauth_callback", "oob").call(PATH);
            temporary.send().expect(200).token();
            let token = forge.token("alice", &format!("awkward-{index}"), "project-a/Reporter");
            let echoed = tool.with(&token).by_hand("GET", ECHO, "@").call(ECHO).send().expect(200).json();
            assert_eq!(echoed["consumer"]["key"], *key);
        }
    }

    #[test]
    fn a_secret_that_is_not_encoded_in_the_key_is_the_wrong_one() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let encoded_already = Tool { secret: encoded(&jenkins.secret), ..jenkins };
        encoded_already.by_hand("GET", ECHO, "@").call(ECHO).send().expect_problem(401, "signature_invalid");
    }
}
