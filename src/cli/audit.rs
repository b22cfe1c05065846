//! `oauthprovider audit …`: what was done, whether the log of it holds, and all of it for keeping elsewhere.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{CliError, Common, terminal};
use crate::{
    clock::{self, UnixSeconds},
    forge::audit::{parse_mark, verify, words},
    store::{
        Action,
        audit::{self, Entry, Filter, Found, Mark, Unreadable},
    },
};

/// What is shown of an entry that cannot be read.
const UNREADABLE: &str = "this entry was tampered with and cannot be read";

/// What to do with the audit log.
#[derive(Subcommand)]
pub(super) enum AuditCommand {
    /// List what was done, newest first
    List(ListArgs),
    /// Look for entries that were changed, added, swapped or removed; exit 1 and name them if there are any
    Verify(VerifyArgs),
    /// Print the whole log as JSON lines, oldest first
    Export {
        /// Only what comes after this entry: the last one that was exported before
        #[arg(long, value_name = "NUMBER")]
        after: Option<i64>,
    },
}

/// Which entries.
#[derive(Args)]
pub(super) struct ListArgs {
    /// Only what this user did, and what concerns this user
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only what this consumer did, and what concerns it
    #[arg(long, value_name = "NAME")]
    consumer: Option<String>,
    /// Only this, such as consumer.rotated
    #[arg(long, value_name = "ACTION", value_parser = action)]
    action: Option<Action>,
    /// Only from this day or moment on: 2026-11-22, or 2026-11-22T08:00:00Z
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<UnixSeconds>,
    /// At most so many
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

/// What was known of the log before.
#[derive(Args)]
pub(super) struct VerifyArgs {
    /// What an earlier `verify` printed as the end of the log, kept where nobody can change it
    #[arg(long, value_name = "NUMBER:HASH", value_parser = parse_mark)]
    expect: Option<Mark>,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

fn action(text: &str) -> Result<Action, String> {
    let known = || Action::ALL.iter().map(|action| action.word()).collect::<Vec<_>>().join(", ");
    Action::from_word(text).ok_or_else(|| format!("must be one of {}", known()))
}

fn moment(text: &str) -> Result<UnixSeconds, String> {
    clock::parse(text).ok_or_else(|| "must be a day or a moment, such as 2026-11-22 or 2026-11-22T08:00:00Z".to_owned())
}

pub(super) fn run(common: &Common, command: &AuditCommand) -> Result<(), CliError> {
    match command {
        AuditCommand::List(args) => list(common, args),
        AuditCommand::Verify(args) => verify_all(common, args),
        AuditCommand::Export { after } => export(common, *after),
    }
}

fn list(common: &Common, args: &ListArgs) -> Result<(), CliError> {
    let store = common.open_to_look()?;
    let mut filter = Filter {
        user: args.user.as_deref(),
        consumer: args.consumer.as_deref(),
        action: args.action,
        since: args.since,
        before: None,
    };
    let (mut entries, limit) = (Vec::new(), args.limit as usize);
    loop {
        let page = store.blocking(|conn| audit::list(conn, filter, limit - entries.len()))?;
        entries.extend(page.entries);
        filter.before = page.more_before;
        if filter.before.is_none() || entries.len() >= limit {
            break;
        }
    }
    if args.json {
        return terminal::json(&entries.iter().map(described).collect(), true);
    }
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    terminal::table(&["number", "time", "who", "from", "action", "what", "details", "reason"], &rows)
}

fn row(found: &Found) -> Vec<String> {
    let Entry { number, said, .. } = match found {
        Ok(entry) => entry,
        Err(Unreadable { number }) => return vec![number.to_string(), UNREADABLE.to_owned()],
    };
    vec![
        number.to_string(),
        clock::rfc3339(said.at),
        words::who(said),
        said.address.clone().unwrap_or_default(),
        said.action.clone(),
        words::what(said),
        words::details(said),
        said.reason.clone().unwrap_or_default(),
    ]
}

/// All of an entry: whoever has these can compute the hashes again.
fn described(found: &Found) -> Value {
    let Entry { number, said, previous, hash, seal } = match found {
        Ok(entry) => entry,
        Err(Unreadable { number }) => return json!({"number": number, "unreadable": UNREADABLE}),
    };
    let concerned = |id: Option<i64>, name: &Option<String>| match (id, name) {
        (None, None) => Value::Null,
        (id, name) => json!({"id": id, "name": name}),
    };
    json!({
        "number": number,
        "time": clock::rfc3339(said.at),
        "at": said.at,
        "actor": {"kind": said.actor, "id": said.actor_id, "name": said.actor_name},
        "address": said.address,
        "action": said.action,
        "object": {"kind": said.object, "id": said.object_id, "name": said.object_name},
        "user": concerned(said.user_id.map(|id| id.0), &said.user_name),
        "consumer": concerned(said.consumer_id.map(|id| id.0), &said.consumer_name),
        "details": serde_json::from_str(&said.details).unwrap_or_else(|_| Value::String(said.details.clone())),
        "reason": said.reason,
        "previous": previous,
        "hash": hash,
        "seal": seal,
    })
}

fn verify_all(common: &Common, args: &VerifyArgs) -> Result<(), CliError> {
    let store = common.open_to_look()?;
    let found = store.blocking(|conn| verify(conn, args.expect.as_ref()))?;
    if !found.wrong.is_empty() {
        let named: Vec<String> = found.wrong.iter().map(ToString::to_string).collect();
        return Err(CliError::Failed(format!("the audit log does not hold: {}", named.join("; "))));
    }
    let Mark { number, hash } = &found.end;
    if args.json {
        return terminal::json(&json!({"entries": number, "end": format!("{number}:{hash}")}), true);
    }
    terminal::line(&format!("the audit log holds: {number} entries, ending at {number}:{hash}"))
}

fn export(common: &Common, after: Option<i64>) -> Result<(), CliError> {
    let store = common.open_to_look()?;
    store.blocking(|conn| {
        conn.at_one_moment(|conn| {
            audit::each_after(conn, after, |found| {
                terminal::json(&described(&found), true)?;
                Ok(true)
            })
        })
    })
}
