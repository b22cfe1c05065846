//! How a token stands, in the words of lists: what a request with it would meet, seen from outside.
//!
//! Requests are not judged here, but in `verify` and by their facts.

use crate::{
    clock::UnixSeconds,
    store::{ProjectStatus, UserStatus, access_tokens::Listed},
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        if token.revoked.is_some() {
            return Self::Revoked;
        }
        if token.expires.is_some_and(|expires| expires <= now) {
            return Self::Expired;
        }
        match (token.user_status, token.consumer_enabled, token.project_status, token.is_member) {
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
    /// The word for the reason.
    pub fn word(self) -> &'static str {
        match self {
            Self::UserSuspended => "user_suspended",
            Self::ConsumerDisabled => "consumer_disabled",
            Self::ProjectArchived => "project_archived",
            Self::RoleNotHeld => "role_not_held",
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
