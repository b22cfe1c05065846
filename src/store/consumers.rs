//! Registered consumers, their callbacks and their networks. Their secrets are in [`super::consumer_secrets`].

use diesel::prelude::*;

use super::{
    Connection, Error, Transaction,
    backend::Conn,
    consumer_words::{Texts, keep},
    schema::{consumer_callbacks, consumer_networks, consumer_owners, consumers, users},
};
use crate::{
    clock::UnixSeconds,
    ids::{ConsumerId, UserId},
};

mod lists;

pub use lists::{Sought, Which, enabled, list, page};

/// A consumer's row.
#[derive(Clone, Queryable, Selectable)]
pub struct Consumer {
    /// The row's number.
    pub id: ConsumerId,
    /// The name that people see, unique.
    pub name: String,
    /// The consumer's home page.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Whom to write to.
    pub email: String,
    /// The public half of its credentials, unique.
    pub key: String,
    /// PEM, for the RSA methods.
    pub public_key: Option<String>,
    /// Whether it is listened to.
    pub enabled: bool,
    /// When it was registered.
    pub created: UnixSeconds,
    /// The least that it needs of the role it acts with, in words; empty: nothing in particular.
    pub needs: String,
}

/// What of a consumer is written.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = consumers)]
#[diesel(treat_none_as_null = true)]
pub struct Fields<'a> {
    /// The name that people see.
    pub name: &'a str,
    /// The consumer's home page.
    pub url: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// Whom to write to.
    pub email: &'a str,
    /// The public half of its credentials.
    pub key: &'a str,
    /// PEM, for the RSA methods.
    pub public_key: Option<&'a str>,
    /// Whether it is listened to.
    pub enabled: bool,
    /// The least that it needs of the role it acts with, in words.
    pub needs: &'a str,
}

impl Fields<'_> {
    /// What it is to be found by.
    fn texts(&self) -> Texts<'_> {
        Texts { name: self.name, url: self.url, description: self.description }
    }
}

/// Finds a consumer by its key.
///
/// # Errors
/// Those of the database.
pub fn by_key(conn: &mut Connection, key: &str) -> Result<Option<Consumer>, Error> {
    Ok(consumers::table.filter(consumers::key.eq(key)).select(Consumer::as_select()).first(conn.db()).optional()?)
}

/// Finds a consumer by its name.
///
/// # Errors
/// Those of the database.
pub fn by_name(conn: &mut Connection, name: &str) -> Result<Option<Consumer>, Error> {
    Ok(consumers::table.filter(consumers::name.eq(name)).select(Consumer::as_select()).first(conn.db()).optional()?)
}

/// Finds a consumer by number.
///
/// # Errors
/// Those of the database.
pub fn by_id(conn: &mut Connection, id: ConsumerId) -> Result<Option<Consumer>, Error> {
    Ok(consumers::table.filter(consumers::id.eq(id)).select(Consumer::as_select()).first(conn.db()).optional()?)
}

/// A consumer, which nobody else changes until the end of the transaction. SQLite's writers are one at a time anyway.
///
/// # Errors
/// Those of the database.
pub fn held(tx: &mut Transaction<'_>, id: ConsumerId) -> Result<Option<Consumer>, Error> {
    let consumer = consumers::table.filter(consumers::id.eq(id));
    Ok(match tx.db() {
        Conn::Sqlite(connection) => consumer.select(Consumer::as_select()).first(connection).optional()?,
        Conn::Postgres(connection) => {
            consumer.select(Consumer::as_select()).for_no_key_update().first(connection).optional()?
        }
    })
}

/// All callbacks of all consumers, each with its consumer, in alphabetical order.
///
/// # Errors
/// Those of the database.
pub fn all_callbacks(conn: &mut Connection) -> Result<Vec<(ConsumerId, String)>, Error> {
    let columns = (consumer_callbacks::consumer_id, consumer_callbacks::url);
    Ok(consumer_callbacks::table.select(columns).order(columns).load(conn.db())?)
}

/// The blocks of addresses of all consumers, each with its consumer, in the order of their texts.
///
/// # Errors
/// Those of the database.
pub fn all_networks(conn: &mut Connection) -> Result<Vec<(ConsumerId, String)>, Error> {
    let columns = (consumer_networks::consumer_id, consumer_networks::network);
    Ok(consumer_networks::table.select(columns).order(columns).load(conn.db())?)
}

/// The log-in names of all who look after consumers, each with its consumer.
///
/// # Errors
/// Those of the database.
pub fn all_owners(conn: &mut Connection) -> Result<Vec<(ConsumerId, String)>, Error> {
    let owners = consumer_owners::table.inner_join(users::table).order(consumer_owners::consumer_id);
    Ok(owners.select((consumer_owners::consumer_id, users::name)).load(conn.db())?)
}

/// The callbacks that a consumer registered, in alphabetical order.
///
/// # Errors
/// Those of the database.
pub fn callbacks(conn: &mut Connection, id: ConsumerId) -> Result<Vec<String>, Error> {
    Ok(consumer_callbacks::table
        .filter(consumer_callbacks::consumer_id.eq(id))
        .select(consumer_callbacks::url)
        .order(consumer_callbacks::url)
        .load(conn.db())?)
}

/// The blocks of addresses from which a consumer may ask, in the order of their texts; none: it may from everywhere.
///
/// # Errors
/// Those of the database.
pub fn networks(conn: &mut Connection, id: ConsumerId) -> Result<Vec<String>, Error> {
    Ok(consumer_networks::table
        .filter(consumer_networks::consumer_id.eq(id))
        .select(consumer_networks::network)
        .order(consumer_networks::network)
        .load(conn.db())?)
}

/// The log-in name of the user who looks after a consumer, if somebody does.
///
/// # Errors
/// Those of the database.
pub fn owner(conn: &mut Connection, id: ConsumerId) -> Result<Option<String>, Error> {
    let owner = consumer_owners::table.inner_join(users::table).filter(consumer_owners::consumer_id.eq(id));
    Ok(owner.select(users::name).first(conn.db()).optional()?)
}

/// Gives a consumer to somebody to look after, or to nobody.
///
/// # Errors
/// Those of the database.
pub fn set_owner(tx: &mut Transaction<'_>, id: ConsumerId, owner: Option<UserId>) -> Result<(), Error> {
    diesel::delete(consumer_owners::table.filter(consumer_owners::consumer_id.eq(id))).execute(tx.db())?;
    if let Some(owner) = owner {
        let row = (consumer_owners::consumer_id.eq(id), consumer_owners::user_id.eq(owner));
        diesel::insert_into(consumer_owners::table).values(row).execute(tx.db())?;
    }
    Ok(())
}

/// Adds a consumer.
///
/// # Errors
/// [`Error::Duplicate`] when the name or the key is taken.
pub fn insert(tx: &mut Transaction<'_>, fields: &Fields<'_>, now: UnixSeconds) -> Result<ConsumerId, Error> {
    let row = (fields, consumers::created.eq(now));
    let id = diesel::insert_into(consumers::table).values(row).returning(consumers::id).get_result(tx.db())?;
    keep(tx, id, fields.texts())?;
    Ok(id)
}

/// Changes a consumer.
///
/// # Errors
/// [`Error::Duplicate`] when the new name or key is another's.
pub fn update(tx: &mut Transaction<'_>, id: ConsumerId, fields: &Fields<'_>) -> Result<(), Error> {
    diesel::update(consumers::table.filter(consumers::id.eq(id))).set(fields).execute(tx.db())?;
    keep(tx, id, fields.texts())
}

/// Replaces a consumer's callbacks.
///
/// # Errors
/// Those of the database.
pub fn replace_callbacks(tx: &mut Transaction<'_>, id: ConsumerId, urls: &[String]) -> Result<(), Error> {
    diesel::delete(consumer_callbacks::table.filter(consumer_callbacks::consumer_id.eq(id))).execute(tx.db())?;
    for url in urls {
        let row = (consumer_callbacks::consumer_id.eq(id), consumer_callbacks::url.eq(url));
        diesel::insert_into(consumer_callbacks::table).values(row).execute(tx.db())?;
    }
    Ok(())
}

/// Replaces a consumer's networks. What stays the same is not touched, so that it does not count as a change. False: all of
/// it stayed the same.
///
/// # Errors
/// Those of the database.
pub fn replace_networks(tx: &mut Transaction<'_>, id: ConsumerId, new: &[String]) -> Result<bool, Error> {
    let before = networks(tx, id)?;
    let (gone, fresh): (Vec<_>, Vec<_>) = (
        before.iter().filter(|network| !new.contains(network)).collect(),
        new.iter().filter(|network| !before.contains(network)).collect(),
    );
    for network in &gone {
        diesel::delete(consumer_networks::table.filter(consumer_networks::consumer_id.eq(id)))
            .filter(consumer_networks::network.eq(network))
            .execute(tx.db())?;
    }
    for network in &fresh {
        let row = (consumer_networks::consumer_id.eq(id), consumer_networks::network.eq(network));
        diesel::insert_into(consumer_networks::table).values(row).execute(tx.db())?;
    }
    Ok(!(gone.is_empty() && fresh.is_empty()))
}

/// Listens to a consumer, or stops to. False: it was so already.
///
/// # Errors
/// Those of the database.
pub fn set_enabled(tx: &mut Transaction<'_>, id: ConsumerId, enabled: bool) -> Result<bool, Error> {
    let other = consumers::table.filter(consumers::id.eq(id)).filter(consumers::enabled.ne(enabled));
    Ok(diesel::update(other).set(consumers::enabled.eq(enabled)).execute(tx.db())? == 1)
}

/// Removes a consumer with its callbacks and tokens. What it filed stays. False: there is none.
///
/// # Errors
/// Those of the database.
pub fn remove(tx: &mut Transaction<'_>, id: ConsumerId) -> Result<bool, Error> {
    Ok(diesel::delete(consumers::table.filter(consumers::id.eq(id))).execute(tx.db())? == 1)
}
