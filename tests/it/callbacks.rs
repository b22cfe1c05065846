//! Where the answer goes: to a callback that the consumer registered, or onto a page.

mod pitfall_25_callbacks {
    use crate::support::{CALLBACK, Database, Forge, PLUGIN, on_both_databases};

    /// Jenkins A registered `http://127.0.0.1:9/callback` and `https://ci-a.example/ready`.
    const GOOD: [&str; 9] = [
        CALLBACK,
        "http://127.0.0.1:4711/callback",
        "http://127.0.0.1/callback?job=7",
        "https://ci-a.example/ready",
        "https://ci-a.example:443/ready",
        "HTTPS://CI-A.example/ready",
        "https://ci-a.example/ready?",
        "https://ci-a.example/ready?next=http://evil.example/&x=%2520",
        "oob",
    ];

    const BAD: [&str; 34] = [
        "http://ci-a.example/ready",
        "https://ci-a.example/",
        "https://ci-a.example/ready/",
        "https://ci-a.example/Ready",
        "https://ci-a.example/ready/../ready",
        "https://ci-a.example/%72eady",
        "https://ci-a.example:8443/ready",
        "https://ci-a.example.evil.example/ready",
        "https://evil.example/ready",
        "https://evil.example/?https://ci-a.example/ready",
        "https://ci-a.example@evil.example/ready",
        "https://user:pass@ci-a.example/ready",
        "https://@ci-a.example/ready",
        "https://ci-a.example/ready#fragment",
        "https://ci-a.example/ready#",
        "https://ci-a.example\\@evil.example/ready",
        "https:\\\\ci-a.example/ready",
        "https:ci-a.example/ready",
        "//ci-a.example/ready",
        "/ready",
        "javascript:alert(1)",
        "javascript://ci-a.example/ready%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://ci-a.example/ready",
        "https://ci-a.example/ready\r\nX-Evil: 1",
        "https://ci-a.example/ready\n",
        " https://ci-a.example/ready",
        "http://localhost:9/callback",
        "http://[::1]:9/callback",
        "http://127.0.0.1.evil.example:9/callback",
        "https://127.0.0.1:9/callback",
        "OOB",
        "oob ",
        "urn:ietf:wg:oauth:2.0:oob",
    ];

    #[test]
    fn only_what_was_registered_is_called_back() {
        let forge = Forge::on(Database::Sqlite);
        let (jenkins_a, jenkins_b) = (forge.jenkins_a(), forge.tool("jenkins_b"));
        for callback in GOOD {
            jenkins_a.ask(callback).send().expect(200);
        }
        for callback in BAD {
            let refused = jenkins_a.ask(callback).send().expect_problem(400, "parameter_rejected");
            assert_eq!(refused.field("oauth_parameters_rejected").as_deref(), Some("oauth_callback"), "{callback:?}");
        }
        assert_eq!(jenkins_a.ask("").send().status, 400);
        // Who registered none is told by hand, and in no other way.
        jenkins_b.ask("oob").send().expect(200);
        for callback in [CALLBACK, "https://ci-a.example/ready", "http://ci-b.example/"] {
            let refused = jenkins_b.ask(callback).send().expect_problem(400, "parameter_rejected");
            assert_eq!(refused.field("oauth_parameters_rejected").as_deref(), Some("oauth_callback"));
        }
    }

    on_both_databases! {
        fn the_query_that_is_there_is_kept_byte_for_byte(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            for query in ["?a=b%20c&d=%2F%2Bx&e", "?job=7&job=8", "?%6a=%2520", "?x=y+z", "?redirect=//evil.example/"] {
                let asked = format!("https://ci-a.example/ready{query}");
                let temporary = jenkins.request_token(&asked);
                let answer = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(302);
                let location = answer.header("Location").unwrap();
                let start = format!("{asked}&oauth_token={}&oauth_verifier=", temporary.key);
                let verifier = location.strip_prefix(&start).unwrap_or_else(|| panic!("{location}"));
                jenkins.exchange(&temporary, verifier).send().expect(200);

                let refused = jenkins.request_token(&asked);
                let answer = alice.decide(&refused, "Reporter/Project A", "deny").expect(302);
                let expected = format!("{asked}&oauth_token={}&oauth_problem=permission_denied", refused.key);
                assert_eq!(answer.header("Location"), Some(expected.as_str()));
            }
        }

        fn international_names_are_compared_and_sent_in_ascii(forge: Forge) {
            forge.import(r#"{"consumers": [{"name": "books", "url": "http://b.example/",
                "callbacks": ["https://bücher.example/ü"]}]}"#);
            let (books, alice) = (forge.tool("books"), forge.browser_of("alice"));
            let (shouted, in_ascii) = ("https://BÜCHER.example/ü", "https://xn--bcher-kva.example/%C3%BC");
            for callback in ["https://bücher.example/ü", shouted, in_ascii] {
                let temporary = books.request_token(callback);
                let answer = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(302);
                let location = answer.header("Location").unwrap();
                assert!(location.starts_with("https://xn--bcher-kva.example/%C3%BC?oauth_token="), "{location}");
            }
            books.ask("https://bucher.example/ü").send().expect_problem(400, "parameter_rejected");
        }

        fn out_of_band_the_code_is_on_the_page(forge: Forge) {
            let (jenkins, alice) = (forge.tool("jenkins_b"), forge.browser_of("alice"));
            let temporary = jenkins.request_token("oob");
            let page = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(200);
            assert_eq!(page.header("Location"), None);
            assert_eq!(page.header("Cache-Control"), Some("no-store"));
            let verifier = page.verifier();
            jenkins.exchange(&temporary, &verifier).send().expect(200);

            let refused = jenkins.request_token("oob");
            let page = alice.decide(&refused, "Reporter/Project A", "deny").expect(200).text();
            assert!(page.contains("Nothing was granted") && !page.contains("oauth_verifier"), "{page}");
            jenkins.exchange(&refused, &verifier).send().expect_problem(401, "permission_denied");
        }

        fn the_page_says_where_the_answer_goes_and_lets_the_browser_go_there(forge: Forge) {
            let alice = forge.browser_of("alice");
            let temporary = forge.jenkins_a().request_token("https://ci-a.example/ready?secret=1");
            let page = alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", temporary.key)).expect(200);
            let policy = page.header("Content-Security-Policy").unwrap();
            assert!(policy.contains("form-action 'self' https://ci-a.example;"), "{policy}");
            assert!(page.text().contains("https://ci-a.example"));
        }
    }
}

mod the_names_of_fusionforge {
    use crate::support::{CALLBACK, PLUGIN, hidden, on_both_databases, query_of};

    on_both_databases! {
        fn the_whole_dance_under_names_that_end_in_php(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let ask = jenkins.request("GET", &format!("{PLUGIN}/request_token.php")).callback(Some(CALLBACK));
            let temporary = ask.send().expect(200).token();
            let path = format!("{PLUGIN}/authorize.php");
            let asked = format!("{path}?type=group&name=project-a&oauth_token={}", temporary.key);
            let page = alice.get(&asked).expect(200);
            let html = page.text();
            assert!(html.contains(&format!("<form method=\"post\" action=\"{path}\">")), "it posts to its own path");
            let role = alice.consent(&temporary).role("Reporter/Project A");
            let form = [
                ("oauth_token", temporary.key.as_str()),
                ("csrf_token", &hidden(&html, "csrf_token").unwrap()),
                ("role_id", &role),
                ("decision", "authorize"),
            ];
            let answer = alice.post(&path, &form).expect(302);
            let verifier = query_of(answer.header("Location").unwrap(), "oauth_verifier").unwrap();
            let exchange = jenkins.with(&temporary).request("GET", &format!("{PLUGIN}/access_token.php"));
            let token = exchange.verifier(Some(&verifier)).send().expect(200).token();
            let echo = jenkins.with(&token).get(&format!("{PLUGIN}/echo.php?message=hi")).expect(200).json();
            assert_eq!((&echo["message"], &echo["role"]["name"]), (&"hi".into(), &"Reporter".into()));
            jenkins.with(&token).get(&format!("{PLUGIN}/echo.php/more")).expect(200);
        }
    }
}
