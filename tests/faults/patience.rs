//! Tools that go on through an outage: refused with 503 they wait and ask again, as `Retry-After` tells them.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    books::{self, LOSSES, Losses},
    figures::Figures,
    stage::{ECHO, PUBLIC},
    support::{Answer, Call, Line, Service, Tool},
};

/// How many ask at once.
const ASKING: usize = 4;
/// How long anything may take to be noticed or to be over.
const LIMIT: Duration = Duration::from_secs(60);

/// What they were answered so far.
#[derive(Default)]
pub struct Patience {
    answered: AtomicUsize,
    put_off: AtomicUsize,
    over: AtomicBool,
}

/// What they sent.
#[derive(Default)]
pub struct Sent {
    pub accepted: Vec<Call>,
    /// Answered 503: nothing can be said of these.
    pub put_off: Vec<Call>,
}

impl Sent {
    /// Makes sure that nothing that was accepted is accepted again, and that what was put off counts at most once.
    #[track_caller]
    pub fn report(&self, title: &str, service: &Service) {
        let mut losses = Losses { accepted_again: books::accepted_again(&self.accepted, service), ..Losses::default() };
        books::send_unclear(&self.put_off, service);
        losses.accepted_again += books::accepted_again(&self.put_off, service);
        Figures::of(title)
            .add("requests accepted", self.accepted.len())
            .add("requests answered 503 with Retry-After", self.put_off.len())
            .add(LOSSES, losses.line())
            .print();
        assert_eq!(losses, Losses::default());
    }
}

impl Patience {
    /// Asks without pause while something is done.
    pub fn asks_while(tool: &Tool, meanwhile: impl FnOnce(&Self)) -> Sent {
        let patience = Self::default();
        thread::scope(|scope| {
            let asking: Vec<_> = (0..ASKING).map(|_| scope.spawn(|| patience.ask(tool))).collect();
            {
                let _over = Over(&patience.over);
                meanwhile(&patience);
            }
            asking.into_iter().map(|one| one.join().unwrap()).fold(Sent::default(), |mut all, one| {
                all.accepted.extend(one.accepted);
                all.put_off.extend(one.put_off);
                all
            })
        })
    }

    fn ask(&self, tool: &Tool) -> Sent {
        let (mut line, mut sent) = (Line::default(), Sent::default());
        while !self.over.load(Ordering::SeqCst) {
            let call = tool.request("GET", ECHO).signed_for(PUBLIC).signed();
            let answer = line.try_send(&call).expect("the service answers whatever becomes of its database");
            match answer.status {
                200 => {
                    self.answered.fetch_add(1, Ordering::SeqCst);
                    sent.accepted.push(call);
                }
                503 => {
                    says_when_to_come_back(&answer);
                    self.put_off.fetch_add(1, Ordering::SeqCst);
                    sent.put_off.push(call);
                }
                _ => panic!("{} {}", answer.status, answer.text()),
            }
        }
        sent
    }

    /// Waits until so many more are answered 200.
    #[track_caller]
    pub fn until_answered(&self, more: usize) {
        wait_for_more(&self.answered, more, "nobody is answered 200");
    }

    /// Waits until so many more are answered 503.
    #[track_caller]
    pub fn until_put_off(&self, more: usize) {
        wait_for_more(&self.put_off, more, "nobody is answered 503");
    }
}

#[track_caller]
fn wait_for_more(count: &AtomicUsize, more: usize, complaint: &str) {
    let (began, enough) = (Instant::now(), count.load(Ordering::SeqCst) + more);
    while count.load(Ordering::SeqCst) < enough {
        assert!(began.elapsed() < LIMIT, "{complaint}");
        thread::park_timeout(Duration::from_millis(5));
    }
}

/// Makes sure that somebody who is put off is told when to come back.
#[track_caller]
pub fn says_when_to_come_back(answer: &Answer) {
    let seconds = answer.header("Retry-After").and_then(|text| text.parse::<u32>().ok());
    assert!(seconds.is_some_and(|seconds| (1..=60).contains(&seconds)), "{:?}", answer.headers);
}

/// Says that it is over, however what was tried ends.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
