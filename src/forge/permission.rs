//! What a role lets its holder do: a pure table.
//!
//! Rights are kept as FusionForge keeps them: settings of a section with a reference and a value, a tracker's being
//! bits. The effective value follows its rules: administrators stand above the parts of what they administer, a
//! tracker in a project that the role cannot read is out of reach, and an administrator is a technician only where a
//! setting says so. In a project that is archived nobody does more than read, whatever the setting.

use std::collections::HashMap;

use super::{Caller, ProjectRight};
use crate::{
    ids::ProjectId,
    store::{ProjectStatus, Section, roles::Setting, trackers::Tracker},
};

/// The reference of a setting that concerns the whole forge.
pub const WHOLE_FORGE: i64 = -1;

/// What one may do in a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackerRight {
    /// See the tracker and its items.
    Read,
    /// Change an item's status; be assigned to it.
    Tech,
    /// Change an item's other fields.
    Manager,
    /// File an item.
    Submit,
    /// Vote for an item.
    Vote,
}

impl TrackerRight {
    /// All of them, in the order of their bits.
    pub const ALL: [Self; 5] = [Self::Read, Self::Tech, Self::Manager, Self::Submit, Self::Vote];

    /// The bit of this right in a setting's value.
    pub const fn bit(self) -> i64 {
        match self {
            Self::Read => 1,
            Self::Tech => 2,
            Self::Manager => 4,
            Self::Submit => 8,
            Self::Vote => 16,
        }
    }

    /// The rights whose bits are set in a setting's value.
    pub fn all_in(bits: i64) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |right| bits & right.bit() != 0)
    }

    /// The word in import files and answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Tech => "tech",
            Self::Manager => "manager",
            Self::Submit => "submit",
            Self::Vote => "vote",
        }
    }

    /// The right that a word means, if it means one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.word() == word)
    }
}

/// Every bit of a tracker's setting.
pub const ALL_TRACKER_BITS: i64 = 31;

/// What an administrator of a tracker may do in it whatever the setting: everything but a technician's work.
pub(super) const TRACKER_ADMIN_BITS: i64 = ALL_TRACKER_BITS & !TrackerRight::Tech.bit();

/// A right that somebody may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Run the forge: register consumers.
    AdministerForge,
    /// Run a project.
    AdministerProject,
    /// See that a project is there.
    ReadProject,
    /// Do something in a tracker.
    Tracker(TrackerRight),
}

/// What a right is needed on.
#[derive(Clone, Copy)]
pub enum Object<'a> {
    /// The whole forge.
    Forge,
    /// A project, with its name.
    Project(ProjectId, &'a str),
    /// A tracker of a project.
    Tracker(&'a Tracker),
}

/// The settings of one role.
#[derive(Clone, Default)]
pub struct Grants(HashMap<(Section, i64), i64>);

impl Grants {
    /// Takes the settings as the store has them.
    pub fn new(settings: impl IntoIterator<Item = Setting>) -> Self {
        Self(settings.into_iter().map(|setting| ((setting.section, setting.ref_id), setting.value)).collect())
    }

    /// What a forge administrator has at the pages without holding a role.
    pub fn forge_administrator() -> Self {
        Self::new([Setting { section: Section::ForgeAdmin, ref_id: WHOLE_FORGE, value: 1 }])
    }

    fn raw(&self, section: Section, ref_id: i64) -> i64 {
        self.0.get(&(section, ref_id)).copied().unwrap_or(0)
    }

    /// Does the role run the whole forge? Seen by the words about a role too; who may do what is [`may`]'s to say.
    pub(super) fn forge_admin(&self) -> bool {
        self.raw(Section::ForgeAdmin, WHOLE_FORGE) > 0
    }

    fn project_admin(&self, project: ProjectId) -> bool {
        self.forge_admin() || self.raw(Section::ProjectAdmin, project.0) > 0
    }

    fn project_read(&self, project: ProjectId) -> bool {
        self.project_admin(project) || self.raw(Section::ProjectRead, project.0) > 0
    }

    /// The most that this one role may do with a project.
    pub(super) fn project_right(&self, project: ProjectId) -> ProjectRight {
        match (self.project_admin(project), self.project_read(project)) {
            (true, _) => ProjectRight::Admin,
            (false, true) => ProjectRight::Read,
            (false, false) => ProjectRight::None,
        }
    }

    /// The references of all settings of this section.
    pub(super) fn named_in(&self, section: Section) -> impl Iterator<Item = i64> {
        self.0.keys().filter(move |(of, _)| *of == section).map(|(_, ref_id)| *ref_id)
    }

    /// Is there a setting of this section for this reference?
    pub(super) fn name(&self, section: Section, ref_id: i64) -> bool {
        self.0.contains_key(&(section, ref_id))
    }

    fn tracker_admin(&self, project: ProjectId) -> bool {
        self.project_admin(project) || (self.project_read(project) && self.raw(Section::TrackerAdmin, project.0) > 0)
    }

    /// The effective bits of this one role in a tracker.
    pub fn tracker_bits(&self, tracker: &Tracker) -> i64 {
        let raw = self.raw(Section::Tracker, tracker.id.0);
        let granted = if self.tracker_admin(tracker.project_id) {
            TRACKER_ADMIN_BITS | raw
        } else if self.project_read(tracker.project_id) {
            raw
        } else {
            0
        };
        match tracker.project_status {
            ProjectStatus::Active => granted,
            ProjectStatus::Archived => granted & TrackerRight::Read.bit(),
        }
    }

    /// What the role lets its holders do with a project (none: the forge) as a whole, in words.
    pub fn on_the_whole(&self, project: Option<ProjectId>) -> Vec<&'static str> {
        let words = match project {
            None => [("forge", self.forge_admin()), ("see", false)],
            Some(id) => [("admin", self.project_admin(id)), ("see", self.project_read(id))],
        };
        words.into_iter().filter_map(|(word, has)| has.then_some(word)).collect()
    }

    /// Does the role give this right? Asked about roles; of somebody who acts, ask [`may`].
    pub(super) fn allow(&self, right: Right, object: Object<'_>) -> bool {
        match (right, object) {
            (Right::AdministerForge, Object::Forge) => self.forge_admin(),
            (Right::AdministerProject, Object::Project(project, _)) => self.project_admin(project),
            (Right::ReadProject, Object::Project(project, _)) => self.project_read(project),
            (Right::Tracker(right), Object::Tracker(tracker)) => self.tracker_bits(tracker) & right.bit() != 0,
            // A right on something that it does not speak of is nobody's.
            (
                Right::AdministerForge | Right::AdministerProject | Right::ReadProject | Right::Tracker(_),
                Object::Forge | Object::Project(..) | Object::Tracker(_),
            ) => false,
        }
    }
}

/// May this caller do that? The one place where the question is answered.
///
/// Somebody who acts under one role has that role's rights and no others; somebody at the pages has those of all the
/// roles that they hold.
pub fn may(caller: &Caller, right: Right, object: Object<'_>) -> bool {
    caller.grants().iter().any(|grants| grants.allow(right, object))
}

/// The projects that somebody can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readable {
    /// All that there are.
    All,
    /// These.
    These(Vec<ProjectId>),
}

/// Which projects may this caller see? What [`may`] says of [`Right::ReadProject`], turned round.
pub fn readable(caller: &Caller) -> Readable {
    if caller.grants().iter().any(Grants::forge_admin) {
        return Readable::All;
    }
    let lets_read = |((section, _), value): &(&(Section, i64), &i64)| {
        matches!(section, Section::ProjectAdmin | Section::ProjectRead) && **value > 0
    };
    let settings = caller.grants().iter().flat_map(|grants| grants.0.iter()).filter(lets_read);
    let mut projects: Vec<ProjectId> = settings.map(|((_, project), _)| ProjectId(*project)).collect();
    projects.sort_unstable();
    projects.dedup();
    Readable::These(projects)
}

/// A right on an object in the words of a refusal: `tracker:bugs submit`; and what else it takes where the project is
/// archived.
pub fn needs(right: Right, object: Object<'_>) -> String {
    let on = match object {
        Object::Forge => "forge".to_owned(),
        Object::Project(_, name) => format!("project:{name}"),
        Object::Tracker(tracker) => format!("tracker:{}", tracker.name),
    };
    let word = match right {
        Right::AdministerForge | Right::AdministerProject => "admin",
        Right::ReadProject => "read",
        Right::Tracker(right) => right.word(),
    };
    match object {
        Object::Tracker(Tracker { project_status: ProjectStatus::Archived, .. }) => {
            format!("{on} {word} in an active project")
        }
        Object::Tracker(_) | Object::Forge | Object::Project(..) => format!("{on} {word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TrackerId;

    const PROJECT: i64 = 7;
    const OTHER_PROJECT: i64 = 8;
    const TRACKER: i64 = 70;

    fn bugs() -> Tracker {
        Tracker {
            id: TrackerId(TRACKER),
            project_id: ProjectId(PROJECT),
            name: "bugs".to_owned(),
            title: "Bugs".to_owned(),
            project_status: ProjectStatus::Active,
        }
    }

    /// Section, reference and value of each setting of a role.
    type Settings = &'static [(Section, i64, i64)];

    fn bits(settings: Settings) -> i64 {
        let settings = settings.iter().map(|&(section, ref_id, value)| Setting { section, ref_id, value });
        Grants::new(settings).tracker_bits(&bugs())
    }

    #[test]
    fn the_effective_value_of_one_role_is_fusionforges() {
        use Section::{ForgeAdmin, NewTracker, ProjectAdmin, ProjectRead, Tracker, TrackerAdmin};
        let table: &[(Settings, i64)] = &[
            (&[], 0),
            (&[(Tracker, TRACKER, 9)], 0),
            (&[(ProjectRead, PROJECT, 1)], 0),
            (&[(ProjectRead, PROJECT, 1), (Tracker, TRACKER, 9)], 9),
            (&[(ProjectRead, PROJECT, 1), (Tracker, TRACKER, 8)], 8),
            (&[(ProjectRead, OTHER_PROJECT, 1), (Tracker, TRACKER, 9)], 0),
            (&[(TrackerAdmin, PROJECT, 1)], 0),
            (&[(TrackerAdmin, PROJECT, 1), (ProjectRead, PROJECT, 1)], 29),
            (&[(TrackerAdmin, PROJECT, 1), (ProjectRead, PROJECT, 1), (Tracker, TRACKER, 2)], 31),
            (&[(ProjectAdmin, PROJECT, 1)], 29),
            (&[(ProjectAdmin, OTHER_PROJECT, 1)], 0),
            (&[(ProjectAdmin, PROJECT, 1), (Tracker, TRACKER, 2)], 31),
            (&[(ForgeAdmin, -1, 1)], 29),
            (&[(NewTracker, PROJECT, 31), (ProjectRead, PROJECT, 1)], 0),
        ];
        for (settings, expected) in table {
            assert_eq!(bits(settings), *expected, "{settings:?}");
        }
    }

    #[test]
    fn in_an_archived_project_nobody_does_more_than_read() {
        let archived = Tracker { project_status: ProjectStatus::Archived, ..bugs() };
        let everything = Grants::new([Setting { section: Section::Tracker, ref_id: TRACKER, value: 31 }]);
        assert_eq!(Grants::forge_administrator().tracker_bits(&archived), 1);
        assert_eq!(everything.tracker_bits(&archived), 0, "and who could not read it still cannot");
    }

    #[test]
    fn a_right_is_named_as_the_refusals_name_it() {
        assert_eq!(needs(Right::Tracker(TrackerRight::Submit), Object::Tracker(&bugs())), "tracker:bugs submit");
        let archived = Tracker { project_status: ProjectStatus::Archived, ..bugs() };
        let submit = needs(Right::Tracker(TrackerRight::Submit), Object::Tracker(&archived));
        assert_eq!(submit, "tracker:bugs submit in an active project");
        assert_eq!(needs(Right::AdministerForge, Object::Forge), "forge admin");
        assert_eq!(needs(Right::ReadProject, Object::Project(ProjectId(1), "project-a")), "project:project-a read");
    }

    #[test]
    fn a_right_on_the_wrong_kind_of_object_is_nobodys() {
        let admin = Grants::forge_administrator();
        assert!(!admin.allow(Right::AdministerForge, Object::Tracker(&bugs())));
        assert!(!admin.allow(Right::Tracker(TrackerRight::Read), Object::Forge));
    }
}
