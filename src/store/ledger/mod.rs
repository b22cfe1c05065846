//! One writer for all that is accepted: it gathers the claims of all threads, and commits whole batches.
//!
//! While one batch is being committed the next one fills, so that the price of a commit is shared by as many as came
//! meanwhile. Nobody is answered before the commit; if it fails, everybody in the batch is told that the database is out
//! of reach, for nothing can be said of what the log holds. What is answered is said in the order of the log (see
//! [`nonces`](super::nonces)), together with the epoch of the commit: whoever judged by facts of an older epoch judges again.

mod answer;
mod gathering;
mod keeper;
mod known;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use diesel::r2d2::Pool;
use parking_lot::Mutex;

use self::{
    answer::{Answer, Slot},
    gathering::{Question, Queue},
    keeper::Keeper,
};
use super::{
    Error,
    backend::Opener,
    nonces::{Epoch, Nonce},
};

/// How many connections a ledger may need: one, and one for each keeper that is waiting for a silent database still.
pub(super) const CONNECTIONS: u32 = 3;

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The first of its kind; it is on the disk.
    Fresh,
    /// Seen before.
    Used,
    /// So old that its like may have been swept.
    BehindHorizon,
    /// Too many requests named this second.
    SecondFull,
    /// It is in the log, perhaps by this very claim: a batch was tried again whose first end was not to be learnt.
    Unclear,
}

/// What became of a claim, and the epoch in which its batch was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What became of it.
    pub claim: Claim,
    /// The epoch.
    pub epoch: Epoch,
}

/// The ledger of one process. Its thread ends when this is dropped and everybody is answered.
pub(super) struct Ledger {
    queue: Arc<Queue>,
    /// The epoch of the newest batch.
    epoch: Arc<AtomicI64>,
    pool: Pool<Opener>,
    opener: Opener,
    writer: Arc<Mutex<()>>,
}

impl Ledger {
    /// Starts the thread. It takes its connection from `pool`, which is for nobody else.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the system has no thread to give.
    pub(super) fn open(pool: Pool<Opener>, opener: Opener, writer: Arc<Mutex<()>>) -> Result<Self, Error> {
        let ledger = Self { queue: Arc::default(), epoch: Arc::default(), pool, opener, writer };
        ledger.start_keeper(0)?;
        Ok(ledger)
    }

    fn start_keeper(&self, number: u64) -> Result<(), Error> {
        let keeper = Keeper::new(self.pool.clone(), self.opener.clone(), Arc::clone(&self.writer));
        let (queue, epoch) = (Arc::clone(&self.queue), Arc::clone(&self.epoch));
        let thread = thread::Builder::new().name("ledger".to_owned());
        thread
            .spawn(move || keeper.keep(&queue, number, &epoch))
            .map(|_| ())
            .map_err(|error| Error::Unavailable(format!("no thread for the ledger: {error}")))
    }

    /// Enters a claim, or asks for the epoch, and waits for the commit.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the batch could not be committed.
    pub(super) async fn enter(&self, nonce: Option<Nonce>) -> Result<Entry, Error> {
        let slot = Slot::new();
        let answer = Answer(Arc::clone(&slot));
        if let Some(gathering) = self.queue.ask(Question { nonce, slot }) {
            gathering.until_quiet(Instant::now).await;
        }
        answer.await.map_err(Error::Unavailable)
    }

    /// Lets another one write where the one who does has waited for so long: the database may say nothing to it ever again,
    /// and answer everybody else. What it commits in the end is in the log, as if another process had written it.
    pub(super) fn replace_keeper(&self, if_away: Duration) {
        if let Some(number) = self.queue.replace_keeper(if_away) {
            tracing::warn!("the database has said nothing about a batch; another connection is tried");
            if let Err(error) = self.start_keeper(number) {
                tracing::error!(error = %error, "nobody writes the ledger");
            }
        }
    }

    /// The epoch of the newest batch: facts that are older need not be judged by.
    pub(super) fn epoch(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::Acquire))
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.queue.close();
    }
}
