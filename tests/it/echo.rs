//! The echo: what arrived, told back.

use serde_json::json;

use crate::support::{Database, Forge, on_both_databases};

const ECHO: &str = "/plugins/oauthprovider/echo";

on_both_databases! {
    fn it_tells_who_acts_through_what_and_as_what(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let told = jenkins.get(&format!("{ECHO}?a=1")).expect(200).json();
        assert_eq!(told["consumer"], json!({"name": "jenkins_a", "key": "key of jenkins_a"}));
        assert_eq!((&told["user"]["name"], &told["user"]["realname"]), (&json!("alice"), &json!("Alice Liddell")));
        assert!(told["user"]["id"].is_i64());
        assert_eq!((&told["role"]["name"], &told["role"]["project"]), (&json!("Reporter"), &json!("project-a")));
        assert!(told["role"]["id"].is_i64());
        assert_eq!((&told["method"], &told["path"], &told["message"]), (&json!("GET"), &json!(ECHO), &json!(null)));
        let mut names: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["consumer", "message", "method", "parameters", "path", "role", "user"]);

        let global = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        let told = global.echo().expect(200).json();
        assert_eq!((&told["role"]["name"], &told["role"]["project"]), (&json!("Everywhere"), &json!(null)));
    }
}

#[test]
fn pitfall_07_any_method_is_answered() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    for method in [
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
        "MKCOL",
        "REPORT",
        "FROBNICATE",
        "M-SEARCH",
    ] {
        for path in [ECHO, "/plugins/oauthprovider/echo/some/path"] {
            let answer = jenkins.by_hand(method, path, "@&q=1").call(&format!("{path}?q=1")).send();
            assert_eq!(answer.status, 200, "{method}");
            assert_eq!(answer.json()["method"], method);
            assert_eq!(answer.header("Content-Type"), Some("application/json"));
            assert_eq!(answer.header("Cache-Control"), Some("no-store"));
            assert_eq!(answer.header("Set-Cookie"), None);
        }
    }
    let head = jenkins.request("HEAD", ECHO).send().expect(200);
    assert_eq!((head.body.len(), head.header("Content-Type")), (0, Some("application/json")));
    jenkins.by_hand("get", ECHO, "@").call(ECHO).send().expect_problem(401, "signature_invalid");
}

#[test]
fn the_path_is_told_as_it_was_received() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let paths = [
        "/echo",
        "/echo/",
        "/echo.php",
        "/echo.php/x",
        "/echo/a%2Fb",
        "/echo/a%2fb",
        "/echo/%7e",
        "/echo/~",
        "/echo//",
        "/echo//a//b//",
        "/echo/.",
        "/echo/..",
        "/echo/a/../b",
        "/echo/a/./b",
        "/echo/%2e%2e/x",
        "/echo/a;b=c,d",
        "/echo/a:b@c",
        "/echo/a+b%20c",
        "/echo/%C3%A9%c3%a9",
        "/echo/a%25zz",
        "/echo/!$&'()*+,;=",
        "/echo/%3F%23",
        "/echo/echo/request_token",
    ];
    for path in paths {
        let path = format!("/plugins/oauthprovider{path}");
        let answer = jenkins.by_hand("GET", &path, "@").call(&path).send();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.json()["path"], path);
    }
}

#[test]
fn parameters_stand_in_request_order_query_first_and_without_the_protocols() {
    let forge = Forge::on(Database::Sqlite);
    let jenkins = forge.jenkins_a_for_alice();
    let path = format!("{ECHO}?z=1&message=first&a=%C3%A9&z=0&&b");
    let answer = jenkins.request("POST", &path).form("message=second&z=+&%61=2").send().expect(200).json();
    let expected = json!([
        ["z", "1"],
        ["message", "first"],
        ["a", "é"],
        ["z", "0"],
        ["b", ""],
        ["message", "second"],
        ["z", " "],
        ["a", "2"]
    ]);
    assert_eq!(answer["parameters"], expected);
    assert_eq!(answer["message"], "first");
    let in_form = jenkins.request("PUT", ECHO).form("a=1&message=").send().expect(200).json();
    assert_eq!(in_form["message"], "");
    let unknown = jenkins.by_hand("GET", ECHO, "@").with("oauth_message", "x").call(ECHO).send().expect(200).json();
    assert_eq!((&unknown["parameters"], &unknown["message"]), (&json!([]), &json!(null)));
}
