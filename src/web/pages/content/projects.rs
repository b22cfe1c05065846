//! What the pages of projects and roles say.

use serde::Serialize;

use super::{FieldError, Pages, TokenLine};

/// Projects.
#[derive(Debug, Clone, Serialize)]
pub struct Projects {
    /// The projects, by name.
    pub rows: Vec<ProjectRow>,
    /// The name that the list begins at.
    pub from: String,
    /// Whether the reader may add one.
    pub by_admin: bool,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// One project in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectRow {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// `active` or `archived`.
    pub state: &'static str,
}

/// The form that adds a project.
#[derive(Clone, Default, Serialize)]
pub struct NewProject {
    /// The name that was typed.
    pub name: String,
    /// The title that was typed.
    pub title: String,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// One project.
#[derive(Clone, Serialize)]
pub struct ProjectPage {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// `active` or `archived`.
    pub state: &'static str,
    /// Whether its roles are lent to tools.
    pub uses_plugin: bool,
    /// Trackers that the reader can see, by name.
    pub trackers: Vec<TrackerRow>,
    /// The ways to the others.
    pub pages: Pages,
    /// Its roles, the oldest ones.
    pub roles: Vec<RoleRow>,
    /// Whether it has more of them.
    pub has_more_roles: bool,
    /// Whether the reader administers it.
    pub is_administered: bool,
    /// What is typed in its forms, where they are shown again.
    pub typed: ProjectTyped,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// What is typed in the forms of a project.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProjectTyped {
    /// The title.
    pub title: String,
    /// A tracker's name.
    pub tracker: String,
    /// A tracker's title.
    pub tracker_title: String,
    /// The reason.
    pub reason: String,
}

/// One tracker in the list.
#[derive(Debug, Clone, Serialize)]
pub struct TrackerRow {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// One role, with some who hold it.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The first who hold it.
    pub members: Vec<Member>,
    /// Whether there are more.
    pub has_more: bool,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// The log-in name.
    pub name: String,
    /// The name for people to read.
    pub realname: String,
    /// Whether the user is suspended.
    pub is_suspended: bool,
}

/// The roles of a project, or of the whole forge, and what they let people do.
#[derive(Debug, Clone, Serialize)]
pub struct Roles {
    /// The project's title; none for the whole forge.
    pub project: Option<String>,
    /// Where the addresses begin.
    pub base: String,
    /// The roles.
    pub roles: Vec<RoleRow>,
    /// The rights, a row for each thing that they are rights on.
    pub matrix: Vec<RightsRow>,
    /// The ways to the trackers that the matrix has no room for.
    pub tracker_pages: Pages,
    /// Whether the reader may change them.
    pub is_administered: bool,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// What the roles let people do with one thing.
#[derive(Debug, Clone, Serialize)]
pub struct RightsRow {
    /// The tracker's title; none for the whole project, or forge.
    pub tracker: Option<String>,
    /// For each role the words of its rights.
    pub cells: Vec<Vec<&'static str>>,
}

/// One role: as it is set, and as it is to be.
#[derive(Clone, Serialize)]
pub struct RolePage {
    /// The project's title; none for the whole forge.
    pub project: Option<String>,
    /// The address of all its roles.
    pub base: String,
    /// Its number; none for one that is added.
    pub id: Option<i64>,
    /// Its name as it is.
    pub title: String,
    /// The name in the form.
    pub name: String,
    /// Whether it has every right.
    pub admin: bool,
    /// Whether it lets people know that the project is there.
    pub read: bool,
    /// The rights on trackers.
    pub trackers: Vec<TrackerRights>,
    /// The number of the tracker before the first of these.
    pub trackers_after: i64,
    /// The number of the last of these, where there are more.
    pub more_trackers: Option<i64>,
    /// Who holds it.
    pub members: Vec<Member>,
    /// The ways to the others who do.
    pub pages: Pages,
    /// Who was typed to be given the role.
    pub user: String,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// The rights on one tracker.
#[derive(Debug, Clone, Serialize)]
pub struct TrackerRights {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Every right, and whether it is set.
    pub rights: Vec<RightBox>,
}

/// A right that can be set.
#[derive(Debug, Clone, Serialize)]
pub struct RightBox {
    /// The word for it.
    pub word: &'static str,
    /// Whether it is set.
    pub is_set: bool,
}

/// The tokens that act in a project.
#[derive(Clone, Serialize)]
pub struct ProjectTokens {
    /// The project's name.
    pub name: String,
    /// The project's title.
    pub title: String,
    /// The tokens, the newest first.
    pub rows: Vec<ActingToken>,
    /// The tool that is looked for.
    pub tool: String,
    /// The user that is looked for.
    pub user: String,
    /// `live`, or empty for all.
    pub state: String,
    /// Whether anything is looked for.
    pub is_narrowed: bool,
    /// The ways to the other pages.
    pub pages: Pages,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// A token that acts in a project.
#[derive(Debug, Clone, Serialize)]
pub struct ActingToken {
    /// The token.
    pub token: TokenLine,
    /// Whether its role is of this project, so that it can be revoked here.
    pub is_of_project: bool,
}
