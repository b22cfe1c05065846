//! `client doctor`: what it says of a service that is well, and of what can be wrong on either side or in between.

mod hostile;

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use crate::support::{ByHand, Database, Forge, Outcome, PUBLIC_KEY, Program, Token, Tool, on_both_databases};

/// Asks the doctor about this URL, as this tool.
fn doctor(url: &str, tool: &Tool, more: &[&str]) -> Outcome {
    let mut arguments = vec!["client", "doctor", url, "--consumer-key", &tool.key, "--consumer-secret", &tool.secret];
    if let Some(token) = &tool.token {
        arguments.extend(["--token", &token.key, "--token-secret", &token.secret]);
    }
    arguments.extend(more);
    Program::new(&arguments).run()
}

/// The line of one check, and the line after it.
#[track_caller]
fn line<'a>(outcome: &'a Outcome, check: &str) -> (&'a str, &'a str) {
    let lines: Vec<&str> = outcome.out.lines().collect();
    let at = lines.iter().position(|line| line.get(7..).is_some_and(|rest| rest.starts_with(&format!("{check:16} "))));
    let at = at.unwrap_or_else(|| panic!("no {check} in {outcome:?}"));
    (lines[at], lines.get(at + 1).unwrap_or(&""))
}

/// Makes sure that a check found something wrong, said in these words, and that its repair holds those.
#[track_caller]
fn finds(outcome: Outcome, check: &str, words: &str, repair: &str) {
    let (found, then) = line(&outcome, check);
    assert!(found.starts_with("WRONG ") && found.contains(words), "{words}: {outcome:?}");
    assert!(then.trim_start().starts_with("repair: ") && then.contains(repair), "{repair}: {outcome:?}");
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
}

/// In front of the service: each request goes through `change`, head and body as text, and each answer through another.
fn proxy(base: &str, change: fn(String) -> String, answer: fn(String) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = base.strip_prefix("http://").unwrap().to_owned();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (mut client, service) = (client.unwrap(), service.clone());
            thread::spawn(move || {
                let Some(request) = whole(&mut client) else { return };
                // One answer for each connection, so that its end is told by closing.
                let request = change(request).replacen("\r\n", "\r\nConnection: close\r\n", 1);
                let mut server = TcpStream::connect(service).unwrap();
                server.write_all(request.as_bytes()).unwrap();
                let mut answered = Vec::new();
                server.read_to_end(&mut answered).ok();
                client.write_all(answer(String::from_utf8(answered).unwrap()).as_bytes()).ok();
            });
        }
    });
    url
}

fn whole(client: &mut TcpStream) -> Option<String> {
    let (mut text, mut buffer) = (String::new(), [0; 8 * 1024]);
    loop {
        let read = client.read(&mut buffer).ok().filter(|read| *read > 0)?;
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
    }
}

fn unchanged(text: String) -> String {
    text
}

on_both_databases! {
    fn a_service_that_is_well_is_called_so_and_nothing_is_changed(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let before = forge.database().lines("SELECT key AS line FROM request_tokens");
        let outcome = doctor(forge.base(), &jenkins, &["--tracker", "project-a/bugs"]).expect(0);
        let fine = [
            "reachable", "clock", "public URL", "consumer", "replay", "HMAC-SHA1", "HMAC-SHA256", "in the header",
            "in the body", "in the query", "body hash", "token", "role: read", "role: submit",
        ];
        for check in fine {
            assert!(line(&outcome, check).0.starts_with("ok "), "{check}: {outcome:?}");
        }
        assert!(line(&outcome, "token").0.contains("acts for alice as project-a/Reporter"));
        assert!(outcome.out.ends_with(&format!("all {} checks are fine\n", fine.len())), "{outcome:?}");
        assert_eq!(forge.database().lines("SELECT key AS line FROM request_tokens"), before);
        assert_eq!(forge.database().lines("SELECT summary AS line FROM items"), [""; 0]);
        for secret in [&jenkins.secret, &jenkins.token.as_ref().unwrap().secret] {
            assert!(!outcome.out.contains(secret.as_str()));
        }
        doctor(forge.base(), &forge.jenkins_a(), &[]).expect(0);
        doctor(forge.base(), &jenkins, &["--signature-method", "HMAC-SHA256"]).expect(0);
    }

    fn wrong_credentials_are_told_apart(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let as_if = |key: &str, secret: &str| Tool { key: key.to_owned(), secret: secret.to_owned(), ..jenkins.clone() };
        finds(doctor(forge.base(), &as_if(&jenkins.key, "guessed"), &[]), "consumer", "the secret is wrong", "rotated");
        finds(doctor(forge.base(), &as_if("nobody", "s"), &[]), "consumer", "consumer_key_unknown", "typing error");
        let token = jenkins.token.clone().unwrap();
        let cut = Token { secret: "guessed".to_owned(), ..token.clone() };
        finds(doctor(forge.base(), &jenkins.with(&cut), &[]), "token", "signature_invalid", "the token's secret is wrong");
        let others = forge.token("alice", "jenkins_b", "project-a/Reporter");
        finds(doctor(forge.base(), &jenkins.with(&others), &[]), "token", "token_rejected", "not valid here");
        forge.sql("UPDATE access_tokens SET revoked = 1");
        finds(doctor(forge.base(), &jenkins, &[]), "token", "token_revoked", "authorize again");
        forge.sql("UPDATE consumers SET enabled = false");
        finds(doctor(forge.base(), &jenkins, &[]), "consumer", "consumer_key_rejected", "the consumer is disabled");
    }

    fn what_the_server_advises_is_repeated_and_told_to_be_its_own(forge: Forge) {
        let jenkins = forge.jenkins_a();
        forge.import(r#"{"consumers": [{"name": "jenkins_a", "networks": ["192.0.2.0/24"]}]}"#);
        let outcome = doctor(forge.base(), &jenkins, &[]);
        assert!(!outcome.out.contains("disabled"), "{outcome:?}");
        let advice = "the server advises: this address is none of the consumer's";
        finds(outcome, "consumer", "consumer_key_rejected", advice);
    }

    fn a_role_that_lacks_a_right_is_told(forge: Forge) {
        let reader = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reader"));
        let outcome = doctor(forge.base(), &reader, &["--tracker", "project-a/bugs"]);
        assert!(line(&outcome, "role: read").0.starts_with("ok "), "{outcome:?}");
        finds(outcome, "role: submit", "tracker:bugs submit", "submit");
        let outcome = doctor(forge.base(), &reader, &["--tracker", "project-b/bugs"]);
        finds(outcome, "role: read", "not there, or the role cannot read it", "slip");
        forge.sql("DELETE FROM role_members");
        finds(doctor(forge.base(), &reader, &[]), "token", "role_not_held", "hold the role");
    }
}

#[test]
fn a_public_url_elsewhere_is_told_and_nothing_is_signed_for_it_unasked() {
    let settings = [("OAUTHPROVIDER_SERVER_PUBLIC_URLS", "https://forge.example.org")];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let jenkins = forge.jenkins_a_for_alice();
    let outcome = doctor(forge.base(), &jenkins, &["--tracker", "project-a/bugs"]);
    let (words, repair) = ("says that it is https://forge.example.org", "client doctor https://forge.example.org");
    finds(outcome, "public URL", words, repair);
    let sure = ["--tracker", "project-a/bugs", "--public-url", "https://forge.example.org"];
    let outcome = doctor(forge.base(), &jenkins, &sure).expect(0);
    assert!(line(&outcome, "public URL").0.contains("built from https://forge.example.org"), "{outcome:?}");
}

#[test]
fn a_public_url_on_the_same_machine_is_found() {
    let settings = [("OAUTHPROVIDER_SERVER_PUBLIC_URLS", "https://127.0.0.1")];
    let forge = Forge::with_settings(Database::Sqlite, &settings);
    let outcome = doctor(forge.base(), &forge.jenkins_a_for_alice(), &["--tracker", "project-a/bugs"]);
    for check in ["consumer", "replay", "in the query", "body hash"] {
        assert!(line(&outcome, check).0.starts_with("ok "), "the rest is looked at all the same: {outcome:?}");
    }
    assert!(line(&outcome, "token").0.contains("nothing is signed for another URL"), "{outcome:?}");
    finds(outcome, "public URL", "builds base strings from https://127.0.0.1", "public_urls");
}

#[test]
fn a_proxy_that_changes_the_host_is_found() {
    let forge = Forge::on(Database::Sqlite);
    let change = |request: String| {
        let host = request.lines().find(|line| line.to_lowercase().starts_with("host:")).unwrap().to_owned();
        request.replacen(&host, "Host: backend.internal", 1)
    };
    let url = proxy(forge.base(), change, unchanged);
    let outcome = doctor(&url, &forge.jenkins_a_for_alice(), &[]);
    let words = format!("builds base strings from {}", forge.base());
    finds(outcome, "public URL", &words, "must pass the Host header on");
}

#[test]
fn a_clock_that_is_off_is_found() {
    let forge = Forge::on(Database::Sqlite);
    // To the doctor the service is an hour ahead.
    let url = proxy(forge.base(), unchanged, |answer| moved(answer, "oauth_acceptable_timestamps=", 3_600));
    let outcome = doctor(&url, &forge.jenkins_a(), &[]);
    assert!(line(&outcome, "clock").0.contains("s behind the server's"), "{outcome:?}");
    finds(outcome, "clock", "every request is refused", "set the clock");
}

/// Adds seconds to the numbers after a name (`FROM-TO`, escaped or not).
fn moved(text: String, name: &str, seconds: i64) -> String {
    // The last: the body has it after the header.
    let Some((before, after)) = text.rsplit_once(name) else { return text };
    let end = after.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(after.len());
    let numbers = after[..end].split('-').map(|number| (number.parse::<i64>().unwrap() + seconds).to_string());
    format!("{before}{name}{}{}", numbers.collect::<Vec<_>>().join("-"), &after[end..])
}

#[test]
fn a_web_server_that_drops_the_authorization_header_is_found() {
    let forge = Forge::on(Database::Sqlite);
    let change = |request: String| {
        let kept = request.split("\r\n").filter(|line| !line.to_lowercase().starts_with("authorization:"));
        kept.collect::<Vec<_>>().join("\r\n")
    };
    let url = proxy(forge.base(), change, unchanged);
    finds(doctor(&url, &forge.jenkins_a(), &[]), "consumer", "parameter_absent", "drop Authorization");
}

#[test]
fn a_site_that_says_yes_to_everything_is_not_taken_for_the_service() {
    let forge = Forge::on(Database::Sqlite);
    let url = proxy(forge.base(), unchanged, |_| {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\nWelcome".to_owned()
    });
    let outcome = doctor(&url, &forge.jenkins_a_for_alice(), &[]);
    assert!(line(&outcome, "public URL").0.starts_with("- "), "{outcome:?}");
    finds(outcome, "consumer", "200 OK to what the service refuses: this is not the service", "URL is the address");
}

#[test]
fn who_is_not_there_is_told() {
    let nobody = Tool::new("http://127.0.0.1:9", "k", "s");
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    finds(doctor(&format!("http://{free}"), &nobody, &[]), "reachable", "no answer from", "firewall");
    assert_eq!(doctor("forge.example", &nobody, &[]).code, Some(2));
}

#[test]
fn a_private_key_is_tried() {
    let forge = Forge::on(Database::Sqlite);
    let registered = serde_json::json!({"consumers": [{"name": "jenkins_a", "public_key": PUBLIC_KEY}]});
    forge.import(&registered.to_string());
    let jenkins = forge.jenkins_a();
    let outcome = |pem: &str| {
        let arguments =
            ["client", "doctor", forge.base(), "--consumer-key", &jenkins.key, "--consumer-secret", &jenkins.secret];
        Program::new(&arguments).arg("--private-key").arg("key.pem").file("key.pem", pem).run()
    };
    let fine = outcome(&ByHand::private_key()).expect(0);
    assert!(line(&fine, "RSA-SHA256").0.starts_with("ok "), "{fine:?}");
    assert!(outcome(PUBLIC_KEY).complaint().contains("PKCS#8"));
    let unregistered = Tool::new(forge.base(), "jenkins-b", "the secret of jenkins_b");
    let arguments = [
        "client",
        "doctor",
        forge.base(),
        "--consumer-key",
        &unregistered.key,
        "--consumer-secret",
        &unregistered.secret,
    ];
    let refused =
        Program::new(&arguments).arg("--private-key").arg("key.pem").file("key.pem", &ByHand::private_key()).run();
    finds(refused, "RSA-SHA256", "signature_method_rejected", "registered for the consumer");
}
