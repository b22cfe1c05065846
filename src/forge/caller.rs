//! Who acts: the only answer there is.

use std::sync::Arc;

use super::Grants;
use crate::{
    ids::{AccessTokenId, ConsumerId, RoleId, UserId},
    secret::Secret,
    store::users::User,
};

/// Whom an action is done by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user's number.
    pub id: UserId,
    /// The log-in name.
    pub name: String,
    /// The name for people to read.
    pub realname: String,
    /// The mail address, perhaps empty.
    pub email: String,
}

impl From<&User> for Identity {
    fn from(user: &User) -> Self {
        Self { id: user.id, name: user.name.clone(), realname: user.realname.clone(), email: user.email.clone() }
    }
}

/// The tool through which somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// The consumer's number.
    pub id: ConsumerId,
    /// The consumer's name.
    pub name: String,
    /// The consumer's key.
    pub key: String,
    /// The access token that it acts by; none: it was let in by something else.
    pub token: Option<AccessTokenId>,
}

/// How somebody acts.
#[derive(Clone)]
pub enum Acting {
    /// Through a tool, under exactly one role.
    AsRole {
        /// The role's number.
        id: RoleId,
        /// The role's name.
        name: String,
        /// The name of the role's project; none for a role of the whole forge.
        project: Option<String>,
        /// The tool.
        through: Through,
    },
    /// In person at the pages, with all the roles that they hold.
    InPerson {
        /// What a form of the session must bring back.
        csrf_token: Secret,
    },
}

/// Somebody who acts, with the rights that they have while they do.
///
/// There is no path from here to a user's other roles: somebody who acts under one role is given that role's rights
/// when the caller is made, and [`super::may`] looks at nothing else. Cheap to clone.
#[derive(Clone)]
pub struct Caller(Arc<Acts>);

struct Acts {
    user: Identity,
    acting: Acting,
    grants: Vec<Grants>,
}

impl Caller {
    /// Somebody who acts through a tool under one role, with that role's rights.
    pub fn as_role(user: Identity, acting: Acting, role: Grants) -> Self {
        Self(Arc::new(Acts { user, acting, grants: vec![role] }))
    }

    /// Somebody at the pages, with the rights of all the roles that they hold.
    pub fn in_person(user: Identity, csrf_token: Secret, roles: Vec<Grants>) -> Self {
        Self(Arc::new(Acts { user, acting: Acting::InPerson { csrf_token }, grants: roles }))
    }

    /// Who it is.
    pub fn user(&self) -> &Identity {
        &self.0.user
    }

    /// How they act.
    pub fn acting(&self) -> &Acting {
        &self.0.acting
    }

    /// The tool through which they act, if they do.
    pub fn through(&self) -> Option<&Through> {
        match &self.0.acting {
            Acting::AsRole { through, .. } => Some(through),
            Acting::InPerson { .. } => None,
        }
    }

    pub(super) fn grants(&self) -> &[Grants] {
        &self.0.grants
    }
}
