//! Changes made by hand, in whatever way a database knows: none is missed by what is remembered.

use diesel::{Connection, PgConnection, SqliteConnection, connection::SimpleConnection};

use crate::support::{Database, Forge, Tool, on_each_database};

/// Statements, and what a token of Alice's as a reporter in project A is worth after each: a status and a code, or what
/// stands in the answer.
const BY_HAND: [(&str, u16, &str); 12] = [
    ("UPDATE users SET realname = 'A. Liddell' WHERE name = 'alice'", 200, "A. Liddell"),
    ("UPDATE users SET name = 'alicia' WHERE name = 'alice'", 200, "alicia"),
    ("UPDATE projects SET name = 'project-c' WHERE name = 'project-a'", 200, "project-c"),
    ("UPDATE roles SET name = 'Teller' WHERE name = 'Reporter'", 200, "Teller"),
    ("UPDATE consumers SET name = 'jenkins_c' WHERE name = 'jenkins_a'", 200, "jenkins_c"),
    ("UPDATE consumers SET key = 'another' WHERE name = 'jenkins_a'", 401, "consumer_key_unknown"),
    ("UPDATE access_tokens SET secret = 'another'", 401, "signature_invalid"),
    (
        "UPDATE access_tokens SET consumer_id = (SELECT id FROM consumers WHERE name = 'jenkins_b')",
        401,
        "token_rejected",
    ),
    ("UPDATE access_tokens SET user_id = (SELECT id FROM users WHERE name = 'nora')", 403, "role_not_held"),
    (
        "UPDATE role_members SET user_id = (SELECT id FROM users WHERE name = 'nora') \
      WHERE user_id = (SELECT id FROM users WHERE name = 'alice')",
        403,
        "role_not_held",
    ),
    ("DELETE FROM access_tokens", 401, "token_rejected"),
    ("DELETE FROM role_members", 403, "role_not_held"),
];

/// What a database has beyond that.
const BY_HAND_IN_SQLITE: [(&str, u16, &str); 4] = [
    (
        "PRAGMA foreign_keys = OFF; REPLACE INTO users SELECT id, name, realname, email, password_hash, 'suspended', forge_admin, created FROM users \
      WHERE name = 'alice'",
        401,
        "token_rejected",
    ),
    (
        "PRAGMA foreign_keys = OFF; REPLACE INTO consumers SELECT id, name, url, description, email, key, secret, public_key, FALSE, created \
      FROM consumers WHERE name = 'jenkins_a'",
        401,
        "consumer_key_rejected",
    ),
    (
        "REPLACE INTO access_tokens (id, consumer_id, user_id, role_id, key, secret, created, revoked) \
      SELECT id, consumer_id, user_id, role_id, key, secret, created, 1 FROM access_tokens",
        401,
        "token_revoked",
    ),
    (
        "PRAGMA foreign_keys = OFF; REPLACE INTO roles SELECT id, project_id, 'Teller' FROM roles WHERE name = 'Reporter'",
        200,
        "Teller",
    ),
];

const BY_HAND_IN_POSTGRES: [(&str, u16, &str); 6] = [
    ("TRUNCATE access_tokens", 401, "token_rejected"),
    ("TRUNCATE role_members", 403, "role_not_held"),
    ("TRUNCATE consumers CASCADE", 401, "consumer_key_unknown"),
    ("TRUNCATE roles CASCADE", 401, "token_rejected"),
    ("TRUNCATE users CASCADE", 401, "token_rejected"),
    ("SET search_path = pg_catalog; UPDATE public.access_tokens SET revoked = 1", 401, "token_revoked"),
];

/// Alice's token as a reporter, used so often that every worker of the service remembers it.
fn remembered(forge: &Forge) -> Tool {
    let jenkins = forge.jenkins_a_for_alice();
    for _ in 0..8 {
        jenkins.echo().expect(200);
    }
    jenkins
}

/// Runs statements over one connection, as somebody at the database's own shell does.
fn by_hand(forge: &Forge, statements: &str) {
    let url = forge.database_url();
    match url.strip_prefix("sqlite:") {
        Some(path) => SqliteConnection::establish(path).unwrap().batch_execute(statements),
        None => PgConnection::establish(url).unwrap().batch_execute(statements),
    }
    .unwrap_or_else(|error| panic!("{statements}: {error}"));
}

on_each_database! {
    fn whatever_is_changed_by_hand_the_next_request_is_judged_by_it(kind: Database) {
        let more: &[_] = match kind {
            Database::Sqlite => &BY_HAND_IN_SQLITE,
            Database::Postgres => &BY_HAND_IN_POSTGRES,
        };
        let missed = |(statements, status, word): &(&str, u16, &str)| {
            let forge = Forge::on(kind);
            let jenkins = remembered(&forge);
            by_hand(&forge, statements);
            let answer = jenkins.echo();
            let is_judged_by_it = answer.status == *status && answer.text().contains(word);
            (!is_judged_by_it).then(|| format!("{statements}: {}", answer.text()))
        };
        let missed: Vec<_> = BY_HAND.iter().chain(more).filter_map(missed).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    fn what_is_changed_and_not_committed_is_not_changed_and_then_is(kind: Database) {
        let forge = Forge::on(kind);
        let jenkins = remembered(&forge);
        let began = "BEGIN; UPDATE access_tokens SET revoked = 1";
        match forge.database_url().strip_prefix("sqlite:") {
            // Nobody else writes meanwhile, so nobody is accepted either.
            Some(path) => {
                let mut shell = SqliteConnection::establish(path).unwrap();
                shell.batch_execute(&format!("{began}; ROLLBACK")).unwrap();
                jenkins.echo().expect(200);
                shell.batch_execute(&format!("{began}; COMMIT")).unwrap();
            }
            None => {
                let mut shell = PgConnection::establish(forge.database_url()).unwrap();
                shell.batch_execute(began).unwrap();
                jenkins.echo().expect(200);
                shell.batch_execute("COMMIT").unwrap();
            }
        }
        jenkins.echo().expect_problem(401, "token_revoked");
    }
}

/// PostgreSQL moves the epoch once in a transaction: what was taken back with a savepoint does not count as once.
#[test]
fn an_epoch_that_moved_in_a_savepoint_and_was_taken_back_moves_again() {
    let forge = Forge::on(Database::Postgres);
    let jenkins = remembered(&forge);
    let mut shell = PgConnection::establish(forge.database_url()).unwrap();
    shell
        .batch_execute(
            "BEGIN; SAVEPOINT here; SET CONSTRAINTS ALL IMMEDIATE; UPDATE users SET realname = 'x'; \
             ROLLBACK TO here; UPDATE access_tokens SET revoked = 1; COMMIT",
        )
        .unwrap();
    jenkins.echo().expect_problem(401, "token_revoked");
}

/// A change that is visible to its own transaction alone holds up who would be judged by the old state.
#[test]
fn nobody_is_accepted_between_an_epoch_that_moved_and_its_commit() {
    let forge = Forge::on(Database::Postgres);
    let jenkins = remembered(&forge);
    let call = jenkins.request("GET", "/plugins/oauthprovider/echo").signed();
    let mut shell = PgConnection::establish(forge.database_url()).unwrap();
    shell.batch_execute("BEGIN; SET CONSTRAINTS ALL IMMEDIATE; UPDATE access_tokens SET revoked = 1").unwrap();
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| call.send());
        let waiting = "SELECT CAST(count(*) AS TEXT) AS line FROM pg_stat_activity \
             WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while forge.database().lines(waiting) != ["1"] {
            assert!(!asking.is_finished(), "it was answered while the change was under way");
        }
        shell.batch_execute("COMMIT").unwrap();
        asking.join().unwrap().expect_problem(401, "token_revoked");
    });
}
