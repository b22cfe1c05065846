//! `oauthprovider consumer …`: what the admin page does, by the consumer's name. Its secrets are in `consumer/secrets.rs`.

mod secrets;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{
    CliError, Common, Missing,
    operator::{Because, operator},
    print_json, print_table,
};
use crate::{
    clock,
    provider::{
        self,
        consumers::{self, Draft, Registered, Registration},
    },
    store::{self, consumer_secrets::ConsumerSecret, consumers::Consumer},
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
    /// Give a consumer another secret, printed once; the former one signs until it retires
    Rotate(secrets::RotateArgs),
    /// Let a consumer's former secret retire now
    Retire(ChangeArgs),
    /// Take the last rotation back while the former secret still signs; the newest one ends
    RotateBack(ChangeArgs),
    /// Refuse a consumer at every end point until it is enabled again
    Disable(ChangeArgs),
    /// Listen to a consumer again
    Enable(ChangeArgs),
    /// Remove a consumer with all its tokens
    Remove(ChangeArgs),
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
    /// The user who looks after the tool: its refused requests are explained to them
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    #[command(flatten)]
    because: Because,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
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

/// One consumer that is changed.
#[derive(Args)]
pub(super) struct ChangeArgs {
    #[command(flatten)]
    one: OneArgs,
    #[command(flatten)]
    because: Because,
}

pub(super) fn run(common: &Common, command: &ConsumerCommand) -> Result<(), CliError> {
    match command {
        ConsumerCommand::Add(args) => add(common, args),
        ConsumerCommand::List { json } => list(common, *json),
        ConsumerCommand::Show(one) => show(common, one),
        ConsumerCommand::Rotate(args) => secrets::rotate(common, args),
        ConsumerCommand::Retire(change) => secrets::retire(common, change),
        ConsumerCommand::RotateBack(change) => secrets::rotate_back(common, change),
        ConsumerCommand::Disable(change) => set_enabled(common, change, false),
        ConsumerCommand::Enable(change) => set_enabled(common, change, true),
        ConsumerCommand::Remove(change) => remove(common, change),
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
        owner: args.owner.clone(),
    })?;
    let by = args.because.by()?;
    let store = common.open(Missing::Create)?;
    let registered = store.blocking(|conn| conn.write(|tx| consumers::register(tx, &registration, &by)))?;
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
    let (all, callbacks, secrets, owners) = store.blocking(|conn| {
        let (all, callbacks) = (consumers::list(conn)?, store::consumers::all_callbacks(conn)?);
        let secrets = store::consumer_secrets::all_live(conn, now)?;
        let owners: Result<Vec<_>, _> = all.iter().map(|(one, _)| consumers::owner_of(conn, one)).collect();
        Ok::<_, provider::Error>((all, callbacks, secrets, owners?))
    })?;
    let secrets_of = |id| secrets.iter().filter(|(of, _)| *of == id).map(|(_, one)| one.clone()).collect::<Vec<_>>();
    let describe = |((consumer, tokens), owner): (&(Consumer, i64), &Option<String>)| {
        let callbacks = callbacks.iter().filter(|(of, _)| *of == consumer.id).map(|(_, url)| url.as_str()).collect();
        described(consumer, owner.as_deref(), callbacks, &secrets_of(consumer.id), *tokens)
    };
    let all: Vec<Value> = all.iter().zip(&owners).map(describe).collect();
    if json {
        return print_json(&Value::Array(all), true);
    }
    let cell = |consumer: &Value, field: &str| match &consumer[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let fields = ["name", "key", "enabled", "tokens", "created", "last_signed"];
    let rows: Vec<Vec<String>> =
        all.iter().map(|consumer| fields.iter().map(|field| cell(consumer, field)).collect()).collect();
    print_table(&fields, &rows)
}

/// All about a consumer but its secret.
fn described(
    consumer: &Consumer,
    owner: Option<&str>,
    callbacks: Vec<&str>,
    secrets: &[ConsumerSecret],
    tokens: i64,
) -> Value {
    json!({
        "name": consumer.name,
        "key": consumer.key,
        "url": consumer.url,
        "description": consumer.description,
        "email": consumer.email,
        "callbacks": callbacks,
        "public_key": consumer.public_key,
        "enabled": consumer.enabled,
        "owner": owner,
        "secrets": secrets::described(secrets),
        "last_signed": secrets::last_signed(secrets),
        "tokens": tokens,
        "created": clock::rfc3339(consumer.created),
    })
}

fn show(common: &Common, one: &OneArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let by = operator();
    let now = by.at();
    let shown = store.blocking(|conn| {
        let consumer = consumers::named(conn, &one.name)?;
        consumers::is_looked_at(conn, &consumer, &by)?;
        let tokens = store::consumers::live_tokens(conn, consumer.id)?;
        let callbacks = store::consumers::callbacks(conn, consumer.id)?;
        let secrets = store::consumer_secrets::live(conn, consumer.id, now)?;
        let owner = consumers::owner_of(conn, &consumer)?;
        let callbacks = callbacks.iter().map(String::as_str).collect();
        Ok::<_, provider::Error>(described(&consumer, owner.as_deref(), callbacks, &secrets, tokens))
    })?;
    print_json(&shown, one.json)
}

fn set_enabled(common: &Common, ChangeArgs { one, because }: &ChangeArgs, enabled: bool) -> Result<(), CliError> {
    let by = because.by()?;
    let store = common.open(Missing::Refuse)?;
    store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &one.name)?;
            consumers::set_enabled(tx, &consumer, enabled, &by)
        })
    })?;
    let state = if enabled { "enabled" } else { "disabled" };
    report(one, &json!({"name": one.name, "enabled": enabled}), &format!("{} is {state}", one.name))
}

fn remove(common: &Common, ChangeArgs { one, because }: &ChangeArgs) -> Result<(), CliError> {
    let by = because.by()?;
    let store = common.open(Missing::Refuse)?;
    let tokens = store.blocking(|conn| {
        conn.write(|tx| {
            let consumer = consumers::named(tx, &one.name)?;
            let tokens = store::consumers::live_tokens(tx, consumer.id)?;
            consumers::remove(tx, &consumer, &by)?;
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
