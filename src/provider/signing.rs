//! With which of its secrets a consumer signs: both are tried, and which of them signed last is written down.

use super::{recorder::Recorder, uses::LastNoted};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::ConsumerSecretId,
    oauth1::{HmacKey, SignedRequest},
    secret::Secret,
    store::consumer_secrets::ConsumerSecret,
};

/// The secrets of a consumer as requests are verified with them, each joined with the credential's: the newest, and the
/// former one. Where there is none a stand-in takes its place, so that the work is the same whoever asks.
pub(super) struct Signing {
    newest: Half,
    former: Half,
}

struct Half {
    key: HmacKey,
    /// Whose it is; none for a stand-in, with which nobody signs.
    of: Option<Signer>,
}

struct Signer {
    id: ConsumerSecretId,
    retires: Option<UnixSeconds>,
    last_noted: LastNoted,
}

/// With what a request proved to be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// With the consumer's private key.
    PrivateKey,
    /// With the newest of its secrets.
    Newest,
    /// With the former one, which has not retired.
    Former,
}

impl Signing {
    /// Of at most two secrets, the newest first. None of them is kept.
    pub(super) fn new(secrets: Vec<(ConsumerSecret, Secret)>, token_secret: Option<&Secret>) -> Self {
        let mut secrets = secrets.into_iter();
        let mut half = || match secrets.next() {
            Some((about, secret)) => {
                let (id, retires, last_noted) = (about.id, about.retires, LastNoted::new(about.last_signed));
                Half { key: HmacKey::new(&secret, token_secret), of: Some(Signer { id, retires, last_noted }) }
            }
            None => Half { key: HmacKey::new(&stand_in(), token_secret), of: None },
        };
        Self { newest: half(), former: half() }
    }

    /// With which secret was the request signed, if with one that is good now? Both are always tried.
    pub(super) fn proof(&self, request: &SignedRequest, now: UnixSeconds) -> Option<Proof> {
        let fits = |half: &Half| half.key.verify(request.method(), request.base_string(), request.signature());
        let (newest, former) = (fits(&self.newest), fits(&self.former));
        let newest = newest && self.newest.is_good(now);
        let former = former && self.former.is_good(now);
        if newest { Some(Proof::Newest) } else { former.then_some(Proof::Former) }
    }

    /// Notes that a secret signed.
    pub(super) fn note(&self, proof: Proof, secrets: &Recorder<ConsumerSecretId>, arrival: Arrival) {
        let half = match proof {
            Proof::PrivateKey => return,
            Proof::Newest => &self.newest,
            Proof::Former => &self.former,
        };
        if let Some(signer) = &half.of {
            secrets.note(signer.id, &signer.last_noted, arrival);
        }
    }
}

impl Half {
    fn is_good(&self, now: UnixSeconds) -> bool {
        self.of.as_ref().is_some_and(|signer| signer.retires.is_none_or(|retires| now < retires))
    }
}

/// What stands in for a secret that is not there.
pub(super) fn stand_in() -> Secret {
    Secret::new("a secret that stands in for an unknown one")
}
