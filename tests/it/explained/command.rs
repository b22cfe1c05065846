//! `oauthprovider explain`.

use oauthprovider::{
    clock,
    oauth1::{Credentials, SignatureMethod, ToSign, header, sign},
    secret::Secret,
};

use super::{ECHO, command};
use crate::support::{Database, Forge, Tool, on_both_databases};

on_both_databases! {
    fn says_what_the_page_says(forge: Forge) {
        let https = forge.base().replace("http:", "https:");
        let refused = forge.jenkins_a_for_alice().request("GET", ECHO).signed_for(&https).send();
        let id = refused.refusal();
        let told = command(&forge, &["explain", &id]).run().expect(0).out;
        let named = "This signature is what a client makes that signs for https://";
        for words in ["signature_invalid", "jenkins_a", named, "Base string:"] {
            assert!(told.contains(words), "{words} in {told}");
        }
        let compared = command(&forge, &["explain", &id, "--json", "--base-string", "GET&http%3A%2F%2Fa&b"]);
        let json = compared.run().expect(0).json();
        assert_eq!((&json["code"], &json["id"]), (&"signature_invalid".into(), &id.as_str().into()));
        assert_eq!(json["comparison"]["is_equal"], false);
        assert!(json["comparison"]["causes"][0].as_str().unwrap().contains("host differs"), "{json}");
        assert!(json["base_string"].as_str().unwrap().starts_with("GET&http%3A"));
    }

    fn says_in_one_line_that_there_is_no_such_refusal(forge: Forge) {
        let failed = command(&forge, &["explain", "0123456789"]).run().expect(1);
        assert_eq!(failed.out, "");
        let last = failed.err.lines().last().unwrap();
        assert!(last.contains("there is no refusal 0123456789"), "{last}");
        assert!(failed.err.contains("waiting a second"), "{}", failed.err);
    }

    fn compares_no_more_than_the_page(forge: Forge) {
        let id = forge.anonymous().get(ECHO).refusal();
        let asked = command(&forge, &["explain", &id, "--base-string", &"x".repeat(65_537)]);
        let told = asked.run().expect(2).err;
        assert!(told.contains("--base-string: at most 65536 bytes are compared, and these are 65537"), "{told}");
    }

    fn writes_nothing_that_a_terminal_obeys(forge: Forge) {
        let method = "\u{1b}[31mred\u{202e}\u{9b}\nrefusal";
        let refused = forge.jenkins_a().ask("oob").tampered("oauth_signature_method", Some(method)).send();
        let id = refused.refusal();
        let told = command(&forge, &["explain", &id]).run().expect(0).shown_only().out;
        assert!(told.contains(r"\u{1b}[31mred\u{202e}\u{9b}\nrefusal"), "{told}");
        assert_eq!(told.lines().filter(|line| line.starts_with("refusal")).count(), 1, "{told}");
        command(&forge, &["explain", &id, "--json"]).run().expect(0).shown_only();
    }
}

#[test]
fn the_programs_own_base_string_equals_the_one_that_is_shown() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = Tool { secret: "guessed".to_owned(), ..forge.jenkins_a() };
    let refused = jenkins
        .ask("http://127.0.0.1:9/callback?x=a b".replace(' ', "%20").as_str())
        .nonce("n")
        .timestamp(clock::now())
        .signed();
    let id = refused.send().expect_problem(401, "signature_invalid").refusal();
    let sent = refused.headers.iter().find(|(name, _)| name == "Authorization").unwrap().1.clone();
    let parameters = header::parse(sent.as_bytes()).unwrap();
    let value = |name: &str| parameters.iter().find(|(known, _)| known == name).unwrap().1.clone();
    let signed = sign(
        &ToSign {
            method: "POST",
            url: &refused.url,
            form: None,
            nonce: "n",
            timestamp: &value("oauth_timestamp"),
            signature_method: SignatureMethod::HmacSha1,
            realm: None,
            callback: Some(&value("oauth_callback")),
            verifier: None,
        },
        &Credentials { consumer_key: &jenkins.key, consumer_secret: &Secret::new("guessed"), token: None },
    )
    .unwrap();
    let told =
        command(&forge, &["explain", &id, "--json", "--base-string", &signed.base_string]).run().expect(0).json();
    assert_eq!(told["comparison"]["is_equal"], true, "{told}");
    assert_eq!(told["base_string"], signed.base_string);
}
