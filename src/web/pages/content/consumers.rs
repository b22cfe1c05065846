//! Tools, as the administrators of the forge see them.

use serde::Serialize;

use super::{FieldError, Lack, Pages, TokenLine};
use crate::web::charts::{Chart, Sparkline};

/// A page of the list of tools.
#[derive(Debug, Clone, Serialize)]
pub struct Consumers {
    /// The tools, in the order to show.
    pub rows: Vec<ConsumerRow>,
    /// The words that were looked for, or empty.
    pub words: String,
    /// Which tools were asked for: a word of the filter.
    pub state: &'static str,
    /// What else may be asked for.
    pub states: [&'static str; 4],
    /// Whether not all tools were asked for.
    pub is_narrowed: bool,
    /// The ways to the other pages.
    pub pages: Pages,
}

/// One line in the list of tools.
#[derive(Debug, Clone, Serialize)]
pub struct ConsumerRow {
    /// Its number, for `P/consumers/{id}`.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its home page.
    pub url: String,
    /// Whether it may do anything at all.
    pub enabled: bool,
    /// How many access tokens it holds.
    pub tokens: i64,
    /// What was accepted of its calls, by the day.
    pub calls: Sparkline,
    /// Since when it is registered.
    pub created: i64,
}

/// The form that registers a tool, or changes one.
#[derive(Clone, Default, Serialize)]
pub struct ConsumerForm {
    /// The number of the tool that is changed; none where one is registered.
    pub id: Option<i64>,
    /// The name that was typed; a tool that is changed keeps its own.
    pub name: String,
    /// The home page that was typed.
    pub url: String,
    /// The description that was typed.
    pub description: String,
    /// The contact that was typed.
    pub email: String,
    /// The callbacks that were typed, one per line.
    pub callbacks: String,
    /// The public key that was typed (PEM).
    pub public_key: String,
    /// The owner that was typed.
    pub owner: String,
    /// The networks that were typed, one per line.
    pub networks: String,
    /// What it needs of a role, as it was chosen: `tracker=submit`.
    pub needs: String,
    /// The reason that was typed, for the audit log.
    pub reason: String,
    /// What is wrong, field by field; empty on the first visit.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}

/// A consumer's credentials when a secret was made, shown this once.
#[derive(Clone, Serialize)]
pub struct Secrets {
    /// The consumer's name.
    pub name: String,
    /// Whether the consumer was registered just now, and is not one that got another secret.
    pub is_new: bool,
    /// Its key.
    pub key: String,
    /// Its secret, which no page shows again.
    pub secret: String,
    /// The canonical public URL, for the first line to try.
    pub public_url: String,
    /// Where to go when the secret is copied.
    pub next: String,
}

/// One of a tool's secrets: everything but the secret.
#[derive(Debug, Clone, Serialize)]
pub struct SecretRow {
    /// `newest` or `former`.
    pub place: &'static str,
    /// When it was made.
    pub created: i64,
    /// When it signed last, if it ever did.
    pub last_signed: Option<i64>,
    /// Whether it is the one that signed last.
    pub signed_last: bool,
    /// When it ends; none: the newest, or when somebody lets it.
    pub retires: Option<i64>,
}

/// What a tool holds, and stops when it is refused.
#[derive(Debug, Clone, Serialize)]
pub struct Holding {
    /// How many tokens.
    pub tokens: i64,
    /// Of how many users.
    pub users: i64,
    /// The newest of them.
    pub newest: Vec<TokenLine>,
}

/// One tool, for a forge administrator.
#[derive(Clone, Serialize)]
pub struct ConsumerPage {
    /// Its number, for the forms' paths.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its consumer key, which is public.
    pub key: String,
    /// Its home page.
    pub url: String,
    /// What it says about itself.
    pub description: String,
    /// Whom to ask.
    pub email: String,
    /// The registered callbacks; empty: only `oob` is allowed.
    pub callbacks: Vec<String>,
    /// Its secrets, the newest first; a second one is the former, which still signs.
    pub secrets: Vec<SecretRow>,
    /// What it signs with RSA by (PEM), if it does.
    pub public_key: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The networks that it may ask from; empty: it may from everywhere.
    pub networks: Vec<String>,
    /// The least that it needs of a role; empty: nothing in particular.
    pub needs: Vec<Lack>,
    /// Whether it may do anything at all.
    pub enabled: bool,
    /// Since when it is registered.
    pub created: i64,
    /// What it holds.
    pub holding: Holding,
    /// What came of its calls, by the day.
    pub chart: Chart,
    /// What proves that a form was ours.
    pub csrf_token: String,
}

/// A question before something that stops a tool's work, or lets it go on.
#[derive(Clone, Serialize)]
pub struct ConsumerQuestion {
    /// What is asked about, as the address says it that the form posts to: `disable`, `enable`, `remove`, `rotate`,
    /// `retire` or `rotate-back`.
    pub what: &'static str,
    /// Whether that is up to the tool's secrets.
    pub is_about_secrets: bool,
    /// Whether the tool's tokens depend on it.
    pub is_about_tokens: bool,
    /// The tool's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holding: Holding,
    /// Its secrets, the newest first.
    pub secrets: Vec<SecretRow>,
    /// What may become of the secret of now, and of these what was chosen.
    pub overlaps: Vec<&'static str>,
    /// What was chosen.
    pub overlap: String,
    /// The reason that was typed.
    pub reason: String,
    /// What is wrong with that.
    pub errors: Vec<FieldError>,
    /// What proves that the form was ours.
    pub csrf_token: String,
}
