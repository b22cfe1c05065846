//! Roles: added, changed, removed, given and taken, by whoever administers a project or the forge. What is done is in the
//! audit log, and leaves somebody who administers the forge.

use serde_json::json;

use super::{
    By, Error, Grants, Mistake, RoleName,
    audit::{self, Event},
    rights::{self, Lost, Rights},
    role::full_name,
    user::somebody_administers,
};
use crate::{
    ids::{ProjectId, RoleId, UserId},
    store::{
        self, Action, Connection, Transaction, Turn,
        projects::Project,
        roles::{Replaced, Role, Setting},
        trackers::Tracker,
        users::User,
    },
};

/// A role as it is to be.
#[derive(Clone)]
pub struct Draft {
    /// The name.
    pub name: RoleName,
    /// What it lets its holders do.
    pub rights: Rights,
}

/// A role with everything that a change of it looks at.
pub struct Known {
    /// The role.
    pub role: Role,
    /// Its settings.
    pub settings: Vec<Setting>,
    /// The trackers that its rights can be in.
    pub trackers: Vec<Tracker>,
}

impl Known {
    /// The role of this number, if it is of this project (none: of the whole forge).
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn load(conn: &mut Connection, id: RoleId, project: Option<ProjectId>) -> Result<Self, Error> {
        let role = store::roles::by_id(conn, id)?.filter(|role| project_of(role) == project).ok_or(Error::NotFound)?;
        let settings = store::roles::settings(conn, &[id])?.into_iter().map(|(_, setting)| setting).collect();
        Ok(Self { role, settings, trackers: trackers_of(conn, project)? })
    }

    /// The same, which nobody else changes until the end of the transaction.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn held(tx: &mut Transaction<'_>, id: RoleId, project: Option<ProjectId>) -> Result<Self, Error> {
        store::roles::hold(tx, id)?;
        Self::load(tx, id, project)
    }

    /// What it lets its holders do, as it is set.
    pub fn rights(&self) -> Rights {
        Rights::of(&self.settings, project_of(&self.role))
    }

    /// What its holders can no longer do when it is as this draft says.
    pub fn loses(&self, draft: &Draft) -> Vec<Lost> {
        let project = project_of(&self.role);
        let after = Grants::new(draft.rights.over(&self.settings, project, &self.trackers));
        rights::lost(&Grants::new(self.settings.iter().copied()), &after, project, &self.trackers)
    }

    /// Its full name.
    pub fn full_name(&self) -> String {
        full_name(self.role.project.as_ref().map(|(_, name, _)| name.as_str()), &self.role.name)
    }
}

/// The trackers that a role of a project can have rights in at a page; those of one of the whole forge are set by an import.
///
/// # Errors
/// Those of the store.
pub fn trackers_of(conn: &mut Connection, project: Option<ProjectId>) -> Result<Vec<Tracker>, store::Error> {
    match project {
        Some(id) => store::trackers::of_project(conn, Some(id)),
        None => Ok(Vec::new()),
    }
}

fn project_of(role: &Role) -> Option<ProjectId> {
    role.project.as_ref().map(|(id, ..)| *id)
}

/// Adds a role to a project, or to the whole forge.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken.
pub fn add(tx: &mut Transaction<'_>, project: Option<&Project>, draft: &Draft, by: &By) -> Result<RoleId, Error> {
    let project_id = project.map(|project| project.id);
    let trackers = trackers_of(tx, project_id)?;
    let id = store::roles::insert(tx, project_id, draft.name.as_str()).map_err(taken)?;
    store::roles::replace_settings(tx, id, &draft.rights.settings(project_id, &trackers))?;
    let name = full_name(project.map(|project| project.name.as_str()), draft.name.as_str());
    let details = json!({"permissions": draft.rights.told(project_id, &trackers)});
    audit::record(tx, by, Event::of_role(Action::RoleAdded, id, &name).with(details));
    Ok(id)
}

/// Gives a role another name and other rights; what stays as it is is not spoken of.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken, or nobody would administer the forge.
pub fn change(tx: &mut Transaction<'_>, known: &Known, draft: &Draft, by: &By) -> Result<(), Error> {
    let (role, project) = (&known.role, project_of(&known.role));
    let guards = take_turn_for(tx, role)?;
    let has_other_name = role.name != draft.name.as_str();
    if has_other_name {
        store::roles::rename(tx, role.id, draft.name.as_str()).map_err(taken)?;
    }
    let settings = draft.rights.over(&known.settings, project, &known.trackers);
    let has_other_rights = store::roles::replace_settings(tx, role.id, &settings)?;
    if has_other_name || has_other_rights {
        let permissions = draft.rights.told(project, &known.trackers);
        let details = match has_other_name {
            true => json!({"permissions": permissions, "name": draft.name.as_str()}),
            false => json!({"permissions": permissions}),
        };
        audit::record(tx, by, Event::of_role(Action::RoleChanged, role.id, &known.full_name()).with(details));
    }
    guards.after(tx)
}

/// Removes a role, and with it the tokens under it, of which so many were live.
///
/// # Errors
/// [`Error::Mistaken`] when nobody would administer the forge.
pub fn remove(tx: &mut Transaction<'_>, known: &Known, live_tokens: i64, by: &By) -> Result<(), Error> {
    let guards = take_turn_for(tx, &known.role)?;
    store::roles::remove(tx, known.role.id)?;
    let details = json!({"live_tokens": live_tokens});
    audit::record(tx, by, Event::of_role(Action::RoleRemoved, known.role.id, &known.full_name()).with(details));
    guards.after(tx)
}

/// Gives a role to the user of this name.
///
/// # Errors
/// [`Error::Mistaken`] when there is no such user, or they hold it.
pub fn give(tx: &mut Transaction<'_>, known: &Known, user: &str, by: &By) -> Result<(), Error> {
    let mistaken = |mistake: Mistake| Error::Mistaken(vec![mistake.of("user")]);
    let user = store::users::by_name(tx, user)?.ok_or_else(|| mistaken(Mistake::NoSuchUser))?;
    store::roles::add_member(tx, known.role.id, user.id).map_err(|error| match error {
        store::Error::Duplicate(_) => mistaken(Mistake::HoldsAlready),
        other => other.into(),
    })?;
    audit::record(tx, by, Event::of_role(Action::RoleGiven, known.role.id, &known.full_name()).to(&user));
    Ok(())
}

/// Takes a role from a user.
///
/// # Errors
/// [`Error::NotFound`] when they do not hold it; [`Error::Mistaken`] when nobody would administer the forge.
pub fn take(tx: &mut Transaction<'_>, known: &Known, user: &User, by: &By) -> Result<(), Error> {
    let guards = take_turn_for(tx, &known.role)?;
    if !store::roles::remove_member(tx, known.role.id, user.id)? {
        return Err(Error::NotFound);
    }
    audit::record(tx, by, Event::of_role(Action::RoleTaken, known.role.id, &known.full_name()).to(user));
    guards.after(tx)
}

/// Says of a role whose members were replaced who got it and who lost it.
///
/// # Errors
/// Those of the store.
pub fn members_replaced(
    tx: &mut Transaction<'_>,
    (id, full_name): (RoleId, &str),
    members: &Replaced,
    by: &By,
) -> Result<(), store::Error> {
    let changes = [(Action::RoleGiven, &members.added), (Action::RoleTaken, &members.removed)];
    for (action, user) in changes.into_iter().flat_map(|(action, users)| users.iter().map(move |user| (action, user))) {
        let user: Option<User> = store::users::by_id(tx, *user)?;
        let user: Option<(UserId, &str)> = user.as_ref().map(|user| (user.id, user.name.as_str()));
        audit::record(tx, by, Event::of_role(action, id, full_name).concerning(user));
    }
    Ok(())
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate(_) => Error::Mistaken(vec![Mistake::Taken.of("name")]),
        other => other.into(),
    }
}

/// What a change of a role has to leave: of the whole forge, somebody who administers it.
#[must_use]
enum Guards {
    Forge,
    Project,
}

/// Roles of a project administer no forge, so their changes need not wait for each other.
fn take_turn_for(tx: &mut Transaction<'_>, role: &Role) -> Result<Guards, Error> {
    match role.project {
        Some(_) => Ok(Guards::Project),
        None => {
            tx.take_turn(Turn::Administrators)?;
            Ok(Guards::Forge)
        }
    }
}

impl Guards {
    fn after(self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        match self {
            Self::Forge => somebody_administers(tx),
            Self::Project => Ok(()),
        }
    }
}
