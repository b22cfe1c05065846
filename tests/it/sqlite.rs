//! How SQLite is opened. A connection's settings are its own and nobody else sees them, so the service is made to tell:
//! a trigger that a test puts into the database runs in the connection that sets it off.

use std::fs;

use crate::support::{Database, Forge, open_patiently};

/// What the service's own connection says of itself while it writes.
fn told(forge: &Forge, pragma: &str) -> Vec<String> {
    forge.sql("CREATE TABLE told (line TEXT NOT NULL)");
    forge.sql(&format!(
        "CREATE TRIGGER tell AFTER INSERT ON request_tokens BEGIN \
         INSERT INTO told SELECT * FROM pragma_{pragma}; END"
    ));
    forge.jenkins_a().request_token("oob");
    forge.database().lines("SELECT line FROM told")
}

/// What was answered is on the disk: neither a nonce nor a revocation is lost with the power.
#[test]
fn every_commit_waits_for_the_disk() {
    let full = "2";
    assert_eq!(told(&Forge::on(Database::Sqlite), "synchronous"), [full]);
}

#[test]
fn references_are_checked() {
    let forge = Forge::on(Database::Sqlite);
    assert_eq!(told(&forge, "foreign_keys"), ["1"]);
    // And what belongs to a consumer goes with it.
    let admin = forge.browser_of("admin");
    let path = format!("/plugins/oauthprovider/consumers/{}/remove", forge.consumer_id("jenkins_a"));
    admin.post(&path, &[("csrf_token", &admin.csrf_token())]).expect(302);
    assert_eq!(forge.database().lines("SELECT key AS line FROM request_tokens"), [""; 0]);
}

#[test]
fn writers_wait_for_each_other() {
    let forge = Forge::with_settings(Database::Sqlite, &[("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "7")]);
    assert_eq!(told(&forge, "busy_timeout"), ["7000"]);
}

/// Readers do not wait for the writer: the file says so itself, in bytes 18 and 19 (2: write-ahead log).
#[test]
fn a_new_file_has_a_write_ahead_log() {
    let own = Database::Sqlite.empty();
    drop(open_patiently(&own.url, 1, std::time::Duration::from_secs(5)));
    assert_eq!(fs::read(own.sqlite_path().unwrap()).unwrap()[18..20], [2, 2]);
}
