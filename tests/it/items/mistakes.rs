//! What is wrong with a request for items, told by status and field.

use serde_json::{Value, json};

use super::{ITEMS, OSLC, manager};
use crate::support::{Database, Forge, on_both_databases};

/// Field by field what a new item must not say, and what a change must not.
fn wrong_fields() -> Vec<(Value, &'static str)> {
    vec![
        (json!({"summary": ""}), "summary"),
        (json!({"summary": " \t\n\u{a0}"}), "summary"),
        (json!({"summary": 7}), "summary"),
        (json!({"summary": ["s"]}), "summary"),
        (json!({"summary": "a\u{0}b"}), "summary"),
        (json!({"summary": "s", "details": "a\u{0}b"}), "details"),
        (json!({"summary": "s", "details": {"x": 1}}), "details"),
        (json!({"summary": "s", "details": false}), "details"),
        (json!({"summary": "s", "priority": 0}), "priority"),
        (json!({"summary": "s", "priority": 6}), "priority"),
        (json!({"summary": "s", "priority": -1}), "priority"),
        (json!({"summary": "s", "priority": "3"}), "priority"),
        (json!({"summary": "s", "priority": 3.5}), "priority"),
        (json!({"summary": "s", "priority": true}), "priority"),
        (json!({"summary": "s", "priority": 18_446_744_073_709_551_615_u64}), "priority"),
    ]
}

#[track_caller]
fn expect_invalid(answer: crate::support::Answer, field: &str, of: &str) {
    assert_eq!(answer.status, 422, "{of}: {}", String::from_utf8_lossy(&answer.body));
    let told = answer.json();
    assert_eq!((&told["error"], &told["field"]), (&json!("invalid"), &json!(field)), "{of}");
    assert!(told["message"].as_str().is_some_and(|message| message.len() > 5), "{told}");
    assert_eq!(super::keys(&told), ["error", "field", "message"], "{of}");
}

on_both_databases! {
    fn a_wrong_or_missing_field_is_named_and_nothing_is_written(forge: Forge) {
        let tool = manager(&forge);
        let item = tool.post_json(ITEMS, &json!({"summary": "as it was"})).expect(201).json();
        let one = format!("{ITEMS}/{}", item["id"]);
        for (body, field) in wrong_fields() {
            expect_invalid(tool.post_json(ITEMS, &body), field, &body.to_string());
            expect_invalid(tool.patch_json(&one, &body), field, &body.to_string());
        }
        expect_invalid(tool.post_json(ITEMS, &json!({})), "summary", "nothing");
        expect_invalid(tool.post_json(ITEMS, &json!({"details": "d"})), "summary", "no summary");
        expect_invalid(tool.post_json(ITEMS, &json!({"Summary": "d"})), "summary", "another name");
        for status in [json!("done"), json!("Closed"), json!(1), json!(true), json!(["open"]), json!("")] {
            expect_invalid(tool.patch_json(&one, &json!({"status": status})), "status", &status.to_string());
        }
        for body in ["[]", "[{\"summary\": \"s\"}]", "\"summary\"", "7", "null", "true"] {
            for answer in [
                tool.request("POST", ITEMS).json(body).send(),
                tool.request("PATCH", &one).json(body).send(),
                tool.request("POST", OSLC).json(body).send(),
            ] {
                assert_eq!((answer.status, &answer.json()["error"]), (422, &json!("invalid")), "{body}");
            }
        }
        assert_eq!(tool.get(ITEMS).expect(200).json()["items"], json!([item]));
    }

    fn what_is_not_json_is_malformed_and_never_our_fault(forge: Forge) {
        let tool = manager(&forge);
        let item = tool.post_json(ITEMS, &json!({"summary": "as it was"})).expect(201).json();
        let one = format!("{ITEMS}/{}", item["id"]);
        let bodies: [&[u8]; 10] = [
            b"",
            b"{",
            b"{\"summary\": \"s\"",
            b"{\"summary\": \"s\"} x",
            b"summary=s",
            b"{'summary': 's'}",
            b"\xff\xfe",
            b"{\"summary\": \"\xc3\x28\"}",
            b"{\"summary\": \"\\ud800\"}",
            b"{\"summary\": \"\\udc00\\ud800 x\"}",
        ];
        for body in bodies {
            for (method, path) in [("POST", ITEMS), ("PATCH", &one), ("POST", OSLC)] {
                let answer = tool.request(method, path).body("application/json", body).send();
                assert_eq!(answer.status, 400, "{method} {path} {}", String::from_utf8_lossy(body));
                assert!(answer.header("Content-Type").is_some_and(|kind| kind.starts_with("application/json")));
            }
        }
        let deep = |inner: &str| format!("{{\"summary\": \"s\", \"x\": {inner}}}");
        for depth in [100, 10_000, 60_000] {
            let nested = deep(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            let bare = "[".repeat(depth);
            for body in [nested, bare, "{\"a\":".repeat(depth / 4)] {
                let status = tool.request("POST", ITEMS).json(&body).send().status;
                assert!(matches!(status, 201 | 400 | 422), "depth {depth}: {status}");
            }
        }
        assert_eq!(tool.get(&one).expect(200).json(), item);
    }
}

#[test]
fn another_media_type_is_told_so_and_parameters_do_not_matter() {
    let forge = Forge::on(Database::Sqlite);
    let tool = manager(&forge);
    let body = br#"{"summary": "s"}"#;
    for media_type in ["application/json; charset=utf-8", "Application/JSON", "application/json;x"] {
        tool.request("POST", ITEMS).body(media_type, body).send().expect(201);
    }
    for media_type in
        ["text/plain", "application/jsonx", "application/xml", "json", "text/json", "multipart/form-data; boundary=x"]
    {
        assert_eq!(tool.request("POST", ITEMS).body(media_type, body).send().status, 415, "{media_type}");
        assert_eq!(
            tool.request("PATCH", &format!("{ITEMS}/1")).body(media_type, body).send().status,
            415,
            "{media_type}"
        );
    }
    tool.request("POST", ITEMS).form("summary=s").send().expect(415);
    tool.request("POST", ITEMS).send().expect(415);
    let over = json!({"summary": "s", "details": "x".repeat(256 * 1024)});
    tool.post_json(ITEMS, &over).expect(413);
}

#[test]
fn a_limit_out_of_range_is_a_wrong_field() {
    let forge = Forge::on(Database::Sqlite);
    let tool = manager(&forge);
    for limit in ["0", "201", "-1", "abc", "", "1.5", "1e2", "99999999999999999999", "%31%20", "0x10"] {
        expect_invalid(tool.get(&format!("{ITEMS}?limit={limit}")), "limit", limit);
    }
    tool.get(&format!("{ITEMS}?limit=%32")).expect(200);
}

#[test]
fn what_is_not_there_is_404_whatever_its_name() {
    let forge = Forge::on(Database::Sqlite);
    let tool = manager(&forge);
    let elsewhere = "/api/projects/project-b/trackers/bugs/items";
    let theirs = tool.post_json(elsewhere, &json!({"summary": "of b"})).expect(201).json();
    tool.get(&format!("{elsewhere}/{}", theirs["id"])).expect(200);
    let of_b = theirs["id"].to_string();
    for id in [
        of_b.as_str(),
        "0",
        "-1",
        "abc",
        "99999999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "1.0",
        "%00",
        "%ff",
        "+",
    ] {
        let path = format!("{ITEMS}/{id}");
        for (method, body) in [("GET", None), ("HEAD", None), ("PATCH", Some(r#"{"status": "closed"}"#))] {
            let request = tool.request(method, &path);
            let answer = body.map_or(request.clone(), |body| request.json(body)).send();
            let malformed = id.starts_with('%') && answer.status == 400;
            assert!(answer.status == 404 || malformed, "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(tool.get(&format!("{elsewhere}/{of_b}")).expect(200).json()["status"], "open");
    for path in [
        "/api/projects/nowhere/trackers/bugs/items",
        "/api/projects/project-a/trackers/nothing/items",
        "/api/projects/PROJECT-A/trackers/bugs/items",
        "/api/projects/project-a/trackers/Bugs/items",
        "/api/projects/project-a/trackers/bugs%27/items",
        "/api/projects//trackers/bugs/items",
        "/api",
        "/api/",
        "/api/projects",
        "/api/projects/project-a/trackers/bugs/items/1/2",
        "/api/userinfo/x",
    ] {
        assert_eq!(tool.get(path).status, 404, "{path}");
    }
    tool.request("POST", "/api/projects/nowhere/trackers/bugs/items").json("{}").send().expect(404);
    tool.request("POST", "/plugins/oslc/cm/project/nowhere/tracker/bugs").json("{}").send().expect(404);
    tool.request("POST", "/plugins/oslc/cm/project/project-a/tracker/x").json("{}").send().expect(404);
}

#[test]
fn another_method_is_405_with_allow_and_head_is_get_without_a_body() {
    let forge = Forge::on(Database::Sqlite);
    let tool = manager(&forge);
    let item = tool.post_json(ITEMS, &json!({"summary": "s"})).expect(201).json();
    let one = format!("{ITEMS}/{}", item["id"]);
    for (path, allowed) in
        [(ITEMS, "GET, HEAD, POST"), (&one, "GET, HEAD, PATCH"), (OSLC, "POST"), ("/api/userinfo", "GET, HEAD")]
    {
        for method in ["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"] {
            let answer = tool.request(method, path).json(r#"{"summary": "s", "dcterms:title": "s"}"#).send();
            if allowed.split(", ").any(|one| one == method) {
                assert!(matches!(answer.status, 200 | 201), "{method} {path}: {}", answer.status);
            } else {
                assert_eq!((answer.status, answer.header("Allow")), (405, Some(allowed)), "{method} {path}");
            }
        }
    }
    for path in [ITEMS, &one, "/api/userinfo", "/plugins/oauthprovider/echo", "/healthz", "/readyz", "/metrics"] {
        let (get, head) = (tool.get(path).expect(200), tool.request("HEAD", path).send().expect(200));
        assert_eq!(head.body, b"", "{path}");
        assert_eq!(head.header("Content-Type"), get.header("Content-Type"), "{path}");
    }
    for (method, path, allowed) in [
        ("PUT", "/plugins/oauthprovider/request_token", "GET, POST"),
        ("DELETE", "/plugins/oauthprovider/access_token.php", "GET, POST"),
        ("POST", "/healthz", "GET, HEAD"),
        ("DELETE", "/readyz", "GET, HEAD"),
        ("POST", "/metrics", "GET, HEAD"),
    ] {
        let answer = forge.anonymous().request(method, path).send();
        assert_eq!((answer.status, answer.header("Allow")), (405, Some(allowed)), "{method} {path}");
    }
}
