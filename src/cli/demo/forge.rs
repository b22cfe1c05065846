//! The forge of the demo: its people, projects and roles, in the format of `oauthprovider import`.

use serde_json::{Value, json};

/// Where Jenkins A wants Alice's browser to be sent back to. Nobody listens there.
pub const CALLBACK: &str = "http://127.0.0.1:9/jenkins/callback";

/// Everybody who can log in: user name, password, and what they are for.
pub const LOG_INS: [(&str, &str, &str); 3] = [
    ("admin", "looking-glass", "runs the forge and registers tools"),
    ("alice", "wonderland", "has roles in both projects"),
    ("bob", "builder", "is a Developer in project-a"),
];

/// The password of somebody who can log in.
pub fn password(user: &str) -> &'static str {
    LOG_INS.iter().find(|(name, ..)| *name == user).map_or("", |(_, password, _)| password)
}

/// The whole forge. The build servers are registered later, by hand.
pub fn whole() -> Value {
    json!({
        "users": [
            {"name": "admin", "realname": "Forge Admin", "email": "admin@example.org",
             "password": password("admin"), "forge_admin": true},
            {"name": "alice", "realname": "Alice Liddell", "email": "alice@example.org", "password": password("alice")},
            {"name": "bob", "realname": "Bob Builder", "email": "bob@example.org", "password": password("bob")},
        ],
        "projects": [
            {"name": "project-a", "title": "Project A", "trackers": [{"name": "bugs", "title": "Bugs"}]},
            {"name": "project-b", "title": "Project B", "trackers": [{"name": "bugs", "title": "Bugs"}]},
        ],
        "roles": [
            reporter(&["alice"]),
            {"project": "project-a", "name": "Developer", "members": ["alice", "bob"],
             "permissions": {"tracker:bugs": "technician"}},
            {"project": "project-b", "name": "Manager", "members": ["alice"],
             "permissions": {"project": "admin", "tracker:bugs": "manager"}},
        ],
    })
}

/// The one role that Alice lends to Jenkins A, with these members.
fn reporter(members: &[&str]) -> Value {
    json!({"project": "project-a", "name": "Reporter", "members": members, "permissions": {"tracker:bugs": "submit"}})
}

/// An import that does nothing but to say who is a Reporter in project-a.
pub fn reporters(members: &[&str]) -> Value {
    json!({"roles": [reporter(members)]})
}
