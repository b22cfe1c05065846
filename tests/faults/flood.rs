//! Floods: of junk, of large bodies. The memory of the process stays small, and the others are let through.

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

/// One of a kind, of many.
type Piece = fn(&Tool, usize) -> Call;

/// Strangers, bad signatures, and more in the head than fits.
const JUNK: [Piece; 5] = [
    |tool, number| echo(&stranger(tool, number).with(tool.token.as_ref().unwrap())),
    |tool, _| badly_signed(tool),
    |tool, _| badly_signed(tool).header("X-Long", &long(15)),
    |tool, _| echo(tool).header("X-Long", &long(60)),
    |tool, number| {
        let callback = format!("http://127.0.0.1:9/{}", long(10));
        stranger(tool, number).ask(&callback).signed_for(PUBLIC).signed()
    },
];

/// Forms with a bad signature that are as large as may be, and larger ones.
const LARGE_BODIES: [Piece; 2] = [
    |tool, _| {
        let request = tool.request("GET", ECHO).signed_for(PUBLIC).form(&format!("a={}", long(250)));
        request.tampered("oauth_signature", Some("eA==")).signed()
    },
    |tool, _| tool.request("GET", ECHO).signed_for(PUBLIC).form(&format!("a={}", long(300))).signed(),
];

fn long(kibibytes: usize) -> String {
    "x".repeat(kibibytes * 1024)
}

fn stranger(tool: &Tool, number: usize) -> Tool {
    Tool::new(&tool.base, &format!("nobody-{number}"), "no secret")
}

fn echo(tool: &Tool) -> Call {
    tool.request("GET", ECHO).signed_for(PUBLIC).signed()
}

fn badly_signed(tool: &Tool) -> Call {
    tool.request("GET", ECHO).signed_for(PUBLIC).tampered("oauth_signature", Some("bm9uc2Vuc2U=")).signed()
}

/// The most memory that a process had at once, in kibibytes.
fn most_memory(service: &Service) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.process())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Sends these, each kind in turn, and has a good request answered in the midst of them. Gives the most memory that the service
/// had, in kibibytes.
fn most_memory_under(pieces: &[Piece], name: &str, stage: &Stage, kind: &str) -> usize {
    let service = stage.serve();
    let tool = stage.jenkins_of_alice(&service, "Reporter");
    let good = stage.jenkins_of_alice(&service, "Technician");
    let before = most_memory(&service);
    let (over, sent) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for one in 0..SENDING {
            let (over, sent, tool) = (&over, &sent, &tool);
            scope.spawn(move || {
                let mut line = Line::default();
                for (number, piece) in pieces.iter().cycle().skip(one % pieces.len()).enumerate() {
                    if over.load(Ordering::SeqCst) {
                        break;
                    }
                    let status = line.try_send(&piece(tool, number * SENDING + one)).map(|answer| answer.status);
                    assert_ne!(status, Some(200));
                    sent.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        thread::sleep(LASTS);
        good.request("GET", ECHO).signed_for(PUBLIC).send().expect(200);
        over.store(true, Ordering::SeqCst);
    });
    let most = most_memory(&service);
    Figures::of(format!("A flood of {name} over {SENDING} connections, on {kind}"))
        .add("pieces", sent.load(Ordering::SeqCst))
        .add("KiB of memory before it", before)
        .add("KiB at most", most)
        .print();
    service.stop().expect(0);
    most
}

on_each_database! {
    fn a_flood_of_junk_takes_little_memory_and_lets_the_others_through(kind: Database) {
        let most = most_memory_under(&JUNK, "junk", &Stage::on(kind), &format!("{kind:?}"));
        assert!(most < 64 * 1024, "{most} KiB");
    }

    /// The server reads ahead of each connection that sends one, whatever is let in.
    fn a_flood_of_large_bodies_takes_no_more_than_that_many_connections_may(kind: Database) {
        let most = most_memory_under(&LARGE_BODIES, "large bodies", &Stage::on(kind), &format!("{kind:?}"));
        assert!(most < 192 * 1024, "{most} KiB");
    }
}
