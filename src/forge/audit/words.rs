//! What an entry says, in the few words that lists and pages have room for.

use serde_json::Value;

use crate::{
    clock::{self, DAY},
    store::audit::Said,
};

/// Who did it: `alice`, `operator root`, `consumer jenkins_a`, `nobody`.
pub fn who(said: &Said) -> String {
    match (said.actor.as_str(), &said.actor_name) {
        ("user", Some(name)) => name.clone(),
        (kind, Some(name)) => format!("{kind} {name}"),
        (kind, None) => kind.to_owned(),
    }
}

/// To what it was done: `consumer jenkins_a`, `token 7 of alice for jenkins_a`, `role project-a/Reporter of bob`.
pub fn what(said: &Said) -> String {
    let kind = match said.object.as_str() {
        "access_token" => "token",
        "request_token" => "request",
        other => other,
    };
    let mut words = vec![kind.to_owned()];
    match (&said.object_name, said.object_id) {
        (Some(name), _) => words.push(name.clone()),
        (None, Some(id)) => words.push(id.to_string()),
        (None, None) => words.push("unknown".to_owned()),
    }
    for (kind, word, name) in [("user", "of", &said.user_name), ("consumer", "for", &said.consumer_name)] {
        if let Some(name) = name.as_ref().filter(|_| said.object != kind) {
            words.extend([word.to_owned(), name.clone()]);
        }
    }
    words.join(" ")
}

/// What else there is to say: `role: project-a/Reporter; expires: 2026-12-24T18:00:00Z`.
pub fn details(said: &Said) -> String {
    let Ok(Value::Object(details)) = serde_json::from_str(&said.details) else {
        return said.details.clone();
    };
    details.iter().map(|(name, value)| detail(name, value)).collect::<Vec<_>>().join("; ")
}

/// One detail, moments and spans of time as people write them. That there is nothing of a kind is told too: it may be what was
/// changed.
fn detail(name: &str, value: &Value) -> String {
    match (name, value, value.as_i64()) {
        ("expires", _, Some(moment)) => format!("{name}: {}", clock::rfc3339(moment)),
        ("expires" | "seconds", Value::Null, _) => "until revoked".to_owned(),
        ("seconds", _, Some(seconds)) if seconds % DAY == 0 => format!("days: {}", seconds / DAY),
        (_, Value::String(text), _) => format!("{name}: {text}"),
        (_, Value::Null, _) => format!("no {name}"),
        (_, other, _) => format!("{name}: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        forge::{Actor, By, audit::Event},
        ids::{AccessTokenId, ConsumerId, RoleId, UserId},
        store::Action,
    };

    #[test]
    fn an_entry_is_told_in_a_few_words() {
        let root = By::operator("root", 0);
        let (alice, jenkins) = ((UserId(1), "alice"), (ConsumerId(2), "jenkins_a"));
        let token = Event::of_access_token(Action::TokenIssued, AccessTokenId(7)).between(jenkins, alice);
        let token = token.with(json!({"role": "project-a/Reporter", "members": ["a", "b"]})).said(&root);
        assert_eq!((who(&token), what(&token)), ("operator root".into(), "token 7 of alice for jenkins_a".into()));
        assert_eq!(details(&token), "members: [\"a\",\"b\"]; role: project-a/Reporter");
        let told = |details| {
            super::details(&Event::of_access_token(Action::TokenIssued, AccessTokenId(7)).with(details).said(&root))
        };
        assert_eq!(told(json!({"expires": 1_700_000_000})), "expires: 2023-11-14T22:13:20Z");
        assert_eq!(told(json!({"seconds": 2_592_000})), "days: 30");
        assert_eq!(told(json!({"seconds": 3_600})), "seconds: 3600");
        assert_eq!(told(json!({"label": null, "seconds": null})), "no label; until revoked");
        assert_eq!(told(json!({"owner": null})), "no owner");
        let role = Event::of_role(Action::RoleGiven, RoleId(3), "forge/Everywhere").concerning(Some(alice)).said(&root);
        assert_eq!((what(&role), details(&role)), ("role forge/Everywhere of alice".into(), String::new()));
        let by_alice = By { who: Actor::User { id: alice.0, name: "alice".into() }, ..root.clone() };
        let consumer = Event::of_consumer(Action::ConsumerDisabled, jenkins.0, jenkins.1).said(&by_alice);
        assert_eq!((who(&consumer), what(&consumer)), ("alice".into(), "consumer jenkins_a".into()));
        let stranger = Event::of_user(Action::LoginFailed, None).said(&By { who: Actor::Nobody, ..root });
        assert_eq!((who(&stranger), what(&stranger)), ("nobody".into(), "user unknown".into()));
    }
}
