//! A consumer's secrets: another one is made while the former still signs, until it retires.
//!
//! There are never more than two, the newest and the former one.

use serde_json::{Value, json};

use super::{Error, consumers, consumers::Registered, said};
use crate::{
    clock::UnixSeconds,
    forge::By,
    ids::ConsumerId,
    secret::Secret,
    store::{self, Action, Connection, SecretPlace, Transaction, Turn, consumers::Consumer},
};

/// How long the former secret signs beside the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// Until somebody lets it retire, or makes yet another.
    UntilRetired,
    /// For so many seconds; none: not at all.
    Seconds(i64),
}

impl Overlap {
    /// As an entry of the audit log has it.
    fn described(self) -> Value {
        match self {
            Self::UntilRetired => json!({"former": "signs until it retires"}),
            Self::Seconds(seconds) => json!({"former_signs_for_seconds": seconds}),
        }
    }
}

/// Gives a consumer another secret. The one that it had signs for as long as is said, and one that was former already
/// ends. The key stays.
///
/// # Errors
/// Those of the store.
pub fn rotate(tx: &mut Transaction<'_>, consumer: &Consumer, overlap: Overlap, by: &By) -> Result<Registered, Error> {
    let (secret, now) = (Secret::random()?, by.at());
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
    said::consumer(tx, by, Action::ConsumerRotated, consumer, overlap.described());
    let rotated = Registered { id: consumer.id, name: consumer.name.clone(), key: consumer.key.clone(), secret };
    consumers::secret_is_shown(tx, &rotated, by);
    Ok(rotated)
}

/// Lets the former secret retire now: it is refused from the next request on.
///
/// # Errors
/// [`Error::NotFound`] when there is none that still signs.
pub fn retire(tx: &mut Transaction<'_>, consumer: &Consumer, by: &By) -> Result<(), Error> {
    require_former(tx, consumer, by.at())?;
    store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Former)?;
    said::consumer(tx, by, Action::SecretRetired, consumer, json!({}));
    Ok(())
}

/// Takes one rotation back while the former secret still signs: it is the newest again, and the one that was made since
/// ends.
///
/// # Errors
/// [`Error::NotFound`] when there is no former secret that still signs.
pub fn rotate_back(tx: &mut Transaction<'_>, consumer: &Consumer, by: &By) -> Result<(), Error> {
    require_former(tx, consumer, by.at())?;
    store::consumer_secrets::remove(tx, consumer.id, SecretPlace::Newest)?;
    store::consumer_secrets::step_back(tx, consumer.id)?;
    said::consumer(tx, by, Action::RotationTakenBack, consumer, json!({}));
    Ok(())
}

/// Sees to it that a consumer has this secret and no other. False: it is the newest already, and nothing changed.
///
/// # Errors
/// Those of the store.
pub(super) fn declare(
    tx: &mut Transaction<'_>,
    (consumer, key): (ConsumerId, &str),
    secret: &Secret,
    now: UnixSeconds,
) -> Result<bool, Error> {
    tx.take_turn(Turn::Secrets)?;
    let known = store::consumer_secrets::opened(tx, (consumer, key))?;
    if known.first().is_some_and(|(about, newest)| about.place == SecretPlace::Newest && newest.equals(secret.expose()))
    {
        return Ok(false);
    }
    for place in [SecretPlace::Newest, SecretPlace::Former] {
        store::consumer_secrets::remove(tx, consumer, place)?;
    }
    store::consumer_secrets::insert(tx, (consumer, key), secret, now)?;
    Ok(true)
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
