//! How long nonces are remembered. These tests travel in time, below HTTP, and always forward from the present, so that
//! the running service's own sweeping finds nothing.

use oauthprovider::{
    clock,
    oauth1::Problem,
    provider::{self, policy, sweep},
    store::{Claim, Nonce},
};

use crate::support::{Forge, Tool, on_both_databases, wait_for};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// What becomes of a request of this nonce and timestamp when the clock says `now`.
fn try_at(forge: &Forge, tool: &Tool, (nonce, timestamp): (&str, i64), now: i64) -> Result<(), Problem> {
    let request = tool.request("GET", ECHO).nonce(nonce).timestamp(timestamp).signed().read();
    match forge.authenticate(&request, now) {
        Ok(_) => Ok(()),
        Err(provider::Error::Problem(problem)) => Err(problem),
        Err(other) => panic!("{other}"),
    }
}

/// Claims one nonce in each of these seconds, all of them fresh.
fn claim_in(forge: &Forge, seconds: impl Iterator<Item = i64>) {
    wait_for(async {
        for second in seconds {
            let entry = forge.store().claim(Nonce::new("jenkins_a", "", second, "n")).await.unwrap();
            assert_eq!(entry.claim, Claim::Fresh);
        }
    });
}

/// Sweeps as the service does, and says how many rows each transaction removed.
fn sweep_at(forge: &Forge, now: i64) -> Vec<usize> {
    let batch = || forge.store().blocking(|conn| sweep::batch(conn, now)).unwrap();
    std::iter::repeat_with(batch).take_while(|&rows| rows > 0).collect()
}

mod pitfall_16_retention {
    use super::*;

    on_both_databases! {
        fn covers_both_halves_of_the_window(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let start = clock::now() + 1_000;
            // The newest that is accepted now is the last to become too old.
            for timestamp in [start - 300, start, start + 300] {
                try_at(&forge, &jenkins, ("n", timestamp), start).unwrap();
            }
            let mut swept = 0;
            for now in (start..start + 600).step_by(50).chain([start + 600]) {
                swept += sweep_at(&forge, now).iter().sum::<usize>();
                for timestamp in [start - 300, start, start + 300] {
                    let refused = try_at(&forge, &jenkins, ("n", timestamp), now).unwrap_err();
                    let is_old = timestamp < now - 300;
                    assert_eq!(refused == Problem::NonceUsed, !is_old, "{timestamp} at {now}: {refused}");
                }
            }
            assert_eq!(swept + sweep_at(&forge, start + 100_000).iter().sum::<usize>(), 3);
        }

        fn a_clock_that_steps_back_makes_nothing_good_again(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let start = clock::now() + 1_000;
            try_at(&forge, &jenkins, ("n", start), start).unwrap();
            // The clock runs ahead, what looks old is swept, and the clock is set right.
            assert_eq!(sweep_at(&forge, start + 100_000), [1]);
            let refused = try_at(&forge, &jenkins, ("n", start), start + 1).unwrap_err();
            assert!(matches!(refused, Problem::TimestampRefused { .. } | Problem::NonceUsed), "{refused}");
            // Whoever comes new is served all the same.
            try_at(&forge, &jenkins, ("n", start + 1), start + 1).unwrap();
            assert_eq!(try_at(&forge, &jenkins, ("n", start + 1), start + 1), Err(Problem::NonceUsed));
        }

        fn a_clock_that_ran_ahead_locks_nobody_out(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let start = clock::now() + 1_000;
            assert_eq!(sweep_at(&forge, start + 1_000_000), [0; 0]);
            try_at(&forge, &jenkins, ("n", start), start).unwrap();
            assert_eq!(try_at(&forge, &jenkins, ("n", start), start), Err(Problem::NonceUsed));
        }

        fn is_swept_in_batches(forge: Forge) {
            let start = clock::now() + 1_000;
            let rows = 2 * policy::SWEEP_BATCH + 500;
            claim_in(&forge, start..start + rows);
            let swept = sweep_at(&forge, start + 1_000_000);
            assert_eq!(swept.iter().sum::<usize>() as i64, rows);
            assert!(swept.iter().all(|&batch| batch as i64 <= policy::SWEEP_BATCH + 1), "{swept:?}");
        }

        fn the_table_does_not_grow_under_a_steady_load(forge: Forge) {
            let start = clock::now() + 1_000;
            let mut kept = Vec::new();
            let mut rows = 0;
            for round in 0..60 {
                let now = start + 60 * round;
                claim_in(&forge, now - 59..=now);
                rows += 60;
                rows -= sweep_at(&forge, now).iter().sum::<usize>();
                kept.push(rows);
            }
            // One row a second, kept for half the window and the margin, and up to a round more.
            let bound = usize::try_from(policy::TIMESTAMP_WINDOW_SECONDS + policy::NONCE_MARGIN_SECONDS + 61).unwrap();
            assert!(kept.iter().all(|&rows| rows <= bound), "{kept:?}");
            assert_eq!(kept[20..40], kept[40..60]);
        }
    }
}
