//! Which database: `sqlite:PATH` or `postgres://…`. Nothing is opened here, and a PostgreSQL URL is handed on as it is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::secret::Secret;

/// Where everything is kept. What it prints never holds a password.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server: the whole URL, which may hold a password.
    Postgres(Secret),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`. An error shows nothing that may be a password.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.chars().any(char::is_control) {
            return Err("a database URL has no line breaks or other control characters".to_owned());
        }
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite_path(path).map(Self::Sqlite);
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(Secret::new(text)));
        }
        Err(match scheme(text) {
            Some(scheme) => format!("a database of the kind \"{scheme}:\" is not understood, only {UNDERSTOOD}"),
            None => format!("not a database URL: {UNDERSTOOD} is understood"),
        })
    }
}

const UNDERSTOOD: &str = "sqlite:PATH, postgres://… or postgresql://…";

/// What stands before the first colon, where it can be a scheme and not the beginning of a user name.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let fits = |one: char| one.is_ascii_alphanumeric() || matches!(one, '+' | '-' | '.');
    let known = rest.starts_with("//") || scheme == "file" || scheme.starts_with("postgres");
    (known && !scheme.is_empty() && scheme.chars().all(fits)).then_some(scheme)
}

fn sqlite_path(path: &str) -> Result<PathBuf, String> {
    if path.trim().is_empty() {
        return Err("sqlite: names no file; write sqlite:PATH, such as sqlite:oauthprovider.db".to_owned());
    }
    if path.contains(":memory:") || path.starts_with("file:") {
        return Err(format!(
            "\"sqlite:{path}\" is refused: each connection would see a database of its own in memory, or a URI would \
             be taken for a path; write sqlite:PATH"
        ));
    }
    match path.strip_prefix("//") {
        Some(absolute) if absolute.starts_with('/') => Ok(PathBuf::from(absolute)),
        Some(relative) => Err(format!("\"sqlite:{path}\" has a host; write sqlite:{relative}, without slashes")),
        None => Ok(PathBuf::from(path)),
    }
}

impl fmt::Display for DatabaseUrl {
    /// `sqlite:PATH`, or only the kind where the rest may hold a password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(_) => out.write_str("postgres://…"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    fn read(text: &str) -> Result<String, String> {
        text.parse().map(|url: DatabaseUrl| url.to_string())
    }

    #[test]
    fn a_sqlite_url_is_a_path() {
        assert_eq!(read("sqlite:data/o.db").unwrap(), "sqlite:data/o.db");
        assert_eq!(read("sqlite:/var/lib/o.db").unwrap(), "sqlite:/var/lib/o.db");
        assert_eq!(read("sqlite:///var/lib/o.db").unwrap(), "sqlite:/var/lib/o.db");
    }

    #[test]
    fn a_postgres_url_keeps_its_password_to_itself() {
        for text in ["postgres://forge:s3cret@db/forge", "postgresql://db/forge?password=s3cret"] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert!(!format!("{url} {url:?}").contains("s3cret"));
            assert!(matches!(url, DatabaseUrl::Postgres(whole) if whole.expose() == text));
        }
    }

    #[test]
    fn what_cannot_work_is_refused_with_a_reason() {
        assert!(read("sqlite:").unwrap_err().contains("names no file"));
        assert!(read("sqlite::memory:").unwrap_err().contains("a database of its own"));
        assert!(read("sqlite:file:o.db?mode=memory").unwrap_err().contains("is refused"));
        assert!(read("sqlite://o.db").unwrap_err().contains("write sqlite:o.db"));
        assert!(read("sqlite:o.db\n").unwrap_err().contains("line breaks"));
    }

    #[test]
    fn an_unknown_kind_is_told_what_is_understood_and_never_its_password() {
        let error = read("mysql://forge:s3cret@db/forge").unwrap_err();
        assert!(error.contains("\"mysql:\"") && error.contains("postgres://"), "{error}");
        for text in ["forge:s3cret@db/forge", "s3cret", "postgres:s3cret", "my forge:s3cret://db", "://s3cret", ""] {
            let error = read(text).unwrap_err();
            assert!(!error.contains("s3cret") && error.contains("sqlite:PATH"), "{error}");
        }
    }
}
