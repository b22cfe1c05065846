//! The one who writes: takes a batch, commits it, and says what became of each claim.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use diesel::r2d2::{ManageConnection, Pool};
use parking_lot::Mutex;

use super::{
    Claim, Entry,
    answer::answer_all,
    gathering::{Question, Queue},
    known::Known,
};
use crate::{
    sealing::{Keys, Source},
    store::{
        Connection, Epoch, Error,
        backend::Opener,
        nonces::{self, Appended, Batch, Head, Nonce},
    },
};

/// After so long a connection is looked at before it is used again: it may be gone, and a request is not to find out.
const TRUSTED_FOR: Duration = Duration::from_millis(100);

/// How often what is known of the log is tidied.
const TIDY_EVERY: Duration = Duration::from_secs(1);

/// So many seconds that are not known are read for one batch at most. Whoever names more of them waits for the next ones,
/// so that the others need not wait for them.
const MOST_UNREAD: usize = 4;

/// Writes as long as nobody else is to.
pub(super) struct Keeper {
    pool: Pool<Opener>,
    opener: Opener,
    writer: Arc<Mutex<()>>,
    session: Option<Session>,
    /// Who waits for a later batch.
    later: Vec<Question>,
}

/// A connection, and what is known of the log behind it: whoever loses the one forgets the other.
struct Session {
    connection: Connection,
    known: Known,
    tidied: Instant,
    looked_at: Instant,
    /// Whether it was used last without being looked at.
    was_trusted: bool,
}

/// Which time a batch is tried.
#[derive(Clone, Copy)]
enum Try {
    First,
    Second,
}

/// What is decided before a batch is written: either what became of a claim, or that it is written.
struct Sorted {
    batch: Batch,
    decided: Vec<Option<Claim>>,
}

impl Keeper {
    /// Takes its connections from `pool`, which is for nobody else.
    pub(super) fn new(pool: Pool<Opener>, opener: Opener, writer: Arc<Mutex<()>>) -> Self {
        Self { pool, opener, writer, session: None, later: Vec::new() }
    }

    /// Writes what the queue has for the keeper of this number, and tells the epoch of each batch.
    pub(super) fn keep(mut self, queue: &Queue, number: u64, newest_epoch: &AtomicI64) {
        while let Some(asked) = queue.take(number, self.later.is_empty()) {
            let questions = self.chosen(asked);
            let entries = self.enter(&questions);
            if let Ok(Some(entry)) = entries.as_ref().map(|entries| entries.first()) {
                newest_epoch.store(entry.epoch.0, Ordering::Release);
            }
            match entries {
                Ok(entries) => answer(questions, entries.into_iter().map(Ok)),
                Err(error) => {
                    tracing::warn!(error = %error, "a batch could not be committed");
                    refuse(questions, &error);
                }
            }
        }
        refuse(self.later, &Error::Unavailable("another one writes now".to_owned()));
    }

    /// Who is in this batch, of those who asked and those who were put off; the others are put off.
    fn chosen(&mut self, asked: Vec<Question>) -> Vec<Question> {
        let (mut chosen, mut unread) = (Vec::with_capacity(asked.len()), BTreeSet::new());
        for question in std::mem::take(&mut self.later).into_iter().chain(asked) {
            // Nothing is used up for somebody who has given up.
            if !question.slot.is_waited_for() {
                continue;
            }
            let is_known = |nonce: Nonce| self.session.as_ref().is_some_and(|session| session.known.has(nonce.second));
            if let Some(nonce) = question.nonce.filter(|nonce| !is_known(*nonce)) {
                if unread.len() == MOST_UNREAD && !unread.contains(&nonce.second) {
                    self.later.push(question);
                    continue;
                }
                unread.insert(nonce.second);
            }
            chosen.push(question);
        }
        chosen
    }

    /// Commits one batch and decides, in the order of the log, what became of each claim.
    fn enter(&mut self, questions: &[Question]) -> Result<Vec<Entry>, Error> {
        let error = match self.attempt(questions, Try::First) {
            Ok(entries) => return Ok(entries),
            Err(error) => error,
        };
        // The batch may have been committed, all the same: nothing is known any more.
        let was_gone = self
            .session
            .take()
            .is_some_and(|mut session| session.was_trusted && self.opener.has_broken(session.connection.db()));
        if !was_gone {
            return Err(error);
        }
        // The connection was gone before this batch, most likely. To try again accepts nothing twice: the log decides.
        self.attempt(questions, Try::Second).inspect_err(|_| self.session = None)
    }

    fn attempt(&mut self, questions: &[Question], attempt: Try) -> Result<Vec<Entry>, Error> {
        let now = Instant::now();
        let session = self.session(now)?;
        let Sorted { batch, decided } = session.sort(questions);
        let head = session.commit(&batch, now)?;
        let mut decide = |(question, decided): (&Question, Option<Claim>)| {
            let claim = match (question.nonce, decided) {
                (None, _) => Claim::Fresh,
                (Some(nonce), _) if nonce.second <= head.horizon => Claim::BehindHorizon,
                (Some(_), Some(decided)) => decided,
                (Some(nonce), None) => session.settle(nonce, attempt),
            };
            Entry { claim, epoch: Epoch(head.epoch) }
        };
        let entries = questions.iter().zip(decided).map(&mut decide).collect();
        session.tidy(now);
        Ok(entries)
    }

    /// The session there is, if its connection is sound, or else a new one.
    fn session(&mut self, now: Instant) -> Result<&mut Session, Error> {
        self.opener.check_file().map_err(|error| Error::Unavailable(error.to_string()))?;
        let mut held = self.session.take();
        let sound = held.take_if(|session| session.is_sound(&self.opener, now));
        // Given back first: there are few.
        drop(held);
        let session = match sound {
            Some(session) => session,
            None => {
                let (writer, wait) = (Arc::clone(&self.writer), self.opener.wait);
                // In the ledger there are no secrets.
                let keys = Keys::of(Source::Nowhere);
                let connection = Connection { pooled: self.pool.get()?, writer, wait, keys, tells_by_mail: false };
                Session { connection, known: Known::default(), tidied: now, looked_at: now, was_trusted: false }
            }
        };
        Ok(self.session.insert(session))
    }
}

impl Session {
    fn is_sound(&mut self, opener: &Opener, now: Instant) -> bool {
        self.was_trusted = now.duration_since(self.looked_at) < TRUSTED_FOR;
        if self.was_trusted {
            return true;
        }
        self.looked_at = now;
        opener.is_valid(self.connection.db()).is_ok()
    }

    /// Decides what needs not be written.
    fn sort(&self, questions: &[Question]) -> Sorted {
        let mut batch = Batch::new();
        let decide = |question: &Question| {
            let Some(nonce) = question.nonce else { return Some(Claim::Fresh) };
            if self.known.holds(nonce) {
                return Some(Claim::Used);
            }
            if self.known.is_full(nonce.second) {
                return Some(Claim::SecondFull);
            }
            batch.entry(nonce.second).or_default().extend_from_slice(&nonce.key);
            None
        };
        let decided = questions.iter().map(decide).collect();
        Sorted { batch, decided }
    }

    /// Writes a batch, and makes the seconds that it names known up to it. What is behind the horizon that is given back
    /// may be missing.
    fn commit(&mut self, batch: &Batch, now: Instant) -> Result<Head, Error> {
        if batch.is_empty() {
            return nonces::head(&mut self.connection);
        }
        let Appended { first, mut head } = nonces::append(&mut self.connection, batch)?;
        self.known.wrote(first, head.line);
        for second in batch.keys() {
            // The horizon may rise after the commit, and what is behind it be swept before it is read here.
            let read_at = self.known.complete(&mut self.connection, *second, first, now)?;
            head.horizon = head.horizon.max(read_at.unwrap_or(head.horizon));
        }
        Ok(head)
    }

    /// What became of a nonce that was written, as the log has it.
    fn settle(&mut self, nonce: Nonce, attempt: Try) -> Claim {
        if self.known.add(nonce) {
            return Claim::Fresh;
        }
        match attempt {
            Try::First => Claim::Used,
            Try::Second => Claim::Unclear,
        }
    }

    fn tidy(&mut self, now: Instant) {
        if self.known.is_too_much() || now.duration_since(self.tidied) > TIDY_EVERY {
            self.tidied = now;
            self.known.tidy(now);
        }
    }
}

fn answer(questions: Vec<Question>, answers: impl Iterator<Item = Result<Entry, String>>) {
    answer_all(questions.into_iter().map(|question| question.slot).zip(answers).collect());
}

fn refuse(questions: Vec<Question>, error: &Error) {
    answer(questions, std::iter::repeat_with(|| Err(error.to_string())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ledger::answer::{Answer, Slot};

    fn asked(second: i64) -> Question {
        let nonce = Nonce::new("consumer", "token", second, "nonce");
        Question { nonce: Some(nonce), slot: Slot::new() }
    }

    fn seconds(questions: &[Question]) -> Vec<i64> {
        questions.iter().filter_map(|question| question.nonce).map(|nonce| nonce.second).collect()
    }

    #[test]
    fn who_names_many_seconds_that_are_not_known_is_put_off_in_part() {
        let opener = Opener {
            url: "sqlite:/nowhere/ledger.db".parse().unwrap(),
            wait: Duration::from_secs(1),
            file: Arc::default(),
        };
        let pool = Pool::builder().max_size(1).build_unchecked(opener.clone());
        let mut keeper = Keeper::new(pool, opener, Arc::default());
        let all: Vec<_> = [1, 2, 3, 4, 5, 1, 6, 5, 7].map(asked).into();
        let given_up = Arc::clone(&all[6].slot);
        assert_eq!(seconds(&keeper.chosen(all)), [1, 2, 3, 4, 1]);
        drop(Answer(given_up));
        assert_eq!(seconds(&keeper.chosen(vec![asked(8), asked(9), asked(5)])), [5, 5, 7, 8, 9, 5]);
        assert!(keeper.later.is_empty());
    }
}
