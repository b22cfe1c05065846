//! What a request is judged by: who asks, with which secrets, and what may be done with them.
//!
//! Facts are read at one moment and may be remembered. They hold for the epoch in which they were read; [`verify`](super::verify)
//! sees to it that nobody is judged by older ones.

use std::sync::Arc;

use super::{networks::Reach, verify::Credential};
use crate::{
    ids::ConsumerId,
    oauth1::{HmacKey, Problem, PublicKey, SignedRequest},
    secret::Secret,
    store::{self, Connection, Epoch},
};

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
    /// From where it may ask.
    pub reach: Reach,
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
        // An unknown consumer is answered after as many questions to the database as a known one.
        let networks = store::consumers::networks(conn, found.as_ref().map_or(ConsumerId(0), |found| found.id))?;
        let consumer = found.map(|found| Known {
            id: found.id,
            name: found.name,
            key: found.key,
            enabled: found.enabled,
            reach: Reach::of(&networks),
        });
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
