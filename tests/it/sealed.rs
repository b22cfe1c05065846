//! Secrets at rest: sealed under a server key that is not in the database, which is made, found, lost and rotated.

mod clear;
mod dump;
mod key;
mod rotation;

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use tempfile::TempDir;

use crate::support::{Own, Program, Service, Tool};

/// A server key that the tests' databases do not know.
const OTHER_KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Runs a command on a database, with the server key in this file and nowhere else.
fn on(database: &Own, key_file: &Keys, arguments: &[&str]) -> Program {
    let program = Program::new(arguments).arg("--database-url").arg(&database.url).without_server_key();
    program.env("OAUTHPROVIDER_DATABASE_SERVER_KEY_FILE", key_file.path.to_str().unwrap())
}

fn serve(database: &Own, key_file: &Keys) -> Service {
    on(database, key_file, &["serve", "--listen", "127.0.0.1:0"]).serve()
}

/// Runs a command on a database without any server key that it is told of.
fn keyless(database: &Own, arguments: &[&str]) -> Program {
    Program::new(arguments).arg("--database-url").arg(&database.url).without_server_key()
}

fn asks_well(base: &str) {
    Tool::new(base, "jenkins-b", "the secret of jenkins_b").ask("oob").send().expect(200);
}

/// A key file in a folder of its own, gone when this is dropped.
struct Keys {
    path: PathBuf,
    _folder: TempDir,
}

impl Keys {
    /// With these keys in it, one a line.
    fn holding(keys: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("forge.key");
        fs::write(&path, keys.join("\n")).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        Self { path, _folder: folder }
    }

    fn keys(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.path).unwrap();
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    }
}

/// Each secret of the database as it stands there.
fn sealed(database: &Own) -> Vec<String> {
    database.lines(
        "SELECT secret AS line FROM consumer_secrets UNION ALL SELECT secret FROM request_tokens \
         UNION ALL SELECT secret FROM access_tokens",
    )
}

/// The names of the keys that the database's secrets are sealed with, each once.
fn names_of_keys(database: &Own) -> Vec<String> {
    let mut names: Vec<_> = sealed(database).iter().map(|text| text.split(':').next().unwrap().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}
