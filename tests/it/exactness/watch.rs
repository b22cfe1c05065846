//! Those who watch a token while its rights come and go: they ask all the while, so that some of their requests are under
//! way at the very moment of a change; and many more ask when it was answered.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use super::stage::{Stage, echo, verdict};
use crate::support::{Line, Tool, at_once};

/// How many ask at each process when a change was answered.
const ASKING: usize = 3;

/// What is known of a token from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A change is under way; nothing can be said.
    Changing,
    Good,
    Taken,
}

/// A token that is watched.
pub struct Watch<'a> {
    stage: &'a Stage,
    /// What its requests are answered when the rights are taken away.
    refusal: (u16, String),
    /// The tool that holds it now, what is known of it, and how often that changed.
    now: Mutex<(Tool, State, usize)>,
    lines: Vec<Mutex<Line>>,
    over: AtomicBool,
}

impl Watch<'_> {
    fn become_(&self, tool: Option<&Tool>, state: State) {
        let mut now = self.now.lock().unwrap();
        if let Some(tool) = tool {
            now.0 = tool.clone();
        }
        now.1 = state;
        now.2 += 1;
    }

    /// From here on nothing can be said: a change begins.
    pub fn changes(&self) {
        self.become_(None, State::Changing);
    }

    /// The change was answered: this tool's requests are good, at every process.
    #[track_caller]
    pub fn is_good(&self, tool: &Tool) {
        self.become_(Some(tool), State::Good);
        self.all_are(tool, &(200, String::new()));
    }

    /// The change was answered: its requests are refused, at every process.
    #[track_caller]
    pub fn is_taken(&self) {
        self.become_(None, State::Taken);
        let tool = self.now.lock().unwrap().0.clone();
        self.all_are(&tool, &self.refusal);
    }

    #[track_caller]
    fn all_are(&self, tool: &Tool, expected: &(u16, String)) {
        let services = &self.stage.services;
        let calls: Vec<_> = (0..self.lines.len()).map(|one| echo(tool, &services[one % services.len()])).collect();
        let answers = at_once(calls.len(), |one| verdict(&self.lines[one].lock().unwrap().send(&calls[one])));
        assert!(answers.iter().all(|answer| answer == expected), "not {expected:?}: {answers:?}");
    }

    /// Asks until it is over; an answer counts when nothing changed from before the question until after it.
    fn ask(&self, number: usize) {
        let service = &self.stage.services[number];
        let mut line = Line::default();
        while !self.over.load(Ordering::SeqCst) {
            let (tool, state, changes) = self.now.lock().unwrap().clone();
            let answer = verdict(&line.send(&echo(&tool, service)));
            if self.now.lock().unwrap().2 == changes {
                match state {
                    State::Changing => {}
                    State::Good => assert_eq!(answer, (200, String::new())),
                    State::Taken => assert_eq!(answer, self.refusal),
                }
            }
        }
    }
}

struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Watches a tool's token at every process while its rights come and go.
pub fn watched(stage: &Stage, tool: &Tool, (status, code): (u16, &str), changes: impl FnOnce(&Watch<'_>)) {
    let watch = Watch {
        stage,
        refusal: (status, code.to_owned()),
        now: Mutex::new((tool.clone(), State::Changing, 0)),
        lines: (0..ASKING * stage.services.len()).map(|_| Mutex::default()).collect(),
        over: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        for number in 0..stage.services.len() {
            let watch = &watch;
            scope.spawn(move || watch.ask(number));
        }
        let _ending = Ending(&watch.over);
        changes(&watch);
    });
}
