//! What commands print when somebody else chose the text: whoever writes to the database past the service, whose checks
//! would not let it in.

use super::on;
use crate::support::on_both_databases;

/// An escape sequence, the same in one character, a title, a text turned round, and a line that nobody wrote.
const HOSTILE: &str = "\u{1b}[2J\u{9b}31m\u{1b}]0;title\u{7}\u{202e}\u{2066}\u{200f}\u{7f}\r\nforged";

/// As it is shown.
const SHOWN: &str = r"\u{1b}[2J\u{9b}31m\u{1b}]0;title\u{7}\u{202e}\u{2066}\u{200f}\u{7f}\r\nforged";

on_both_databases! {
    fn what_stands_in_the_database_is_shown_and_not_obeyed(forge: Forge) {
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        forge.database().drop_the_guards_of_the_audit_log();
        for statement in [
            format!("UPDATE audit_log SET reason = '{HOSTILE}', actor_name = '{HOSTILE}'"),
            format!("UPDATE access_tokens SET label = '{HOSTILE}'"),
            format!("UPDATE consumers SET key = '{HOSTILE}' WHERE name = 'jenkins_b'"),
            format!("UPDATE consumers SET description = '{HOSTILE}', email = '{HOSTILE}' WHERE name = 'jenkins_a'"),
        ] {
            forge.sql(&statement);
        }
        for table in [&["audit", "list"][..], &["token", "list"], &["consumer", "list"]] {
            let told = on(forge.database(), table).run().expect(0).shown_only().out;
            assert!(told.contains(SHOWN) && !told.lines().any(|line| line.starts_with("forged")), "{table:?}: {told}");
        }
        let listed = on(forge.database(), &["audit", "list", "--json"]).run().expect(0).shown_only().json();
        assert_eq!(listed[0]["reason"], HOSTILE);
        let shown = on(forge.database(), &["consumer", "show", "jenkins_a"]).run().expect(0).shown_only().json();
        assert_eq!(shown["description"], HOSTILE);
        let exported = on(forge.database(), &["audit", "export"]).run().expect(0).shown_only().out;
        assert_eq!(serde_json::from_str::<serde_json::Value>(exported.lines().next().unwrap()).unwrap()["reason"], HOSTILE);
    }
}
