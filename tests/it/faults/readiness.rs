//! `/readyz` promises that a signed request would be answered, and costs the others nothing.

use std::thread;

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};

use super::{ECHO, expect_unavailable, impatient, wait_until_ready};
use crate::support::{Call, Database, Forge, Held, PLUGIN, on_each_database};

/// Runs a statement on a database that lets all others only read.
fn write_all_the_same(url: &str, statement: &str) {
    let url = format!("{url}?options=-c%20default_transaction_read_only%3Doff");
    sql_query(statement).execute(&mut PgConnection::establish(&url).unwrap()).unwrap();
}

/// On PostgreSQL alone, which has standbys that are read from.
#[test]
fn a_database_that_can_only_be_read_is_not_ready() {
    let forge = impatient(Database::Postgres);
    let reporter = forge.jenkins_a_for_alice();
    let (echo, url) = (reporter.request("GET", ECHO).signed(), forge.database_url());
    let name = url.rsplit('/').next().unwrap();
    forge.sql(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    forge.database().end_connections();
    for _ in 0..3 {
        expect_unavailable("readyz", &forge.anonymous().get("/readyz"));
        expect_unavailable("echo", &echo.send());
    }
    write_all_the_same(url, &format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    forge.database().end_connections();
    wait_until_ready(&forge);
    echo.send().expect(200);
}

/// Lets everybody read and nobody write while `act` is under way.
fn while_nobody_can_write(forge: &Forge, act: impl FnOnce()) {
    match forge.database().sqlite_path() {
        Some(_) => {
            let locked = forge.database().out_of_reach();
            act();
            drop(locked);
        }
        None => {
            let held = Held::by(forge.database_url(), "LOCK TABLE nonces, ledger IN EXCLUSIVE MODE");
            act();
            drop(held);
        }
    }
}

on_each_database! {
    fn without_the_nonces_it_is_not_ready(kind: Database) {
        let forge = impatient(kind);
        forge.anonymous().get("/readyz").expect(200);
        for (take_away, bring_back) in [
            ("ALTER TABLE nonces RENAME TO away", "ALTER TABLE away RENAME TO nonces"),
            ("ALTER TABLE ledger RENAME TO away", "ALTER TABLE away RENAME TO ledger"),
        ] {
            forge.sql(take_away);
            expect_unavailable(take_away, &forge.anonymous().get("/readyz"));
            forge.sql(bring_back);
            forge.anonymous().get("/readyz").expect(200);
        }
    }

    /// However many ask at once, one connection is taken for them; the others are for whoever has something to do.
    fn many_probes_of_a_locked_database_keep_no_page_waiting(kind: Database) {
        let settings = [("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "2"), ("OAUTHPROVIDER_DATABASE_POOL_SIZE", "4")];
        let forge = Forge::with_settings(kind, &settings);
        let page = forge.browser_of("alice").request("GET", &format!("{PLUGIN}/access_tokens"));
        let probe = Call::new("GET", &format!("{}/readyz", forge.base()));
        while_nobody_can_write(&forge, || {
            thread::scope(|scope| {
                let probing: Vec<_> = (0..40).map(|_| scope.spawn(|| probe.send())).collect();
                while probing.iter().any(|one| !one.is_finished()) {
                    assert_eq!(page.send().status, 200);
                }
                for one in probing {
                    expect_unavailable("readyz", &one.join().unwrap());
                }
            });
        });
        wait_until_ready(&forge);
    }
}
