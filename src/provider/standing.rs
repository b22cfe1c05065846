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
    /// The project of its role lets no tools in.
    PluginOffForProject,
    /// Its user lends no roles to tools.
    PluginOffForUser,
}

/// What says how a token stands.
struct Seen {
    is_revoked: bool,
    is_expired: bool,
    user_status: UserStatus,
    consumer_enabled: bool,
    project_status: Option<ProjectStatus>,
    is_member: bool,
    project_uses_plugin: Option<bool>,
    user_uses_plugin: bool,
}

impl Standing {
    /// How this token stands now.
    pub fn of(token: &Listed, now: UnixSeconds) -> Self {
        Self::seen(&Seen {
            is_revoked: token.revoked.is_some(),
            is_expired: token.expires.is_some_and(|expires| expires <= now),
            user_status: token.user_status,
            consumer_enabled: token.consumer_enabled,
            project_status: token.project_status,
            is_member: token.is_member,
            project_uses_plugin: token.project_uses_plugin,
            user_uses_plugin: token.user_uses_plugin,
        })
    }

    /// How these tokens stand.
    pub fn of_alike(tokens: &Alike) -> Self {
        Self::seen(&Seen {
            is_revoked: tokens.is_revoked,
            is_expired: tokens.is_expired,
            user_status: tokens.user_status,
            consumer_enabled: tokens.consumer_enabled,
            project_status: tokens.project_status,
            is_member: tokens.is_member,
            project_uses_plugin: tokens.project_uses_plugin,
            user_uses_plugin: tokens.user_uses_plugin,
        })
    }

    fn seen(token: &Seen) -> Self {
        match (token.is_revoked, token.is_expired) {
            (true, _) => Self::Revoked,
            (false, true) => Self::Expired,
            (false, false) => Asleep::why(token).map_or(Self::Live, Self::Asleep),
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
    /// The first reason for which a token is asleep, if it is.
    fn why(token: &Seen) -> Option<Self> {
        let reasons = [
            (token.user_status == UserStatus::Suspended, Self::UserSuspended),
            (!token.consumer_enabled, Self::ConsumerDisabled),
            (token.project_status == Some(ProjectStatus::Archived), Self::ProjectArchived),
            (!token.is_member, Self::RoleNotHeld),
            (token.project_uses_plugin == Some(false), Self::PluginOffForProject),
            (!token.user_uses_plugin, Self::PluginOffForUser),
        ];
        reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
    }

    /// The word for it, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::UserSuspended => "user_suspended",
            Self::ConsumerDisabled => "consumer_disabled",
            Self::ProjectArchived => "project_archived",
            Self::RoleNotHeld => "role_not_held",
            Self::PluginOffForProject => "plugin_off_for_project",
            Self::PluginOffForUser => "plugin_off_for_user",
        }
    }

    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::UserSuspended => "the user is suspended",
            Self::ConsumerDisabled => "the tool is disabled",
            Self::ProjectArchived => "the project is archived",
            Self::RoleNotHeld => "the user does not hold the role",
            Self::PluginOffForProject => "the project lets no tools in",
            Self::PluginOffForUser => "the user lends no roles to tools",
        }
    }
}
