//! What the audit log says of consumers, decisions and tokens: never a secret, a verifier or a token's key.

use serde_json::{Map, Value, json};

use super::{
    Error, Label,
    consent::Grant,
    consumers::{Draft, Registered},
    mail,
};
use crate::{
    clock::UnixSeconds,
    forge::{
        By, Needs,
        audit::{self, Event},
        role::full_name_of,
    },
    ids::{AccessTokenId, ConsumerId, RequestTokenId, RoleId, UserId},
    store::{self, Action, Transaction, consumers::Consumer},
};

/// A consumer was registered.
pub(super) fn registered(
    tx: &mut Transaction<'_>,
    by: &By,
    made: &Registered,
    (draft, needs): (&Draft, Needs),
    enabled: bool,
) {
    let details = json!({
        "key": made.key,
        "url": draft.url,
        "email": draft.email,
        "callbacks": draft.callbacks,
        "owner": draft.owner,
        "networks": draft.networks,
        "needs": needs.json(),
        "public_key": draft.public_key.is_some(),
        "enabled": enabled,
    });
    audit::record(tx, by, Event::of_consumer(Action::ConsumerRegistered, made.id, &made.name).with(details));
}

/// A consumer's secret is shown, to whoever it was made for.
pub(super) fn secret_shown(tx: &mut Transaction<'_>, by: &By, made: &Registered) {
    let event = Event::of_consumer(Action::ConsumerShown, made.id, &made.name);
    audit::record(tx, by, event.with(json!({"secret": "for the only time"})));
}

/// A consumer was replaced, perhaps by what it was before: then there is nothing to say.
pub(super) fn replaced(
    tx: &mut Transaction<'_>,
    by: &By,
    (old, old_callbacks, old_owner): (&Consumer, &[String], Option<String>),
    (new, needs): (&Draft, Needs),
    (key, has_another_secret): (&str, bool),
    enabled: bool,
) {
    let mut changed = Map::new();
    for (field, old, new) in [("key", &*old.key, key), ("url", &old.url, &new.url), ("email", &old.email, &new.email)] {
        if old != new {
            changed.insert(field.to_owned(), json!(new));
        }
    }
    if old_owner != new.owner {
        changed.insert("owner".to_owned(), json!(new.owner));
    }
    if old_callbacks != new.callbacks {
        changed.insert("callbacks".to_owned(), json!(new.callbacks));
    }
    if Needs::kept(&old.needs) != needs {
        changed.insert("needs".to_owned(), needs.json());
    }
    for (field, is_same) in [
        ("description", old.description == new.description),
        ("public_key", old.public_key == new.public_key),
        ("secret", !has_another_secret),
    ] {
        if !is_same {
            changed.insert(field.to_owned(), json!("replaced"));
        }
    }
    if !changed.is_empty() {
        consumer(tx, by, Action::ConsumerChanged, old, Value::Object(changed));
    }
    if old.enabled != enabled {
        consumer(tx, by, switched(enabled), old, json!({}));
    }
}

/// What switching a consumer on or off is called.
pub(super) fn switched(enabled: bool) -> Action {
    if enabled { Action::ConsumerEnabled } else { Action::ConsumerDisabled }
}

/// Something else was done to a consumer.
pub(super) fn consumer(tx: &mut Transaction<'_>, by: &By, action: Action, consumer: &Consumer, details: Value) {
    audit::record(tx, by, Event::of_consumer(action, consumer.id, &consumer.name).with(details));
}

/// Something was done to what a consumer asked a user for.
pub(super) fn request_token(
    tx: &mut Transaction<'_>,
    by: &By,
    (action, id): (Action, RequestTokenId),
    consumer: (ConsumerId, &str),
    user: UserId,
    details: Value,
) -> Result<(), Error> {
    let name = user_name(tx, user)?;
    let event = Event::of_request_token(action, id).between(consumer, (user, &name));
    audit::record(tx, by, event.with(details));
    Ok(())
}

/// Something was done to an access token. Its user is told by mail, if it is something that they are told.
pub(super) fn access_token(
    tx: &mut Transaction<'_>,
    by: &By,
    (action, id): (Action, AccessTokenId),
    consumer: (ConsumerId, &str),
    user: UserId,
    details: Value,
) -> Result<(), Error> {
    let name = user_name(tx, user)?;
    let event = Event::of_access_token(action, id).between(consumer, (user, &name));
    audit::record(tx, by, event.with(details));
    Ok(mail::tell(tx, by, (action, id), user)?)
}

/// Something was to be done to an access token, of this user alone where one is given; what was so already is not spoken of.
///
/// # Errors
/// [`Error::NotFound`] when there is no such token, or it is not this user's.
pub(super) fn done_to_access_token(
    tx: &mut Transaction<'_>,
    by: &By,
    (action, id): (Action, AccessTokenId),
    (is_done, of): (bool, Option<UserId>),
    details: Value,
) -> Result<(), Error> {
    if !is_done {
        let is_there = store::access_tokens::exists(tx, id, of)?;
        return if is_there { Ok(()) } else { Err(Error::NotFound(format!("access token {id}"))) };
    }
    match store::access_tokens::parties(tx, id)? {
        Some((consumer, name, user)) => access_token(tx, by, (action, id), (consumer, &name), user, details),
        None => Ok(()),
    }
}

/// What a user grants: the role, for how long, and what the token is called.
pub(super) fn grant(tx: &mut Transaction<'_>, grant: &Grant) -> Result<Value, Error> {
    let label = grant.label.as_ref().map(Label::as_str);
    Ok(json!({"role": full_name_of(tx, grant.role)?, "seconds": grant.lifetime.seconds(), "label": label}))
}

/// What a token is issued for: the role, and when it ends.
pub(super) fn issue(tx: &mut Transaction<'_>, role: RoleId, expires: Option<UnixSeconds>) -> Result<Value, Error> {
    Ok(json!({"role": full_name_of(tx, role)?, "expires": expires}))
}

fn user_name(tx: &mut Transaction<'_>, id: UserId) -> Result<String, Error> {
    Ok(store::users::by_id(tx, id)?.map_or_else(String::new, |user| user.name))
}
