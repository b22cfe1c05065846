//! Secrets in clear: what an older program left is sealed by the one step of the schema that finds it; what anybody puts
//! there later is nobody's secret.

use std::fs;

use super::{Keys, OTHER_KEY, asks_well, keyless, on, sealed, serve};
use crate::support::{Database, Own, Program, SERVER_KEY, Token, Tool, on_each_database};

/// The first step that knows of sealing.
const SEALING: &str = "2026-11-22-000000_sealed";
/// What each secret of an older database begins with, here.
const MARK: &str = "the secret of";

/// A database as the program before sealing left it: with a token, and a request for one that waits.
fn older(kind: Database) -> (Own, Token) {
    let database = kind.filled();
    let service = serve(&database, &Keys::holding(&[SERVER_KEY]));
    asks_well(&service.base);
    service.stop().expect(0);
    let token = issued(&database);
    database.take_back_from(SEALING);
    database.execute("UPDATE consumers SET secret = 'the secret of jenkins_b'");
    database.execute("UPDATE request_tokens SET secret = 'the secret of a request'");
    database.execute("UPDATE access_tokens SET secret = 'the secret of a token'");
    (database, Token { secret: "the secret of a token".to_owned(), ..token })
}

fn issued(database: &Own) -> Token {
    let issue = ["token", "issue", "--user", "alice", "--consumer", "jenkins_b", "--role", "project-a/Reporter"];
    let told = Program::new(&issue).arg("--json").arg("--database-url").arg(&database.url).run().expect(0).json();
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    Token { key: text("token"), secret: text("token_secret") }
}

fn is_nowhere_in_clear(database: &Own) {
    assert!(!database.dump().contains(MARK) && !database.dump().contains("clear:"));
    if let Some(path) = database.sqlite_path() {
        let files = ["", "-wal"].map(|end| fs::read(format!("{}{end}", path.display())).unwrap_or_default());
        let is_there = files.concat().windows(MARK.len()).any(|text| text == MARK.as_bytes());
        assert!(!is_there, "it is in an unused part of the file");
    }
}

#[test]
fn on_postgres_secrets_of_an_older_program_are_not_brought_forward_without_a_key() {
    let (database, _) = older(Database::Postgres);
    let before = database.dump();
    let told = keyless(&database, &["migrate"]).run().complaint();
    assert!(told.contains("server-key new FILE"), "{told}");
    assert_eq!(database.dump(), before, "the step has changed nothing");
    on(&database, &Keys::holding(&[OTHER_KEY]), &["migrate"]).run().expect(0);
    is_nowhere_in_clear(&database);
    keyless(&database, &["migrate"]).run().expect(0);
}

on_each_database! {
    fn what_an_older_program_left_in_clear_is_sealed_by_the_step_that_finds_it(kind: Database) {
        let (database, token) = older(kind);
        let service = serve(&database, &Keys::holding(&[OTHER_KEY]));
        assert_eq!(sealed(&database).len(), 4, "two consumers, one that asked, and a token");
        is_nowhere_in_clear(&database);
        asks_well(&service.base);
        Tool::new(&service.base, "jenkins-b", "the secret of jenkins_b").with(&token).echo().expect(200);
        service.stop().expect(0);
        is_nowhere_in_clear(&database);
    }

    /// Somebody who writes rows writes secrets that they know, as a migration once left those that were still to be sealed.
    fn what_somebody_puts_there_in_clear_is_nobodys_secret(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let token = issued(&database);
        for table in ["consumer_secrets", "access_tokens"] {
            database.execute(&format!("UPDATE {table} SET secret = 'clear:mine'"));
        }
        let service = serve(&database, &keys);
        for secret in ["mine", "clear:mine"] {
            let tool = Tool::new(&service.base, "jenkins-b", secret);
            tool.ask("oob").send().expect(503);
            tool.with(&Token { secret: secret.to_owned(), ..token.clone() }).echo().expect(503);
        }
        let told = on(&database, &keys, &["rotate-server-key"]).run().complaint();
        assert!(told.contains("do not open with any key"), "{told}");
        assert_eq!(sealed(&database), ["clear:mine"; 3], "nobody seals it either");
    }

    /// The step alone taken back, so that it would be taken again, with secrets of one's own in its tables.
    fn the_step_is_not_taken_where_later_ones_were(kind: Database) {
        let (database, _) = older(kind);
        database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000001')");
        let before = database.dump();
        let told = on(&database, &Keys::holding(&[SERVER_KEY]), &["migrate"]).run().complaint();
        assert!(told.contains("the step 20261122000000 is missing"), "{told}");
        assert_eq!(database.dump(), before);
    }
}
