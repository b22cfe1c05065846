//! Files that cannot be: refused whole, and the mistake named by its path within the JSON.

use super::super::on;
use crate::support::{Own, on_each_database};

#[track_caller]
fn refused(database: &Own, json: &str) -> String {
    on(database, &["import", "forge.json"]).file("forge.json", json).run().complaint()
}

/// What is wrong with one role, and the end of its path.
const ROLES: [(&str, &str); 12] = [
    (r#""project": "new", "name": "R", "members": ["ghost"], "permissions": {}"#, ".members[0]"),
    (r#""project": "new", "name": "R", "members": ["new", "new"], "permissions": {}"#, ".members[1]"),
    (r#""project": "ghost", "name": "R", "members": [], "permissions": {}"#, ".project"),
    (r#""project": "new", "name": "R", "permissions": {"tracker:ghost": "read"}"#, r#".permissions["tracker:ghost"]"#),
    (r#""project": "new", "name": "R", "permissions": {"tracker:t": "everything"}"#, r#".permissions["tracker:t"]"#),
    (
        r#""project": "new", "name": "R", "permissions": {"tracker:t": ["read", "fly"]}"#,
        r#".permissions["tracker:t"][1]"#,
    ),
    (r#""project": "new", "name": "R", "permissions": {"tracker:t": 3}"#, r#".permissions["tracker:t"]"#),
    (r#""project": "new", "name": "R", "permissions": {"forge": "admin"}"#, r#".permissions["forge"]"#),
    (r#""project": null, "name": "R", "permissions": {"project": "admin"}"#, r#".permissions["project"]"#),
    (r#""project": null, "name": "R", "permissions": {"tracker:t": "read"}"#, r#".permissions["tracker:t"]"#),
    (r#""project": "new", "name": "a/b", "permissions": {}"#, ".name"),
    (r#""project": "new", "name": "a\u0000b", "permissions": {}"#, ".name"),
];

/// What is wrong with one consumer, and the end of its path.
const CONSUMERS: [(&str, &str); 8] = [
    (r#""name": "c", "url": "javascript:x", "description": "", "email": """#, ".url"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "callbacks": ["data:x"]"#, ".callbacks"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "secret": "a\nb""#, ".secret"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "key": """#, ".key"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "public_key": "no key""#, ".public_key"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "disabled": "yes""#, ".disabled"),
    (r#""name": "c", "url": "http://c/", "email": "e@x", "description": "a\tb""#, ".description"),
    (r#""name": "a b", "url": "http://c/", "email": "e@x""#, ".name"),
];

/// What is wrong with one user, and the end of its path.
const USERS: [(&str, &str); 8] = [
    (r#""name": "a b""#, ".name"),
    (r#""name": "ä""#, ".name"),
    (r#""name": """#, ".name"),
    (r#""name": "x", "realname": "a\u0007b""#, ".realname"),
    (r#""name": "x", "status": "gone""#, ".status"),
    (r#""name": "x", "forge_admin": 1"#, ".forge_admin"),
    (r#""name": "x", "password": 7"#, ".password"),
    (r#""name": "new""#, ""),
];

on_each_database! {
    /// Good things come first in each file, so that a half-done import would show.
    fn a_wrong_file_changes_nothing_and_its_mistake_is_named_by_its_path(kind: Database) {
        let database = kind.filled();
        let before = database.dump();
        let good = r#""users": [{"name": "new", "password": "x"}], "projects": [{"name": "new", "trackers": [{"name": "t"}]}]"#;
        let mut cases = Vec::new();
        for (role, path) in ROLES {
            cases.push((format!("{{{good}, \"roles\": [{{{role}}}]}}"), format!("roles[0]{path}")));
        }
        for (consumer, path) in CONSUMERS {
            cases.push((format!("{{{good}, \"consumers\": [{{{consumer}}}]}}"), format!("consumers[0]{path}")));
        }
        for (user, path) in USERS {
            cases.push((format!("{{\"users\": [{{\"name\": \"new\"}}, {{{user}}}]}}"), format!("users[1]{path}")));
        }
        let long = "x".repeat(129);
        cases.push((format!(r#"{{"users": [{{"name": "{long}"}}]}}"#), "users[0].name".to_owned()));
        cases.push((format!(r#"{{{good}, "roles": [{{"project": "new", "name": "{long}"}}]}}"#), "roles[0].name".to_owned()));
        let tracker = r#"{"projects": [{"name": "new", "trackers": [{"name": "t"}, {"name": "../x"}]}]}"#;
        cases.push((tracker.to_owned(), "projects[0].trackers[1].name".to_owned()));
        cases.push((r#"{"projects": [{"name": "new", "title": "a\u0000b"}]}"#.to_owned(), "projects[0].title".to_owned()));
        cases.push((format!(r#"{{{good}, "konsumers": []}}"#), "konsumers".to_owned()));
        let taken = r#"{"consumers": [{"name": "c", "url": "http://c/", "description": "", "email": "e@x", "key": "jenkins-b"}]}"#;
        cases.push((taken.to_owned(), "consumers[0]".to_owned()));
        for (json, path) in cases {
            let told = refused(&database, &json);
            assert!(told.contains(&path) && told.contains("forge.json"), "{json}\n{path}: {told}");
        }
        // An array of a thing's fields is not the thing.
        let in_order = r#"{"users": [["new", "N", "n@x", "password", true, "active"]]}"#;
        for json in ["", "{", "[]", "{} {}", "null", "7", "{\"users\": {}}", in_order] {
            assert!(refused(&database, json).contains("forge.json"), "{json}");
        }
        assert!(on(&database, &["import", "nothing.json"]).run().complaint().contains("nothing.json"));
        assert_eq!(database.dump(), before);
    }
}
