//! A consumer's secrets: another one is made while the former still signs, until it retires.
//!
//! There are never more than two, the newest and the former one.

use super::{Error, consumers::Registered};
use crate::{
    clock::UnixSeconds,
    ids::ConsumerId,
    secret::Secret,
    store::{self, Connection, SecretPlace, Transaction, Turn, consumers::Consumer},
};

/// How long the former secret signs beside the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// Until somebody lets it retire, or makes yet another.
    UntilRetired,
    /// For so many seconds; none: not at all.
    Seconds(i64),
}

/// Gives a consumer another secret. The one that it had signs for as long as is said, and one that was former already
/// ends. The key stays.
///
/// # Errors
/// Those of the store.
pub fn rotate(
    tx: &mut Transaction<'_>,
    consumer: &Consumer,
    overlap: Overlap,
    now: UnixSeconds,
) -> Result<Registered, Error> {
    let secret = Secret::random()?;
    tx.take_turn(Turn::Secrets)?;
    store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Former)?;
    match overlap {
        Overlap::UntilRetired => store::consumer_secrets::step_aside(tx, consumer.id, None)?,
        Overlap::Seconds(seconds) if seconds > 0 => {
            store::consumer_secrets::step_aside(tx, consumer.id, Some(now.saturating_add(seconds)))?;
        }
        Overlap::Seconds(_) => store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Newest)?,
    }
    store::consumer_secrets::insert(tx, (consumer.id, &consumer.key), &secret, now)?;
    Ok(Registered { id: consumer.id, name: consumer.name.clone(), key: consumer.key.clone(), secret })
}

/// Lets the former secret retire now: it is refused from the next request on.
///
/// # Errors
/// [`Error::NotFound`] when there is none that still signs.
pub fn retire(tx: &mut Transaction<'_>, consumer: &Consumer, now: UnixSeconds) -> Result<(), Error> {
    require_former(tx, consumer, now)?;
    Ok(store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Former)?)
}

/// Takes one rotation back while the former secret still signs: it is the newest again, and the one that was made since
/// ends.
///
/// # Errors
/// [`Error::NotFound`] when there is no former secret that still signs.
pub fn rotate_back(tx: &mut Transaction<'_>, consumer: &Consumer, now: UnixSeconds) -> Result<(), Error> {
    require_former(tx, consumer, now)?;
    store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Newest)?;
    Ok(store::consumer_secrets::step_back(tx, consumer.id)?)
}

/// Sees to it that a consumer has this secret and no other. Where it is the newest already, nothing changes.
///
/// # Errors
/// Those of the store.
pub(super) fn declare(
    tx: &mut Transaction<'_>,
    (consumer, key): (ConsumerId, &str),
    secret: &Secret,
    now: UnixSeconds,
) -> Result<(), Error> {
    tx.take_turn(Turn::Secrets)?;
    let known = store::consumer_secrets::opened(tx, (consumer, key))?;
    if known.first().is_some_and(|(about, newest)| about.place == SecretPlace::Newest && newest.equals(secret.expose()))
    {
        return Ok(());
    }
    for place in [SecretPlace::Newest, SecretPlace::Former] {
        store::consumer_secrets::remove(tx, consumer, place)?;
    }
    Ok(store::consumer_secrets::insert(tx, (consumer, key), secret, now)?)
}

fn require_former(tx: &mut Transaction<'_>, consumer: &Consumer, now: UnixSeconds) -> Result<(), Error> {
    tx.take_turn(Turn::Secrets)?;
    if has_former(tx, consumer.id, now)? {
        Ok(())
    } else {
        Err(Error::NotFound(format!("former secret of consumer {:?} that still signs", consumer.name)))
    }
}

fn has_former(conn: &mut Connection, consumer: ConsumerId, now: UnixSeconds) -> Result<bool, Error> {
    let live = store::consumer_secrets::live(conn, consumer, now)?;
    Ok(live.iter().any(|secret| secret.place == SecretPlace::Former))
}
