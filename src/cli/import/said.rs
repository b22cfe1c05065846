//! What the audit log says of an import's roles: each role and membership that it added or changed. What stays as it was is not
//! spoken of, so a second run of the same file says nothing.

use serde_json::json;

use super::format;
use crate::{
    forge::{
        By,
        audit::{self, Event},
        role::full_name,
        role_change,
    },
    ids::RoleId,
    store::{self, Action, Transaction, roles::Replaced},
};

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
    role_change::members_replaced(tx, (id, &name), members, by)
}
