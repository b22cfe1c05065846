//! SQLite's file taken from under a running service: moved away, replaced by another, deleted.

use std::{fs, path::PathBuf};

use super::{ECHO, expect_unavailable, impatient, wait_until_ready};
use crate::support::{Call, Database, Forge, PLUGIN};

/// A file of this name beside the database.
fn beside(forge: &Forge, name: &str) -> PathBuf {
    forge.database().sqlite_path().unwrap().with_file_name(name)
}

/// What reads and what writes, of tools and of people.
fn calls(forge: &Forge) -> Vec<(&'static str, Call)> {
    let (reporter, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
    vec![
        ("readyz", forge.anonymous().request("GET", "/readyz")),
        ("echo", reporter.request("GET", ECHO).signed()),
        ("user info", reporter.request("GET", "/api/userinfo").signed()),
        ("request token", forge.jenkins_a().ask("oob").signed()),
        ("page", alice.request("GET", &format!("{PLUGIN}/access_tokens"))),
    ]
}

#[track_caller]
fn all_unavailable(calls: &[(&'static str, Call)]) {
    for (name, answer, _) in super::send_all(calls) {
        expect_unavailable(name, &answer);
    }
}

#[track_caller]
fn all_good(calls: &[(&'static str, Call)]) {
    for (name, call) in calls {
        assert_eq!(call.send().status, 200, "{name}");
    }
}

#[test]
fn a_database_that_was_moved_away_is_503_until_it_is_back() {
    let forge = impatient(Database::Sqlite);
    let (path, away) = (forge.database().sqlite_path().unwrap(), beside(&forge, "away.db"));
    let calls = calls(&forge);
    fs::rename(&path, &away).unwrap();
    all_unavailable(&calls);
    assert!(!path.exists(), "none is made in its place");
    fs::rename(&away, &path).unwrap();
    wait_until_ready(&forge);
    // Nothing was used up meanwhile: the very same requests are good now.
    all_good(&calls);
}

/// What was answered from the one would not be in the other: a revocation, a nonce.
#[test]
fn a_database_that_was_replaced_is_503_whatever_the_other_holds() {
    let forge = impatient(Database::Sqlite);
    let (path, copy, kept) = (forge.database().sqlite_path().unwrap(), beside(&forge, "copy"), beside(&forge, "kept"));
    let calls = calls(&forge);
    fs::copy(&path, &copy).unwrap();
    fs::hard_link(&path, &kept).unwrap();
    fs::rename(&copy, &path).unwrap();
    all_unavailable(&calls);
    all_unavailable(&calls);
    fs::remove_file(&path).unwrap();
    all_unavailable(&calls);
    fs::rename(&kept, &path).unwrap();
    wait_until_ready(&forge);
    all_good(&calls);
}
