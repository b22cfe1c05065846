//! `oauthprovider consumer …`: what the admin page does, by the consumer's name. Its secrets are in `consumer/secrets.rs`.

mod secrets;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{
    CliError, Common, Missing,
    operator::{Because, operator},
    terminal,
};
use crate::{
    clock,
    forge::{By, Needs},
    provider::{
        self, Networks,
        consumers::{self, About, Draft, Registered, Registration},
    },
    store::{self, Transaction, consumers::Consumer},
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
    /// Show from where a consumer may ask, or say it
    Networks(NetworksArgs),
    /// Show who looks after a consumer, or say it
    Owner(OwnerArgs),
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
    /// From where it may ask: an address or CIDR block (may be repeated; none: from everywhere)
    #[arg(long, value_name = "CIDR")]
    network: Vec<String>,
    /// The user who looks after the tool: its refused requests are explained to them
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    /// The least that it needs of the role it acts with, such as tracker=submit, project=read or forge=admin (may be repeated)
    #[arg(long, value_name = "NEED")]
    needs: Vec<String>,
    #[command(flatten)]
    because: Because,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

/// From where one consumer may ask.
#[derive(Args)]
pub(super) struct NetworksArgs {
    #[command(flatten)]
    change: ChangeArgs,
    /// From this address or CIDR block alone, and from nowhere else (may be repeated)
    #[arg(long, value_name = "CIDR", conflicts_with = "everywhere")]
    set: Vec<String>,
    /// From everywhere
    #[arg(long)]
    everywhere: bool,
}

/// Who looks after one consumer.
#[derive(Args)]
pub(super) struct OwnerArgs {
    #[command(flatten)]
    change: ChangeArgs,
    /// This user: the consumer's refused requests are explained to them
    #[arg(conflicts_with = "none")]
    user: Option<String>,
    /// Nobody in particular
    #[arg(long)]
    none: bool,
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
        ConsumerCommand::Networks(args) => networks(common, args),
        ConsumerCommand::Owner(args) => owner(common, args),
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
        networks: args.network.clone(),
        needs: args.needs.clone(),
    })?;
    let by = args.because.by()?;
    let store = common.open(Missing::Create)?;
    let registered = store.blocking(|conn| conn.write(|tx| consumers::register(tx, &registration, &by)))?;
    terminal::json(&credentials(&registered), args.json)
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
        let all = About::of_all(conn, now)?;
        Ok::<_, provider::Error>(all.iter().map(|(consumer, about)| described(consumer, about)).collect::<Vec<_>>())
    })?;
    if json {
        return terminal::json(&Value::Array(all), true);
    }
    let cell = |consumer: &Value, field: &str| match &consumer[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let fields = ["name", "key", "enabled", "tokens", "created", "last_signed"];
    let rows: Vec<Vec<String>> =
        all.iter().map(|consumer| fields.iter().map(|field| cell(consumer, field)).collect()).collect();
    terminal::table(&fields, &rows)
}

/// All about a consumer but its secrets themselves.
fn described(consumer: &Consumer, about: &About) -> Value {
    json!({
        "name": consumer.name,
        "key": consumer.key,
        "url": consumer.url,
        "description": consumer.description,
        "email": consumer.email,
        "callbacks": about.callbacks,
        "public_key": consumer.public_key,
        "networks": about.networks,
        "needs": Needs::kept(&consumer.needs).json(),
        "enabled": consumer.enabled,
        "owner": about.owner,
        "secrets": secrets::described(&about.secrets),
        "last_signed": secrets::last_signed(&about.secrets),
        "tokens": about.tokens,
        "created": clock::rfc3339(consumer.created),
    })
}

fn show(common: &Common, one: &OneArgs) -> Result<(), CliError> {
    let store = common.open(Missing::Refuse)?;
    let by = operator();
    let shown = store.blocking(|conn| {
        let consumer = consumers::named(conn, &one.name)?;
        consumers::is_looked_at(conn, &consumer, &by)?;
        let about = About::of(conn, consumer.id, by.at())?;
        Ok::<_, provider::Error>(described(&consumer, &about))
    })?;
    terminal::json(&shown, one.json)
}

/// Does something to the consumer that a command names, in one transaction.
fn change<T>(
    common: &Common,
    ChangeArgs { one, because }: &ChangeArgs,
    change: impl FnOnce(&mut Transaction<'_>, &Consumer, &By) -> Result<T, provider::Error>,
) -> Result<T, CliError> {
    let by = because.by()?;
    let store = common.open(Missing::Refuse)?;
    Ok(store.blocking(|conn| {
        conn.write(|tx| {
            let id = consumers::named(tx, &one.name)?.id;
            let consumer = consumers::to_change(tx, id)?;
            change(tx, &consumer, &by)
        })
    })?)
}

fn networks(common: &Common, args: &NetworksArgs) -> Result<(), CliError> {
    let wanted = Networks::check(&args.set).map_err(|error| provider::Error::Fields(vec![error]))?;
    let networks = change(common, &args.change, |tx, consumer, by| {
        if args.everywhere || !args.set.is_empty() {
            consumers::set_networks(tx, consumer, &wanted, by)?;
        }
        Ok(store::consumers::networks(tx, consumer.id)?)
    })?;
    let name = &args.change.one.name;
    let where_from = if networks.is_empty() { "everywhere".to_owned() } else { networks.join(", ") };
    let told = json!({"name": name, "networks": networks});
    report(&args.change.one, &told, &format!("{name} may ask from {where_from}"))
}

fn owner(common: &Common, args: &OwnerArgs) -> Result<(), CliError> {
    let owner = change(common, &args.change, |tx, consumer, by| {
        if args.none || args.user.is_some() {
            consumers::set_owner(tx, consumer, args.user.as_deref(), by)?;
        }
        Ok(store::consumers::owner(tx, consumer.id)?)
    })?;
    let name = &args.change.one.name;
    let who = owner.as_deref().unwrap_or("nobody in particular");
    report(&args.change.one, &json!({"name": name, "owner": owner}), &format!("{who} looks after {name}"))
}

fn set_enabled(common: &Common, args: &ChangeArgs, enabled: bool) -> Result<(), CliError> {
    change(common, args, |tx, consumer, by| consumers::set_enabled(tx, consumer, enabled, by))?;
    let state = if enabled { "enabled" } else { "disabled" };
    let name = &args.one.name;
    report(&args.one, &json!({"name": name, "enabled": enabled}), &format!("{name} is {state}"))
}

fn remove(common: &Common, args: &ChangeArgs) -> Result<(), CliError> {
    let tokens = change(common, args, |tx, consumer, by| {
        let tokens = store::access_tokens::count_live(tx, consumer.id, by.at())?;
        consumers::remove(tx, consumer, by)?;
        Ok(tokens)
    })?;
    let name = &args.one.name;
    let told = json!({"name": name, "removed": true, "tokens": tokens});
    report(&args.one, &told, &format!("{name} is removed, and {tokens} live tokens with it"))
}

fn report(one: &OneArgs, for_machines: &Value, for_people: &str) -> Result<(), CliError> {
    if one.json { terminal::json(for_machines, true) } else { terminal::line(for_people) }
}
