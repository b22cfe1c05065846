//! Whoever claims: two crowds for each instance, one of which waits while the other one's batch is being committed, as
//! it is in a service that is busy.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use oauthprovider::store::{Claim, Nonce, Store};
use tokio::{runtime, task::JoinSet};

use crate::beside::Beside;

/// What was done in a time.
pub struct Measured {
    time: Duration,
    batches: usize,
    nonces: usize,
}

impl Measured {
    pub fn nonces_of_a_batch(&self) -> f64 {
        self.nonces as f64 / self.batches as f64
    }

    /// From one commit to the next.
    pub fn batch_micros(&self) -> f64 {
        self.time.as_secs_f64() * 1e6 / self.batches as f64
    }
}

/// Lets each instance have two crowds of `size` for this time; each has its own thread, as a worker has.
pub fn claim_for(time: Duration, stores: &[Store], size: usize, second: i64, beside: &mut Beside) -> Measured {
    let began = Instant::now();
    thread::scope(|scope| {
        for store in stores {
            scope.spawn(move || {
                on_one_thread(async {
                    tokio::join!(claim_until(began + time, store, size, second), async {
                        // Not at once with the other crowd, for then both would be one batch.
                        tokio::time::sleep(Duration::from_millis(2)).await;
                        claim_until(began + time, store, size, second).await;
                    });
                });
            });
        }
    });
    let time = began.elapsed();
    let (batches, nonces) = beside.written(second);
    Measured { time, batches, nonces }
}

/// Claims so many nonces of a second at once.
pub fn claim_once(store: &Store, second: i64, count: usize) {
    on_one_thread(claim_all(store, second, count));
}

async fn claim_until(end: Instant, store: &Store, size: usize, second: i64) {
    while Instant::now() < end {
        claim_all(store, second, size).await;
    }
}

async fn claim_all(store: &Store, second: i64, count: usize) {
    static CLAIMED: AtomicUsize = AtomicUsize::new(0);
    let mut claims = JoinSet::new();
    for _ in 0..count {
        let nonce = CLAIMED.fetch_add(1, Ordering::Relaxed).to_string();
        let (store, nonce) = (store.clone(), Nonce::new("consumer", "token", second, &nonce));
        claims.spawn(async move { store.claim(nonce).await });
    }
    while let Some(entry) = claims.join_next().await {
        assert_eq!(entry.unwrap().unwrap().claim, Claim::Fresh);
    }
}

fn on_one_thread(work: impl Future<Output = ()>) {
    runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work);
}
