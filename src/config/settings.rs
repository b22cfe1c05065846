//! The table of all settings. File, environment, messages and the checks of the documentation follow from it alone.
//!
//! It knows what a value must be, not where it came from.

use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::{Config, log, mail};
use crate::address::TrustedProxies;
use crate::sealing::Keyring;

/// One setting: where it stands, what it may be, and what it sets.
pub(super) struct Setting {
    /// The section's name, empty at the file's top.
    pub section: &'static str,
    /// The key in its section.
    pub key: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
}

/// What a setting may be and where it goes. A setter's error says only what is wrong with the value.
pub(super) enum Kind {
    /// `true` or `false`.
    Flag(fn(&mut Config, bool) -> Result<(), String>),
    /// A whole number from the first to the second.
    Number(i64, i64, fn(&mut Config, i64)),
    /// A text that the setter checks.
    Text(fn(&mut Config, &str) -> Result<(), String>),
    /// A list of texts that the setter checks.
    List(fn(&mut Config, &[String]) -> Result<(), String>),
    /// A text that the setter checks, and that no message shows.
    Secret(fn(&mut Config, &str) -> Result<(), String>),
}

/// A value as it was given, before anybody asked whether it fits.
pub(super) enum Given {
    /// A TOML string, or a flag's text.
    Text(String),
    /// A TOML integer.
    Number(i64),
    /// A TOML boolean.
    Flag(bool),
    /// A TOML array of strings, or a flag given several times.
    List(Vec<String>),
    /// The text of an environment variable, which the setting's kind takes apart.
    Words(String),
    /// Something that fits no setting, in words.
    Unfit(String),
}

/// A value for a setting and the place where it was given, as an error message begins.
pub(super) struct Entry {
    /// Which setting.
    pub setting: &'static Setting,
    /// The value.
    pub given: Given,
    /// `plugin.toml:14: server.workers`, `OAUTHPROVIDER_SERVER_WORKERS` or `--listen`.
    pub source: String,
}

/// Every setting there is, in the order of `plugin.toml`.
pub(super) static SETTINGS: &[Setting] = &[
    text("", "name", |c, v| same(c.plugin.name.as_str(), v)),
    text("", "version", |c, v| same(c.plugin.version.as_str(), v)),
    text("", "description", |c, v| same(c.plugin.description.as_str(), v)),
    list("", "hooks", |c, v| same(c.plugin.hooks.as_slice(), v)),
    flag("", "required", |c, v| put(&mut c.plugin.required, v)),
    flag("", "sufficient", sufficient),
    text("server", "listen", listen),
    list("server", "public_urls", public_urls),
    number("server", "workers", 0, 256, workers),
    list("server", "trusted_proxies", trusted_proxies),
    text("server", "tls_cert", |c, v| put(&mut c.server.tls.cert, path(v))),
    text("server", "tls_key", |c, v| put(&mut c.server.tls.key, path(v))),
    number("server", "hsts_seconds", 0, 63_072_000, |c, v| c.server.hsts_seconds = v.unsigned_abs()),
    text("server", "realm", realm),
    number("server", "shutdown_seconds", 0, 3600, |c, v| c.server.shutdown = seconds(v)),
    text("database", "url", |c, v| put(&mut c.database.url, v.parse()?)),
    text("database", "server_key_file", server_key_file),
    secret("database", "server_key", server_key),
    number("database", "pool_size", 0, 512, pool_size),
    number("database", "wait_seconds", 1, 60, |c, v| c.database.wait = seconds(v)),
    number("oauth", "request_token_seconds", 1, 86_400, |c, v| c.oauth.request_token_seconds = v),
    number("oauth", "verifier_seconds", 1, 86_400, |c, v| c.oauth.verifier_seconds = v),
    number("oauth", "longest_token_seconds", 0, 315_360_000, |c, v| {
        c.oauth.longest_token_seconds = (v > 0).then_some(v);
    }),
    flag("oauth", "direct_issue", |c, v| put(&mut c.oauth.direct_issue, v)),
    number("oauth", "sweep_seconds", 1, 3600, |c, v| c.oauth.sweep = seconds(v)),
    number("session", "lifetime_seconds", 60, 2_592_000, |c, v| c.session.lifetime_seconds = v),
    number("limits", "address_per_second", 0, 1_000_000, |c, v| c.limits.address_per_second = most(v)),
    number("limits", "consumer_per_second", 0, 1_000_000, |c, v| c.limits.consumer_per_second = most(v)),
    number("limits", "token_per_second", 0, 1_000_000, |c, v| c.limits.token_per_second = most(v)),
    number("limits", "request_tokens_per_minute", 0, 1_000_000, |c, v| c.limits.request_tokens_per_minute = most(v)),
    number("limits", "wrong_signatures_per_minute", 0, 1_000_000, |c, v| {
        c.limits.wrong_signatures_per_minute = most(v)
    }),
    number("limits", "changes_per_minute", 0, 1_000_000, |c, v| c.limits.changes_per_minute = most(v)),
    text("mail", "server", |c, v| put(&mut c.mail.server, mail::server(v)?)),
    number("mail", "port", 0, 65_535, |c, v| c.mail.port = u16::try_from(v).ok().filter(|port| *port > 0)),
    text("mail", "encryption", |c, v| put(&mut c.mail.encryption, mail::encryption(v)?)),
    text("mail", "ca_file", |c, v| put(&mut c.mail.ca_file, path(v))),
    text("mail", "user", |c, v| put(&mut c.mail.user, v.to_owned())),
    secret("mail", "password", |c, v| put(&mut c.mail.password, mail::Password::given(v))),
    text("mail", "password_file", |c, v| put(&mut c.mail.password_file, path(v))),
    text("mail", "from", |c, v| put(&mut c.mail.from, mail::from(v)?)),
    number("mail", "timeout_seconds", 1, 60, |c, v| c.mail.timeout = seconds(v)),
    text("log", "level", |c, v| put(&mut c.log.level, log::level(v)?)),
    text("log", "format", |c, v| put(&mut c.log.format, log::format(v)?)),
];

const fn flag(section: &'static str, key: &'static str, set: fn(&mut Config, bool) -> Result<(), String>) -> Setting {
    Setting { section, key, kind: Kind::Flag(set) }
}

const fn number(section: &'static str, key: &'static str, from: i64, to: i64, set: fn(&mut Config, i64)) -> Setting {
    Setting { section, key, kind: Kind::Number(from, to, set) }
}

const fn text(section: &'static str, key: &'static str, set: fn(&mut Config, &str) -> Result<(), String>) -> Setting {
    Setting { section, key, kind: Kind::Text(set) }
}

const fn list(
    section: &'static str,
    key: &'static str,
    set: fn(&mut Config, &[String]) -> Result<(), String>,
) -> Setting {
    Setting { section, key, kind: Kind::List(set) }
}

const fn secret(section: &'static str, key: &'static str, set: fn(&mut Config, &str) -> Result<(), String>) -> Setting {
    Setting { section, key, kind: Kind::Secret(set) }
}

impl Setting {
    /// The setting of this name.
    pub(super) fn find(section: &str, key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.section == section && setting.key == key)
    }

    /// How messages call it: `server.workers`, or `required` at the top.
    pub(super) fn path(&self) -> String {
        if self.section.is_empty() { self.key.to_owned() } else { format!("{}.{}", self.section, self.key) }
    }

    /// The environment variable that sets it.
    pub(super) fn variable(&self) -> String {
        format!("OAUTHPROVIDER_{}", self.path().replace('.', "_").to_uppercase())
    }

    /// Checks the value and puts it in its place; the error says what is wrong with the value alone.
    pub(super) fn set(&self, config: &mut Config, given: Given) -> Result<(), String> {
        let given = if let Given::Words(words) = given { self.kind.take_apart(words) } else { given };
        match (&self.kind, given) {
            (Kind::Flag(set), Given::Flag(value)) => set(config, value),
            (Kind::Number(from, to, set), Given::Number(value)) if (*from..=*to).contains(&value) => {
                set(config, value);
                Ok(())
            }
            (Kind::Text(set), Given::Text(value)) => set(config, &value),
            (Kind::List(set), Given::List(value)) => set(config, &value),
            (Kind::Secret(set), Given::Text(value)) => set(config, &Zeroizing::new(value)),
            // Whatever it is instead, it may be the secret without its quotes.
            (Kind::Secret(_), _) => Err(format!("what is given is not {}", self.kind)),
            (Kind::Flag(_) | Kind::Number(..), Given::Text(text)) if plain(&text) => {
                Err(format!("{text:?} is text, not {}; write it without quotes", self.kind))
            }
            (kind, unfit) => Err(format!("{unfit} is not {kind}")),
        }
    }
}

impl Kind {
    /// What a variable's text is to this kind of setting; where it is nothing, the text itself.
    fn take_apart(&self, words: String) -> Given {
        match self {
            Self::Flag(_) => words.parse().map_or(Given::Words(words), Given::Flag),
            Self::Number(..) => words.parse().map_or(Given::Words(words), Given::Number),
            Self::Text(_) | Self::Secret(_) => Given::Text(words),
            Self::List(_) => Given::List(separate(&words)),
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(_) => out.write_str("true or false"),
            Self::Number(from, to, _) => write!(out, "a number from {from} to {to}"),
            Self::Text(_) | Self::Secret(_) => out.write_str("text in quotes"),
            Self::List(_) => out.write_str("a list of texts, [\"…\", \"…\"]"),
        }
    }
}

impl std::fmt::Display for Given {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) | Self::Words(text) => write!(out, "{text:?}"),
            Self::Number(number) => write!(out, "{number}"),
            Self::Flag(flag) => write!(out, "{flag}"),
            // Its texts may be database URLs with their passwords.
            Self::List(_) => out.write_str("a list"),
            Self::Unfit(words) => out.write_str(words),
        }
    }
}

/// Whether a quoted text would be a number or a flag without its quotes.
fn plain(text: &str) -> bool {
    text.parse::<i64>().is_ok() || text.parse::<bool>().is_ok()
}

/// The parts of a comma separated list; nothing is the empty list, and a comma too many an empty part.
fn separate(words: &str) -> Vec<String> {
    if words.trim().is_empty() { Vec::new() } else { words.split(',').map(|part| part.trim().to_owned()).collect() }
}

fn put<T>(place: &mut T, value: T) -> Result<(), String> {
    *place = value;
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(own: &T, given: &T) -> Result<(), String> {
    if own == given {
        Ok(())
    } else {
        Err(format!("describes the program and cannot be changed from {own:?}; leave it out"))
    }
}

fn seconds(value: i64) -> Duration {
    Duration::from_secs(value.unsigned_abs())
}

/// A limit; its range is smaller than the type's.
fn most(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A file's name; the empty text names none.
fn path(value: &str) -> Option<PathBuf> {
    (!value.is_empty()).then(|| PathBuf::from(value))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn sufficient(config: &mut Config, value: bool) -> Result<(), String> {
    if value {
        return Err("true is refused: a signed request opens only pages that ask for this plugin by name, since HTML \
                    pages refuse OAuth requests"
            .to_owned());
    }
    put(&mut config.plugin.sufficient, value)
}

fn listen(config: &mut Config, value: &str) -> Result<(), String> {
    let address = value
        .parse()
        .map_err(|_| format!("{value:?} is not an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080"))?;
    put(&mut config.server.listen, address)
}

fn public_urls(config: &mut Config, values: &[String]) -> Result<(), String> {
    if values.iter().any(|url| url.trim().is_empty()) {
        return Err("an empty text is not a URL".to_owned());
    }
    put(&mut config.server.public_urls, values.to_vec())
}

fn workers(config: &mut Config, value: i64) {
    let chosen = usize::try_from(value).unwrap_or(0);
    config.server.workers = if chosen == 0 { cores().min(256) } else { chosen };
}

fn trusted_proxies(config: &mut Config, values: &[String]) -> Result<(), String> {
    let blocks = values.iter().map(|value| value.parse()).collect::<Result<_, String>>()?;
    put(&mut config.server.trusted_proxies, TrustedProxies::new(blocks))
}

fn realm(config: &mut Config, value: &str) -> Result<(), String> {
    let fits = |one: char| matches!(one, ' '..='~') && one != '"' && one != '\\';
    if value.is_empty() || !value.chars().all(fits) {
        return Err(format!("{value:?} is not printable ASCII without \" and \\"));
    }
    put(&mut config.server.realm, value.to_owned())
}

fn server_key_file(config: &mut Config, value: &str) -> Result<(), String> {
    put(&mut config.database.server_key_file, (!value.is_empty()).then(|| value.into()))
}

fn server_key(config: &mut Config, value: &str) -> Result<(), String> {
    let ring = if value.trim().is_empty() { None } else { Some(Keyring::parse(value)?) };
    put(&mut config.database.server_key, ring)
}

fn pool_size(config: &mut Config, value: i64) {
    let chosen = u32::try_from(value).unwrap_or(0);
    let fitting = u32::try_from(cores().saturating_mul(4)).unwrap_or(64).min(64);
    config.database.pool_size = if chosen == 0 { fitting } else { chosen };
}
