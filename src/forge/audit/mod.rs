//! What people, operators and consumers did: what an entry of the audit log says, and whether the log holds.
//!
//! How entries hang together is told in [`crate::store::audit`]. Never in it: secrets, verifiers, passwords, whole tokens,
//! or what was typed as a name by somebody who is no user, which may be a password in the wrong field.

mod verify;
pub mod words;

use serde_json::{Value, json};

pub use verify::{Finding, Findings, MarkError, parse_mark, verify};

use super::{Actor, By};
use crate::{
    ids::{AccessTokenId, ConsumerId, ProjectId, RequestTokenId, RoleId, TrackerId, UserId},
    store::{
        Action, Connection, Error, Transaction,
        audit::{self, Filter, Said},
        consumers::Consumer,
        users::User,
    },
};

/// Whoever looks at the same thing again within so many seconds is not written down again.
const SAME_LOOK_SECONDS: i64 = 60;

/// Something that was done.
pub struct Event<'a> {
    action: Action,
    object: Object<'a>,
    user: Option<(UserId, &'a str)>,
    consumer: Option<(ConsumerId, &'a str)>,
    details: Value,
}

/// To what it was done.
enum Object<'a> {
    Consumer,
    User,
    Project(ProjectId, &'a str),
    Tracker(TrackerId, &'a str),
    Role(RoleId, &'a str),
    AccessToken(AccessTokenId),
    RequestToken(RequestTokenId),
    ServerKey(&'a str),
}

impl<'a> Event<'a> {
    /// Done to a consumer.
    pub fn of_consumer(action: Action, id: ConsumerId, name: &'a str) -> Self {
        Self { consumer: Some((id, name)), ..Self::of(action, Object::Consumer) }
    }

    /// Done to a user, or by one to their own session; none: to nobody who is known.
    pub fn of_user(action: Action, user: Option<(UserId, &'a str)>) -> Self {
        Self { user, ..Self::of(action, Object::User) }
    }

    /// Done to a project.
    pub fn of_project(action: Action, id: ProjectId, name: &'a str) -> Self {
        Self::of(action, Object::Project(id, name))
    }

    /// Done to a tracker, whose name this is behind its project's.
    pub fn of_tracker(action: Action, id: TrackerId, full_name: &'a str) -> Self {
        Self::of(action, Object::Tracker(id, full_name))
    }

    /// Done to a role, whose full name this is.
    pub fn of_role(action: Action, id: RoleId, full_name: &'a str) -> Self {
        Self::of(action, Object::Role(id, full_name))
    }

    /// Done to an access token.
    pub fn of_access_token(action: Action, id: AccessTokenId) -> Self {
        Self::of(action, Object::AccessToken(id))
    }

    /// Done to temporary credentials: to what a consumer asked a user for.
    pub fn of_request_token(action: Action, id: RequestTokenId) -> Self {
        Self::of(action, Object::RequestToken(id))
    }

    /// Done to the server keys: this is the name of the one that seals now.
    pub fn of_server_key(action: Action, name: &'a str) -> Self {
        Self::of(action, Object::ServerKey(name))
    }

    fn of(action: Action, object: Object<'a>) -> Self {
        Self { action, object, user: None, consumer: None, details: json!({}) }
    }

    /// This user is concerned.
    #[must_use]
    pub fn concerning(self, user: Option<(UserId, &'a str)>) -> Self {
        Self { user, ..self }
    }

    /// This user is concerned.
    #[must_use]
    pub fn to(self, user: &'a User) -> Self {
        self.concerning(Some((user.id, &user.name)))
    }

    /// This consumer is concerned, and this user.
    #[must_use]
    pub fn between(self, consumer: (ConsumerId, &'a str), user: (UserId, &'a str)) -> Self {
        Self { consumer: Some(consumer), user: Some(user), ..self }
    }

    /// There is more to say: a JSON object, and nothing secret.
    #[must_use]
    pub fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }

    /// What the entry says, by whomever it was done.
    pub fn said(self, by: &By) -> Said {
        let text = |text: &str| text.to_owned();
        let (actor, actor_id, actor_name) = match &by.who {
            Actor::User { id, name } => ("user", Some(id.0), Some(name.clone())),
            Actor::Operator(name) => ("operator", None, Some(name.clone())),
            Actor::Consumer { id, name } => ("consumer", Some(id.0), Some(name.clone())),
            Actor::Nobody => ("nobody", None, None),
        };
        let (user_id, user_name) = self.user.unzip();
        let (consumer_id, consumer_name) = self.consumer.unzip();
        let (object, object_id, object_name) = match self.object {
            Object::Consumer => ("consumer", consumer_id.map(|id| id.0), consumer_name.map(text)),
            Object::User => ("user", user_id.map(|id| id.0), user_name.map(text)),
            Object::Project(id, name) => ("project", Some(id.0), Some(text(name))),
            Object::Tracker(id, name) => ("tracker", Some(id.0), Some(text(name))),
            Object::Role(id, name) => ("role", Some(id.0), Some(text(name))),
            Object::AccessToken(id) => ("access_token", Some(id.0), None),
            Object::RequestToken(id) => ("request_token", Some(id.0), None),
            Object::ServerKey(name) => ("server_key", None, Some(text(name))),
        };
        Said {
            at: by.at(),
            actor: text(actor),
            actor_id,
            actor_name,
            address: by.arrival.from.map(|address| address.to_string()),
            action: text(self.action.word()),
            object: text(object),
            object_id,
            object_name,
            user_id,
            user_name: user_name.map(text),
            consumer_id,
            consumer_name: consumer_name.map(text),
            details: self.details.to_string(),
            reason: by.reason.as_ref().map(|reason| text(reason.as_str())),
        }
    }
}

/// Writes down what somebody did, as part of the transaction that does it.
pub fn record(tx: &mut Transaction<'_>, by: &By, event: Event<'_>) {
    tx.say(event.said(by));
}

/// Writes down that somebody looked at a consumer, unless they did so a moment ago.
///
/// # Errors
/// Those of the store.
pub fn record_look(conn: &mut Connection, by: &By, consumer: &Consumer) -> Result<(), Error> {
    let said = Event::of_consumer(Action::ConsumerShown, consumer.id, &consumer.name).said(by);
    let recent = Filter {
        consumer: Some(&consumer.name),
        action: Some(Action::ConsumerShown),
        since: Some(by.at().saturating_sub(SAME_LOOK_SECONDS)),
        ..Filter::default()
    };
    let same = |other: &Said| {
        (&other.actor, &other.actor_name, other.consumer_id) == (&said.actor, &said.actor_name, said.consumer_id)
    };
    if audit::list(conn, recent, MOST_RECENT)?.entries.iter().flatten().any(|entry| same(&entry.said)) {
        return Ok(());
    }
    conn.write(|tx| {
        tx.say(said);
        Ok(())
    })
}

/// How many looks of the last moment are compared.
const MOST_RECENT: usize = 100;
