//! The documents say what the program does: each signature in them is made again here, from the command that is shown
//! above it, each link leads somewhere, each source file that is named is there, and figures that are simulated come out
//! again.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use oauthprovider::{
    clock,
    oauth1::{Credentials, SignatureMethod, Signed, ToSign, percent_decode, sign},
    secret::Secret,
    store::{Claim, Nonce},
};
use serde_json::Value;

use crate::support::{Database, Forge, Program, Request, open_patiently, rust_files, wait_for};

const README: &str = include_str!("../../README.md");
const SCALING: &str = include_str!("../../docs/scaling.md");
const SECURITY: &str = include_str!("../../docs/security.md");
const PROTOCOL: &str = include_str!("../../docs/protocol.md");

/// How a signature is shown in the documents.
const COMMAND: &str = "oauthprovider client sign ";

/// Every signed end point: its method, its path up to what differs, and what the path ends with.
const END_POINTS: [(&str, &str, &str); 11] = [
    ("POST", "/plugins/oauthprovider/request_token", ""),
    ("POST", "/plugins/oauthprovider/access_token", ""),
    ("GET", "/plugins/oauthprovider/echo", ""),
    ("GET", "/api/userinfo", ""),
    ("GET", "/api/token", ""),
    ("DELETE", "/api/token", ""),
    ("GET", "/api/projects/", "/items"),
    ("POST", "/api/projects/", "/items"),
    ("GET", "/api/projects/", "/items/1"),
    ("PATCH", "/api/projects/", "/items/1"),
    ("POST", "/plugins/oslc/cm/project/", "/tracker/bugs"),
];

/// A signature as a document shows it.
struct Example {
    flags: BTreeMap<String, String>,
    printed: Value,
}

impl Example {
    fn flag(&self, name: &str) -> Option<&str> {
        self.flags.get(name).map(String::as_str)
    }

    fn needed(&self, name: &str) -> &str {
        self.flag(name).unwrap_or_else(|| panic!("{:?} has no --{name}", self.flags))
    }

    /// Does what the command does.
    fn sign(&self) -> Signed {
        let method = self.flag("signature-method").unwrap_or("HMAC-SHA1");
        let request = ToSign {
            method: self.needed("method"),
            url: self.needed("url"),
            form: self.flag("form"),
            nonce: self.needed("nonce"),
            timestamp: self.needed("timestamp"),
            signature_method: SignatureMethod::from_name(method).unwrap(),
            realm: self.flag("realm"),
            callback: self.flag("callback"),
            verifier: self.flag("verifier"),
        };
        let consumer_secret = Secret::new(self.needed("consumer-secret"));
        let token_secret = self.flag("token-secret").map(Secret::new);
        let credentials = Credentials {
            consumer_key: self.needed("consumer-key"),
            consumer_secret: &consumer_secret,
            token: self.flag("token").zip(token_secret.as_ref()),
        };
        sign(&request, &credentials).unwrap()
    }

    fn is_for(&self, (method, start, end): (&str, &str, &str)) -> bool {
        let path = self.needed("url").strip_prefix("https://forge.example.org").unwrap();
        let path = path.split('?').next().unwrap_or_default();
        self.needed("method") == method && path.starts_with(start) && path.ends_with(end)
    }
}

/// The examples of a document: a shell block with the command, and the JSON block after it.
fn examples(document: &str) -> Vec<Example> {
    let blocks = blocks(document);
    let shown = blocks.iter().enumerate().filter(|(_, (_, text))| text.starts_with(COMMAND));
    shown
        .map(|(index, (language, command))| {
            let (printed_language, printed) = &blocks[index + 1];
            assert_eq!((language.as_str(), printed_language.as_str()), ("sh", "json"), "{command}");
            let printed = serde_json::from_str(printed).unwrap();
            Example { flags: flags(command.strip_prefix(COMMAND).unwrap()), printed }
        })
        .collect()
}

/// The fenced blocks of a document: language and text.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in document.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some((language, text))) => open = Some((language, format!("{text}{line}\n"))),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// `--name value …` as flags.
fn flags(arguments: &str) -> BTreeMap<String, String> {
    let words = words(arguments);
    let (pairs, rest) = words.as_chunks::<2>();
    assert!(rest.is_empty(), "a flag without a value: {words:?}");
    let flag = |[name, value]: &[String; 2]| (name.strip_prefix("--").unwrap().to_owned(), value.clone());
    pairs.iter().map(flag).collect()
}

/// Splits as a shell does, as far as the documents go: blanks, single quotes, a backslash before a line's end.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.replace("\\\n", " ").chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            '"' | '\\' | '$' | '`' if !quoted => panic!("this shell is too simple for {line}"),
            c => word.get_or_insert_default().push(c),
        }
    }
    assert!(!quoted, "a quote is not closed: {line}");
    words.extend(word);
    words
}

#[test]
fn every_signature_in_the_documents_is_what_the_command_prints() {
    let examples = [PROTOCOL, README].into_iter().flat_map(examples).collect::<Vec<_>>();
    for example in &examples {
        let signed = example.sign();
        let expected = serde_json::json!({
            "base_string": signed.base_string, "signature": signed.signature, "authorization": signed.authorization,
        });
        assert_eq!(example.printed, expected, "{:?}", example.flags);
    }
}

#[test]
fn every_signed_end_point_has_a_worked_signature() {
    let examples = examples(PROTOCOL);
    assert!(examples.len() >= END_POINTS.len());
    for end_point in END_POINTS {
        assert!(examples.iter().any(|example| example.is_for(end_point)), "{end_point:?}");
    }
}

#[test]
fn no_nonce_is_shown_twice_for_different_requests() {
    let mut seen = BTreeMap::new();
    for example in examples(PROTOCOL) {
        let base_string = example.sign().base_string;
        let first = seen.entry(example.needed("nonce").to_owned()).or_insert_with(|| base_string.clone());
        assert_eq!(*first, base_string);
    }
}

#[test]
fn the_readme_names_both_commands() {
    let lines = blocks(README).into_iter().filter(|(language, _)| language == "sh").map(|(_, text)| text);
    let lines = lines.collect::<String>();
    for command in ["cargo run --release -- demo", "tests/run"] {
        assert!(lines.lines().any(|line| line == command), "{command}");
    }
}

#[test]
fn every_relative_link_leads_to_a_file_and_its_heading() {
    for document in documents() {
        for link in links(&std::fs::read_to_string(&document).unwrap()) {
            let told = format!("{} links to {link}", document.display());
            let (path, heading) = link.split_once('#').map_or((link.as_str(), None), |(path, it)| (path, Some(it)));
            let target =
                if path.is_empty() { document.clone() } else { document.parent().unwrap().join(decoded(path)) };
            assert!(target.exists(), "{told}, which is not there");
            if let Some(heading) = heading {
                let headings = headings(&std::fs::read_to_string(&target).unwrap());
                assert!(headings.iter().any(|known| known == heading), "{told}: there are only {headings:?}");
            }
        }
    }
}

#[test]
fn every_source_file_that_the_documents_name_is_there() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = ["oauth1/", "store/", "forge/", "provider/", "web/", "cli/", "config/"];
    let mut named = 0;
    for document in documents() {
        let text = prose(&std::fs::read_to_string(&document).unwrap());
        // Between two backticks, outside of blocks, stands every second piece.
        let spans = text.split('`').skip(1).step_by(2);
        for span in spans.filter(|span| span.ends_with(".rs") && rooms.iter().any(|room| span.starts_with(room))) {
            assert!(source.join(span).is_file(), "{} names {span}", document.display());
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}

#[test]
fn what_a_standby_lost_is_not_accepted_again_after_the_statement_for_taking_over() {
    let forge = Forge::on(Database::Postgres);
    let jenkins = forge.jenkins_a_for_alice();
    let (now, ahead) = (clock::now(), clock::now() + 100);
    let signed = |nonce: &str, timestamp: i64| {
        jenkins.request("GET", "/plugins/oauthprovider/echo").nonce(nonce).timestamp(timestamp)
    };
    forge.database().execute("CREATE TABLE standby AS TABLE ledger");
    signed("lost", now).send().expect(200);
    for nonce in ["also", "lost", "ahead"] {
        signed(nonce, ahead).send().expect(200);
    }
    forge.database().execute("TRUNCATE nonces");
    forge.database().execute("UPDATE ledger SET (line, epoch) = (SELECT line, epoch FROM standby)");
    let taking_over = blocks(SCALING).into_iter().find(|(language, _)| language == "sql").unwrap().1;
    forge.database().execute(&taking_over);

    // One instance after the other: neither is mistaken about what the other one wrote under numbers that it knew.
    let other = open_patiently(forge.database_url(), 1, Duration::from_secs(5));
    let elsewhere = |request: Request| {
        let read = request.signed().read();
        let nonce = Nonce::new(read.consumer_key(), read.token().unwrap(), read.timestamp(), read.nonce());
        wait_for(other.claim(nonce)).unwrap().claim
    };
    assert_eq!(elsewhere(signed("lost", now)), Claim::BehindHorizon);
    assert_eq!(elsewhere(signed("new", ahead)), Claim::Fresh);
    signed("new", ahead).send().expect_problem(401, "nonce_used");
}

#[test]
fn the_simulation_prints_what_the_document_quotes() {
    let quoted = blocks(SCALING).into_iter().find(|(language, _)| language == "text");
    assert_eq!(Program::example("simulate_ledger", &[]).run().expect(0).out, quoted.unwrap().1);
}

/// The documents at the top and in `docs/`.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = [root.to_owned(), root.join("docs")].into_iter().flat_map(|folder| folder.read_dir().unwrap());
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it == "md")).collect();
    documents.sort();
    assert!(documents.len() >= 8, "{documents:?}");
    documents
}

/// The document without its fenced blocks.
fn prose(document: &str) -> String {
    let mut inside = false;
    let lines = document.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What `[text](…)` leads to, where that is no address.
fn links(document: &str) -> Vec<String> {
    let prose = prose(document);
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The headings, as a link names them.
fn headings(document: &str) -> Vec<String> {
    let prose = prose(document);
    let titles = prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    titles.map(|title| title.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

fn decoded(path: &str) -> String {
    percent_decode(path.as_bytes(), oauthprovider::oauth1::Plus::Plus).unwrap().into_owned()
}

/// Every word in backticks of a row that is the name of a function or a module.
fn names(row: &str) -> Vec<&str> {
    let words = row.split('`').skip(1).step_by(2);
    words.filter(|word| word.contains('_') && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).collect()
}

#[test]
fn each_kind_of_mistake_has_a_test_of_its_own_name() {
    let sources = ["src", "tests"].map(rust_files).concat();
    let (_, rest) = SECURITY.split_once("## What went wrong elsewhere").unwrap();
    let rows: Vec<&str> =
        rest.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert_eq!(rows.len(), 42);
    for (number, row) in (1..).zip(rows) {
        assert!(row.starts_with(&format!("| {number} |")), "{row}");
        let named = names(row);
        assert!(!named.is_empty(), "{row}");
        for name in named {
            assert!(sources.iter().any(|(_, text)| has(text, name)), "there is no {name}: {row}");
        }
    }
}

/// Whether a function or a module of this name, and not only of one that begins so, is in a text.
fn has(text: &str, name: &str) -> bool {
    ["fn", "mod"].iter().any(|kind| {
        let behind = |(_, rest): (&str, &str)| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let named = format!("{kind} {name}");
        text.match_indices(&named).any(|(at, _)| behind(text.split_at(at + named.len())))
    })
}

#[test]
fn a_function_is_not_found_by_the_beginning_of_its_name() {
    let text = "mod changed;\nfn a_verifier_works_once() {}";
    assert!(has(text, "a_verifier_works_once") && has(text, "changed"));
    assert!(!has(text, "a_verifier_works") && !has(text, "verifier_works_once_more") && !has(text, "change"));
}
