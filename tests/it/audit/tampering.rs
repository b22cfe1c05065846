//! What is done to the log past the service, with SQL: the tables refuse it, and where they were kept from that, each
//! entry that was touched is named.

use super::{command, export, holds};
use crate::support::{Database, Forge, PASSWORD, on_both_databases};

/// What a statement makes `verify` say of the log of [`forge`], whose last entry is the 9th.
type Tampering = (&'static str, &'static [&'static str]);

const ALL_COLUMNS: &str = "at, actor, actor_id, actor_name, address, action, object, object_id, object_name, user_id, \
     user_name, consumer_id, consumer_name, details, reason, previous, hash, seal";

const BY_HAND: [Tampering; 14] = [
    ("UPDATE audit_log SET reason = 'another' WHERE number = 3", &["entry 3 was changed"]),
    ("UPDATE audit_log SET at = at + 1 WHERE number = 9", &["entry 9 was changed"]),
    ("UPDATE audit_log SET actor_name = NULL WHERE number = 1", &["entry 1 was changed"]),
    ("UPDATE audit_log SET hash = previous WHERE number = 4", &["entry 4 was changed"]),
    (
        "UPDATE audit_log SET details = '{}', reason = 'x' WHERE number IN (2, 7)",
        &["entry 2 was changed", "entry 7 was changed"],
    ),
    ("DELETE FROM audit_log WHERE number = 5", &["entry 5 is missing"]),
    ("DELETE FROM audit_log WHERE number = 1", &["entry 1 is missing"]),
    ("DELETE FROM audit_log WHERE number = 9", &["entry 9 is missing"]),
    ("DELETE FROM audit_log WHERE number > 6", &["entries 7 to 9 are missing"]),
    ("DELETE FROM audit_log", &["entries 1 to 9 are missing"]),
    (
        "UPDATE audit_log SET number = CASE number WHEN 3 THEN 1000 ELSE 3 END WHERE number IN (3, 6); \
         UPDATE audit_log SET number = 6 WHERE number = 1000",
        &["entry 3 was changed", "entry 6 was changed"],
    ),
    (
        "INSERT INTO audit_log SELECT 10, COLUMNS FROM audit_log WHERE number = 9",
        &["entry 10 was changed", "entry 10 was added past the service"],
    ),
    ("DELETE FROM audit_head", &["the row that says where the log ends is missing"]),
    (
        "UPDATE audit_head SET hash = (SELECT hash FROM audit_log WHERE number = 8)",
        &["entry 9, the newest, is not the one that was written last"],
    ),
];

/// A forge whose log has nine entries: those that it was made with are taken away first.
fn forge(kind: Database) -> Forge {
    let forge = Forge::on(kind);
    forge.database().drop_the_guards_of_the_audit_log();
    forge.sql("DELETE FROM audit_log");
    forge.sql(
        "UPDATE audit_head SET count = 0, hash = '0000000000000000000000000000000000000000000000000000000000000000'",
    );
    for user in ["alice", "bob", "nora"].repeat(3) {
        forge.browser_of(user);
    }
    holds(&forge);
    forge
}

fn each_is_named(kind: Database) {
    let forge = forge(kind);
    forge.sql("CREATE TABLE kept_log AS SELECT * FROM audit_log");
    forge.sql("CREATE TABLE kept_head AS SELECT * FROM audit_head");
    let mut missed = Vec::new();
    for (statements, expected) in BY_HAND {
        for statement in statements.replace("COLUMNS", ALL_COLUMNS).split(';') {
            forge.sql(statement);
        }
        let told = command(&forge, &["audit", "verify"]).complaint();
        let (_, wrong) = told.split_once("the audit log does not hold: ").unwrap();
        if wrong.split("; ").ne(expected.iter().copied()) {
            missed.push(format!("{statements}: {wrong}"));
        }
        for statement in [
            "DELETE FROM audit_log",
            "INSERT INTO audit_log SELECT * FROM kept_log",
            "DELETE FROM audit_head",
            "INSERT INTO audit_head SELECT * FROM kept_head",
        ] {
            forge.sql(statement);
        }
        holds(&forge);
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn each_entry_that_was_touched_in_sqlite_is_named() {
    each_is_named(Database::Sqlite);
}

#[test]
fn each_entry_that_was_touched_in_postgres_is_named() {
    each_is_named(Database::Postgres);
}

on_both_databases! {
    fn the_tables_refuse_what_would_change_them(forge: Forge) {
        let before = forge.database().dump();
        let mut statements = vec![
            "UPDATE audit_log SET reason = 'x' WHERE number = 2",
            "DELETE FROM audit_log WHERE number = 2",
            "DELETE FROM audit_log",
            "DELETE FROM audit_head",
            "UPDATE audit_head SET count = count - 1",
            "DELETE FROM audit_key",
            "UPDATE audit_key SET id = 1, secret = 'clear:mine'",
            "UPDATE audit_key SET secret = (SELECT key_name FROM sealing) || ':mine'",
            "UPDATE audit_key SET name = 'another'",
        ];
        statements.extend(match forge.database().sqlite_path() {
            Some(_) => &[
                "REPLACE INTO audit_log SELECT * FROM audit_log WHERE number = 2",
                "REPLACE INTO audit_key SELECT * FROM audit_key",
                "REPLACE INTO audit_head SELECT * FROM audit_head",
            ][..],
            None => &["TRUNCATE audit_log", "TRUNCATE audit_head", "TRUNCATE audit_key"],
        });
        for statement in statements {
            let refused = forge.database().refused(statement);
            let words = ["the audit log is only added to", "the key of the audit log stays"];
            assert!(words.iter().any(|words| refused.contains(words)), "{statement}: {refused}");
        }
        assert_eq!(forge.database().dump(), before);
    }

    fn after_a_last_number_that_somebody_wrote_nothing_is_written_and_nothing_breaks(forge: Forge) {
        forge.database().drop_the_guards_of_the_audit_log();
        forge.sql(&format!("UPDATE audit_head SET count = {}", i64::MAX));
        let told = command(&forge, &["consumer", "disable", "jenkins_a"]).complaint();
        assert!(told.contains("nothing comes after that"), "{told}");
    }

    fn another_key_than_the_one_that_sealed_or_none_is_what_verify_says(forge: Forge) {
        let verify = || command(&forge, &["audit", "verify"]).complaint();
        forge.database().drop_the_guards_of_the_audit_log();
        forge.sql("CREATE TABLE kept_key AS SELECT * FROM audit_key");
        // Made by the service itself, and so a good one, for another log.
        forge.sql("CREATE TABLE kept_log AS SELECT * FROM audit_log");
        forge.sql("CREATE TABLE kept_head AS SELECT * FROM audit_head");
        for statement in ["DELETE FROM audit_key", "DELETE FROM audit_log"] {
            forge.sql(statement);
        }
        forge.sql(&format!("UPDATE audit_head SET count = 0, hash = '{}'", oauthprovider::store::audit::NOTHING));
        forge.browser_of("bob");
        for table in ["audit_log", "audit_head"] {
            forge.sql(&format!("DELETE FROM {table}"));
            forge.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{}", &table[6..]));
        }
        let foreign = verify();
        assert!(foreign.contains("does not hold: no seal was made with the key of the log"), "{foreign}");
        let number = export(&forge).len();
        forge.browser_of("bob");
        let since = verify();
        assert!(since.ends_with(&format!("hold: entries 1 to {number} bear seals that are not the service's")), "{since}");

        forge.sql("DELETE FROM audit_key");
        let missing = verify();
        assert!(missing.ends_with("hold: the key of the log is missing, so nothing says who wrote the entries"));
        // Nothing is done under a new one, of which nobody could tell where it begins.
        forge.anonymous().post("/login", &[("username", "bob"), ("password", PASSWORD)]).expect(503);
        assert_eq!(verify(), missing);
        forge.sql("INSERT INTO audit_key SELECT * FROM kept_key");
        forge.browser_of("bob");
        forge.sql("UPDATE audit_key SET secret = 'no sealed text'");
        let broken = verify();
        assert!(broken.ends_with("hold: the key of the log does not open: a secret does not open: it was changed, or it \
            was sealed for another row, or it never was sealed"), "{broken}");
    }

    fn a_second_row_that_says_where_the_log_ends_is_told(forge: Forge) {
        forge.database().drop_the_guards_of_the_audit_log();
        let freed = match forge.database().sqlite_path() {
            Some(_) => "PRAGMA ignore_check_constraints = ON",
            None => "ALTER TABLE audit_head DROP CONSTRAINT audit_head_id_check",
        };
        let second = "INSERT INTO audit_head SELECT 2, count, hash FROM audit_head";
        forge.database().execute_all(&format!("{freed}; {second}"));
        let told = command(&forge, &["audit", "verify"]).complaint();
        assert!(told.ends_with("does not hold: there are 2 rows that say where the log ends, instead of one"), "{told}");
        forge.browser_of("bob");
    }
}

/// SQLite keeps what it is given, whatever the table calls its columns. PostgreSQL takes nothing that is not what it says.
#[test]
fn an_entry_that_cannot_be_read_is_named_and_hides_no_other() {
    let forge = forge(Database::Sqlite);
    forge.sql("CREATE TABLE kept_log AS SELECT * FROM audit_log");
    let before = command(&forge, &["audit", "export"]).expect(0).out;
    let admin = forge.browser_of("admin");
    forge.sql("DELETE FROM audit_log WHERE number > 9");
    forge.sql("UPDATE audit_head SET count = 9, hash = (SELECT hash FROM audit_log WHERE number = 9)");
    for (change, expected) in [
        ("details = CAST(x'ff' AS TEXT)", "entry 5 cannot be read"),
        ("details = x'c328'", "entry 5 cannot be read"),
        ("hash = CAST(x'ff' AS TEXT), reason = CAST(x'fe' AS TEXT)", "entry 5 cannot be read"),
        ("number = 'no number'", "entry 5 is missing; entry 0 cannot be read"),
        ("number = 99, actor = x'ff'", "entry 5 is missing; entries 10 to 98 are missing; entry 99 cannot be read; "),
    ] {
        forge.sql(&format!("UPDATE audit_log SET {change} WHERE number = 5"));
        let told = command(&forge, &["audit", "verify"]).complaint();
        let (_, wrong) = told.split_once("the audit log does not hold: ").unwrap();
        assert!(wrong.starts_with(expected), "{change}: {wrong}");
        let lines = command(&forge, &["audit", "export"]).expect(0).out;
        let others = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|line| !line.contains("unreadable") && !line.contains("\"number\":5,"))
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(others(&lines), others(&before), "{change}");
        assert_eq!(lines.lines().filter(|line| line.contains("cannot be read")).count(), 1, "{change}: {lines}");
        let listed = command(&forge, &["audit", "list"]).expect(0).out;
        assert_eq!(listed.lines().count(), 10, "{listed}");
        admin.get(&format!("{}/audit", crate::support::PLUGIN)).expect(200);
        forge.sql("DELETE FROM audit_log");
        forge.sql("INSERT INTO audit_log SELECT * FROM kept_log");
    }
    holds(&forge);
}
