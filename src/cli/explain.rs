//! `oauthprovider explain ID`: what the page of a refusal shows, for who has the database at hand.

use std::{
    io::Read,
    thread,
    time::{Duration, Instant},
};

use clap::Args;

use super::{CliError, Common, Missing, terminal};
use crate::{
    clock,
    provider::refusals::{Comparison, Explained, Fact, Found, OwnBaseString, find},
    store::{Store, refusals::Whose},
};

/// How long a service may take to write down what it refused, and how often is looked meanwhile.
const PATIENCE: Duration = Duration::from_millis(1_200);
const LOOK: Duration = Duration::from_millis(200);

/// Which refusal.
#[derive(Args)]
pub(super) struct ExplainArgs {
    /// The id, as the answer (X-Refusal-Id), its advice and the log (refusal.id) have it
    id: String,
    /// The client's own base string, of at most 64 KiB, to be compared with ours; - reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    base_string: Option<String>,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

pub(super) fn run(common: &Common, args: &ExplainArgs) -> Result<(), CliError> {
    let own = match args.base_string.as_deref() {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            Some(text)
        }
        Some(text) => Some(text.to_owned()),
        None => None,
    };
    let own = own.map(OwnBaseString::parse).transpose();
    let own = own.map_err(|error| CliError::Usage(format!("--base-string: {error}")))?;
    let store = common.open(Missing::Refuse)?;
    let found = patiently(&store, &args.id)?.ok_or_else(|| {
        CliError::Failed(format!(
            "there is no refusal {}, or it is over a quarter of an hour old; when very many are refused at once, not all \
             of them are kept",
            args.id
        ))
    })?;
    let explained = found.explained(own.as_ref());
    if args.json {
        let value = serde_json::to_value(&explained).map_err(|error| CliError::Failed(error.to_string()))?;
        return terminal::json(&value, true);
    }
    print(&explained)
}

/// Looks again for a while: what was refused a moment ago is written down twice in a second.
fn patiently(store: &Store, id: &str) -> Result<Option<Found>, CliError> {
    let began = Instant::now();
    let mut is_said = false;
    loop {
        let now = clock::now();
        let found = store.blocking(|conn| find(conn, id, Whose::All, now))?;
        if found.is_some() || began.elapsed() > PATIENCE {
            return Ok(found);
        }
        if !is_said {
            terminal::aside("not there yet; waiting a second for the service to write it down");
            is_said = true;
        }
        thread::sleep(LOOK);
    }
}

fn print(explained: &Explained) -> Result<(), CliError> {
    let consumer = explained.consumer.as_deref().unwrap_or("no known tool");
    let mut lines = vec![format!("refusal {}: {} {} for {consumer}", explained.id, explained.status, explained.code)];
    let mut paragraph = |text: &str| lines.extend([String::new(), text.to_owned()]);
    paragraph(&explained.words);
    explained.findings.iter().for_each(|finding| paragraph(finding));
    lines.extend(explained.comparison.iter().flat_map(compared));
    if let Some(base_string) = &explained.base_string {
        lines.extend([String::new(), "Base string:".to_owned(), format!("  {base_string}")]);
    }
    lines.extend(listed("As it arrived", &explained.raw));
    lines.extend(listed("What the server saw", &explained.facts));
    let parameters = explained.parameters.iter();
    let parameters = parameters.map(|parameter| Fact::plain(parameter.place.word(), &parameter.normalised));
    lines.extend(listed("Parameters, in the order of the base string", &parameters.collect::<Vec<_>>()));
    lines.extend(listed("What it was told", &explained.told));
    lines.iter().try_for_each(|line| terminal::line(line))
}

fn listed(heading: &str, facts: &[Fact]) -> Vec<String> {
    if facts.is_empty() {
        return Vec::new();
    }
    let width = facts.iter().map(|fact| fact.name.chars().count()).max().unwrap_or(0);
    let lines = facts.iter().map(|fact| format!("  {:width$}  {}", fact.name, fact.value));
    [String::new(), format!("{heading}:")].into_iter().chain(lines).collect()
}

fn compared(comparison: &Comparison) -> Vec<String> {
    let mut lines = vec![String::new()];
    if !comparison.is_equal {
        lines.push(format!("The first difference is after {} equal characters:", comparison.position));
        for (whose, side) in [("ours ", &comparison.ours), ("yours", &comparison.theirs)] {
            lines.push(format!("  {whose}  {}[{}]{}", side.before, side.piece, side.after));
        }
    }
    lines.extend(comparison.causes.iter().cloned());
    lines
}
