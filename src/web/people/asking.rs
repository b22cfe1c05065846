//! The question before something is taken from somebody: what will happen, and which tokens stop.

use super::{
    super::{
        pages::content::{Confirmation, LostRight, Typed},
        token_line::token_line,
    },
    short,
};
use crate::{
    clock::UnixSeconds,
    forge::{Right, rights::Lost},
    provider::stops::Stops,
};

/// What is about to be done.
#[derive(Clone, Copy)]
pub enum What {
    SuspendUser,
    ActivateUser,
    ArchiveProject,
    ReopenProject,
    ShutToolsOutOfProject,
    LetToolsIntoProject,
    LendNoRoles,
    LendRoles,
    WeakenRole,
    RemoveRole,
    TakeRole,
    RevokeToken,
}

impl What {
    /// The part that it has in the names of texts.
    fn word(self) -> &'static str {
        match self {
            Self::SuspendUser => "suspend",
            Self::ActivateUser => "activate",
            Self::ArchiveProject => "archive",
            Self::ReopenProject => "reopen",
            Self::ShutToolsOutOfProject => "project-off",
            Self::LetToolsIntoProject => "project-on",
            Self::LendNoRoles => "user-off",
            Self::LendRoles => "user-on",
            Self::WeakenRole => "weaken",
            Self::RemoveRole => "remove-role",
            Self::TakeRole => "take-role",
            Self::RevokeToken => "revoke-token",
        }
    }
}

/// The question, to which whoever asks it adds what else there is to say.
pub fn question(
    what: What,
    (name, of): (&str, &str),
    (action, cancel): (String, String),
    csrf_token: String,
) -> Confirmation {
    Confirmation {
        what: what.word(),
        name: short(name),
        of: short(of),
        action,
        cancel,
        typed: Vec::new(),
        lost: Vec::new(),
        sessions: None,
        tokens: Vec::new(),
        more: 0,
        uncounted: false,
        reason: String::new(),
        errors: Vec::new(),
        csrf_token,
    }
}

impl Confirmation {
    /// These tokens stop.
    pub(super) fn stopping(self, stops: Stops, now: UnixSeconds) -> Self {
        let tokens = stops.named.into_iter().map(|token| token_line(token, now)).collect();
        let more = i64::try_from(stops.more).unwrap_or(i64::MAX);
        Self { tokens, more, uncounted: stops.uncounted, ..self }
    }

    /// These rights are lost.
    pub(super) fn losing(self, lost: Vec<Lost>) -> Self {
        let told = |lost: Lost| LostRight {
            right: right_word(lost.right),
            tracker: lost.tracker.map(|(_, title)| short(&title)).unwrap_or_default(),
        };
        Self { lost: lost.into_iter().map(told).collect(), ..self }
    }

    /// The form brings this along.
    pub(super) fn carrying(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.typed.push(Typed { name: name.into(), value: value.into() });
        self
    }
}

/// The word for a right, of which its text's name is made.
pub(super) fn right_word(right: Right) -> &'static str {
    match right {
        Right::AdministerForge => "forge",
        Right::AdministerProject => "admin",
        Right::ReadProject => "see",
        Right::Tracker(right) => right.word(),
    }
}
