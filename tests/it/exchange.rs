//! The exchange of a verifier for token credentials.

mod pitfall_24_the_exchange {
    use crate::support::{Answer, CALLBACK, Forge, PLUGIN, Token, Tool, on_both_databases};

    fn granted(forge: &Forge) -> (Tool, Token, String) {
        let jenkins = forge.jenkins_a();
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
        (jenkins, temporary, verifier)
    }

    #[track_caller]
    fn is_wrong_verifier(answer: Answer) {
        let answer = answer.expect_problem(401, "parameter_rejected");
        assert_eq!(answer.field("oauth_parameters_rejected").as_deref(), Some("oauth_verifier"));
    }

    on_both_databases! {
        fn waits_for_the_decision_and_obeys_it(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            // However often it is asked too early, it costs nothing.
            for _ in 0..7 {
                jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
            }
            let verifier = alice.authorize(&temporary, "Reporter/Project A");
            jenkins.exchange(&temporary, &verifier).send().expect(200);
            let refused = jenkins.request_token(CALLBACK);
            alice.decide(&refused, "Reporter/Project A", "deny").expect(302);
            jenkins.exchange(&refused, &verifier).send().expect_problem(401, "permission_denied");
        }

        fn works_once(forge: Forge) {
            let (jenkins, temporary, verifier) = granted(&forge);
            let answer = jenkins.exchange(&temporary, &verifier).send().expect(200);
            assert_eq!(answer.header("Content-Type"), Some("application/x-www-form-urlencoded"));
            assert_eq!(answer.header("Cache-Control"), Some("no-store"));
            let token = answer.token();
            assert!(token.key != temporary.key && token.secret != temporary.secret && token.key != token.secret);
            jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_used");
            jenkins.exchange(&temporary, "wrong").send().expect_problem(401, "token_used");
            assert_eq!(forge.tokens_of("alice"), 1);
            jenkins.with(&token).echo().expect(200);
        }

        fn looks_at_the_verifier_only_when_the_signature_is_right(forge: Forge) {
            let (jenkins, temporary, verifier) = granted(&forge);
            let wrong_signature = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
            for offered in ["wrong", verifier.as_str()] {
                for _ in 0..6 {
                    let guess = jenkins.exchange(&temporary, offered);
                    let guess = guess.tampered("oauth_signature", Some(wrong_signature)).send();
                    guess.expect_problem(401, "signature_invalid");
                }
            }
            let mut stranger = jenkins.clone();
            "another secret".clone_into(&mut stranger.secret);
            stranger.exchange(&temporary, &verifier).send().expect_problem(401, "signature_invalid");
            // None of it was counted.
            jenkins.exchange(&temporary, &verifier).send().expect(200);
        }

        fn is_over_after_the_fifth_wrong_verifier(forge: Forge) {
            let (jenkins, temporary, verifier) = granted(&forge);
            // A verifier that is not there is no guess.
            for _ in 0..6 {
                let absent = jenkins.exchange(&temporary, "").verifier(None).send();
                let absent = absent.expect_problem(400, "parameter_absent");
                assert_eq!(absent.field("oauth_parameters_absent").as_deref(), Some("oauth_verifier"));
            }
            let nearly = [&verifier[1..], &format!("{verifier} "), &verifier.to_ascii_uppercase(), "0"];
            for wrong in nearly {
                is_wrong_verifier(jenkins.exchange(&temporary, wrong).send());
            }
            jenkins.exchange(&temporary, &verifier).send().expect(200);

            let (jenkins, temporary, verifier) = granted(&forge);
            for _ in 0..5 {
                is_wrong_verifier(jenkins.exchange(&temporary, "wrong").send());
            }
            jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_rejected");
            jenkins.exchange(&temporary, "wrong").send().expect_problem(401, "token_rejected");
            assert_eq!(forge.tokens_of("alice"), 1);
        }

        fn needs_the_token_and_its_secret(forge: Forge) {
            let (jenkins, temporary, verifier) = granted(&forge);
            let without = jenkins.request("POST", &format!("{PLUGIN}/access_token")).verifier(Some(&verifier)).send();
            let without = without.expect_problem(400, "parameter_absent");
            assert_eq!(without.field("oauth_parameters_absent").as_deref(), Some("oauth_token"));
            let guessed = Token { secret: "guessed".to_owned(), ..temporary.clone() };
            jenkins.exchange(&guessed, &verifier).send().expect_problem(401, "signature_invalid");
            let unknown = Token { key: "unknown".to_owned(), ..temporary };
            jenkins.exchange(&unknown, &verifier).send().expect_problem(401, "token_rejected");
        }
    }
}

mod pitfall_24_many_at_once {
    use crate::support::{CALLBACK, PLUGIN, at_once, on_both_databases};

    fn count(answers: &[(u16, String)], status: u16, code: &str) -> usize {
        answers.iter().filter(|(s, c)| *s == status && c == code).count()
    }

    on_both_databases! {
        fn of_32_exchanges_one_is_given_a_token(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token(CALLBACK);
            let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
            let answers = at_once(32, |_| jenkins.exchange(&temporary, &verifier).send().problem());
            assert_eq!(count(&answers, 200, ""), 1, "{answers:?}");
            assert_eq!(count(&answers, 401, "token_used"), 31, "{answers:?}");
            assert_eq!(forge.tokens_of("alice"), 1);
        }

        fn of_16_decisions_one_counts(forge: Forge) {
            let (jenkins, alice, bob) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("bob"));
            // The moment in which two can meet is short, so there are several.
            for _ in 0..6 {
                let temporary = jenkins.request_token(CALLBACK);
                let people = [&alice, &bob].map(|browser| (browser, browser.consent(&temporary)));
                let answers = at_once(16, |number| {
                    let (browser, page) = &people[number % 2];
                    let form = [
                        ("oauth_token", temporary.key.as_str()),
                        ("csrf_token", &page.csrf_token),
                        ("role_id", &page.role("Reporter/Project A")),
                        ("decision", if number % 4 < 2 { "authorize" } else { "deny" }),
                    ];
                    browser.post(&format!("{PLUGIN}/authorize"), &form).status
                });
                assert_eq!(answers.iter().filter(|status| **status == 302).count(), 1, "{answers:?}");
                assert_eq!(answers.iter().filter(|status| **status == 410).count(), 15, "{answers:?}");
            }
        }

        fn of_32_wrong_verifiers_five_are_looked_at(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token(CALLBACK);
            let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
            let answers = at_once(32, |n| jenkins.exchange(&temporary, &format!("guess {n}")).send().problem());
            assert_eq!(count(&answers, 401, "parameter_rejected"), 5, "{answers:?}");
            assert_eq!(count(&answers, 401, "token_rejected"), 27, "{answers:?}");
            jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_rejected");
            assert_eq!(forge.tokens_of("alice"), 0);
        }

        fn of_16_revocations_at_once_none_fails_and_the_token_is_dead(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
            let csrf_token = alice.csrf_token();
            let page = alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
            let (_, rest) = page.split_once(&format!("action=\"{PLUGIN}/access_tokens/")).unwrap();
            let path = format!("{PLUGIN}/access_tokens/{}/revoke", rest.split('/').next().unwrap());
            let answers = at_once(16, |_| alice.post(&path, &[("csrf_token", &csrf_token)]).status);
            assert_eq!(answers, [302; 16]);
            jenkins.echo().expect_problem(401, "token_revoked");
        }
    }
}
