//! A forge to load, as JSON. What is let through obeys the rules, stated here a second time; what is not is told in one
//! line that a terminal can show.

use std::collections::BTreeSet;

use oauthprovider::cli::import;
use serde_json::Value;

/// Whether these bytes are a forge.
pub fn is_good(data: &[u8]) -> bool {
    match import::check(data) {
        Ok(()) => {
            let forge: Value = serde_json::from_slice(data).unwrap_or_else(|error| panic!("no JSON: {error}"));
            obeys_the_rules(&forge);
            true
        }
        Err(error) => {
            let told = error.to_string();
            assert!(!told.is_empty() && !told.contains(char::is_control), "{told:?}");
            false
        }
    }
}

fn obeys_the_rules(forge: &Value) {
    let object = forge.as_object().expect("an object");
    assert!(object.keys().all(|key| ["users", "projects", "roles", "consumers"].contains(&key.as_str())));
    for list in ["users", "projects", "consumers"] {
        have_names(&forge[list]);
    }
    for project in elements(&forge["projects"]) {
        assert_ne!(project["name"], "forge");
        have_names(&project["trackers"]);
    }
    let mut seen = BTreeSet::new();
    for role in elements(&forge["roles"]) {
        let name = role["name"].as_str().expect("a text");
        assert!(!name.is_empty() && name.chars().count() <= 128 && !name.contains('/') && name.trim() == name);
        assert!(seen.insert((role["project"].as_str(), name)), "{name:?} twice");
        are_printable(role);
    }
    for consumer in elements(&forge["consumers"]) {
        for credential in [&consumer["key"], &consumer["secret"]].into_iter().filter_map(Value::as_str) {
            assert!((1..=255).contains(&credential.chars().count()));
        }
    }
}

fn elements(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Each has a name by the rule, and nobody else has it.
fn have_names(list: &Value) {
    let mut seen = BTreeSet::new();
    for one in elements(list) {
        let name = one["name"].as_str().expect("a text");
        let (first, rest) = name.split_at(1);
        assert!(first.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{name:?}");
        assert!(rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{name:?}");
        assert!(name.len() <= 128 && seen.insert(name), "{name:?}");
        are_printable(one);
    }
}

/// What people read on a page.
fn are_printable(one: &Value) {
    for text in ["name", "realname", "email", "title", "key", "secret"].into_iter().filter_map(|key| one[key].as_str())
    {
        assert!(!text.contains(|c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{feff}')), "{text:?}");
    }
}
