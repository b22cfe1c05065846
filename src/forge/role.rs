//! The roles that a user holds, in words and in rights.

use std::collections::BTreeMap;

use super::{Acting, Caller, Error, Grants, Identity, TrackerRight};
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

/// A role with what it lets its holder do, in sentences.
pub struct Described {
    /// The role.
    pub role: Role,
    /// One sentence per tracker or power; empty: the role can do nothing.
    pub rights: Vec<String>,
}

/// The roles that a user can lend to a tool, each with its rights in words; those of the project `first` come first.
///
/// # Errors
/// Those of the store.
pub fn described(conn: &mut Connection, user: UserId, first: Option<ProjectId>) -> Result<Vec<Described>, Error> {
    let mut roles = store::roles::lent_by(conn, user)?;
    let is_first = |role: &Role| first.is_some() && role.project.as_ref().map(|(id, ..)| *id) == first;
    // A stable sort: within the two parts the order stays.
    roles.sort_by_key(|role| !is_first(role));
    let ids: Vec<RoleId> = roles.iter().map(|role| role.id).collect();
    let projects: Vec<ProjectId> = roles.iter().filter_map(|role| role.project.as_ref().map(|(id, ..)| *id)).collect();
    let settings = store::roles::settings(conn, &ids)?;
    let trackers = store::trackers::of_projects(conn, &projects)?;
    let describe =
        |role: Role| Described { rights: sentences(&role, &grants_among(&settings, role.id), &trackers), role };
    Ok(roles.into_iter().map(describe).collect())
}

/// The rights of one role among the settings of many.
fn grants_among(settings: &[(RoleId, Setting)], role: RoleId) -> Grants {
    Grants::new(settings.iter().filter(|(id, _)| *id == role).map(|(_, setting)| *setting))
}

fn sentences(role: &Role, grants: &Grants, trackers: &[Tracker]) -> Vec<String> {
    let mut sentences = Vec::new();
    if grants.forge_admin() {
        sentences.push("run the whole forge, every project and tracker in it".to_owned());
    }
    let project = role.project.as_ref().map(|(id, ..)| *id);
    for tracker in trackers.iter().filter(|tracker| Some(tracker.project_id) == project) {
        let bits = grants.tracker_bits(tracker);
        let verbs: Vec<&str> = TrackerRight::all_in(bits).map(verb).collect();
        if let Some((last, others)) = verbs.split_last() {
            let list = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
            sentences.push(format!("{list} in {}", tracker.title));
        }
    }
    if sentences.is_empty() && role.project.is_some() {
        sentences.push("see that the project is there, and nothing else".to_owned());
    }
    sentences
}

fn verb(right: TrackerRight) -> &'static str {
    match right {
        TrackerRight::Read => "read items",
        TrackerRight::Tech => "open and close items",
        TrackerRight::Manager => "edit items",
        TrackerRight::Submit => "file items",
        TrackerRight::Vote => "vote",
    }
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
