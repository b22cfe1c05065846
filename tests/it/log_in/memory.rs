//! What hashing many passwords costs in memory.

use std::fs;

use crate::support::{Browser, Database, Program, at_once};

/// The most that a process ever had in memory, in MiB, as Linux tells it.
fn peak_mib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() / 1024
}

/// Each hash takes 19 MiB: a burst of guesses takes what the few hashed at once need, and takes it but once.
#[test]
fn a_burst_of_guesses_leaves_the_service_small() {
    let database = Database::Sqlite.filled();
    let program = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url", &database.url]);
    let program = program.env("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1");
    // As many passwords are hashed at once as there are workers.
    let program = program.env("OAUTHPROVIDER_SERVER_WORKERS", "4").env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "60");
    let service = program.serve();
    let anonymous = Browser::new(&service.base);
    let answers = at_once(150, |n| {
        let call = anonymous.request("POST", "/login").header("X-Forwarded-For", &format!("192.0.2.{n}"));
        call.form(&[("username", &format!("user-{n}")), ("password", "wrong")]).send().status
    });
    assert_eq!(answers, [401; 150], "each was looked at");
    let peak = peak_mib(service.process());
    assert!(peak < 300, "{peak} MiB");
    service.stop().expect(0);
}
