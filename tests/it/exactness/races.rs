//! Races of equal requests: one of them is accepted, wherever it arrives.

use std::sync::Barrier;

use oauthprovider::clock;

use super::{
    load::under_load,
    stage::{Stage, echo_of, elsewhere},
};
use crate::support::{Call, Line, at_once, on_each_database};

const RACES: usize = 100;
const RUNNERS: usize = 32;

/// The requests that are raced with: every other one names a second of its own, which the ledger has to read first.
fn requests(stage: &Stage) -> Vec<Call> {
    let tool = stage.forge.jenkins_a_for_alice();
    let now = clock::now();
    let second = |race: i64| if race % 2 == 0 { now } else { now - race };
    (0..).map(|race| echo_of(&tool, &stage.services[0], second(race))).take(RACES).collect()
}

/// What every runner was answered in every race; `None` where there was no answer.
fn run(stage: &Stage, requests: &[Call]) -> Vec<Vec<Option<(u16, String)>>> {
    let start = Barrier::new(RUNNERS);
    at_once(RUNNERS, |runner| {
        let service = &stage.services[runner % stage.services.len()];
        let mut line = Line::default();
        let race = |request: &Call| {
            let own = elsewhere(request, service);
            start.wait();
            line.try_send(&own).map(|answer| answer.problem())
        };
        requests.iter().map(race).collect()
    })
}

fn of_each_one_is_accepted(stage: &Stage) {
    let requests = requests(stage);
    under_load(stage, RACES, || {
        let told = run(stage, &requests);
        for race in 0..RACES {
            let mut answers: Vec<_> = told.iter().map(|runner| runner[race].clone()).collect();
            answers.sort();
            let used = Some((401, "nonce_used".to_owned()));
            assert_eq!(answers[0], Some((200, String::new())), "race {race}: {answers:?}");
            assert!(answers[1..].iter().all(|answer| *answer == used), "race {race}: {answers:?}");
        }
    });
}

on_each_database! {
    fn of_100_races_of_32_equal_requests_each_has_one_winner(kind: Database) {
        of_each_one_is_accepted(&Stage::on(kind, 1));
    }

    fn and_so_it_is_where_two_processes_serve(kind: Database) {
        of_each_one_is_accepted(&Stage::on(kind, 2));
    }
}
