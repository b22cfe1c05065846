//! What is wrong with a form that was sent: mistakes as every room tells them, in the one shape in which a page shows them beside
//! their fields; and what is nobody's mistake parted from that.

use super::{Failure, pages::content::FieldError};
use crate::{forge, provider, store};

/// What became of what a form asks for: it is done, or something in the form is wrong.
pub(super) type Outcome<T> = Result<T, Vec<FieldError>>;

/// Parts a wrong form from every other failure.
pub(super) fn outcome<T>(done: Result<T, impl Into<Undone>>) -> Result<Outcome<T>, Failure> {
    match done.map_err(Into::into) {
        Ok(done) => Ok(Ok(done)),
        Err(Undone::Wrong(errors)) => Ok(Err(errors)),
        Err(Undone::Failed(failure)) => Err(failure),
    }
}

/// Why nothing was done.
pub(super) enum Undone {
    /// This is wrong in the form, which is shown again.
    Wrong(Vec<FieldError>),
    /// It is not the form that is wrong.
    Failed(Failure),
}

impl From<forge::Wrong> for FieldError {
    fn from(wrong: forge::Wrong) -> Self {
        Self::of(wrong.field, wrong.mistake.word())
    }
}

impl From<provider::FieldError> for FieldError {
    fn from(error: provider::FieldError) -> Self {
        Self::said(error.field, error.message)
    }
}

impl From<forge::Wrong> for Undone {
    fn from(wrong: forge::Wrong) -> Self {
        Self::Wrong(vec![wrong.into()])
    }
}

impl From<forge::Error> for Undone {
    fn from(error: forge::Error) -> Self {
        match error {
            forge::Error::Mistaken(wrong) => Self::Wrong(wrong.into_iter().map(Into::into).collect()),
            other => Self::Failed(other.into()),
        }
    }
}

impl From<provider::Error> for Undone {
    fn from(error: provider::Error) -> Self {
        match error {
            provider::Error::Fields(errors) => Self::Wrong(errors.into_iter().map(Into::into).collect()),
            provider::Error::Forge(error) => error.into(),
            other => Self::Failed(other.into()),
        }
    }
}

impl From<Failure> for Undone {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<store::Error> for Undone {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}
