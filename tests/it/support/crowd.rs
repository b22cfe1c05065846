//! Many at once: each on a thread of its own, let go at the same moment.

use std::{sync::Barrier, thread};

/// Does `act` so many times at once, and gives what came of each, in order.
pub fn at_once<T: Send>(count: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(count);
    thread::scope(|scope| {
        let (start, act) = (&start, &act);
        let doing = |number| {
            scope.spawn(move || {
                start.wait();
                act(number)
            })
        };
        let threads: Vec<_> = (0..count).map(doing).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
