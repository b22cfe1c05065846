//! What can go wrong between here and the rows.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

use crate::sealing::KeyError;

/// A failure of the store. The text is for the operator's log; no client sees it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The database is out of reach, locked or overloaded; the same call may succeed later.
    #[error("the database is out of reach: {0}")]
    Unavailable(String),
    /// As many requests name one second as it has room for; the next second has room again.
    #[error("too many requests name one second")]
    SecondFull,
    /// A row with this unique value is there already.
    #[error("there is such a row already: {0}")]
    Duplicate(String),
    /// Something that the row speaks of is gone: it was removed at the same moment.
    #[error("what the row speaks of is gone: {0}")]
    Dangling(String),
    /// The database answered, and refused what this program asked: a defect of ours.
    #[error("the database refused a statement: {0}")]
    Refused(String),
    /// The server keys are not to be had, or not the one that seals.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A row holds something that does not open: it was changed, or its key is none of those at hand. Nothing can be said
    /// of who signs with it, and only an operator can mend it.
    #[error("{column} in row {row}: {reason}")]
    Unopened {
        /// Table and column.
        column: &'static str,
        /// The row's number, which tells nothing of what is in it.
        row: i64,
        /// Why it does not open.
        reason: KeyError,
    },
    /// There are entries in the audit log, and the key that they are sealed with is gone: nothing is written down, and so
    /// nothing is done.
    #[error(
        "the key of the audit log is missing, and there are entries under it: put the row of audit_key back from a backup"
    )]
    LogKeyMissing,
    /// The schema could not be brought up to date.
    #[error("the migration failed: {0}")]
    Migration(String),
    /// The schema is not at this program's version, and this is not who may change it.
    #[error("the database is not at this program's schema; `oauthprovider migrate` brings it there")]
    Outdated,
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, detail) => {
                Self::Duplicate(detail.message().to_owned())
            }
            Diesel::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, detail) => {
                Self::Dangling(detail.message().to_owned())
            }
            Diesel::DatabaseError(DatabaseErrorKind::NotNullViolation | DatabaseErrorKind::CheckViolation, _)
            | Diesel::NotFound
            | Diesel::QueryBuilderError(_)
            | Diesel::DeserializationError(_)
            | Diesel::SerializationError(_) => Self::Refused(error.to_string()),
            // Locked, read-only, disk full, server gone, connection closed, schema missing: all the world outside,
            // and all may mend itself.
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<diesel::r2d2::PoolError> for Error {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
