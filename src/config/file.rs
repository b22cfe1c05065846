//! TOML in, settings with their lines out. Whether a value fits its setting is asked later, by the setting itself.

use std::fs;
use std::io;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::error::{ConfigError, near};
use super::settings::{Entry, Given, SETTINGS, Setting};

/// Reads a file that somebody named (by a flag or a variable): it must be there.
pub(super) fn read_named(source: &str, path: &Path) -> Result<Vec<Entry>, ConfigError> {
    if path.as_os_str().is_empty() {
        return Err(ConfigError::new(source, "names no file"));
    }
    let text = fs::read_to_string(path).map_err(|cause| unreadable(path, &cause))?;
    parse(&path.display().to_string(), &text)
}

/// Reads the file where it exists.
pub(super) fn read_if_there(path: &Path) -> Result<Vec<Entry>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => parse(&path.display().to_string(), &text),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(unreadable(path, &cause)),
    }
}

fn unreadable(path: &Path, cause: &io::Error) -> ConfigError {
    ConfigError::new(&path.display().to_string(), format!("cannot be read: {cause}"))
}

/// The settings in a file's text, in the order of their lines.
pub(super) fn parse(name: &str, text: &str) -> Result<Vec<Entry>, ConfigError> {
    let file = File { name, text };
    let document = DeTable::parse(text).map_err(|error| file.not_toml(&error))?;
    let mut entries = Vec::new();
    for (key, value) in in_order(document.get_ref()) {
        match value.get_ref() {
            DeValue::Table(table) if is_section(key.get_ref()) => file.section(key.get_ref(), table, &mut entries)?,
            _ if is_section(key.get_ref()) => return Err(file.not_a_section(key)),
            DeValue::Table(_) if Setting::find("", key.get_ref()).is_none() => return Err(file.unknown_section(key)),
            _ => entries.push(file.entry("", key, value)?),
        }
    }
    Ok(entries)
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

/// A table's entries as they stand in the file, so that its first mistake is the one that is reported.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Key<'i>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The names of the sections, each once.
fn sections() -> impl Iterator<Item = &'static str> {
    let mut last = "";
    SETTINGS
        .iter()
        .map(|setting| setting.section)
        .filter(move |section| std::mem::replace(&mut last, section) != *section)
}

fn is_section(name: &str) -> bool {
    sections().any(|section| section == name)
}

/// A file's name and text: what it takes to name a line.
struct File<'f> {
    name: &'f str,
    text: &'f str,
}

impl File<'_> {
    /// `plugin.toml:12`, for the line with this byte.
    fn place(&self, offset: usize) -> String {
        let before = self.text.as_bytes().iter().take(offset);
        format!("{}:{}", self.name, before.filter(|byte| **byte == b'\n').count().saturating_add(1))
    }

    /// What the parser says, without the piece of the file that it would show: a password may stand there.
    fn not_toml(&self, error: &toml::de::Error) -> ConfigError {
        let span = error.span().unwrap_or_default();
        let reason = match self.text.get(span.clone()) {
            Some(key) if error.message() == "duplicate key" => format!("duplicate key {key:?}"),
            _ => format!("not TOML: {}", error.message()),
        };
        ConfigError::new(&self.place(span.start), reason)
    }

    fn section(&self, name: &str, table: &DeTable<'_>, entries: &mut Vec<Entry>) -> Result<(), ConfigError> {
        for (key, value) in in_order(table) {
            entries.push(self.entry(name, key, value)?);
        }
        Ok(())
    }

    fn entry(&self, section: &str, key: &Key<'_>, value: &Spanned<DeValue<'_>>) -> Result<Entry, ConfigError> {
        let setting = Setting::find(section, key.get_ref()).ok_or_else(|| self.unknown_key(section, key))?;
        let source = format!("{}: {}", self.place(value.span().start), setting.path());
        Ok(Entry { setting, given: given(value.get_ref()), source })
    }

    fn unknown_key(&self, section: &str, key: &Key<'_>) -> ConfigError {
        let place = if section.is_empty() { "at the top".to_owned() } else { format!("in [{section}]") };
        let keys = SETTINGS.iter().filter(|setting| setting.section == section).map(|setting| setting.key);
        let elsewhere = SETTINGS.iter().find(|setting| setting.key == key.get_ref());
        let advice = match (elsewhere, near(key.get_ref(), keys)) {
            (Some(setting), _) if setting.section.is_empty() => "it belongs at the top, before the sections".to_owned(),
            (Some(setting), _) => format!("it belongs in [{}]", setting.section),
            (None, Some(near)) => format!("did you mean {near:?}?"),
            (None, None) => format!("known keys: {}", known(section)),
        };
        let reason = format!("unknown key {:?} {place}; {advice}", key.get_ref());
        ConfigError::new(&self.place(key.span().start), reason)
    }

    fn unknown_section(&self, key: &Key<'_>) -> ConfigError {
        let advice = near(key.get_ref(), sections()).map_or_else(
            || format!("known sections: {}", sections().map(|name| format!("[{name}]")).collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean [{near}]?"),
        );
        ConfigError::new(&self.place(key.span().start), format!("unknown section [{}]; {advice}", key.get_ref()))
    }

    fn not_a_section(&self, key: &Key<'_>) -> ConfigError {
        let name = key.get_ref();
        let reason = format!("{name} is a section; write [{name}] on a line of its own, once, and its keys below");
        ConfigError::new(&self.place(key.span().start), reason)
    }
}

/// The keys of a section, for whoever mistyped one beyond recognition.
fn known(section: &str) -> String {
    let keys = SETTINGS.iter().filter(|setting| setting.section == section).map(|setting| setting.key);
    keys.collect::<Vec<_>>().join(", ")
}

fn given(value: &DeValue<'_>) -> Given {
    match value {
        DeValue::String(text) => Given::Text(text.to_string()),
        DeValue::Integer(number) => integer(number),
        DeValue::Boolean(flag) => Given::Flag(*flag),
        DeValue::Array(items) => {
            let texts = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
            texts
                .collect::<Option<_>>()
                .map_or_else(|| Given::Unfit("a list with other things".to_owned()), Given::List)
        }
        DeValue::Float(number) => Given::Unfit(number.to_string()),
        DeValue::Datetime(moment) => Given::Unfit(moment.to_string()),
        DeValue::Table(_) => Given::Unfit("a section".to_owned()),
    }
}

fn integer(number: &DeInteger<'_>) -> Given {
    let parsed = i64::from_str_radix(number.as_str(), number.radix());
    parsed.map_or_else(|_| Given::Unfit(number.to_string()), Given::Number)
}
