//! One writer for all that is accepted: it gathers the claims of all threads, and commits whole batches.
//!
//! While one batch is being committed the next one fills, so that the price of a commit is shared by as many as came
//! meanwhile. Nobody is answered before the commit; if it fails, everybody in the batch is told that the database is out
//! of reach, for nothing can be said of what the log holds. What is answered is said in the order of the log (see
//! [`nonces`](super::nonces)), together with the epoch of the commit: whoever judged by facts of an older epoch judges again.

mod answer;
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
use parking_lot::{Condvar, Mutex};
use tokio::task::yield_now;

use self::{
    answer::{Answer, Slot, answer_all},
    known::Known,
};
use super::{
    Connection, Error,
    backend::Opener,
    nonces::{self, Appended, Batch, Epoch, Nonce},
};

/// After so long a connection is looked at before it is used again: it may be gone, and a request is not to find out.
const TRUSTED_FOR: Duration = Duration::from_millis(100);

/// How often what is known of the log is tidied.
const TIDY_EVERY: Duration = Duration::from_secs(1);

/// So many share a commit well enough that no more of them need be waited for.
const ENOUGH: usize = 256;

/// So often the sockets are looked at in vain before nobody else is waited for: some microseconds, far less than a commit takes.
const LOOKS: u32 = 8;

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
pub(super) struct Ledger(Arc<Queue>);

/// Who waits to be entered.
struct Queue {
    waiting: Mutex<Waiting>,
    filled: Condvar,
    /// The epoch of the newest batch.
    epoch: AtomicI64,
}

#[derive(Default)]
struct Waiting {
    questions: Vec<Question>,
    /// How many the last batch took.
    last: usize,
    /// Whether the first of them has let all who were ready ask too.
    gathered: bool,
    closed: bool,
}

/// Kept by the first who asks, until all who were ready have asked, or that one gives up.
struct Gathering<'a>(&'a Queue);

impl Drop for Gathering<'_> {
    fn drop(&mut self) {
        self.0.waiting.lock().gathered = true;
        self.0.filled.notify_one();
    }
}

/// A claim; without a nonce, a question for the epoch alone.
struct Question {
    nonce: Option<Nonce>,
    slot: Arc<Slot<Result<Entry, String>>>,
}

impl Ledger {
    /// Starts the thread. It takes its connection from `pool`, which is for nobody else.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the system has no thread to give.
    pub(super) fn open(pool: Pool<Opener>, opener: Opener, writer: Arc<Mutex<()>>) -> Result<Self, Error> {
        let (waiting, filled) = (Mutex::default(), Condvar::new());
        let queue = Arc::new(Queue { waiting, filled, epoch: AtomicI64::new(0) });
        let mut keeper =
            Keeper { pool, opener, writer, connection: None, known: Known::default(), tidied: Instant::now() };
        let asked = Arc::clone(&queue);
        thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || keeper.keep(&asked))
            .map_err(|error| Error::Unavailable(format!("no thread for the ledger: {error}")))?;
        Ok(Self(queue))
    }

    /// Enters a claim, or asks for the epoch, and waits for the commit.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the batch could not be committed.
    pub(super) async fn enter(&self, nonce: Option<Nonce>) -> Result<Entry, Error> {
        let slot = Slot::new();
        let answer = Answer(Arc::clone(&slot));
        if self.0.is_first(Question { nonce, slot }) {
            self.0.gather().await;
        }
        answer.await.map_err(Error::Unavailable)
    }

    /// The epoch of the newest batch: facts that are older need not be judged by.
    pub(super) fn epoch(&self) -> Epoch {
        Epoch(self.0.epoch.load(Ordering::Acquire))
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.0.waiting.lock().closed = true;
        self.0.filled.notify_one();
    }
}

impl Queue {
    /// Takes a question, and says whether it is the first of the next batch.
    fn is_first(&self, question: Question) -> bool {
        let mut waiting = self.waiting.lock();
        waiting.questions.push(question);
        waiting.questions.len() == 1
    }

    /// Lets all who are ready ask too, and those whose requests arrive meanwhile: then the batch is worth its commit.
    async fn gather(&self) {
        let _gathering = Gathering(self);
        // Who was alone the last time is not kept waiting for others.
        let looks = if self.waiting.lock().last > 1 { LOOKS } else { 1 };
        let (mut asked, mut in_vain) = (1, 0);
        while asked < ENOUGH && in_vain < looks {
            // Until all tasks of this thread that were ready have had their turn, and the sockets were looked at.
            yield_now().await;
            let before = std::mem::replace(&mut asked, self.waiting.lock().questions.len());
            in_vain = if asked > before { 0 } else { in_vain + 1 };
        }
    }

    /// Waits until a batch is gathered; `None`: none will be any more.
    fn take(&self) -> Option<Vec<Question>> {
        let mut waiting = self.waiting.lock();
        while !waiting.gathered {
            if waiting.closed {
                return None;
            }
            self.filled.wait(&mut waiting);
        }
        waiting.gathered = false;
        waiting.last = waiting.questions.len();
        Some(std::mem::take(&mut waiting.questions))
    }
}

/// The one who writes.
struct Keeper {
    pool: Pool<Opener>,
    opener: Opener,
    writer: Arc<Mutex<()>>,
    connection: Option<Held>,
    known: Known,
    tidied: Instant,
}

/// The connection that is held from batch to batch.
struct Held {
    connection: Connection,
    looked_at: Instant,
    /// Whether it was used last without being looked at.
    was_trusted: bool,
}

/// How often a batch was tried.
#[derive(Clone, Copy)]
enum Try {
    First,
    Second,
}

impl Keeper {
    fn keep(&mut self, queue: &Queue) {
        while let Some(mut questions) = queue.take() {
            // Nothing is used up for somebody who has given up.
            questions.retain(|question| question.slot.is_waited_for());
            let entries = self.enter(&questions, Try::First).or_else(|error| {
                if !self.connection.take().is_some_and(|held| held.was_trusted) {
                    return Err(error);
                }
                // It was gone before this batch, most likely. To try again accepts nothing twice: the log decides.
                self.known.forget();
                self.enter(&questions, Try::Second)
            });
            if let Ok(Some(entry)) = entries.as_ref().map(|entries| entries.first()) {
                queue.epoch.store(entry.epoch.0, Ordering::Release);
            }
            let slots = questions.into_iter().map(|question| question.slot);
            answer_all(match entries {
                Ok(entries) => slots.zip(entries.into_iter().map(Ok)).collect(),
                Err(error) => {
                    tracing::warn!(error = %error, "a batch could not be committed");
                    // It may have been, all the same.
                    self.known.forget();
                    self.connection = None;
                    slots.map(|slot| (slot, Err(error.to_string()))).collect()
                }
            });
        }
    }

    /// Commits one batch and decides, in the order of the log, what became of each claim.
    fn enter(&mut self, questions: &[Question], attempt: Try) -> Result<Vec<Entry>, Error> {
        let now = Instant::now();
        if now.duration_since(self.tidied) > TIDY_EVERY {
            self.tidied = now;
            self.known.tidy(now);
        }
        let mut batch = Batch::new();
        let decided: Vec<Option<Claim>> = questions
            .iter()
            .map(|question| {
                let Some(nonce) = question.nonce else { return Some(Claim::Fresh) };
                if self.known.holds(nonce) {
                    return Some(Claim::Used);
                }
                if self.known.is_full(nonce.second) {
                    return Some(Claim::SecondFull);
                }
                batch.entry(nonce.second).or_default().extend_from_slice(&nonce.key);
                None
            })
            .collect();

        let conn = connected(&mut self.connection, &self.pool, &self.opener, &self.writer, now)?;
        // The horizon may rise after the commit, and what is behind it be swept before it is read here.
        let mut horizon = None;
        let head = if batch.is_empty() {
            nonces::head(conn)?
        } else {
            let Appended { first, head } = nonces::append(conn, &batch)?;
            self.known.wrote(first, head.line);
            for second in batch.keys() {
                horizon = horizon.max(self.known.complete(conn, *second, first, now)?);
            }
            head
        };
        let horizon = head.horizon.max(horizon.unwrap_or(head.horizon));
        let decide = |(question, decided): (&Question, Option<Claim>)| {
            let claim = match (question.nonce, decided) {
                (Some(nonce), _) if nonce.second <= horizon => Claim::BehindHorizon,
                (_, Some(decided)) => decided,
                (Some(nonce), None) if !self.known.add(nonce) => match attempt {
                    Try::First => Claim::Used,
                    Try::Second => Claim::Unclear,
                },
                (Some(_) | None, None) => Claim::Fresh,
            };
            Entry { claim, epoch: Epoch(head.epoch) }
        };
        Ok(questions.iter().zip(decided).map(decide).collect())
    }
}

/// The connection that is held, or another one where that is gone.
fn connected<'a>(
    held: &'a mut Option<Held>,
    pool: &Pool<Opener>,
    opener: &Opener,
    writer: &Arc<Mutex<()>>,
    now: Instant,
) -> Result<&'a mut Connection, Error> {
    let trusted = held.take_if(|held| now.duration_since(held.looked_at) < TRUSTED_FOR);
    let next = match trusted {
        Some(trusted) => {
            opener.check_file().map_err(|error| Error::Unavailable(error.to_string()))?;
            Held { was_trusted: true, ..trusted }
        }
        None => {
            // Given back first: there is one.
            *held = None;
            let connection = Connection { pooled: pool.get()?, writer: Arc::clone(writer), wait: opener.wait };
            Held { connection, looked_at: now, was_trusted: false }
        }
    };
    Ok(&mut held.insert(next).connection)
}
