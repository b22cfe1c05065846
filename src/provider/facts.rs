//! What a request is judged by: who asks, with which secrets, and what may be done with them.
//!
//! Facts are read at one moment and may be remembered. They hold for the epoch in which they were read; [`verify`](super::verify)
//! sees to it that nobody is judged by older ones.

use std::sync::Arc;

use quick_cache::sync::Cache;

use super::verify::Credential;
use crate::{
    ids::ConsumerId,
    oauth1::{HmacKey, Problem, PublicKey, SignedRequest},
    secret::Secret,
    store::{self, Connection, Epoch},
};

/// How many credentials are remembered; each takes about a kilobyte.
const MOST_REMEMBERED: usize = 20_000;

/// The facts about one consumer and one credential.
pub(super) struct Facts<C> {
    /// When they were read.
    pub epoch: Epoch,
    /// Who asks, or why there is nobody who could.
    pub parties: Result<Arc<Parties<C>>, Problem>,
    shared: HmacKey,
    public_key: Option<PublicKey>,
}

/// A consumer that is known, and a credential that was given to it.
pub(super) struct Parties<C> {
    pub consumer: Known,
    pub credential: C,
}

/// What is remembered of a consumer.
pub(super) struct Known {
    pub id: ConsumerId,
    pub name: String,
    pub key: String,
    pub enabled: bool,
}

impl<C: Credential> Facts<C> {
    /// Reads the facts about a consumer and a credential, each by its key.
    pub(super) fn load(conn: &mut Connection, consumer_key: &str, token: &str) -> Result<Self, store::Error> {
        // A role that was lost and the rights that it was given since must never meet in one caller.
        conn.at_one_moment(|conn| Self::read(conn, consumer_key, token))
    }

    fn read(conn: &mut Connection, consumer_key: &str, token: &str) -> Result<Self, store::Error> {
        let epoch = store::nonces::epoch(conn)?;
        let stand_in = || Secret::new("a secret that stands in for an unknown one");
        let found = store::consumers::by_key(conn, consumer_key)?;
        let public_key = found.as_ref().and_then(|found| found.public_key.as_deref());
        let public_key = public_key.and_then(|pem| PublicKey::from_pem(pem).ok());
        let consumer_secret = found.as_ref().map_or_else(stand_in, |found| found.secret.clone());
        let consumer =
            found.map(|found| Known { id: found.id, name: found.name, key: found.key, enabled: found.enabled });
        let credential = C::load(conn, token, consumer.as_ref())?;
        let token_secret = match &credential {
            Some(credential) => credential.secret().cloned(),
            None => Some(stand_in()),
        };
        let parties = match (consumer, credential) {
            (None, _) => Err(Problem::ConsumerKeyUnknown),
            (Some(consumer), Some(credential)) if credential.belongs_to(consumer.id) => {
                Ok(Arc::new(Parties { consumer, credential }))
            }
            (Some(_), _) => Err(Problem::TokenRejected),
        };
        Ok(Self { epoch, parties, shared: HmacKey::new(&consumer_secret, token_secret.as_ref()), public_key })
    }

    /// Is the request signed with these secrets, or with the private half of this key? The work is the same whoever asks.
    pub(super) fn proves(&self, request: &SignedRequest) -> bool {
        let (method, base_string, signature) = (request.method(), request.base_string(), request.signature());
        if method.is_rsa() {
            return self.public_key.as_ref().is_some_and(|key| key.verify(method, base_string, signature));
        }
        self.shared.verify(method, base_string, signature)
    }

    /// Whether the consumer registered a key for the RSA methods.
    pub(super) fn has_public_key(&self) -> bool {
        self.public_key.is_some()
    }
}

/// Where facts may be found without asking the store.
pub(super) trait Remembered<C> {
    /// The facts about whom the request names, if they are of this epoch or a newer one.
    fn facts(&self, request: &SignedRequest, newest: Epoch) -> Option<Arc<Facts<C>>>;

    /// Takes note of facts that were just read.
    fn keep(&self, request: &SignedRequest, facts: Facts<C>) -> Arc<Facts<C>>;
}

/// Remembers nothing: for credentials that are presented once.
pub(super) struct Nothing;

impl<C> Remembered<C> for Nothing {
    fn facts(&self, _: &SignedRequest, _: Epoch) -> Option<Arc<Facts<C>>> {
        None
    }

    fn keep(&self, _: &SignedRequest, facts: Facts<C>) -> Arc<Facts<C>> {
        Arc::new(facts)
    }
}

/// Remembers the facts about known credentials, by the credential's key.
pub(super) struct Memory<C>(Cache<String, Arc<Facts<C>>>);

impl<C> Memory<C> {
    /// Remembers nothing yet.
    pub(super) fn new() -> Self {
        Self(Cache::new(MOST_REMEMBERED))
    }
}

impl<C> Remembered<C> for Memory<C> {
    fn facts(&self, request: &SignedRequest, newest: Epoch) -> Option<Arc<Facts<C>>> {
        let facts = self.0.get(request.token()?)?;
        let is_of = |parties: &Arc<Parties<C>>| parties.consumer.key == request.consumer_key();
        (facts.epoch >= newest && facts.parties.as_ref().is_ok_and(is_of)).then_some(facts)
    }

    fn keep(&self, request: &SignedRequest, facts: Facts<C>) -> Arc<Facts<C>> {
        let facts = Arc::new(facts);
        // Strangers are not remembered: there is no end to them.
        if let (Some(token), Ok(_)) = (request.token(), &facts.parties) {
            self.0.insert(token.to_owned(), Arc::clone(&facts));
        }
        facts
    }
}
