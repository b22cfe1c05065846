//! `oauthprovider token …`: access tokens, without ever a secret but the one that is issued.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{CliError, Common, Missing, operator::Because, print_json, print_table};
use crate::{
    clock, forge,
    ids::AccessTokenId,
    provider::{self, access::Issue},
    store::{
        self,
        access_tokens::{Filter, Listed},
    },
};

/// How many tokens a list holds.
const MOST_LISTED: i64 = 100_000;

/// What to do with access tokens.
#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// List live access tokens, newest first
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
    /// Revoked ones too
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
    let filter = Filter { user: args.user.as_deref(), consumer: args.consumer.as_deref(), live: !args.all };
    let tokens = store.blocking(|conn| store::access_tokens::list(conn, filter, MOST_LISTED))?;
    if args.json {
        return print_json(&Value::Array(tokens.iter().map(described).collect()), true);
    }
    let row = |token: &Listed| {
        let role = role_name(token);
        let state = if token.revoked.is_some() { "revoked" } else { "live" };
        let created = clock::rfc3339(token.created);
        vec![token.id.to_string(), token.user.clone(), token.consumer.clone(), role, created, state.to_owned()]
    };
    let rows: Vec<Vec<String>> = tokens.iter().map(row).collect();
    print_table(&["id", "user", "consumer", "role", "created", "state"], &rows)
}

fn described(token: &Listed) -> Value {
    json!({
        "id": token.id,
        "key": token.key,
        "user": token.user,
        "consumer": token.consumer,
        "role": role_name(token),
        "created": clock::rfc3339(token.created),
        "revoked": token.revoked.map(clock::rfc3339),
    })
}

fn role_name(token: &Listed) -> String {
    forge::role::full_name(token.project.as_deref(), &token.role)
}

fn issue(common: &Common, args: &IssueArgs) -> Result<(), CliError> {
    let by = args.because.by()?;
    let store = common.open(Missing::Refuse)?;
    let wanted = Issue { user: &args.user, consumer: &args.consumer, role: &args.role };
    let (id, issued) = store.blocking(|conn| conn.write(|tx| provider::access::issue(tx, &wanted, &by)))?;
    let told = json!({"id": id, "token": issued.key, "token_secret": issued.secret.expose()});
    print_json(&told, args.json)
}

fn revoke(common: &Common, id: AccessTokenId, because: &Because) -> Result<(), CliError> {
    let by = because.by()?;
    let store = common.open(Missing::Refuse)?;
    store.blocking(|conn| conn.write(|tx| provider::revoke::access_token(tx, id, None, &by)))?;
    println!("token {id} is revoked");
    Ok(())
}
