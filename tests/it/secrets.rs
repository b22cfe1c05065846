//! Secrets are told once, to whom they belong: the program itself, talking as much as it can, is listened to.
//!
//! So it is in every other test, and the search is the same (`support/record.rs`). Here is a story that leaves out nothing,
//! and here it is made sure that the search finds what it looks for.

use std::panic::{AssertUnwindSafe, catch_unwind};

use oauthprovider::oauth1::encode_urlencoded;

use crate::support::{
    Browser, CALLBACK, Database, PLUGIN, Placement, Program, Record, Tool, encoded, on_both_databases, on_each_database,
};

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
    let service = serve.serve();

    let jenkins = Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓");
    let (alice, admin) = (logged_in(&service.base, "alice"), logged_in(&service.base, "admin"));
    nobody_is_given_what_they_are_not_entitled_to(&jenkins);
    jenkins_acts_well_and_badly(&alice_lets_jenkins_act(&alice, &jenkins));
    alice_carries_a_code_refuses_and_leaves(&alice, &jenkins);
    the_admin_looks_up_every_refusal(&admin);
    the_admin_registers_a_tool_and_looks_around(&admin);

    let written =
        "SELECT coalesce(actor_name, '') || ' ' || coalesce(object_name, '') || ' ' || details AS line FROM audit_log";
    database.record.logged("the audit log", &database.lines(written).join("\n"));
    let log = service.stop().expect(0).err;
    // It did talk: a search through silence would prove nothing.
    for words in ["signature_invalid", "/plugins/oauthprovider/access_token", "DEBUG", "TRACE"] {
        assert!(log.contains(words), "{words} is not in the log: {log}");
    }
    // Two sessions, three request tokens' secrets, an access token with its secret, two verifiers and a registration.
    let heard = database.record.search().unwrap();
    assert_eq!(heard.given, 10);
    assert!(heard.answers > 50 && heard.secrets > 30 && heard.lines_of_log > heard.answers, "{heard:?}");
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

mod the_search {
    use super::*;

    const SECRET: &str = "an &%+/= \"secret\" ✓";

    /// A record in which an answer gave the secret.
    fn given() -> Record {
        let record = Record::new();
        let body = encode_urlencoded(&[("oauth_token", "temporary"), ("oauth_token_secret", SECRET)]);
        let form = "Content-Type: application/x-www-form-urlencoded";
        record.answered(
            "the first leg",
            &format!("HTTP/1.1 200 OK\r\n{form}\r\n\r\n{body}&oauth_callback_confirmed=true"),
        );
        record.logged("the service", "DEBUG answered http.path=\"/plugins/oauthprovider/request_token\"\n");
        record
    }

    #[track_caller]
    fn finds(record: Record, who: &str, line: &str) {
        let told = record.search().unwrap_err();
        assert!(told.contains(who) && told.ends_with(line), "{told}");
        // Whoever holds it last fails the test, as every test's database does.
        assert_eq!(*catch_unwind(AssertUnwindSafe(|| drop(record))).unwrap_err().downcast::<String>().unwrap(), told);
    }

    #[test]
    fn lets_a_secret_stand_in_the_one_answer_that_gives_it() {
        let heard = given().search().unwrap();
        assert_eq!((heard.answers, heard.given), (1, 1));
    }

    #[test]
    fn finds_a_secret_in_a_log_however_it_is_written_there() {
        let json = serde_json::json!({"message": SECRET}).to_string();
        let written = [
            SECRET.to_owned(),
            format!("{SECRET:?}"),
            json,
            encoded(SECRET),
            encoded(&encoded(SECRET)),
            encode_urlencoded(&[("a", SECRET)]),
        ];
        for written in written {
            let record = given();
            record.logged("the service", &format!("a line\nTRACE {written}!\nanother line\n"));
            finds(record, "the Log of the service: ", &format!("TRACE {written}!"));
        }
    }

    #[test]
    fn finds_a_secret_that_is_told_twice() {
        let page = "<p>an &amp;%+&#x2F;= &quot;secret&quot; ✓</p>";
        let record = given();
        record.answered("a page", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"));
        finds(record, "the Answer of a page: ", "✓</p>");
        let record = given();
        record.printed("oauthprovider consumer show", &format!("secret  {SECRET}"));
        finds(record, "the Output of oauthprovider consumer show: ", SECRET);
    }

    #[test]
    fn finds_in_the_log_what_answers_may_well_show() {
        let shown = "<input type=\"hidden\" name=\"csrf_token\" value=\"a token of a form\">";
        let record = Record::new();
        for _ in 0..2 {
            record.answered("a page", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{shown}"));
        }
        record.logged("the service", "answered");
        record.search().unwrap();
        record.logged("the service", "csrf_token=a+token+of+a+form");
        finds(record, "the service", "csrf_token=a+token+of+a+form");
    }

    #[test]
    fn finds_what_the_service_was_told() {
        let record = Record::new();
        record.keep("a verifier");
        record.answered("the third leg", "HTTP/1.1 401 Unauthorized\r\n\r\nno verifier");
        record.logged("the service", "refused");
        record.search().unwrap();
        record.answered("the third leg", "HTTP/1.1 401 Unauthorized\r\n\r\nyou sent a verifier");
        finds(record, "the third leg", "you sent a verifier");
    }

    #[test]
    fn is_not_content_with_a_service_that_logs_nothing() {
        let record = Record::new();
        record.answered("a service", "HTTP/1.1 200 OK\r\n\r\n");
        finds(record, "nobody listens to it", "})");
    }

    #[test]
    fn is_not_content_with_one_silent_service_among_others_that_log() {
        let record = Record::new();
        for authority in ["127.0.0.1:1", "localhost:2"] {
            record.answered(authority, "HTTP/1.1 200 OK\r\n\r\n");
        }
        record.logged("another service", "a line");
        record.is_process("http://127.0.0.1:2", None);
        record.search().unwrap();
        record.logged("this service", "its line");
        record.is_process("http://127.0.0.1:2", Some(1));
        record.search().unwrap();
        record.is_process("http://127.0.0.1:2", Some(0));
        finds(record, "localhost:2 answered and logged nothing", "})");
    }

    #[test]
    fn takes_no_secret_without_a_service_that_is_listened_to() {
        let unknown = catch_unwind(|| Browser::new("http://127.0.0.1:1").get("/"));
        let told = *unknown.unwrap_err().downcast::<String>().unwrap();
        assert!(told.contains("nobody knows who listens to 127.0.0.1:1"), "{told}");
    }

    on_both_databases! {
        /// The line that a service in this process logs is one of the record.
        fn hears_the_services_of_this_process(forge: Forge) {
            let path = "/a/path/that/is/nobodys/secret";
            forge.anonymous().get(path).expect(404);
            let record = &forge.database().record;
            record.search().unwrap();
            record.keep(path);
            let told = record.search().unwrap_err();
            assert!(told.contains(path), "{told}");
            record.forget(path);
        }

        fn hears_what_commands_print(forge: Forge) {
            let list = |arguments: &[&str]| {
                Program::new(arguments).arg("--database-url").arg(forge.database_url()).run().expect(0)
            };
            list(&["consumer", "list"]);
            let record = &forge.database().record;
            let heard = record.search().unwrap();
            assert_eq!(heard.outputs, 1);
            record.keep("jenkins_a");
            let told = record.search().unwrap_err();
            assert!(told.contains("the Output of oauthprovider consumer list"), "{told}");
            record.forget("jenkins_a");
        }
    }
}
