//! When credentials were last used: a record that nobody is judged by, so writing it moves no epoch.

use diesel::prelude::*;

use super::{Error, Transaction, schema::consumer_secrets};
use crate::{clock::UnixSeconds, ids::ConsumerSecretId};

/// One use of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use<Of> {
    /// What was used.
    pub of: Of,
    /// When.
    pub at: UnixSeconds,
    /// From which address, if it is known.
    pub from: Option<String>,
}

/// Writes down when consumers' secrets signed, but for those whose last time that is written is less than `apart` seconds
/// before it, or after it.
///
/// # Errors
/// Those of the database.
pub fn of_secrets(tx: &mut Transaction<'_>, uses: &[Use<ConsumerSecretId>], apart: i64) -> Result<(), Error> {
    // In one order at all instances, so that no two wait for each other.
    let mut uses: Vec<_> = uses.iter().map(|one| (one.of, one.at)).collect();
    uses.sort_unstable();
    for (id, at) in uses {
        let due =
            consumer_secrets::last_signed.is_null().or(consumer_secrets::last_signed.le(at.saturating_sub(apart)));
        diesel::update(consumer_secrets::table.filter(consumer_secrets::id.eq(id)).filter(due))
            .set(consumer_secrets::last_signed.eq(at))
            .execute(tx.db())?;
    }
    Ok(())
}
