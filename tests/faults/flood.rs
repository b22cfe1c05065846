//! A flood of junk: strangers, bad signatures, headers without end. The memory of the process stays small.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use crate::{
    figures::Figures,
    stage::{ECHO, PUBLIC, Stage},
    support::{Call, Line, Service, Tool, on_each_database},
};

/// How many connections are open at once, each with a request under way.
const SENDING: usize = 256;
/// For how long.
const LASTS: Duration = Duration::from_secs(10);
/// What the process may take at most, ever, in kibibytes.
const MOST_KIBIBYTES: usize = 64 * 1024;

/// One piece of junk, of each kind in turn.
fn junk(tool: &Tool, number: usize) -> Call {
    let long = |length: usize| "x".repeat(length);
    let stranger = Tool::new(&tool.base, &format!("nobody-{number}"), "no secret");
    let call = |tool: &Tool| tool.request("GET", ECHO).signed_for(PUBLIC);
    match number % 7 {
        0 => call(&stranger.with(tool.token.as_ref().unwrap())).signed(),
        1 => call(tool).tampered("oauth_signature", Some("bm9uc2Vuc2U=")).signed(),
        2 => call(tool).header("X-Long", &long(15 * 1024)).signed(),
        3 => call(tool).header("X-Long", &long(60 * 1024)).signed(),
        4 => call(tool).form(&format!("a={}", long(250 * 1024))).tampered("oauth_signature", Some("eA==")).signed(),
        5 => call(tool).form(&format!("a={}", long(300 * 1024))).signed(),
        _ => stranger.ask(&format!("http://127.0.0.1:9/{}", long(10 * 1024))).signed_for(PUBLIC).signed(),
    }
}

/// The most memory that a process had at once, in kibibytes.
fn most_memory(service: &Service) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

on_each_database! {
    fn a_flood_of_junk_takes_little_memory_and_lets_the_others_through(kind: Database) {
        let stage = Stage::on(kind);
        let service = stage.serve();
        let tool = stage.jenkins_of_alice(&service, "Reporter");
        let good = stage.jenkins_of_alice(&service, "Technician");
        let before = most_memory(&service);
        let (over, sent, accepted) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for one in 0..SENDING {
                let (over, sent, accepted, tool) = (&over, &sent, &accepted, &tool);
                scope.spawn(move || {
                    let mut line = Line::default();
                    for number in (one..).step_by(SENDING) {
                        if over.load(Ordering::SeqCst) {
                            break;
                        }
                        let status = line.try_send(&junk(tool, number)).map(|answer| answer.status);
                        sent.fetch_add(1, Ordering::SeqCst);
                        accepted.fetch_add(usize::from(status == Some(200)), Ordering::SeqCst);
                    }
                });
            }
            thread::sleep(LASTS);
            // In the middle of it somebody with a good request is answered.
            good.request("GET", ECHO).signed_for(PUBLIC).send().expect(200);
            over.store(true, Ordering::SeqCst);
        });
        let most = most_memory(&service);
        Figures::of(format!("A flood of junk over {SENDING} connections, on {kind:?}"))
            .add("pieces of junk", sent.load(Ordering::SeqCst))
            .add("KiB of memory before it", before)
            .add("KiB at most", most)
            .print();
        assert!(most < MOST_KIBIBYTES, "{most} KiB");
        service.stop().expect(0);
    }
}
