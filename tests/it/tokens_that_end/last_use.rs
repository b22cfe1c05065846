//! When and from where a token was last used: noted by requests, written beside them, at most once a minute.

use std::{
    thread,
    time::{Duration, Instant},
};

use oauthprovider::{address::Arrival, clock, provider::access::Authenticator};

use crate::support::{Forge, Tool, on_both_databases, wait_for};

/// When and from where it says that each token was used, the oldest token first.
fn told(forge: &Forge) -> Vec<String> {
    let query = "SELECT coalesce(CAST(last_used AS TEXT) || ' ' || coalesce(last_used_from, '-'), 'never') AS line \
        FROM access_tokens ORDER BY id";
    forge.database().lines(query)
}

fn epoch(forge: &Forge) -> Vec<String> {
    forge.database().lines("SELECT CAST(epoch AS TEXT) AS line FROM ledger")
}

/// A request at this time from this address, and then the writing.
fn used(authenticator: &Authenticator, jenkins: &Tool, at: i64, from: &str) {
    let request = jenkins.request("GET", "/plugins/oauthprovider/echo").timestamp(at).signed().read();
    let arrival = Arrival { at, from: from.parse().ok() };
    wait_for(async {
        authenticator.authenticate(&request, arrival).await.map(drop).unwrap_or_else(|error| panic!("{error}"));
        authenticator.write_uses().await.unwrap();
    });
}

on_both_databases! {
    fn is_written_at_most_once_a_minute_whoever_writes_it(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let [here, there] = [(); 2].map(|()| Authenticator::new(forge.store().clone()));
        assert_eq!(told(&forge), ["never"]);
        let (before, now) = (epoch(&forge), clock::now());
        used(&here, &jenkins, now, "::ffff:192.0.2.1");
        assert_eq!(told(&forge), [format!("{now} 192.0.2.1")]);
        // Less than a minute later: by who remembers, and by who only now reads.
        used(&here, &jenkins, now + 59, "192.0.2.2");
        used(&there, &jenkins, now + 59, "192.0.2.2");
        assert_eq!(told(&forge), [format!("{now} 192.0.2.1")]);
        used(&there, &jenkins, now + 61, "2001:db8::1");
        assert_eq!(told(&forge), [format!("{} 2001:db8::1", now + 61)]);
        // What one noted before another wrote a newer use does not put it back.
        used(&here, &jenkins, now + 60, "nowhere");
        assert_eq!(told(&forge), [format!("{} 2001:db8::1", now + 61)]);
        used(&here, &jenkins, now + 121, "nowhere");
        assert_eq!(told(&forge), [format!("{} -", now + 121)]);
        assert_eq!(epoch(&forge), before, "nobody is judged by it");
    }

    fn is_told_of_many_tokens_in_one_writing(forge: Forge) {
        let authenticator = Authenticator::new(forge.store().clone());
        let now = clock::now();
        for _ in 0..3 {
            let jenkins = forge.jenkins_a_for_alice();
            let request = jenkins.request("GET", "/plugins/oauthprovider/echo").timestamp(now).signed().read();
            let arrival = Arrival { at: now, from: "192.0.2.1".parse().ok() };
            wait_for(authenticator.authenticate(&request, arrival)).map(drop).unwrap_or_else(|error| panic!("{error}"));
        }
        forge.jenkins_a_for_alice();
        wait_for(authenticator.write_uses()).unwrap();
        let used = format!("{now} 192.0.2.1");
        assert_eq!(told(&forge), [used.as_str(), &used, &used, "never"]);
    }

    /// A request whose signature is wrong, or that is repeated, uses no token.
    fn is_not_what_was_refused(forge: Forge) {
        let (jenkins, instance) = (forge.jenkins_a_for_alice(), forge.another_instance());
        let there = jenkins.at(&instance.base);
        let wrong = there.request("GET", "/plugins/oauthprovider/echo").tampered("oauth_signature", Some("AAAA"));
        wrong.send().expect_problem(401, "signature_invalid");
        forge.sql("UPDATE users SET status = 'suspended'");
        there.echo().expect_problem(401, "token_rejected");
        drop(instance);
        assert_eq!(told(&forge), ["never"]);
    }

    fn is_written_when_the_service_ends(forge: Forge) {
        let (jenkins, instance) = (forge.jenkins_a_for_alice(), forge.another_instance());
        let before = clock::now();
        jenkins.at(&instance.base).echo().expect(200);
        drop(instance);
        let told = told(&forge);
        assert!((before..=clock::now()).any(|at| told == [format!("{at} 127.0.0.1")]), "{told:?}");
    }

    fn is_written_while_the_service_runs(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.echo().expect(200);
        let began = Instant::now();
        while told(&forge) == ["never"] {
            assert!(began.elapsed() < Duration::from_secs(30), "it is not written");
            thread::park_timeout(Duration::from_millis(50));
        }
        jenkins.echo().expect(200);
    }

    /// Last uses wait while the database takes no writes, and requests do not wait for them.
    fn waits_for_a_database_that_is_gone(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let authenticator = Authenticator::new(forge.store().clone());
        let now = clock::now();
        let request = jenkins.request("GET", "/plugins/oauthprovider/echo").timestamp(now).signed().read();
        let arrival = Arrival { at: now, from: None };
        wait_for(authenticator.authenticate(&request, arrival)).map(drop).unwrap_or_else(|error| panic!("{error}"));
        {
            let _gone = forge.database().out_of_reach();
            wait_for(authenticator.write_uses()).unwrap_err();
        }
        assert_eq!(told(&forge), ["never"]);
        wait_for(authenticator.write_uses()).unwrap();
        assert_eq!(told(&forge), [format!("{now} -")]);
    }
}
