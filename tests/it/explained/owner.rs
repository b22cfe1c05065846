//! Who looks after a tool.

use super::ECHO;
use crate::support::{PLUGIN, Program, element, on_both_databases, on_each_database, text_of};

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

mod at_the_pages {
    use super::*;

    on_both_databases! {
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
