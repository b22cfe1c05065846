//! Which roles a user can lend to a tool: those that they hold, and among them those that are enough for it.

use super::{ConsentRefusal, Error};
use crate::{
    forge::{self, Need, Needs, Powers, role::Described},
    ids::{ProjectId, RoleId, UserId},
    store::{self, Connection, Transaction, consumers::Consumer, roles::Role},
};

/// A role that a user holds, as it is put before them.
pub struct Offer {
    /// The role.
    pub role: Role,
    /// What it would let the tool do.
    pub rights: Powers,
    /// What it lacks for this tool; nothing: it can be lent.
    pub lacks: Vec<Need>,
}

/// The roles that a user holds, each with what it lacks for this tool: those that can be lent, and then those that are too
/// small; among either those of the project `first` before all others, and the least powerful first.
///
/// # Errors
/// Those of the store.
pub fn offers(
    conn: &mut Connection,
    user: UserId,
    consumer: &Consumer,
    first: Option<ProjectId>,
) -> Result<Vec<Offer>, Error> {
    let needs = Needs::kept(&consumer.needs);
    let offer = |Described { role, rights }: Described| Offer { role, lacks: needs.lacking_in(&rights), rights };
    let mut offers: Vec<Offer> = forge::role::described(conn, user, first)?.into_iter().map(offer).collect();
    // A stable sort: among either the order stays.
    offers.sort_by_key(|offer| !offer.lacks.is_empty());
    Ok(offers)
}

/// Makes sure that this user can lend this role to this tool now.
///
/// # Errors
/// [`ConsentRefusal::RoleUnknown`], [`ConsentRefusal::RoleNotHeld`] and [`ConsentRefusal::RoleTooSmall`].
pub(super) fn check(tx: &mut Transaction<'_>, user: UserId, role: RoleId, consumer: &Consumer) -> Result<(), Error> {
    let rights = forge::role::rights(tx, role)?.ok_or(ConsentRefusal::RoleUnknown)?;
    if !store::roles::holds(tx, user, role)? {
        return Err(ConsentRefusal::RoleNotHeld.into());
    }
    if Needs::kept(&consumer.needs).lacking_in(&rights).is_empty() {
        Ok(())
    } else {
        Err(ConsentRefusal::RoleTooSmall.into())
    }
}
