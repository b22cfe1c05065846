//! Where facts come from: from memory, from somebody who reads the same just now, or from the store.

use std::sync::Arc;

use quick_cache::sync::Cache;

use super::{
    facts::{Facts, Parties},
    verify::Credential,
};
use crate::{
    oauth1::SignedRequest,
    store::{self, Epoch, Store, Together},
};

/// How many credentials are remembered; each takes about a kilobyte.
const MOST_REMEMBERED: usize = 20_000;

/// Where facts come from.
pub(super) trait Remembered<C> {
    /// The facts about whom the request names, if they are remembered and of this epoch.
    fn recall(&self, request: &SignedRequest, epoch: Epoch) -> Option<Arc<Facts<C>>>;

    /// The same, read after this was asked for.
    ///
    /// # Errors
    /// Those of the store.
    async fn read(&self, store: &Store, request: &SignedRequest) -> Result<Arc<Facts<C>>, store::Error>;
}

/// Remembers nothing: for credentials that are presented once.
pub(super) struct Nothing;

impl<C: Credential> Remembered<C> for Nothing {
    fn recall(&self, _: &SignedRequest, _: Epoch) -> Option<Arc<Facts<C>>> {
        None
    }

    async fn read(&self, store: &Store, request: &SignedRequest) -> Result<Arc<Facts<C>>, store::Error> {
        let (consumer_key, token) = names(request);
        store.run(move |conn| Facts::load(conn, &consumer_key, &token).map(Arc::new)).await
    }
}

/// Remembers the facts about known credentials. Cheap to clone; clones share what they remember.
///
/// After a change everybody asks for new facts at once, and those who ask for the same read them together.
pub(super) struct Memory<C> {
    /// By the credential's key.
    known: Arc<Cache<String, Arc<Facts<C>>>>,
    reading: Together<Names, Arc<Facts<C>>>,
}

/// A consumer's key and a credential's, which is empty where there is none.
type Names = (String, String);

fn names(request: &SignedRequest) -> Names {
    (request.consumer_key().to_owned(), request.token().unwrap_or_default().to_owned())
}

impl<C> Clone for Memory<C> {
    fn clone(&self) -> Self {
        Self { known: Arc::clone(&self.known), reading: self.reading.clone() }
    }
}

impl<C> Memory<C> {
    /// Remembers nothing yet.
    pub(super) fn new() -> Self {
        Self { known: Arc::new(Cache::new(MOST_REMEMBERED)), reading: Together::default() }
    }
}

impl<C: Credential> Remembered<C> for Memory<C> {
    fn recall(&self, request: &SignedRequest, epoch: Epoch) -> Option<Arc<Facts<C>>> {
        let facts = self.known.get(request.token()?)?;
        let is_of = |parties: &Arc<Parties<C>>| parties.consumer.key == request.consumer_key();
        (facts.epoch == epoch && facts.parties.as_ref().is_ok_and(is_of)).then_some(facts)
    }

    async fn read(&self, store: &Store, request: &SignedRequest) -> Result<Arc<Facts<C>>, store::Error> {
        let names = names(request);
        let ((consumer_key, token), known) = (names.clone(), Arc::clone(&self.known));
        let read = move |conn: &mut store::Connection| {
            let facts = Arc::new(Facts::load(conn, &consumer_key, &token)?);
            // Strangers are not remembered: there is no end to them.
            if facts.parties.is_ok() && !token.is_empty() {
                known.insert(token, Arc::clone(&facts));
            }
            Ok(facts)
        };
        self.reading.read(store, names, read).await
    }
}
