//! A server that somebody was talked into asking, and that says whatever it likes.

use std::{io::Write, net::TcpListener, thread};

use super::{doctor, line, whole};
use crate::support::{Database, Forge, Outcome, PLUGIN, Program, Tool};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Colours, a title, a bell, a text turned round, and lines that the doctor never wrote.
const ESCAPES: &str = "%1B%5B31m%C2%9B2J%1B%5D0%3Btitle%07%E2%80%AE%0D%0Aok     all 14 checks are fine%0A";

/// What it makes the doctor believe.
#[derive(Clone)]
struct Lies {
    /// Which origin its page names.
    names: String,
    /// What its echo answers.
    echo: (u16, &'static str, String),
}

struct Impostor {
    url: String,
}

impl Lies {
    fn of(names: &str) -> Self {
        let echo = r#"{"user": {"name": "alice"}, "role": {"project": "project-a", "name": "Reporter"}}"#;
        Self { names: names.to_owned(), echo: (200, JSON, echo.to_owned()) }
    }

    fn answer(&self, request: &str) -> (u16, &'static str, String) {
        let path = request.split(' ').nth(1).unwrap();
        if path == "/healthz" {
            (200, "text/plain", "ok".to_owned())
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
    fn new(lies: Lies) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for client in listener.incoming() {
                let mut client = client.unwrap();
                let Some(request) = whole(&mut client) else { continue };
                let (status, media_type, body) = lies.answer(&request);
                let head = format!("HTTP/1.1 {status} x\r\nContent-Type: {media_type}\r\nConnection: close");
                write!(client, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok();
            }
        });
        Self { url }
    }
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
        let impostor = Impostor::new(Lies { echo: echo.clone(), ..Lies::of(forge.base()) });
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
