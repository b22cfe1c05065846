//! The generator: requests without pause, for as long as something else is tried.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};

use super::stage::{Ending, Stage, echo};
use crate::support::{Line, Tool};

/// How many ask, each over a connection of its own, and each at the next process.
const ASKING: usize = 2;

/// What the generator got answered so far.
#[derive(Default)]
pub struct Load {
    answered: AtomicUsize,
    over: AtomicBool,
}

impl Load {
    fn ask(&self, stage: &Stage, tool: &Tool, number: usize) {
        let service = &stage.services[number % stage.services.len()];
        let mut line = Line::default();
        while !self.over.load(Ordering::SeqCst) {
            line.send(&echo(tool, service)).expect(200);
            self.answered.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Tries something while a token that nobody takes away is used without pause; each of its requests is accepted, and
/// there are at least so many of them.
pub fn under_load(stage: &Stage, at_least: usize, attempt: impl FnOnce()) {
    let token = stage.forge.token("alice", "jenkins_a", "project-a/Technician");
    let tool = stage.forge.jenkins_a().with(&token);
    let load = Load::default();
    thread::scope(|scope| {
        for number in 0..ASKING {
            let (load, tool) = (&load, &tool);
            scope.spawn(move || load.ask(stage, tool, number));
        }
        let _ending = Ending(&load.over);
        attempt();
    });
    let answered = load.answered.into_inner();
    assert!(answered >= at_least, "there was hardly any load: {answered}");
}
