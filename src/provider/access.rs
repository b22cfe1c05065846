//! Acting with token credentials (RFC 5849, section 3), and issuing them by hand.

use super::{
    Error,
    exchange::TokenCredentials,
    verify::{Credential, verify},
};
use crate::{
    clock::UnixSeconds,
    forge::{self, Acting, Caller, Identity, Through},
    ids::{AccessTokenId, ConsumerId, UserId},
    oauth1::{Problem, SignedRequest},
    secret::{Secret, random_key},
    store::{self, Connection, Transaction, UserStatus, access_tokens::AccessToken, roles::Role, users::User},
};

/// Finds out who is behind a signed request: the token's user, with the rights of the token's one role.
///
/// # Errors
/// [`Error::Problem`] when the request is not good; [`forge::Error::RoleNotHeld`] when it is, and the user does not
/// hold the role any more. There is no falling back to another role.
pub fn authenticate(conn: &mut Connection, request: &SignedRequest, now: UnixSeconds) -> Result<Caller, Error> {
    let verified = verify::<Access>(conn, request, now)?;
    let Access { token, user } = verified.credential;
    let role = store::roles::by_id(conn, token.role_id)?.ok_or(Problem::TokenRejected)?;
    let project = role.project.map(|(_, name, _)| name);
    if !store::roles::holds(conn, user.id, role.id)? {
        return Err(forge::Error::RoleNotHeld { role: role.name, project }.into());
    }
    let grants = forge::role::grants(conn, role.id)?;
    let through = Through { name: verified.consumer.name, key: verified.consumer.key };
    let acting = Acting::AsRole { id: role.id, name: role.name, project, through };
    Ok(Caller::as_role(Identity::from(&user), acting, grants))
}

/// Who is to be given a token by hand, for which consumer, under which role; each by name.
pub struct Issue<'a> {
    /// The user's log-in name.
    pub user: &'a str,
    /// The consumer's name.
    pub consumer: &'a str,
    /// `PROJECT/ROLE`, or `forge/ROLE` for a role of the whole forge.
    pub role: &'a str,
}

/// Issues token credentials without the dance, for a role that the user holds.
///
/// # Errors
/// [`Error::NotFound`] names what there is none of; [`forge::Error::RoleNotHeld`].
pub fn issue(
    tx: &mut Transaction<'_>,
    wanted: &Issue<'_>,
    now: UnixSeconds,
) -> Result<(AccessTokenId, TokenCredentials), Error> {
    let user = store::users::by_name(tx, wanted.user)?.ok_or_else(|| not_found("user", wanted.user))?;
    let consumer =
        store::consumers::by_name(tx, wanted.consumer)?.ok_or_else(|| not_found("consumer", wanted.consumer))?;
    let role = find_role(tx, wanted.role)?;
    if !store::roles::holds(tx, user.id, role.id)? {
        let project = role.project.map(|(_, name, _)| name);
        return Err(forge::Error::RoleNotHeld { role: role.name, project }.into());
    }
    let (key, secret) = (random_key()?, Secret::random()?);
    let id = store::access_tokens::insert(tx, consumer.id, (user.id, role.id), (&key, &secret), now)?;
    Ok((id, TokenCredentials { key, secret }))
}

fn find_role(conn: &mut Connection, full_name: &str) -> Result<Role, Error> {
    let missing = || not_found("role", full_name);
    let (project, name) = full_name.split_once('/').ok_or_else(missing)?;
    // No project is called `forge`.
    let project = match project {
        forge::role::FORGE => None,
        name => Some(store::projects::by_name(conn, name)?.ok_or_else(missing)?.id),
    };
    store::roles::by_name(conn, project, name)?.ok_or_else(missing)
}

fn not_found(kind: &str, name: &str) -> Error {
    Error::NotFound(format!("{kind} {name:?}"))
}

/// The number that no user has.
const NOBODY: UserId = UserId(0);

/// Every other request is signed with token credentials.
struct Access {
    token: AccessToken,
    user: User,
}

impl Credential for Access {
    fn shape(request: &SignedRequest) -> Result<(), Problem> {
        request.token().map(|_| ()).ok_or_else(|| Problem::ParameterAbsent(vec!["oauth_token"]))
    }

    fn load(conn: &mut Connection, request: &SignedRequest) -> Result<Option<Self>, store::Error> {
        let Some(token) = store::access_tokens::by_key(conn, request.token().unwrap_or_default())? else {
            // An unknown token is answered after as many questions to the database as a known one.
            store::users::by_id(conn, NOBODY)?;
            return Ok(None);
        };
        Ok(store::users::by_id(conn, token.user_id)?.map(|user| Self { token, user }))
    }

    fn belongs_to(&self, consumer: ConsumerId) -> bool {
        self.token.consumer_id == consumer
    }

    fn secret(&self) -> Option<&Secret> {
        Some(&self.token.secret)
    }

    fn verdict(&self, _: UnixSeconds) -> Result<(), Problem> {
        if self.token.revoked.is_some() {
            return Err(Problem::TokenRevoked);
        }
        match self.user.status {
            UserStatus::Active => Ok(()),
            UserStatus::Suspended => Err(Problem::TokenRejected),
        }
    }
}
