//! Registered consumers: what one must say of itself, and what an admin does with it.

use super::{Error, FieldError, Networks};
use crate::{
    clock::UnixSeconds,
    forge::{Name, is_printable},
    ids::ConsumerId,
    oauth1::{Callback, PublicKey},
    secret::{Secret, random_key},
    store::{
        self, Connection, Transaction,
        consumers::{Consumer, Fields},
    },
};

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
    /// From where it may ask, in CIDR notation; none: from everywhere.
    pub networks: Vec<String>,
}

/// A registration whose every field was checked.
pub struct Registration {
    draft: Draft,
    networks: Networks,
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
        if errors.is_empty() { Ok(Self { draft, networks }) } else { Err(Error::Fields(errors)) }
    }
}

fn wrong(field: &'static str, message: String) -> FieldError {
    FieldError { field, message }
}

fn check_url(text: &str, errors: &mut Vec<FieldError>) {
    let good = text.chars().count() <= LONGEST_TEXT
        && is_printable(text)
        && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !good {
        errors.push(wrong("url", "must be an http or https address".to_owned()));
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
/// [`Error::Fields`] when the name is taken.
pub fn register(tx: &mut Transaction<'_>, registration: &Registration, now: UnixSeconds) -> Result<Registered, Error> {
    let credentials = (random_key()?, Secret::random()?);
    register_with(tx, registration, credentials, true, now)
}

/// Registers a consumer under credentials that it has already, and says at once whether it is listened to.
///
/// # Errors
/// [`Error::Fields`] when the name or the key is taken.
pub fn register_with(
    tx: &mut Transaction<'_>,
    registration: &Registration,
    (key, secret): (String, Secret),
    enabled: bool,
    now: UnixSeconds,
) -> Result<Registered, Error> {
    let draft = &registration.draft;
    if store::consumers::by_name(tx, &draft.name)?.is_some() {
        return Err(Error::Fields(vec![wrong("name", "is taken".to_owned())]));
    }
    let id = store::consumers::insert(tx, &fields(draft, (&key, &secret), enabled), now).map_err(taken)?;
    store::consumers::replace_callbacks(tx, id, &draft.callbacks)?;
    set_networks(tx, id, &registration.networks)?;
    Ok(Registered { id, name: draft.name.clone(), key, secret })
}

/// Gives a consumer another registration of the same name, other credentials, or another state.
///
/// # Errors
/// [`Error::Fields`] when the key is another's.
pub fn replace(
    tx: &mut Transaction<'_>,
    id: ConsumerId,
    registration: &Registration,
    (key, secret): (&str, &Secret),
    enabled: bool,
) -> Result<(), Error> {
    let draft = &registration.draft;
    store::consumers::update(tx, id, &fields(draft, (key, secret), enabled)).map_err(taken)?;
    store::consumers::replace_callbacks(tx, id, &draft.callbacks)?;
    set_networks(tx, id, &registration.networks)
}

/// Lets a consumer ask from these networks alone, at every leg and with every token, from the next request on.
///
/// # Errors
/// Those of the store.
pub fn set_networks(tx: &mut Transaction<'_>, id: ConsumerId, networks: &Networks) -> Result<(), Error> {
    Ok(store::consumers::replace_networks(tx, id, networks.texts())?)
}

fn fields<'a>(draft: &'a Draft, (key, secret): (&'a str, &'a Secret), enabled: bool) -> Fields<'a> {
    Fields {
        name: &draft.name,
        url: &draft.url,
        description: &draft.description,
        email: &draft.email,
        key,
        secret: secret.expose(),
        public_key: draft.public_key.as_deref(),
        enabled,
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

/// All consumers by name, each with how many live access tokens it has.
///
/// # Errors
/// Those of the store.
pub fn list(conn: &mut Connection, now: UnixSeconds) -> Result<Vec<(Consumer, i64)>, Error> {
    Ok(store::consumers::list(conn, now, LIST_LIMIT)?)
}

/// Gives a consumer a fresh secret; the former one is refused from now on. The key stays.
///
/// # Errors
/// Those of the store.
pub fn rotate(tx: &mut Transaction<'_>, consumer: &Consumer) -> Result<Registered, Error> {
    let secret = Secret::random()?;
    store::consumers::set_secret(tx, consumer.id, &secret)?;
    Ok(Registered { id: consumer.id, name: consumer.name.clone(), key: consumer.key.clone(), secret })
}

/// Listens to a consumer again, or stops to at every leg from the next request on.
///
/// # Errors
/// Those of the store.
pub fn set_enabled(tx: &mut Transaction<'_>, id: ConsumerId, enabled: bool) -> Result<(), Error> {
    Ok(store::consumers::set_enabled(tx, id, enabled)?)
}

/// Removes a consumer with all its tokens, in one transaction. What it filed stays, under its name.
///
/// # Errors
/// Those of the store.
pub fn remove(tx: &mut Transaction<'_>, id: ConsumerId) -> Result<(), Error> {
    Ok(store::consumers::remove(tx, id)?)
}
