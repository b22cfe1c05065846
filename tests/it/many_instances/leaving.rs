//! What SIGTERM does to those who keep a connection open.

use std::time::{Duration, Instant};

use crate::support::{Call, Database, Forge, Line, port_to_keep};

use super::{ECHO, serve};

/// Somebody who keeps a connection may be sending on it already, so it is not closed before they could.
#[test]
fn who_keeps_a_connection_is_answered_once_more_and_told_to_close_it() {
    let forge = Forge::on(Database::Postgres);
    let service = serve(&forge, forge.base(), port_to_keep());
    let reporter = forge.jenkins_a_for_alice().at(&service.base);
    let echo = || reporter.request("GET", ECHO).signed_for(forge.base()).signed();
    let mut kept = Line::default();
    kept.send(&echo()).expect(200);
    assert!(kept.is_open());

    service.terminate();
    // Others are served as well meanwhile, and monitors are told.
    let began = Instant::now();
    while Call::new("GET", &format!("{}/readyz", service.base)).send().status != 503 {
        assert!(began.elapsed() < Duration::from_secs(4), "it says that it is ready");
    }
    let mut other = Line::default();
    other.send(&echo()).expect(200);
    assert!(!other.is_open());
    kept.send(&echo()).expect(200);
    assert!(!kept.is_open());
    service.ended().expect(0);
}

#[test]
fn a_connection_that_is_kept_for_nothing_keeps_the_service_for_some_seconds_only() {
    let forge = Forge::on(Database::Sqlite);
    let service = serve(&forge, forge.base(), port_to_keep());
    let mut kept = Line::default();
    kept.send(&Call::new("GET", &format!("{}/healthz", service.base))).expect(200);
    let began = Instant::now();
    service.stop().expect(0);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(kept.is_open());
}
