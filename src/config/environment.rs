//! Environment variables and command-line flags in, settings out. Whether a value fits its setting is asked later, by
//! the setting itself. Variables that do not begin with `OAUTHPROVIDER_` are nobody's business here.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Flags;
use super::error::{ConfigError, near};
use super::settings::{Entry, Given, SETTINGS, Setting};

/// The variable that names the file, as `--config` does.
pub(super) const FILE: &str = "OAUTHPROVIDER_CONFIG";

/// How all of the program's variables begin.
const OURS: &str = "OAUTHPROVIDER_";

/// How the variables of the test suite begin, which configure nothing.
const TESTS: &str = "OAUTHPROVIDER_TEST_";

/// What the environment says.
pub(super) struct Environment {
    /// The file to read.
    pub file: Option<PathBuf>,
    /// The values.
    pub entries: Vec<Entry>,
}

/// Reads the program's variables, in the order of their names so that the same mistake is always reported first.
pub(super) fn read(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Environment, ConfigError> {
    let mut ours: Vec<(String, OsString)> = variables
        .into_iter()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
        .filter(|(name, _)| name.starts_with(OURS) && !name.starts_with(TESTS))
        .collect();
    ours.sort_by(|one, other| one.0.cmp(&other.0));
    let mut environment = Environment { file: None, entries: Vec::new() };
    for (name, value) in ours {
        if name == FILE {
            environment.file = Some(PathBuf::from(value));
        } else {
            environment.entries.push(entry(name, value)?);
        }
    }
    Ok(environment)
}

fn entry(name: String, value: OsString) -> Result<Entry, ConfigError> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.variable() == name) else {
        return Err(unknown(&name));
    };
    // The value is not shown: it may be a database URL with its password.
    let text = value.into_string().map_err(|_| ConfigError::new(&name, "is not valid UTF-8"))?;
    Ok(Entry { setting, given: Given::Words(text), source: name })
}

/// What to say of a variable that is none: perhaps its section was forgotten, perhaps it was mistyped.
fn unknown(name: &str) -> ConfigError {
    let key = name.strip_prefix(OURS).unwrap_or(name).to_lowercase();
    let sectionless = SETTINGS.iter().find(|setting| setting.key == key).map(Setting::variable);
    let names: Vec<String> = SETTINGS.iter().map(Setting::variable).chain([FILE.to_owned()]).collect();
    let close =
        || near(&key, names.iter().filter_map(|name| name.strip_prefix(OURS))).map(|near| format!("{OURS}{near}"));
    let advice = match sectionless.or_else(close) {
        Some(name) => format!("did you mean {name}?"),
        None => "its name is OAUTHPROVIDER_SECTION_KEY, such as OAUTHPROVIDER_SERVER_LISTEN".to_owned(),
    };
    ConfigError::new(name, format!("unknown variable; {advice}"))
}

/// What the command line says.
pub(super) fn flags(flags: &Flags) -> Vec<Entry> {
    let text = |value: &Option<String>| value.clone().map(Given::Text);
    let urls = (!flags.public_urls.is_empty()).then(|| Given::List(flags.public_urls.clone()));
    let given = [
        ("database", "url", "--database-url", text(&flags.database_url)),
        ("server", "listen", "--listen", text(&flags.listen)),
        ("server", "public_urls", "--public-url", urls),
        ("server", "tls_cert", "--tls-cert", text(&flags.tls_cert)),
        ("server", "tls_key", "--tls-key", text(&flags.tls_key)),
    ];
    given
        .into_iter()
        .filter_map(|(section, key, flag, given)| {
            Some(Entry { setting: Setting::find(section, key)?, given: given?, source: flag.to_owned() })
        })
        .collect()
}
