//! The ledger itself, without HTTP: claims of many threads and of several stores on one database.

use std::{
    collections::{BTreeMap, HashSet},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use oauthprovider::store::{Claim, Error, Nonce, Store};

use super::stage::Ending;
use crate::support::{Database, Forge, at_once, on_each_database, open_patiently, wait_for};

/// How many stores claim at once, each as a process has one.
const STORES: usize = 2;

const PATIENCE: Duration = Duration::from_secs(10);

fn nonce(second: i64, text: &str) -> Nonce {
    Nonce::new("consumer", "token", second, text)
}

/// Claims all of them at once, so that most find themselves in one batch.
fn claim_all(store: &Store, nonces: &[Nonce]) -> Vec<Result<Claim, Error>> {
    wait_for(async {
        let claim = |nonce| {
            let store = store.clone();
            actix_web::rt::spawn(async move { store.claim(nonce).await.map(|entry| entry.claim) })
        };
        let claiming: Vec<_> = nonces.iter().copied().map(claim).collect();
        let mut claims = Vec::new();
        for one in claiming {
            claims.push(one.await.unwrap());
        }
        claims
    })
}

/// Claims one, again where the database was out of reach, until it is known what became of it.
fn claim_in_the_end(store: &Store, nonce: Nonce) -> Claim {
    let began = Instant::now();
    while began.elapsed() < 6 * PATIENCE {
        match claim_all(store, &[nonce]).remove(0) {
            // An unclear one is told its requester as a database out of reach is.
            Ok(Claim::Unclear) | Err(Error::Unavailable(_)) => thread::yield_now(),
            Ok(claim) => return claim,
            Err(other) => panic!("{other}"),
        }
    }
    panic!("the database stays out of reach");
}

/// That none of these was found fresh: the database was out of reach, as far as anybody can tell.
#[track_caller]
fn are_all_unavailable(claims: &[Result<Claim, Error>]) {
    assert!(claims.iter().all(|claim| matches!(claim, Err(Error::Unavailable(_)))), "{claims:?}");
}

/// That each of these can be claimed once from here on, at the most, whatever became of it before.
#[track_caller]
fn are_fresh_once_at_most(stores: &[&Store], nonces: &[Nonce]) {
    for nonce in nonces {
        let claims: Vec<_> = stores.iter().cycle().take(3).map(|store| claim_in_the_end(store, *nonce)).collect();
        assert_eq!(claims[1..], [Claim::Used; 2], "{claims:?}");
    }
}

on_each_database! {
    fn of_equal_claims_at_two_stores_one_is_fresh(kind: Database) {
        let own = kind.filled();
        let stores: Vec<_> = (0..STORES).map(|_| open_patiently(&own.url, 2, PATIENCE)).collect();
        // Some seconds are named by many, some by few; every nonce is claimed by all threads, each in an order of its own.
        let nonces: Vec<_> = (0..120).map(|n| (n, nonce(1_000 + n % 7 * n / 20, &n.to_string()))).collect();
        let told = at_once(8, |runner| {
            let mut own = nonces.clone();
            own.rotate_left(runner * 15);
            let claimed = own.chunks(10).flat_map(|some| {
                let of_some: Vec<_> = some.iter().map(|(_, nonce)| *nonce).collect();
                let claims = claim_all(&stores[runner % STORES], &of_some);
                some.iter().zip(claims).map(|((n, _), claim)| (*n, claim.unwrap())).collect::<Vec<_>>()
            });
            claimed.collect::<Vec<_>>()
        });
        let mut fresh: BTreeMap<i64, usize> = BTreeMap::new();
        for (n, claim) in told.into_iter().flatten() {
            assert!(matches!(claim, Claim::Fresh | Claim::Used), "{claim:?}");
            *fresh.entry(n).or_default() += usize::from(claim == Claim::Fresh);
        }
        assert!(fresh.len() == 120 && fresh.values().all(|times| *times == 1), "{fresh:?}");
    }

    fn whoever_claims_in_whatever_order_a_nonce_is_fresh_the_first_time(kind: Database) {
        let own = kind.filled();
        let mut stores: Vec<_> = (0..3).map(|_| open_patiently(&own.url, 1, PATIENCE)).collect();
        let (mut seen, mut seed) = (HashSet::new(), 1_u64);
        // A simple sequence of numbers that look like chance, the same in each run.
        let mut chance = |of: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % of
        };
        for step in 0..400 {
            let at = usize::try_from(chance(3)).unwrap();
            if chance(40) == 0 {
                // This process is restarted: it knows nothing any more.
                stores[at] = open_patiently(&own.url, 1, PATIENCE);
            }
            let some: Vec<_> = (0..1 + chance(4)).map(|_| (1_000 + chance(4), chance(40))).collect();
            let nonces: Vec<_> = some.iter().map(|(second, n)| nonce(*second as i64, &n.to_string())).collect();
            for (one, claim) in some.into_iter().zip(claim_all(&stores[at], &nonces)) {
                let expected = if seen.insert(one) { Claim::Fresh } else { Claim::Used };
                assert_eq!(claim.unwrap(), expected, "step {step}: {one:?} at {at}");
            }
        }
        assert!(seen.len() > 100, "too few were fresh");
    }

    fn a_batch_that_finds_the_database_locked_is_refused_whole_and_nothing_is_fresh_twice(kind: Database) {
        let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_DATABASE_WAIT_SECONDS", "1")]);
        let other = open_patiently(forge.database_url(), 1, PATIENCE);
        let nonces: Vec<_> = (0..20).map(|n| nonce(1_000 + n % 3, &n.to_string())).collect();
        // The seconds are in memory already.
        claim_all(forge.store(), &nonces[..5]).into_iter().for_each(|claim| assert_eq!(claim.unwrap(), Claim::Fresh));
        let gone = forge.database().out_of_reach();
        are_all_unavailable(&claim_all(forge.store(), &nonces[5..]));
        drop(gone);
        are_fresh_once_at_most(&[forge.store(), &other], &nonces);
    }

    fn who_are_ready_at_once_share_one_commit(kind: Database) {
        let own = kind.filled();
        let store = open_patiently(&own.url, 1, PATIENCE);
        let written = || own.lines("SELECT CAST(line AS TEXT) AS line FROM ledger").remove(0);
        let nonces: Vec<_> = (0..3_000).map(|n| nonce(1_000, &n.to_string())).collect();
        assert!(claim_all(&store, &nonces).into_iter().all(|claim| claim.unwrap() == Claim::Fresh));
        // Sixty to a line: as many as fill their lines. A commit in between would have left one half empty.
        assert_eq!(written(), "50");
    }

    fn whoever_gives_up_waiting_keeps_nobody_else_from_being_answered(kind: Database) {
        let own = kind.filled();
        let store = open_patiently(&own.url, 1, PATIENCE);
        at_once(3, |runner| {
            wait_for(async {
                let claim = |n: i64| {
                    let (store, nonce) = (store.clone(), nonce(1_000 + n % 2, &format!("{runner}.{n}")));
                    // Two of three give up, some before they are entered and some when they are answered already.
                    let patience = if n % 3 == 0 { PATIENCE } else { Duration::from_micros(n.unsigned_abs() * 40) };
                    actix_web::rt::spawn(async move { (n, tokio::time::timeout(patience, store.claim(nonce)).await) })
                };
                let claiming: Vec<_> = (0..300).map(claim).collect();
                for one in claiming {
                    let (n, told) = one.await.unwrap();
                    assert!(n % 3 != 0 || told.is_ok_and(|told| told.unwrap().claim == Claim::Fresh), "{n}");
                }
            });
        });
    }
}

/// A commit may fail when all the statements before it went well; PostgreSQL says so last of all.
#[test]
fn a_batch_whose_commit_fails_is_refused_whole_and_nothing_of_it_is_in_the_log() {
    let own = Database::Postgres.filled();
    let store = open_patiently(&own.url, 1, PATIENCE);
    own.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$");
    own.execute(
        "CREATE CONSTRAINT TRIGGER refused AFTER INSERT ON nonces DEFERRABLE INITIALLY DEFERRED FOR EACH ROW \
         EXECUTE FUNCTION refuse()",
    );
    let nonces: Vec<_> = (0..20).map(|n| nonce(1_000 + n % 3, &n.to_string())).collect();
    are_all_unavailable(&claim_all(&store, &nonces));
    own.execute("DROP TRIGGER refused ON nonces");
    assert_eq!(own.lines("SELECT CAST(count(*) AS TEXT) AS line FROM nonces"), ["0"]);
    assert!(claim_all(&store, &nonces).into_iter().all(|claim| claim.unwrap() == Claim::Fresh));
    assert!(claim_all(&store, &nonces).into_iter().all(|claim| claim.unwrap() == Claim::Used));
}

/// Whatever the moment at which a connection ends: what was said to be fresh is never fresh again.
#[test]
fn connections_that_end_in_the_middle_of_batches_make_nothing_fresh_twice() {
    let own = Database::Postgres.filled();
    let stores: Vec<_> = (0..STORES).map(|_| open_patiently(&own.url, 1, PATIENCE)).collect();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                own.end_connections();
            }
        });
        let ending = Ending(&over);
        let told = at_once(4, |runner| {
            let claims =
                (0..60).map(|n| claim_in_the_end(&stores[runner % STORES], nonce(1_000 + n % 3, &n.to_string())));
            claims.collect::<Vec<_>>()
        });
        drop(ending);
        for n in 0..60 {
            let fresh = told.iter().filter(|claims| claims[n] == Claim::Fresh).count();
            // None at all: it was entered by a batch whose answer got lost.
            assert!(fresh <= 1, "{n}: {fresh}");
        }
    });
    for n in 0..60 {
        assert_eq!(claim_in_the_end(&stores[0], nonce(1_000 + n % 3, &n.to_string())), Claim::Used);
    }
}
