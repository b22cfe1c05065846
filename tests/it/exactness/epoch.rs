//! Changes made by hand, in whatever way a database knows: none is missed by what is remembered.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use diesel::{Connection, PgConnection, SqliteConnection, connection::SimpleConnection};

use super::stage::Ending;
use crate::support::{Database, Forge, Line, Tool, at_once, on_each_database};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// A statement, and what a token of Alice's as a reporter in project A is worth after it: a status, and a word of the
/// answer.
type Change = (&'static str, u16, &'static str);

/// Those of one line follow each other on one forge, with another token where the former one is worth nothing any more.
const BY_HAND: [&[Change]; 12] = [
    &[
        // Nothing can be said of who signs with what does not open.
        ("UPDATE access_tokens SET secret = 'another'", 503, "unopened"),
        ("UPDATE access_tokens SET consumer_id = 2", 401, "token_rejected"),
        ("UPDATE access_tokens SET user_id = 2, role_id = 1", 403, "role_not_held"),
        ("DELETE FROM access_tokens", 401, "token_rejected"),
        ("UPDATE users SET realname = 'A. Liddell' WHERE name = 'alice'", 200, "A. Liddell"),
        ("UPDATE users SET name = 'alicia' WHERE name = 'alice'", 200, "alicia"),
        ("UPDATE projects SET name = 'project-c' WHERE name = 'project-a'", 200, "project-c"),
        ("UPDATE roles SET name = 'Teller' WHERE name = 'Reporter'", 200, "Teller"),
        ("UPDATE consumers SET name = 'jenkins_c' WHERE name = 'jenkins_a'", 200, "jenkins_c"),
        ("UPDATE consumers SET key = 'another' WHERE name = 'jenkins_c'", 401, "consumer_key_unknown"),
    ],
    &[("UPDATE role_members SET user_id = 3 WHERE user_id = 1", 403, "role_not_held")],
    &[("DELETE FROM role_members", 403, "role_not_held")],
    &[
        ("UPDATE consumer_secrets SET place = 'former', retires = 4000000000", 200, "jenkins_a"),
        ("UPDATE consumer_secrets SET retires = 1", 401, "signature_invalid"),
    ],
    &[("DELETE FROM consumer_secrets", 401, "signature_invalid")],
    &[
        ("UPDATE access_tokens SET expires = 4000000000", 200, "alice"),
        ("UPDATE access_tokens SET expires = created", 401, "token_expired"),
    ],
    &[
        ("UPDATE projects SET status = 'archived' WHERE name = 'project-b'", 200, "alice"),
        ("UPDATE projects SET status = 'archived' WHERE name = 'project-a'", 403, "role_not_held"),
    ],
    &[
        ("UPDATE projects SET uses_plugin = FALSE WHERE name = 'project-b'", 200, "alice"),
        ("UPDATE projects SET uses_plugin = FALSE WHERE name = 'project-a'", 403, "role_not_held"),
    ],
    &[
        ("UPDATE users SET uses_plugin = FALSE WHERE name = 'bob'", 200, "alice"),
        ("UPDATE users SET uses_plugin = FALSE WHERE name = 'alice'", 403, "role_not_held"),
    ],
    &[
        ("INSERT INTO consumer_networks (consumer_id, network) VALUES (1, '127.0.0.0/8')", 200, "alice"),
        ("INSERT INTO consumer_networks (consumer_id, network) VALUES (1, '192.0.2.0/24')", 200, "alice"),
        ("DELETE FROM consumer_networks WHERE network = '127.0.0.0/8'", 401, "consumer_key_rejected"),
    ],
    &[
        ("INSERT INTO consumer_networks (consumer_id, network) VALUES (1, '127.0.0.0/8')", 200, "alice"),
        ("UPDATE consumer_networks SET network = '192.0.2.0/24'", 401, "consumer_key_rejected"),
    ],
    &[("INSERT INTO consumer_networks (consumer_id, network) VALUES (1, 'no block')", 401, "consumer_key_rejected")],
];

/// Whoever sits at SQLite's own shell has foreign keys switched off.
const BY_HAND_IN_SQLITE: [&[Change]; 6] = [
    &[
        (
            "REPLACE INTO access_tokens (id, consumer_id, user_id, role_id, key, secret, created, revoked) \
             SELECT id, consumer_id, user_id, role_id, key, secret, created, created FROM access_tokens",
            401,
            "token_revoked",
        ),
        (
            "PRAGMA foreign_keys = OFF; REPLACE INTO consumers (id, name, url, description, email, key, enabled, \
             created) SELECT id, name, url, description, email, key, FALSE, created FROM consumers",
            401,
            "consumer_key_rejected",
        ),
    ],
    &[(
        "PRAGMA foreign_keys = OFF; REPLACE INTO users (id, name, realname, email, status, forge_admin, created) \
         SELECT id, name, realname, email, 'suspended', forge_admin, created FROM users",
        401,
        "token_rejected",
    )],
    &[(
        "REPLACE INTO consumer_secrets (id, consumer_id, place, secret, created, retires) \
         SELECT id, consumer_id, 'former', secret, created, 1 FROM consumer_secrets",
        401,
        "signature_invalid",
    )],
    &[("PRAGMA foreign_keys = OFF; UPDATE users SET id = 99 WHERE name = 'alice'", 401, "token_rejected")],
    &[(
        "PRAGMA foreign_keys = OFF; INSERT INTO access_tokens (id, consumer_id, user_id, role_id, key, secret, created) SELECT id + 1, consumer_id, \
         user_id, role_id, 'other', secret, created FROM access_tokens; UPDATE OR REPLACE access_tokens SET id = id - 1 \
         WHERE key = 'other'",
        401,
        "token_rejected",
    )],
    &[
        (
            "PRAGMA foreign_keys = OFF; REPLACE INTO projects (id, name, title) SELECT id, 'project-c', title FROM projects LIMIT 1",
            200,
            "-c",
        ),
        (
            "PRAGMA foreign_keys = OFF; REPLACE INTO roles SELECT id, project_id, 'Teller' FROM roles WHERE id = 2",
            200,
            "Tell",
        ),
    ],
];

/// PostgreSQL can empty a table as a whole, and looks for names on a path.
const BY_HAND_IN_POSTGRES: [&[Change]; 4] = [
    &[
        ("TRUNCATE access_tokens CASCADE", 401, "token_rejected"),
        ("SET search_path = pg_catalog; UPDATE public.access_tokens SET revoked = created", 401, "token_revoked"),
        ("TRUNCATE role_members", 403, "role_not_held"),
    ],
    &[("TRUNCATE consumer_secrets", 401, "signature_invalid")],
    &[("TRUNCATE consumers CASCADE", 401, "consumer_key_unknown")],
    &[("TRUNCATE users, roles CASCADE", 401, "token_rejected")],
];

/// Uses a token so often that every worker of the service remembers it.
fn remembered(jenkins: Tool) -> Tool {
    for _ in 0..8 {
        jenkins.echo().expect(200);
    }
    jenkins
}

/// The changes after which the next request was answered as before.
fn missed(kind: Database, changes: &[Change]) -> Vec<String> {
    let (forge, mut former, mut missed) = (Forge::on(kind), None, Vec::new());
    for (statements, status, word) in changes {
        let jenkins = remembered(former.take().unwrap_or_else(|| forge.jenkins_a_for_alice()));
        by_hand(&forge, statements);
        let answer = jenkins.echo();
        if answer.status != *status || !answer.text().contains(word) {
            missed.push(format!("{statements}: {}", answer.text()));
        }
        former = (*status == 200).then_some(jenkins);
    }
    missed
}

/// Runs statements over one connection, as somebody at the database's own shell does.
fn by_hand(forge: &Forge, statements: &str) {
    let url = forge.database_url();
    match url.strip_prefix("sqlite:") {
        Some(path) => {
            let mut shell = SqliteConnection::establish(path).unwrap();
            shell.batch_execute(&format!("PRAGMA busy_timeout = 20000; {statements}"))
        }
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
        let missed: Vec<_> = BY_HAND.iter().chain(more).flat_map(|changes| missed(kind, changes)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    fn a_caller_is_made_of_one_moment_however_fast_things_change(kind: Database) {
        let forge = Forge::on(kind);
        let jenkins = forge.jenkins_a_for_alice();
        let turn = |name: &str| {
            let user = format!("UPDATE users SET realname = '{name}' WHERE id = 1");
            by_hand(&forge, &format!("BEGIN; {user}; UPDATE roles SET name = '{name}' WHERE id = 2; COMMIT"));
        };
        turn("One");
        let over = AtomicBool::new(false);
        let mixed = thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    turn("Two");
                    turn("One");
                }
            });
            let _ending = Ending(&over);
            at_once(3, |_| {
                let mut line = Line::default();
                let mut echo = || line.send(&jenkins.request("GET", ECHO).signed()).expect(200).json();
                let echoes = std::iter::repeat_with(&mut echo).take(250);
                echoes.filter(|echo| echo["user"]["realname"] != echo["role"]["name"]).count()
            })
        });
        assert_eq!(mixed, [0; 3]);
    }

    fn what_is_changed_and_not_committed_is_not_changed_and_then_is(kind: Database) {
        let forge = Forge::on(kind);
        let jenkins = remembered(forge.jenkins_a_for_alice());
        let began = "BEGIN; UPDATE access_tokens SET revoked = created";
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
    let jenkins = remembered(forge.jenkins_a_for_alice());
    let mut shell = PgConnection::establish(forge.database_url()).unwrap();
    shell
        .batch_execute(
            "BEGIN; SAVEPOINT here; SET CONSTRAINTS ALL IMMEDIATE; UPDATE users SET realname = 'x'; \
             ROLLBACK TO here; UPDATE access_tokens SET revoked = created; COMMIT",
        )
        .unwrap();
    jenkins.echo().expect_problem(401, "token_revoked");
}

/// A change that is visible to its own transaction alone holds up who would be judged by the old state.
#[test]
fn nobody_is_accepted_between_an_epoch_that_moved_and_its_commit() {
    let forge = Forge::on(Database::Postgres);
    let jenkins = remembered(forge.jenkins_a_for_alice());
    let call = jenkins.request("GET", ECHO).signed();
    let mut shell = PgConnection::establish(forge.database_url()).unwrap();
    shell.batch_execute("BEGIN; SET CONSTRAINTS ALL IMMEDIATE; UPDATE access_tokens SET revoked = created").unwrap();
    thread::scope(|scope| {
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
