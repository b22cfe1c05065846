//! The commands, run as the program that people run: exit codes, one line of explanation, and JSON of the promised keys.

mod configuration;
mod import;
mod terminal;

use serde_json::{Value, json};

use crate::support::{Own, Program, on_each_database};

/// Runs a command on a database.
fn on(database: &Own, arguments: &[&str]) -> Program {
    Program::new(arguments).arg("--database-url").arg(&database.url)
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

const ADD: [&str; 10] = [
    "consumer",
    "add",
    "--name",
    "jenkins_c",
    "--url",
    "http://ci-c.example/",
    "--description",
    "Baut C ✓",
    "--email",
    "ci@example.org",
];

on_each_database! {
    fn a_consumer_is_registered_shown_rotated_disabled_and_removed(kind: Database) {
        let database = kind.filled();
        let added = on(&database, &ADD).arg("--callback").arg("http://127.0.0.1:9/c").arg("--callback").arg("https://c.example/d")
            .arg("--json").run().expect(0).json();
        assert_eq!(keys(&added), ["key", "name", "secret"]);
        assert_eq!(added["name"], "jenkins_c");
        assert!(added["key"].as_str().unwrap().len() >= 22 && added["secret"].as_str().unwrap().len() >= 22);
        assert_ne!(added["key"], added["secret"]);

        let shown = on(&database, &["consumer", "show", "jenkins_c", "--json"]).run().expect(0).json();
        assert_eq!((&shown["name"], &shown["key"]), (&added["name"], &added["key"]));
        assert_eq!(shown["callbacks"], json!(["http://127.0.0.1:9/c", "https://c.example/d"]));
        assert_eq!((&shown["description"], &shown["email"]), (&json!("Baut C ✓"), &json!("ci@example.org")));

        let rotated = on(&database, &["consumer", "rotate", "jenkins_c", "--json"]).run().expect(0).json();
        assert_eq!(keys(&rotated), ["key", "name", "secret"]);
        assert_eq!((&rotated["key"], rotated["secret"] != added["secret"]), (&added["key"], true));
        assert_eq!(database.secrets().iter().filter(|one| **one == rotated["secret"]).count(), 1);

        let enabled = || on(&database, &["consumer", "show", "jenkins_c", "--json"]).run().expect(0).json()["enabled"].clone();
        for (command, expected) in [("disable", false), ("disable", false), ("enable", true), ("enable", true)] {
            on(&database, &["consumer", command, "jenkins_c"]).run().expect(0);
            assert_eq!(enabled(), expected, "{command}");
        }
        on(&database, &["consumer", "remove", "jenkins_c"]).run().expect(0);
        for command in ["show", "rotate", "retire", "rotate-back", "disable", "enable", "remove"] {
            let told = on(&database, &["consumer", command, "jenkins_c"]).run().complaint();
            assert!(told.contains("jenkins_c"), "{command}: {told}");
        }
    }

    /// Pitfall 34: what lists and shows never holds a secret, for people or for machines.
    fn pitfall_34_no_list_shows_a_secret(kind: Database) {
        let database = kind.filled();
        let issue = ["token", "issue", "--user", "alice", "--consumer", "jenkins_a", "--role", "project-a/Reporter", "--json"];
        let issued = on(&database, &issue).run().expect(0).json();
        assert_eq!(keys(&issued), ["id", "token", "token_secret"]);
        let hidden = database.secrets();
        assert!(hidden.contains(&issued["token_secret"].as_str().unwrap().to_owned()) && hidden.len() == 3);
        for command in [
            &["consumer", "list"][..], &["consumer", "list", "--json"], &["consumer", "show", "jenkins_a"],
            &["consumer", "show", "jenkins_a", "--json"], &["consumer", "disable", "jenkins_a", "--json"],
            &["consumer", "enable", "jenkins_a"], &["token", "list"], &["token", "list", "--json"],
            &["consumer", "show", "nobody"], &["token", "revoke", "999"], &["migrate"],
        ] {
            let outcome = on(&database, command).run();
            let printed = format!("{}{}", outcome.out, outcome.err);
            assert!(!hidden.iter().any(|secret| printed.contains(secret.as_str())), "{command:?} printed a secret");
        }
        let listed = on(&database, &["consumer", "list", "--json"]).run().expect(0).json();
        let names: Vec<_> = listed.as_array().unwrap().iter().map(|consumer| consumer["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["jenkins_a", "jenkins_b"]);
    }

    fn tokens_are_issued_listed_and_revoked(kind: Database) {
        let database = kind.filled();
        let issue = |user: &str, consumer: &str, role: &str| {
            on(&database, &["token", "issue", "--user", user, "--consumer", consumer, "--role", role, "--json"]).run()
        };
        let first = issue("alice", "jenkins_a", "project-a/Reporter").expect(0).json();
        let second = issue("alice", "jenkins_b", "forge/Everywhere").expect(0).json();
        let third = issue("bob", "jenkins_a", "project-a/Reporter").expect(0).json();
        let list = |filter: &[&str]| {
            let listed = on(&database, &[&["token", "list", "--json"], filter].concat()).run().expect(0).json();
            let mut ids: Vec<i64> = listed.as_array().unwrap().iter().map(|token| token["id"].as_i64().unwrap()).collect();
            ids.sort_unstable();
            (ids, listed)
        };
        let id = |token: &Value| token["id"].as_i64().unwrap();
        for (filter, expected) in [
            (&[][..], vec![&first, &second, &third]), (&["--user", "alice"], vec![&first, &second]),
            (&["--consumer", "jenkins_a"], vec![&first, &third]), (&["--user", "bob", "--consumer", "jenkins_b"], vec![]),
            (&["--user", "nobody"], vec![]),
        ] {
            assert_eq!(list(filter).0, expected.into_iter().map(id).collect::<Vec<_>>(), "{filter:?}");
        }
        let (_, listed) = list(&["--user", "bob"]);
        for key in ["id", "key", "user", "consumer", "role", "created"] {
            assert!(listed[0].get(key).is_some_and(|value| !value.is_null()), "{key} in {listed}");
        }
        assert_eq!((&listed[0]["key"], &listed[0]["user"]), (&third["token"], &json!("bob")));
        assert_eq!((&listed[0]["consumer"], &listed[0]["role"]), (&json!("jenkins_a"), &json!("project-a/Reporter")));
        assert_eq!(list(&["--consumer", "jenkins_b"]).1[0]["role"], "forge/Everywhere");

        on(&database, &["token", "revoke", &id(&first).to_string()]).run().expect(0);
        assert_eq!(list(&["--user", "alice"]).0, [id(&second)]);
        on(&database, &["token", "revoke", "999999"]).run().complaint();
        on(&database, &["token", "revoke", "first"]).run().expect(2);
        for (user, consumer, role, named) in [
            ("nobody", "jenkins_a", "project-a/Reporter", "nobody"), ("alice", "nothing", "project-a/Reporter", "nothing"),
            ("alice", "jenkins_a", "project-a/Nothing", "project-a/Nothing"), ("alice", "jenkins_a", "Reporter", "Reporter"),
            ("alice", "jenkins_a", "forge/Reporter", "forge/Reporter"), ("bob", "jenkins_a", "project-a/Reader", "Reader"),
        ] {
            let told = issue(user, consumer, role).complaint();
            assert!(told.contains(named), "{told}");
        }
        assert_eq!(list(&[]).0.len(), 2);
    }

    fn migrating_twice_is_migrating_once(kind: Database) {
        let database = kind.empty();
        on(&database, &["migrate"]).run().expect(0);
        let (tables, dump) = (database.tables(), database.dump());
        assert!(tables.len() >= 10 && tables.contains(&"nonces".to_owned()), "{tables:?}");
        on(&database, &["migrate"]).run().expect(0);
        assert_eq!((database.tables(), database.dump()), (tables, dump));
    }

    /// Each of these is a mistake of content: exit 1, one line that names the field, nothing registered.
    fn a_registration_that_makes_no_sense_is_refused_in_one_line(kind: Database) {
        let database = kind.filled();
        let before = database.dump();
        for (position, value, named) in [
            (3, "jenkins_a", "name"), (3, "a b", "name"), (3, "-x", "name"), (3, "", "name"), (3, "abcde<b>", "name"),
            (5, "javascript:alert(1)", "url"), (5, "ci.example", "url"), (7, "a\nb", "description"), (9, "nobody", "email"),
        ] {
            let mut arguments = ADD;
            let joined = format!("{}={value}", ADD[position - 1]);
            arguments[position - 1] = &joined;
            let arguments: Vec<&str> = arguments.iter().enumerate().filter(|(at, _)| *at != position).map(|(_, one)| *one).collect();
            let told = on(&database, &arguments).run().complaint();
            assert!(told.contains(named), "{value:?}: {told}");
        }
        for callback in ["javascript:alert(1)", "http://u:p@c.example/", "http://c.example/#f", "/path", "data:text/html,x"] {
            let told = on(&database, &ADD).arg("--callback").arg(callback).run().complaint();
            assert!(told.contains("callback"), "{told}");
        }
        let told = on(&database, &ADD).arg("--public-key").arg("nothing.pem").run().complaint();
        assert!(told.contains("nothing.pem"), "{told}");
        let told = on(&database, &ADD).arg("--public-key").arg("key.pem").file("key.pem", "no key").run().complaint();
        assert!(told.contains("key"), "{told}");
        assert_eq!(database.dump(), before);
    }
}

#[test]
fn wrong_usage_is_2_and_asking_for_help_is_not_wrong() {
    for arguments in [
        &[][..],
        &["frobnicate"],
        &["serve", "--port", "80"],
        &["consumer"],
        &["consumer", "add", "--name", "x"],
        &["consumer", "show"],
        &["token", "revoke"],
        &["token", "issue", "--user", "a"],
        &["import"],
        &["migrate", "now"],
        &["--config"],
        &["migrate", "--json"],
    ] {
        let outcome = Program::new(arguments).run().expect(2);
        assert!(!outcome.err.is_empty() && outcome.out.is_empty(), "{outcome:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["serve", "--help"], &["consumer", "add", "--help"]] {
        assert!(!Program::new(arguments).run().expect(0).out.is_empty());
    }
}

#[test]
fn a_command_that_only_looks_makes_no_database() {
    for arguments in
        [&["consumer", "list"][..], &["token", "list"], &["consumer", "show", "x"], &["token", "revoke", "1"]]
    {
        let program = Program::new(arguments).arg("--database-url").arg("sqlite:not-there.db");
        assert!(program.run().complaint().contains("not-there.db"));
    }
}
