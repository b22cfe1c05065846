//! Who and what there is on one shard.

use std::collections::HashMap;

/// Nanoseconds since it began.
pub type Time = u64;

/// A signed request.
#[derive(Clone, Copy)]
pub struct Request {
    pub came: Time,
    pub token: usize,
    /// The epoch of the facts that it was judged by.
    pub epoch: u32,
    /// The epoch of the facts that it asks for.
    pub needed: u32,
    /// Whether what is loaded for it now began after it asked.
    pub is_new: bool,
    /// Which instance it came to.
    pub at: usize,
    /// Its nonce is in the log already, and only its facts were too old.
    pub is_entered: bool,
}

/// Facts that an instance loads for all its requests that ask for them.
pub struct Load {
    pub at: usize,
    pub token: usize,
    pub epoch: u32,
    pub waiting: Vec<Request>,
}

/// Whose turn it is to hold the row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Batch(usize),
    Change,
}

/// What happens, but for requests that come.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// Somebody changes what requests are judged by.
    Changes,
    /// Comes to the row,
    Reaches(Turn),
    /// and is done with it.
    Leaves(Turn),
    /// An instance has its batch back.
    Answers(usize),
    /// A load comes to who asked.
    Loaded(usize),
}

/// An instance of the service, as one shard knows it.
#[derive(Default)]
pub struct Instance {
    /// Who is in the next batch.
    pub waiting: Vec<Request>,
    /// Who is in the one that is being committed.
    pub batch: Vec<Request>,
    /// The epoch in which the batch was committed.
    pub committed: u32,
    /// The epoch of its newest batch.
    pub newest: u32,
    /// The epoch of the facts about each token.
    pub facts: Vec<u32>,
    /// What it loads now, by the token.
    pub loading: HashMap<usize, usize>,
    /// How much of the log it knows.
    pub known: usize,
}
