//! SIGKILL in the middle of batches: what was answered is in the log.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use super::stage::{Stage, echo, elsewhere, serve};
use crate::support::{Call, Line, Service, Tool, at_once, on_each_database};

const ROUNDS: usize = 5;

/// How often where another process is left: that one has not to be started again.
const ROUNDS_OF_TWO: usize = 2;

/// How many send at once.
const SENDING: usize = 6;

/// So many are accepted, at least, before the process is killed.
const ENOUGH: usize = 60;

/// What was sent: accepted, or without an answer.
#[derive(Default)]
struct Sent {
    accepted: Vec<Call>,
    unanswered: Vec<Call>,
}

/// Sends without pause, from several at once, until the service is killed in the middle of it.
fn send_until_killed(service: &Service, tool: &Tool, enough: usize) -> Sent {
    let accepted = AtomicUsize::new(0);
    let send = || {
        let (mut line, mut sent) = (Line::default(), Sent::default());
        loop {
            let call = echo(tool, service);
            let Some(answer) = line.try_send(&call) else {
                sent.unanswered.push(call);
                return sent;
            };
            answer.expect(200);
            sent.accepted.push(call);
            accepted.fetch_add(1, Ordering::SeqCst);
        }
    };
    thread::scope(|scope| {
        let sending: Vec<_> = (0..SENDING).map(|_| scope.spawn(send)).collect();
        while accepted.load(Ordering::SeqCst) < enough && !sending.iter().any(|one| one.is_finished()) {
            thread::yield_now();
        }
        service.kill();
        let sent = sending.into_iter().map(|one| one.join().unwrap());
        sent.reduce(|mut all, one| {
            all.accepted.extend(one.accepted);
            all.unanswered.extend(one.unanswered);
            all
        })
        .unwrap()
    })
}

/// What each of these is answered here, in order.
fn send_again(calls: &[Call], service: &Service) -> Vec<(u16, String)> {
    let answers = at_once(SENDING, |one| {
        let mut line = Line::default();
        let own = calls.iter().enumerate().filter(|(index, _)| index % SENDING == one);
        own.map(|(index, call)| (index, line.send(&elsewhere(call, service)).problem())).collect::<Vec<_>>()
    });
    let mut answers: Vec<_> = answers.into_iter().flatten().collect();
    answers.sort();
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[track_caller]
fn are_all_refused(answers: &[(u16, String)]) {
    let refused = |answer: &&(u16, String)| **answer == (401, "nonce_used".to_owned());
    assert_eq!(answers.iter().filter(refused).count(), answers.len(), "{answers:?}");
}

on_each_database! {
    fn what_was_accepted_before_sigkill_is_refused_after_it(kind: Database) {
        let Stage { forge, mut services } = Stage::on(kind, 1);
        let tool = forge.jenkins_a_for_alice();
        let mut accepted = Vec::new();
        let mut service = services.remove(0);
        for round in 0..ROUNDS {
            // A few more each time, so that it is hit elsewhere.
            let sent = send_until_killed(&service, &tool, ENOUGH + 7 * round);
            assert!(sent.accepted.len() >= ENOUGH, "it ended by itself");
            service = serve(&forge);
            are_all_refused(&send_again(&sent.accepted, &service));
            // Whoever got no answer may try again; nobody knows whether it was accepted before, but then it was.
            send_again(&sent.unanswered, &service);
            are_all_refused(&send_again(&sent.unanswered, &service));
            accepted.extend(sent.accepted);
        }
        are_all_refused(&send_again(&accepted, &service));
    }

    fn and_at_the_process_that_is_left(kind: Database) {
        let Stage { forge, mut services } = Stage::on(kind, 2);
        let tool = forge.jenkins_a_for_alice();
        for round in 0..ROUNDS_OF_TWO {
            let left = &services[1];
            // It knows the seconds that are named, and not what the other writes.
            Line::default().send(&echo(&tool, left)).expect(200);
            let sent = send_until_killed(&services[0], &tool, ENOUGH + 7 * round);
            are_all_refused(&send_again(&sent.accepted, left));
            send_again(&sent.unanswered, left);
            are_all_refused(&send_again(&sent.unanswered, left));
            services[0] = serve(&forge);
        }
    }
}
