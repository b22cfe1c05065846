//! What the rooms below refuse, as a failure of the pages and of the interface. Which status that has is said one file up.

use super::{super::pages, Failure};
use crate::{
    forge,
    provider::{self, ConsentRefusal},
    store,
};

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unavailable(reason) => {
                tracing::warn!(error = %reason, "the database is out of reach");
                Self::Unavailable
            }
            store::Error::SecondFull => {
                tracing::warn!(error = %error, "more than the service can take");
                Self::Busy
            }
            store::Error::Key(_) | store::Error::Unopened { .. } | store::Error::LogKeyMissing => {
                Self::unopened(&error)
            }
            other => Self::internal(&other),
        }
    }
}

impl From<forge::Error> for Failure {
    fn from(error: forge::Error) -> Self {
        match error {
            forge::Error::NotFound => Self::NotFound,
            forge::Error::RoleNotHeld { role, project } => {
                let full_name = forge::role::full_name(project.as_deref(), &role);
                Self::RoleNotHeld { role, full_name, reason: None }
            }
            forge::Error::Mistaken(wrong) => match wrong.first() {
                Some(first) => Self::Invalid { field: first.field.to_owned(), message: first.mistake.to_string() },
                None => Self::internal(&"nothing is wrong, and it was refused"),
            },
            forge::Error::Lacks(needs) => Self::Lacks { role: None, needs },
            forge::Error::Store(error) => error.into(),
            other => Self::internal(&other),
        }
    }
}

impl From<ConsentRefusal> for Failure {
    fn from(refusal: ConsentRefusal) -> Self {
        match refusal {
            ConsentRefusal::Unknown => Self::NotFound,
            ConsentRefusal::Over => Self::Gone("This request was decided already, or its time ran out."),
            ConsentRefusal::ConsumerDisabled => Self::Forbidden("The tool that asks is disabled on this forge."),
            ConsentRefusal::RoleUnknown => Self::BadRequest("There is no such role.".to_owned()),
            ConsentRefusal::RoleNotHeld => Self::Forbidden("You do not hold this role."),
            ConsentRefusal::RoleTooSmall => {
                Self::BadRequest("This role lets the tool do less than it needs. Choose another one.".to_owned())
            }
            ConsentRefusal::TooLong => Self::BadRequest("Access for so long is not given here.".to_owned()),
        }
    }
}

impl From<provider::Error> for Failure {
    fn from(error: provider::Error) -> Self {
        match error {
            provider::Error::Consent(refusal) => refusal.into(),
            provider::Error::NotFound(_) => Self::NotFound,
            provider::Error::Forge(error) => error.into(),
            provider::Error::Store(error) => error.into(),
            provider::Error::Problem(problem) => Self::Refused(problem),
            provider::Error::Fields(errors) => match errors.into_iter().next() {
                Some(first) => Self::Invalid { field: first.field.to_owned(), message: first.message },
                None => Self::BadRequest("Something in it is wrong.".to_owned()),
            },
            other @ provider::Error::Randomness(_) => Self::internal(&other),
        }
    }
}

impl From<provider::LabelError> for Failure {
    fn from(error: provider::LabelError) -> Self {
        Self::BadRequest(error.to_string())
    }
}

impl From<provider::TooMany> for Failure {
    fn from(too_many: provider::TooMany) -> Self {
        Self::TooManyAttempts { retry_after_seconds: i64::try_from(too_many.retry_after_seconds).unwrap_or(i64::MAX) }
    }
}

impl From<pages::PageError> for Failure {
    fn from(error: pages::PageError) -> Self {
        Self::internal(&error)
    }
}
