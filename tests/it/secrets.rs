//! Secrets are told once, to whom they belong: the program itself, talking as much as it can, is listened to.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use crate::support::{
    Answer, Browser, CALLBACK, Call, Database, PASSWORD, PLUGIN, Placement, Request, Token, Tool, query_of,
};

const WRONG_PASSWORD: &str = "a passw0rd that is wrong";

/// The program as a process of its own, logging all it can.
struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    base: String,
}

impl Program {
    fn start(database_url: &str, folder: &Path, format: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_oauthprovider"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", database_url])
            .current_dir(folder)
            .env_clear()
            .envs([("OAUTHPROVIDER_LOG_LEVEL", "trace"), ("OAUTHPROVIDER_LOG_FORMAT", format), ("RUST_LOG", "trace")])
            .env("OAUTHPROVIDER_SERVER_WORKERS", "2")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let base = line.trim_end().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { child, stdout, base }
    }

    /// SIGTERM, by its number; then all that it said.
    fn stop(mut self, folder: &Path) -> String {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "SIGTERM drains and exits 0");
        let mut said = fs::read_to_string(folder.join("log")).unwrap();
        self.stdout.read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Program {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What was told, and what must not be heard again.
#[derive(Default)]
struct Watch {
    /// Never in a log line, and in no answer but the one that gave it.
    secrets: Vec<String>,
    /// In answers, but never in a log line: what a page's form or an address rightly holds.
    unlogged: Vec<String>,
    /// Every answer that gave nothing.
    answers: Vec<String>,
}

impl Watch {
    fn hear(&mut self, answer: Answer) -> Answer {
        self.answers.push(format!("{:?}\n{}", answer.headers, answer.text()));
        answer
    }

    /// Sends a signed request whose answer gives nothing.
    fn send(&mut self, request: &Request) -> Answer {
        let answer = self.give(request);
        self.hear(answer)
    }

    /// Sends a signed request whose answer gives something.
    fn give(&mut self, request: &Request) -> Answer {
        let call = request.signed();
        self.secrets.push(signature_of(&call));
        call.send()
    }

    fn token(&mut self, request: &Request) -> Token {
        let token = self.give(request).expect(200).token();
        self.secrets.push(token.secret.clone());
        self.unlogged.push(token.key.clone());
        token
    }

    fn log_in(&mut self, base: &str, user: &str) -> Browser {
        let mut browser = Browser::new(base);
        self.hear(browser.post("/login", &[("username", user), ("password", WRONG_PASSWORD)]).expect(401));
        browser.log_in(user);
        let cookie = browser.cookie.as_deref().unwrap();
        self.secrets.push(cookie.split_once('=').unwrap().1.to_owned());
        self.unlogged.push(browser.csrf_token());
        browser
    }

    fn authorize(&mut self, browser: &Browser, token: &Token) -> String {
        let consent = browser.consent(token);
        self.hear(consent.page);
        let verifier = browser.authorize(token, "Reporter/Project A");
        self.secrets.push(verifier.clone());
        verifier
    }
}

/// The signature as it was sent, decoded.
fn signature_of(call: &Call) -> String {
    let header = call.headers.iter().find(|(name, _)| name == "Authorization").map(|(_, value)| value.clone());
    let sent = format!("{} {} {}", header.unwrap_or_default(), call.url, String::from_utf8_lossy(&call.body));
    let (_, value) = sent.split_once("oauth_signature=").unwrap();
    let value: String = value.trim_start_matches('"').chars().take_while(|c| !"\"&, ".contains(*c)).collect();
    percent_decoded(&value)
}

fn percent_decoded(text: &str) -> String {
    oauthprovider::oauth1::parse_urlencoded(format!("x={text}").as_bytes()).unwrap().remove(0).1
}

fn a_dance_with_every_kind_of_refusal(watch: &mut Watch, base: &str) {
    let jenkins = Tool::new(base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓");
    watch.secrets.extend([jenkins.secret.clone(), "the secret of jenkins_b".to_owned()]);
    watch.secrets.extend([PASSWORD, WRONG_PASSWORD].map(str::to_owned));
    let alice = watch.log_in(base, "alice");

    let wrong = jenkins.ask(CALLBACK).tampered("oauth_signature", Some("d3JvbmcgYnV0IHNlY3JldA=="));
    watch.send(&wrong).expect(401);
    watch.send(&jenkins.ask("http://evil.example/")).expect(400);
    watch.send(&Tool::new(base, "unknown", "an unknown tool's secret").ask("oob")).expect(401);
    watch.send(&jenkins.ask("oob").timestamp(1)).expect(401);
    let temporary = watch.token(&jenkins.ask(CALLBACK).placed(Placement::Query));
    watch.send(&jenkins.exchange(&temporary, "a guessed verifier")).expect(401);
    watch.secrets.push("a guessed verifier".to_owned());
    let verifier = watch.authorize(&alice, &temporary);
    watch.hear(alice.get(&format!("{PLUGIN}/request_tokens")).expect(200));
    watch.hear(alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", temporary.key)).expect(410));
    watch.send(&jenkins.exchange(&temporary, "a guessed verifier")).expect(401);
    let token = watch.token(&jenkins.exchange(&temporary, &verifier).placed(Placement::Body));
    watch.send(&jenkins.exchange(&temporary, &verifier).placed(Placement::Query)).expect(401);

    let acting = jenkins.with(&token);
    let echo = acting.request("POST", &format!("{PLUGIN}/echo/more?message=hi")).form("a=b").placed(Placement::Query);
    watch.send(&echo).expect(200);
    watch.send(&echo).expect_problem(401, "nonce_used");
    watch.send(&acting.request("GET", "/api/userinfo")).expect(200);
    let items = "/api/projects/project-a/trackers/bugs/items";
    watch.send(&acting.request("POST", items).json(r#"{"summary": "x"}"#)).expect(201);
    watch.send(&acting.request("POST", items).json("{")).expect(400);
    watch.send(&acting.request("PATCH", &format!("{items}/1")).json(r#"{"status": "closed"}"#)).expect(403);
    watch.send(&acting.request("GET", "/").placed(Placement::Query)).expect(403);
    let twice = format!("{PLUGIN}/echo?oauth_token={}", token.key);
    watch.send(&acting.request("GET", &twice)).expect(400);

    let by_hand = watch.token(&jenkins.ask("oob"));
    let page = alice.decide(&by_hand, "Reporter/Project A", "authorize").expect(200).text();
    let code = page.split_once("id=\"oauth_verifier\"").unwrap().1.split_once('>').unwrap().1;
    watch.secrets.push(code.split('<').next().unwrap().to_owned());
    let denied = watch.token(&jenkins.ask(CALLBACK));
    let answer = watch.hear(alice.decide(&denied, "Reporter/Project A", "deny").expect(302));
    assert_eq!(query_of(answer.header("Location").unwrap(), "oauth_verifier"), None);
    watch.hear(alice.get(&format!("{PLUGIN}/access_tokens")).expect(200));
    watch.hear(alice.post("/logout", &[("csrf_token", &alice.csrf_token())]).expect(302));
}

fn a_registration_and_a_look_around(watch: &mut Watch, base: &str) {
    let admin = watch.log_in(base, "admin");
    let csrf_token = admin.csrf_token();
    let form = [
        ("csrf_token", csrf_token.as_str()),
        ("name", "new"),
        ("url", "http://new.example/"),
        ("description", "d"),
        ("email", "a@b.example"),
    ];
    let created = admin.post(&format!("{PLUGIN}/consumers"), &form).expect(200).text();
    let (_, secret) = created.split_once("id=\"consumer_secret\"").unwrap();
    let secret = secret.split_once('>').unwrap().1.split('<').next().unwrap();
    assert!(secret.len() >= 22);
    watch.secrets.push(secret.to_owned());
    watch.hear(admin.post(&format!("{PLUGIN}/consumers"), &form).expect(422));
    for id in 1..=3 {
        for page in ["", "/remove"] {
            watch.hear(admin.get(&format!("{PLUGIN}/consumers/{id}{page}")).expect(200));
        }
    }
    watch.hear(admin.post(&format!("{PLUGIN}/consumers/1/disable"), &[("csrf_token", &csrf_token)]).expect(302));
    for page in [
        "/",
        "/login",
        "/metrics",
        "/readyz",
        "/no/such/page",
        "/plugins/oauthprovider/",
        "/plugins/oauthprovider/consumers",
    ] {
        watch.hear(admin.get(page));
    }
}

#[track_caller]
fn holds_none(text: &str, secrets: &[String], where_from: &str) {
    for secret in secrets {
        let encoded = oauthprovider::oauth1::percent_encode(secret);
        let form_encoded = encoded.replace("%20", "+");
        for written in [secret, &encoded, &form_encoded] {
            assert!(!text.contains(written.as_str()), "{written} in {where_from}: {text}");
        }
    }
}

#[test]
fn pitfall_34_no_secret_is_logged_or_told_twice() {
    for format in ["text", "json"] {
        let (database, folder) = (Database::Sqlite.filled(), tempfile::tempdir().unwrap());
        let program = Program::start(&database.url, folder.path(), format);
        let mut watch = Watch::default();
        a_dance_with_every_kind_of_refusal(&mut watch, &program.base);
        a_registration_and_a_look_around(&mut watch, &program.base);
        let said = program.stop(folder.path());
        // It did talk: a search through silence would prove nothing.
        for words in ["signature_invalid", "/plugins/oauthprovider/access_token", "DEBUG"] {
            assert!(said.contains(words), "{words} is not in the log: {said}");
        }
        holds_none(&said, &watch.secrets, "the log");
        holds_none(&said, &watch.unlogged, "the log");
        for answer in &watch.answers {
            holds_none(answer, &watch.secrets, "an answer");
        }
    }
}
