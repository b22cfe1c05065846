//! The least that a tool needs of the role it acts with, as its registration says.
//!
//! It keeps a user from lending a role with which the tool could do nothing. It gives no right, and no request is judged by
//! it.

use std::{fmt, str::FromStr};

use serde_json::{Map, Value, json};

use super::{ALL_TRACKER_BITS, Level, Powers, ProjectRight, TrackerRight};

/// What a tool needs; by default nothing in particular.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// All of these rights, as bits, in one tracker.
    tracker: i64,
    project: Option<OfProject>,
    forge: bool,
}

/// What a tool needs of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OfProject {
    Read,
    Admin,
}

/// One thing that a tool needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// All of these rights in one tracker.
    Tracker(Vec<TrackerRight>),
    /// To see a project.
    ProjectRead,
    /// To run a project.
    ProjectAdmin,
    /// To run the forge.
    ForgeAdmin,
}

/// A text that names nothing that a tool could need.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NeedsError {
    /// There is no such thing to be needed.
    #[error("{0:?} is nothing that can be needed; there are tracker=…, project=… and forge=admin")]
    Unknown(String),
    /// What is needed of it does not exist.
    #[error("{0:?}: of a tracker there are {levels} or rights such as read,vote; of a project read and admin; of the forge admin", levels = LEVELS)]
    Value(String),
    /// One thing is named twice.
    #[error("{0:?} is there twice")]
    Twice(String),
}

const LEVELS: &str = "read, submit, technician, manager,";

impl Needs {
    /// Takes words such as `tracker=submit`, `tracker=read,vote`, `project=read`, `forge=admin`, each thing once.
    ///
    /// # Errors
    /// [`NeedsError`] for the first word that means nothing.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, NeedsError> {
        let (mut needs, mut seen) = (Self::default(), Vec::new());
        for word in words {
            let (name, value) = word.split_once('=').ok_or_else(|| NeedsError::Unknown(word.to_owned()))?;
            if seen.contains(&name) {
                return Err(NeedsError::Twice(name.to_owned()));
            }
            seen.push(name);
            let unfit = || NeedsError::Value(word.to_owned());
            match (name, value) {
                ("tracker", value) => needs.tracker = tracker_bits(value).ok_or_else(unfit)?,
                ("project", "read") => needs.project = Some(OfProject::Read),
                ("project", "admin") => needs.project = Some(OfProject::Admin),
                ("forge", "admin") => needs.forge = true,
                ("project" | "forge", _) => return Err(unfit()),
                (_, _) => return Err(NeedsError::Unknown(word.to_owned())),
            }
        }
        Ok(needs)
    }

    /// What a database keeps for a tool. What means nothing there asks for everything: somebody wrote it past this program, and
    /// did not mean that every role will do.
    pub fn kept(text: &str) -> Self {
        let everything = Self { tracker: ALL_TRACKER_BITS, project: Some(OfProject::Admin), forge: true };
        text.parse().unwrap_or(everything)
    }

    /// The words by which [`Needs::parse`] takes it again, each thing in one spelling.
    pub fn words(&self) -> Vec<String> {
        let word = |(name, value): (&str, Value)| match value {
            Value::Array(rights) => {
                format!("{name}={}", rights.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))
            }
            other => format!("{name}={}", other.as_str().unwrap_or_default()),
        };
        self.values().into_iter().map(word).collect()
    }

    /// The same as an import file has it: an object, empty where nothing is needed.
    pub fn json(&self) -> Value {
        Value::Object(self.values().into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        let tracker = (self.tracker != 0).then(|| match Level::of_bits(self.tracker) {
            Some(level) => json!(level.word()),
            None => json!(TrackerRight::all_in(self.tracker).map(TrackerRight::word).collect::<Vec<_>>()),
        });
        let project = self.project.map(|project| match project {
            OfProject::Read => json!("read"),
            OfProject::Admin => json!("admin"),
        });
        let named = [("tracker", tracker), ("project", project), ("forge", self.forge.then(|| json!("admin")))];
        named.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// What is needed, one thing after the other.
    pub fn each(&self) -> Vec<Need> {
        self.lacking_in(&Powers { runs_the_forge: false, project: ProjectRight::None, trackers: Vec::new() })
    }

    /// Whether nothing in particular is needed.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What of it a role with these rights lacks; nothing: it will do.
    pub fn lacking_in(&self, rights: &Powers) -> Vec<Need> {
        let tracker = self.tracker != 0 && !rights.has_in_some_tracker(self.tracker);
        let project = match self.project {
            Some(OfProject::Read) if rights.project < ProjectRight::Read => Some(Need::ProjectRead),
            Some(OfProject::Admin) if rights.project < ProjectRight::Admin => Some(Need::ProjectAdmin),
            Some(OfProject::Read | OfProject::Admin) | None => None,
        };
        let forge = self.forge && !rights.runs_the_forge;
        let tracker = tracker.then(|| Need::Tracker(TrackerRight::all_in(self.tracker).collect()));
        tracker.into_iter().chain(project).chain(forge.then_some(Need::ForgeAdmin)).collect()
    }
}

/// A level above none, or single rights, as bits.
fn tracker_bits(text: &str) -> Option<i64> {
    let bits = match Level::from_word(text) {
        Some(level) => level.bits(),
        None => text.split(',').try_fold(0, |bits, word| Some(bits | TrackerRight::from_word(word)?.bit()))?,
    };
    (bits != 0).then_some(bits)
}

/// As it is kept and told: its words with a blank between them.
impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

impl FromStr for Needs {
    type Err = NeedsError;

    fn from_str(text: &str) -> Result<Self, NeedsError> {
        Self::parse(text.split_whitespace())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::powers::tests::powers;

    fn needs(text: &str) -> Needs {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn what_is_needed_is_told_in_one_spelling_and_taken_again() {
        for (text, told, json) in [
            ("", "", json!({})),
            ("tracker=submit", "tracker=submit", json!({"tracker": "submit"})),
            ("tracker=submit,read", "tracker=submit", json!({"tracker": "submit"})),
            ("tracker=vote,read", "tracker=read,vote", json!({"tracker": ["read", "vote"]})),
            (
                "forge=admin project=read  tracker=manager",
                "tracker=manager project=read forge=admin",
                json!({"tracker": "manager", "project": "read", "forge": "admin"}),
            ),
            ("project=admin", "project=admin", json!({"project": "admin"})),
        ] {
            assert_eq!((needs(text).to_string().as_str(), needs(text).json()), (told, json));
            assert_eq!(needs(told), needs(text));
            assert_eq!(needs(text).is_nothing(), text.is_empty());
        }
    }

    #[test]
    fn what_nobody_can_need_is_refused() {
        for text in [
            "tracker",
            "tracker=",
            "tracker=none",
            "tracker=sumbit",
            "tracker=read,",
            "tracker=read,submit,x",
            "Tracker=read",
            "project=submit",
            "project=",
            "forge=read",
            "forge=",
            "tracker:bugs=read",
            "=",
            "tracker=read tracker=submit",
        ] {
            assert!(text.parse::<Needs>().is_err(), "{text:?}");
            assert_eq!(
                Needs::kept(text).to_string(),
                "tracker=read,tech,manager,submit,vote project=admin forge=admin"
            );
        }
    }

    #[test]
    fn a_role_will_do_when_it_has_all_that_is_needed_and_in_one_tracker() {
        use Level::{Manager, None, Read, Submit, Technician};
        let reader = powers(ProjectRight::Read, &[Read, None]);
        let reporter = powers(ProjectRight::Read, &[Read, Submit]);
        let manager = powers(ProjectRight::Read, &[Manager]);
        let admin = powers(ProjectRight::Admin, &[]);
        let of_forge = Powers { runs_the_forge: true, ..powers(ProjectRight::Admin, &[]) };
        for (text, will_do) in [
            ("", [true, true, true, true, true]),
            ("tracker=read", [true, true, true, false, true]),
            ("tracker=submit", [false, true, true, false, true]),
            // A technician's work is nobody's without a setting that says so.
            ("tracker=technician", [false, false, true, false, false]),
            ("tracker=vote", [false, false, false, false, true]),
            ("project=read", [true, true, true, true, true]),
            ("project=admin", [false, false, false, true, true]),
            ("forge=admin", [false, false, false, false, true]),
        ] {
            let told =
                [&reader, &reporter, &manager, &admin, &of_forge].map(|role| needs(text).lacking_in(role).is_empty());
            assert_eq!(told, will_do, "{text}");
        }
        // Some of it here and some of it there is not all of it anywhere.
        let scattered = Powers {
            trackers: vec![
                super::super::InTracker { title: "A".to_owned(), bits: 1 },
                super::super::InTracker { title: "B".to_owned(), bits: 8 },
            ],
            ..powers(ProjectRight::Read, &[])
        };
        let all = [Need::Tracker(vec![TrackerRight::Read]), Need::ProjectRead, Need::ForgeAdmin];
        assert_eq!(needs("tracker=read project=read forge=admin").each(), all);
        assert_eq!(needs("").each(), []);
        assert_eq!(
            needs("tracker=submit").lacking_in(&scattered),
            [Need::Tracker(vec![TrackerRight::Read, TrackerRight::Submit])]
        );
        assert_eq!(
            needs("tracker=submit project=admin forge=admin").lacking_in(&powers(ProjectRight::None, &[Technician])),
            [Need::ProjectAdmin, Need::ForgeAdmin]
        );
    }
}
