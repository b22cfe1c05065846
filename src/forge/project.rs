//! Projects and the trackers in them, as they are set up.

use super::{
    By, Error, Name,
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
pub fn ensure(tx: &mut Transaction<'_>, name: &Name, title: Option<&str>) -> Result<ProjectId, Error> {
    match store::projects::by_name(tx, name.as_str())? {
        None => Ok(store::projects::insert(tx, name.as_str(), title.unwrap_or(name.as_str()))?),
        Some(project) => {
            if let Some(title) = title.filter(|title| *title != project.title) {
                store::projects::retitle(tx, project.id, title)?;
            }
            Ok(project.id)
        }
    }
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
    project_id: ProjectId,
    name: &Name,
    title: Option<&str>,
) -> Result<(), Error> {
    let trackers = store::trackers::of_project(tx, Some(project_id))?;
    match trackers.into_iter().find(|tracker| tracker.name == name.as_str()) {
        None => {
            let title = title.unwrap_or(name.as_str());
            let id = store::trackers::insert(tx, project_id, name.as_str(), title)?;
            role::grant_on_new_tracker(tx, id, project_id)?;
        }
        Some(tracker) => {
            if let Some(title) = title.filter(|title| *title != tracker.title) {
                store::trackers::retitle(tx, tracker.id, title)?;
            }
        }
    }
    Ok(())
}
