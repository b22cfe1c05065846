//! Those who watch a token while its rights come and go: they ask without pause while a change is under way, so that some
//! of their requests straddle it; and several more ask at once when it was answered.

use std::{
    sync::{Condvar, Mutex},
    thread,
};

use super::stage::{Stage, echo, verdict};
use crate::support::{Line, Tool, at_once};

/// How many ask at each process when something was taken away.
const ASKING: usize = 2;

/// What is known of a token from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A change is under way; nothing can be said.
    Changing,
    Good,
    Taken,
    /// Nobody asks any more.
    Over,
}

/// A token as it is known, and how often that changed.
#[derive(Clone)]
struct Known {
    tool: Tool,
    state: State,
    changes: usize,
}

/// A token that is watched.
pub struct Watch<'a> {
    stage: &'a Stage,
    /// What its requests are answered when the rights are taken away.
    refusal: (u16, String),
    known: Mutex<Known>,
    changed: Condvar,
    lines: Vec<Mutex<Line>>,
}

impl Watch<'_> {
    /// From here on nothing can be said: a change begins.
    pub fn changes(&self) {
        self.is(State::Changing, None);
    }

    /// The change was answered: this tool's requests are good, at every process.
    #[track_caller]
    pub fn is_good(&self, tool: &Tool) {
        self.is(State::Good, Some(tool));
        self.all_are(1, &(200, String::new()));
    }

    /// The change was answered: its requests are refused, at every process.
    #[track_caller]
    pub fn is_taken(&self) {
        self.is(State::Taken, None);
        self.all_are(ASKING, &self.refusal);
    }

    fn is(&self, state: State, tool: Option<&Tool>) {
        let mut known = self.known.lock().unwrap();
        known.tool = tool.unwrap_or(&known.tool).clone();
        known.state = state;
        known.changes += 1;
        self.changed.notify_all();
    }

    #[track_caller]
    fn all_are(&self, asking: usize, expected: &(u16, String)) {
        let (tool, services) = (self.known.lock().unwrap().tool.clone(), &self.stage.services);
        let answers = at_once(asking * services.len(), |one| {
            let call = echo(&tool, &services[one % services.len()]);
            verdict(&self.lines[one].lock().unwrap().send(&call))
        });
        assert!(answers.iter().all(|answer| answer == expected), "not {expected:?}: {answers:?}");
    }

    /// Asks while something changes, now here and now there, and once when it has; an answer counts when nothing changed from before the question
    /// until after it.
    fn ask(&self) {
        let services = &self.stage.services;
        let mut lines: Vec<_> = services.iter().map(|service| (service, Line::default())).collect();
        let mut asked = None;
        for turn in 0.. {
            let (service, line) = &mut lines[turn % services.len()];
            let asked_already = |known: &mut Known| known.state != State::Changing && Some(known.changes) == asked;
            let known = self.changed.wait_while(self.known.lock().unwrap(), asked_already).unwrap().clone();
            if known.state == State::Over {
                return;
            }
            let answer = verdict(&line.send(&echo(&known.tool, service)));
            asked = Some(known.changes);
            if self.known.lock().unwrap().changes == known.changes {
                match known.state {
                    State::Changing | State::Over => {}
                    State::Good => assert_eq!(answer, (200, String::new())),
                    State::Taken => assert_eq!(answer, self.refusal),
                }
            }
        }
    }
}

/// Lets those who watch go, whatever became of the changes.
struct Ending<'a, 'b>(&'a Watch<'b>);

impl Drop for Ending<'_, '_> {
    fn drop(&mut self) {
        self.0.is(State::Over, None);
    }
}

/// Watches a tool's token at every process while its rights come and go.
pub fn watched(stage: &Stage, tool: &Tool, (status, code): (u16, &str), changes: impl FnOnce(&Watch<'_>)) {
    let watch = Watch {
        stage,
        refusal: (status, code.to_owned()),
        known: Mutex::new(Known { tool: tool.clone(), state: State::Changing, changes: 0 }),
        changed: Condvar::new(),
        lines: (0..ASKING * stage.services.len()).map(|_| Mutex::default()).collect(),
    };
    thread::scope(|scope| {
        scope.spawn(|| watch.ask());
        let _ending = Ending(&watch);
        changes(&watch);
    });
}
