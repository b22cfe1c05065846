//! What is forgotten, and when: a service left alone does not grow, and keeps no verifier that is used up.
//!
//! The tests that travel in time go forward from the present, so that the running service's own sweeping finds nothing.

use std::net::IpAddr;

use oauthprovider::{
    clock,
    forge::session::{self, Attempt},
    provider::{policy::SWEEP_BATCH, sweep},
};

use crate::support::{Forge, PLUGIN};

fn rows(forge: &Forge, table: &str) -> usize {
    let count = forge.database().lines(&format!("SELECT CAST(count(*) AS TEXT) AS line FROM {table}"));
    count[0].parse().unwrap()
}

/// Sweeps sessions and failed log-ins, at most so many of each.
fn sweep_people(forge: &Forge, now: i64, limit: i64) -> usize {
    forge
        .store()
        .blocking(|conn| conn.write(|tx| session::sweep(tx, now, limit)))
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Sweeps what the provider no longer needs, one batch.
fn sweep_tools(forge: &Forge, now: i64) -> usize {
    forge.store().blocking(|conn| sweep::batch(conn, now)).unwrap()
}

/// Failed log-ins at this time, of as many accounts and from as many addresses, so that none has to wait.
fn fail(forge: &Forge, times: usize, at: i64) {
    for n in 0..times {
        let attempt = Attempt::new(&format!("user-{n}"), Some(IpAddr::from([10, 0, 0, u8::try_from(n).unwrap()])));
        let settled = forge.store().blocking(|conn| conn.write(|tx| session::settle(tx, &attempt, None, None, at, 60)));
        assert!(matches!(settled, Ok(session::Settled::Wrong)));
    }
}

mod a_service_left_alone_does_not_grow {
    use super::*;
    use crate::support::on_both_databases;

    on_both_databases! {
        fn a_failed_log_in_is_swept_when_it_no_longer_counts(forge: Forge) {
            let start = clock::now();
            forge.anonymous().post("/login", &[("username", "alice"), ("password", "wrong")]).expect(401);
            forge.anonymous().post("/login", &[("username", "nobody"), ("password", "wrong")]).expect(401);
            let end = clock::now();
            assert_eq!((sweep_people(&forge, start + 300, SWEEP_BATCH), rows(&forge, "login_failures")), (0, 2));
            assert_eq!((sweep_people(&forge, end + 301, SWEEP_BATCH), rows(&forge, "login_failures")), (2, 0));
        }

        fn a_session_is_swept_when_it_has_expired(forge: Forge) {
            let start = clock::now();
            forge.browser_of("alice");
            forge.browser_of("bob");
            let end = clock::now();
            assert_eq!((sweep_people(&forge, start + 28_799, SWEEP_BATCH), rows(&forge, "sessions")), (0, 2));
            assert_eq!((sweep_people(&forge, end + 28_800, SWEEP_BATCH), rows(&forge, "sessions")), (2, 0));
        }

        fn a_request_token_is_swept_a_day_after_its_time_whatever_became_of_it(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let start = clock::now();
            let [_waiting, denied, granted, exchanged] = [(); 4].map(|()| jenkins.request_token("oob"));
            alice.decide(&denied, "Reporter/Project A", "deny").expect(200);
            alice.decide(&granted, "Reporter/Project A", "authorize").expect(200);
            let verifier = alice.decide(&exchanged, "Reporter/Project A", "authorize").expect(200).verifier();
            jenkins.exchange(&exchanged, &verifier).send().expect(200);
            let end = clock::now();
            let nonces = sweep_tools(&forge, start + 86_400);
            assert_eq!((nonces, rows(&forge, "nonces")), (5, 0), "the nonces go early");
            assert_eq!((sweep_tools(&forge, start + 600 + 86_400), rows(&forge, "request_tokens")), (0, 4));
            assert_eq!((sweep_tools(&forge, end + 601 + 86_400), rows(&forge, "request_tokens")), (4, 0));
            assert_eq!(rows(&forge, "access_tokens"), 1, "what was granted stays");
        }

        fn no_more_is_swept_at_once_than_was_asked_for(forge: Forge) {
            let now = clock::now();
            fail(&forge, 5, now);
            let swept: Vec<usize> = (0..4).map(|_| sweep_people(&forge, now + 1_000, 2)).collect();
            assert_eq!(swept, [2, 2, 1, 0]);
            for _ in 0..5 {
                forge.browser_of("alice");
            }
            let swept: Vec<usize> = (0..4).map(|_| sweep_people(&forge, now + 100_000, 2)).collect();
            assert_eq!(swept, [2, 2, 1, 0]);
        }
    }
}

mod the_service_sweeps {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::support::on_each_database;

    on_each_database! {
        fn by_itself(kind: Database) {
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_OAUTH_SWEEP_SECONDS", "1")]);
            fail(&forge, 3, clock::now() - 1_000);
            forge.jenkins_a().request_token("oob");
            forge.sql("UPDATE request_tokens SET expires = 1");
            forge.browser_of("alice");
            forge.sql("UPDATE sessions SET expires = 1");
            let began = Instant::now();
            for table in ["login_failures", "request_tokens", "sessions"] {
                while rows(&forge, table) > 0 {
                    assert!(began.elapsed() < Duration::from_secs(30), "{table} is not swept");
                }
            }
        }
    }
}

mod of_several_instances_one_sweeps_at_a_time {
    use oauthprovider::{provider, store::Turn};

    use super::*;
    use crate::support::{Database, at_once, on_both_databases};

    const TABLES: [&str; 3] = ["login_failures", "nonces", "request_tokens"];

    fn all_rows(forge: &Forge) -> usize {
        TABLES.iter().map(|table| rows(forge, table)).sum()
    }

    /// What one instance does until it finds nothing to do.
    fn sweep_in_turn(forge: &Forge, now: i64) -> usize {
        let batch = || {
            forge.store().blocking(|conn| {
                let people = conn.write_in_turn(Turn::Sweep, |tx| session::sweep(tx, now, 3))?;
                Ok::<_, provider::Error>(people.unwrap_or(0) + sweep::batch(conn, now)?)
            })
        };
        std::iter::from_fn(|| Some(batch().unwrap())).take_while(|swept| *swept > 0).sum()
    }

    /// Leaves much that is past at the time that is given back.
    fn grow(forge: &Forge) -> i64 {
        let now = clock::now();
        fail(forge, 40, now);
        for _ in 0..10 {
            forge.jenkins_a().request_token("oob");
        }
        assert!(all_rows(forge) >= 60);
        now + 200_000
    }

    /// On PostgreSQL alone: SQLite has one writer at a time anyway.
    #[test]
    fn whoever_finds_it_taken_waits_for_nothing_and_does_it_later() {
        let forge = Forge::on(Database::Postgres);
        let late = grow(&forge);
        let left = all_rows(&forge);
        let others = forge.store().blocking(|conn| {
            conn.write_in_turn(Turn::Sweep, |_| Ok::<_, provider::Error>(sweep_in_turn(&forge, late)))
        });
        assert_eq!((others.unwrap(), all_rows(&forge)), (Some(0), left));
        assert_eq!((sweep_in_turn(&forge, late), all_rows(&forge)), (left, 0));
    }

    on_both_databases! {
        fn each_row_goes_once(forge: Forge) {
            let late = grow(&forge);
            let left = all_rows(&forge);
            let swept: usize = at_once(8, |_| sweep_in_turn(&forge, late)).iter().sum();
            assert_eq!(swept + sweep_in_turn(&forge, late), left);
            assert_eq!(all_rows(&forge), 0);
        }
    }
}

/// Pitfall 24: what would still have to be guessed is not kept where it could be read.
mod pitfall_24_no_verifier_is_kept_that_is_used_up {
    use super::*;
    use crate::support::{Browser, Token, on_both_databases};

    /// How many verifiers stand in the database.
    fn verifiers(forge: &Forge) -> usize {
        rows(forge, "request_tokens WHERE verifier_hash IS NOT NULL")
    }

    fn granted(forge: &Forge) -> (Browser, Token, String) {
        let (alice, temporary) = (forge.browser_of("alice"), forge.jenkins_a().request_token("oob"));
        let verifier = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(200).verifier();
        assert_eq!(verifiers(forge), 1);
        (alice, temporary, verifier)
    }

    on_both_databases! {
        fn after_the_exchange(forge: Forge) {
            let (_, temporary, verifier) = granted(&forge);
            forge.jenkins_a().exchange(&temporary, &verifier).send().expect(200);
            assert_eq!(verifiers(&forge), 0);
        }

        fn after_the_fifth_wrong_one(forge: Forge) {
            let (_, temporary, _) = granted(&forge);
            for wrong in 1..=5 {
                assert_eq!(verifiers(&forge), 1, "before guess {wrong}");
                forge.jenkins_a().exchange(&temporary, "wrong").send().expect_problem(401, "parameter_rejected");
            }
            assert_eq!(verifiers(&forge), 0);
        }

        fn after_the_user_withdrew_what_was_granted(forge: Forge) {
            let (alice, temporary, verifier) = granted(&forge);
            let id = &forge.database().lines("SELECT CAST(id AS TEXT) AS line FROM request_tokens")[0];
            let csrf_token = alice.csrf_token();
            alice.post(&format!("{PLUGIN}/request_tokens/{id}/revoke"), &[("csrf_token", &csrf_token)]).expect(302);
            assert_eq!(verifiers(&forge), 0);
            forge.jenkins_a().exchange(&temporary, &verifier).send().expect_problem(401, "token_revoked");
        }

        fn after_a_refusal(forge: Forge) {
            let temporary = forge.jenkins_a().request_token("oob");
            forge.browser_of("alice").decide(&temporary, "Reporter/Project A", "deny").expect(200);
            assert_eq!(verifiers(&forge), 0);
        }
    }
}
