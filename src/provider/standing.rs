//! How a token stands, in the words of lists: what a request with it would meet, seen from outside.
//!
//! Requests are not judged here, but in `verify` and by their facts.

use crate::{
    clock::UnixSeconds,
    store::{ProjectStatus, UserStatus, access_tokens::Listed, census::Alike},
};

/// How a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is good.
    Live,
    /// It is refused, and will be good again when the reason is gone.
    Asleep(Asleep),
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// Why a token is asleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asleep {
    /// Its user is suspended.
    UserSuspended,
    /// Its consumer is disabled.
    ConsumerDisabled,
    /// The project of its role is archived.
    ProjectArchived,
    /// Its user does not hold its role.
    RoleNotHeld,
}

impl Standing {
    /// How this token stands now.
    pub fn of(token: &Listed, now: UnixSeconds) -> Self {
        Self::judged(
            (token.revoked.is_some(), token.expires.is_some_and(|expires| expires <= now)),
            (token.user_status, token.consumer_enabled, token.project_status, token.is_member),
        )
    }

    /// How these tokens stand.
    pub fn of_alike(tokens: &Alike) -> Self {
        Self::judged(
            (tokens.is_revoked, tokens.is_expired),
            (tokens.user_status, tokens.consumer_enabled, tokens.project_status, tokens.is_member),
        )
    }

    fn judged((is_revoked, is_expired): (bool, bool), about: (UserStatus, bool, Option<ProjectStatus>, bool)) -> Self {
        if is_revoked {
            return Self::Revoked;
        }
        if is_expired {
            return Self::Expired;
        }
        match about {
            (UserStatus::Suspended, _, _, _) => Self::Asleep(Asleep::UserSuspended),
            (UserStatus::Active, false, _, _) => Self::Asleep(Asleep::ConsumerDisabled),
            (UserStatus::Active, true, Some(ProjectStatus::Archived), _) => Self::Asleep(Asleep::ProjectArchived),
            (UserStatus::Active, true, Some(ProjectStatus::Active) | None, false) => Self::Asleep(Asleep::RoleNotHeld),
            (UserStatus::Active, true, Some(ProjectStatus::Active) | None, true) => Self::Live,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Asleep(_) => "asleep",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl Asleep {
    /// All that there are.
    pub const ALL: [Self; 4] = [Self::UserSuspended, Self::ConsumerDisabled, Self::ProjectArchived, Self::RoleNotHeld];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::UserSuspended => "user-suspended",
            Self::ConsumerDisabled => "consumer-disabled",
            Self::ProjectArchived => "project-archived",
            Self::RoleNotHeld => "role-not-held",
        }
    }

    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::UserSuspended => "the user is suspended",
            Self::ConsumerDisabled => "the tool is disabled",
            Self::ProjectArchived => "the project is archived",
            Self::RoleNotHeld => "the user does not hold the role",
        }
    }
}
