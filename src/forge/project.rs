//! Projects and the trackers in them, as they are set up.

use serde_json::json;

use super::{
    By, Error, Mistake, Name,
    audit::{self, Event},
    role,
};
use crate::{
    ids::ProjectId,
    store::{self, Action, ProjectStatus, Transaction},
};

/// Makes sure that there is a project of this name; a title that is given replaces the one that it had.
///
/// # Errors
/// Those of the store.
pub fn ensure(tx: &mut Transaction<'_>, name: &Name, title: Option<&str>, by: &By) -> Result<ProjectId, Error> {
    let Some(project) = store::projects::by_name(tx, name.as_str())? else { return inserted(tx, name, title, by) };
    if let Some(title) = title.filter(|title| *title != project.title) {
        store::projects::retitle(tx, project.id, title)?;
        let event = Event::of_project(Action::ProjectChanged, project.id, name.as_str());
        audit::record(tx, by, event.with(json!({"title": title})));
    }
    Ok(project.id)
}

fn inserted(tx: &mut Transaction<'_>, name: &Name, title: Option<&str>, by: &By) -> Result<ProjectId, Error> {
    let (name, title) = (name.as_str(), title.unwrap_or(name.as_str()));
    let id = store::projects::insert(tx, name, title)?;
    audit::record(tx, by, Event::of_project(Action::ProjectAdded, id, name).with(json!({"title": title})));
    Ok(id)
}

/// Of a name that somebody else took, at this moment or before.
fn taken(error: Error, field: &'static str) -> Error {
    match error {
        Error::Store(store::Error::Duplicate(_)) => Error::Mistaken(vec![Mistake::Taken.of(field)]),
        other => other,
    }
}

/// Adds a project.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken, or has a meaning of its own.
pub fn add(tx: &mut Transaction<'_>, name: &Name, title: Option<&str>, by: &By) -> Result<ProjectId, Error> {
    if name.as_str() == role::FORGE {
        return Err(Error::Mistaken(vec![Mistake::Reserved.of("name")]));
    }
    inserted(tx, name, title, by).map_err(|error| taken(error, "name"))
}

/// Adds a tracker to a project; roles that asked for it beforehand get their rights on it.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken.
pub fn add_tracker(
    tx: &mut Transaction<'_>,
    project: (ProjectId, &Name),
    name: &Name,
    title: Option<&str>,
    by: &By,
) -> Result<(), Error> {
    inserted_tracker(tx, project, name, title, by).map_err(|error| taken(error, "tracker"))
}

/// Archives a project, or brings it back: the next request knows.
///
/// # Errors
/// Those of the store.
pub fn set_status(
    tx: &mut Transaction<'_>,
    (id, name): (ProjectId, &Name),
    status: ProjectStatus,
    by: &By,
) -> Result<(), Error> {
    if store::projects::set_status(tx, id, status)? {
        let action = match status {
            ProjectStatus::Active => Action::ProjectReopened,
            ProjectStatus::Archived => Action::ProjectArchived,
        };
        audit::record(tx, by, Event::of_project(action, id, name.as_str()));
    }
    Ok(())
}

/// Makes sure that a project has a tracker of this name; roles that asked for it beforehand get their rights on a new one.
///
/// # Errors
/// Those of the store.
pub fn ensure_tracker(
    tx: &mut Transaction<'_>,
    (project_id, project): (ProjectId, &Name),
    name: &Name,
    title: Option<&str>,
    by: &By,
) -> Result<(), Error> {
    let Some(tracker) = store::trackers::by_name(tx, project.as_str(), name.as_str())? else {
        return inserted_tracker(tx, (project_id, project), name, title, by);
    };
    if let Some(title) = title.filter(|title| *title != tracker.title) {
        store::trackers::retitle(tx, tracker.id, title)?;
        let full_name = full_name(project, name);
        let event = Event::of_tracker(Action::TrackerChanged, tracker.id, &full_name);
        audit::record(tx, by, event.with(json!({"title": title})));
    }
    Ok(())
}

fn inserted_tracker(
    tx: &mut Transaction<'_>,
    (project_id, project): (ProjectId, &Name),
    name: &Name,
    title: Option<&str>,
    by: &By,
) -> Result<(), Error> {
    let title = title.unwrap_or(name.as_str());
    let id = store::trackers::insert(tx, project_id, name.as_str(), title)?;
    let rights = role::grant_on_new_tracker(tx, id, project_id)?;
    let full_name = full_name(project, name);
    let event = Event::of_tracker(Action::TrackerAdded, id, &full_name);
    audit::record(tx, by, event.with(json!({"title": title, "rights": rights})));
    Ok(())
}

fn full_name(project: &Name, tracker: &Name) -> String {
    format!("{}/{}", project.as_str(), tracker.as_str())
}

/// Lets tools act in a project, or not: the next request knows.
///
/// # Errors
/// Those of the store.
pub fn set_uses_plugin(
    tx: &mut Transaction<'_>,
    (id, name): (ProjectId, &Name),
    uses: bool,
    by: &By,
) -> Result<(), Error> {
    if store::projects::set_uses_plugin(tx, id, uses)? {
        let action = if uses { Action::ProjectPluginOn } else { Action::ProjectPluginOff };
        audit::record(tx, by, Event::of_project(action, id, name.as_str()));
    }
    Ok(())
}
