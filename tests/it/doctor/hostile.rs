//! A server that somebody was talked into asking. It knows the real forge, says whatever makes the doctor sign something of
//! use there, hands all that it gets to the forge, and puts a report of its own under whatever may be filed.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use oauthprovider::clock;

use super::{doctor, finds, line, whole};
use crate::support::{Database, Forge, Outcome, PLUGIN, Program, Tool};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What it files, if it can.
const REPORT: &str = r#"{"summary": "filed in somebody else's name"}"#;

/// Colours, a title, a bell, a text turned round, and lines that the doctor never wrote.
const ESCAPES: &str = "%1B%5B31m%C2%9B2J%1B%5D0%3Btitle%07%E2%80%AE%0D%0Aok     all 14 checks are fine%0A";

/// What it makes the doctor believe.
#[derive(Clone)]
struct Lies {
    /// Which origin its page names.
    names: String,
    /// How many signatures it calls wrong before it calls them right.
    wrong: usize,
    /// How far its clock is ahead.
    ahead: i64,
    /// What its echo answers.
    echo: (u16, &'static str, String),
}

struct Impostor {
    url: String,
    relayed: Arc<Mutex<Vec<Relayed>>>,
}

/// A request that it got, and how the real forge answered the same, or the same with another body.
struct Relayed {
    request: String,
    statuses: Vec<u16>,
}

impl Lies {
    fn of(names: &str) -> Self {
        let echo = r#"{"user": {"name": "alice"}, "role": {"project": "project-a", "name": "Reporter"}}"#;
        Self { names: names.to_owned(), wrong: 0, ahead: 0, echo: (200, JSON, echo.to_owned()) }
    }

    /// The answer to a request, `so_many` of which were signed before.
    fn answer(&self, request: &str, so_many: usize) -> (u16, &'static str, String) {
        let path = request.split(' ').nth(1).unwrap();
        let now = clock::now() + self.ahead;
        if path == "/healthz" {
            (200, "text/plain", "ok".to_owned())
        } else if request.contains("oauth_timestamp=\"1\"") {
            let window = format!("oauth_acceptable_timestamps={}-{}", now - 300, now + 300);
            (401, FORM, format!("oauth_problem=timestamp_refused&{window}"))
        } else if path.starts_with(&format!("{PLUGIN}/request_token")) && so_many <= self.wrong {
            (401, FORM, "oauth_problem=signature_invalid".to_owned())
        } else if path.starts_with(&format!("{PLUGIN}/request_token")) {
            (400, FORM, "oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_callback".to_owned())
        } else if path == format!("{PLUGIN}/echo") {
            self.echo.clone()
        } else if path.ends_with("/items") {
            (422, JSON, r#"{"error": "invalid"}"#.to_owned())
        } else if path.contains("/items?") {
            (200, JSON, r#"{"items": []}"#.to_owned())
        } else {
            (200, "text/html", format!("<code>{}{PLUGIN}/request_token</code>", self.names))
        }
    }
}

impl Impostor {
    /// One that knows this forge, whose signatures are made for what its host is called here.
    fn of(forge: &Forge, host: &str, lies: Lies) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let relayed = Arc::new(Mutex::new(Vec::new()));
        let (seen, service, host) = (relayed.clone(), forge.base().to_owned(), host.to_owned());
        thread::spawn(move || {
            for client in listener.incoming() {
                let mut client = client.unwrap();
                let Some(request) = whole(&mut client) else { continue };
                let mut seen = seen.lock().unwrap();
                if request.contains("oauth_signature=") && !request.contains("oauth_timestamp=\"1\"") {
                    seen.push(Relayed { statuses: relay(&service, &host, &request), request: request.clone() });
                }
                let (status, media_type, body) = lies.answer(&request, seen.len());
                let head = format!("HTTP/1.1 {status} x\r\nContent-Type: {media_type}\r\nConnection: close");
                write!(client, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok();
            }
        });
        Self { url, relayed }
    }

    /// All that was signed, with the answers of the real forge.
    fn relayed(&self) -> MutexGuard<'_, Vec<Relayed>> {
        self.relayed.lock().unwrap()
    }

    /// Makes sure that nothing of what it got is worth anything at the real forge.
    #[track_caller]
    fn gained_nothing(&self, forge: &Forge) {
        for relayed in self.relayed().iter() {
            assert!(relayed.statuses.iter().all(|status| matches!(status, 400 | 401)), "{relayed:?}");
        }
        assert_eq!(forge.database().lines("SELECT summary AS line FROM items"), [""; 0]);
        let left = forge.database().lines("SELECT key AS line FROM request_tokens WHERE state = 'pending'");
        assert_eq!(left, [""; 0]);
    }

    fn signed_with_the_token(&self) -> usize {
        self.relayed().iter().filter(|relayed| relayed.request.contains("oauth_token=")).count()
    }
}

impl std::fmt::Debug for Relayed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} for\n{}", self.statuses, self.request)
    }
}

/// Hands a request to the real forge: where it files something, with the report first, and then as it came.
fn relay(service: &str, host: &str, request: &str) -> Vec<u16> {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let files = head.starts_with("POST ") && head.contains("/items HTTP");
    let bodies = if files { vec![REPORT, body] } else { vec![body] };
    let kept = |line: &&str| !["host:", "content-length:"].iter().any(|name| line.to_lowercase().starts_with(name));
    let head = head.split("\r\n").filter(kept).collect::<Vec<_>>().join("\r\n");
    let send = |body: &str| {
        let mut server = TcpStream::connect(service.strip_prefix("http://").unwrap()).unwrap();
        let length = body.len();
        write!(server, "{head}\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
            .unwrap();
        let mut answer = String::new();
        server.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    };
    bodies.into_iter().map(send).collect()
}

/// A forge behind a proxy, as it is known to everybody.
fn known_as_another() -> Forge {
    Forge::with_settings(Database::Sqlite, &[("OAUTHPROVIDER_SERVER_PUBLIC_URLS", "https://forge.example.org")])
}

fn of_tracker(impostor: &Impostor, tool: &Tool, more: &[&str]) -> Outcome {
    doctor(&impostor.url, tool, &[&["--tracker", "project-a/bugs"], more].concat()).shown_only()
}

/// Runs `client` with the credentials of a tool.
fn client(arguments: &[&str], tool: &Tool) -> Outcome {
    let arguments =
        [&["client"], arguments, &["--consumer-key", &tool.key, "--consumer-secret", &tool.secret]].concat();
    Program::new(&arguments).run()
}

#[test]
fn what_it_says_stands_on_one_line_and_is_not_obeyed() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let name = r"\u001b[31malice\u009b2J\u001b]0;title\u0007\u202e\nok     all 14 checks are fine";
    let acting = format!(r#"{{"user": {{"name": "{name}"}}, "role": {{"name": "{name}"}}}}"#);
    let refused = format!("oauth_problem={ESCAPES}&oauth_problem_advice={ESCAPES}&{ESCAPES}={ESCAPES}");
    let denied = format!(r#"{{"error": "{name}", "role": "{name}", "needs": "{name}"}}"#);
    let text = "\u{1b}[31m\nok     all 14 checks are fine".to_owned();
    for echo in [(200, JSON, acting), (401, FORM, refused), (403, JSON, denied), (403, "text/plain", text)] {
        let impostor = Impostor::of(&forge, "", Lies { echo: echo.clone(), ..Lies::of(forge.base()) });
        let outcome = of_tracker(&impostor, &jenkins, &[]);
        let (told, _) = line(&outcome, "token");
        assert!(told.contains(r"\u{1b}[31m") && told.contains(r"\nok "), "{told}");
        assert!(!outcome.out.lines().any(|line| line.starts_with("ok     all")), "{outcome:?}");
        // The body goes to a program as it came; what is said about it is for people.
        let called = client(&["call", "GET", &format!("{}{PLUGIN}/echo", impostor.url)], &jenkins);
        let about = Outcome { out: String::new(), ..called }.shown_only();
        assert!(!about.err.lines().any(|line| line.starts_with("ok ")), "{about:?}");
        assert_eq!(about.code == Some(0), echo.0 == 200);
    }
}

#[test]
fn what_it_advises_is_cut_and_not_obeyed_and_where_it_advises_nothing_there_is_a_repair() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let long = "x".repeat(100_000);
    for (advice, repair) in [
        (ESCAPES, r"repair: the server advises: \u{1b}[31m"),
        (long.as_str(), "repair: the server advises: xxxx"),
        ("", "look the refusal up (oauthprovider explain)"),
        ("+", "look the refusal up (oauthprovider explain)"),
    ] {
        let refused = format!("oauth_problem=token_of_the_year&oauth_problem_advice={advice}");
        let impostor = Impostor::of(&forge, "", Lies { echo: (401, FORM, refused), ..Lies::of(forge.base()) });
        let outcome = of_tracker(&impostor, &jenkins, &[]);
        assert!(outcome.out.len() < 5_000, "{outcome:?}");
        finds(outcome, "token", "token_of_the_year", repair);
    }
}

#[test]
fn to_name_another_forge_gains_nothing_there() {
    let forge = known_as_another();
    let jenkins = forge.jenkins_a_for_alice();
    let real = "https://forge.example.org";
    for wrong in [1, usize::MAX] {
        let impostor = Impostor::of(&forge, "forge.example.org", Lies { wrong, ..Lies::of(real) });
        let outcome = of_tracker(&impostor, &jenkins, &[]);
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
        impostor.gained_nothing(&forge);
        assert_eq!(impostor.signed_with_the_token(), 0, "{outcome:?}");
        if wrong > 1 {
            assert!(line(&outcome, "consumer").0.contains("sent to nobody else"), "{outcome:?}");
            let repair = "oauthprovider client doctor https://forge.example.org";
            finds(outcome, "public URL", "the server says that it is https://forge.example.org", repair);
        }
    }
}

#[test]
fn to_name_a_forge_on_the_same_machine_gains_nothing_there() {
    let forge = Forge::on(Database::Sqlite);
    let host = forge.base().strip_prefix("http://").unwrap();
    let impostor = Impostor::of(&forge, host, Lies { wrong: 1, ..Lies::of(forge.base()) });
    let outcome = of_tracker(&impostor, &forge.jenkins_a_for_alice(), &[]);
    let right = impostor.relayed().iter().filter(|relayed| relayed.statuses == [400]).count();
    assert!(right > 1, "the consumer's signatures are right there, or this test shows nothing: {outcome:?}");
    impostor.gained_nothing(&forge);
    assert_eq!(impostor.signed_with_the_token(), 0, "{outcome:?}");
    for check in ["token", "role"] {
        assert!(line(&outcome, check).0.starts_with("- "), "{check}: {outcome:?}");
    }
    finds(outcome, "public URL", &format!("builds base strings from {}", forge.base()), "oauthprovider client doctor");
}

#[test]
fn to_agree_to_everything_gains_nothing() {
    let forge = Forge::on(Database::Sqlite);
    let host = forge.base().strip_prefix("http://").unwrap();
    let impostor = Impostor::of(&forge, host, Lies::of(forge.base()));
    // It takes a wrong body hash and the same request twice, and is told so; its answers to all else are right.
    let outcome = of_tracker(&impostor, &forge.jenkins_a_for_alice(), &[]).expect(1);
    assert!(outcome.err.contains("2 of 14 checks"), "{outcome:?}");
    assert_eq!(impostor.signed_with_the_token(), 3);
    impostor.gained_nothing(&forge);
}

#[test]
fn to_tell_another_time_gets_no_signature_for_it_with_the_token() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let host = forge.base().strip_prefix("http://").unwrap();
    for (ahead, signs) in [(3_600, true), (-3_600, true), (10 * 365 * 86_400, false), (i64::MAX / 4, false)] {
        let impostor = Impostor::of(&forge, host, Lies { ahead, ..Lies::of(forge.base()) });
        let outcome = of_tracker(&impostor, &jenkins, &[]);
        assert_eq!(impostor.signed_with_the_token(), 0, "{ahead}: {outcome:?}");
        assert_eq!(!impostor.relayed().is_empty(), signs, "{ahead}: {outcome:?}");
        impostor.gained_nothing(&forge);
        finds(outcome, "clock", "every request is refused", "set the clock");
    }
}

#[test]
fn in_between_it_cannot_file_another_report_than_the_empty_one() {
    let forge = known_as_another();
    let real = "https://forge.example.org";
    let impostor = Impostor::of(&forge, "forge.example.org", Lies::of(real));
    of_tracker(&impostor, &forge.jenkins_a_for_alice(), &["--public-url", real]).expect(1);
    let seen = impostor.relayed();
    let filing: Vec<_> = seen.iter().filter(|relayed| relayed.request.contains("/items HTTP")).collect();
    assert_eq!(filing.iter().map(|relayed| relayed.statuses.clone()).collect::<Vec<_>>(), [[401, 422]], "{filing:?}");
    assert_eq!(forge.database().lines("SELECT summary AS line FROM items"), [""; 0]);
}
