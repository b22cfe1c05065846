//! Is this signed request good? The one place where the order of checks is written down (RFC 5849, section 3.2).
//!
//! 1. **Shape**: what the leg needs is there. (What every signed request needs was seen to when it was read.)
//! 2. **Timestamp**: within the window, before anything is looked up.
//! 3. **Facts**: consumer and token, remembered or loaded. For an unknown one a stand-in secret is used, and the work goes
//!    on as for a known one.
//! 4. **Signature**, and the body's hash where one was sent.
//! 5. **Verdict**: all at once, in an order that tells nothing about a token, beyond that it is not good here, before the
//!    signature made with its secret has proved right.
//! 6. **Nonce**: claimed only now, so that a caller without the secret neither fills the log nor burns a nonce.
//! 7. **Epoch**: whatever was changed or taken away before the nonce was written makes the facts be loaded and judged
//!    again. So what is remembered never outlives a revocation.
//! 8. The leg acts; that is not decided here.

use std::sync::Arc;

use super::{
    Error,
    facts::{Facts, Known, Parties},
    memory::Remembered,
    policy,
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::ConsumerId,
    oauth1::{Problem, SignedRequest},
    secret::Secret,
    store::{self, Claim, Connection, Nonce, Store},
};

/// What a leg expects to be presented beside the consumer's own credentials.
pub(super) trait Credential: Sized + Send + Sync + 'static {
    /// Step 1: is everything there that this leg needs?
    fn shape(request: &SignedRequest) -> Result<(), Problem>;

    /// Step 3: the credential of this key, which is empty where the request names none.
    fn load(conn: &mut Connection, key: &str, through: Option<&Known>) -> Result<Option<Self>, store::Error>;

    /// Was it given to this consumer?
    fn belongs_to(&self, consumer: ConsumerId) -> bool;

    /// The secret that takes part in the signature.
    fn secret(&self) -> Option<&Secret>;

    /// Step 5: may it be used now? Asked when the signature has proved right.
    fn verdict(&self, now: UnixSeconds) -> Result<(), Problem>;
}

/// Checks a signed request, steps 1 to 7: facts come from `remembered` where it has them, else from the store.
pub(super) async fn verify<C: Credential>(
    store: &Store,
    remembered: &impl Remembered<C>,
    request: &SignedRequest,
    arrival: Arrival,
) -> Result<Arc<Parties<C>>, Error> {
    let now = arrival.at;
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
    let mut parties = judged?;

    let token = request.token().unwrap_or_default();
    let nonce = Nonce::new(request.consumer_key(), token, request.timestamp(), request.nonce());
    let entry = store.claim(nonce).await?;
    if entry.epoch != facts.epoch {
        // Somebody may have read them already since the epoch moved.
        facts = match remembered.recall(request, entry.epoch) {
            Some(facts) => facts,
            None => remembered.read(store, request).await?,
        };
        parties = judge(request, &facts, arrival)?;
    }
    match entry.claim {
        Claim::Fresh => Ok(parties),
        Claim::Used => Err(Problem::NonceUsed.into()),
        Claim::BehindHorizon => Err(timestamp_refused(now).into()),
        Claim::SecondFull => Err(store::Error::Unavailable("too many requests name one second".to_owned()).into()),
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

/// Steps 4 and 5, which need nothing but the facts.
fn judge<C: Credential>(
    request: &SignedRequest,
    facts: &Facts<C>,
    arrival: Arrival,
) -> Result<Arc<Parties<C>>, Problem> {
    let right = facts.proves(request) && request.body_hash_matches();
    let parties = facts.parties.as_ref().map_err(Clone::clone)?;
    if request.method().is_rsa() && !facts.has_public_key() {
        return Err(Problem::SignatureMethodRejected);
    }
    if !right {
        return Err(Problem::SignatureInvalid);
    }
    if !parties.consumer.enabled {
        return Err(Problem::ConsumerKeyRejected);
    }
    if !parties.consumer.reach.includes(arrival.from) {
        return Err(Problem::ConsumerElsewhere);
    }
    parties.credential.verdict(arrival.at)?;
    Ok(Arc::clone(parties))
}
