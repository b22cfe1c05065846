//! What the provider refuses.

use crate::{forge, oauth1::Problem, secret::NoRandomness, store};

/// A field of a registration that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, as forms and import files have it.
    pub field: &'static str,
    /// What is wrong with it.
    pub message: String,
}

/// Why there is nothing to decide, or why the decision does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsentRefusal {
    /// Nobody asked with that token.
    #[error("nobody asked with this token")]
    Unknown,
    /// It was decided already, or its time ran out.
    #[error("this request was decided already, or its time ran out")]
    Over,
    /// The consumer that asks is disabled.
    #[error("the tool that asks is disabled")]
    ConsumerDisabled,
    /// There is no such role.
    #[error("there is no such role")]
    RoleUnknown,
    /// The user does not hold the role.
    #[error("you do not hold this role")]
    RoleNotHeld,
    /// The role is too small for what the consumer says that it needs.
    #[error("this role lets the tool do less than it needs")]
    RoleTooSmall,
    /// Longer than the operator lets any token be good.
    #[error("access for so long is not given here")]
    TooLong,
}

/// A refusal of the provider, or a failure below it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A signed request is refused; the answer tells the consumer why.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// The decision of a user does not count.
    #[error(transparent)]
    Consent(#[from] ConsentRefusal),
    /// A registration is wrong in these fields.
    #[error("{}", .0.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; "))]
    Fields(Vec<FieldError>),
    /// There is no such consumer, token, user or role; the text names it.
    #[error("there is no {0}")]
    NotFound(String),
    /// The forge refused, or failed; so it does when a token's user does not hold its role.
    #[error(transparent)]
    Forge(#[from] forge::Error),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}
