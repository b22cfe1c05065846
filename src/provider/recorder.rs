//! Who writes down last uses, behind the requests that note them: a few seconds later, in batches.

use std::hash::Hash;

use super::{
    policy::{USE_APART_SECONDS, USES_WAIT},
    uses::{LastNoted, Uses},
};
use crate::{
    address::Arrival,
    store::{self, Store, Transaction, uses::Use},
};

/// Writes a batch of uses down, those of one thing at least so many seconds apart.
type Write<Of> = fn(&mut Transaction<'_>, &[Use<Of>], i64) -> Result<(), store::Error>;

/// Notes uses of one kind of thing, and sees to it that they are written. Cheap to clone; clones share what waits.
pub(super) struct Recorder<Of> {
    store: Store,
    uses: Uses<Of>,
    write: Write<Of>,
}

impl<Of> Clone for Recorder<Of> {
    fn clone(&self) -> Self {
        Self { store: self.store.clone(), uses: self.uses.clone(), write: self.write }
    }
}

impl<Of: Copy + Eq + Hash + Send + Sync + 'static> Recorder<Of> {
    /// Nothing waits yet.
    pub(super) fn new(store: Store, write: Write<Of>) -> Self {
        Self { store, uses: Uses::new(), write }
    }

    /// Notes a use, if the last one that was noted is old enough.
    pub(super) fn note(&self, of: Of, last: &LastNoted, arrival: Arrival) {
        if self.uses.note(of, last, arrival) {
            self.write_later();
        }
    }

    /// Writes down what waits.
    ///
    /// # Errors
    /// Those of the store; what is not written goes on waiting.
    pub(super) async fn write(&self) -> Result<(), store::Error> {
        for _ in 0..self.uses.batches() {
            let (batch, write) = (self.uses.batch(), self.write);
            let written = self.store.run(move |conn| {
                conn.write(|tx| write(tx, &batch, USE_APART_SECONDS))?;
                Ok::<_, store::Error>(batch)
            });
            self.uses.written(&written.await?);
        }
        Ok(())
    }

    fn write_later(&self) {
        let Some(promise) = self.uses.promise() else { return };
        let this = self.clone();
        self.store.later(USES_WAIT, async move {
            if let Err(error) = this.write().await {
                tracing::warn!(error = %error, "last uses are not written; they wait");
            }
            drop(promise);
            // What could not be written, or was noted since.
            if this.uses.batches() > 0 {
                this.write_later();
            }
        });
    }
}
