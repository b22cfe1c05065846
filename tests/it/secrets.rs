//! Secrets are told once, to whom they belong: the program itself, talking as much as it can, is listened to.

use crate::support::{Browser, CALLBACK, Database, PLUGIN, Placement, Program, Record, Tool, on_each_database};

const ROLE: &str = "Reporter/Project A";
const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

/// At a browser, after a password that was mistyped.
fn logged_in(base: &str, user: &str) -> Browser {
    let mut browser = Browser::new(base);
    browser.post("/login", &[("username", user), ("password", "a passw0rd that is wrong")]).expect(401);
    browser.log_in(user);
    browser
}

fn nobody_is_given_what_they_are_not_entitled_to(jenkins: &Tool) {
    let wrong = jenkins.ask(CALLBACK).tampered("oauth_signature", Some("d3JvbmcgYnV0IHNlY3JldA=="));
    wrong.send().expect(401);
    jenkins.ask("http://evil.example/").send().expect(400);
    jenkins.ask("oob").timestamp(1).send().expect(401);
    Tool::new(&jenkins.base, "unknown", "an unknown tool's secret").ask("oob").send().expect(401);
}

/// The whole dance, with a step wrong wherever one can be; gives Jenkins with its token.
fn alice_lets_jenkins_act(alice: &Browser, jenkins: &Tool) -> Tool {
    let temporary = jenkins.ask(CALLBACK).placed(Placement::Query).send().expect(200).token();
    jenkins.exchange(&temporary, "a guessed verifier").send().expect(401);
    let verifier = alice.authorize(&temporary, ROLE);
    alice.get(&format!("{PLUGIN}/request_tokens")).expect(200);
    alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", temporary.key)).expect(410);
    jenkins.exchange(&temporary, "a guessed verifier").send().expect(401);
    let token = jenkins.exchange(&temporary, &verifier).placed(Placement::Body).send().expect(200).token();
    jenkins.exchange(&temporary, &verifier).placed(Placement::Query).send().expect(401);
    jenkins.with(&token)
}

fn jenkins_acts_well_and_badly(jenkins: &Tool) {
    let echo = jenkins.request("POST", &format!("{PLUGIN}/echo/more?message=hi")).form("a=b");
    let echo = echo.placed(Placement::Query).signed();
    echo.send().expect(200);
    echo.send().expect_problem(401, "nonce_used");
    jenkins.get("/api/userinfo").expect(200);
    jenkins.request("POST", ITEMS).json(r#"{"summary": "x"}"#).send().expect(201);
    jenkins.request("POST", ITEMS).json("{").send().expect(400);
    jenkins.request("PATCH", &format!("{ITEMS}/1")).json(r#"{"status": "closed"}"#).send().expect(403);
    jenkins.request("GET", "/").placed(Placement::Query).send().expect(403);
    let token = &jenkins.token.as_ref().unwrap().key;
    jenkins.get(&format!("{PLUGIN}/echo?oauth_token={token}")).expect(400);
}

fn alice_carries_a_code_refuses_and_leaves(alice: &Browser, jenkins: &Tool) {
    alice.decide(&jenkins.request_token("oob"), ROLE, "authorize").expect(200).verifier();
    let refusal = alice.decide(&jenkins.request_token(CALLBACK), ROLE, "deny").expect(302);
    assert!(!refusal.header("Location").unwrap().contains("oauth_verifier"));
    alice.get(&format!("{PLUGIN}/access_tokens")).expect(200);
    alice.post("/logout", &[("csrf_token", &alice.csrf_token())]).expect(302);
}

fn the_admin_looks_up_every_refusal(admin: &Browser) {
    let list = admin.get(&format!("{PLUGIN}/refusals")).expect(200).text();
    let ids: Vec<_> = list.split(&format!("href=\"{PLUGIN}/refusals/")).skip(1).collect();
    assert!(ids.len() >= 10, "{list}");
    for id in ids.iter().map(|rest| rest.split('"').next().unwrap()) {
        admin.get(&format!("{PLUGIN}/refusals/{id}?base_string=GET%26a%26b")).expect(200);
    }
}

fn the_admin_registers_a_tool_and_looks_around(admin: &Browser) {
    let (_, secret) = admin.register("new").expect(200).credentials();
    assert!(secret.len() >= 22);
    admin.register("new").expect(422);
    for id in 1..=3 {
        for page in ["", "/remove"] {
            admin.get(&format!("{PLUGIN}/consumers/{id}{page}")).expect(200);
        }
    }
    admin.post(&format!("{PLUGIN}/consumers/1/disable"), &[("csrf_token", &admin.csrf_token())]).expect(302);
    for page in ["/", "/login", "/metrics", "/readyz", "/no/such/page"] {
        admin.get(page);
    }
    for page in ["", "consumers", "audit"] {
        admin.get(&format!("{PLUGIN}/{page}"));
    }
}

fn listen_to_the_story(kind: Database, log_format: &str) {
    let database = kind.filled();
    let serve = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url", &database.url]);
    let serve = serve.env("OAUTHPROVIDER_LOG_FORMAT", log_format).env("OAUTHPROVIDER_SERVER_WORKERS", "2");
    let service = serve.env("OAUTHPROVIDER_LOG_LEVEL", "trace").env("RUST_LOG", "trace").serve();
    let record = Record::of(&service.base);
    record.keep("the secret of jenkins_b");

    let jenkins = Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓");
    let (alice, admin) = (logged_in(&service.base, "alice"), logged_in(&service.base, "admin"));
    nobody_is_given_what_they_are_not_entitled_to(&jenkins);
    jenkins_acts_well_and_badly(&alice_lets_jenkins_act(&alice, &jenkins));
    alice_carries_a_code_refuses_and_leaves(&alice, &jenkins);
    the_admin_looks_up_every_refusal(&admin);
    the_admin_registers_a_tool_and_looks_around(&admin);

    let written =
        "SELECT coalesce(actor_name, '') || ' ' || coalesce(object_name, '') || ' ' || details AS line FROM audit_log";
    record.is_kept_from(&database.lines(written).join("\n"));

    // Two sessions, three request tokens, an access token, two verifiers and a registration.
    assert_eq!(record.given(), 9);
    record.tells_each_secret_once();

    let ended = service.stop().expect(0);
    let log = ended.out + &ended.err;
    // It did talk: a search through silence would prove nothing.
    for words in ["signature_invalid", "/plugins/oauthprovider/access_token", "DEBUG"] {
        assert!(log.contains(words), "{words} is not in the log: {log}");
    }
    record.is_kept_from(&log);
}

mod pitfall_34_no_secret_is_logged_or_told_twice {
    use super::*;

    on_each_database! {
        fn where_the_log_is_text(kind: Database) {
            listen_to_the_story(kind, "text");
        }

        fn where_the_log_is_json(kind: Database) {
            listen_to_the_story(kind, "json");
        }
    }
}
