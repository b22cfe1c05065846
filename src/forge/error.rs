//! What the forge refuses.

use super::{
    mistake::Wrong,
    permission::{Object, Right, needs},
};
use crate::store;

/// A refusal of the forge, or a failure below it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know that there is.
    #[error("not found")]
    NotFound,
    /// The caller may see it, and lacks this right, in the words of [`needs`].
    #[error("needs {0}")]
    Lacks(String),
    /// The caller acts under a role that the user does not hold (any more).
    #[error("the user does not hold the role {role:?}")]
    RoleNotHeld {
        /// The role's name.
        role: String,
        /// The name of the role's project; none for a role of the whole forge.
        project: Option<String>,
    },
    /// Something was filled in that is wrong: all that is, field by field.
    #[error("{}", .0.iter().map(Wrong::to_string).collect::<Vec<_>>().join("; "))]
    Mistaken(Vec<Wrong>),
    /// A password could not be hashed.
    #[error("the password cannot be hashed: {0}")]
    Password(String),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] crate::secret::NoRandomness),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// The caller lacks this right.
    pub(super) fn lacks(right: Right, object: Object<'_>) -> Self {
        Self::Lacks(needs(right, object))
    }
}
