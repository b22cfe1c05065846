//! `import`: all of a file or nothing, and a second run changes nothing.

mod mistakes;

use serde_json::{Value, json};

use super::on;
use crate::support::{FORGE, Own, Tool, on_each_database};

/// A public key as `openssl` writes it.
pub const PUBLIC_KEY: &str = include_str!("../../rsa_public_key.pem");

#[track_caller]
fn import(database: &Own, json: &Value) -> String {
    on(database, &["import", "forge.json"]).file("forge.json", &json.to_string()).run().expect(0).out
}

fn one(database: &Own, query: &str) -> String {
    database.lines(query).join("|")
}

/// Everything that the format can say, in a forge of its own.
fn whole_format() -> Value {
    json!({
        "users": [
            {"name": "zoe", "realname": "Zoë 役割 👩‍💻", "email": "zoe@example.org", "password": "p ✓ w", "forge_admin": true},
            {"name": "9.lives_-X", "status": "suspended"},
        ],
        "projects": [{"name": "project-z", "title": "Größe <b>", "trackers": [{"name": "bugs", "title": "Käfer"}, {"name": "wishes"}]}],
        "roles": [
            {"project": "project-z", "name": "Überprüfer ✓", "members": ["zoe"],
                "permissions": {"tracker:bugs": ["read", "vote"], "tracker:wishes": "none"}},
            {"project": "project-z", "name": "Owner", "members": ["zoe", "9.lives_-X"], "permissions": {"project": "admin"}},
            {"project": "project-z", "name": "Visitor", "members": [], "permissions": {"project": "read"}},
            {"project": null, "name": "Root", "members": ["zoe"], "permissions": {"forge": "admin"}},
        ],
        "consumers": [
            {"name": "tool", "url": "http://t.example/", "description": "Werkzeug ✓", "email": "t@example.org",
                "callbacks": ["http://127.0.0.1:1/x"], "key": "schlüssel &=+ %41", "secret": "geheim ✓ &%+", "disabled": true,
                "public_key": PUBLIC_KEY},
            {"name": "made-up", "url": "https://m.example/", "description": "", "email": "m@example.org"},
        ],
    })
}

on_each_database! {
    fn a_second_run_changes_nothing(kind: Database) {
        let database = kind.empty();
        let told = import(&database, &whole_format());
        let secret = database.secrets().into_iter().find(|secret| !secret.contains("geheim")).unwrap();
        assert!(told.contains(&secret), "a made-up secret is told once");
        assert!(!told.contains("geheim"), "a given one is not told again");
        let before = database.dump();
        let told = import(&database, &whole_format());
        assert!(!told.contains(&secret));
        assert_eq!(database.dump(), before);
        on(&database, &["import", "common.json"]).file("common.json", FORGE).run().expect(0);
        let before = database.dump();
        import(&database, &whole_format());
        on(&database, &["import", "common.json"]).file("common.json", FORGE).run().expect(0);
        assert_eq!(database.dump(), before);
        assert_eq!(one(&database, "SELECT key AS line FROM consumers WHERE name = 'tool'"), "schlüssel &=+ %41");
        assert_eq!(one(&database, "SELECT public_key AS line FROM consumers WHERE name = 'tool'").trim(), PUBLIC_KEY.trim());
        assert_eq!(one(&database, "SELECT realname AS line FROM users WHERE name = 'zoe'"), "Zoë 役割 👩‍💻");
        assert_eq!(one(&database, "SELECT name AS line FROM roles WHERE name LIKE '%berpr%'"), "Überprüfer ✓");
    }

    fn an_import_replaces_members_and_states_and_leaves_what_it_does_not_name(kind: Database) {
        let database = kind.filled();
        let members = || one(&database, "SELECT u.name AS line FROM role_members m JOIN users u ON u.id = m.user_id JOIN roles r \
            ON r.id = m.role_id JOIN projects p ON p.id = r.project_id WHERE r.name = 'Reporter' AND p.name = 'project-a' ORDER BY 1");
        let role = |members: Value| {
            let role = json!({"project": "project-a", "name": "Reporter", "members": members, "permissions": {"tracker:bugs": "submit"}});
            json!({"roles": [role]})
        };
        assert_eq!(members(), "alice|bob");
        for (now, expected) in [(json!(["nora"]), "nora"), (json!([]), ""), (json!(["alice", "bob"]), "alice|bob")] {
            import(&database, &role(now));
            assert_eq!(members(), expected);
        }
        let bob = || one(&database, "SELECT status || ' ' || realname || ' ' || email AS line FROM users WHERE name = 'bob'");
        let before = bob();
        assert!(before.starts_with("active Bob"));
        for status in ["suspended", "active"] {
            import(&database, &json!({"users": [{"name": "bob", "status": status}]}));
            assert_eq!(bob(), before.replacen("active", status, 1));
        }
        let enabled = || one(&database, "SELECT CASE WHEN enabled THEN 'yes' ELSE 'no' END AS line FROM consumers WHERE name = 'jenkins_a'");
        let secret = || one(&database, "SELECT key || secret AS line FROM consumers \
            JOIN consumer_secrets ON consumer_id = consumers.id WHERE name = 'jenkins_a'");
        let before = secret();
        for (disabled, expected) in [(json!(true), "no"), (Value::Null, "no"), (json!(false), "yes")] {
            import(&database, &json!({"consumers": [{"name": "jenkins_a", "disabled": disabled}]}));
            assert_eq!((enabled().as_str(), secret()), (expected, before.clone()));
        }
    }

    /// `forge/…` names the roles of the whole forge, so no project may come between.
    fn forge_is_no_projects_name(kind: Database) {
        let database = kind.filled();
        let before = database.dump();
        let file = json!({"projects": [{"name": "new"}, {"name": "forge", "trackers": []}]}).to_string();
        let told = on(&database, &["import", "forge.json"]).file("forge.json", &file).run().complaint();
        assert!(told.contains("projects[1].name: ") && told.contains("forge/"), "{told}");
        assert_eq!(database.dump(), before);
        import(&database, &json!({"projects": [{"name": "forge-2"}, {"name": "my.forge"}]}));

        // Even if there was one, with a role of the same name.
        database.execute("UPDATE projects SET name = 'forge' WHERE name = 'project-b'");
        database.execute("UPDATE roles SET name = 'Everywhere' WHERE name = 'Manager'");
        let issue = |user: &str, role: &str| {
            on(&database, &["token", "issue", "--user", user, "--consumer", "jenkins_a", "--role", role]).run()
        };
        issue("alice", "forge/Everywhere").expect(0);
        let of_the_token = "SELECT coalesce(CAST(r.project_id AS TEXT), 'the whole forge') AS line \
            FROM access_tokens t JOIN roles r ON r.id = t.role_id";
        assert_eq!(one(&database, of_the_token), "the whole forge");
        assert!(issue("bob", "forge/Reporter").complaint().contains("forge/Reporter"));
    }

    /// The credentials of the file are those of the service, whatever characters they hold; and what a command changes
    /// holds for a service that is running.
    fn a_key_and_a_secret_of_any_characters_sign(kind: Database) {
        let database = kind.filled();
        import(&database, &json!({"consumers": [{"name": "tool", "url": "http://t.example/", "description": "d", "email": "t@example.org",
            "key": "schlüssel &=+ %41", "secret": "geheim ✓ &%+"}]}));
        let service = on(&database, &["serve", "--listen", "127.0.0.1:0"]).serve();
        let tool = Tool::new(&service.base, "schlüssel &=+ %41", "geheim ✓ &%+");
        tool.ask("oob").send().expect(200);
        import(&database, &json!({"consumers": [{"name": "tool", "disabled": true}]}));
        tool.ask("oob").send().expect_problem(401, "consumer_key_rejected");
        on(&database, &["consumer", "enable", "tool"]).run().expect(0);
        tool.ask("oob").send().expect(200);
        on(&database, &["consumer", "rotate", "tool"]).run().expect(0);
        tool.ask("oob").send().expect(200);
        on(&database, &["consumer", "retire", "tool"]).run().expect(0);
        tool.ask("oob").send().expect_problem(401, "signature_invalid");
        on(&database, &["consumer", "remove", "tool"]).run().expect(0);
        tool.ask("oob").send().expect_problem(401, "consumer_key_unknown");
    }
}
