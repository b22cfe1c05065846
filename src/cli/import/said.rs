//! What the audit log says of an import: each user, role and membership that it added or changed. What stays as it was is not
//! spoken of, so a second run of the same file says nothing.

use serde_json::{Map, Value, json};

use super::format;
use crate::{
    forge::{
        By,
        audit::{self, Event},
        role::full_name,
    },
    ids::{RoleId, UserId},
    store::{
        self, Action, Transaction,
        roles::Replaced,
        users::{Fields, User},
    },
};

/// A user was added.
pub(super) fn user_added(tx: &mut Transaction<'_>, by: &By, id: UserId, new: &Fields<'_>) {
    let details = json!({
        "status": new.status.word(),
        "forge_admin": new.forge_admin,
        "password": new.password_hash.is_some(),
    });
    audit::record(tx, by, Event::of_user(Action::UserAdded, Some((id, new.name))).with(details));
}

/// A user was written again, perhaps as before. Whether the password is another one is said, and never which.
pub(super) fn user_changed(tx: &mut Transaction<'_>, by: &By, old: &User, new: &Fields<'_>) {
    let changes = [
        ("realname", old.realname != new.realname, json!(new.realname)),
        ("email", old.email != new.email, json!(new.email)),
        ("password", old.password_hash.as_deref() != new.password_hash, json!("replaced")),
        ("status", old.status != new.status, json!(new.status.word())),
        ("forge_admin", old.forge_admin != new.forge_admin, json!(new.forge_admin)),
    ];
    let changed = changes.into_iter().filter(|(_, is_changed, _)| *is_changed);
    let details: Map<String, Value> = changed.map(|(field, _, new)| (field.to_owned(), new)).collect();
    if !details.is_empty() {
        let event = Event::of_user(Action::UserChanged, Some((old.id, &old.name)));
        audit::record(tx, by, event.with(Value::Object(details)));
    }
}

/// A role was written, perhaps as before: what it may do is said in the file's own words.
pub(super) fn role_put(
    tx: &mut Transaction<'_>,
    by: &By,
    (id, role): (RoleId, &format::Role),
    action: Option<Action>,
    members: &Replaced,
) -> Result<(), store::Error> {
    let name = full_name(role.project.as_deref(), &role.name);
    if let Some(action) = action {
        let details = json!({"permissions": role.permissions});
        audit::record(tx, by, Event::of_role(action, id, &name).with(details));
    }
    for (action, users) in [(Action::RoleGiven, &members.added), (Action::RoleTaken, &members.removed)] {
        for user in users {
            let user = store::users::by_id(tx, *user)?;
            let user = user.as_ref().map(|user| (user.id, user.name.as_str()));
            audit::record(tx, by, Event::of_role(action, id, &name).concerning(user));
        }
    }
    Ok(())
}
