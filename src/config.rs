//! The configuration: the only reader of files and environment. Every value is checked at start, and a bad one is named
//! with the place where it stands.
//!
//! | file | answers for |
//! | --- | --- |
//! | `settings.rs` | the table of all settings: section, key, kind, range, and what each one sets |
//! | `file.rs` | TOML in, settings with their lines out |
//! | `environment.rs` | the same for environment variables and command-line flags |
//! | `log.rs`, `mail.rs` | values that have a type of their own |
//! | `error.rs` | the one line that says what is wrong, where, and what was perhaps meant |
//!
//! It does not take the public URLs apart (that is for whoever verifies signatures over them), and it opens neither
//! database nor port.

mod environment;
mod error;
mod file;
mod log;
mod mail;
mod settings;

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::address::TrustedProxies;
use crate::plugin::{EMBEDDED, Plugin};
use crate::provider::Limits;
use crate::sealing::{Keyring, Keys, Source};
use crate::store::DatabaseUrl;
use settings::Entry;

pub use error::ConfigError;
pub use log::{LogFormat, LogLevel};
pub use mail::{Encryption, Mail, Password};

/// The file that is read where none is named and where it exists.
const DEFAULT_FILE: &str = "plugin.toml";

/// Everything that can be configured, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The descriptor.
    pub plugin: Plugin,
    /// The HTTP server.
    pub server: Server,
    /// Where everything is kept.
    pub database: Database,
    /// The three legs.
    pub oauth: OAuth,
    /// The browser's session.
    pub session: Session,
    /// How much is done for whom.
    pub limits: Limits,
    /// Letters to users.
    pub mail: Mail,
    /// What the program says on standard error.
    pub log: Log,
}

/// The HTTP server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// The service's URLs, the canonical one first; not yet parsed. Empty only where `listen` is a loopback address.
    pub public_urls: Vec<String>,
    /// Where `public_urls` were read, as an error message about them begins: `plugin.toml:9: server.public_urls`.
    pub public_urls_source: String,
    /// How many threads serve requests, at least 1.
    pub workers: usize,
    /// The peers whose word about the client's address is believed.
    pub trusted_proxies: TrustedProxies,
    /// What it proves itself with where it speaks TLS; both files, or neither.
    pub tls: TlsFiles,
    /// For how long browsers are told to come by https alone; 0: they are told nothing.
    pub hsts_seconds: u64,
    /// The realm of `WWW-Authenticate`: printable ASCII that needs no escape in quotes.
    pub realm: String,
    /// How long requests under way may still take after SIGTERM.
    pub shutdown: Duration,
}

/// The files of TLS, in PEM.
#[derive(Clone, Debug, Default)]
pub struct TlsFiles {
    /// The certificate, and those that lead to its authority.
    pub cert: Option<PathBuf>,
    /// The certificate's private key.
    pub key: Option<PathBuf>,
}

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Database {
    /// Which database.
    pub url: DatabaseUrl,
    /// The file with the server keys; none: beside the embedded database.
    pub server_key_file: Option<PathBuf>,
    /// The server keys themselves, where they are given instead of a file.
    pub server_key: Option<Keyring>,
    /// How many connections the pool holds at most, at least 1.
    pub pool_size: u32,
    /// How long a request waits for a connection or a lock.
    pub wait: Duration,
}

impl Database {
    /// The server keys, which are read when one of them is needed first.
    pub fn keys(&self) -> Keys {
        Keys::of(match (&self.server_key, &self.server_key_file, &self.url) {
            (Some(ring), _, _) => Source::Given(ring.clone()),
            (None, Some(path), _) => Source::File(path.clone()),
            (None, None, DatabaseUrl::Sqlite(path)) => {
                let mut beside = path.clone().into_os_string();
                beside.push(".key");
                Source::File(beside.into())
            }
            (None, None, DatabaseUrl::Postgres(_)) => Source::Nowhere,
        })
    }
}

/// The three legs.
#[derive(Clone, Debug)]
pub struct OAuth {
    /// How long a request token waits for the user's decision.
    pub request_token_seconds: i64,
    /// How long a verifier can be exchanged after the decision.
    pub verifier_seconds: i64,
    /// How long an access token may be good at most; none: until it is revoked.
    pub longest_token_seconds: Option<i64>,
    /// Whether users issue tokens to tools on their own page, without the dance. A forge administrator always can.
    pub direct_issue: bool,
    /// The pause between two sweeps of what has expired.
    pub sweep: Duration,
}

/// The browser's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// From logging in until one has to log in again.
    pub lifetime_seconds: i64,
}

/// What the program says on standard error.
#[derive(Clone, Debug)]
pub struct Log {
    /// The least serious lines that are still written.
    pub level: LogLevel,
    /// For people or for machines.
    pub format: LogFormat,
}

/// What the command line says about the configuration; it overrides everything else.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`: the file to read, which must then exist.
    pub config: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--listen`.
    pub listen: Option<String>,
    /// `--public-url`, as often as it was given.
    pub public_urls: Vec<String>,
    /// `--tls-cert`.
    pub tls_cert: Option<String>,
    /// `--tls-key`.
    pub tls_key: Option<String>,
}

impl Config {
    /// Reads the defaults, the file, the environment and the flags; each overrides the ones before it, key by key.
    ///
    /// Every layer is checked as a whole, also where a later one overrides it: a mistake is reported, not hidden.
    ///
    /// # Errors
    /// The first thing that is wrong, in one line that begins with where it stands.
    pub fn load(
        flags: &Flags,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        Self::load_beside(Path::new(DEFAULT_FILE), flags, environment)
    }

    /// [`Config::load`] with the name of the file that is read where none is named.
    fn load_beside(
        default_file: &Path,
        flags: &Flags,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, ConfigError> {
        let environment = environment::read(environment)?;
        let mut entries = file::parse("built-in plugin.toml", EMBEDDED)?;
        let named = match (&flags.config, &environment.file) {
            (Some(path), _) => Some(("--config", path)),
            (None, Some(path)) => Some((environment::FILE, path)),
            (None, None) => None,
        };
        entries.extend(match named {
            Some((source, path)) => file::read_named(source, path)?,
            None => file::read_if_there(default_file)?,
        });
        entries.extend(environment.entries);
        entries.extend(environment::flags(flags));
        Self::settle(entries)
    }

    /// Reads the defaults and the flags alone: neither file nor environment. For a service that is nobody's but its own.
    ///
    /// # Errors
    /// The first flag that is wrong; `--config` is not looked at.
    pub fn embedded(flags: &Flags) -> Result<Self, ConfigError> {
        let mut entries = file::parse("built-in plugin.toml", EMBEDDED)?;
        entries.extend(environment::flags(flags));
        Self::settle(entries)
    }

    /// Reads the defaults and the text of a file, and nothing else: whether a file of this name and text will do.
    ///
    /// # Errors
    /// The first thing that is wrong, in one line that begins with the file's name and the line's number.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ConfigError> {
        let mut entries = file::parse("built-in plugin.toml", EMBEDDED)?;
        entries.extend(file::parse(name, text)?);
        Self::settle(entries)
    }

    /// Lets each entry set its value, the last one winning, and then checks what takes two values to see.
    fn settle(entries: Vec<Entry>) -> Result<Self, ConfigError> {
        let mut config = Self::blank();
        let (mut listen_source, mut key_source, mut tls_source) = (String::new(), String::new(), String::new());
        let mut mail_source = String::new();
        for Entry { setting, given, source } in entries {
            setting.set(&mut config, given).map_err(|reason| ConfigError::new(&source, reason))?;
            match (setting.section, setting.key) {
                ("server", "public_urls") => config.server.public_urls_source = source,
                ("server", "listen") => listen_source = source,
                ("database", "server_key") => key_source = source,
                ("server", "tls_cert" | "tls_key") => tls_source = source,
                ("mail", "server") => mail_source = source,
                (_, _) => {}
            }
        }
        let listen = config.server.listen;
        if config.server.public_urls.is_empty() && !listen.ip().to_canonical().is_loopback() {
            let reason = format!(
                "{listen} is no loopback address, so server.public_urls (or --public-url) must say under which URL \
                 others reach the service"
            );
            return Err(ConfigError::new(&listen_source, reason));
        }
        if config.database.server_key.is_some() && config.database.server_key_file.is_some() {
            let reason = "there is database.server_key_file too; leave one of the two out";
            return Err(ConfigError::new(&key_source, reason));
        }
        if config.server.tls.cert.is_some() != config.server.tls.key.is_some() {
            let reason = "server.tls_cert and server.tls_key (--tls-cert and --tls-key) are given together, or neither";
            return Err(ConfigError::new(&tls_source, reason));
        }
        config.mail.settle().map_err(|reason| ConfigError::new(&mail_source, reason))?;
        Ok(config)
    }

    /// What the embedded file then fills in; a test checks that it names every setting.
    fn blank() -> Self {
        Self {
            plugin: Plugin::embedded(),
            server: Server {
                listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                public_urls: Vec::new(),
                public_urls_source: String::new(),
                workers: 1,
                trusted_proxies: TrustedProxies::default(),
                tls: TlsFiles::default(),
                hsts_seconds: 0,
                realm: String::new(),
                shutdown: Duration::ZERO,
            },
            database: Database {
                url: DatabaseUrl::Sqlite(PathBuf::new()),
                server_key_file: None,
                server_key: None,
                pool_size: 1,
                wait: Duration::ZERO,
            },
            oauth: OAuth {
                request_token_seconds: 0,
                verifier_seconds: 0,
                longest_token_seconds: None,
                direct_issue: true,
                sweep: Duration::ZERO,
            },
            session: Session { lifetime_seconds: 0 },
            limits: Limits::default(),
            mail: Mail::default(),
            log: Log { level: LogLevel::Info, format: LogFormat::Text },
        }
    }
}

#[cfg(test)]
mod tests;
