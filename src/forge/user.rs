//! Users: added and changed, by an administrator, by themselves or by an import, and what the audit log says of it.

use serde_json::{Map, Value, json};

use super::{
    By, Error, Mistake, Name,
    audit::{self, Event},
    mistake::WHOLE,
};
use crate::{
    ids::UserId,
    store::{
        self, Action, Transaction, Turn, UserStatus,
        users::{Changes, Fields, User},
    },
};

/// What of a user is to be otherwise; what is left out stays, or is at first what it is for everybody.
#[derive(Default)]
pub struct Change {
    /// The name for people to read.
    pub realname: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The hash of another password.
    pub password_hash: Option<String>,
    /// Whether the user may act.
    pub status: Option<UserStatus>,
    /// Whether the user administers the forge.
    pub forge_admin: Option<bool>,
    /// Whether the user lends roles to tools.
    pub uses_plugin: Option<bool>,
}

/// Adds a user, who is active and lends roles to tools where nothing else is said.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken.
pub fn add(tx: &mut Transaction<'_>, name: &Name, new: &Change, by: &By) -> Result<UserId, Error> {
    let name = name.as_str();
    let fields = Fields {
        name,
        realname: new.realname.as_deref().unwrap_or(name),
        email: new.email.as_deref().unwrap_or_default(),
        password_hash: new.password_hash.as_deref(),
        status: new.status.unwrap_or(UserStatus::Active),
        forge_admin: new.forge_admin.unwrap_or(false),
        uses_plugin: new.uses_plugin.unwrap_or(true),
    };
    let taken = |error| match error {
        store::Error::Duplicate(_) => Error::Mistaken(vec![Mistake::Taken.of("name")]),
        other => Error::Store(other),
    };
    let id = store::users::insert(tx, &fields, by.at()).map_err(taken)?;
    let details = json!({
        "status": fields.status.word(),
        "forge_admin": fields.forge_admin,
        "password": fields.password_hash.is_some(),
    });
    audit::record(tx, by, Event::of_user(Action::UserAdded, Some((id, name))).with(details));
    Ok(id)
}

/// Changes a user. Who is suspended, or gets another password, is logged out everywhere.
///
/// # Errors
/// Those of the store.
pub fn change(tx: &mut Transaction<'_>, old: &User, change: &Change, by: &By) -> Result<(), Error> {
    let changes = Changes {
        realname: change.realname.as_deref().filter(|new| *new != old.realname),
        email: change.email.as_deref().filter(|new| *new != old.email),
        password_hash: change.password_hash.as_deref(),
        status: change.status.filter(|new| *new != old.status),
        forge_admin: change.forge_admin.filter(|new| *new != old.forge_admin),
        uses_plugin: change.uses_plugin.filter(|new| *new != old.uses_plugin),
    };
    if changes != Changes::default() {
        store::users::update(tx, old, &changes)?;
        say_what_changed(tx, by, old, &changes);
    }
    // Whoever was let in by the former password, or before the suspension, is not let in for ever.
    if changes.password_hash.is_some() || change.status.unwrap_or(old.status) == UserStatus::Suspended {
        store::sessions::remove_all_of(tx, old.id)?;
    }
    Ok(())
}

/// Suspends a user, or lets them act again, as an administrator does at a page.
///
/// # Errors
/// [`Error::Mistaken`] for whoever suspends themselves, or the last who administers the forge.
pub fn set_status(tx: &mut Transaction<'_>, old: &User, status: UserStatus, by: &By) -> Result<(), Error> {
    if status == UserStatus::Suspended && by.is(old.id) {
        return Err(Error::Mistaken(vec![Mistake::Oneself.of(WHOLE)]));
    }
    tx.take_turn(Turn::Administrators)?;
    change(tx, old, &Change { status: Some(status), ..Change::default() }, by)?;
    somebody_administers(tx)
}

/// Makes sure that what was done leaves somebody who administers the forge; else it must be taken back.
///
/// # Errors
/// [`Error::Mistaken`].
pub(super) fn somebody_administers(tx: &mut Transaction<'_>) -> Result<(), Error> {
    if store::users::somebody_administers(tx)? {
        Ok(())
    } else {
        Err(Error::Mistaken(vec![Mistake::LastAdministrator.of(WHOLE)]))
    }
}

/// Whether the password is another one is said, and never which.
fn say_what_changed(tx: &mut Transaction<'_>, by: &By, old: &User, changes: &Changes<'_>) {
    let details = [
        ("realname", changes.realname.map(|new| json!(new))),
        ("email", changes.email.map(|new| json!(new))),
        ("password", changes.password_hash.map(|_| json!("replaced"))),
        ("status", changes.status.map(|new| json!(new.word()))),
        ("forge_admin", changes.forge_admin.map(|new| json!(new))),
        ("uses_plugin", changes.uses_plugin.map(|new| json!(new))),
    ];
    let details: Map<String, Value> =
        details.into_iter().filter_map(|(field, new)| Some((field.to_owned(), new?))).collect();
    let event = Event::of_user(Action::UserChanged, Some((old.id, &old.name)));
    audit::record(tx, by, event.with(Value::Object(details)));
}
