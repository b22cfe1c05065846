//! The roles that a user holds, and what they let them do.

use std::collections::BTreeMap;

use super::{Acting, Caller, Error, Grants, Identity, Powers, TrackerRight};
use crate::{
    ids::{ProjectId, RoleId, TrackerId, UserId},
    secret::Secret,
    store::{
        self, Connection, Section, Transaction,
        roles::{Role, Setting},
        trackers::Tracker,
        users::User,
    },
};

/// The word for the whole forge where a project's name would stand: `forge/Administrators`.
pub const FORGE: &str = "forge";

/// A role's full name: `project-a/Reporter`, or `forge/…` for a role of the whole forge.
pub fn full_name(project: Option<&str>, role: &str) -> String {
    format!("{}/{role}", project.unwrap_or(FORGE))
}

/// The full name of a role, if there is one of this number.
///
/// # Errors
/// Those of the store.
pub fn full_name_of(conn: &mut Connection, id: RoleId) -> Result<Option<String>, store::Error> {
    let role = store::roles::by_id(conn, id)?;
    Ok(role.map(|role| full_name(role.project.as_ref().map(|(_, name, _)| name.as_str()), &role.name)))
}

/// Loads the rights of one role.
///
/// # Errors
/// Those of the store.
pub fn grants(conn: &mut Connection, role: RoleId) -> Result<Grants, store::Error> {
    let settings = store::roles::settings(conn, &[role])?;
    Ok(Grants::new(settings.into_iter().map(|(_, setting)| setting)))
}

/// Somebody at the pages: the union of all the roles that they hold.
///
/// # Errors
/// Those of the store.
pub fn in_person(conn: &mut Connection, user: &User, csrf_token: Secret) -> Result<Caller, store::Error> {
    let held: Vec<RoleId> = store::roles::of_user(conn, user.id)?.iter().map(|role| role.id).collect();
    let settings = store::roles::settings(conn, &held)?;
    let mut grants: Vec<Grants> = held.iter().map(|role| grants_among(&settings, *role)).collect();
    if user.forge_admin {
        grants.push(Grants::forge_administrator());
    }
    Ok(Caller::in_person(Identity::from(user), csrf_token, grants))
}

/// Makes sure that a caller who acts under a role still holds it: asked in the transaction that acts, because the caller
/// was found out before it.
///
/// # Errors
/// [`Error::RoleNotHeld`].
pub fn still_held(conn: &mut Connection, caller: &Caller) -> Result<(), Error> {
    match caller.acting() {
        Acting::AsRole { id, name, project, .. } if !store::roles::holds(conn, caller.user().id, *id)? => {
            Err(Error::RoleNotHeld { role: name.clone(), project: project.clone() })
        }
        Acting::AsRole { .. } | Acting::InPerson { .. } => Ok(()),
    }
}

/// The groups of a user as tools know them: `project` and `project/role` for every role that the user holds,
/// `forge/role` for one of the whole forge; sorted, each once.
///
/// # Errors
/// Those of the store.
pub fn groups(conn: &mut Connection, user: UserId) -> Result<Vec<String>, Error> {
    let mut groups = Vec::new();
    for role in store::roles::of_user(conn, user)? {
        let project = role.project.as_ref().map(|(_, name, _)| name.as_str());
        groups.push(full_name(project, &role.name));
        groups.extend(project.map(str::to_owned));
    }
    groups.sort();
    groups.dedup();
    Ok(groups)
}

/// A role with what it lets its holder do.
pub struct Described {
    /// The role.
    pub role: Role,
    /// Its effective rights.
    pub rights: Powers,
}

/// The roles that a user can lend to a tool, the least powerful first; but those of the project `first` come before all others.
///
/// # Errors
/// Those of the store.
pub fn described(conn: &mut Connection, user: UserId, first: Option<ProjectId>) -> Result<Vec<Described>, Error> {
    let roles = store::roles::lent_by(conn, user)?;
    let mut described = with_rights(conn, roles)?;
    let is_first = |role: &Role| first.is_some() && role.project.as_ref().map(|(id, ..)| *id) == first;
    // A stable sort: roles that can do as much as each other stay in the order of their names.
    described.sort_by_key(|one| (!is_first(&one.role), one.rights.power()));
    Ok(described)
}

/// What one role lets its holder do; none where there is no such role.
///
/// # Errors
/// Those of the store.
pub fn rights(conn: &mut Connection, role: RoleId) -> Result<Option<Powers>, Error> {
    let role = store::roles::by_id(conn, role)?;
    Ok(with_rights(conn, role.into_iter().collect())?.pop().map(|described| described.rights))
}

fn with_rights(conn: &mut Connection, roles: Vec<Role>) -> Result<Vec<Described>, Error> {
    let ids: Vec<RoleId> = roles.iter().map(|role| role.id).collect();
    let settings = store::roles::settings(conn, &ids)?;
    let grants: Vec<Grants> = ids.iter().map(|role| grants_among(&settings, *role)).collect();
    let with_grants: Vec<(Role, Grants)> = roles.into_iter().zip(grants).collect();
    let projects: Vec<ProjectId> = with_grants.iter().filter_map(|(role, _)| project_of(role)).collect();
    let mut trackers = store::trackers::of_projects(conn, &projects)?;
    // A role of the whole forge has no trackers of its own; it speaks of those that its settings name.
    let of_forge = with_grants.iter().filter(|(role, _)| role.project.is_none());
    let named: Vec<TrackerId> =
        of_forge.flat_map(|(_, grants)| grants.named_in(Section::Tracker)).map(TrackerId).take(MOST_NAMED).collect();
    let further = store::trackers::by_ids(conn, &named)?;
    trackers.extend(further.into_iter().filter(|one| !projects.contains(&one.project_id)));
    // Of what none of these roles sees not even the title is told, not as what one of them cannot see either.
    let sees = |(role, grants): &(Role, Grants), tracker: &Tracker| {
        project_of(role).is_none_or(|own| own == tracker.project_id) && grants.tracker_bits(tracker) != 0
    };
    trackers.retain(|tracker| with_grants.iter().any(|one| sees(one, tracker)));
    Ok(with_grants.into_iter().map(|(role, grants)| describe(role, &grants, &trackers)).collect())
}

/// How many trackers that roles of the whole forge name are looked at.
const MOST_NAMED: usize = 500;

fn project_of(role: &Role) -> Option<ProjectId> {
    role.project.as_ref().map(|(id, ..)| *id)
}

fn describe(role: Role, grants: &Grants, trackers: &[Tracker]) -> Described {
    let (projects, trackers): (Vec<ProjectId>, Vec<&Tracker>) = match project_of(&role) {
        Some(own) => (vec![own], trackers.iter().filter(|tracker| tracker.project_id == own).collect()),
        None => {
            let projects = grants.named_in(Section::ProjectAdmin).chain(grants.named_in(Section::ProjectRead));
            let trackers = trackers.iter().filter(|tracker| grants.name(Section::Tracker, tracker.id.0));
            (projects.map(ProjectId).collect(), trackers.collect())
        }
    };
    Described { rights: Powers::of(grants, &projects, &trackers), role }
}

/// The rights of one role among the settings of many.
fn grants_among(settings: &[(RoleId, Setting)], role: RoleId) -> Grants {
    Grants::new(settings.iter().filter(|(id, _)| *id == role).map(|(_, setting)| *setting))
}

/// Gives the roles that said so beforehand (`new_tracker`) their bits on a tracker that was just made: gives back which role
/// has which rights on it.
///
/// # Errors
/// Those of the store.
pub fn grant_on_new_tracker(
    tx: &mut Transaction<'_>,
    tracker: TrackerId,
    project: ProjectId,
) -> Result<BTreeMap<String, Vec<&'static str>>, store::Error> {
    let mut given = store::roles::with_setting(tx, Section::NewTracker, project.0)?;
    for of_forge in store::roles::with_setting(tx, Section::NewTracker, super::permission::WHOLE_FORGE)? {
        if !given.iter().any(|(role, _)| *role == of_forge.0) {
            given.push(of_forge);
        }
    }
    let mut told = BTreeMap::new();
    for (role, bits) in given {
        store::roles::put_setting(tx, role, Setting { section: Section::Tracker, ref_id: tracker.0, value: bits })?;
        let name = full_name_of(tx, role)?.unwrap_or_default();
        told.insert(name, TrackerRight::all_in(bits).map(TrackerRight::word).collect());
    }
    Ok(told)
}
