//! Tokens where they do not belong: with other consumers, at other legs, at pages, beside cookies, of disabled tools.

mod pitfall_21_a_token_serves_the_consumer_it_was_given_to {
    use crate::support::{CALLBACK, on_both_databases};

    on_both_databases! {
        fn another_consumer_can_neither_exchange_nor_use_it(forge: Forge) {
            let (jenkins_a, jenkins_b) = (forge.jenkins_a(), forge.tool("jenkins_b"));
            let temporary = jenkins_a.request_token(CALLBACK);
            let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
            jenkins_b.exchange(&temporary, &verifier).send().expect_problem(401, "token_rejected");
            // It took nothing away from the one whose it is.
            let token = jenkins_a.exchange(&temporary, &verifier).send().expect(200).token();

            let stolen = jenkins_b.with(&token);
            let items = "/api/projects/project-a/trackers/bugs/items";
            for path in ["/plugins/oauthprovider/echo", "/api/userinfo", items] {
                stolen.get(path).expect_problem(401, "token_rejected");
            }
            jenkins_a.with(&token).echo().expect(200);
        }

        fn a_token_of_the_wrong_kind_is_rejected(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token(CALLBACK);
            let as_access_token = jenkins.with(&temporary);
            as_access_token.echo().expect_problem(401, "token_rejected");
            let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
            as_access_token.echo().expect_problem(401, "token_rejected");
            let token = jenkins.exchange(&temporary, &verifier).send().expect(200).token();
            as_access_token.echo().expect_problem(401, "token_rejected");

            jenkins.exchange(&token, &verifier).send().expect_problem(401, "token_rejected");
            let page = format!("/plugins/oauthprovider/authorize?oauth_token={}", token.key);
            forge.browser_of("alice").get(&page).expect(404);
            jenkins.with(&token).echo().expect(200);
        }
    }
}

mod pitfall_27_a_token_opens_no_page {
    use crate::support::{Database, Forge, PLUGIN, Placement};

    const PAGES: [(&str, &str); 23] = [
        ("GET", "/"),
        ("GET", "/login"),
        ("POST", "/login"),
        ("POST", "/logout"),
        ("GET", "P"),
        ("GET", "P/"),
        ("GET", "P/authorize"),
        ("POST", "P/authorize"),
        ("GET", "P/authorize.php"),
        ("POST", "P/authorize.php"),
        ("GET", "P/consumers"),
        ("POST", "P/consumers"),
        ("GET", "P/consumers/new"),
        ("GET", "P/consumers/1"),
        ("GET", "P/consumers/1/edit"),
        ("GET", "P/consumers/1/rotate"),
        ("GET", "P/overview"),
        ("POST", "P/consumers/1/disable"),
        ("POST", "P/consumers/1/remove"),
        ("GET", "P/access_tokens"),
        ("POST", "P/access_tokens/1/revoke"),
        ("GET", "P/request_tokens"),
        ("GET", "/no/such/page"),
    ];

    #[test]
    fn whatever_its_role_wherever_its_parameters_are_and_whoever_is_logged_in() {
        let forge = Forge::on(Database::Sqlite);
        // The most powerful role there is, and beside it the cookie of somebody who may see every page.
        let jenkins = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        let cookie = forge.browser_of("admin").cookie.unwrap();
        for (method, path) in PAGES {
            let path = path.replace('P', PLUGIN);
            for placement in [Placement::Header, Placement::Query, Placement::Body] {
                let request = jenkins.request(method, &path).placed(placement);
                for request in [request.clone(), request.header("Cookie", &cookie)] {
                    let answer = request.send();
                    assert_eq!(answer.status, 403, "{method} {path} {placement:?}");
                    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{method} {path}");
                    assert_eq!(answer.header("Set-Cookie"), None, "{method} {path}");
                }
            }
        }
        assert_eq!(forge.tokens_of("alice"), 1);
    }

    #[test]
    fn an_oauth_request_is_one_with_the_scheme_or_with_a_signature_parameter() {
        let forge = Forge::on(Database::Sqlite);
        let admin = forge.browser_of("admin");
        for header in ["OAuth", "oauth x", "OAuth realm=\"x\"", "OAUTH oauth_signature=\"x\""] {
            admin.request("GET", "/").header("Authorization", header).send().expect(403);
        }
        admin.get("/?oauth_signature=").expect(403);
        admin.get("/?oauth%5fsignature=x").expect(403);
        admin.post("/login", &[("oauth_signature", "x")]).expect(403);
        for header in ["Basic eDp5", "Bearer x", "OAuth2 x"] {
            admin.request("GET", "/").header("Authorization", header).send().expect(200);
        }
        admin.get("/?oauth_token=x").expect(200);
    }
}

mod pitfall_28_a_cookie_never_stands_in_for_a_signature {
    use crate::support::{PLUGIN, on_both_databases};

    const RESOURCES: [&str; 3] =
        ["/plugins/oauthprovider/echo", "/api/userinfo", "/api/projects/project-a/trackers/bugs/items"];

    on_both_databases! {
        fn a_bad_signature_beside_a_cookie_is_refused(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
            let cookie = alice.cookie.clone().unwrap();
            for path in RESOURCES {
                let wrong = jenkins.request("GET", path).header("Cookie", &cookie);
                let wrong = wrong.tampered("oauth_signature", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")).send();
                let wrong = wrong.expect_problem(401, "signature_invalid");
                assert_eq!(wrong.header("Set-Cookie"), None);
                alice.get(path).expect_problem(401, "parameter_absent");
                let malformed = alice.request("GET", path).header("Authorization", "OAuth oauth_token=\"x\"");
                malformed.send().expect_problem(400, "parameter_absent");
                for header in ["OAuth", "Basic YWxpY2U6d29uZGVybGFuZA==", "Bearer x"] {
                    let other = alice.request("GET", path).header("Authorization", header);
                    other.send().expect_problem(401, "parameter_absent");
                }
            }
            let items = RESOURCES[2];
            alice.request("POST", items).body("application/json", r#"{"summary":"x"}"#).send().expect(401);
        }

        fn beside_bobs_cookie_alices_token_is_alice_and_no_session_is_opened(forge: Forge) {
            let (jenkins, bob) = (forge.jenkins_a_for_alice(), forge.browser_of("bob"));
            let cookie = bob.cookie.clone().unwrap();
            let echo = jenkins.request("GET", &format!("{PLUGIN}/echo")).header("Cookie", &cookie).send().expect(200);
            assert_eq!(echo.json()["user"]["name"], "alice");
            assert_eq!(echo.header("Set-Cookie"), None);
            let info = jenkins.request("GET", "/api/userinfo").header("Cookie", &cookie).send().expect(200);
            assert_eq!(info.json()["username"], "alice");
            assert_eq!(info.header("Set-Cookie"), None);
            // Nobody was logged in or out by it.
            assert!(bob.get("/").expect(200).text().contains("Bob &lt;b&gt;"));
        }
    }
}

mod pitfall_29_a_disabled_consumer_is_refused_at_every_leg {
    use crate::support::{CALLBACK, PLUGIN, on_both_databases};

    on_both_databases! {
        fn and_goes_on_where_it_was_once_it_is_enabled(forge: Forge) {
            let (jenkins, alice, admin) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("admin"));
            let csrf_token = admin.csrf_token();
            let switch = |verb: &str| {
                let path = format!("{PLUGIN}/consumers/{}/{verb}", forge.consumer_id("jenkins_a"));
                admin.post(&path, &[("csrf_token", &csrf_token)]).expect(302);
            };
            let asked = jenkins.request_token(CALLBACK);
            let page = alice.consent(&asked);
            let granted = jenkins.request_token(CALLBACK);
            let verifier = alice.authorize(&granted, "Reporter/Project A");
            let acting = forge.jenkins_a_for_alice();

            switch("disable");
            jenkins.ask(CALLBACK).send().expect_problem(401, "consumer_key_rejected");
            alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", asked.key)).expect(403);
            let form = [
                ("oauth_token", asked.key.as_str()),
                ("csrf_token", &page.csrf_token),
                ("role_id", &page.role("Reporter/Project A")),
                ("decision", "authorize"),
            ];
            alice.post(&format!("{PLUGIN}/authorize"), &form).expect(403);
            jenkins.exchange(&granted, &verifier).send().expect_problem(401, "consumer_key_rejected");
            acting.echo().expect_problem(401, "consumer_key_rejected");
            acting.get("/api/userinfo").expect_problem(401, "consumer_key_rejected");
            // Who does not know the secret is not told even that.
            let guess = jenkins.ask(CALLBACK).tampered("oauth_signature", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
            guess.send().expect_problem(401, "signature_invalid");
            // Another consumer is not touched.
            forge.tool("jenkins_b").ask("oob").send().expect(200);

            switch("enable");
            alice.post(&format!("{PLUGIN}/authorize"), &form).expect(302);
            jenkins.exchange(&granted, &verifier).send().expect(200);
            acting.echo().expect(200);
            jenkins.ask(CALLBACK).send().expect(200);
        }

        fn one_that_was_imported_as_disabled_cannot_say_otherwise(forge: Forge) {
            forge.import(r#"{"consumers": [{"name": "provisional", "url": "http://p.example/", "description": "",
                "email": "p@example.org", "key": "p", "secret": "p", "disabled": true}]}"#);
            let provisional = forge.tool("provisional");
            let mut claims = provisional.ask("oob").form("enabled=1&disabled=false&trusted=1");
            claims = claims.header("X-Trusted", "1");
            claims.send().expect_problem(401, "consumer_key_rejected");
        }
    }
}
