//! What one role lets its holder do, as data: for pages that say it in words, for the order from the least powerful role to the
//! most powerful, and for tools that name the least they need.
//!
//! Nobody is let in or refused by this: who may do what is [`super::may`]'s to say.

use super::{Grants, TrackerRight, permission::TRACKER_ADMIN_BITS};
use crate::{ids::ProjectId, store::trackers::Tracker};

/// What a role may do with projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProjectRight {
    /// It does not even see one.
    None,
    /// It sees its project.
    Read,
    /// It runs its project.
    Admin,
}

/// What a role may do in one tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTracker {
    /// The tracker's title.
    pub title: String,
    /// The effective rights, as bits; none: the role cannot see it.
    pub bits: i64,
}

/// The effective rights of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Powers {
    /// Whether it runs the whole forge.
    pub runs_the_forge: bool,
    /// The most that it may do with a project.
    pub project: ProjectRight,
    /// What it may do in each tracker that it could speak of.
    pub trackers: Vec<InTracker>,
}

impl Powers {
    /// The rights that these settings come to in these projects and trackers.
    pub(super) fn of(grants: &Grants, projects: &[ProjectId], trackers: &[&Tracker]) -> Self {
        let project = projects.iter().map(|project| grants.project_right(*project)).max();
        let in_tracker =
            |tracker: &&Tracker| InTracker { title: tracker.title.clone(), bits: grants.tracker_bits(tracker) };
        let runs_the_forge = grants.forge_admin();
        Self {
            runs_the_forge,
            project: if runs_the_forge { ProjectRight::Admin } else { project.unwrap_or(ProjectRight::None) },
            trackers: trackers.iter().map(in_tracker).collect(),
        }
    }

    /// Whether there is a tracker in which it has all of these rights.
    pub(super) fn has_in_some_tracker(&self, bits: i64) -> bool {
        let reach = |granted: i64| granted & bits == bits;
        // Whoever runs the forge has this much in every tracker that there is or will be.
        self.runs_the_forge && reach(TRACKER_ADMIN_BITS) || self.trackers.iter().any(|tracker| reach(tracker.bits))
    }

    /// How much it lets somebody do, to compare with other roles: the whole forge is more than a project, a project more than
    /// any trackers, and in trackers every right counts by what can be broken with it.
    pub fn power(&self) -> (bool, ProjectRight, i64) {
        let weight = |right: TrackerRight| match right {
            TrackerRight::Read | TrackerRight::Vote => 1,
            TrackerRight::Submit => 2,
            TrackerRight::Tech => 4,
            TrackerRight::Manager => 8,
        };
        let weights = self.trackers.iter().flat_map(|tracker| TrackerRight::all_in(tracker.bits)).map(weight).sum();
        (self.runs_the_forge, self.project, weights)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::forge::Level;

    /// A role of a project with these levels in its trackers.
    pub fn powers(project: ProjectRight, levels: &[Level]) -> Powers {
        let in_tracker = |level: &Level| InTracker { title: "Bugs".to_owned(), bits: level.bits() };
        Powers { runs_the_forge: false, project, trackers: levels.iter().map(in_tracker).collect() }
    }

    #[test]
    fn roles_are_ordered_by_what_can_be_broken_with_them() {
        use Level::{Manager, None, Read, Submit, Technician};
        let ordered = [
            powers(ProjectRight::None, &[None]),
            powers(ProjectRight::Read, &[]),
            powers(ProjectRight::Read, &[Read, None]),
            powers(ProjectRight::Read, &[Read, Read]),
            powers(ProjectRight::Read, &[Submit]),
            powers(ProjectRight::Read, &[Technician]),
            powers(ProjectRight::Read, &[Manager]),
            powers(ProjectRight::Read, &[Manager, Submit]),
            powers(ProjectRight::Admin, &[]),
            Powers { runs_the_forge: true, ..powers(ProjectRight::Admin, &[]) },
        ];
        for pair in ordered.windows(2) {
            assert!(pair[0].power() < pair[1].power(), "{pair:?}");
        }
    }
}
