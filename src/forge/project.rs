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
    let name = name.as_str();
    let (action, id, title) = match store::projects::by_name(tx, name)? {
        None => {
            let title = title.unwrap_or(name);
            (Action::ProjectAdded, store::projects::insert(tx, name, title)?, title)
        }
        Some(project) => match title.filter(|title| *title != project.title) {
            None => return Ok(project.id),
            Some(title) => {
                store::projects::retitle(tx, project.id, title)?;
                (Action::ProjectChanged, project.id, title)
            }
        },
    };
    audit::record(tx, by, Event::of_project(action, id, name).with(json!({"title": title})));
    Ok(id)
}

/// Adds a project.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken, or has a meaning of its own.
pub fn add(tx: &mut Transaction<'_>, name: &Name, title: Option<&str>, by: &By) -> Result<ProjectId, Error> {
    if name.as_str() == role::FORGE {
        return Err(Error::Mistaken(vec![Mistake::Reserved.of("name")]));
    }
    if store::projects::by_name(tx, name.as_str())?.is_some() {
        return Err(Error::Mistaken(vec![Mistake::Taken.of("name")]));
    }
    ensure(tx, name, title, by)
}

/// Adds a tracker to a project; roles that asked for it beforehand get their rights on it.
///
/// # Errors
/// [`Error::Mistaken`] when the name is taken.
pub fn add_tracker(
    tx: &mut Transaction<'_>,
    (id, project): (ProjectId, &Name),
    name: &Name,
    title: Option<&str>,
    by: &By,
) -> Result<(), Error> {
    if store::trackers::by_name(tx, project.as_str(), name.as_str())?.is_some() {
        return Err(Error::Mistaken(vec![Mistake::Taken.of("tracker")]));
    }
    ensure_tracker(tx, (id, project), name, title, by)
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
    let name = name.as_str();
    let trackers = store::trackers::of_project(tx, Some(project_id))?;
    let (action, id, details) = match trackers.into_iter().find(|tracker| tracker.name == name) {
        None => {
            let title = title.unwrap_or(name);
            let id = store::trackers::insert(tx, project_id, name, title)?;
            let rights = role::grant_on_new_tracker(tx, id, project_id)?;
            (Action::TrackerAdded, id, json!({"title": title, "rights": rights}))
        }
        Some(tracker) => match title.filter(|title| *title != tracker.title) {
            None => return Ok(()),
            Some(title) => {
                store::trackers::retitle(tx, tracker.id, title)?;
                (Action::TrackerChanged, tracker.id, json!({"title": title}))
            }
        },
    };
    let full_name = format!("{}/{name}", project.as_str());
    audit::record(tx, by, Event::of_tracker(action, id, &full_name).with(details));
    Ok(())
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
