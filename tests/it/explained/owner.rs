//! Who looks after a tool.

use serde_json::{Value, json};

use super::ECHO;
use crate::support::{Forge, PLUGIN, Program, element, on_both_databases, on_each_database, text_of};

on_each_database! {
    fn is_said_at_registration_and_by_import(kind: Database) {
        let database = kind.filled();
        let add = |owner: &str| {
            let fields = ["consumer", "add", "--name", "c", "--url", "http://c/", "--description", "d", "--email", "e@x"];
            Program::new(&fields).arg("--owner").arg(owner).arg("--database-url").arg(&database.url).run()
        };
        assert!(add("nobody").complaint().contains("there is no user"));
        add("bob").expect(0);
        let owner = |name: &str| {
            let show = Program::new(&["consumer", "show", name, "--json", "--database-url"]).arg(&database.url);
            show.run().expect(0).json()["owner"].clone()
        };
        assert_eq!(owner("c"), "bob");
        assert_eq!(owner("jenkins_a"), serde_json::Value::Null);
        let import = |json: &str| {
            Program::new(&["import", "f.json", "--database-url"]).arg(&database.url).file("f.json", json).run()
        };
        import(r#"{"consumers": [{"name": "c", "owner": "nora"}]}"#).expect(0);
        assert_eq!(owner("c"), "nora");
        import(r#"{"consumers": [{"name": "c", "description": "other"}]}"#).expect(0);
        assert_eq!(owner("c"), "nora");
        let told = import(r#"{"consumers": [{"name": "c", "owner": "nobody"}]}"#).complaint();
        assert!(told.contains("consumers[0].owner"), "{told}");
        database.execute("DELETE FROM users WHERE name = 'nora'");
        assert_eq!(owner("c"), serde_json::Value::Null);
    }
}

/// Who was made the owner of something, by whom and why.
fn changes(forge: &Forge) -> Vec<(Value, Value, Value)> {
    let list = Program::new(&["audit", "export", "--database-url"]).arg(forge.database_url()).run().expect(0).out;
    let entries = list.lines().map(|line| serde_json::from_str(line).unwrap());
    let changed = entries.filter(|entry: &Value| entry["action"] == "consumer.changed");
    changed.map(|e| (e["actor"]["kind"].clone(), e["details"]["owner"].clone(), e["reason"].clone())).collect()
}

mod on_the_command_line {
    use super::*;

    on_both_databases! {
        fn is_changed_by_a_command_and_the_log_says_so(forge: Forge) {
            let owner = |arguments: &[&str]| {
                let words = [&["consumer", "owner", "jenkins_a", "--json"], arguments].concat();
                Program::new(&words).arg("--database-url").arg(forge.database_url()).run()
            };
            let told = |arguments: &[&str]| owner(arguments).expect(0).json();
            assert_eq!(told(&[]), json!({"name": "jenkins_a", "owner": null}));
            assert_eq!(told(&["bob", "--reason", "he asked"]), json!({"name": "jenkins_a", "owner": "bob"}));
            // The same again is no change.
            assert_eq!(told(&["bob"]), told(&[]));
            assert!(owner(&["nobody"]).complaint().contains("there is no user"));
            owner(&["bob", "--none"]).expect(2);
            let refusals = || text_of(&forge.browser_of("bob").get(&format!("{PLUGIN}/refusals")).expect(200).text());
            forge.jenkins_a_for_alice().request("GET", ECHO).tampered("oauth_signature", Some("AAAA")).send().expect(401);
            assert!(refusals().contains("signature_invalid"));
            assert_eq!(told(&["--none"]), json!({"name": "jenkins_a", "owner": null}));
            assert!(!refusals().contains("signature_invalid"));
            let by_operator = |owner: Value, reason: Value| (json!("operator"), owner, reason);
            let expected = [by_operator(json!("bob"), json!("he asked")), by_operator(Value::Null, Value::Null)];
            assert_eq!(changes(&forge), expected);
        }
    }
}

mod at_the_pages {
    use super::*;

    on_both_databases! {
        fn is_changed_by_an_administrator(forge: Forge) {
            let admin = forge.browser_of("admin");
            let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
            let is_nobodys = || admin.get(&page).expect(200).text().contains(">nobody in particular</span>");
            let to = |owner: &str| admin.edit(&page, &[("owner", owner), ("reason", "he asked")]);
            assert!(is_nobodys());
            assert_eq!(to(" bob ").expect(302).header("Location"), Some(&*page));
            assert!(!is_nobodys());
            let mistyped = to("no<body").expect(422).text();
            assert!(element(&mistyped, "owner-error").is_some() && mistyped.contains("value=\"no&lt;body\""), "{mistyped}");
            assert_eq!(element(&mistyped, "networks-error"), None);
            // A form without the field must not take it from its owner.
            let csrf_token = admin.csrf_token();
            admin.post(&format!("{page}/edit"), &[("csrf_token", &csrf_token), ("url", "http://x.example/")]).expect(400);
            let bob = forge.browser_of("bob");
            bob.post(&format!("{page}/edit"), &[("csrf_token", &bob.csrf_token()), ("owner", "bob")]).expect(403);
            to(" ").expect(302);
            assert!(is_nobodys());
            let by_admin = |owner: Value| (json!("user"), owner, json!("he asked"));
            assert_eq!(changes(&forge), [by_admin(json!("bob")), by_admin(Value::Null)]);
        }

        fn is_shown_on_its_page_and_moves_no_epoch(forge: Forge) {
            let admin = forge.browser_of("admin");
            let epoch = || forge.database().lines("SELECT CAST(epoch AS TEXT) AS line FROM ledger");
            let form = [
                ("csrf_token", admin.csrf_token()),
                ("name", "owned".to_owned()),
                ("url", "http://ci.example/".to_owned()),
                ("description", "Builds".to_owned()),
                ("email", "ci@example.org".to_owned()),
                ("owner", "bob".to_owned()),
            ];
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            admin.post(&format!("{PLUGIN}/consumers"), &form).expect(200).credentials();
            let before = epoch();
            let mut unknown = form.clone();
            unknown[1].1 = "another";
            unknown[5].1 = "nobody";
            let html = admin.post(&format!("{PLUGIN}/consumers"), &unknown).expect(422).text();
            assert!(element(&html, "owner-error").is_some(), "{html}");
            let page = admin.get(&format!("{PLUGIN}/consumers/{}", forge.consumer_id("owned"))).expect(200).text();
            assert!(text_of(&page.replace('<', " <")).contains("bob"), "{page}");
            forge.sql("DELETE FROM consumer_owners");
            admin.get(&format!("{PLUGIN}/refusals/{}", forge.anonymous().get(ECHO).refusal())).expect(200);
            assert_eq!(epoch(), before);
        }
    }
}
