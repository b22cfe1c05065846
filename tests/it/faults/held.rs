//! PostgreSQL held up by somebody else: a table locked in a transaction that does not end.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::support::{Database, Held, Program, Tool, at_once};

/// The connection that migrated, and waited for others to migrate without end, waits for a lock like all the others.
/// With one connection in the pool it is that one which answers.
#[test]
fn the_connection_that_migrated_gives_up_on_a_lock_as_well() {
    let database = Database::Postgres.filled();
    let program = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url", &database.url]);
    let program = program.env("OAUTHPROVIDER_DATABASE_POOL_SIZE", "1").env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1");
    let service = program.serve();
    let jenkins = Tool::new(&service.base, "key of jenkins_a", "s3cret &%+ of jenkins_a ✓");
    let call = jenkins.ask("oob").signed();

    let held = Held::by(&database.url, "LOCK TABLE nonces IN ACCESS EXCLUSIVE MODE");
    let began = Instant::now();
    super::expect_unavailable("request token", &call.send());
    assert!(began.elapsed() < Duration::from_secs(10), "it took {:?}", began.elapsed());
    drop(held);
    call.send().expect(200);
    service.stop().expect(0);
}

/// Strangers are looked up too, and there is no end to them.
#[test]
fn a_crowd_that_waits_for_the_database_takes_no_thread_each() {
    const CROWD: usize = 80;
    let database = Database::Postgres.filled();
    let program = Program::new(&["serve", "--listen", "127.0.0.1:0", "--database-url", &database.url]);
    let service = program.env("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1").serve();
    let threads = || std::fs::read_dir(format!("/proc/{}/task", service.process())).unwrap().count();
    let stranger = Tool::new(&service.base, "nobody", "knows them");
    stranger.ask("oob").send().expect(401);

    let (held, answered) =
        (Held::by(&database.url, "LOCK TABLE consumers IN ACCESS EXCLUSIVE MODE"), AtomicUsize::new(0));
    let most = at_once(CROWD + 1, |runner| {
        let mut most = 0;
        if runner == CROWD {
            while answered.load(Ordering::SeqCst) < CROWD {
                most = most.max(threads());
                thread::yield_now();
            }
        } else {
            super::expect_unavailable("request token", &stranger.ask("oob").send());
            answered.fetch_add(1, Ordering::SeqCst);
        }
        most
    });
    drop(held);
    let most = most.into_iter().max().unwrap();
    assert!(most < CROWD / 2, "{most} threads");
    stranger.ask("oob").send().expect(401);
    service.stop().expect(0);
}
