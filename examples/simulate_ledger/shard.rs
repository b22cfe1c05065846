//! One shard: its row, the instances that take turns on it, and the facts that they remember.
//!
//! A request finds its facts remembered, or has them loaded; then it waits for the batch of its instance; the batch
//! waits for the row, holds it until the commit, and learns the epoch. Whoever was judged by older facts has them
//! loaded and is judged again. Requests of one instance for the same facts wait for one load. It is what `store/ledger`,
//! `provider/verify.rs` and `provider/memory.rs` do; what an instance's own processor takes is not in it.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

use fastrand::Rng;

use crate::{
    popularity::Popularity,
    settings::Settings,
    stage::{Event, Instance, Load, Request, Time, Turn},
    waits::Waits,
};

/// What comes before this is not counted: the batches find their size.
const WARM_UP: Time = 100_000_000;

/// So long after the last that is counted has come, all of them must be answered.
const GRACE: Time = 150_000_000;

/// What is asked of one shard.
pub struct Demand<'a> {
    pub consumers: &'a Popularity,
    pub requests_a_second: f64,
    pub moves_a_second: f64,
    pub instances: usize,
}

/// What happened on one shard.
pub struct Run {
    pub waits: Waits,
    pub batches: usize,
    pub nonces: usize,
    loads: usize,
    held: Time,
    lasted: Time,
}

impl Run {
    /// For how much of the time the row was held.
    pub fn row_held(&self) -> f64 {
        self.held as f64 / self.lasted as f64
    }

    /// How often a second facts were loaded.
    pub fn loads_a_second(&self) -> f64 {
        self.loads as f64 * 1e9 / self.lasted as f64
    }
}

struct Shard<'a> {
    settings: &'a Settings,
    demand: &'a Demand<'a>,
    random: Rng,
    now: Time,
    /// What happens when; of what happens at once, the first that was planned.
    events: BinaryHeap<Reverse<(Time, usize, Event)>>,
    planned: usize,
    instances: Vec<Instance>,
    epoch: u32,
    row: VecDeque<Turn>,
    /// All that were ever loaded; who waits for the database, and how many it answers now.
    loads: Vec<Load>,
    loading: usize,
    next_load: usize,
    run: Run,
}

/// Lets it run. The same seed makes the same requests.
pub fn simulate(settings: &Settings, demand: &Demand<'_>, seed: u64) -> Run {
    let end = WARM_UP + settings.counted as Time;
    let lasted = end + GRACE;
    let run = Run { waits: Waits::new(), batches: 0, nonces: 0, loads: 0, held: 0, lasted };
    let tokens = demand.consumers.count() * settings.tokens_of_each;
    let instance = || Instance { facts: vec![1; tokens], newest: 1, ..Instance::default() };
    let mut shard = Shard {
        settings,
        demand,
        random: Rng::with_seed(seed),
        now: 0,
        events: BinaryHeap::new(),
        planned: 0,
        instances: (0..demand.instances).map(|_| instance()).collect(),
        epoch: 1,
        row: VecDeque::new(),
        loads: Vec::new(),
        loading: 0,
        next_load: 0,
        run,
    };
    shard.plan_change();
    let mut comes = shard.gap(demand.requests_a_second);
    let mut counted = 0;
    loop {
        let next = shard.events.peek().map_or(Time::MAX, |Reverse((time, _, _))| *time);
        if comes.min(next) >= lasted {
            break;
        }
        if comes <= next {
            shard.now = comes;
            counted += usize::from((WARM_UP..end).contains(&comes));
            shard.comes();
            comes += shard.gap(demand.requests_a_second);
        } else if let Some(Reverse((time, _, event))) = shard.events.pop() {
            shard.now = time;
            shard.happens(event);
        }
    }
    shard.run.waits.unanswered = counted - shard.run.waits.counted();
    shard.run
}

impl Shard<'_> {
    /// From one to the next of what happens so often a second, by chance.
    fn gap(&mut self, a_second: f64) -> Time {
        (-(1.0 - self.random.f64()).ln() * 1e9 / a_second) as Time
    }

    fn plan(&mut self, after: f64, event: Event) {
        self.planned += 1;
        self.events.push(Reverse((self.now + after as Time, self.planned, event)));
    }

    fn plan_change(&mut self) {
        if self.demand.moves_a_second > 0.0 {
            let gap = self.gap(self.demand.moves_a_second);
            self.plan(gap as f64, Event::Changes);
        }
    }

    fn comes(&mut self) {
        let consumer = self.demand.consumers.draw(&mut self.random);
        let token = consumer * self.settings.tokens_of_each + self.random.usize(..self.settings.tokens_of_each);
        let at = self.random.usize(..self.instances.len());
        let needed = self.instances[at].newest;
        self.ask(Request { came: self.now, token, epoch: 0, needed, is_new: false, at, is_entered: false });
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Changes => {
                self.reach(Turn::Change);
                self.plan_change();
            }
            Event::Reaches(turn) => self.reach(turn),
            Event::Leaves(turn) => self.leave(turn),
            Event::Answers(at) => self.answer(at),
            Event::Loaded(load) => self.loaded(load),
        }
    }

    fn wait(&mut self, request: Request) {
        let instance = &mut self.instances[request.at];
        instance.waiting.push(request);
        if instance.batch.is_empty() {
            self.begin(request.at);
        }
    }

    /// Sends off whoever waits, as one batch.
    fn begin(&mut self, at: usize) {
        let instance = &mut self.instances[at];
        if !instance.waiting.is_empty() {
            std::mem::swap(&mut instance.batch, &mut instance.waiting);
            self.plan(self.settings.round_trip / 2.0, Event::Reaches(Turn::Batch(at)));
        }
    }

    fn reach(&mut self, turn: Turn) {
        self.row.push_back(turn);
        if self.row.len() == 1 {
            self.hold();
        }
    }

    /// The first in the row's queue holds it.
    fn hold(&mut self) {
        let Some(turn) = self.row.front().copied() else { return };
        let nonces = match turn {
            Turn::Batch(at) => self.instances[at].batch.len(),
            Turn::Change => 0,
        };
        let time = self.settings.commit + self.settings.nonce * nonces as f64;
        self.run.held += (time as Time).min(self.run.lasted - self.now);
        self.plan(time, Event::Leaves(turn));
    }

    fn leave(&mut self, turn: Turn) {
        self.row.pop_front();
        self.hold();
        match turn {
            Turn::Change => self.epoch += 1,
            Turn::Batch(at) => {
                let instance = &mut self.instances[at];
                let (nonces, others) = (instance.batch.len(), self.run.nonces - instance.known);
                self.run.batches += 1;
                self.run.nonces += nonces;
                instance.known = self.run.nonces;
                instance.committed = self.epoch;
                // What others wrote meanwhile is asked for, when the row is free again.
                let trips = if others > 0 { 1.5 } else { 0.5 };
                let reading = self.settings.round_trip * trips + self.settings.read * others as f64;
                self.plan(reading, Event::Answers(at));
            }
        }
    }

    fn answer(&mut self, at: usize) {
        let instance = &mut self.instances[at];
        instance.newest = instance.committed;
        let mut batch = std::mem::take(&mut instance.batch);
        let epoch = instance.newest;
        for request in batch.drain(..) {
            if request.epoch == epoch {
                self.count(request);
            } else {
                self.ask(Request { needed: epoch, is_entered: true, ..request });
            }
        }
        // Its memory is used again.
        self.instances[at].batch = batch;
        self.begin(at);
    }

    /// Facts are remembered, or loaded.
    fn ask(&mut self, request: Request) {
        let epoch = self.instances[request.at].facts[request.token];
        if epoch == request.needed {
            self.found(Request { epoch, ..request });
        } else {
            self.load_facts(request);
        }
    }

    /// Joins whom the same is loaded for, if there is anybody.
    fn load_facts(&mut self, request: Request) {
        let Request { at, token, .. } = request;
        let instance = &mut self.instances[at];
        if let Some(load) = instance.loading.get(&token) {
            self.loads[*load].waiting.push(request);
            return;
        }
        instance.loading.insert(token, self.loads.len());
        self.loads.push(Load { at, token, epoch: 0, waiting: vec![Request { is_new: true, ..request }] });
        self.ask_for_facts();
    }

    /// The database answers so many at once.
    fn ask_for_facts(&mut self) {
        while self.loading < self.settings.loads_at_once && self.next_load < self.loads.len() {
            // The epoch is asked for first.
            self.loads[self.next_load].epoch = self.epoch;
            // A load has a connection until it is there.
            self.plan(self.settings.facts + self.settings.way_of_a_load, Event::Loaded(self.next_load));
            self.next_load += 1;
            self.loading += 1;
            self.run.loads += 1;
        }
    }

    fn loaded(&mut self, load: usize) {
        let Load { at, token, epoch, ref mut waiting } = self.loads[load];
        let waiting = std::mem::take(waiting);
        let instance = &mut self.instances[at];
        instance.loading.remove(&token);
        instance.facts[token] = epoch.max(instance.facts[token]);
        self.loading -= 1;
        for request in waiting {
            if request.is_new {
                self.found(Request { epoch, is_new: false, ..request });
            } else {
                self.load_facts(Request { is_new: true, ..request });
            }
        }
        self.ask_for_facts();
    }

    fn found(&mut self, request: Request) {
        if request.is_entered {
            self.count(request);
        } else {
            self.wait(request);
        }
    }

    fn count(&mut self, request: Request) {
        let counted = WARM_UP..WARM_UP + self.settings.counted as Time;
        if counted.contains(&request.came) {
            self.run.waits.count(self.now - request.came);
        }
    }
}
