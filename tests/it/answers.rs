//! What every answer carries: policies, media types, and for whom it may be kept.

mod pitfall_32_no_page_can_be_framed_or_scripted {
    use crate::support::{Answer, CALLBACK, Database, Forge, PASSWORD, PLUGIN};

    #[track_caller]
    fn is_guarded(answer: &Answer, what: &str) {
        let policy = answer.header("Content-Security-Policy").unwrap_or_else(|| panic!("no policy: {what}"));
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{part} in {policy}: {what}");
        }
        assert!(!policy.contains("unsafe") && policy.contains("script-src 'self';"), "{policy}: {what}");
        assert_eq!(answer.headers_named("Content-Security-Policy").count(), 1, "{what}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{what}");
        let referrer = answer.header("Referrer-Policy").unwrap_or_else(|| panic!("no referrer policy: {what}"));
        assert!(["no-referrer", "same-origin"].contains(&referrer), "{referrer}: {what}");
    }

    #[track_caller]
    fn is_page(answer: &Answer, what: &str) {
        assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{what}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{what}");
        let html = answer.text();
        assert!(html.starts_with("<!DOCTYPE html>"), "{what}");
        for inline in ["<script>", "<style", " style=\"", "<iframe", "<img", "src=\"http"] {
            assert!(!html.contains(inline), "{inline}: {what}");
        }
    }

    #[test]
    fn nor_kept_nor_give_away_where_one_was() {
        let forge = Forge::on(Database::Sqlite);
        let (admin, alice, anonymous) = (forge.browser_of("admin"), forge.browser_of("alice"), forge.anonymous());
        let temporary = forge.jenkins_a().request_token(CALLBACK);
        let decided = forge.jenkins_a().request_token(CALLBACK);
        let redirect = alice.decide(&decided, "Reporter/Project A", "authorize").expect(302);
        let authorize = |key: &str| format!("{PLUGIN}/authorize?oauth_token={key}");
        let id = forge.consumer_id("jenkins_a");
        let oob = forge.jenkins_a().request_token("oob");
        let wrong = [("username", "alice"), ("password", "wrong")];
        let pages = [
            (anonymous.get("/"), 200),
            (anonymous.get(&format!("{PLUGIN}/")), 200),
            (anonymous.get("/login"), 200),
            (anonymous.post("/login", &wrong), 401),
            (alice.get(&authorize(&temporary.key)), 200),
            (alice.get(&authorize(&decided.key)), 410),
            (alice.get(&authorize("unknown")), 404),
            (alice.get("/no/such/page"), 404),
            (alice.get("/%zz"), 404),
            (alice.decide(&oob, "Reporter/Project A", "authorize"), 200),
            (alice.post(&format!("{PLUGIN}/authorize"), &[]), 403),
            (alice.get(&format!("{PLUGIN}/access_tokens")), 200),
            (alice.get(&format!("{PLUGIN}/request_tokens")), 200),
            (forge.browser_of("bob").get(&format!("{PLUGIN}/consumers")), 403),
            (admin.get(&format!("{PLUGIN}/consumers")), 200),
            (admin.get(&format!("{PLUGIN}/consumers/new")), 200),
            (admin.get(&format!("{PLUGIN}/consumers/{id}")), 200),
            (admin.get(&format!("{PLUGIN}/consumers/{id}/remove")), 200),
            (admin.get(&format!("{PLUGIN}/consumers/{id}/enable")), 405),
            (admin.get("/logout"), 405),
            (forge.jenkins_a_for_alice().get("/"), 403),
        ];
        for (number, (answer, status)) in pages.iter().enumerate() {
            let what = format!("page {number}");
            assert_eq!(answer.status, *status, "{what}: {}", answer.text());
            is_guarded(answer, &what);
            is_page(answer, &what);
        }
        let redirects = [
            redirect,
            anonymous.get(&format!("{PLUGIN}/access_tokens")),
            anonymous.post("/login", &[("username", "bob"), ("password", PASSWORD)]),
        ];
        for (number, answer) in redirects.into_iter().enumerate() {
            let answer = answer.expect(302);
            is_guarded(&answer, &format!("redirect {number}"));
            assert_eq!(answer.header("Cache-Control"), Some("no-store"), "redirect {number}");
        }
        for path in ["/healthz", "/readyz", "/metrics", "/plugins/oauthprovider/style.css", "/api/userinfo"] {
            is_guarded(&anonymous.get(path), path);
        }
    }
}

mod pitfall_35_answers_to_tools {
    use crate::support::{CALLBACK, Database, Forge, PLUGIN, Placement};

    const FORM: &str = "application/x-www-form-urlencoded";

    #[test]
    fn are_kept_by_nobody_and_say_what_they_are() {
        let forge = Forge::on(Database::Sqlite);
        let (jenkins, acting) = (forge.jenkins_a(), forge.jenkins_a_for_alice());
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
        let items = "/api/projects/project-a/trackers/bugs/items";
        let item = serde_json::json!({"summary": "x"});
        let rows = [
            (jenkins.ask(CALLBACK).send(), 200, FORM),
            (jenkins.ask(CALLBACK).placed(Placement::Query).send(), 200, FORM),
            (jenkins.ask(CALLBACK).placed(Placement::Body).send(), 200, FORM),
            (jenkins.exchange(&temporary, &verifier).send(), 200, FORM),
            (jenkins.exchange(&temporary, &verifier).send(), 401, FORM),
            (jenkins.ask("ftp://x").send(), 400, FORM),
            (jenkins.echo(), 400, FORM),
            (forge.anonymous().get(&format!("{PLUGIN}/echo")), 401, FORM),
            (forge.anonymous().get(&format!("{PLUGIN}/request_token")), 401, FORM),
            (forge.anonymous().get("/api/userinfo"), 401, FORM),
            (acting.request("GET", "/api/userinfo").tampered("oauth_signature", Some("x")).send(), 401, FORM),
            (acting.echo(), 200, "application/json"),
            (acting.get(&format!("{PLUGIN}/echo?a=%3Cscript%3E")), 200, "application/json"),
            (acting.get("/api/userinfo"), 200, "application/json"),
            (acting.post_json(items, &item), 201, "application/json"),
            (acting.get(items), 200, "application/json"),
            (acting.get("/api/projects/project-a/trackers/none/items"), 404, "application/json"),
            (acting.get("/api/no/such/thing"), 404, "application/json"),
            (
                acting.patch_json(&format!("{items}/1"), &serde_json::json!({"status": "closed"})),
                403,
                "application/json",
            ),
            (acting.post_json(items, &serde_json::json!({})), 422, "application/json"),
            (acting.request("POST", items).json("{").send(), 400, "application/json"),
            (acting.request("POST", items).body("text/plain", b"x").send(), 415, "application/json"),
        ];
        for (number, (answer, status, media_type)) in rows.iter().enumerate() {
            assert_eq!(answer.status, *status, "row {number}: {}", answer.text());
            assert_eq!(answer.header("Content-Type"), Some(*media_type), "row {number}");
            assert_eq!(answer.header("Cache-Control"), Some("no-store"), "row {number}");
            assert_eq!(answer.header("Set-Cookie"), None, "row {number}");
            assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "row {number}");
            let challenge = answer.header("WWW-Authenticate");
            if *status == 401 {
                let code = answer.field("oauth_problem").unwrap();
                let challenge = challenge.unwrap_or_else(|| panic!("row {number}: no challenge"));
                assert!(
                    challenge.starts_with("OAuth realm=\"") && challenge.contains(&format!("oauth_problem=\"{code}\""))
                );
            }
            assert!(challenge.is_none() || [400, 401].contains(status), "row {number}");
        }
        for answer in [acting.echo(), acting.get("/api/userinfo"), forge.anonymous().get("/api/userinfo")] {
            let vary: Vec<&str> = answer.headers_named("Vary").collect();
            assert!(vary.iter().any(|value| value.to_ascii_lowercase().contains("authorization")), "{vary:?}");
        }
    }

    #[test]
    fn are_never_pages() {
        let forge = Forge::on(Database::Sqlite);
        let (acting, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
        for (method, path) in [
            ("PUT", "P/request_token"),
            ("DELETE", "P/access_token"),
            ("HEAD", "P/request_token"),
            ("PUT", "P/access_token.php"),
            ("GET", "P/request_token"),
            ("POST", "P/access_token"),
            ("GET", "P/echo"),
            ("GET", "P/echo/%zz"),
            ("GET", "P/echo/a/../b"),
            ("DELETE", "/api/userinfo"),
            ("GET", "/api"),
            ("GET", "/api/"),
            ("GET", "/api/x"),
            ("GET", "/plugins/oslc/"),
            ("GET", "/plugins/oslc/cm/project/project-a/tracker/bugs"),
            ("PUT", "/api/projects/project-a/trackers/bugs/items/1"),
            ("GET", "/api/projects/%zz/trackers/bugs/items"),
        ] {
            let path = path.replacen('P', PLUGIN, 1);
            for answer in [acting.request(method, &path).send(), alice.request(method, &path).send()] {
                let media_type = answer.header("Content-Type").unwrap_or_default();
                assert!(!media_type.starts_with("text/html"), "{method} {path}: {} {media_type}", answer.status);
                assert!(answer.status < 500, "{method} {path}: {}", answer.status);
            }
        }
    }
}

mod pitfall_36_no_address_of_a_consumer_is_ever_visited {
    use std::{io::ErrorKind, net::TcpListener};

    use crate::support::{Database, Forge, PLUGIN};

    #[test]
    fn neither_when_it_is_registered_nor_shown_nor_called_back() {
        let forge = Forge::on(Database::Sqlite);
        let tool = TcpListener::bind("127.0.0.1:0").unwrap();
        tool.set_nonblocking(true).unwrap();
        let url = format!("http://{}", tool.local_addr().unwrap());
        let (admin, alice) = (forge.browser_of("admin"), forge.browser_of("alice"));
        let (icon, callback) = (format!("{url}/icon.png"), format!("{url}/callback"));
        let csrf_token = admin.csrf_token();
        let form = [
            ("csrf_token", csrf_token.as_str()),
            ("name", "visited"),
            ("url", &icon),
            ("description", &url),
            ("email", "x@127.0.0.1"),
            ("callbacks", &callback),
        ];
        admin.post(&format!("{PLUGIN}/consumers"), &form).expect(200);
        admin.get(&format!("{PLUGIN}/consumers")).expect(200);
        admin.get(&format!("{PLUGIN}/consumers/{}", forge.consumer_id("visited"))).expect(200);
        let visited = forge.tool("visited");
        let temporary = visited.request_token(&callback);
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        visited.exchange(&temporary, &verifier).send().expect(200);
        alice.decide(&visited.request_token(&callback), "Reporter/Project A", "deny").expect(302);
        alice.get(&format!("{PLUGIN}/access_tokens")).expect(200);
        assert_eq!(tool.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody came to visit");
    }
}
