//! The question whether a tool may act for somebody, and the roles that it can be answered with.

use serde::Serialize;

use super::{FieldError, Typed};

/// The question whether a tool may act on the user's behalf, and with which role. The page has exactly one form, so its head
/// offers no log out.
#[derive(Clone, Serialize)]
pub struct Consent {
    /// The path that the form posts to.
    pub action: String,
    /// The request token that is decided upon.
    pub oauth_token: String,
    /// What proves that the form was ours.
    pub csrf_token: String,
    /// Who asks.
    pub consumer: ConsumerCard,
    /// As whom one is logged in: the real name.
    pub user: String,
    /// And the log-in name.
    pub user_name: String,
    /// Where somebody else logs in, and comes back.
    pub switch: String,
    /// What of the page's own query goes with the form, so that the same question can be asked again.
    pub kept: Vec<Typed>,
    /// The roles that the user can lend; empty: one can only deny.
    pub roles: OfferedRoles,
    /// For how long it can be, the shortest first.
    pub lifetimes: Vec<LifetimeChoice>,
    /// The label that was typed.
    pub label: String,
    /// What is wrong with what was filled in.
    pub errors: Vec<FieldError>,
    /// What the tool may do for this user already, the newest first.
    pub given: Vec<Given>,
    /// The user's tokens for this tool.
    pub all_given: String,
    /// Where the answer goes.
    pub callback: CallbackWords,
}

/// A tool, as the user who decides about it sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ConsumerCard {
    /// Its name.
    pub name: String,
    /// Its home page; a link only when it begins with `http://` or `https://`.
    pub url: String,
    /// What it says about itself.
    pub description: String,
    /// Whom to ask.
    pub email: String,
    /// Since when it is registered.
    pub created: i64,
    /// How many people here let it act for them.
    pub users: usize,
    /// Whether there are more of them than were counted.
    pub or_more: bool,
}

/// The roles that a user can lend to a tool, or one page of them where there are very many.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OfferedRoles {
    /// The roles: those that are enough for the tool, and then the others; the least powerful first.
    pub cards: Vec<RoleCard>,
    /// How many there are on all pages.
    pub all: usize,
    /// Whether any role at all is enough for the tool, on this page or another.
    pub any_will_do: bool,
    /// Whether one of this page is.
    pub any_here: bool,
    /// How many come before these.
    pub from: usize,
    /// Where there are more, before these and after them; or empty.
    pub before: String,
    /// The same after them.
    pub after: String,
}

/// One role that can be lent to a tool.
#[derive(Debug, Clone, Serialize)]
pub struct RoleCard {
    /// The value of `role_id`.
    pub id: i64,
    /// The role's name.
    pub role: String,
    /// The title of its project; `None` is a role for the whole forge.
    pub project_title: Option<String>,
    /// The short name of its project.
    pub project_name: Option<String>,
    /// Whether it runs the whole forge.
    pub runs_the_forge: bool,
    /// What it may do with a project: `none`, `read` or `admin`.
    pub project: &'static str,
    /// What it may do in trackers, those first in which it may do most.
    pub trackers: Vec<TrackerCard>,
    /// The titles of trackers that it cannot see.
    pub hidden: Vec<String>,
    /// In how many further trackers it may do something.
    pub further: usize,
    /// What it lacks for the tool; empty: it can be chosen.
    pub lacks: Vec<Lack>,
    /// Whether it is chosen beforehand.
    pub chosen: bool,
}

/// What a role may do in one tracker.
#[derive(Debug, Clone, Serialize)]
pub struct TrackerCard {
    /// The tracker's title.
    pub title: String,
    /// The words of the rights that it has.
    pub may: Vec<&'static str>,
    /// The words of those that it could have and has not.
    pub may_not: Vec<&'static str>,
}

/// One thing that a tool needs, and a role may lack.
#[derive(Debug, Clone, Serialize)]
pub struct Lack {
    /// `tracker`, `project-read`, `project-admin` or `forge-admin`.
    pub what: &'static str,
    /// Of a tracker: the words of the rights.
    pub rights: Vec<&'static str>,
}

/// One span of time for which a role can be lent.
#[derive(Debug, Clone, Serialize)]
pub struct LifetimeChoice {
    /// The value of `lifetime`.
    pub value: String,
    /// How long it is; none: until it is revoked.
    pub seconds: Option<i64>,
    /// Whether it is the one that is chosen beforehand.
    pub chosen: bool,
}

/// What a tool may do for somebody already.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// The role's full name.
    pub role: String,
    /// What its user calls it, or empty.
    pub label: String,
    /// Since when.
    pub created: i64,
    /// How it stands, in a word.
    pub state: &'static str,
}

/// Where the answer to a consent page goes.
#[derive(Debug, Clone, Serialize)]
pub struct CallbackWords {
    /// The user carries a code to the tool.
    pub out_of_band: bool,
    /// The host that the browser is sent to.
    pub host: Option<String>,
}

/// The answer to a decision for a tool without a callback.
#[derive(Clone, Serialize)]
pub struct OutOfBand {
    /// The tool's name.
    pub consumer: String,
    /// The code to carry to it; `None`: nothing was granted.
    pub verifier: Option<String>,
}
