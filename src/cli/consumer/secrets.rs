//! A consumer's secrets: another one, the former one's end, and the way back.

use clap::Args;
use jiff::{Span, SpanRelativeTo};
use serde_json::{Value, json};

use super::{ChangeArgs, change, credentials, report};
use crate::{
    cli::{CliError, Common, terminal},
    clock,
    provider::consumer_secrets::{self, Overlap},
    store::consumer_secrets::ConsumerSecret,
};

/// Whose secret, and what becomes of the one that there is.
#[derive(Args)]
pub(in crate::cli) struct RotateArgs {
    #[command(flatten)]
    change: ChangeArgs,
    /// The former secret signs for so long: 90m, 12h, 7d; 0s: not at all (default: until `consumer retire`)
    #[arg(long, value_name = "DURATION")]
    retire_after: Option<Span>,
}

/// What may be shown of secrets.
pub(super) fn described(secrets: &[ConsumerSecret]) -> Value {
    let one = |secret: &ConsumerSecret| {
        json!({
            "place": secret.place.word(),
            "created": clock::rfc3339(secret.created),
            "last_signed": secret.last_signed.map(clock::rfc3339),
            "retires": secret.retires.map(clock::rfc3339),
        })
    };
    Value::Array(secrets.iter().map(one).collect())
}

/// Which of them signed last, and when, in the cell of a table.
pub(super) fn last_signed(secrets: &[ConsumerSecret]) -> String {
    let last =
        secrets.iter().filter_map(|secret| secret.last_signed.map(|at| (at, secret.place))).max_by_key(|(at, _)| *at);
    match last {
        Some((at, place)) if secrets.len() > 1 => format!("{} ({})", clock::rfc3339(at), place.word()),
        Some((at, _)) => clock::rfc3339(at),
        None => "never".to_owned(),
    }
}

pub(super) fn rotate(common: &Common, args: &RotateArgs) -> Result<(), CliError> {
    let overlap = args.retire_after.map_or(Ok(Overlap::UntilRetired), overlap)?;
    let rotated = change(common, &args.change, |tx, consumer, by| consumer_secrets::rotate(tx, consumer, overlap, by))?;
    terminal::json(&credentials(&rotated), args.change.one.json)
}

fn overlap(span: Span) -> Result<Overlap, CliError> {
    let seconds = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok().map(|long| long.as_secs());
    let seconds = seconds.filter(|seconds| *seconds >= 0);
    let wrong =
        || CliError::Usage(format!("--retire-after: {span:#} is not a time in weeks, days, hours, minutes or seconds"));
    seconds.map(Overlap::Seconds).ok_or_else(wrong)
}

pub(super) fn retire(common: &Common, args: &ChangeArgs) -> Result<(), CliError> {
    change(common, args, consumer_secrets::retire)?;
    let one = &args.one;
    let told = json!({"name": one.name, "retired": true});
    report(one, &told, &format!("the former secret of {} is refused from now on", one.name))
}

pub(super) fn rotate_back(common: &Common, args: &ChangeArgs) -> Result<(), CliError> {
    change(common, args, consumer_secrets::rotate_back)?;
    let one = &args.one;
    let told = json!({"name": one.name, "rotated_back": true});
    report(one, &told, &format!("the former secret of {} is its only one again", one.name))
}
