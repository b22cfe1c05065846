//! The clock stepped forward and back by an hour, under the feet of a running service.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    books,
    figures::Figures,
    stage::{ECHO, PUBLIC, Stage},
    support::{Call, Line, Program, Service, Tool, on_each_database},
};

const HOUR: i64 = 3600;
/// How many requests are sent at each time.
const REQUESTS: usize = 50;
/// How long it may take until a clock that is right again is believed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A clock that a program is given in place of the system's, which goes on from wherever it is set.
struct Clock {
    folder: TempDir,
}

impl Clock {
    fn new() -> Self {
        let clock = Self { folder: tempfile::tempdir().unwrap() };
        clock.set(0);
        clock
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("offset")
    }

    /// So many seconds from the true time, from now on.
    fn set(&self, seconds: i64) {
        // In one step: whoever reads it meanwhile reads the old one.
        let new = self.folder.path().join("new");
        fs::write(&new, format!("{seconds:+}")).unwrap();
        fs::rename(new, self.file()).unwrap();
    }

    /// The program under this clock. Its time-outs are under the true one, as those of a machine whose clock is set are.
    fn over(&self, program: Program) -> Program {
        let library = "/usr/$LIB/faketime/libfaketime.so.1";
        program
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", self.file().to_str().unwrap())
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
    }
}

/// What came of requests that name the service's own time.
#[derive(Default)]
struct Sent {
    accepted: Vec<Call>,
    /// Of a second whose nonces were removed already, when the clock was ahead: nobody can say that they are no replays.
    refused: usize,
}

impl Sent {
    /// Sends some at this distance from the true time, and goes on until one is accepted where `until_accepted`.
    fn send(&mut self, tool: &Tool, service: &Service, offset: i64, until_accepted: bool) {
        let (mut line, tool, began) = (Line::default(), tool.at(&service.base), Instant::now());
        let (mut sent, before) = (0, self.accepted.len());
        while sent < REQUESTS || until_accepted && self.accepted.len() == before {
            assert!(began.elapsed() < PATIENCE, "nothing is accepted at {offset:+} seconds");
            let second = oauthprovider::clock::now() + offset;
            let call = tool.request("GET", ECHO).timestamp(second).signed_for(PUBLIC).signed();
            match line.send(&call).problem() {
                (200, _) => self.accepted.push(call),
                (401, code) if code == "timestamp_refused" => self.refused += 1,
                other => panic!("{other:?}"),
            }
            sent += 1;
        }
    }
}

/// Who sends the true time while the service's is another is told which it would accept.
fn is_told_the_time(tool: &Tool, service: &Service, offset: i64) {
    let answer = tool.at(&service.base).request("GET", ECHO).signed_for(PUBLIC).send();
    let answer = answer.expect_problem(401, "timestamp_refused");
    let acceptable = answer.field("oauth_acceptable_timestamps").unwrap();
    let (earliest, latest) = acceptable.split_once('-').unwrap();
    let there = oauthprovider::clock::now() + offset;
    assert!((earliest.parse().unwrap()..=latest.parse().unwrap()).contains(&there), "{acceptable}");
}

on_each_database! {
    fn a_clock_that_is_stepped_by_an_hour_makes_no_request_good_twice(kind: Database) {
        let (stage, clock) = (Stage::on(kind), Clock::new());
        let program = stage.serving().env("OAUTHPROVIDER_OAUTH_SWEEP_SECONDS", "1");
        let service = clock.over(program).serve();
        let tool = stage.jenkins_of_alice(&service, "Reporter");
        let mut sent = Sent::default();
        for offset in [0, HOUR, 0, -HOUR, 0, HOUR, -HOUR, 0] {
            clock.set(offset);
            if offset != 0 {
                is_told_the_time(&tool, &service, offset);
            }
            // Behind what it swept when its clock was right, it fails safe.
            sent.send(&tool, &service, offset, offset >= 0);
            assert_eq!(books::accepted_again(&sent.accepted, &service), 0, "at {offset:+} seconds");
        }
        let again = books::accepted_again(&sent.accepted, &service);
        Figures::of(format!("The clock stepped by an hour, on {kind:?}"))
            .add("requests accepted", sent.accepted.len())
            .add("refused, because their seconds were swept", sent.refused)
            .add("accepted again at any of these times", again)
            .print();
        service.stop().expect(0);
    }
}
