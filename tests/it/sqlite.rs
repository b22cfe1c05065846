//! How SQLite is opened. A connection's settings are its own and nobody else sees them, so the service is made to tell:
//! a trigger that a test puts into the database runs in the connection that sets it off.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::support::{Database, Forge, Program, open_patiently};

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

/// Only its owner reads it, and the journal that has its newest pages, whatever the umask says.
#[test]
fn a_new_file_is_its_owners_alone_and_so_is_its_journal() {
    let own = Database::Sqlite.empty();
    let service = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url"]).arg(&own.url).serve();
    let path = own.sqlite_path().unwrap();
    for end in ["", "-wal", "-shm"] {
        let about = fs::metadata(format!("{}{end}", path.display())).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600, "{end}");
    }
    service.stop().expect(0);
    // What somebody chose for a file that is there stays.
    fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
    Program::new(&["migrate", "--database-url"]).arg(&own.url).run().expect(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_is_removed_is_overwritten() {
    const MARK: &str = "nobody is to find this later";
    let own = Database::Sqlite.filled();
    let is_there =
        || fs::read(own.sqlite_path().unwrap()).unwrap().windows(MARK.len()).any(|text| text == MARK.as_bytes());
    let run = |arguments: &[&str]| Program::new(arguments).arg("--database-url").arg(&own.url).run().expect(0);
    // Over several pages, so that whole ones become free.
    let (description, names) = (MARK.repeat(60), ["mark_1", "mark_2", "mark_3", "mark_4", "mark_5"]);
    for name in names {
        let about = ["--url", "http://mark.example/", "--email", "m@example.org", "--description", &description];
        run(&[&["consumer", "add", "--name", name], &about[..]].concat());
    }
    assert!(is_there());
    for name in names {
        run(&["consumer", "remove", name]);
        // Else it has what the file has not.
        assert!(!fs::exists(format!("{}-wal", own.sqlite_path().unwrap().display())).unwrap(), "a journal stays");
    }
    assert!(!is_there());
}
