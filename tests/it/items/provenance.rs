//! What an item remembers: through what it was filed, and what became of it by whom.

use oauthprovider::{
    ids::{AccessTokenId, ItemId},
    store::{
        self, Connection, Error, ItemPart,
        items::{self, Item, history::Changed},
    },
};
use serde_json::json;

use crate::support::{Forge, on_both_databases};

fn item(forge: &Forge, id: i64) -> (Item, Vec<Changed>) {
    let read = |conn: &mut Connection| {
        let tracker = store::trackers::by_name(conn, "project-a", "bugs")?.unwrap().id;
        let item = items::by_id(conn, tracker, ItemId(id))?.unwrap();
        let mut history = items::history::of(conn, ItemId(id), None, 100)?;
        history.reverse();
        Ok::<_, Error>((item, history))
    };
    forge.store().blocking(read).unwrap()
}

fn token_id(forge: &Forge, key: &str) -> AccessTokenId {
    let found = forge.store().blocking(|conn| store::access_tokens::with_secret(conn, key)).unwrap();
    found.unwrap().0.id
}

on_both_databases! {
    fn an_item_remembers_the_tool_the_role_and_the_token_that_filed_it(forge: Forge) {
        let token = forge.token("alice", "jenkins_a", "project-a/Reporter");
        let id = token_id(&forge, &token.key);
        let tool = forge.jenkins_a().with(&token);
        for (path, body) in [
            (super::ITEMS, json!({"summary": "by the interface"})),
            (super::OSLC, json!({"dcterms:title": "by the plugin"})),
        ] {
            let filed = tool.post_json(path, &body).expect(201).json()["id"].as_i64().unwrap();
            let (item, history) = item(&forge, filed);
            assert_eq!((item.submitter.as_str(), item.consumer.as_deref()), ("alice", Some("jenkins_a")));
            assert_eq!((item.role.as_deref(), item.token), (Some("project-a/Reporter"), Some(id)));
            assert!(history.is_empty());
        }
    }

    fn the_history_says_what_was_changed_by_whom_and_through_what(forge: Forge) {
        let filer = forge.jenkins_a_for_alice();
        let token = forge.token("alice", "jenkins_b", "forge/Everywhere");
        let changer = forge.tool("jenkins_b").with(&token);
        let filed = filer.post_json(super::ITEMS, &json!({"summary": "a", "details": "b"})).expect(201).json();
        let (one, id) = (format!("{}/{}", super::ITEMS, filed["id"]), filed["id"].as_i64().unwrap());
        let before = oauthprovider::clock::now();
        changer.patch_json(&one, &json!({"status": "closed", "summary": "c", "details": "b"})).expect(200);
        changer.patch_json(&one, &json!({"priority": 3, "status": "closed"})).expect(200);
        changer.patch_json(&one, &json!({"priority": 5})).expect(200);

        let (item, history) = item(&forge, id);
        assert_eq!(item.consumer.as_deref(), Some("jenkins_a"), "who filed it is still who filed it");
        let told: Vec<_> =
            history.iter().map(|change| (change.part, change.before.as_str(), change.after.as_str())).collect();
        let expected =
            [(ItemPart::Summary, "a", "c"), (ItemPart::Status, "open", "closed"), (ItemPart::Priority, "3", "5")];
        assert_eq!(told, expected, "what stayed the same is not there");
        for change in &history {
            assert_eq!((change.user.as_str(), change.consumer.as_deref()), ("alice", Some("jenkins_b")));
            assert_eq!(change.role.as_deref(), Some("forge/Everywhere"));
            assert_eq!(change.token, Some(token_id(&forge, &token.key)));
            assert!(change.at >= before);
        }
    }

    fn what_is_refused_leaves_no_history(forge: Forge) {
        let reporter = forge.jenkins_a_for_alice();
        let filed = reporter.post_json(super::ITEMS, &json!({"summary": "a"})).expect(201).json();
        let one = format!("{}/{}", super::ITEMS, filed["id"]);
        reporter.patch_json(&one, &json!({"status": "closed"})).expect(403);
        super::manager(&forge).patch_json(&one, &json!({"summary": " "})).expect(422);
        let before = item(&forge, filed["id"].as_i64().unwrap());
        assert!(before.1.is_empty() && before.0.summary == "a");
    }

    fn what_was_filed_stays_with_its_names_when_tool_and_token_are_gone(forge: Forge) {
        let filed = forge.jenkins_a_for_alice().post_json(super::ITEMS, &json!({"summary": "a"})).expect(201).json();
        let id = filed["id"].as_i64().unwrap();
        let before = item(&forge, id).0;
        forge.sql("DELETE FROM consumers WHERE name = 'jenkins_a'");
        let after = item(&forge, id).0;
        assert_eq!((after.consumer.as_deref(), after.role), (Some("jenkins_a"), before.role));
        assert_eq!((after.token, after.token.is_some()), (before.token, true));
    }
}
