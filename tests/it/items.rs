//! The signed JSON interface: items, lists, the Jenkins plugin's way of filing, and who one is.

mod closing;
mod lists;
mod mistakes;
mod pages;
mod provenance;

use oauthprovider::{
    ids::{TrackerId, UserId},
    store::{Store, items, trackers},
};
use serde_json::{Value, json};

use crate::support::{Forge, Tool, on_both_databases};

const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";
const OSLC: &str = "/plugins/oslc/cm/project/project-a/tracker/bugs";

/// A tool that may do everything.
fn manager(forge: &Forge) -> Tool {
    forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"))
}

/// Files items without a request for each, and gives their numbers.
fn file_many(store: &Store, count: usize) -> Vec<i64> {
    let file = |conn: &mut oauthprovider::store::Connection| {
        let tracker = trackers::by_name(conn, "project-a", "bugs")?.unwrap().id;
        let user = oauthprovider::store::users::by_name(conn, "bob")?.unwrap().id;
        conn.write(|tx| (0..count).map(|_| Ok(one(tx, tracker, user)?.0)).collect())
    };
    store.blocking::<_, oauthprovider::store::Error>(file).unwrap()
}

fn one(
    tx: &mut oauthprovider::store::Transaction<'_>,
    tracker: TrackerId,
    user: UserId,
) -> Result<oauthprovider::ids::ItemId, oauthprovider::store::Error> {
    let author = items::Author { user, consumer: None, role: None, token: None };
    let new = items::NewItem { summary: "one of many", details: "", priority: 3, author };
    items::file(tx, tracker, &new, oauthprovider::clock::now())
}

fn numbers(list: &Value) -> Vec<i64> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// `2026-11-21T19:00:00Z`: RFC 3339 in UTC, without a fraction that nobody asked for.
fn is_utc_moment(text: &str) -> bool {
    let shape = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        19 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 20 && text.bytes().enumerate().all(shape)
}

on_both_databases! {
    fn a_filed_item_is_told_whole_and_stands_where_location_says(forge: Forge) {
        let tool = manager(&forge);
        let before = oauthprovider::clock::rfc3339(oauthprovider::clock::now());
        let filed = tool
            .post_json(ITEMS, &json!({"summary": "Build 7 broke", "details": "at link", "priority": 5, "other": [1]}))
            .expect(201);
        let item = filed.json();
        assert_eq!(keys(&item), ["consumer", "created", "details", "id", "priority", "status", "submitter", "summary"]);
        let expected = json!({"summary": "Build 7 broke", "details": "at link", "priority": 5, "status": "open",
            "submitter": "alice", "consumer": "jenkins_a", "id": item["id"], "created": item["created"]});
        assert_eq!(item, expected);
        let created = item["created"].as_str().unwrap();
        assert!(is_utc_moment(created) && *created >= *before, "{created} {before}");
        assert_eq!(filed.header("Location"), Some(format!("{}{ITEMS}/{}", forge.base(), item["id"]).as_str()));
        assert_eq!(filed.header("Cache-Control"), Some("no-store"));
        assert_eq!(filed.header("Content-Type"), Some("application/json"));
        assert_eq!(filed.header("Set-Cookie"), None);
        assert_eq!(tool.get(&format!("{ITEMS}/{}", item["id"])).expect(200).json(), item);
        assert_eq!(tool.get(ITEMS).expect(200).json(), json!({"items": [item], "next": null}));

        let plain = tool.post_json(ITEMS, &json!({"summary": "s"})).expect(201).json();
        assert_eq!((&plain["details"], &plain["priority"]), (&json!(""), &json!(3)));
    }

    fn a_change_changes_what_it_names_and_nothing_else(forge: Forge) {
        let tool = manager(&forge);
        let item = tool.post_json(ITEMS, &json!({"summary": "a", "details": "b", "priority": 1})).expect(201).json();
        let one = format!("{ITEMS}/{}", item["id"]);
        let mut expected = item;
        for (field, value) in [
            ("status", json!("closed")),
            ("summary", json!("c")),
            ("details", json!("")),
            ("priority", json!(5)),
            ("status", json!("open")),
        ] {
            expected[field] = value.clone();
            assert_eq!(tool.patch_json(&one, &json!({field: value})).expect(200).json(), expected);
            assert_eq!(tool.get(&one).expect(200).json(), expected);
        }
        assert_eq!(tool.patch_json(&one, &json!({})).expect(200).json(), expected);
    }

    fn a_list_is_newest_first_and_holds_50_or_as_many_as_are_asked_for(forge: Forge) {
        let tool = manager(&forge);
        assert_eq!(tool.get(ITEMS).expect(200).json(), json!({"items": [], "next": null}));
        let mut filed = file_many(forge.store(), 201);
        filed.reverse();
        for (query, count) in [("", 50), ("?limit=1", 1), ("?limit=200", 200), ("?limit=50&other=x", 50)] {
            let list = tool.get(&format!("{ITEMS}{query}")).expect(200).json();
            assert_eq!(keys(&list), ["items", "next"]);
            assert_eq!(numbers(&list), filed[..count], "{query}");
            assert!(list["next"].as_str().unwrap().starts_with(&format!("{}{ITEMS}?", forge.base())), "{query}");
        }
    }

    /// The chain of `next` passes every item once, although new ones are filed meanwhile.
    fn next_leads_through_all_pages_without_gap_or_repeat(forge: Forge) {
        let tool = manager(&forge);
        for (count, limit) in [(23_usize, 7_usize), (21, 7), (1, 1)] {
            let mut expected = numbers(&tool.get(&format!("{ITEMS}?limit=200")).expect(200).json());
            let mut filed = file_many(forge.store(), count);
            filed.reverse();
            expected.splice(0..0, filed);
            let (mut seen, mut pages) = (Vec::new(), Vec::new());
            let mut next = format!("{}{ITEMS}?limit={limit}", forge.base());
            loop {
                let list = tool.get(next.strip_prefix(forge.base()).unwrap()).expect(200).json();
                seen.extend(numbers(&list));
                pages.push(numbers(&list).len());
                file_many(forge.store(), 1);
                match list["next"].as_str() {
                    Some(url) => next = url.to_owned(),
                    None => break,
                }
            }
            assert_eq!(seen, expected);
            assert!(pages[..pages.len() - 1].iter().all(|size| *size == limit), "{pages:?}");
            assert!(*pages.last().unwrap() > 0, "the last page is not empty");
        }
    }

    fn any_text_comes_back_as_it_was_sent(forge: Forge) {
        let tool = manager(&forge);
        let long = "Zeile ✓ 👩‍💻 \" \\ </script>\r\n\t".repeat(5600);
        assert!(long.len() > 200 * 1024 && long.len() < 250 * 1024, "{}", long.len());
        for details in [
            "",
            " ",
            "\u{1}\u{7f}\u{85}",
            "\u{202e}abc\u{feff}\u{fffd}",
            "e\u{301} 𝕊 \u{10ffff}",
            "' OR 1=1; --",
            &long,
        ] {
            let summary = format!("Ünïcödé ✓ {}", details.chars().take(9).collect::<String>());
            let body = json!({"summary": summary, "details": details});
            let item = tool.post_json(ITEMS, &body).expect(201).json();
            let read = tool.get(&format!("{ITEMS}/{}", item["id"])).expect(200).json();
            assert_eq!(read["details"], details);
            assert_eq!(read["summary"], summary.as_str());
        }
    }

    fn the_jenkins_plugin_files_flat_keys_of_text(forge: Forge) {
        let tool = manager(&forge);
        let sent = json!({"dcterms:title": "Hudson Build Failure", "dcterms:description": "job:FAILURE $12 ✓",
            "helios_bt:priority": "4", "helios_bt:assigned_to": "Nobody", "oslc_cm:status": "Open", "x": {"y": [1]}});
        let filed = tool.post_json(OSLC, &sent).expect(201);
        let item = filed.json();
        assert_eq!((&item["summary"], &item["details"]), (&json!("Hudson Build Failure"), &json!("job:FAILURE $12 ✓")));
        assert_eq!((&item["priority"], &item["status"]), (&json!(4), &json!("open")));
        assert_eq!((&item["submitter"], &item["consumer"]), (&json!("alice"), &json!("jenkins_a")));
        let location = filed.header("Location").unwrap().strip_prefix(forge.base()).unwrap().to_owned();
        assert_eq!(tool.get(&location).expect(200).json(), item);
        let plain = tool.post_json(OSLC, &json!({"dcterms:title": "t"})).expect(201).json();
        assert_eq!((&plain["priority"], &plain["details"]), (&json!(3), &json!("")));
        for (body, field) in [
            (json!({"dcterms:description": "d"}), "dcterms:title"),
            (json!({"dcterms:title": " "}), "dcterms:title"),
            (json!({"dcterms:title": 7}), "dcterms:title"),
            (json!({"dcterms:title": "t", "helios_bt:priority": "urgent"}), "helios_bt:priority"),
            (json!({"dcterms:title": "t", "helios_bt:priority": "6"}), "helios_bt:priority"),
            (json!({"dcterms:title": "t", "dcterms:description": ["d"]}), "dcterms:description"),
        ] {
            let refused = tool.post_json(OSLC, &body).expect(422).json();
            assert_eq!((&refused["error"], &refused["field"]), (&json!("invalid"), &json!(field)), "{body}");
        }
        tool.request("POST", OSLC).json("{").send().expect(400);
        tool.request("POST", OSLC).body("application/rdf+xml", b"<x/>").send().expect(415);
    }

    fn user_info_names_the_user_all_their_groups_and_the_tokens_role(forge: Forge) {
        let alice = forge.jenkins_a_for_alice().get("/api/userinfo").expect(200).json();
        assert_eq!(keys(&alice), ["email", "full_name", "groups", "role", "username"]);
        let groups = json!([
            "forge/Everywhere",
            "project-a",
            "project-a/Reader",
            "project-a/Reporter",
            "project-a/Technician",
            "project-b",
            "project-b/Manager"
        ]);
        assert_eq!((&alice["username"], &alice["groups"]), (&json!("alice"), &groups));
        assert_eq!((&alice["full_name"], &alice["email"]), (&json!("Alice Liddell"), &json!("alice@example.org")));
        assert_eq!(keys(&alice["role"]), ["id", "name", "project"]);
        assert_eq!((&alice["role"]["name"], &alice["role"]["project"]), (&json!("Reporter"), &json!("project-a")));
        let everywhere = manager(&forge).get("/api/userinfo").expect(200).json();
        assert_eq!((&everywhere["role"]["name"], &everywhere["role"]["project"]), (&json!("Everywhere"), &Value::Null));
        assert_eq!(everywhere["groups"], groups);
    }
}
