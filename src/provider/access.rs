//! Acting with token credentials (RFC 5849, section 3), and issuing them by hand.

use std::sync::Arc;

use super::{
    ConsentRefusal, Error, Label, Lifetime,
    calls::{Asker, Calls},
    consent::Grant,
    exchange::TokenCredentials,
    facts::Known,
    guard::{Guard, Limits, Target},
    memory::Memory,
    offers,
    recorder::Recorder,
    said,
    uses::LastNoted,
    verify::{Credential, Verifying, verify},
};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    forge::{self, Acting, By, Caller, Identity, Through},
    ids::{AccessTokenId, ConsumerId, ConsumerSecretId, RoleId, UserId},
    oauth1::{Problem, SignedRequest},
    secret::{Secret, random_key},
    store::{
        self, Action, Connection, Store, Transaction, UserStatus,
        access_tokens::{AccessToken, New},
        consumers::Consumer,
        roles::Role,
    },
};

/// Finds out who is behind signed requests. Cheap to clone; clones share what they remember.
#[derive(Clone)]
pub struct Authenticator {
    store: Store,
    guard: Arc<Guard>,
    memory: Memory<Access>,
    tokens: Recorder<AccessTokenId>,
    secrets: Recorder<ConsumerSecretId>,
    calls: Calls,
}

impl Authenticator {
    /// Knows what the store knows, and lets as much be asked as the default limits do.
    pub fn new(store: Store) -> Self {
        Self::guarded(store, Arc::new(Guard::new(Limits::default())))
    }

    /// Knows what the store knows, and counts with others what is asked.
    pub fn guarded(store: Store, guard: Arc<Guard>) -> Self {
        Self {
            tokens: Recorder::new(store.clone(), store::uses::of_tokens),
            secrets: Recorder::new(store.clone(), store::uses::of_secrets),
            calls: Calls::new(store.clone()),
            store,
            guard,
            memory: Memory::new(),
        }
    }

    /// Finds out who is behind a signed request: the token's user, with the rights of the token's one role.
    ///
    /// # Errors
    /// [`Error::Problem`] when the request is not good; [`forge::Error::RoleNotHeld`] when it is, and the user does not
    /// hold the role any more. There is no falling back to another role.
    pub async fn authenticate(&self, request: &SignedRequest, arrival: Arrival) -> Result<Caller, Error> {
        self.presented(request, arrival).await?.1
    }

    /// The same for who can do with a token that is asleep: its number, and who acts with it, if its role is held.
    pub(super) async fn presented(
        &self,
        request: &SignedRequest,
        arrival: Arrival,
    ) -> Result<(AccessTokenId, Result<Caller, Error>), Error> {
        let parties = verify(self.verifying(), &self.memory, request, arrival).await?;
        let Access { token, caller, last_noted, .. } = &parties.credential;
        self.tokens.note(token.id, last_noted, arrival);
        self.calls.count_token(token.id, arrival.at);
        let not_held = |(role, project)| forge::Error::RoleNotHeld { role, project }.into();
        Ok((token.id, caller.clone().map_err(not_held)))
    }
}

impl Authenticator {
    /// The store that it knows from.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// What every leg verifies with.
    pub(super) fn verifying(&self) -> Verifying<'_> {
        Verifying { store: &self.store, guard: &self.guard, secrets: &self.secrets }
    }

    /// Counts what came of a call that was answered now: [`store::calls::ACCEPTED`], or the code of its refusal.
    pub fn count(&self, asker: Asker<'_>, code: &'static str, now: UnixSeconds) {
        self.calls.count(asker, code, now);
    }

    /// Writes down the uses that were noted, and the calls that were counted. It is done every few seconds while there are any;
    /// a service that ends asks for it once more.
    ///
    /// # Errors
    /// Those of the store; what is not written goes on waiting.
    pub async fn write_uses(&self) -> Result<(), store::Error> {
        self.tokens.write().await?;
        self.secrets.write().await?;
        self.calls.write().await
    }
}

/// Who is to be given a token by hand, for which consumer, under which role; each by name.
pub struct Issue<'a> {
    /// The user's log-in name.
    pub user: &'a str,
    /// The consumer's name.
    pub consumer: &'a str,
    /// `PROJECT/ROLE`, or `forge/ROLE` for a role of the whole forge.
    pub role: &'a str,
    /// For how long.
    pub lifetime: Lifetime,
    /// What the token is called.
    pub label: Option<Label>,
}

/// Issues token credentials without the dance, for a role that the user holds and that is enough for the consumer.
///
/// # Errors
/// [`Error::NotFound`] names what there is none of; [`forge::Error::RoleNotHeld`]; [`ConsentRefusal::RoleTooSmall`].
pub fn issue(
    tx: &mut Transaction<'_>,
    wanted: &Issue<'_>,
    by: &By,
) -> Result<(AccessTokenId, TokenCredentials), Error> {
    let user = store::users::by_name(tx, wanted.user)?.ok_or_else(|| not_found("user", wanted.user))?;
    let consumer =
        store::consumers::by_name(tx, wanted.consumer)?.ok_or_else(|| not_found("consumer", wanted.consumer))?;
    let role = find_role(tx, wanted.role)?;
    let grant = Grant { role: role.id, lifetime: wanted.lifetime, label: wanted.label.clone() };
    issue_to(tx, user.id, &consumer, &grant, by).map_err(|error| match error {
        Error::Consent(ConsentRefusal::RoleNotHeld) => {
            let project = role.project.map(|(_, name, _)| name);
            forge::Error::RoleNotHeld { role: role.name, project }.into()
        }
        other => other,
    })
}

/// The same for a user who does it in person, as a decision is made: here is the tool, this is what it may do.
///
/// # Errors
/// [`ConsentRefusal::RoleUnknown`], [`ConsentRefusal::RoleNotHeld`] and [`ConsentRefusal::RoleTooSmall`].
pub fn issue_to(
    tx: &mut Transaction<'_>,
    user: UserId,
    consumer: &Consumer,
    grant: &Grant,
    by: &By,
) -> Result<(AccessTokenId, TokenCredentials), Error> {
    offers::check(tx, user, grant.role, consumer)?;
    let (key, secret) = (random_key()?, Secret::random()?);
    let now = by.at();
    let new = New {
        consumer: consumer.id,
        user,
        role: grant.role,
        expires: grant.lifetime.expiry(now),
        label: grant.label.as_ref().map(Label::as_str),
    };
    let id = store::access_tokens::insert(tx, new, (&key, &secret), now).map_err(|error| match error {
        // Somebody removed the role at this moment.
        store::Error::Dangling(_) => ConsentRefusal::RoleUnknown.into(),
        other => Error::from(other),
    })?;
    let details = said::issue(tx, grant.role, new.expires)?;
    said::access_token(tx, by, (Action::TokenIssued, id), (consumer.id, &consumer.name), user, details)?;
    Ok((id, TokenCredentials { key, secret, lifetime: grant.lifetime }))
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

/// The numbers that no user and no role have.
const NOBODY: (UserId, RoleId) = (UserId(0), RoleId(0));

/// Every other request is signed with token credentials.
struct Access {
    token: AccessToken,
    user_status: UserStatus,
    /// Who acts with them; or the name and the project of the role that the user does not hold any more.
    caller: Result<Caller, (String, Option<String>)>,
    last_noted: LastNoted,
}

impl Credential for Access {
    fn shape(request: &SignedRequest) -> Result<(), Problem> {
        request.token().map(|_| ()).ok_or_else(|| Problem::ParameterAbsent(vec!["oauth_token"]))
    }

    fn load(
        conn: &mut Connection,
        key: &str,
        through: Option<&Known>,
    ) -> Result<Option<(Self, Option<Secret>)>, store::Error> {
        let (token, secret) = store::access_tokens::with_secret(conn, key)?.unzip();
        // An unknown token is answered after as many questions to the database as a known one.
        let (user, role) = token.as_ref().map_or(NOBODY, |token| (token.user_id, token.role_id));
        let user = store::users::by_id(conn, user)?;
        let is_held = store::roles::holds(conn, user.as_ref().map_or(NOBODY.0, |user| user.id), role)?;
        let grants = forge::role::grants(conn, role)?;
        let role = store::roles::by_id(conn, role)?;
        let (Some(token), Some(user), Some(role), Some(through)) = (token, user, role, through) else {
            return Ok(None);
        };
        let project = role.project.map(|(_, name, _)| name);
        let caller = if is_held {
            let (name, key) = (through.name.clone(), through.key.clone());
            let through = Through { id: through.id, name, key, token: Some(token.id) };
            let acting = Acting::AsRole { id: role.id, name: role.name, project, through };
            Ok(Caller::as_role(Identity::from(&user), acting, grants))
        } else {
            Err((role.name, project))
        };
        let last_noted = LastNoted::new(token.last_used);
        Ok(Some((Self { token, user_status: user.status, caller, last_noted }, secret)))
    }

    fn belongs_to(&self, consumer: ConsumerId) -> bool {
        self.token.consumer_id == consumer
    }

    fn target(&self, _: ConsumerId, _: Arrival) -> Target {
        Target::AccessToken(self.token.id)
    }

    fn verdict(&self, now: UnixSeconds) -> Result<(), Problem> {
        if self.token.revoked.is_some() {
            return Err(Problem::TokenRevoked);
        }
        if self.token.expires.is_some_and(|expires| expires <= now) {
            return Err(Problem::TokenExpired);
        }
        match self.user_status {
            UserStatus::Active => Ok(()),
            UserStatus::Suspended => Err(Problem::TokenRejected),
        }
    }
}
