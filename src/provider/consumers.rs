//! Registered consumers: what one must say of itself, and what an admin does with it.

mod looking;

use serde_json::json;

use super::{Error, FieldError, Networks, consumer_secrets, mail, said};
use crate::{
    clock::UnixSeconds,
    forge::{self, By, Name, Needs, is_printable},
    ids::{ConsumerId, UserId},
    oauth1::{Callback, PublicKey},
    secret::{Secret, random_key},
    store::{
        self, Action, Connection, Transaction,
        consumers::{Consumer, Fields},
    },
};

pub use looking::{About, Holding, Row, page};

/// The longest that a free text of a registration may be, in characters.
const LONGEST_TEXT: usize = 2_000;
/// The most callbacks of one consumer.
const MOST_CALLBACKS: usize = 50;
/// How many consumers a list shows.
const LIST_LIMIT: i64 = 10_000;

/// What a registration says, unchecked.
#[derive(Clone, Default)]
pub struct Draft {
    /// The name that people see; `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 128 characters.
    pub name: String,
    /// The tool's home page: http or https.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Whom to write to.
    pub email: String,
    /// Where users may be sent back to; none: only `oob`.
    pub callbacks: Vec<String>,
    /// PEM (SubjectPublicKeyInfo), for the RSA methods.
    pub public_key: Option<String>,
    /// The user who looks after it and is told why its requests are refused, by log-in name.
    pub owner: Option<String>,
    /// From where it may ask, in CIDR notation; none: from everywhere.
    pub networks: Vec<String>,
    /// The least that it needs of the role it acts with, each a word such as `tracker=submit`; none: nothing in particular.
    pub needs: Vec<String>,
}

/// A registration whose every field was checked.
pub struct Registration {
    draft: Draft,
    networks: Networks,
    needs: Needs,
}

/// A consumer's credentials, told once.
pub struct Registered {
    /// The consumer's number.
    pub id: ConsumerId,
    /// The consumer's name.
    pub name: String,
    /// `oauth_consumer_key`.
    pub key: String,
    /// The secret that it signs with.
    pub secret: Secret,
}

impl Registration {
    /// Checks every field.
    ///
    /// # Errors
    /// [`Error::Fields`] with everything that is wrong, not only the first.
    pub fn check(mut draft: Draft) -> Result<Self, Error> {
        let mut errors = Vec::new();
        if let Err(error) = Name::parse(&draft.name) {
            errors.push(wrong("name", error.to_string()));
        }
        check_url(&draft.url, &mut errors);
        for (field, text) in [("description", &draft.description), ("email", &draft.email)] {
            if !is_printable(text) || text.chars().count() > LONGEST_TEXT {
                errors.push(wrong(field, format!("must be printable text of at most {LONGEST_TEXT} characters")));
            }
        }
        if !draft.email.is_empty() && !looks_like_mail(&draft.email) {
            errors.push(wrong("email", "must be a mail address".to_owned()));
        }
        draft.callbacks = check_callbacks(&draft.callbacks, &mut errors);
        if let Some(Err(error)) = draft.public_key.as_deref().map(PublicKey::from_pem) {
            errors.push(wrong("public_key", error.to_string()));
        }
        let networks = Networks::check(&draft.networks).unwrap_or_else(|error| {
            errors.push(error);
            Networks::default()
        });
        let needs = Needs::parse(draft.needs.iter().map(String::as_str)).unwrap_or_else(|error| {
            errors.push(wrong("needs", error.to_string()));
            Needs::default()
        });
        if errors.is_empty() { Ok(Self { draft, networks, needs }) } else { Err(Error::Fields(errors)) }
    }
}

fn wrong(field: &'static str, message: String) -> FieldError {
    FieldError { field, message }
}

fn check_url(text: &str, errors: &mut Vec<FieldError>) {
    // What stands before an @ looks like the host, where the whole is shown to whoever is asked for consent.
    let names_nobody = |url: &url::Url| url.username().is_empty() && url.password().is_none();
    let is_home_page = |url: url::Url| matches!(url.scheme(), "http" | "https") && url.has_host() && names_nobody(&url);
    let good =
        text.chars().count() <= LONGEST_TEXT && is_printable(text) && url::Url::parse(text).is_ok_and(is_home_page);
    if !good {
        errors.push(wrong("url", "must be an http or https address without a user name".to_owned()));
    }
}

fn looks_like_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

/// The callbacks in one spelling, each once. `oob` is always allowed and needs no place among them.
fn check_callbacks(texts: &[String], errors: &mut Vec<FieldError>) -> Vec<String> {
    let mut callbacks = Vec::new();
    for text in texts {
        match Callback::parse(text) {
            Ok(Callback::OutOfBand) => {}
            Ok(Callback::Url(url)) => callbacks.push(url.as_str().to_owned()),
            Err(error) => errors.push(wrong("callbacks", format!("{text:?}: {error}"))),
        }
    }
    callbacks.sort();
    callbacks.dedup();
    if callbacks.len() > MOST_CALLBACKS {
        errors.push(wrong("callbacks", format!("must be at most {MOST_CALLBACKS}")));
    }
    callbacks
}

/// Registers a consumer under fresh credentials.
///
/// # Errors
/// [`Error::Fields`] when the name is taken, or there is no such owner.
pub fn register(tx: &mut Transaction<'_>, registration: &Registration, by: &By) -> Result<Registered, Error> {
    let credentials = (random_key()?, Secret::random()?);
    let registered = register_with(tx, registration, credentials, true, by)?;
    secret_is_shown(tx, &registered, by);
    Ok(registered)
}

/// Registers a consumer under credentials that it has already, and says at once whether it is listened to.
///
/// # Errors
/// [`Error::Fields`] when the name or the key is taken, or there is no such owner.
pub fn register_with(
    tx: &mut Transaction<'_>,
    registration: &Registration,
    (key, secret): (String, Secret),
    enabled: bool,
    by: &By,
) -> Result<Registered, Error> {
    let draft = &registration.draft;
    if store::consumers::by_name(tx, &draft.name)?.is_some() {
        return Err(Error::Fields(vec![wrong("name", "is taken".to_owned())]));
    }
    let owner = user_named(tx, draft.owner.as_deref())?;
    let needs = registration.needs.to_string();
    let id = store::consumers::insert(tx, &fields(registration, &key, enabled, &needs), by.at()).map_err(taken)?;
    store::consumer_secrets::insert(tx, (id, &key), &secret, by.at())?;
    store::consumers::set_owner(tx, id, owner)?;
    store::consumers::replace_callbacks(tx, id, &draft.callbacks)?;
    store::consumers::replace_networks(tx, id, registration.networks.texts())?;
    let registered = Registered { id, name: draft.name.clone(), key, secret };
    said::registered(tx, by, &registered, (draft, registration.needs), enabled);
    Ok(registered)
}

/// Writes down that a secret that was made up here is shown to whoever it was made for.
pub fn secret_is_shown(tx: &mut Transaction<'_>, registered: &Registered, by: &By) {
    said::secret_shown(tx, by, registered);
}

/// Gives a consumer another registration of the same name, other credentials, or another state. A secret that is given is
/// its only one from now on.
///
/// # Errors
/// [`Error::Fields`] when the key is another's, or there is no such owner.
pub fn replace(
    tx: &mut Transaction<'_>,
    consumer: &Consumer,
    registration: &Registration,
    (key, secret): (&str, Option<&Secret>),
    enabled: bool,
    by: &By,
) -> Result<(), Error> {
    let draft = &registration.draft;
    let owner = user_named(tx, draft.owner.as_deref())?;
    let before = store::consumers::owner(tx, consumer.id)?;
    let callbacks = store::consumers::callbacks(tx, consumer.id)?;
    let needs = registration.needs.to_string();
    store::consumers::update(tx, consumer.id, &fields(registration, key, enabled, &needs)).map_err(taken)?;
    store::consumers::set_owner(tx, consumer.id, owner)?;
    if key != consumer.key {
        store::consumer_secrets::follow(tx, consumer.id, &consumer.key, key)?;
    }
    let has_another_secret = match secret {
        Some(secret) => consumer_secrets::declare(tx, (consumer.id, key), secret, by.at())?,
        None => false,
    };
    store::consumers::replace_callbacks(tx, consumer.id, &draft.callbacks)?;
    said::replaced(
        tx,
        by,
        (consumer, &callbacks, before),
        (draft, registration.needs),
        (key, has_another_secret),
        enabled,
    );
    set_networks(tx, consumer, &registration.networks, by)
}

/// Lets a consumer ask from these networks alone, at every leg and with every token, from the next request on.
///
/// # Errors
/// Those of the store.
pub fn set_networks(tx: &mut Transaction<'_>, consumer: &Consumer, networks: &Networks, by: &By) -> Result<(), Error> {
    if store::consumers::replace_networks(tx, consumer.id, networks.texts())? {
        said::consumer(tx, by, Action::ConsumerChanged, consumer, json!({"networks": networks.texts()}));
    }
    Ok(())
}

/// Gives a consumer to this user to look after, or to nobody. The next page knows who may look up its refusals.
///
/// # Errors
/// [`Error::Fields`] when there is no such user.
pub fn set_owner(tx: &mut Transaction<'_>, consumer: &Consumer, owner: Option<&str>, by: &By) -> Result<(), Error> {
    let user = user_named(tx, owner)?;
    if store::consumers::owner(tx, consumer.id)?.as_deref() != owner {
        store::consumers::set_owner(tx, consumer.id, user)?;
        said::consumer(tx, by, Action::ConsumerChanged, consumer, json!({"owner": owner}));
    }
    Ok(())
}

/// The user who is to look after a consumer.
fn user_named(conn: &mut Connection, owner: Option<&str>) -> Result<Option<UserId>, Error> {
    let Some(name) = owner else { return Ok(None) };
    let user = store::users::by_name(conn, name)?;
    let missing = || Error::Fields(vec![wrong("owner", format!("there is no user {name:?}"))]);
    user.map(|user| Some(user.id)).ok_or_else(missing)
}

fn fields<'a>(registration: &'a Registration, key: &'a str, enabled: bool, needs: &'a str) -> Fields<'a> {
    let draft = &registration.draft;
    Fields {
        name: &draft.name,
        url: &draft.url,
        description: &draft.description,
        email: &draft.email,
        key,
        public_key: draft.public_key.as_deref(),
        enabled,
        needs,
    }
}

/// Two registrations at the same moment: the unique index says which of them was second.
fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate(_) => Error::Fields(vec![wrong("name", "is taken, or the key is".to_owned())]),
        other => other.into(),
    }
}

/// Finds a consumer by name.
///
/// # Errors
/// [`Error::NotFound`].
pub fn named(conn: &mut Connection, name: &str) -> Result<Consumer, Error> {
    store::consumers::by_name(conn, name)?.ok_or_else(|| Error::NotFound(format!("consumer {name:?}")))
}

/// Finds a consumer by number.
///
/// # Errors
/// [`Error::NotFound`].
pub fn numbered(conn: &mut Connection, id: ConsumerId) -> Result<Consumer, Error> {
    store::consumers::by_id(conn, id)?.ok_or_else(|| Error::NotFound(format!("consumer {id}")))
}

/// Finds a consumer by number and keeps others from changing it meanwhile.
///
/// # Errors
/// [`Error::NotFound`].
pub fn to_change(tx: &mut Transaction<'_>, id: ConsumerId) -> Result<Consumer, Error> {
    store::consumers::held(tx, id)?.ok_or_else(|| Error::NotFound(format!("consumer {id}")))
}

/// All consumers by name, each with how many live access tokens it has.
///
/// # Errors
/// Those of the store.
pub fn list(conn: &mut Connection, now: UnixSeconds) -> Result<Vec<(Consumer, i64)>, Error> {
    Ok(store::consumers::list(conn, now, LIST_LIMIT)?)
}

/// Gives a consumer another registration of the same name. Its credentials stay, and whether it is listened to.
///
/// # Errors
/// [`Error::Fields`] when there is no such owner.
pub fn change(
    tx: &mut Transaction<'_>,
    consumer: &Consumer,
    registration: &Registration,
    by: &By,
) -> Result<(), Error> {
    replace(tx, consumer, registration, (&consumer.key, None), consumer.enabled, by)
}

/// Writes down that somebody looks at a consumer.
///
/// # Errors
/// Those of the store.
pub fn is_looked_at(conn: &mut Connection, consumer: &Consumer, by: &By) -> Result<(), Error> {
    Ok(forge::audit::record_look(conn, by, consumer)?)
}

/// Listens to a consumer again, or stops to at every leg from the next request on.
///
/// # Errors
/// Those of the store.
pub fn set_enabled(tx: &mut Transaction<'_>, consumer: &Consumer, enabled: bool, by: &By) -> Result<(), Error> {
    if store::consumers::set_enabled(tx, consumer.id, enabled)? {
        said::consumer(tx, by, said::switched(enabled), consumer, json!({}));
    }
    Ok(())
}

/// Removes a consumer with all its tokens, in one transaction, and tells their users. What it filed stays, under its name.
///
/// # Errors
/// Those of the store.
pub fn remove(tx: &mut Transaction<'_>, consumer: &Consumer, by: &By) -> Result<(), Error> {
    let tokens = store::access_tokens::count_live(tx, consumer.id, by.at())?;
    mail::tell_before_removal(tx, by, mail::Ending::OfConsumer(consumer.id))?;
    if store::consumers::remove(tx, consumer.id)? {
        said::consumer(tx, by, Action::ConsumerRemoved, consumer, json!({"live_tokens": tokens}));
    }
    Ok(())
}
