//! Which tokens stop when something is taken away: asked before it is done, so that whoever does it knows; and told to their
//! users when it is.

use super::{Error, Standing, mail};
use crate::{
    clock::UnixSeconds,
    forge::{
        self, By,
        role_change::{self, Known},
    },
    ids::{ProjectId, RoleId, UserId},
    store::{
        self, Connection, Transaction,
        access_tokens::Listed,
        acting_tokens::{self, Which},
    },
};

/// So many tokens are named.
const MOST_NAMED: usize = 50;

/// So many are looked at: who takes something from more of them knows that it is many.
const MOST_COUNTED: i64 = 250;

/// Of so many roles of a project tokens are looked for.
const MOST_ROLES: i64 = 1_000;

/// What is taken away, or made less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A role.
    Role(RoleId),
    /// A role, from one user.
    Membership(RoleId, UserId),
    /// All roles of a project.
    Project(ProjectId),
    /// All that a user can do.
    User(UserId),
}

/// Tokens that are good now, and are touched by it.
pub struct Stops {
    /// The newest of them.
    pub named: Vec<Listed>,
    /// How many more there are.
    pub more: usize,
    /// Whether there are still others that nobody counted.
    pub uncounted: bool,
}

impl Stops {
    /// The tokens that are touched when this is taken away.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(conn: &mut Connection, taken: Taken, now: UnixSeconds) -> Result<Self, Error> {
        let which = Which { live_at: Some(now), ..Which::default() };
        let mut are_all_roles = true;
        let found = match taken {
            Taken::Role(role) => acting_tokens::under(conn, &[role], which, MOST_COUNTED)?,
            Taken::Membership(role, user) => {
                acting_tokens::under(conn, &[role], Which { user: Some(user), ..which }, MOST_COUNTED)?
            }
            Taken::Project(project) => {
                let roles = store::roles::of_project(conn, Some(project), RoleId(0), MOST_ROLES)?;
                let roles: Vec<RoleId> = roles.into_iter().map(|role| role.id).collect();
                are_all_roles = i64::try_from(roles.len()).is_ok_and(|count| count < MOST_ROLES);
                acting_tokens::under(conn, &roles, which, MOST_COUNTED)?
            }
            Taken::User(user) => acting_tokens::of_user(conn, user, which, MOST_COUNTED)?,
        };
        let uncounted = !are_all_roles || i64::try_from(found.len()).is_ok_and(|count| count == MOST_COUNTED);
        // What is asleep already stops nowhere.
        let mut named: Vec<Listed> =
            found.into_iter().filter(|token| Standing::of(token, now) == Standing::Live).collect();
        let more = named.len().saturating_sub(MOST_NAMED);
        named.truncate(MOST_NAMED);
        Ok(Self { named, more, uncounted })
    }
}

/// Removes a role and the tokens under it, whose users are told.
///
/// # Errors
/// Those of the forge, and of the store.
pub fn remove_role(
    tx: &mut Transaction<'_>,
    id: RoleId,
    project: Option<ProjectId>,
    by: &By,
) -> Result<(), forge::Error> {
    let known = Known::held(tx, id, project)?;
    let tokens = store::access_tokens::count_live_under(tx, id, by.at())?;
    mail::tell_before_removal(tx, by, mail::Ending::OfRole(id))?;
    role_change::remove(tx, &known, tokens, by)
}
