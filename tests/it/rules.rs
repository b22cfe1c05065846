//! Who may use whom: reads `src/` and enforces the table in `docs/architecture.md`.

use crate::support::rust_files;

/// Each room, and the rooms that it may use beside itself.
const ROOMS: [(&str, &[&str]); 14] = [
    ("ids", &[]),
    ("clock", &[]),
    ("address", &["clock"]),
    ("secret", &[]),
    ("shares", &[]),
    ("sealing", &["secret"]),
    ("oauth1", &["secret"]),
    ("store", &["ids", "clock", "secret", "sealing"]),
    ("forge", &["store", "ids", "clock", "address", "secret", "sealing"]),
    ("provider", &["oauth1", "forge", "store", "ids", "clock", "address", "secret", "shares"]),
    ("plugin", &[]),
    ("config", &["plugin", "provider", "store", "address", "secret", "sealing"]),
    (
        "web",
        &["provider", "forge", "oauth1", "store", "config", "plugin", "ids", "clock", "address", "secret", "shares"],
    ),
    (
        "cli",
        &[
            "web", "provider", "forge", "oauth1", "store", "config", "plugin", "ids", "clock", "address", "secret",
            "sealing",
        ],
    ),
];

/// What only some may name, by the beginning of their paths below `src/`.
const KEPT: [(&str, &[&str]); 18] = [
    ("diesel::", &["store/", "ids.rs"]),
    ("diesel_migrations::", &["store/"]),
    ("actix_web::", &["web/", "cli/"]),
    ("tokio::", &["store/", "web/", "cli/"]),
    ("tera::", &["web/pages"]),
    ("fluent_bundle::", &["web/pages/texts.rs"]),
    ("rand::", &["secret.rs"]),
    ("governor::", &["provider/guard/rate.rs"]),
    ("rustls::", &["web/tls.rs"]),
    ("x509_cert::", &["web/tls/ending.rs"]),
    ("lettre::", &["web/mail", "config/mail.rs"]),
    ("clock::now", &["web/", "cli/"]),
    ("StatusCode::", &["web/problem.rs", "cli/client/"]),
    ("env::var", &["cli/"]),
    ("unsafe ", &[]),
    // A line that a command prints is made plain by cli/terminal.rs; the demo paints what its own server says.
    ("println!", &[]),
    ("eprintln!", &[]),
    ("io::stdout", &["cli/terminal.rs", "cli/demo/narrator.rs"]),
];

/// What may be answered without going through `web/problem.rs`.
const NO_ERRORS: [&str; 6] = ["Ok", "Created", "NoContent", "Found", "SeeOther", "build"];

/// Names of modules that say nothing.
const HOLLOW: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "manager", "misc"];

struct Source {
    /// The path below `src/`.
    path: String,
    /// Its text, the comments taken out and every line kept.
    code: String,
}

impl Source {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// How many `super::` lead from the top of this file out of the crate's rooms.
    fn depth(&self) -> usize {
        self.path.split('/').count() - usize::from(self.path.ends_with("/mod.rs"))
    }

    fn line(&self, offset: usize) -> String {
        format!("src/{}:{}", self.path, self.code[..offset].matches('\n').count() + 1)
    }

    /// Where a text stands that is not the end of a longer word or path.
    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let begins =
            |at: usize| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '"'));
        self.code.match_indices(text).map(|(at, _)| at).filter(move |at| begins(*at))
    }

    /// Where something is named that is kept to some, however much of its path stands before it. The name of a crate begins a
    /// path, or has no more than `::` before it: behind another name it is that one's module.
    fn namings<'a>(&'a self, kept: &'a str) -> impl Iterator<Item = usize> + 'a {
        let is_crate = kept.strip_suffix("::").is_some_and(|name| name.starts_with(|c: char| c.is_lowercase()));
        let ends_a_name = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '>'));
        self.code.match_indices(kept).map(|(at, _)| at).filter(move |at| {
            let before = &self.code[..*at];
            match before.strip_suffix("::") {
                Some(further) if is_crate => !ends_a_name(further),
                Some(_) => true,
                None => !ends_a_name(before),
            }
        })
    }

    /// The rooms that this file names, `crate::store` and `crate::{store, …}` alike, and where.
    fn rooms_named(&self) -> Vec<(usize, &str)> {
        let mut named = Vec::new();
        for at in self.places("crate::") {
            let start = at + "crate::".len();
            match self.code[start..].strip_prefix('{') {
                None => named.push((start, word(&self.code[start..]))),
                Some(group) => {
                    named.extend(first_words(group).into_iter().map(|(offset, word)| (start + 1 + offset, word)))
                }
            }
        }
        named
    }
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// The first word of each part of a `use` group, whose opening brace is behind us.
fn first_words(group: &str) -> Vec<(usize, &str)> {
    let (mut depth, mut fresh, mut words) = (0_i32, true, Vec::new());
    for (offset, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && (c.is_alphanumeric() || c == '_') => {
                words.push((offset, word(&group[offset..])));
                fresh = false;
            }
            _ => {}
        }
    }
    words
}

fn sources() -> Vec<Source> {
    let all = rust_files("src").into_iter().map(|(path, text)| {
        let code = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        Source { path, code: code.collect::<Vec<_>>().join("\n") }
    });
    let all: Vec<_> = all.collect();
    assert!(all.len() > 50, "the sources are not where they are looked for");
    all
}

/// Fails with everything that is wrong, one line for each.
#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_room_uses_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.path.as_str(), "lib.rs" | "main.rs")) {
        let (room, may) = ROOMS.iter().find(|(room, _)| *room == source.room()).expect("a room that is in the table");
        for (at, named) in source.rooms_named() {
            if named != *room && ROOMS.iter().any(|(known, _)| *known == named) && !may.contains(&named) {
                wrong.push(format!("{}: {room} may not use {named}", source.line(at)));
            }
        }
        // Unit tests stand last in a file, one module deeper.
        let tests = source.code.find("\nmod tests {").unwrap_or(usize::MAX);
        for at in source.places("super::") {
            let mut rest = &source.code[at..];
            let mut steps = 0;
            while let Some(further) = rest.strip_prefix("super::") {
                (rest, steps) = (further, steps + 1);
            }
            if steps >= source.depth() + usize::from(at > tests) {
                wrong.push(format!("{}: this super:: leaves the room {room}; write crate::", source.line(at)));
            }
        }
    }
    none(wrong);
}

#[test]
fn what_is_kept_is_found_behind_whatever_path_leads_there() {
    let names = |code: &str, kept: &str| {
        Source { path: "oauth1/mod.rs".to_owned(), code: code.to_owned() }.namings(kept).next().is_some()
    };
    for (code, kept) in [
        ("let now = crate::clock::now();", "clock::now"),
        ("use crate::clock::now;", "clock::now"),
        ("actix_web::http::StatusCode::OK", "StatusCode::"),
        ("std::println!(\"\")", "println!"),
        ("std::env::var(\"A\")", "env::var"),
        ("use ::diesel::prelude::*;", "diesel::"),
        ("{diesel::sql_query", "diesel::"),
    ] {
        assert!(names(code, kept), "{kept} in {code}");
    }
    for (code, kept) in
        [("ring::rand::SystemRandom", "rand::"), ("my_clock::now()", "clock::now"), ("eprintln!()", "println!")]
    {
        assert!(!names(code, kept), "{kept} in {code}");
    }
}

#[test]
fn what_is_kept_to_some_rooms_is_named_nowhere_else() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (text, keepers) in KEPT {
            let kept = keepers.iter().any(|keeper| source.path.starts_with(keeper)) || source.path == "main.rs";
            let named = if kept { None } else { source.namings(text).next() };
            wrong.extend(named.map(|at| format!("{}: {text} is kept to {keepers:?}", source.line(at))));
        }
        for at in source.places("HttpResponse::").filter(|_| source.path != "web/problem.rs") {
            let made = word(&source.code[at + "HttpResponse::".len()..]);
            if !NO_ERRORS.contains(&made) {
                wrong.push(format!(
                    "{}: a status for an error ({made}) stands in web/problem.rs alone",
                    source.line(at)
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn files_are_short_and_modules_have_names_that_say_something() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count();
        if lines > 400 {
            wrong.push(format!("src/{}: {lines} lines are over 400", source.path));
        }
        for at in source.places("mod ") {
            let name = word(&source.code[at + "mod ".len()..]);
            if HOLLOW.contains(&name) {
                wrong.push(format!("{}: {name} says nothing", source.line(at)));
            }
        }
    }
    none(wrong);
}
