//! What is done to the log past the service, with SQL: the tables refuse it, and where they were kept from that, each
//! entry that was touched is named.

use super::{command, holds};
use crate::support::{Database, Forge, on_both_databases};

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
        ];
        statements.extend(match forge.database().sqlite_path() {
            Some(_) => &["REPLACE INTO audit_log SELECT * FROM audit_log WHERE number = 2"][..],
            None => &["TRUNCATE audit_log", "TRUNCATE audit_head"],
        });
        for statement in statements {
            let refused = forge.database().refused(statement);
            assert!(refused.contains("the audit log is only added to"), "{statement}: {refused}");
        }
        assert_eq!(forge.database().dump(), before);
    }
}
