//! What leaves an entry, and what it says.

use oauthprovider::provider::consumers;
use serde_json::{Value, json};

use super::{command, holds, of, said, short};
use crate::support::{Browser, CALLBACK, PLUGIN, Program, on_both_databases, operator};

fn post(browser: &Browser, path: &str, reason: &str) {
    let form = [("csrf_token", &*browser.csrf_token()), ("reason", reason)];
    browser.post(&format!("{PLUGIN}/{path}"), &form).expect(302);
}

const ADMIN: [&str; 2] = ["user", "admin"];
const ALICE: [&str; 2] = ["user", "alice"];
const JENKINS: [&str; 2] = ["consumer", "jenkins_a"];

on_both_databases! {
    fn every_step_of_the_dance_is_in_it(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let entries = said(&forge, || {
            let granted = jenkins.request_token(CALLBACK);
            let verifier = alice.authorize(&granted, "Reporter/Project A");
            jenkins.exchange(&granted, "wrong").send().expect(401);
            let token = jenkins.exchange(&granted, &verifier).send().expect(200).token();
            // Using it, well or badly, leaves none.
            jenkins.with(&token).echo().expect(200);
            jenkins.echo().expect(400);
            jenkins.exchange(&granted, &verifier).send().expect(401);
            alice.decide(&jenkins.request_token(CALLBACK), "Reporter/Project A", "deny").expect(302);
            alice.authorize(&jenkins.request_token(CALLBACK), "Reporter/Project A");
            for list in ["request_tokens", "access_tokens"] {
                let page = alice.get(&format!("{PLUGIN}/{list}")).expect(200).text();
                let path = page.split("/revoke\"").next().unwrap().rsplit("oauthprovider/").next().unwrap();
                post(&alice, &format!("{path}/revoke"), "");
            }
        });
        let between = |action: &str, actor: [&str; 2]| of(action, actor, Some("alice"), Some("jenkins_a"));
        assert_eq!(
            short(&entries),
            [
                between("decision.authorized", ALICE),
                between("verifier.refused", JENKINS),
                between("token.issued", JENKINS),
                between("decision.denied", ALICE),
                between("decision.authorized", ALICE),
                between("decision.revoked", ALICE),
                between("token.revoked", ALICE),
            ]
        );
        for granted in [0, 2, 4] {
            assert_eq!(entries[granted]["details"]["role"], "project-a/Reporter");
        }
        assert_eq!(entries[1]["details"], json!({"attempt": 1, "ended": false}));
        assert!(entries.iter().all(|entry| entry["address"] == "127.0.0.1"), "{entries:?}");
        holds(&forge);
    }

    fn what_an_admin_does_at_the_pages_is_in_it_with_the_reason(forge: Forge) {
        let admin = forge.browser_of("admin");
        let entries = said(&forge, || {
            admin.register("jenkins_c").expect(200);
            admin.register("jenkins_c").expect(422);
            let path = format!("consumers/{}", forge.consumer_id("jenkins_c"));
            let done = [("disable", " it floods us "), ("disable", "twice"), ("enable", ""), ("remove", "ü ✓")];
            for (verb, reason) in done {
                post(&admin, &format!("{path}/{verb}"), reason);
            }
        });
        let done = |verb: &str| of(&format!("consumer.{verb}"), ADMIN, None, Some("jenkins_c"));
        assert_eq!(short(&entries), ["registered", "shown", "disabled", "enabled", "removed"].map(done));
        let reasons: Vec<&Value> = entries.iter().map(|entry| &entry["reason"]).collect();
        assert_eq!(reasons, [&json!(null), &json!(null), &json!("it floods us"), &json!(null), &json!("ü ✓")]);
        assert_eq!(entries[0]["details"]["url"], "http://ci.example/");
        assert_eq!(entries[4]["details"], json!({"live_tokens": 0}));
        holds(&forge);
    }

    fn what_an_operator_does_is_in_it_with_the_systems_name_and_the_reason(forge: Forge) {
        let run = |arguments: &[&str]| command(&forge, arguments).expect(0);
        let entries = said(&forge, || {
            run(&["consumer", "rotate", "jenkins_b", "--reason", "stolen"]);
            run(&["consumer", "disable", "jenkins_b"]);
            run(&["consumer", "show", "jenkins_a"]);
            let role = ["--role", "project-a/Reporter", "--reason", "for the nightly build"];
            let issued = run(&[&["token", "issue", "--user", "bob", "--consumer", "jenkins_a"][..], &role].concat());
            run(&["token", "revoke", &issued.json()["id"].to_string()]);
            run(&["consumer", "remove", "jenkins_b"]);
        });
        let system_name = entries[0]["actor"]["name"].as_str().unwrap().to_owned();
        assert!(!system_name.is_empty());
        let me = ["operator", &*system_name];
        assert_eq!(
            short(&entries),
            [
                of("consumer.rotated", me, None, Some("jenkins_b")),
                of("consumer.shown", me, None, Some("jenkins_b")),
                of("consumer.disabled", me, None, Some("jenkins_b")),
                of("consumer.shown", me, None, Some("jenkins_a")),
                of("token.issued", me, Some("bob"), Some("jenkins_a")),
                of("token.revoked", me, Some("bob"), Some("jenkins_a")),
                of("consumer.removed", me, None, Some("jenkins_b")),
            ]
        );
        assert_eq!((&entries[0]["reason"], &entries[4]["reason"]), (&json!("stolen"), &json!("for the nightly build")));
        assert!(entries.iter().all(|entry| entry["address"].is_null()));
        for bad in ["two\nlines", &"x".repeat(501)] {
            let told = command(&forge, &["consumer", "rotate", "jenkins_a", "--reason", bad]).complaint();
            assert!(told.contains("--reason"), "{told}");
        }
    }

    fn an_import_says_what_it_changed_and_a_second_one_nothing(forge: Forge) {
        let changes = r#"{
            "users": [{"name": "bob", "status": "suspended"}, {"name": "carol", "password": "wonderland"}],
            "projects": [{"name": "project-a"}, {"name": "project-b", "status": "archived"}],
            "roles": [{"project": "project-a", "name": "Reporter", "members": ["alice", "carol"],
                "permissions": {"tracker:bugs": "technician"}}],
            "consumers": [{"name": "jenkins_a", "secret": "another secret", "disabled": true}]
        }"#;
        let import = || {
            let import = Program::new(&["import", "f.json", "--reason", "spring", "--database-url"]);
            import.arg(forge.database_url()).file("f.json", changes).run().expect(0);
        };
        let entries = said(&forge, import);
        let actions: Vec<&str> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        let of_people = ["user.changed", "user.added", "project.archived", "role.changed", "role.given", "role.taken"];
        assert_eq!(actions, [&of_people[..], &["consumer.changed", "consumer.disabled"]].concat());
        assert_eq!(entries[0]["details"], json!({"status": "suspended"}));
        assert_eq!(entries[3]["details"], json!({"permissions": {"tracker:bugs": "technician"}}));
        let members: Vec<&Value> = entries[4..6].iter().map(|entry| &entry["user"]["name"]).collect();
        assert_eq!(members, ["carol", "bob"]);
        assert_eq!(entries[4]["object"]["name"], "project-a/Reporter");
        assert_eq!(entries[6]["details"], json!({"secret": "replaced"}));
        assert!(entries.iter().all(|entry| entry["reason"] == "spring"));
        assert_eq!(said(&forge, import), [Value::Null; 0]);
        let wrong = Program::new(&["import", "f.json", "--database-url"]).arg(forge.database_url());
        let half = r#"{"users": [{"name": "dora"}], "roles": [{"project": "nowhere", "name": "R"}]}"#;
        assert_eq!(said(&forge, || _ = wrong.file("f.json", half).run().complaint()), [Value::Null; 0]);
        holds(&forge);
    }

    fn what_a_user_calls_a_token_is_in_it_when_it_is_another_name(forge: Forge) {
        let alice = forge.browser_of("alice");
        forge.jenkins_a_for_alice().echo().expect(200);
        let page = alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
        let path = page.split("/label\"").next().unwrap().rsplit("action=\"").next().unwrap();
        let name = |browser: &Browser, label: &str| {
            let form = [("csrf_token", &*browser.csrf_token()), ("label", label)];
            browser.post(&format!("{path}/label"), &form)
        };
        let bob = forge.browser_of("bob");
        let entries = said(&forge, || {
            for label in ["nightly", " nightly ", "release", "", ""] {
                name(&alice, label).expect(302);
            }
            name(&bob, "mine").expect(404);
            name(&alice, "two\nlines").expect(422);
        });
        assert_eq!(short(&entries), [0; 3].map(|_| of("token.renamed", ALICE, Some("alice"), Some("jenkins_a"))));
        let details: Vec<&Value> = entries.iter().map(|entry| &entry["details"]["label"]).collect();
        assert_eq!(details, [&json!("nightly"), &json!("release"), &Value::Null]);
        let id: i64 = path.rsplit('/').next().unwrap().parse().unwrap();
        assert!(entries.iter().all(|entry| entry["object"]["id"] == id), "{entries:?}");
        holds(&forge);
    }

    fn an_import_says_what_there_is_to_have_rights_on_and_who_gets_them_at_once(forge: Forge) {
        let import = |json: &str| {
            let import = Program::new(&["import", "f.json", "--reason", "spring", "--database-url"]);
            import.arg(forge.database_url()).file("f.json", json).run().expect(0);
        };
        import(r#"{"roles": [
            {"project": "project-b", "name": "Keepers", "permissions": {"project": "admin"}},
            {"project": null, "name": "Everywhere", "permissions": {"forge": "admin"}},
            {"project": "project-b", "name": "Guests", "permissions": {"project": "read"}}
        ]}"#);
        let changes = r#"{"projects": [
            {"name": "project-b", "title": "B, again", "trackers": [{"name": "wishes", "title": "Wishes"}]},
            {"name": "project-c", "trackers": [{"name": "bugs"}]}
        ]}"#;
        let entries = said(&forge, || import(changes));
        let one = |entry: &Value| [&entry["action"], &entry["object"]["kind"], &entry["object"]["name"]].map(Value::clone);
        assert_eq!(
            entries.iter().map(one).collect::<Vec<_>>(),
            [
                ["project.changed", "project", "project-b"],
                ["tracker.added", "tracker", "project-b/wishes"],
                ["project.added", "project", "project-c"],
                ["tracker.added", "tracker", "project-c/bugs"],
            ]
            .map(|words| words.map(|word| json!(word)))
        );
        let all = json!(["read", "tech", "manager", "submit", "vote"]);
        let details: Vec<&Value> = entries.iter().map(|entry| &entry["details"]).collect();
        assert_eq!(
            details,
            [
                &json!({"title": "B, again"}),
                &json!({"title": "Wishes", "rights": {"project-b/Keepers": all, "forge/Everywhere": all}}),
                &json!({"title": "project-c"}),
                &json!({"title": "bugs", "rights": {"forge/Everywhere": all}}),
            ]
        );
        assert!(entries.iter().all(|entry| entry["reason"] == "spring" && entry["actor"]["kind"] == "operator"));
        assert_eq!(said(&forge, || import(changes)), [Value::Null; 0]);
        let retitled = r#"{"projects": [{"name": "project-c", "trackers": [{"name": "bugs", "title": "Beetles"}]}]}"#;
        let entries = said(&forge, || import(retitled));
        assert_eq!(one(&entries[0]), ["tracker.changed", "tracker", "project-c/bugs"].map(|word| json!(word)));
        assert_eq!((entries.len(), &entries[0]["details"]), (1, &json!({"title": "Beetles"})));
        holds(&forge);
    }

    fn logging_in_and_out_and_failing_to_are_in_it(forge: Forge) {
        let fail = |user: &str| forge.anonymous().post("/login", &[("username", user), ("password", "wrong")]);
        let entries = said(&forge, || {
            let alice = forge.browser_of("alice");
            alice.post("/logout", &[("csrf_token", &alice.csrf_token())]).expect(302);
            for _ in 0..11 {
                fail("bob");
            }
            fail("a password in the wrong field").expect(401);
        });
        let mut expected = vec![
            of("session.opened", ALICE, Some("alice"), None),
            of("session.closed", ALICE, Some("alice"), None),
        ];
        let refused = json!("session.refused");
        let nobody = |user: Option<&str>| [refused.clone(), json!("nobody"), Value::Null, json!(user), Value::Null];
        // Who is told to wait is not written down.
        expected.extend((0..10).map(|_| nobody(Some("bob"))));
        expected.push(nobody(None));
        assert_eq!(short(&entries), expected);
        let written = forge.database().lines("SELECT details || coalesce(object_name, '') AS line FROM audit_log");
        assert!(!written.concat().contains("wrong field"));
    }

    fn the_same_look_within_a_minute_is_one(forge: Forge) {
        let (admin, alice) = (forge.browser_of("admin"), forge.browser_of("alice"));
        let path = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
        let entries = said(&forge, || {
            for browser in [&admin, &admin, &alice, &admin] {
                browser.get(&path).expect(200);
                browser.get(&format!("{path}/remove")).expect(200);
            }
        });
        let shown = |who: [&str; 2]| of("consumer.shown", who, None, Some("jenkins_a"));
        assert_eq!(short(&entries), [shown(ADMIN), shown(ALICE)]);
        let looks = said(&forge, || {
            for at in [1_000_000, 1_000_060, 1_000_061] {
                let look = forge.store().blocking(|conn| {
                    let consumer = consumers::named(conn, "jenkins_a")?;
                    consumers::is_looked_at(conn, &consumer, &operator(at))
                });
                look.unwrap_or_else(|error| panic!("{error}"));
            }
        });
        assert_eq!(looks.iter().map(|look| &look["at"]).collect::<Vec<_>>(), [1_000_000, 1_000_061]);
    }
}
