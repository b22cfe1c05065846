//! Is this signed request good? The one place where the order of checks is written down (RFC 5849, section 3.2).
//!
//! 1. **Address**: where the operator set a limit, so many requests from one address and no more.
//! 2. **Shape**: what the leg needs is there. (What every signed request needs was seen to when it was read.)
//! 3. **Timestamp**: within the window, before anything is looked up.
//! 4. **Facts**: consumer and token, remembered or loaded. For an unknown one a stand-in secret is used, and the work goes
//!    on as for a known one.
//! 5. **Signature**, and the body's hash where one was sent.
//! 6. **Rest**: where too many signatures were wrong, none is good for a while. Asked when this one was compared, so that
//!    it takes the same work, and a guess that is right is not told from one that is wrong.
//! 7. **Verdict**: all at once, in an order that tells nothing about a token, beyond that it is not good here, before the
//!    signature made with its secret has proved right.
//! 8. **Share**: what consumer and token may ask for, where the operator set a limit. It is looked at now, when it is
//!    proved who asks, and taken when the nonce was new: neither a stranger nor a replay uses it up. Who has to wait has
//!    used no nonce up.
//! 9. **Nonce**: claimed only now, so that a caller without the secret neither fills the log nor burns a nonce.
//! 10. **Epoch**: whatever was changed or taken away before the nonce was written makes the facts be loaded and judged
//!     again. So what is remembered never outlives a revocation.
//! 11. The leg acts; that is not decided here.

use std::sync::Arc;

use super::{
    Error,
    facts::{Facts, Known, Parties},
    guard::{Guard, Target},
    memory::Remembered,
    policy,
    recorder::Recorder,
    signing::Proof,
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::{ConsumerId, ConsumerSecretId},
    oauth1::{Problem, SignedRequest},
    secret::Secret,
    store::{self, Claim, Connection, Nonce, Store},
};

/// What every leg verifies with: where facts stand and nonces go, how much is let through, and who notes what signed.
#[derive(Clone, Copy)]
pub(super) struct Verifying<'a> {
    pub store: &'a Store,
    pub guard: &'a Guard,
    pub secrets: &'a Recorder<ConsumerSecretId>,
}

/// What a leg expects to be presented beside the consumer's own credentials.
pub(super) trait Credential: Sized + Send + Sync + 'static {
    /// Step 2: is everything there that this leg needs?
    fn shape(request: &SignedRequest) -> Result<(), Problem>;

    /// Step 4: the credential of this key, which is empty where the request names none; and the secret that takes part in
    /// the signature, which is not kept.
    fn load(
        conn: &mut Connection,
        key: &str,
        through: Option<&Known>,
    ) -> Result<Option<(Self, Option<Secret>)>, store::Error>;

    /// Was it given to this consumer?
    fn belongs_to(&self, consumer: ConsumerId) -> bool;

    /// What a signature with it is made for.
    fn target(&self, consumer: ConsumerId, arrival: Arrival) -> Target;

    /// Step 7: may it be used now? Asked when the signature has proved right.
    fn verdict(&self, now: UnixSeconds) -> Result<(), Problem>;
}

/// Checks a signed request, steps 1 to 10: facts come from `remembered` where it has them, else from the store.
pub(super) async fn verify<C: Credential>(
    Verifying { store, guard, secrets }: Verifying<'_>,
    remembered: &impl Remembered<C>,
    request: &SignedRequest,
    arrival: Arrival,
) -> Result<Arc<Parties<C>>, Error> {
    let now = arrival.at;
    guard.admit(arrival.from)?;
    C::shape(request)?;
    check_timestamp(request.timestamp(), now)?;

    let recalled = remembered.recall(request, store.newest_epoch());
    let is_recalled = recalled.is_some();
    let mut facts = match recalled {
        Some(facts) => facts,
        None => remembered.read(store, request).await?,
    };
    let mut judged = judge(request, &facts, arrival);
    // What is remembered refuses nobody who became good meanwhile.
    if judged.is_err() && is_recalled && store.epoch().await? != facts.epoch {
        facts = remembered.read(store, request).await?;
        judged = judge(request, &facts, arrival);
    }
    if let Ok(named) = &facts.parties {
        let is_wrong = matches!(judged, Err(Problem::SignatureInvalid));
        guard.compared(named.target(arrival), is_wrong, arrival)?;
    }
    let (mut parties, mut proof) = judged?;
    guard.look(parties.consumer.id, parties.target(arrival))?;

    let token = request.token().unwrap_or_default();
    let nonce = Nonce::new(request.consumer_key(), token, request.timestamp(), request.nonce());
    let entry = store.claim(nonce).await?;
    if entry.epoch != facts.epoch {
        // Somebody may have read them already since the epoch moved.
        facts = match remembered.recall(request, entry.epoch) {
            Some(facts) => facts,
            None => remembered.read(store, request).await?,
        };
        (parties, proof) = judge(request, &facts, arrival)?;
    }
    match entry.claim {
        Claim::Fresh => {
            guard.take(parties.consumer.id, parties.target(arrival));
            facts.note(proof, secrets, arrival);
            Ok(parties)
        }
        Claim::Used => Err(Problem::NonceUsed.into()),
        Claim::BehindHorizon => Err(timestamp_refused(now).into()),
        Claim::SecondFull => Err(store::Error::SecondFull.into()),
        Claim::Unclear => Err(store::Error::Unavailable("the end of a batch was not to be learnt".to_owned()).into()),
    }
}

fn check_timestamp(timestamp: UnixSeconds, now: UnixSeconds) -> Result<(), Problem> {
    let (earliest, latest) = policy::acceptable_timestamps(now);
    if (earliest..=latest).contains(&timestamp) { Ok(()) } else { Err(timestamp_refused(now)) }
}

fn timestamp_refused(now: UnixSeconds) -> Problem {
    let (earliest, latest) = policy::acceptable_timestamps(now);
    Problem::TimestampRefused { earliest, latest }
}

impl<C: Credential> Parties<C> {
    fn target(&self, arrival: Arrival) -> Target {
        self.credential.target(self.consumer.id, arrival)
    }
}

/// Steps 5 and 7, which need nothing but the facts.
fn judge<C: Credential>(
    request: &SignedRequest,
    facts: &Facts<C>,
    arrival: Arrival,
) -> Result<(Arc<Parties<C>>, Proof), Problem> {
    let proof = facts.proof(request, arrival.at).filter(|_| request.body_hash_matches());
    let parties = facts.parties.as_ref().map_err(Clone::clone)?;
    if request.method().is_rsa() && !facts.has_public_key() {
        return Err(Problem::SignatureMethodRejected);
    }
    let Some(proof) = proof else { return Err(Problem::SignatureInvalid) };
    if !parties.consumer.enabled {
        return Err(Problem::ConsumerKeyRejected);
    }
    if !parties.consumer.reach.includes(arrival.from) {
        return Err(Problem::ConsumerElsewhere);
    }
    parties.credential.verdict(arrival.at)?;
    Ok((Arc::clone(parties), proof))
}
