//! SIGTERM in the middle of exchanges, and what a restarted service still knows.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use oauthprovider::provider::{Lifetimes, consent};

use crate::support::{Forge, Program, Service, Token, Tool, on_each_database, operator};

/// The name under which every start of the service is known, whatever port it finds.
const PUBLIC: &str = "http://forge.example";

fn serve(forge: &Forge) -> Service {
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--public-url", PUBLIC, "--database-url", forge.database_url()];
    Program::new(&arguments).serve()
}

/// Request tokens that Alice granted, each with its verifier.
fn granted(forge: &Forge, count: usize) -> Vec<(Token, String)> {
    let jenkins = forge.jenkins_a();
    let lifetimes = Lifetimes { request_token_seconds: 600, verifier_seconds: 600, longest_token_seconds: None };
    (0..count)
        .map(|_| {
            let token = jenkins.request_token("oob");
            let outcome = forge.store().blocking(|conn| {
                let alice = oauthprovider::store::users::by_name(conn, "alice")?.unwrap().id;
                let role = oauthprovider::store::roles::of_user(conn, alice)?.remove(0).id;
                let by = operator(oauthprovider::clock::now());
                let grant = consent::Grant { role, lifetime: lifetimes.longest(), label: None };
                consent::decide(conn, &token.key, alice, consent::Decision::Authorize(grant), lifetimes, &by)
            });
            let Ok((_, consent::Outcome::Authorized(verifier))) = outcome else { panic!("not granted") };
            (token, verifier.expose().to_owned())
        })
        .collect()
}

on_each_database! {
    /// Pitfall 40: an exchange that was answered is in the database, and one that is in the database was answered.
    fn pitfall_40_sigterm_amid_exchanges_loses_none(kind: Database) {
        let forge = Forge::on(kind);
        let to_exchange = Mutex::new(granted(&forge, 240));
        let service = serve(&forge);
        let jenkins = forge.jenkins_a().at(&service.base);
        let (answered, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let exchange = || {
            let mut keys = Vec::new();
            loop {
                let Some((token, verifier)) = to_exchange.lock().unwrap().pop() else { return keys };
                match jenkins.exchange(&token, &verifier).signed_for(PUBLIC).signed().try_send() {
                    Some(answer) => {
                        keys.push(answer.expect(200).token().key);
                        answered.fetch_add(1, Ordering::SeqCst);
                    }
                    None => {
                        failed.fetch_add(1, Ordering::SeqCst);
                    }
                }
            }
        };
        let (mut told, ended) = thread::scope(|scope| {
            let exchanging: Vec<_> = (0..4).map(|_| scope.spawn(exchange)).collect();
            while answered.load(Ordering::SeqCst) < 20 && exchanging.iter().any(|one| !one.is_finished()) {
                thread::yield_now();
            }
            let ended = service.stop();
            (exchanging.into_iter().flat_map(|one| one.join().unwrap()).collect::<Vec<_>>(), ended)
        });
        ended.expect(0);
        assert!(failed.into_inner() > 0, "all were exchanged before the signal");
        let mut kept = forge.database().lines("SELECT key AS line FROM access_tokens");
        kept.sort();
        told.sort();
        assert_eq!(told, kept);
        let exchanged = "SELECT CAST(count(*) AS TEXT) AS line FROM request_tokens WHERE state = 'exchanged'";
        assert_eq!(forge.database().lines(exchanged), [told.len().to_string()]);
        // What was not exchanged still can be, and what was works.
        let service = serve(&forge);
        let left = granted(&forge, 1).remove(0);
        let jenkins = forge.jenkins_a().at(&service.base);
        let token = jenkins.exchange(&left.0, &left.1).signed_for(PUBLIC).send().expect(200).token();
        jenkins.with(&token).request("GET", "/plugins/oauthprovider/echo").signed_for(PUBLIC).send().expect(200);
    }

    /// Pitfall 40: a request that was accepted before a restart is not accepted again after it.
    fn pitfall_40_a_replay_after_a_restart_is_refused(kind: Database) {
        let forge = Forge::on(kind);
        let reporter = forge.jenkins_a_for_alice();
        let now = oauthprovider::clock::now();
        let request = |tool: &Tool| {
            tool.request("GET", "/plugins/oauthprovider/echo").nonce("once and never again").timestamp(now).signed_for(PUBLIC).send()
        };
        for (index, (status, code)) in [(200, ""), (401, "nonce_used"), (401, "nonce_used")].into_iter().enumerate() {
            let service = serve(&forge);
            let reporter = reporter.at(&service.base);
            request(&reporter).expect_problem(status, code);
            if index == 0 {
                request(&reporter).expect_problem(401, "nonce_used");
            }
            service.stop().expect(0);
        }
    }

    /// Pitfall 40: two instances on one database are one service: a request is good at one of them, once, and what is
    /// revoked is revoked at both.
    fn pitfall_40_two_instances_share_nonces_and_revocations(kind: Database) {
        let forge = Forge::on(kind);
        let (one, other) = (serve(&forge), serve(&forge));
        let reporter = forge.jenkins_a_for_alice();
        let echo = |service: &Service| reporter.at(&service.base).request("GET", "/plugins/oauthprovider/echo").signed_for(PUBLIC);
        let now = oauthprovider::clock::now();
        echo(&one).nonce("shared").timestamp(now).send().expect(200);
        echo(&other).nonce("shared").timestamp(now).send().expect_problem(401, "nonce_used");
        echo(&other).send().expect(200);
        let key = &reporter.token.as_ref().unwrap().key;
        let query = format!("SELECT CAST(id AS TEXT) AS line FROM access_tokens WHERE key = '{key}'");
        let id = forge.database().lines(&query).remove(0);
        Program::new(&["token", "revoke", &id, "--database-url", forge.database_url()]).run().expect(0);
        echo(&one).send().expect_problem(401, "token_revoked");
        echo(&other).send().expect_problem(401, "token_revoked");
    }
}
