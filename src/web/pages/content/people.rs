//! What the pages about users say, and the page that asks before something is taken away.

use serde::Serialize;

use super::{FieldError, Pages, TokenLine};

/// The users of the forge.
#[derive(Debug, Clone, Serialize)]
pub struct Users {
    /// The users, by name.
    pub rows: Vec<UserRow>,
    /// What is looked for.
    pub q: String,
    /// The status that is looked for, or empty.
    pub status: String,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// One user in the list.
#[derive(Debug, Clone, Serialize)]
pub struct UserRow {
    /// The log-in name.
    pub name: String,
    /// The name for people to read.
    pub realname: String,
    /// `active` or `suspended`.
    pub state: &'static str,
    /// Whether the user administers the forge.
    pub is_forge_admin: bool,
}

/// The form that adds a user.
#[derive(Clone, Default, Serialize)]
pub struct NewUser {
    /// The name that was typed.
    pub name: String,
    /// The real name that was typed.
    pub realname: String,
    /// The address that was typed.
    pub email: String,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// One user.
#[derive(Clone, Serialize)]
pub struct UserPage {
    /// The log-in name.
    pub name: String,
    /// The name for people to read.
    pub realname: String,
    /// The mail address, perhaps empty.
    pub email: String,
    /// `active` or `suspended`.
    pub state: &'static str,
    /// Whether the user administers the forge.
    pub is_forge_admin: bool,
    /// Whether the user lends roles to tools.
    pub uses_plugin: bool,
    /// Roles that the user holds, the oldest first.
    pub roles: Vec<RoleLink>,
    /// The ways to the others.
    pub pages: Pages,
    /// The user's newest tokens that are neither revoked nor expired, for an administrator.
    pub tokens: Vec<TokenLine>,
    /// Whether it is the reader's own page.
    pub is_own: bool,
    /// Whether the reader administers the forge.
    pub by_admin: bool,
    /// The real name in the form: the one that there is, or what was typed.
    pub realname_typed: String,
    /// The address in the form.
    pub email_typed: String,
    /// The reason that was typed for that.
    pub reason: String,
    /// The reason that was typed for another password.
    pub password_reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// A role, and where its page is.
#[derive(Debug, Clone, Serialize)]
pub struct RoleLink {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The title of its project; none for a role of the whole forge.
    pub project: Option<String>,
    /// The address of its project's roles.
    pub address: String,
}

/// The question before something is taken away.
#[derive(Clone, Serialize)]
pub struct Confirmation {
    /// What is about to be done: a part of the texts' names.
    pub what: &'static str,
    /// To what it is done.
    pub name: String,
    /// Of what that is a part, or to whom it is done.
    pub of: String,
    /// Where the form posts to.
    pub action: String,
    /// Where cancelling leads.
    pub cancel: String,
    /// What was typed before, which the form brings along.
    pub typed: Vec<Typed>,
    /// The rights that are lost.
    pub lost: Vec<LostRight>,
    /// How many sessions end, where any do.
    pub sessions: Option<i64>,
    /// The tokens that stop.
    pub tokens: Vec<TokenLine>,
    /// How many more stop.
    pub more: i64,
    /// Whether there are still others that nobody counted.
    pub uncounted: bool,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// Something that was typed.
#[derive(Debug, Clone, Serialize)]
pub struct Typed {
    /// The field's name.
    pub name: String,
    /// What is in it.
    pub value: String,
}

/// A right that is lost.
#[derive(Debug, Clone, Serialize)]
pub struct LostRight {
    /// The word for it.
    pub right: &'static str,
    /// The title of the tracker that it was a right in, or empty.
    pub tracker: String,
}
