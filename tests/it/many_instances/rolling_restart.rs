//! Instances are restarted one after the other while requests come without a pause.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{Cluster, ECHO, address, instance};
use crate::support::{Answer, Line, Tool};

/// So many requests of an instance show that it has its share again.
const SHARE: usize = 20;

/// The load: what is to end it, and how many requests each instance answered.
struct Load {
    over: AtomicBool,
    instances: Vec<(String, AtomicUsize)>,
}

/// Ends the load also where the test fails, so that nobody waits for it.
struct EndsWith<'a>(&'a Load);

impl Drop for EndsWith<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

impl Load {
    fn on(cluster: &Cluster) -> Self {
        let instances = cluster.instances.iter().map(|one| (address(one), AtomicUsize::new(0))).collect();
        Self { over: AtomicBool::new(false), instances }
    }

    /// Sends until it is over, on one connection after the other, and says how many were answered, and what was not 200.
    fn send(&self, tool: &Tool, kind: usize) -> (usize, Vec<Answer>) {
        let mut connection = Line::default();
        let (mut sent, mut refused) = (0, Vec::new());
        while !self.over.load(Ordering::SeqCst) {
            let request = match kind % 3 {
                0 => tool.request("GET", ECHO),
                1 => tool.request("POST", ECHO).form("a=b"),
                _ => tool.request("POST", ECHO).json(r#"{"a": "b"}"#),
            };
            let answer = connection.send(&request.signed());
            sent += 1;
            // The last of several that were tried.
            let took = instance(&answer);
            for (address, answered) in &self.instances {
                answered.fetch_add(usize::from(took.ends_with(address)), Ordering::SeqCst);
            }
            if answer.status != 200 {
                refused.push(answer);
            }
        }
        (sent, refused)
    }

    /// Waits until an instance has its share.
    #[track_caller]
    fn reaches(&self, number: usize) {
        let (answered, began) = (&self.instances[number].1, Instant::now());
        let before = answered.load(Ordering::SeqCst);
        while answered.load(Ordering::SeqCst) < before + SHARE {
            assert!(began.elapsed() < Duration::from_secs(30), "instance {number} is given nothing");
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}

#[test]
fn instances_are_restarted_in_turn_and_no_good_request_is_refused_or_lost() {
    let mut cluster = Cluster::new();
    let load = Load::on(&cluster);
    let tool = cluster.reporter();
    let (sent, refused) = thread::scope(|scope| {
        let sending: Vec<_> = (0..9)
            .map(|kind| {
                let (load, tool) = (&load, &tool);
                scope.spawn(move || load.send(tool, kind))
            })
            .collect();
        let ends = EndsWith(&load);
        for number in 0..3 {
            load.reaches(number);
        }
        for number in 0..3 {
            cluster.restart(number).expect(0);
            load.reaches(number);
        }
        drop(ends);
        let each = sending.into_iter().map(|one| one.join().unwrap());
        each.fold((0, Vec::new()), |(sent, refused), (more, others)| (sent + more, [refused, others].concat()))
    });
    let complaints = cluster.nginx.complaints();
    assert!(refused.is_empty(), "{} of {sent}: {:?}\n{complaints}", refused.len(), &refused[..refused.len().min(5)]);
    // Accepted once each: nothing was sent twice and nothing forgotten.
    let accepted = "SELECT CAST(sum(length(keys)) / 16 AS TEXT) AS line FROM nonces";
    assert_eq!(cluster.forge.database().lines(accepted), [sent.to_string()]);
    println!("{sent} requests, all accepted");
}
