//! PostgreSQL stopped, crashed and cut off under load: 503 meanwhile, and afterwards as before, without a restart of ours.

use crate::{
    cluster::Cluster,
    patience::Patience,
    stage::{jenkins_of_alice, serving},
    support::{Call, Service, Tool},
};

/// How often its connections are cut.
const CUTS: usize = 10;
/// So many answers of a kind show that it is so.
const ENOUGH: usize = 20;

/// A service on a server of its own, and a tool.
fn stage() -> (Cluster, Service, Tool) {
    let cluster = Cluster::start();
    let service = serving(&cluster.url).env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1").serve();
    let tool = jenkins_of_alice(&cluster.url, &service, "Reporter");
    (cluster, service, tool)
}

fn readiness(service: &Service) -> u16 {
    Call::new("GET", &format!("{}/readyz", service.base)).send().status
}

#[test]
fn postgres_is_stopped_and_started_again_and_the_service_comes_back_by_itself() {
    let (cluster, service, tool) = stage();
    let sent = Patience::asks_while(&tool, |patience| {
        patience.until_answered(ENOUGH);
        cluster.stop();
        patience.until_put_off(ENOUGH);
        assert_eq!(readiness(&service), 503);
        cluster.resume();
        patience.until_answered(ENOUGH);
    });
    assert_eq!(readiness(&service), 200);
    sent.report("PostgreSQL stopped and started", &service);
}

#[test]
fn postgres_crashes_and_recovers_and_nothing_that_was_answered_is_lost() {
    let (cluster, service, tool) = stage();
    let sent = Patience::asks_while(&tool, |patience| {
        for _ in 0..3 {
            patience.until_answered(ENOUGH);
            cluster.crash();
            patience.until_put_off(1);
            cluster.resume();
        }
        patience.until_answered(ENOUGH);
    });
    sent.report("PostgreSQL crashed three times", &service);
}

#[test]
fn connections_are_cut_and_made_anew() {
    let (cluster, service, tool) = stage();
    let sent = Patience::asks_while(&tool, |patience| {
        for _ in 0..CUTS {
            patience.until_answered(ENOUGH);
            cluster.cut_connections();
        }
        patience.until_answered(ENOUGH);
    });
    sent.report(&format!("All connections to PostgreSQL cut {CUTS} times"), &service);
}
