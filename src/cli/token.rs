//! `oauthprovider token …`: access tokens, without ever a secret but the one that is issued.

use clap::{Args, Subcommand};
use jiff::{Span, Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::{CliError, Common, Missing, open, operator::Because, terminal};
use crate::{
    clock::{self, UnixSeconds},
    config::Flags,
    forge,
    ids::AccessTokenId,
    provider::{self, Asleep, Label, Lifetime, Lifetimes, Standing, access::Issue},
    store::{
        self,
        access_tokens::{Filter, Listed},
    },
    web,
};

/// How many tokens a list holds.
const MOST_LISTED: i64 = 100_000;

/// What to do with access tokens.
#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// List access tokens that are live or asleep, newest first
    List(ListArgs),
    /// Issue an access token without the dance; its secret is printed once
    Issue(IssueArgs),
    /// Revoke an access token; the next request with it is refused
    Revoke {
        /// The token's id, as `list` shows it
        id: i64,
        #[command(flatten)]
        because: Because,
    },
}

/// Which tokens.
#[derive(Args)]
pub(super) struct ListArgs {
    /// Only those of this user
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only those of this consumer
    #[arg(long, value_name = "NAME")]
    consumer: Option<String>,
    /// Expired and revoked ones too
    #[arg(long)]
    all: bool,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

/// For whom.
#[derive(Args)]
pub(super) struct IssueArgs {
    /// The user in whose name the token acts
    #[arg(long, value_name = "NAME")]
    user: String,
    /// The consumer that may use it
    #[arg(long, value_name = "NAME")]
    consumer: String,
    /// The one role that it has: PROJECT/ROLE, or forge/ROLE for a role of the whole forge
    #[arg(long, value_name = "PROJECT/ROLE")]
    role: String,
    /// When it ends, such as 30d, 12h or 1y (default: never, or what oauth.longest_token_seconds says)
    #[arg(long, value_name = "DURATION")]
    expires: Option<Span>,
    /// What the token is called on its user's page
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    #[command(flatten)]
    because: Because,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

pub(super) fn run(common: &Common, command: &TokenCommand) -> Result<(), CliError> {
    match command {
        TokenCommand::List(args) => list(common, args),
        TokenCommand::Issue(args) => issue(common, args),
        TokenCommand::Revoke { id, because } => revoke(common, AccessTokenId(*id), because),
    }
}

fn list(common: &Common, args: &ListArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let (user, consumer) = (args.user.as_deref(), args.consumer.as_deref());
    let (filter, now) = (Filter { user, consumer, live: !args.all, ..Filter::default() }, clock::now());
    let tokens = store.blocking(|conn| store::access_tokens::list(conn, filter, now, MOST_LISTED))?;
    if args.json {
        return terminal::json(&Value::Array(tokens.iter().map(|token| described(token, now)).collect()), true);
    }
    let rows: Vec<Vec<String>> = tokens.iter().map(|token| row(token, now)).collect();
    terminal::table(&["id", "user", "consumer", "role", "label", "created", "expires", "last used", "state"], &rows)
}

fn row(token: &Listed, now: UnixSeconds) -> Vec<String> {
    // Every cell says something, so that a program that reads columns finds as many of them in every line.
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    vec![
        token.id.to_string(),
        token.user.clone(),
        token.consumer.clone(),
        role_name(token),
        or_dash(token.label.clone()),
        clock::rfc3339(token.created),
        or_dash(token.expires.map(clock::rfc3339)),
        or_dash(token.last_used.map(clock::rfc3339)),
        Standing::of(token, now).word().to_owned(),
    ]
}

fn described(token: &Listed, now: UnixSeconds) -> Value {
    let standing = Standing::of(token, now);
    let reason = match standing {
        Standing::Asleep(asleep) => Some(Asleep::reason(asleep)),
        Standing::Live | Standing::Expired | Standing::Revoked => None,
    };
    json!({
        "id": token.id,
        "key": token.key,
        "user": token.user,
        "consumer": token.consumer,
        "role": role_name(token),
        "created": clock::rfc3339(token.created),
        "revoked": token.revoked.map(clock::rfc3339),
        "expires": token.expires.map(clock::rfc3339),
        "last_used": token.last_used.map(clock::rfc3339),
        "last_used_from": token.last_used_from,
        "label": token.label,
        "state": standing.word(),
        "reason": reason,
    })
}

fn role_name(token: &Listed) -> String {
    forge::role::full_name(token.project.as_deref(), &token.role)
}

fn issue(common: &Common, args: &IssueArgs) -> Result<(), CliError> {
    let by = args.because.by()?;
    let config = common.load(Flags::default())?;
    let lifetime = lifetime(args.expires, web::lifetimes(&config.oauth), by.at())?;
    let label = Label::parse(args.label.as_deref().unwrap_or_default());
    let label = label.map_err(|error| CliError::Failed(format!("--label: {error}")))?;
    let store = open(&config, Missing::Refuse)?;
    let wanted = Issue { user: &args.user, consumer: &args.consumer, role: &args.role, lifetime, label };
    let (id, issued) = store.blocking(|conn| conn.write(|tx| provider::access::issue(tx, &wanted, &by)))?;
    let told = json!({"id": id, "token": issued.key, "token_secret": issued.secret.expose()});
    terminal::json(&told, args.json)
}

/// How long a token that is issued now is good: as it is asked for, else the longest that there is.
fn lifetime(expires: Option<Span>, lifetimes: Lifetimes, now: UnixSeconds) -> Result<Lifetime, CliError> {
    let Some(span) = expires else { return Ok(lifetimes.longest()) };
    let lifetime = Lifetime::Seconds(seconds(span, now).unwrap_or(0));
    if lifetimes.allow(lifetime) {
        return Ok(lifetime);
    }
    let longest = lifetimes.longest().seconds().map(|longest| format!(" and at most {longest} seconds"));
    Err(CliError::Failed(format!("--expires: a token is good for at least a second{}", longest.unwrap_or_default())))
}

/// A span in seconds, as the calendar has it from now on.
fn seconds(span: Span, now: UnixSeconds) -> Option<i64> {
    let from = Timestamp::from_second(now).ok()?.to_zoned(TimeZone::UTC);
    from.checked_add(span).ok()?.timestamp().as_second().checked_sub(now)
}

fn revoke(common: &Common, id: AccessTokenId, because: &Because) -> Result<(), CliError> {
    let by = because.by()?;
    let store = common.open(Missing::Refuse)?;
    store.blocking(|conn| conn.write(|tx| provider::revoke::access_token(tx, id, None, &by)))?;
    terminal::line(&format!("token {id} is revoked"))
}
