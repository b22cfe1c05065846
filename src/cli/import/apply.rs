//! Writes a checked import into the database, inside of one transaction.

use std::{collections::HashMap, fmt};

use super::{
    format::{self, Forge, Permission, Wrong, permissions, wrong},
    said,
};
use crate::{
    forge::{self, By, Name, Needs, password, rights::Rights},
    ids::{ProjectId, UserId},
    provider::{
        self,
        consumers::{Draft, Registered, Registration},
    },
    secret::{Secret, random_key},
    store::{self, Action, Connection, ProjectStatus, Transaction, Turn, UserStatus, roles::Setting},
};

/// Why nothing was written.
pub enum ImportError {
    /// The file says something that cannot be.
    Wrong(Wrong),
    /// A room below refused or failed.
    Provider(provider::Error),
}

impl From<Wrong> for ImportError {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl<E: Into<provider::Error>> From<E> for ImportError {
    fn from(error: E) -> Self {
        Self::Provider(error.into())
    }
}

/// What was loaded.
#[derive(Default)]
pub struct Summary {
    users: usize,
    projects: usize,
    roles: usize,
    consumers: usize,
    /// Consumers that got credentials of their own; the secrets are told here and never again.
    pub registered: Vec<Registered>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { users, projects, roles, consumers, .. } = self;
        write!(f, "loaded {users} users, {projects} projects, {roles} roles and {consumers} consumers")
    }
}

/// Hashes of the passwords that are new or changed, by user name.
pub type Hashes = HashMap<String, String>;

/// Hashes what has to be: a password that a user has already keeps its hash.
///
/// # Errors
/// Those of the store; a password that is too long.
pub fn hash_passwords(conn: &mut Connection, forge: &Forge) -> Result<Hashes, provider::Error> {
    let mut hashes = Hashes::new();
    for user in &forge.users {
        let Some(given) = &user.password else { continue };
        let known = store::users::by_name(conn, &user.name)?.and_then(|user| user.password_hash);
        if known.is_none() || !password::matches(known.as_deref(), given) {
            hashes.insert(user.name.clone(), password::hash(given)?);
        }
    }
    Ok(hashes)
}

/// Writes everything.
///
/// # Errors
/// [`ImportError`]; the caller's transaction is to be rolled back.
pub fn apply(tx: &mut Transaction<'_>, forge: &Forge, hashes: &Hashes, by: &By) -> Result<Summary, ImportError> {
    tx.take_turn(Turn::Import)?;
    for (index, user) in forge.users.iter().enumerate() {
        put_user(tx, user, hashes.get(&user.name), &format!("users[{index}]"), by)?;
    }
    for (index, project) in forge.projects.iter().enumerate() {
        put_project(tx, project, &format!("projects[{index}]"), by)?;
    }
    for (index, role) in forge.roles.iter().enumerate() {
        put_role(tx, role, &format!("roles[{index}]"), by)?;
    }
    let mut registered = Vec::new();
    for (index, consumer) in forge.consumers.iter().enumerate() {
        registered.extend(put_consumer(tx, consumer, &format!("consumers[{index}]"), by)?);
    }
    Ok(Summary {
        users: forge.users.len(),
        projects: forge.projects.len(),
        roles: forge.roles.len(),
        consumers: forge.consumers.len(),
        registered,
    })
}

fn put_user(
    tx: &mut Transaction<'_>,
    user: &format::User,
    hash: Option<&String>,
    at: &str,
    by: &By,
) -> Result<(), ImportError> {
    let name = checked_name(&user.name, at)?;
    let change = forge::user::Change {
        realname: user.realname.clone(),
        email: user.email.clone(),
        password_hash: hash.cloned(),
        status: user.status.as_deref().and_then(UserStatus::from_word),
        forge_admin: user.forge_admin,
        uses_plugin: user.uses_plugin,
    };
    match store::users::by_name(tx, name.as_str())? {
        Some(known) => forge::user::change(tx, &known, &change, by)?,
        None => {
            forge::user::add(tx, &name, &change, by)?;
        }
    }
    Ok(())
}

fn checked_name(name: &str, at: &str) -> Result<Name, Wrong> {
    Name::parse(name).map_err(|error| wrong(at, error.to_string()))
}

fn put_project(tx: &mut Transaction<'_>, project: &format::Project, at: &str, by: &By) -> Result<(), ImportError> {
    let name = checked_name(&project.name, at)?;
    let id = forge::project::ensure(tx, &name, project.title.as_deref(), by)?;
    if let Some(status) = project.status.as_deref().and_then(ProjectStatus::from_word) {
        forge::project::set_status(tx, (id, &name), status, by)?;
    }
    if let Some(uses) = project.uses_plugin {
        forge::project::set_uses_plugin(tx, (id, &name), uses, by)?;
    }
    for tracker in &project.trackers {
        let tracker_name = checked_name(&tracker.name, at)?;
        forge::project::ensure_tracker(tx, (id, &name), &tracker_name, tracker.title.as_deref(), by)?;
    }
    Ok(())
}

fn put_role(tx: &mut Transaction<'_>, role: &format::Role, at: &str, by: &By) -> Result<(), ImportError> {
    let project = match &role.project {
        None => None,
        Some(name) => {
            let found = store::projects::by_name(tx, name)?;
            Some(found.ok_or_else(|| wrong(format!("{at}.project"), format!("there is no project {name:?}")))?.id)
        }
    };
    let members = members(tx, role, at)?;
    let settings = settings(tx, role, project, at)?;
    let known = store::roles::by_name(tx, project, &role.name)?.map(|known| known.id);
    let id = match known {
        Some(known) => known,
        None => store::roles::insert(tx, project, &role.name)?,
    };
    let members = store::roles::replace_members(tx, id, &members)?;
    let has_other_rights = store::roles::replace_settings(tx, id, &settings)?;
    let action = match known {
        None => Some(Action::RoleAdded),
        Some(_) => has_other_rights.then_some(Action::RoleChanged),
    };
    Ok(said::role_put(tx, by, (id, role), action, &members)?)
}

fn members(tx: &mut Transaction<'_>, role: &format::Role, at: &str) -> Result<Vec<UserId>, ImportError> {
    let mut members = Vec::new();
    for (index, name) in role.members.iter().enumerate() {
        let user = store::users::by_name(tx, name)?;
        let missing = || wrong(format!("{at}.members[{index}]"), format!("there is no user {name:?}"));
        members.push(user.ok_or_else(missing)?.id);
    }
    Ok(members)
}

/// The settings that a role's permissions stand for.
fn settings(
    tx: &mut Transaction<'_>,
    role: &format::Role,
    project: Option<ProjectId>,
    at: &str,
) -> Result<Vec<Setting>, ImportError> {
    let trackers = store::trackers::of_project(tx, project)?;
    let mut rights = Rights::default();
    for permission in permissions(role, at)? {
        match permission {
            Permission::ForgeAdmin | Permission::ProjectAdmin => rights.admin = true,
            Permission::ProjectRead => rights.read = true,
            Permission::Tracker(name, bits) => {
                let tracker = trackers.iter().find(|tracker| tracker.name == name);
                let missing = || wrong(format!("{at}.permissions[\"tracker:{name}\"]"), "there is no such tracker");
                *rights.trackers.entry(tracker.ok_or_else(missing)?.id).or_insert(0) |= bits;
            }
        }
    }
    Ok(rights.settings(project, &trackers))
}

fn put_consumer(
    tx: &mut Transaction<'_>,
    consumer: &format::Consumer,
    at: &str,
    by: &By,
) -> Result<Option<Registered>, ImportError> {
    let known = store::consumers::by_name(tx, &consumer.name)?;
    let old = known.as_ref();
    let text = |new: &Option<String>, old: Option<&String>| new.clone().or_else(|| old.cloned()).unwrap_or_default();
    let callbacks = match (&consumer.callbacks, old) {
        (Some(callbacks), _) => callbacks.clone(),
        (None, Some(old)) => store::consumers::callbacks(tx, old.id)?,
        (None, None) => Vec::new(),
    };
    let owner = match (&consumer.owner, old) {
        (Some(owner), _) => Some(owner.clone()),
        (None, Some(old)) => store::consumers::owner(tx, old.id)?,
        (None, None) => None,
    };
    let networks = match (&consumer.networks, old) {
        (Some(networks), _) => networks.clone(),
        (None, Some(old)) => store::consumers::networks(tx, old.id)?,
        (None, None) => Vec::new(),
    };
    let kept = |old: &store::consumers::Consumer| Needs::kept(&old.needs).words();
    let needs = consumer.needs().or_else(|| old.map(kept)).unwrap_or_default();
    let registration = Registration::check(Draft {
        name: consumer.name.clone(),
        url: text(&consumer.url, old.map(|old| &old.url)),
        description: text(&consumer.description, old.map(|old| &old.description)),
        email: text(&consumer.email, old.map(|old| &old.email)),
        callbacks,
        public_key: consumer.public_key.clone().or_else(|| old.and_then(|old| old.public_key.clone())),
        owner,
        networks,
        needs,
    })
    .map_err(|error| at_fields(error, at))?;
    let enabled = consumer.disabled.map(|disabled| !disabled);
    let given = consumer.secret.clone().map(Secret::new);
    match known {
        Some(old) => {
            let key = consumer.key.as_ref().unwrap_or(&old.key);
            let enabled = enabled.unwrap_or(old.enabled);
            provider::consumers::replace(tx, &old, &registration, (key, given.as_ref()), enabled, by)
                .map_err(|error| at_fields(error, at))?;
            Ok(None)
        }
        None => {
            let made_up = given.is_none();
            let key = consumer.key.clone().map_or_else(random_key, Ok)?;
            let secret = given.map_or_else(Secret::random, Ok)?;
            let enabled = enabled.unwrap_or(true);
            let registered = provider::consumers::register_with(tx, &registration, (key, secret), enabled, by)
                .map_err(|error| at_fields(error, at))?;
            if made_up {
                provider::consumers::secret_is_shown(tx, &registered, by);
            }
            Ok(made_up.then_some(registered))
        }
    }
}

/// Names a registration's wrong field by its path in the file.
fn at_fields(error: provider::Error, at: &str) -> ImportError {
    match error {
        provider::Error::Fields(errors) => match errors.into_iter().next() {
            Some(first) => wrong(format!("{at}.{}", first.field), first.message).into(),
            None => wrong(at, "is wrong").into(),
        },
        other => other.into(),
    }
}
