//! What is done with the chain elsewhere, and with a key.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use oauthprovider::{
    forge::audit::{Finding, Findings, verify},
    store::{
        Store,
        audit::{self, AuditKey, Chain},
    },
};

use super::{command, export, holds};
use crate::support::{Forge, Own, on_both_databases, open_patiently};

const OPERATIONS: &str = include_str!("../../../docs/operations.md");

/// The program of the document, fed with an export.
fn checked_elsewhere(export: &str) -> (bool, String) {
    let (_, rest) = OPERATIONS.split_once("```python\n").unwrap();
    let program = rest.split("```").next().unwrap();
    let mut python = Command::new("python3");
    python.args(["-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut python = python.spawn().unwrap();
    python.stdin.take().unwrap().write_all(export.as_bytes()).unwrap();
    let ended = python.wait_with_output().unwrap();
    (ended.status.success(), String::from_utf8([ended.stdout, ended.stderr].concat()).unwrap().trim().to_owned())
}

/// The same database, by a service that has this key.
fn with_key(own: &Own, key: Option<u8>) -> Store {
    let store = open_patiently(&own.url, 1, std::time::Duration::from_secs(5));
    match key {
        Some(byte) => store.linking_by(Chain::sealed(AuditKey::new("first", &[byte; 32]), [])),
        None => store,
    }
}

fn look(store: &Store) -> Findings {
    store.blocking(|conn| verify(conn, None)).unwrap()
}

/// Says everything anew, with another reason in one entry: what somebody does who knows how it all works.
fn write_anew(forge: &Forge, by: &Store, changed: usize) {
    forge.database().drop_the_guards_of_the_audit_log();
    let mut entries = by.blocking(|conn| audit::after(conn, None, 1_000)).unwrap();
    entries[changed].said.reason = Some("a reason that nobody gave".to_owned());
    forge.sql("DELETE FROM audit_log");
    forge.sql(&format!("UPDATE audit_head SET count = 0, hash = '{}'", audit::NOTHING));
    by.blocking(|conn| {
        conn.write(|tx| {
            entries.iter().for_each(|entry| tx.say(entry.said.clone()));
            Ok::<_, oauthprovider::store::Error>(())
        })
    })
    .unwrap();
}

on_both_databases! {
    fn the_program_in_the_document_checks_an_export_and_finds_what_was_changed(forge: Forge) {
        forge.import(r#"{"users": [{"name": "zoe", "realname": "Zoë \"Ω\" \\ 𝛼", "email": "z@example.org"}]}"#);
        forge.import(r#"{"users": [{"name": "zoe", "realname": "Zoë \"Ω\" \\ 𝛼\u00a0/"}]}"#);
        let text = command(&forge, &["audit", "export"]).expect(0).out;
        assert_eq!(checked_elsewhere(&text), (true, holds(&forge)));
        let changed = text.replace("project-a/Reporter", "project-a/Manager");
        let (is_good, told) = checked_elsewhere(&changed);
        assert!(!is_good && told.contains("was changed"), "{told}");
        let lines: Vec<&str> = text.lines().collect();
        let without = [&lines[..3], &lines[4..]].concat().join("\n");
        let (is_good, told) = checked_elsewhere(&without);
        assert!(!is_good && told.starts_with("entry 5 "), "{told}");
    }

    fn what_came_since_can_be_exported_alone(forge: Forge) {
        let all = export(&forge);
        forge.browser_of("bob");
        let since = command(&forge, &["audit", "export", "--after", &all.len().to_string()]).expect(0).out;
        assert_eq!(since.lines().count(), 1);
        assert!(since.contains("session.opened"));
        assert_eq!(command(&forge, &["audit", "export", "--after", "999"]).expect(0).out, "");
    }

    fn a_log_that_was_written_anew_or_cut_off_holds_and_is_not_the_one_that_is_expected(forge: Forge) {
        forge.browser_of("bob");
        let end = holds(&forge);
        let count = export(&forge).len();
        let expect = |mark: &str| command(&forge, &["audit", "verify", "--expect", mark]);
        expect(&end).expect(0);
        expect(&format!("0:{}", audit::NOTHING)).expect(0);
        forge.browser_of("alice");
        expect(&end).expect(0);
        let ahead = expect(&format!("999:{}", &end[end.len() - 64..])).complaint();
        assert!(ahead.contains("entry 999 is missing"), "{ahead}");
        for nonsense in ["5", "5:xyz", ":", "-1:0", "5:0"] {
            expect(nonsense).expect(2);
        }

        write_anew(&forge, &with_key(forge.database(), None), count - 2);
        holds(&forge);
        let rewritten = expect(&end).complaint();
        assert!(rewritten.contains(&format!("entry {count} is not the one")), "{rewritten}");

        // Cut off, and the head put back.
        forge.sql(&format!("DELETE FROM audit_log WHERE number >= {count}"));
        let former = format!("(SELECT hash FROM audit_log WHERE number = {})", count - 1);
        forge.sql(&format!("UPDATE audit_head SET count = {}, hash = {former}", count - 1));
        holds(&forge);
        let rolled_back = expect(&end).complaint();
        assert!(rolled_back.contains(&format!("entry {count} is missing")), "{rolled_back}");
    }

    fn an_entry_whose_hash_was_made_to_fit_is_named_by_the_one_after_it(forge: Forge) {
        forge.sql("CREATE TABLE kept_log AS SELECT * FROM audit_log");
        let end = holds(&forge);
        let (count, hash) = end.split_once(':').unwrap();
        write_anew(&forge, &with_key(forge.database(), None), 2);
        forge.sql("DELETE FROM audit_log WHERE number > 3");
        forge.sql("INSERT INTO audit_log SELECT * FROM kept_log WHERE number > 3");
        forge.sql(&format!("UPDATE audit_head SET count = {count}, hash = '{hash}'"));
        let told = command(&forge, &["audit", "verify"]).complaint();
        assert!(told.ends_with("does not hold: entry 3 was replaced, and its hash with it"), "{told}");
    }

    fn without_the_key_nobody_writes_entries_that_hold(forge: Forge) {
        // A service that seals what it writes.
        let (ours, theirs) = (with_key(forge.database(), Some(1)), with_key(forge.database(), Some(2)));
        write_anew(&forge, &ours, 0);
        let before = look(&ours);
        assert_eq!(before.wrong, []);
        let entries = ours.blocking(|conn| audit::after(conn, None, 1_000)).unwrap();
        let last = before.end.number;

        // Written anew with another key of the same name.
        write_anew(&forge, &theirs, 4);
        assert_eq!(look(&ours).wrong, [Finding::Forged(1)]);
        // Written anew, the former seals put back: they are those of other hashes from the change on.
        for entry in &entries {
            let (seal, number) = (entry.seal.as_ref().unwrap(), entry.number);
            forge.sql(&format!("UPDATE audit_log SET seal = '{seal}' WHERE number = {number}"));
        }
        assert_eq!(look(&ours).wrong, [Finding::Forged(5)]);
        // Without any seal, or with the name of a key that nobody has.
        for seal in ["NULL", "'another:00'"] {
            forge.sql(&format!("UPDATE audit_log SET seal = {seal}"));
            assert_eq!(look(&ours).wrong, [Finding::Unsealed(last)]);
        }
    }
}
