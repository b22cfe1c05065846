//! What is done with the chain elsewhere, and with a key.

use std::{
    io::Write,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    time::Duration,
};

use hmac::{Hmac, KeyInit, Mac};
use oauthprovider::{
    forge::audit::{Finding, Findings, verify},
    sealing::{Keyring, Keys, ServerKey, Source},
    store::{Store, audit},
};
use sha2::Sha256;

use super::{command, export, holds};
use crate::support::{Database, Forge, Own, Program, SERVER_KEY, on_both_databases};

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

/// The same database, by a service with this server key.
fn with_key(own: &Own, digits: &str) -> Store {
    let keys = Keys::of(Source::Given(Keyring::parse(digits).unwrap()));
    Store::open(own.url.parse().unwrap(), keys, 1, Duration::from_secs(5)).unwrap()
}

fn look(store: &Store) -> Findings {
    store.blocking(|conn| verify(conn, None)).unwrap()
}

/// Says everything anew, with another reason in one entry: what somebody does who knows how it all works.
fn write_anew(forge: &Forge, by: &Store, changed: usize) {
    forge.database().drop_the_guards_of_the_audit_log();
    let mut entries = Vec::new();
    let gather = |found: audit::Found| {
        entries.push(found.unwrap());
        Ok::<_, oauthprovider::store::Error>(true)
    };
    by.blocking(|conn| audit::each_after(conn, None, gather)).unwrap();
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

        write_anew(&forge, forge.store(), count - 2);
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
        write_anew(&forge, forge.store(), 2);
        forge.sql("DELETE FROM audit_log WHERE number > 3");
        forge.sql("INSERT INTO audit_log SELECT * FROM kept_log WHERE number > 3");
        forge.sql(&format!("UPDATE audit_head SET count = {count}, hash = '{hash}'"));
        let told = command(&forge, &["audit", "verify"]).complaint();
        assert!(told.ends_with("does not hold: entry 3 was replaced, and its hash with it"), "{told}");
    }

    fn without_the_server_key_nobody_writes_entries_that_hold(forge: Forge) {
        forge.sql("CREATE TABLE kept_log AS SELECT * FROM audit_log");
        forge.sql("CREATE TABLE kept_key AS SELECT * FROM audit_key");
        forge.sql("CREATE TABLE kept_sealing AS SELECT * FROM sealing");
        assert_eq!(look(forge.store()).wrong, []);

        forge.database().drop_the_guards_of_the_audit_log();
        // Somebody writes it anew with a server key of their own, and puts back what they did to the other tables.
        let theirs = "be11be11be11be11be11be11be11be11be11be11be11be11be11be11be11be11";
        let name = ServerKey::parse(theirs).unwrap().name();
        forge.sql("DELETE FROM audit_key");
        forge.sql(&format!("UPDATE sealing SET key_name = '{name}'"));
        write_anew(&forge, &with_key(forge.database(), theirs), 4);
        forge.sql("DELETE FROM audit_key");
        forge.sql("INSERT INTO audit_key SELECT * FROM kept_key");
        forge.sql("UPDATE sealing SET key_name = (SELECT key_name FROM kept_sealing)");
        assert_eq!(look(forge.store()).wrong, [Finding::AllForged]);
        // The former seals are those of other hashes from the change on, whatever the service itself adds.
        forge.sql("UPDATE audit_log SET seal = (SELECT seal FROM kept_log WHERE kept_log.number = audit_log.number)");
        let last = export(&forge).len().try_into().unwrap();
        forge.browser_of("bob");
        assert_eq!(look(forge.store()).wrong, [Finding::Forged(5, last)]);
    }

    /// They know the log's key, which they chose, and put it where the service looks, as a migration once left secrets that
    /// were still to be sealed.
    fn a_log_that_was_written_anew_under_a_key_of_somebodys_own_does_not_hold(forge: Forge) {
        write_anew(&forge, forge.store(), 2);
        for entry in export(&forge) {
            let (number, hash) = (&entry["number"], entry["hash"].as_str().unwrap());
            let mac = Hmac::<Sha256>::new_from_slice(b"a key of their own").unwrap().chain_update(hash).finalize();
            let seal: String = mac.into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            forge.sql(&format!("UPDATE audit_log SET seal = '{seal}' WHERE number = {number}"));
        }
        forge.sql("UPDATE audit_key SET secret = 'clear:a key of their own'");
        let before = forge.database().dump();
        for _ in 0..2 {
            let told = command(&forge, &["audit", "verify"]).complaint();
            assert!(told.contains("does not hold: the key of the log does not open"), "{told}");
            assert_eq!(forge.database().dump(), before);
            let serve = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]);
            serve.arg(forge.database_url()).serve().stop().expect(0);
        }
    }

    fn looking_at_the_log_writes_nothing_and_needs_no_key_to_read(forge: Forge) {
        let before = forge.database().dump();
        let look = |arguments: &[&str]| Program::new(arguments).arg("--database-url").arg(forge.database_url());
        for arguments in [&["audit", "list"][..], &["audit", "export"]] {
            look(arguments).without_server_key().run().expect(0);
        }
        look(&["audit", "verify"]).run().expect(0);
        assert_eq!(forge.database().dump(), before);
        forge.sql("DELETE FROM __diesel_schema_migrations WHERE version = '20261122000003'");
        let before = forge.database().dump();
        for arguments in [["audit", "list"], ["audit", "export"], ["audit", "verify"]] {
            let told = look(&arguments).run().complaint();
            assert!(told.contains("oauthprovider migrate"), "{told}");
        }
        assert_eq!(forge.database().dump(), before);
    }
}

/// Another server key seals from then on; the key for the log stays what it was, and so do all seals.
#[test]
fn the_log_holds_when_the_server_key_was_rotated_and_the_former_one_forgotten() {
    for kind in [Database::Sqlite, Database::Postgres] {
        let database = kind.filled();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.key");
        std::fs::write(&file, SERVER_KEY).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let run = |arguments: &[&str]| {
            let program = Program::new(arguments).without_server_key().arg("--database-url").arg(&database.url);
            program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", file.to_str().unwrap()).run().expect(0)
        };
        let end = run(&["audit", "verify", "--json"]).json()["end"].as_str().unwrap().to_owned();
        run(&["rotate-server-key", "--reason", "every spring"]);
        assert!(!std::fs::read_to_string(&file).unwrap().contains(SERVER_KEY));
        run(&["consumer", "rotate", "jenkins_a"]);
        run(&["audit", "verify", "--expect", &end]);
        let rotated = run(&["audit", "list", "--action", "server_key.rotated", "--json"]).json();
        assert_eq!(rotated[0]["reason"], "every spring");
        assert_eq!(rotated[0]["object"]["name"].as_str().map(str::len), Some(8));
    }
}
