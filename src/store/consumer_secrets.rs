//! The secrets that consumers sign with: the newest, and beside it the former one until that retires.

use diesel::prelude::*;

use super::{Connection, Error, SecretPlace, Transaction, schema::consumer_secrets, sealed::CONSUMER_SECRET};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, ConsumerSecretId},
    secret::Secret,
};

/// What may be shown of a consumer's secret: everything but the secret.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = consumer_secrets)]
pub struct ConsumerSecret {
    /// The row's number.
    pub id: ConsumerSecretId,
    /// Which of its consumer's secrets it is.
    pub place: SecretPlace,
    /// When it was made.
    pub created: UnixSeconds,
    /// When it retires; none: when somebody lets it.
    pub retires: Option<UnixSeconds>,
    /// When it signed last, to a minute.
    pub last_signed: Option<UnixSeconds>,
}

/// A consumer's secrets, the newest first, for who verifies with them; the consumer by number and key.
///
/// # Errors
/// Those of the database; [`Error::Unopened`] when one does not open.
pub fn opened(
    conn: &mut Connection,
    (consumer, key): (ConsumerId, &str),
) -> Result<Vec<(ConsumerSecret, Secret)>, Error> {
    let found: Vec<(ConsumerSecret, String)> = consumer_secrets::table
        .filter(consumer_secrets::consumer_id.eq(consumer))
        .select((ConsumerSecret::as_select(), consumer_secrets::secret))
        .order(consumer_secrets::place.desc())
        .load(conn.db())?;
    let open = |(about, sealed): (ConsumerSecret, String)| {
        let secret = conn.unseal((CONSUMER_SECRET, about.id.0), key, &sealed)?;
        Ok((about, secret))
    };
    found.into_iter().map(open).collect()
}

/// The live secrets of a consumer, the newest first.
///
/// # Errors
/// Those of the database.
pub fn live(conn: &mut Connection, consumer: ConsumerId, now: UnixSeconds) -> Result<Vec<ConsumerSecret>, Error> {
    Ok(consumer_secrets::table
        .filter(consumer_secrets::consumer_id.eq(consumer))
        .filter(consumer_secrets::retires.is_null().or(consumer_secrets::retires.gt(now)))
        .select(ConsumerSecret::as_select())
        .order(consumer_secrets::place.desc())
        .load(conn.db())?)
}

/// The live secrets of all consumers, the newest of each first.
///
/// # Errors
/// Those of the database.
pub fn all_live(conn: &mut Connection, now: UnixSeconds) -> Result<Vec<(ConsumerId, ConsumerSecret)>, Error> {
    Ok(consumer_secrets::table
        .filter(consumer_secrets::retires.is_null().or(consumer_secrets::retires.gt(now)))
        .select((consumer_secrets::consumer_id, ConsumerSecret::as_select()))
        .order((consumer_secrets::consumer_id, consumer_secrets::place.desc()))
        .load(conn.db())?)
}

/// Gives a consumer its newest secret; there must be none in that place.
///
/// # Errors
/// [`Error::Duplicate`] when there is one.
pub fn insert(
    tx: &mut Transaction<'_>,
    (consumer, key): (ConsumerId, &str),
    secret: &Secret,
    created: UnixSeconds,
) -> Result<(), Error> {
    let sealed = tx.seal(CONSUMER_SECRET, key, secret)?;
    let row = (
        consumer_secrets::consumer_id.eq(consumer),
        consumer_secrets::place.eq(SecretPlace::Newest),
        consumer_secrets::secret.eq(sealed),
        consumer_secrets::created.eq(created),
    );
    diesel::insert_into(consumer_secrets::table).values(row).execute(tx.db())?;
    Ok(())
}

/// Makes the newest secret the former one, which is good until it retires. There must be no other in that place.
///
/// # Errors
/// [`Error::Duplicate`] when there is one.
pub fn step_aside(tx: &mut Transaction<'_>, consumer: ConsumerId, retires: Option<UnixSeconds>) -> Result<(), Error> {
    diesel::update(consumer_secrets::table.filter(consumer_secrets::consumer_id.eq(consumer)))
        .set((consumer_secrets::place.eq(SecretPlace::Former), consumer_secrets::retires.eq(retires)))
        .execute(tx.db())?;
    Ok(())
}

/// Makes the former secret the newest one again. There must be no other in that place.
///
/// # Errors
/// [`Error::Duplicate`] when there is one.
pub fn step_back(tx: &mut Transaction<'_>, consumer: ConsumerId) -> Result<(), Error> {
    diesel::update(consumer_secrets::table.filter(consumer_secrets::consumer_id.eq(consumer)))
        .set((consumer_secrets::place.eq(SecretPlace::Newest), consumer_secrets::retires.eq(None::<UnixSeconds>)))
        .execute(tx.db())?;
    Ok(())
}

/// Removes one of a consumer's secrets, if it is there.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, consumer: ConsumerId, place: SecretPlace) -> Result<(), Error> {
    let of_consumer = consumer_secrets::table.filter(consumer_secrets::consumer_id.eq(consumer));
    diesel::delete(of_consumer.filter(consumer_secrets::place.eq(place))).execute(tx.db())?;
    Ok(())
}

/// Seals a consumer's secrets anew after its key was changed: they open beside that key alone.
///
/// # Errors
/// Those of the database; [`Error::Unopened`] when one does not open.
pub fn follow(tx: &mut Transaction<'_>, consumer: ConsumerId, former: &str, key: &str) -> Result<(), Error> {
    for (about, secret) in opened(tx, (consumer, former))? {
        let sealed = tx.seal(CONSUMER_SECRET, key, &secret)?;
        diesel::update(consumer_secrets::table.filter(consumer_secrets::id.eq(about.id)))
            .set(consumer_secrets::secret.eq(sealed))
            .execute(tx.db())?;
    }
    Ok(())
}

/// Removes at most `limit` secrets that have retired, and says how many.
///
/// # Errors
/// Those of the database.
pub fn sweep(tx: &mut Transaction<'_>, now: UnixSeconds, limit: i64) -> Result<usize, Error> {
    let retired: Vec<ConsumerSecretId> = consumer_secrets::table
        .filter(consumer_secrets::retires.le(now))
        .select(consumer_secrets::id)
        .order(consumer_secrets::retires)
        .limit(limit)
        .load(tx.db())?;
    Ok(diesel::delete(consumer_secrets::table.filter(consumer_secrets::id.eq_any(retired))).execute(tx.db())?)
}
