//! What a role is set to let its holders do, and what they lose when it is set otherwise.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::{ALL_TRACKER_BITS, Grants, Object, Right, TrackerRight, WHOLE_FORGE};
use crate::{
    ids::{ProjectId, TrackerId},
    store::{Section, roles::Setting, trackers::Tracker},
};

/// The rights of a role as somebody sets them, at a page or by an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Every right in the project; for a role of the whole forge, in all of it.
    pub admin: bool,
    /// To know that the project is there.
    pub read: bool,
    /// The bits on single trackers.
    pub trackers: BTreeMap<TrackerId, i64>,
}

impl Rights {
    /// What these settings of a role of a project (none: of the whole forge) say.
    pub fn of(settings: &[Setting], project: Option<ProjectId>) -> Self {
        let (admin, ref_id) = sections(project);
        let has = |section: Section| {
            settings.iter().any(|one| (one.section, one.ref_id) == (section, ref_id) && one.value > 0)
        };
        let trackers = settings.iter().filter(|one| one.section == Section::Tracker && one.value != 0);
        Self {
            admin: has(admin),
            read: has(Section::ProjectRead),
            trackers: trackers.map(|one| (TrackerId(one.ref_id), one.value)).collect(),
        }
    }

    /// The settings that they stand for.
    ///
    /// A tracker's rights mean nothing in a project that the role cannot read, so they bring that with them. Administrators
    /// get every right in writing, a technician's too, on the trackers that there are and on those to come.
    pub fn settings(&self, project: Option<ProjectId>, trackers: &[Tracker]) -> Vec<Setting> {
        let (admin, ref_id) = sections(project);
        let mut settings: HashMap<(Section, i64), i64> = HashMap::new();
        for (tracker, bits) in &self.trackers {
            settings.insert((Section::Tracker, tracker.0), *bits);
        }
        if self.read || self.trackers.values().any(|bits| *bits != 0) {
            settings.insert((Section::ProjectRead, ref_id), 1);
        }
        if self.admin {
            settings.insert((admin, ref_id), 1);
            settings.insert((Section::NewTracker, ref_id), ALL_TRACKER_BITS);
            settings.extend(trackers.iter().map(|tracker| ((Section::Tracker, tracker.id.0), ALL_TRACKER_BITS)));
        }
        settings.into_iter().map(|((section, ref_id), value)| Setting { section, ref_id, value }).collect()
    }

    /// The settings of a role that is set anew: these, and what it has that they do not speak of.
    pub(super) fn over(&self, old: &[Setting], project: Option<ProjectId>, trackers: &[Tracker]) -> Vec<Setting> {
        let was_admin = Self::of(old, project).admin;
        let (admin, ref_id) = sections(project);
        let is_spoken_of = |one: &Setting| match one.section {
            Section::Tracker => trackers.iter().any(|tracker| tracker.id.0 == one.ref_id),
            Section::NewTracker => one.ref_id == ref_id && (was_admin || self.admin),
            Section::ProjectRead => one.ref_id == ref_id,
            other => other == admin && one.ref_id == ref_id,
        };
        let mut settings = self.settings(project, trackers);
        settings.extend(old.iter().filter(|one| !is_spoken_of(one)));
        settings
    }

    /// The same in the words of import files, for the audit log.
    pub(super) fn told(&self, project: Option<ProjectId>, trackers: &[Tracker]) -> Value {
        let mut told = Map::new();
        if self.admin {
            told.insert(if project.is_some() { "project" } else { "forge" }.to_owned(), json!("admin"));
        } else if self.read {
            told.insert("project".to_owned(), json!("read"));
        }
        for tracker in trackers {
            if let Some(bits) = self.trackers.get(&tracker.id).filter(|bits| **bits != 0) {
                let words: Vec<&str> = TrackerRight::all_in(*bits).map(TrackerRight::word).collect();
                told.insert(format!("tracker:{}", tracker.name), json!(words));
            }
        }
        Value::Object(told)
    }
}

/// The section of the administrator's right, and the reference of what it is a right on.
fn sections(project: Option<ProjectId>) -> (Section, i64) {
    project.map_or((Section::ForgeAdmin, WHOLE_FORGE), |project| (Section::ProjectAdmin, project.0))
}

/// A right that a role had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The right.
    pub right: Right,
    /// The number and the title of the tracker that it was a right in.
    pub tracker: Option<(TrackerId, String)>,
}

/// What somebody can no longer do whose role has other settings, in a project (none: in the whole forge) with these trackers.
pub fn lost(before: &Grants, after: &Grants, project: Option<ProjectId>, trackers: &[Tracker]) -> Vec<Lost> {
    let mut lost = Vec::new();
    let whole = match project {
        None => vec![(Right::AdministerForge, Object::Forge)],
        Some(id) => {
            vec![(Right::AdministerProject, Object::Project(id, "")), (Right::ReadProject, Object::Project(id, ""))]
        }
    };
    for (right, object) in whole {
        if before.allow(right, object) && !after.allow(right, object) {
            lost.push(Lost { right, tracker: None });
        }
    }
    for tracker in trackers {
        let gone = before.tracker_bits(tracker) & !after.tracker_bits(tracker);
        let of_tracker = TrackerRight::all_in(gone);
        lost.extend(
            of_tracker
                .map(|right| Lost { right: Right::Tracker(right), tracker: Some((tracker.id, tracker.title.clone())) }),
        );
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ProjectStatus;

    const PROJECT: ProjectId = ProjectId(7);

    fn tracker(id: i64, name: &str) -> Tracker {
        let title = format!("The {name}");
        Tracker {
            id: TrackerId(id),
            project_id: PROJECT,
            name: name.into(),
            title,
            project_status: ProjectStatus::Active,
        }
    }

    fn sorted(mut settings: Vec<Setting>) -> Vec<(&'static str, i64, i64)> {
        settings.sort_by_key(|one| (one.section.word(), one.ref_id));
        settings.into_iter().map(|one| (one.section.word(), one.ref_id, one.value)).collect()
    }

    #[test]
    fn rights_on_a_tracker_bring_the_project_with_them() {
        let rights = Rights { trackers: [(TrackerId(1), 9)].into(), ..Rights::default() };
        let settings = rights.settings(Some(PROJECT), &[tracker(1, "bugs")]);
        assert_eq!(sorted(settings), [("project_read", 7, 1), ("tracker", 1, 9)]);
    }

    #[test]
    fn what_is_set_is_what_was_read() {
        let trackers = [tracker(1, "bugs"), tracker(2, "security")];
        for rights in [
            Rights::default(),
            Rights { read: true, ..Rights::default() },
            Rights { read: true, trackers: [(TrackerId(1), 9), (TrackerId(2), 31)].into(), ..Rights::default() },
        ] {
            assert_eq!(Rights::of(&rights.settings(Some(PROJECT), &trackers), Some(PROJECT)), rights);
        }
        let admin = Rights { admin: true, ..Rights::default() };
        let again = Rights::of(&admin.settings(Some(PROJECT), &trackers), Some(PROJECT));
        assert_eq!((again.admin, again.trackers.values().sum::<i64>()), (true, 62));
    }

    #[test]
    fn what_a_page_does_not_speak_of_stays() {
        let keeps = |section, ref_id| Setting { section, ref_id, value: 1 };
        let old = [keeps(Section::TrackerAdmin, 7), keeps(Section::Tracker, 99), keeps(Section::NewTracker, 7)];
        let settings = Rights::default().over(&old, Some(PROJECT), &[tracker(1, "bugs")]);
        assert_eq!(sorted(settings), [("new_tracker", 7, 1), ("tracker", 99, 1), ("tracker_admin", 7, 1)]);
        let admin = Rights { admin: true, ..Rights::default() }.settings(Some(PROJECT), &[]);
        assert_eq!(Rights::default().over(&admin, Some(PROJECT), &[]), [], "an administrator no more");
    }

    #[test]
    fn what_is_lost_is_what_could_be_done_before_and_not_after() {
        let trackers = [tracker(1, "bugs"), tracker(2, "security")];
        let grants = |rights: Rights| Grants::new(rights.settings(Some(PROJECT), &trackers));
        let both = grants(Rights { trackers: [(TrackerId(1), 11), (TrackerId(2), 1)].into(), ..Rights::default() });
        let one = grants(Rights { trackers: [(TrackerId(1), 9)].into(), ..Rights::default() });
        let gone = |right, id, title: &str| Lost {
            right: Right::Tracker(right),
            tracker: Some((TrackerId(id), title.to_owned())),
        };
        assert_eq!(
            lost(&both, &one, Some(PROJECT), &trackers),
            [gone(TrackerRight::Tech, 1, "The bugs"), gone(TrackerRight::Read, 2, "The security")]
        );
        assert_eq!(lost(&one, &both, Some(PROJECT), &trackers), []);
        let admin = Grants::forge_administrator();
        let nothing = Grants::default();
        assert_eq!(lost(&admin, &nothing, None, &[]), [Lost { right: Right::AdministerForge, tracker: None }]);
    }
}
