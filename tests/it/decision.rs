//! The user's decision: whose it is, what it binds, and that it is made once.

mod pitfall_22_nothing_of_the_browser_replaces_what_was_signed {
    use crate::support::{CALLBACK, PLUGIN, on_both_databases};

    on_both_databases! {
        fn the_callback_is_the_signed_one(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let evil = "oauth_callback=http%3A%2F%2Fevil.example%2F";
            let path = format!("{PLUGIN}/authorize?{evil}&oauth_token={}", temporary.key);
            let page = alice.get(&path).expect(200).text();
            assert!(!page.contains("evil.example"), "{page}");
            let consent = alice.consent(&temporary);
            let form = [
                ("oauth_token", temporary.key.as_str()),
                ("csrf_token", &consent.csrf_token),
                ("role_id", &consent.role("Reporter/Project A")),
                ("decision", "authorize"),
                ("oauth_callback", "http://evil.example/"),
            ];
            let answer = alice.post(&format!("{PLUGIN}/authorize?{evil}"), &form).expect(302);
            let start = format!("{CALLBACK}?oauth_token={}&oauth_verifier=", temporary.key);
            assert!(answer.header("Location").unwrap().starts_with(&start), "{:?}", answer.header("Location"));
        }

        fn a_request_token_is_given_for_a_callback_alone_and_says_so(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let refused = jenkins.ask("x").callback(None).send().expect_problem(400, "parameter_absent");
            assert_eq!(refused.field("oauth_parameters_absent").as_deref(), Some("oauth_callback"));
            let given = jenkins.ask(CALLBACK).send().expect(200);
            assert_eq!(given.field("oauth_callback_confirmed").as_deref(), Some("true"));
        }

        fn a_verifier_is_long_and_belongs_to_its_own_request_token(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let (first, second) = (jenkins.request_token(CALLBACK), jenkins.request_token(CALLBACK));
            let of_first = alice.authorize(&first, "Reporter/Project A");
            let of_second = alice.authorize(&second, "Reporter/Project A");
            assert!(of_first.len() >= 22 && of_first != of_second);
            assert_ne!((&first.key, &first.secret), (&second.key, &second.secret));
            jenkins.exchange(&first, &of_second).send().expect_problem(401, "parameter_rejected");
            jenkins.exchange(&first, &first.key).send().expect_problem(401, "parameter_rejected");
            jenkins.exchange(&first, "x").verifier(None).send().expect_problem(400, "parameter_absent");
            jenkins.exchange(&second, &of_second).send().expect(200);
            jenkins.exchange(&first, &of_first).send().expect(200);
        }
    }
}

mod pitfall_23_who_posts_decides_once {
    use crate::support::{Browser, CALLBACK, PLUGIN, Token, on_both_databases};

    fn post(browser: &Browser, token: &Token, csrf_token: &str, role_id: &str, decision: &str) -> u16 {
        let form = [
            ("oauth_token", token.key.as_str()),
            ("csrf_token", csrf_token),
            ("role_id", role_id),
            ("decision", decision),
        ];
        browser.post(&format!("{PLUGIN}/authorize"), &form).status
    }

    on_both_databases! {
        fn the_token_is_of_who_posted_whoever_looked(forge: Forge) {
            let (jenkins, alice, bob) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("bob"));
            let temporary = jenkins.request_token(CALLBACK);
            let of_alice = alice.consent(&temporary);
            let of_bob = bob.consent(&temporary);
            let role = of_alice.role("Reporter/Project A");
            // The form of one session in another one, and in none.
            assert_eq!(post(&bob, &temporary, &of_alice.csrf_token, &role, "authorize"), 403);
            assert_eq!(post(&alice, &temporary, &of_bob.csrf_token, &role, "authorize"), 403);
            assert_eq!(post(&forge.anonymous(), &temporary, &of_alice.csrf_token, &role, "authorize"), 403);
            assert_eq!(post(&alice, &temporary, "", &role, "deny"), 403);
            let verifier = bob.authorize(&temporary, "Reporter/Project A");
            let token = jenkins.exchange(&temporary, &verifier).send().expect(200).token();
            assert_eq!(jenkins.with(&token).echo().expect(200).json()["user"]["name"], "bob");
            assert_eq!(forge.tokens_of("alice"), 0);
        }

        fn who_logged_out_meanwhile_decides_nothing(forge: Forge) {
            let (jenkins, mut alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let page = alice.consent(&temporary);
            let role = page.role("Reporter/Project A");
            alice.post("/logout", &[("csrf_token", &page.csrf_token)]).expect(302);
            assert_eq!(post(&alice, &temporary, &page.csrf_token, &role, "authorize"), 403);
            alice.log_in("alice");
            // The page is of the session that ended.
            assert_eq!(post(&alice, &temporary, &page.csrf_token, &role, "authorize"), 403);
            jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
            alice.authorize(&temporary, "Reporter/Project A");
        }

        fn the_second_of_two_tabs_comes_too_late(forge: Forge) {
            let (jenkins, alice, bob) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("bob"));
            let temporary = jenkins.request_token(CALLBACK);
            let (tab, of_bob) = (alice.consent(&temporary), bob.consent(&temporary));
            let role = tab.role("Reporter/Project A");
            let path = format!("{PLUGIN}/authorize?oauth_token={}", temporary.key);
            let verifier = alice.authorize(&temporary, "Reporter/Project A");
            let all_too_late = || {
                for decision in ["authorize", "deny"] {
                    assert_eq!(post(&alice, &temporary, &tab.csrf_token, &role, decision), 410);
                    assert_eq!(post(&bob, &temporary, &of_bob.csrf_token, &role, decision), 410);
                }
                alice.get(&path).expect(410);
                bob.get(&path).expect(410);
            };
            all_too_late();
            let token = jenkins.exchange(&temporary, &verifier).send().expect(200).token();
            all_too_late();
            assert_eq!(jenkins.with(&token).echo().expect(200).json()["user"]["name"], "alice");

            let refused = jenkins.request_token(CALLBACK);
            alice.decide(&refused, "Reporter/Project A", "deny").expect(302);
            assert_eq!(post(&alice, &refused, &tab.csrf_token, &role, "authorize"), 410);
            jenkins.exchange(&refused, &verifier).send().expect_problem(401, "permission_denied");
        }

        fn looking_changes_nothing(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let page = alice.consent(&temporary);
            let query = format!(
                "oauth_token={}&csrf_token={}&role_id={}&decision=authorize",
                temporary.key, page.csrf_token, page.role("Reporter/Project A")
            );
            for method in ["GET", "HEAD"] {
                alice.request(method, &format!("{PLUGIN}/authorize?{query}")).send().expect(200);
            }
            // What a form did not say, the query cannot.
            alice.post(&format!("{PLUGIN}/authorize?{query}"), &[("oauth_token", &temporary.key)]).expect(403);
            jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
        }

        fn a_request_that_ran_out_is_gone_and_nothing_is_decided(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let page = alice.consent(&temporary);
            forge.sql("UPDATE request_tokens SET expires = 1");
            alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", temporary.key)).expect(410);
            let role = page.role("Reporter/Project A");
            for decision in ["authorize", "deny", "maybe"] {
                assert_eq!(post(&alice, &temporary, &page.csrf_token, &role, decision), 410);
            }
            jenkins.exchange(&temporary, "x").send().expect_problem(401, "token_expired");
        }

        fn a_token_that_nobody_knows_is_not_found(forge: Forge) {
            let alice = forge.browser_of("alice");
            let csrf_token = alice.csrf_token();
            for key in ["", "x", "0"] {
                alice.get(&format!("{PLUGIN}/authorize?oauth_token={key}")).expect(404);
                let unknown = Token { key: key.to_owned(), secret: String::new() };
                assert_eq!(post(&alice, &unknown, &csrf_token, "1", "authorize"), 404);
            }
            alice.get(&format!("{PLUGIN}/authorize")).expect(404);
        }
    }
}
