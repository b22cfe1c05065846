//! The world fails: the database locked, gone, restarted or half there; the service ended in the middle of its work.

mod held;
mod readiness;
mod replaced;
mod restart;
mod silence;

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::support::{Answer, Call, Database, Forge, Program, at_once, on_each_database};

const ECHO: &str = "/plugins/oauthprovider/echo";
const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

/// A service that gives up on its database after a second.
fn impatient(kind: Database) -> Forge {
    Forge::with_settings(kind, &[("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1")])
}

/// Calls that need the database, by name: all three legs, protected resources, the log-in, pages and the probe.
fn calls(forge: &Forge) -> Vec<(&'static str, Call)> {
    let jenkins = forge.jenkins_a();
    let (asked, alice) = (jenkins.request_token("oob"), forge.browser_of("alice"));
    let consent = alice.consent(&asked);
    let granted = jenkins.request_token("http://127.0.0.1:9/callback");
    let verifier = alice.authorize(&granted, "Reporter/Project A");
    let reporter = forge.jenkins_a_for_alice();
    let decision = [
        ("oauth_token", asked.key.as_str()),
        ("csrf_token", &consent.csrf_token),
        ("role_id", &consent.roles[0].0),
        ("decision", "authorize"),
    ];
    let log_in = [("username", "bob"), ("password", crate::support::PASSWORD), ("next", "/")];
    vec![
        ("request token", jenkins.ask("oob").signed()),
        ("decision", alice.request("POST", "/plugins/oauthprovider/authorize").form(&decision)),
        ("access token", jenkins.exchange(&granted, &verifier).signed()),
        ("echo", reporter.request("GET", ECHO).signed()),
        ("user info", reporter.request("GET", "/api/userinfo").signed()),
        ("list", reporter.request("GET", ITEMS).signed()),
        ("file", reporter.request("POST", ITEMS).json(r#"{"summary": "s"}"#).signed()),
        ("log in", forge.anonymous().request("POST", "/login").form(&log_in)),
        ("readyz", forge.anonymous().request("GET", "/readyz")),
    ]
}

/// Sends all at once, each measured.
fn send_all(calls: &[(&'static str, Call)]) -> Vec<(&'static str, Answer, Duration)> {
    at_once(calls.len(), |number| {
        let ((name, call), began) = (&calls[number], Instant::now());
        (*name, call.send(), began.elapsed())
    })
}

#[track_caller]
fn expect_unavailable(name: &str, answer: &Answer) {
    assert_eq!(answer.status, 503, "{name}: {}", String::from_utf8_lossy(&answer.body));
    let seconds: Option<u32> = answer.header("Retry-After").and_then(|value| value.parse().ok());
    assert!(seconds.is_some_and(|seconds| seconds >= 1), "{name}: {:?}", answer.headers);
    assert_eq!(answer.header("WWW-Authenticate"), None, "{name}");
    let text = answer.text().to_lowercase();
    assert!(
        !["sqlite", "postgres", "locked", "pool", "nonce", "relation"].iter().any(|word| text.contains(word)),
        "{name}: {text}"
    );
}

/// Asks until the service is ready again; each question waits by itself for as long as the service is patient.
fn wait_until_ready(forge: &Forge) {
    let began = Instant::now();
    while forge.anonymous().get("/readyz").status != 200 {
        assert!(began.elapsed() < Duration::from_secs(30), "it does not recover");
    }
}

on_each_database! {
    /// Pitfall 40: while the database is out of reach the answer is 503 with Retry-After, soon, and never a 401 or 500;
    /// the very same requests are good when it is back, for nothing was used up.
    fn pitfall_40_a_database_out_of_reach_is_503_until_it_is_back(kind: Database) {
        let forge = impatient(kind);
        let calls = calls(&forge);
        let gone = forge.database().out_of_reach();
        for (name, answer, took) in send_all(&calls) {
            expect_unavailable(name, &answer);
            assert!(took < Duration::from_secs(8), "{name} took {took:?}");
        }
        forge.anonymous().get("/healthz").expect(200);
        forge.anonymous().get("/metrics").expect(200);
        Call::new("GET", &format!("{}{ECHO}", forge.base())).send().expect_problem(401, "parameter_absent");
        drop(gone);
        wait_until_ready(&forge);
        for (name, call) in &calls {
            let status = call.send().status;
            assert!(matches!(status, 200 | 201 | 302), "{name}: {status}");
        }
    }

    /// Pitfall 40: a table that is not there is no reason to doubt who asks.
    fn pitfall_40_a_missing_table_is_503_and_never_401(kind: Database) {
        let forge = impatient(kind);
        for table in [
            "nonces",
            "consumers",
            "consumer_secrets",
            "access_tokens",
            "users",
            "roles",
            "role_members",
            "role_settings",
            "request_tokens",
            "ledger",
            "sessions",
        ] {
            let calls = calls(&forge);
            forge.database().execute(&format!("ALTER TABLE {table} RENAME TO away_{table}"));
            let answers = send_all(&calls);
            forge.database().execute(&format!("ALTER TABLE away_{table} RENAME TO {table}"));
            let mut failed = Vec::new();
            for (name, answer, _) in answers {
                if !matches!(answer.status, 200 | 201 | 302) {
                    expect_unavailable(&format!("{name} without {table}"), &answer);
                    failed.push(name);
                }
            }
            assert!(!failed.is_empty(), "nobody misses {table}");
        }
        forge.jenkins_a_for_alice().echo().expect(200);
    }

    /// Pitfall 40: commands and a service on one database wait for each other.
    fn pitfall_40_an_import_beside_a_busy_service_disturbs_nobody(kind: Database) {
        let forge = Forge::on(kind);
        let users: Vec<_> = (0..400).map(|n| json!({"name": format!("user-{n}"), "realname": "N"})).collect();
        let trackers: Vec<_> = (0..200).map(|n| json!({"name": format!("tracker-{n}")})).collect();
        let import = json!({"users": users, "projects": [{"name": "big", "trackers": trackers}]}).to_string();
        let reporter = forge.jenkins_a_for_alice();
        thread::scope(|scope| {
            let importing: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        let program = Program::new(&["import", "f.json", "--database-url", forge.database_url()]);
                        program.env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "30").file("f.json", &import).run()
                    })
                })
                .collect();
            let writing: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        (0..40).map(|_| reporter.post_json(ITEMS, &json!({"summary": "s"})).status).collect::<Vec<_>>()
                    })
                })
                .collect();
            for writer in writing {
                assert_eq!(writer.join().unwrap(), [201; 40]);
            }
            for one in importing {
                one.join().unwrap().expect(0);
            }
        });
        assert_eq!(forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM items"), ["240"]);
    }
}

/// Pitfall 40: a PostgreSQL that was restarted is found again without anybody being refused.
#[test]
fn pitfall_40_ended_connections_are_replaced() {
    let forge = impatient(Database::Postgres);
    let reporter = forge.jenkins_a_for_alice();
    for _ in 0..5 {
        for (_, answer, _) in
            send_all(&[("a", reporter.request("GET", ECHO).signed()), ("b", reporter.request("GET", ECHO).signed())])
        {
            answer.expect(200);
        }
        forge.database().end_connections();
    }
    reporter.echo().expect(200);
}

/// Pitfall 40: connections that end while requests are under way cost those requests a 503 at most.
#[test]
fn pitfall_40_connections_that_end_under_load_are_never_500_or_401() {
    let forge = impatient(Database::Postgres);
    let reporter = forge.jenkins_a_for_alice();
    thread::scope(|scope| {
        let asking: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    (0..60).map(|_| reporter.post_json(ITEMS, &json!({"summary": "s"})).status).collect::<Vec<_>>()
                })
            })
            .collect();
        while asking.iter().any(|one| !one.is_finished()) {
            forge.database().end_connections();
        }
        let statuses: Vec<u16> = asking.into_iter().flat_map(|one| one.join().unwrap()).collect();
        assert!(statuses.iter().all(|status| matches!(status, 201 | 503)), "{statuses:?}");
        assert!(statuses.contains(&201), "{statuses:?}");
    });
}
