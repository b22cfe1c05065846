//! `oauthprovider consumer …`: what the admin page does, by the consumer's name.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{CliError, Common, Missing, print_json, print_table};
use crate::{
    clock,
    ids::ConsumerId,
    provider::{
        self, Networks,
        consumers::{self, Draft, Registered, Registration},
    },
    store::{self, consumers::Consumer},
};

/// What to do with consumers.
#[derive(Subcommand)]
pub(super) enum ConsumerCommand {
    /// Register a consumer; its secret is printed once
    Add(AddArgs),
    /// List all consumers
    List {
        /// Print JSON for a machine
        #[arg(long)]
        json: bool,
    },
    /// Show one consumer, without its secret
    Show(OneArgs),
    /// Give a consumer a fresh secret, printed once; the old one is refused from now on
    Rotate(OneArgs),
    /// Show from where a consumer may ask, or say it
    Networks(NetworksArgs),
    /// Refuse a consumer at every end point until it is enabled again
    Disable(OneArgs),
    /// Listen to a consumer again
    Enable(OneArgs),
    /// Remove a consumer with all its tokens
    Remove(OneArgs),
}

/// What a consumer says of itself.
#[derive(Args)]
pub(super) struct AddArgs {
    /// The name that users will see: letters, digits, '.', '_' and '-'
    #[arg(long)]
    name: String,
    /// The tool's home page
    #[arg(long)]
    url: String,
    /// What the tool is for
    #[arg(long)]
    description: String,
    /// Whom to write to
    #[arg(long)]
    email: String,
    /// Where users may be sent back to (may be repeated; none: only oob)
    #[arg(long)]
    callback: Vec<String>,
    /// A PEM file with the public key for RSA-SHA1 and RSA-SHA256
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// From where it may ask: an address or CIDR block (may be repeated; none: from everywhere)
    #[arg(long, value_name = "CIDR")]
    network: Vec<String>,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

/// From where one consumer may ask.
#[derive(Args)]
pub(super) struct NetworksArgs {
    #[command(flatten)]
    one: OneArgs,
    /// From this address or CIDR block alone, and from nowhere else (may be repeated)
    #[arg(long, value_name = "CIDR", conflicts_with = "everywhere")]
    set: Vec<String>,
    /// From everywhere
    #[arg(long)]
    everywhere: bool,
}

/// One consumer.
#[derive(Args)]
pub(super) struct OneArgs {
    /// The consumer's name
    name: String,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

pub(super) fn run(common: &Common, command: &ConsumerCommand) -> Result<(), CliError> {
    match command {
        ConsumerCommand::Add(args) => add(common, args),
        ConsumerCommand::List { json } => list(common, *json),
        ConsumerCommand::Show(one) => show(common, one),
        ConsumerCommand::Rotate(one) => rotate(common, one),
        ConsumerCommand::Networks(args) => networks(common, args),
        ConsumerCommand::Disable(one) => set_enabled(common, one, false),
        ConsumerCommand::Enable(one) => set_enabled(common, one, true),
        ConsumerCommand::Remove(one) => remove(common, one),
    }
}

fn add(common: &Common, args: &AddArgs) -> Result<(), CliError> {
    let registration = Registration::check(Draft {
        name: args.name.clone(),
        url: args.url.clone(),
        description: args.description.clone(),
        email: args.email.clone(),
        callbacks: args.callback.clone(),
        public_key: args.public_key.as_deref().map(read_file).transpose()?,
        networks: args.network.clone(),
    })?;
    let now = clock::now();
    let store = common.open(Missing::Create)?;
    let registered = store.blocking(|conn| conn.write(|tx| consumers::register(tx, &registration, now)))?;
    print_json(&credentials(&registered), args.json)
}

fn read_file(path: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(path).map_err(|error| CliError::Failed(format!("{}: {error}", path.display())))
}

fn credentials(registered: &Registered) -> Value {
    json!({"name": registered.name, "key": registered.key, "secret": registered.secret.expose()})
}

fn list(common: &Common, json: bool) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let now = clock::now();
    let all = store.blocking(|conn| {
        let all = consumers::list(conn, now)?;
        let (callbacks, networks) = (store::consumers::all_callbacks(conn)?, store::consumers::all_networks(conn)?);
        let describe = |(consumer, tokens): &(Consumer, i64)| {
            described(consumer, &of(consumer.id, &callbacks), &of(consumer.id, &networks), *tokens)
        };
        Ok::<_, provider::Error>(all.iter().map(describe).collect::<Vec<_>>())
    })?;
    if json {
        return print_json(&Value::Array(all), true);
    }
    let cell = |consumer: &Value, field: &str| match &consumer[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let fields = ["name", "key", "enabled", "tokens", "created"];
    let rows: Vec<Vec<String>> =
        all.iter().map(|consumer| fields.iter().map(|field| cell(consumer, field)).collect()).collect();
    print_table(&fields, &rows)
}

/// One consumer's texts among those of all.
fn of(consumer: ConsumerId, all: &[(ConsumerId, String)]) -> Vec<String> {
    all.iter().filter(|(id, _)| *id == consumer).map(|(_, text)| text.clone()).collect()
}

/// All about a consumer but its secret.
fn described(consumer: &Consumer, callbacks: &[String], networks: &[String], tokens: i64) -> Value {
    json!({
        "name": consumer.name,
        "key": consumer.key,
        "url": consumer.url,
        "description": consumer.description,
        "email": consumer.email,
        "callbacks": callbacks,
        "public_key": consumer.public_key,
        "networks": networks,
        "enabled": consumer.enabled,
        "tokens": tokens,
        "created": clock::rfc3339(consumer.created),
    })
}

fn show(common: &Common, one: &OneArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let now = clock::now();
    let shown = store.blocking(|conn| {
        let consumer = consumers::named(conn, &one.name)?;
        let tokens = store::access_tokens::count_live(conn, consumer.id, now)?;
        let callbacks = store::consumers::callbacks(conn, consumer.id)?;
        let networks = store::consumers::networks(conn, consumer.id)?;
        Ok::<_, provider::Error>(described(&consumer, &callbacks, &networks, tokens))
    })?;
    print_json(&shown, one.json)
}

fn networks(common: &Common, args: &NetworksArgs) -> Result<(), CliError> {
    let wanted = Networks::check(&args.set).map_err(|error| provider::Error::Fields(vec![error]))?;
    let changes = args.everywhere || !args.set.is_empty();
    let store = common.open(Missing::Refuse)?;
    let networks = store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &args.one.name)?;
            if changes {
                consumers::set_networks(tx, consumer.id, &wanted)?;
            }
            Ok::<_, provider::Error>(store::consumers::networks(tx, consumer.id)?)
        })
    })?;
    let name = &args.one.name;
    let where_from = if networks.is_empty() { "everywhere".to_owned() } else { networks.join(", ") };
    report(&args.one, &json!({"name": name, "networks": networks}), &format!("{name} may ask from {where_from}"))
}

fn rotate(common: &Common, one: &OneArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let registered = store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &one.name)?;
            consumers::rotate(tx, &consumer)
        })
    })?;
    print_json(&credentials(&registered), one.json)
}

fn set_enabled(common: &Common, one: &OneArgs, enabled: bool) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &one.name)?;
            consumers::set_enabled(tx, consumer.id, enabled)
        })
    })?;
    let state = if enabled { "enabled" } else { "disabled" };
    report(one, &json!({"name": one.name, "enabled": enabled}), &format!("{} is {state}", one.name))
}

fn remove(common: &Common, one: &OneArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let now = clock::now();
    let tokens = store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &one.name)?;
            let tokens = store::access_tokens::count_live(tx, consumer.id, now)?;
            consumers::remove(tx, consumer.id)?;
            Ok::<_, provider::Error>(tokens)
        })
    })?;
    let told = json!({"name": one.name, "removed": true, "tokens": tokens});
    report(one, &told, &format!("{} is removed, and {tokens} live tokens with it", one.name))
}

fn report(one: &OneArgs, for_machines: &Value, for_people: &str) -> Result<(), CliError> {
    if one.json {
        return print_json(for_machines, true);
    }
    println!("{for_people}");
    Ok(())
}
