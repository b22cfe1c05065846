//! What a form grants a tool, on the consent page and where a token is issued by hand: read from its fields, or what is wrong
//! with them.

use actix_web::http::StatusCode;

use super::{
    extract::Fields,
    pages::content::{FieldError, LifetimeChoice},
    problem::{MISTYPED, NOT_THEIRS, SENSELESS},
};
use crate::{
    forge::Mistake,
    ids::RoleId,
    provider::{ConsentRefusal, Label, Lifetime, Lifetimes, consent::Grant},
};

/// What a form says for a token without an end, where another has its seconds.
const UNTIL_REVOKED: &str = "until_revoked";

/// What is wrong with a form that grants something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It says neither yes nor no.
    Decision,
    /// It names no role, or none that there is.
    Role,
    /// Who sent it cannot lend the role, or no longer.
    RoleNotHeld,
    /// The role is not enough for the tool.
    RoleTooSmall,
    /// The time is none that can be had here.
    Lifetime,
    /// The label cannot be kept.
    Label,
    /// The reason cannot be kept.
    Reason,
}

impl Wrong {
    /// What a refusal says of the form. None: it is not the form that is wrong.
    pub fn of(refusal: ConsentRefusal) -> Option<Self> {
        match refusal {
            ConsentRefusal::RoleUnknown => Some(Self::Role),
            ConsentRefusal::RoleNotHeld => Some(Self::RoleNotHeld),
            ConsentRefusal::RoleTooSmall => Some(Self::RoleTooSmall),
            ConsentRefusal::TooLong => Some(Self::Lifetime),
            ConsentRefusal::Unknown | ConsentRefusal::Over | ConsentRefusal::ConsumerDisabled => None,
        }
    }

    /// With which status the form comes back.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Decision | Self::Role | Self::RoleTooSmall => SENSELESS,
            Self::RoleNotHeld => NOT_THEIRS,
            Self::Lifetime | Self::Label | Self::Reason => MISTYPED,
        }
    }

    fn told(self) -> FieldError {
        match self {
            Self::Decision => FieldError::of("decision", "decision"),
            Self::Role => FieldError::of("role_id", "role_id"),
            Self::RoleNotHeld => FieldError::of("role_id", "role-not-held"),
            Self::RoleTooSmall => FieldError::of("role_id", "role-too-small"),
            Self::Lifetime => FieldError::of("lifetime", "lifetime"),
            Self::Label => FieldError::of("label", "label"),
            Self::Reason => FieldError::of("reason", Mistake::Reason.word()),
        }
    }
}

/// All that is wrong, as a page says it beside the fields.
pub(super) fn told(wrong: &[Wrong]) -> Vec<FieldError> {
    wrong.iter().map(|one| one.told()).collect()
}

/// The role that a form names.
pub(super) fn role(form: &Fields) -> Option<RoleId> {
    form.number("role_id").map(RoleId)
}

/// The lifetime that a form asks for, if that is one. A form that does not speak of it, as forms were before there was a
/// choice, asks for the longest.
pub(super) fn lifetime(form: &Fields, lifetimes: Lifetimes) -> Option<Lifetime> {
    match form.optional("lifetime").ok()? {
        "" => Some(lifetimes.longest()),
        UNTIL_REVOKED => Some(Lifetime::UntilRevoked),
        seconds => seconds.parse().ok().map(Lifetime::Seconds),
    }
}

/// What a form grants.
///
/// # Errors
/// All that is wrong with it, in the order of its fields.
pub(super) fn grant(form: &Fields, lifetimes: Lifetimes) -> Result<Grant, Vec<Wrong>> {
    let lifetime = lifetime(form, lifetimes).filter(|lifetime| lifetimes.allow(*lifetime));
    let label = form.optional("label").ok().and_then(|text| Label::parse(text).ok());
    match (role(form), lifetime, label) {
        (Some(role), Some(lifetime), Some(label)) => Ok(Grant { role, lifetime, label }),
        (role, lifetime, label) => {
            let wrong =
                [(role.is_none(), Wrong::Role), (lifetime.is_none(), Wrong::Lifetime), (label.is_none(), Wrong::Label)];
            Err(wrong.into_iter().filter_map(|(is_wrong, what)| is_wrong.then_some(what)).collect())
        }
    }
}

/// What is chosen beforehand is what was chosen before, or else what a grant gets that says nothing of it.
pub(super) fn lifetime_choices(lifetimes: Lifetimes, chosen: Option<Lifetime>) -> Vec<LifetimeChoice> {
    let chosen = chosen.unwrap_or_else(|| lifetimes.longest());
    let choice = |lifetime: Lifetime| LifetimeChoice {
        value: lifetime.seconds().map_or_else(|| UNTIL_REVOKED.to_owned(), |seconds| seconds.to_string()),
        seconds: lifetime.seconds(),
        chosen: lifetime == chosen,
    };
    lifetimes.offered().into_iter().map(choice).collect()
}
