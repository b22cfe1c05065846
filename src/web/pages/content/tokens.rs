//! One's own tokens: the list of them, taking them back, and issuing one.

use serde::Serialize;

use super::{ConsumerCard, FieldError, LifetimeChoice, OfferedRoles, Pages, PendingRow};
use crate::web::charts::Sparkline;

/// One's own access tokens.
#[derive(Clone, Serialize)]
pub struct AccessTokens {
    /// The tokens, in the order to show.
    pub rows: Vec<OwnToken>,
    /// The tool that the list is narrowed to, or empty.
    pub tool: String,
    /// The state that it is narrowed to, or empty.
    pub state: String,
    /// What is searched for, or empty.
    pub words: String,
    /// The states that it can be narrowed to.
    pub states: Vec<&'static str>,
    /// The ways to the other pages.
    pub pages: Pages,
    /// How many tokens there are to take back, and decisions that wait for their tool; of the tool that the list is narrowed to.
    pub to_take_back: i64,
    /// The question whether to take back all of them.
    pub revoke_all: String,
    /// Whether one may issue a token oneself.
    pub may_issue: bool,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// A token in a list, without anything secret.
#[derive(Debug, Clone, Serialize)]
pub struct TokenLine {
    /// Its number; never its key.
    pub id: i64,
    /// The number of its tool.
    pub consumer_id: i64,
    /// The tool.
    pub consumer: String,
    /// For whom it acts.
    pub user: String,
    /// The full name of the role that it acts with.
    pub role: String,
    /// What its user calls it, or empty.
    pub label: String,
    /// How it stands: `live`, `asleep`, `expired`, `revoked`.
    pub state: &'static str,
    /// The word for why it is asleep, or empty.
    pub why: &'static str,
    /// When it was issued.
    pub created: i64,
    /// When it ends or ended, if it does by itself.
    pub expires: Option<i64>,
    /// When it was revoked, if it was.
    pub revoked: Option<i64>,
    /// When it was last used, if it was.
    pub last_used: Option<i64>,
    /// From which address, or empty.
    pub last_used_from: String,
    /// Whether there is anything left to revoke.
    pub revocable: bool,
}

/// One line in the list of one's own access tokens.
#[derive(Debug, Clone, Serialize)]
pub struct OwnToken {
    /// The token.
    pub token: TokenLine,
    /// The list of that tool's tokens.
    pub of_consumer: String,
    /// Its calls of the last days.
    pub calls: Sparkline,
}

/// The question whether to take back all tokens, or all of one tool.
#[derive(Clone, Serialize)]
pub struct RevokeAll {
    /// The tool; none: all of them.
    pub tool: Option<String>,
    /// How many tokens would end.
    pub tokens: i64,
    /// How many decisions that wait for their tool would be taken back.
    pub decisions: i64,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// Where to go when one thinks better of it.
    pub back: String,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// The question whether to take back one decision.
#[derive(Clone, Serialize)]
pub struct Withdrawal {
    /// The decision.
    pub row: PendingRow,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// What a token is to be called, asked for again.
#[derive(Clone, Serialize)]
pub struct TokenName {
    /// The token's number.
    pub id: i64,
    /// Its tool.
    pub tool: String,
    /// The role that it acts with.
    pub role: String,
    /// The name that was typed.
    pub label: String,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// The tools that a token can be issued to.
#[derive(Debug, Clone, Serialize)]
pub struct Tools {
    /// What is searched for, or empty.
    pub words: String,
    /// The tools.
    pub rows: Vec<ToolRow>,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// A tool that a token can be issued to.
#[derive(Debug, Clone, Serialize)]
pub struct ToolRow {
    /// Its name.
    pub name: String,
    /// What it says about itself.
    pub description: String,
    /// The form that issues a token to it.
    pub issue: String,
}

/// The form that issues a token to a tool.
#[derive(Clone, Serialize)]
pub struct IssueForm {
    /// The tool.
    pub consumer: ConsumerCard,
    /// The roles that it can be given.
    pub roles: OfferedRoles,
    /// For how long it can be, the shortest first.
    pub lifetimes: Vec<LifetimeChoice>,
    /// The label that was typed.
    pub label: String,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong with what was filled in.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// A token that was issued just now, shown this once; or tried.
#[derive(Clone, Serialize)]
pub struct Issued {
    /// Its tool.
    pub consumer: String,
    /// The full name of its role.
    pub role: String,
    /// When it ends, if it does.
    pub expires: Option<i64>,
    /// Its key.
    pub token: String,
    /// Its secret, which no page shows again.
    pub token_secret: String,
    /// The canonical public URL.
    pub base_url: String,
    /// Where the tool can file reports with it.
    pub reports: Vec<Report>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// A tracker in which a token can file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The tracker's title.
    pub tracker: String,
    /// The address that Jenkins' OSLC plugin posts to.
    pub url: String,
}

/// How a request went that was signed with a token. It shows neither half of it again.
#[derive(Debug, Clone, Serialize)]
pub struct TriedOut {
    /// The token's tool.
    pub consumer: String,
    /// The full name of its role.
    pub role: String,
    /// As whom it came through; none: it was refused.
    pub user: Option<String>,
    /// Why it was refused: the code that a tool would be told.
    pub code: Option<&'static str>,
}
