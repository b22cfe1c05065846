//! Is this signed request good? The one place where the order of checks is written down (RFC 5849, section 3.2).
//!
//! 1. **Shape**: what the leg needs is there. (What every signed request needs was seen to when it was read.)
//! 2. **Timestamp**: within the window, before anything is looked up.
//! 3. **Load** consumer and token. An unknown one gets a stand-in secret, and the work goes on as for a known one.
//! 4. **Signature**, and the body's hash where one was sent.
//! 5. **Verdict**: all at once, in an order that tells nothing about a token, beyond that it is not good here, before the
//!    signature made with its secret has proved right.
//! 6. **Nonce**: claimed only now, so that a caller without the secret neither fills the table nor burns a nonce.
//! 7. The leg acts; that is not decided here.

use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    oauth1::{Problem, PublicKey, SignedRequest, verify_hmac},
    secret::Secret,
    store::{self, Connection, consumers::Consumer, nonces::Claim},
};

use super::{Error, policy};

/// What a leg expects to be presented beside the consumer's own credentials.
pub(super) trait Credential: Sized {
    /// Step 1: is everything there that this leg needs?
    fn shape(request: &SignedRequest) -> Result<(), Problem>;

    /// Step 3: the credential that the request names.
    fn load(conn: &mut Connection, request: &SignedRequest) -> Result<Option<Self>, store::Error>;

    /// Was it given to this consumer?
    fn belongs_to(&self, consumer: ConsumerId) -> bool;

    /// The secret that takes part in the signature.
    fn secret(&self) -> Option<&Secret>;

    /// Step 5: may it be used now? Asked when the signature has proved right.
    fn verdict(&self, now: UnixSeconds) -> Result<(), Problem>;
}

/// A request that passed every check, its nonce claimed.
pub(super) struct Verified<C> {
    pub consumer: Consumer,
    pub credential: C,
}

/// Checks a signed request, steps 1 to 6.
pub(super) fn verify<C: Credential>(
    conn: &mut Connection,
    request: &SignedRequest,
    now: UnixSeconds,
) -> Result<Verified<C>, Error> {
    C::shape(request)?;
    check_timestamp(request.timestamp(), now)?;

    let consumer = store::consumers::by_key(conn, request.consumer_key())?;
    let credential = C::load(conn, request)?;

    let signed = check_signature(request, consumer.as_ref(), credential.as_ref());
    let verified = judge(consumer, credential, signed, now)?;

    let token = request.token().unwrap_or_default();
    let claim =
        conn.write(|tx| store::nonces::claim(tx, verified.consumer.id, token, request.timestamp(), request.nonce()))?;
    match claim {
        Claim::Fresh => Ok(verified),
        Claim::Used => Err(Problem::NonceUsed.into()),
        Claim::BehindHorizon => Err(timestamp_refused(now).into()),
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

/// What the signature was found to be.
enum Signed {
    Right,
    Wrong,
    /// An RSA method of a consumer that registered no public key.
    WithoutKey,
}

fn check_signature<C: Credential>(
    request: &SignedRequest,
    consumer: Option<&Consumer>,
    credential: Option<&C>,
) -> Signed {
    let right = if request.method().is_rsa() {
        match consumer.map(|consumer| consumer.public_key.as_deref()) {
            Some(None) => return Signed::WithoutKey,
            Some(Some(pem)) => PublicKey::from_pem(pem)
                .is_ok_and(|key| key.verify(request.method(), request.base_string(), request.signature())),
            None => false,
        }
    } else {
        let stand_in = Secret::new("a secret that stands in for an unknown one");
        let consumer_secret = consumer.map_or(&stand_in, |consumer| &consumer.secret);
        let token_secret = credential.map_or(Some(&stand_in), Credential::secret);
        verify_hmac(request.method(), request.base_string(), consumer_secret, token_secret, request.signature())
    };
    if right && request.body_hash_matches() { Signed::Right } else { Signed::Wrong }
}

fn judge<C: Credential>(
    consumer: Option<Consumer>,
    credential: Option<C>,
    signed: Signed,
    now: UnixSeconds,
) -> Result<Verified<C>, Problem> {
    let consumer = consumer.ok_or(Problem::ConsumerKeyUnknown)?;
    let credential =
        credential.filter(|credential| credential.belongs_to(consumer.id)).ok_or(Problem::TokenRejected)?;
    match signed {
        Signed::Right => {}
        Signed::Wrong => return Err(Problem::SignatureInvalid),
        Signed::WithoutKey => return Err(Problem::SignatureMethodRejected),
    }
    if !consumer.enabled {
        return Err(Problem::ConsumerKeyRejected);
    }
    credential.verdict(now)?;
    Ok(Verified { consumer, credential })
}
