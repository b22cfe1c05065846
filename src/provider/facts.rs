//! What a request is judged by: who asks, with which secrets, and what may be done with them.
//!
//! Facts are read at one moment and may be remembered. They hold for the epoch in which they were read; [`verify`](super::verify)
//! sees to it that nobody is judged by older ones.

use std::sync::{Arc, LazyLock};

use super::{
    networks::Reach,
    recorder::Recorder,
    signing::{Proof, Signing, stand_in},
    verify::Credential,
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::{ConsumerId, ConsumerSecretId},
    oauth1::{Problem, PublicKey, SignedRequest},
    store::{self, Connection, Epoch},
};

/// What the RSA methods are verified with for a consumer that is unknown, or registered no key: as long as most keys
/// are, so that it takes as long. Its private half was thrown away.
const STAND_IN_PEM: &str = include_str!("stand_in_key.pem");

#[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
static STAND_IN: LazyLock<PublicKey> = LazyLock::new(|| PublicKey::from_pem(STAND_IN_PEM).expect("a public key"));

/// The facts about one consumer and one credential.
pub(super) struct Facts<C> {
    /// When they were read.
    pub epoch: Epoch,
    /// Who asks, or why there is nobody who could.
    pub parties: Result<Arc<Parties<C>>, Problem>,
    shared: Signing,
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

/// The number that no consumer has.
const NO_CONSUMER: (ConsumerId, &str) = (ConsumerId(0), "");

impl<C: Credential> Facts<C> {
    /// Reads the facts about a consumer and a credential, each by its key.
    pub(super) fn load(conn: &mut Connection, consumer_key: &str, token: &str) -> Result<Self, store::Error> {
        // A role that was lost and the rights that it was given since must never meet in one caller.
        conn.at_one_moment(|conn| Self::read(conn, consumer_key, token))
    }

    fn read(conn: &mut Connection, consumer_key: &str, token: &str) -> Result<Self, store::Error> {
        let epoch = store::nonces::epoch(conn)?;
        let found = store::consumers::by_key(conn, consumer_key)?;
        let registered = found.as_ref().and_then(|found| found.public_key.as_deref());
        // Read in any case: that it takes a moment tells nothing then.
        let public_key = PublicKey::from_pem(registered.unwrap_or(STAND_IN_PEM)).ok().filter(|_| registered.is_some());
        // An unknown consumer is answered after as many questions to the database as a known one.
        let named = found.as_ref().map_or(NO_CONSUMER, |found| (found.id, found.key.as_str()));
        let secrets = store::consumer_secrets::opened(conn, named)?;
        let networks = store::consumers::networks(conn, named.0)?;
        let consumer = found.map(|found| Known {
            id: found.id,
            name: found.name,
            key: found.key,
            enabled: found.enabled,
            reach: Reach::of(&networks),
        });
        let (credential, token_secret) = match C::load(conn, token, consumer.as_ref())? {
            Some((credential, secret)) => (Some(credential), secret),
            None => (None, Some(stand_in())),
        };
        let parties = match (consumer, credential) {
            (None, _) => Err(Problem::ConsumerKeyUnknown),
            (Some(consumer), Some(credential)) if credential.belongs_to(consumer.id) => {
                Ok(Arc::new(Parties { consumer, credential }))
            }
            (Some(_), _) => Err(Problem::TokenRejected),
        };
        Ok(Self { epoch, parties, shared: Signing::new(secrets, token_secret.as_ref()), public_key })
    }

    /// With which of these secrets is the request signed, or is it with the private half of this key? The work is the same
    /// whoever asks.
    pub(super) fn proof(&self, request: &SignedRequest, now: UnixSeconds) -> Option<Proof> {
        let (method, base_string, signature) = (request.method(), request.base_string(), request.signature());
        if method.is_rsa() {
            let is_right = self.public_key.as_ref().unwrap_or(&STAND_IN).verify(method, base_string, signature);
            return (is_right && self.public_key.is_some()).then_some(Proof::PrivateKey);
        }
        self.shared.proof(request, now)
    }

    /// Notes what an accepted request was signed with.
    pub(super) fn note(&self, proof: Proof, secrets: &Recorder<ConsumerSecretId>, arrival: Arrival) {
        self.shared.note(proof, secrets, arrival);
    }

    /// Whether the consumer registered a key for the RSA methods.
    pub(super) fn has_public_key(&self) -> bool {
        self.public_key.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, STAND_IN_PEM};

    #[test]
    fn the_stand_in_can_be_read_and_is_as_long_as_most_keys() {
        assert!(PublicKey::from_pem(STAND_IN_PEM).is_ok());
        assert_eq!(STAND_IN_PEM.len(), include_str!("../../tests/rsa_public_key.pem").len());
    }
}
