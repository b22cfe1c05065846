//! The import file: its shape, and every check that needs no database.

use std::{collections::HashMap, fmt, hash::Hash};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    cli::terminal::plain,
    forge::{Level, Name, RoleName, TrackerRight, is_printable, role::FORGE},
    store::{ProjectStatus, UserStatus},
};

/// Something wrong, and where in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// As in `roles[0].permissions["tracker:bugs"]`.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever stands in the file may stand in either, and goes to a terminal.
        let (path, message) = (plain(&self.path), plain(&self.message));
        if path.is_empty() || path == "." { write!(f, "{message}") } else { write!(f, "{path}: {message}") }
    }
}

/// Makes a [`Wrong`].
pub fn wrong(path: impl Into<String>, message: impl Into<String>) -> Wrong {
    Wrong { path: path.into(), message: message.into() }
}

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forge {
    #[serde(default)]
    pub users: Vec<User>,
    #[serde(default)]
    pub projects: Vec<Project>,
    #[serde(default)]
    pub roles: Vec<Role>,
    #[serde(default)]
    pub consumers: Vec<Consumer>,
}

/// A user; what is left out stays as it is, or gets its default when the user is new.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub name: String,
    pub realname: Option<String>,
    pub email: Option<String>,
    pub password: Option<String>,
    pub forge_admin: Option<bool>,
    pub status: Option<String>,
    pub uses_plugin: Option<bool>,
}

/// A project with its trackers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub name: String,
    pub title: Option<String>,
    pub status: Option<String>,
    pub uses_plugin: Option<bool>,
    #[serde(default)]
    pub trackers: Vec<Tracker>,
}

/// A tracker.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tracker {
    pub name: String,
    pub title: Option<String>,
}

/// A role; its members and permissions replace those that it had.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub project: Option<String>,
    pub name: String,
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub permissions: Map<String, Value>,
}

/// A consumer; what is left out stays as it is, or is made up when the consumer is new.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consumer {
    pub name: String,
    pub url: Option<String>,
    pub description: Option<String>,
    pub email: Option<String>,
    pub callbacks: Option<Vec<String>>,
    pub key: Option<String>,
    pub secret: Option<String>,
    pub public_key: Option<String>,
    pub networks: Option<Vec<String>>,
    pub disabled: Option<bool>,
    pub owner: Option<String>,
    pub needs: Option<Map<String, Value>>,
}

impl Consumer {
    /// What it needs, each thing as a word such as `tracker=submit`; none where the file does not say.
    pub fn needs(&self) -> Option<Vec<String>> {
        let word = |(name, value): (&String, &Value)| match value {
            Value::Array(rights) => {
                let rights: Vec<&str> = rights.iter().map(|right| right.as_str().unwrap_or_default()).collect();
                format!("{name}={}", rights.join(","))
            }
            other => format!("{name}={}", other.as_str().unwrap_or_default()),
        };
        self.needs.as_ref().map(|needs| needs.iter().map(word).collect())
    }
}

/// One permission of a role, understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Permission {
    /// `"forge": "admin"`.
    ForgeAdmin,
    /// `"project": "admin"`.
    ProjectAdmin,
    /// `"project": "read"`.
    ProjectRead,
    /// `"tracker:NAME": …`, as bits.
    Tracker(String, i64),
}

/// Reads a file and checks everything that can be checked without a database.
///
/// # Errors
/// The first thing that is wrong.
pub fn parse(text: &[u8]) -> Result<Forge, Wrong> {
    let json: Value = serde_json::from_slice(text).map_err(|error| wrong("", error.to_string()))?;
    check_shape(&json, "", &["users", "projects", "roles", "consumers", "trackers"])?;
    let forge: Forge = serde_path_to_error::deserialize(json)
        .map_err(|error| wrong(error.path().to_string(), error.inner().to_string()))?;
    check(&forge)?;
    Ok(forge)
}

/// An object, whose lists of these names hold objects again. (serde would read a list as an object's fields in order.)
fn check_shape(json: &Value, at: &str, lists: &[&str]) -> Result<(), Wrong> {
    let object = json.as_object().ok_or_else(|| wrong(at, "must be an object"))?;
    let dot = if at.is_empty() { "" } else { "." };
    for (name, value) in object.iter().filter(|(name, _)| lists.contains(&name.as_str())) {
        for (index, one) in value.as_array().into_iter().flatten().enumerate() {
            check_shape(one, &format!("{at}{dot}{name}[{index}]"), lists)?;
        }
    }
    Ok(())
}

fn check(forge: &Forge) -> Result<(), Wrong> {
    for (index, user) in forge.users.iter().enumerate() {
        check_user(user, &format!("users[{index}]"))?;
    }
    unique("users", forge.users.iter().map(|user| user.name.as_str()))?;
    for (index, project) in forge.projects.iter().enumerate() {
        check_project(project, &format!("projects[{index}]"))?;
    }
    unique("projects", forge.projects.iter().map(|project| project.name.as_str()))?;
    for (index, role) in forge.roles.iter().enumerate() {
        let at = format!("roles[{index}]");
        RoleName::parse(&role.name).map_err(|error| wrong(format!("{at}.name"), error.to_string()))?;
        unique(&format!("{at}.members"), role.members.iter().map(String::as_str))?;
        permissions(role, &at)?;
    }
    let full_names: Vec<_> = forge.roles.iter().map(|role| (role.project.as_deref(), role.name.as_str())).collect();
    unique("roles", full_names)?;
    for (index, consumer) in forge.consumers.iter().enumerate() {
        check_consumer(consumer, &format!("consumers[{index}]"))?;
    }
    unique("consumers", forge.consumers.iter().map(|consumer| consumer.name.as_str()))
}

/// Names each thing once: a file that says two things of one user means neither.
fn unique<T: Eq + Hash>(at: &str, all: impl IntoIterator<Item = T>) -> Result<(), Wrong> {
    let mut seen = HashMap::new();
    for (index, one) in all.into_iter().enumerate() {
        if let Some(first) = seen.insert(one, index) {
            return Err(wrong(format!("{at}[{index}]"), format!("is there already, as {at}[{first}]")));
        }
    }
    Ok(())
}

fn check_name(name: &str, at: String) -> Result<(), Wrong> {
    Name::parse(name).map(|_| ()).map_err(|error| wrong(at, error.to_string()))
}

fn check_text(text: Option<&String>, at: String) -> Result<(), Wrong> {
    match text {
        Some(text) if !is_printable(text) => Err(wrong(at, "must be printable text")),
        _ => Ok(()),
    }
}

fn check_user(user: &User, at: &str) -> Result<(), Wrong> {
    check_name(&user.name, format!("{at}.name"))?;
    check_text(user.realname.as_ref(), format!("{at}.realname"))?;
    check_text(user.email.as_ref(), format!("{at}.email"))?;
    match &user.status {
        Some(word) if UserStatus::from_word(word).is_none() => {
            Err(wrong(format!("{at}.status"), format!("{word:?} is neither \"active\" nor \"suspended\"")))
        }
        _ => Ok(()),
    }
}

fn check_project(project: &Project, at: &str) -> Result<(), Wrong> {
    check_name(&project.name, format!("{at}.name"))?;
    if project.name == FORGE {
        return Err(wrong(format!("{at}.name"), format!("\"{FORGE}/…\" names the roles of the whole forge")));
    }
    check_text(project.title.as_ref(), format!("{at}.title"))?;
    if let Some(word) = project.status.as_ref().filter(|word| ProjectStatus::from_word(word).is_none()) {
        return Err(wrong(format!("{at}.status"), format!("{word:?} is neither \"active\" nor \"archived\"")));
    }
    for (index, tracker) in project.trackers.iter().enumerate() {
        check_name(&tracker.name, format!("{at}.trackers[{index}].name"))?;
        check_text(tracker.title.as_ref(), format!("{at}.trackers[{index}].title"))?;
    }
    unique(&format!("{at}.trackers"), project.trackers.iter().map(|tracker| tracker.name.as_str()))
}

fn check_consumer(consumer: &Consumer, at: &str) -> Result<(), Wrong> {
    check_name(&consumer.name, format!("{at}.name"))?;
    for (field, text) in [("url", &consumer.url), ("description", &consumer.description), ("email", &consumer.email)] {
        check_text(text.as_ref(), format!("{at}.{field}"))?;
    }
    for (field, text) in [("key", &consumer.key), ("secret", &consumer.secret)] {
        let at = format!("{at}.{field}");
        check_text(text.as_ref(), at.clone())?;
        if text.as_ref().is_some_and(|text| text.is_empty() || text.chars().count() > 255) {
            return Err(wrong(at, "must be 1 to 255 characters long"));
        }
    }
    Ok(())
}

/// Understands a role's permissions.
///
/// # Errors
/// The first one that means nothing, or nothing for this role.
pub fn permissions(role: &Role, at: &str) -> Result<Vec<Permission>, Wrong> {
    let understood = role.permissions.iter().map(|(name, value)| {
        let at = format!("{at}.permissions[{name:?}]");
        match (name.as_str(), value.as_str(), &role.project) {
            ("forge", Some("admin"), None) => Ok(Permission::ForgeAdmin),
            ("forge", _, None) => Err(wrong(at, "must be \"admin\"")),
            ("forge", _, Some(_)) => Err(wrong(at, "is only for a role without a project")),
            ("project", Some("admin"), Some(_)) => Ok(Permission::ProjectAdmin),
            ("project", Some("read"), Some(_)) => Ok(Permission::ProjectRead),
            ("project", _, Some(_)) => Err(wrong(at, "must be \"admin\" or \"read\"")),
            ("project", _, None) => Err(wrong(at, "is only for a role of a project")),
            (other, _, project) => match (other.strip_prefix("tracker:"), project) {
                (Some(tracker), Some(_)) => Ok(Permission::Tracker(tracker.to_owned(), bits(value, &at)?)),
                (Some(_), None) => Err(wrong(at, "is only for a role of a project")),
                (None, _) => Err(wrong(at, "is no permission; there are \"forge\", \"project\" and \"tracker:NAME\"")),
            },
        }
    });
    understood.collect()
}

/// A level, or a list of single rights, as bits.
fn bits(value: &Value, at: &str) -> Result<i64, Wrong> {
    match value {
        Value::String(word) => Level::from_word(word).map(Level::bits).ok_or_else(|| {
            let levels = "\"none\", \"read\", \"submit\", \"technician\" or \"manager\"";
            wrong(at, format!("{word:?} is no level; there are {levels}"))
        }),
        Value::Array(list) => list.iter().enumerate().try_fold(0, |bits, (index, right)| {
            let found = right.as_str().and_then(TrackerRight::from_word);
            let right = found.ok_or_else(|| wrong(format!("{at}[{index}]"), format!("{right} is no right")))?;
            Ok(bits | right.bit())
        }),
        _ => Err(wrong(at, "must be a level or a list of rights")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(json: &str) -> String {
        parse(json.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        for (json, expected) in [
            (r#"{"users": [{"name": "alice"}, {"name": "a b"}]}"#, "users[1].name: "),
            (r#"{"users": [{"name": "alice", "pasword": "x"}]}"#, "users[0]"),
            (r#"{"users": [{"name": 7}]}"#, "users[0].name: "),
            (r#"{"users": [{"name": "a"}, {"name": "a"}]}"#, "users[1]: is there already, as users[0]"),
            (r#"{"users": [{"name": "a", "status": "gone"}]}"#, "users[0].status: "),
            (r#"{"projects": [{"name": "p", "status": "gone"}]}"#, "projects[0].status: "),
            (r#"{"projects": [{"name": "p", "trackers": [{"name": "/"}]}]}"#, "projects[0].trackers[0].name: "),
            (
                r#"{"roles": [{"project": "p", "name": "R", "permissions": {"tracker:bugs": "sumbit"}}]}"#,
                r#"roles[0].permissions["tracker:bugs"]: "sumbit" is no level"#,
            ),
            (
                r#"{"roles": [{"project": "p", "name": "R", "permissions": {"tracker:bugs": ["read", "close"]}}]}"#,
                r#"roles[0].permissions["tracker:bugs"][1]: "#,
            ),
            (r#"{"roles": [{"project": null, "name": "R", "permissions": {"project": "read"}}]}"#, "roles[0]"),
            (r#"{"roles": [{"project": "p", "name": "R", "permissions": {"forge": "admin"}}]}"#, "roles[0]"),
            (r#"{"roles": [{"name": "a/b"}]}"#, "roles[0].name: "),
            (r#"{"consumers": [{"name": "c", "secret": ""}]}"#, "consumers[0].secret: "),
            (r#"{"consumers": [{"name": "c", "email": "c@example.org\n"}]}"#, "consumers[0].email: must be printable"),
            (r#"{"projects": [{"name": "forge"}]}"#, "projects[0].name: "),
            (r#"{"konsumers": []}"#, "unknown field `konsumers`"),
            ("[]", "must be an object"),
            (r#"{"users": [["alice"]]}"#, "users[0]: must be an object"),
            (r#"{"projects": [{"name": "p", "trackers": ["bugs"]}]}"#, "projects[0].trackers[0]: must be an object"),
            (r#"{"users": {"name": "alice"}}"#, "users: "),
            ("{", "EOF"),
            ("{} {}", "trailing"),
        ] {
            let told = mistake(json);
            assert!(told.contains(expected), "{json} told {told:?}");
        }
    }

    #[test]
    fn a_mistake_is_told_in_one_line_that_a_terminal_can_show() {
        for (json, expected) in [
            ("{\"a\u{7f}b\": []}", "unknown field `a\\u{7f}b`"),
            (r#"{"users": [{"name": "a", "\u001b[2J\n": 1}]}"#, "`\\u{1b}[2J\\n`"),
            (r#"{"roles": [{"name": "R", "permissions": {"\u009b": 1}}]}"#, "is no permission"),
        ] {
            let told = mistake(json);
            assert!(told.contains(expected) && !told.contains(char::is_control), "{told:?}");
        }
    }

    #[test]
    fn levels_are_sums_of_rights() {
        let level = |text: &str| bits(&serde_json::from_str(text).unwrap(), "").unwrap();
        for (text, expected) in [
            (r#""none""#, 0),
            (r#""read""#, 1),
            (r#""submit""#, 9),
            (r#""technician""#, 11),
            (r#""manager""#, 15),
            (r#"["read", "vote"]"#, 17),
            ("[]", 0),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }
}
