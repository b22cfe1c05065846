//! The server key: made beside an embedded database, asked for on PostgreSQL, kept from others, and never replaced.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::PathBuf,
};

use super::{Keys, OTHER_KEY, asks_well, keyless, on, sealed, serve};
use crate::support::{Database, Own, Program, SERVER_KEY, Tool, on_each_database};

fn beside(database: &Own) -> PathBuf {
    PathBuf::from(format!("{}.key", database.sqlite_path().unwrap().display()))
}

#[test]
fn beside_an_embedded_database_a_key_is_made_once_and_kept_to() {
    let database = Database::Sqlite.empty();
    keyless(&database, &["import", "f.json"]).file("f.json", crate::support::FORGE).run().expect(0);
    let made = fs::read_to_string(beside(&database)).unwrap();
    assert_eq!(fs::metadata(beside(&database)).unwrap().mode() & 0o777, 0o600);
    for _ in 0..2 {
        let service = keyless(&database, &["serve", "--listen", "127.0.0.1:0"]).serve();
        asks_well(&service.base);
        let key = made.lines().last().unwrap().to_owned();
        let ended = service.stop().expect(0);
        assert!(!ended.err.contains(&key) && !ended.out.contains(&key));
    }
    assert_eq!(fs::read_to_string(beside(&database)).unwrap(), made);
}

#[test]
fn on_postgres_a_program_without_a_key_says_how_to_make_one_and_then_serves() {
    let database = Database::Postgres.empty();
    keyless(&database, &["migrate"]).run().expect(0);
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["import", "f.json"], &["token", "list"]] {
        let told = keyless(&database, command).file("f.json", crate::support::FORGE).run().complaint();
        let needed = ["server-key new FILE", "OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", "database.server_key_file"];
        assert!(needed.iter().all(|words| told.contains(words)), "{told}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.key");
    let new = || Program::new(&["server-key", "new"]).arg(file.to_str().unwrap()).run();
    let told = new().expect(0).out;
    let key = fs::read_to_string(&file).unwrap().lines().last().unwrap().to_owned();
    assert!(!told.contains(&key) && key.len() == 64);
    assert!(new().complaint().contains("already"), "a key is not written over");
    let with = |arguments: &[&str]| {
        keyless(&database, arguments).env("OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", file.to_str().unwrap())
    };
    with(&["import", "f.json"]).file("f.json", crate::support::FORGE).run().expect(0);
    asks_well(&with(&["serve", "--listen", "127.0.0.1:0"]).serve().base);
}

#[test]
fn a_key_that_is_lost_is_asked_for_and_not_replaced() {
    let database = Database::Sqlite.empty();
    keyless(&database, &["import", "f.json"]).file("f.json", crate::support::FORGE).run().expect(0);
    let away = beside(&database).with_extension("away");
    fs::rename(beside(&database), &away).unwrap();
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["consumer", "list"], &["migrate"]] {
        let told = keyless(&database, command).run().complaint();
        assert!(told.contains("forge.db.key") && told.contains("back in its place"), "{told}");
        assert!(!beside(&database).exists());
    }
    fs::rename(&away, beside(&database)).unwrap();
    asks_well(&keyless(&database, &["serve", "--listen", "127.0.0.1:0"]).serve().base);
}

#[test]
fn two_places_for_a_key_are_one_too_many() {
    let database = Database::Sqlite.empty();
    let program = Program::new(&["migrate", "--database-url"]).arg(&database.url);
    let told = program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", "x.key").run().complaint();
    assert!(
        told.contains("OAUTHPROVIDER_DATABASE_SERVER_KEY: ") && told.contains("leave one of the two out"),
        "{told}"
    );
}

#[test]
fn a_pipe_in_the_place_of_a_key_file_keeps_nobody_waiting() {
    let database = Database::Sqlite.filled();
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("server.key");
    assert!(std::process::Command::new("mkfifo").args(["-m", "600"]).arg(&pipe).status().unwrap().success());
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "list"]] {
        let program = keyless(&database, command).env("OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", pipe.to_str().unwrap());
        let told = program.run().complaint();
        assert!(told.contains("server.key: this is no regular file"), "{told}");
    }
}

on_each_database! {
    fn a_key_file_that_others_may_read_is_refused_with_its_repair(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        for mode in [0o644, 0o640, 0o602] {
            fs::set_permissions(&keys.path, PermissionsExt::from_mode(mode)).unwrap();
            let told = on(&database, &keys, &["serve", "--listen", "127.0.0.1:0"]).run().complaint();
            assert!(told.contains("chmod 600") && !told.contains(SERVER_KEY), "{told}");
        }
        fs::set_permissions(&keys.path, PermissionsExt::from_mode(0o400)).unwrap();
        asks_well(&serve(&database, &keys).base);
    }

    fn another_key_opens_nothing_and_is_not_settled_on(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[OTHER_KEY]));
        let before = database.dump();
        for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "list"], &["rotate-server-key"]] {
            let told = on(&database, &keys, command).run().complaint();
            assert!(told.contains("forge.key") && !told.contains(OTHER_KEY), "{told}");
        }
        assert_eq!(database.dump(), before);
    }

    /// Nothing can be said of a request whose secret does not open: it is not the caller who is wrong, nor is it the database
    /// that is gone. The log says which row it is.
    fn a_secret_that_was_moved_to_another_row_answers_nothing_and_is_named_in_the_log(kind: Database) {
        let database = kind.filled();
        let service = serve(&database, &Keys::holding(&[SERVER_KEY]));
        asks_well(&service.base);
        database.execute(
            "UPDATE consumer_secrets SET secret = (SELECT secret FROM consumer_secrets WHERE consumer_id = 1)",
        );
        let moved = Tool::new(&service.base, "jenkins-b", "s3cret &%+ of jenkins_a ✓");
        for tool in [&moved, &Tool::new(&service.base, "jenkins-b", "the secret of jenkins_b")] {
            let answer = tool.ask("oob").send().expect(503);
            assert!(answer.header("Retry-After").is_some() && answer.header("WWW-Authenticate").is_none());
            assert!(answer.text().contains("unopened") && !answer.text().contains("database"), "{answer:?}");
        }
        Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓").ask("oob").send().expect(200);
        let told = service.stop().expect(0).err;
        let named = told.lines().filter(|line| line.contains("ERROR") && line.contains("consumer_secrets.secret in row 2"));
        assert!(named.count() == 2 && !told.contains("out of reach"), "{told}");
        assert!(sealed(&database).iter().all(|text| !told.contains(text)));
    }

    fn a_key_that_is_gone_is_what_the_log_says_and_not_the_database(kind: Database) {
        let (database, keys) = (kind.filled(), Keys::holding(&[SERVER_KEY]));
        let copy = Keys::holding(&[SERVER_KEY]);
        let service = serve(&database, &copy);
        fs::remove_file(&copy.path).unwrap();
        on(&database, &keys, &["rotate-server-key"]).run().expect(0);
        let answer = Tool::new(&service.base, "jenkins-b", "the secret of jenkins_b").ask("oob").send().expect(503);
        assert!(answer.header("Retry-After").is_some() && answer.text().contains("unopened"), "{answer:?}");
        fs::copy(&keys.path, &copy.path).unwrap();
        asks_well(&service.base);
        let told = service.stop().expect(0).err;
        let named = told.lines().filter(|line| line.contains("ERROR") && line.contains("forge.key: there is no such file"));
        assert!(named.count() == 1 && !told.contains("out of reach"), "{told}");
    }
}
