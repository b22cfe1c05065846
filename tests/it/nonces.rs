//! Every request once: what a nonce is, how far it reaches and when it is used up.

use oauthprovider::{clock, oauth1::SignatureMethod};

use crate::support::{Answer, Call, Database, Forge, at_once, on_both_databases};

const ECHO: &str = "/plugins/oauthprovider/echo";

/// That exactly one was accepted, and all others were told that the nonce is used.
#[track_caller]
fn exactly_one(answers: &[Answer]) {
    let accepted = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.problem() == (401, "nonce_used".to_owned())).count();
    let seen: Vec<_> = answers.iter().map(Answer::problem).collect();
    assert_eq!((accepted, refused), (1, answers.len() - 1), "{seen:?}");
}

mod pitfall_12_what_a_nonce_is {
    use super::*;

    #[test]
    fn one_that_is_missing_is_asked_for() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let answer = jenkins.by_hand("GET", ECHO, "@").without("oauth_nonce").call(ECHO).send();
        let answer = answer.expect_problem(400, "parameter_absent");
        assert_eq!(answer.field("oauth_parameters_absent").as_deref(), Some("oauth_nonce"));
    }

    #[test]
    fn whatever_clients_send_is_accepted_from_1_to_255_characters() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let (long, wide) = ("n".repeat(255), "☃".repeat(255));
        let good = [
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "123456789012",
            "-42",
            "0",
            "a",
            "a b+c/=&%",
            "🦀 é",
            "a'b\"c;--",
            &long,
            &wide,
        ];
        for nonce in good {
            let answer = jenkins.by_hand("GET", ECHO, "@").with("oauth_nonce", nonce).call(ECHO).send();
            assert_eq!(answer.status, 200, "{nonce}");
        }
        let (long, wide) = ("n".repeat(256), "☃".repeat(256));
        for nonce in ["", &long, &wide] {
            let answer = jenkins.by_hand("GET", ECHO, "@").with("oauth_nonce", nonce).call(ECHO).send();
            let answer = answer.expect_problem(400, "parameter_rejected");
            assert_eq!(answer.field("oauth_parameters_rejected").as_deref(), Some("oauth_nonce"), "{nonce}");
        }
    }
}

mod pitfall_13_a_nonce_reaches_as_far_as_consumer_token_and_timestamp {
    use super::*;

    on_both_databases! {
        fn and_no_further(forge: Forge) {
            let now = clock::now();
            let one = forge.jenkins_a_for_alice();
            let other_token = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reader"));
            let other_user = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
            let other_consumer = forge.tool("jenkins_b").with(&forge.token("alice", "jenkins_b", "project-a/Reporter"));
            for tool in [&one, &other_token, &other_user, &other_consumer] {
                tool.request("GET", ECHO).nonce("n").timestamp(now).send().expect(200);
            }
            one.request("GET", ECHO).nonce("n").timestamp(now - 1).send().expect(200);
            forge.jenkins_a().ask("oob").nonce("n").timestamp(now).send().expect(200);
            forge.tool("jenkins_b").ask("oob").nonce("n").timestamp(now).send().expect(200);
            for tool in [&one, &other_token, &other_user, &other_consumer] {
                tool.request("GET", ECHO).nonce("n").timestamp(now).send().expect_problem(401, "nonce_used");
            }
            forge.jenkins_a().ask("oob").nonce("n").timestamp(now).send().expect_problem(401, "nonce_used");
        }

        fn within_it_nothing_else_counts(forge: Forge) {
            let now = clock::now();
            let jenkins = forge.jenkins_a_for_alice();
            let again = |method: &str, path: &str| jenkins.request(method, path).nonce("n").timestamp(now);
            again("GET", ECHO).send().expect(200);
            again("GET", &format!("{ECHO}/elsewhere?a=b")).send().expect_problem(401, "nonce_used");
            again("POST", ECHO).form("a=b").send().expect_problem(401, "nonce_used");
            again("GET", "/api/userinfo").send().expect_problem(401, "nonce_used");
            again("GET", ECHO).signed_by(SignatureMethod::HmacSha256).send().expect_problem(401, "nonce_used");
        }

        fn two_in_one_second_are_both_remembered(forge: Forge) {
            let now = clock::now();
            let jenkins = forge.jenkins_a_for_alice();
            // Unequal nonces that a database might take for equal, or cut to be so.
            let (long, longer) = ("x".repeat(254), "x".repeat(255));
            let nonces = ["n", "N", "n ", " n", "\u{f1}", "n\u{303}", "0", "00", "1.0", "1", "%6E", &long, &longer];
            for nonce in nonces {
                jenkins.request("GET", ECHO).nonce(nonce).timestamp(now).send().expect(200);
            }
            for nonce in nonces {
                jenkins.request("GET", ECHO).nonce(nonce).timestamp(now).send().expect_problem(401, "nonce_used");
            }
        }

        fn it_is_compared_decoded_and_so_is_the_timestamp(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let call = jenkins.by_hand("GET", ECHO, "@").with("oauth_nonce", "abc").call(ECHO);
            call.send().expect(200);
            let written = |from: &str, to: &str| {
                let header = call.headers[0].1.replace(from, to);
                assert_ne!(header, call.headers[0].1);
                Call { headers: vec![("Authorization".to_owned(), header)], ..call.clone() }
            };
            written("\"abc\"", "\"%61bc\"").send().expect_problem(401, "nonce_used");
            written("\"abc\"", "\"a\\bc\"").send().expect_problem(401, "nonce_used");
            let now = clock::now();
            jenkins.request("GET", ECHO).nonce("zero").timestamp(now).send().expect(200);
            let padded = jenkins.request("GET", ECHO).nonce("zero").timestamp(format!("0{now}"));
            padded.send().expect_problem(401, "nonce_used");
        }
    }
}

mod pitfall_14_a_nonce_is_claimed_once_and_only_by_who_holds_the_secret {
    use super::*;

    on_both_databases! {
        fn of_32_equal_requests_at_once_exactly_one_is_accepted(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            for path in [ECHO, "/api/userinfo"] {
                let call = jenkins.request("GET", path).signed();
                exactly_one(&at_once(32, |_| call.send()));
            }
            let call = forge.jenkins_a().ask("oob").signed();
            exactly_one(&at_once(32, |_| call.send()));
        }

        fn at_two_instances_too(forge: Forge) {
            let other = forge.another_instance();
            let here = forge.jenkins_a_for_alice();
            let there = here.at(&other.base);
            let now = clock::now();
            // Each is signed for the name of its instance; consumer, token, timestamp and nonce are the same.
            let calls = [&here, &there].map(|tool| tool.request("GET", ECHO).nonce("n").timestamp(now).signed());
            exactly_one(&at_once(32, |n| calls[n % 2].send()));
        }

        fn a_request_refused_for_its_signature_uses_none_up(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let now = clock::now();
            let request = || jenkins.request("POST", ECHO).nonce("n").timestamp(now);
            for (name, value, problem) in [
                ("oauth_signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", (401, "signature_invalid")),
                ("oauth_callback", "oob", (401, "signature_invalid")),
                ("oauth_token", "unknown", (401, "token_rejected")),
                ("oauth_consumer_key", "unknown", (401, "consumer_key_unknown")),
                ("oauth_version", "2.0", (400, "version_rejected")),
            ] {
                request().tampered(name, Some(value)).send().expect_problem(problem.0, problem.1);
            }
            request().send().expect(200);
            request().send().expect_problem(401, "nonce_used");
            let same = jenkins.by_hand("POST", ECHO, "@").with("oauth_nonce", "h");
            same.clone().with("oauth_body_hash", "AAAA").call(ECHO).send().expect_problem(401, "signature_invalid");
            same.call(ECHO).send().expect(200);
        }
    }
}

mod pitfall_15_what_was_accepted_is_not_accepted_again {
    use super::*;

    on_both_databases! {
        fn at_any_leg(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let ask = jenkins.ask("oob").signed();
            let temporary = ask.send().expect(200).token();
            ask.send().expect_problem(401, "nonce_used");
            let alice = forge.browser_of("alice");
            let verifier = alice.decide(&temporary, "Reporter/Project A", "authorize").expect(200).verifier();
            let exchange = jenkins.exchange(&temporary, &verifier).signed();
            let token = exchange.send().expect(200).token();
            assert_eq!(exchange.send().status, 401);
            let jenkins = jenkins.with(&token);
            let items = "/api/projects/project-a/trackers/bugs/items";
            let filed = jenkins.request("POST", items).json("{\"summary\": \"once\"}").signed();
            filed.send().expect(201);
            filed.send().expect_problem(401, "nonce_used");
            assert_eq!(jenkins.get(items).expect(200).json()["items"].as_array().unwrap().len(), 1);
        }
    }

    #[test]
    fn keys_and_secrets_are_long_unrelated_and_all_different() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..100 {
            let token = jenkins.request_token("oob");
            for text in [token.key, token.secret] {
                // 128 bits in 64 characters of alphabet, and nothing that would have to be encoded.
                assert!(text.len() >= 22, "{text}");
                assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)), "{text}");
                // No two begin alike for longer than chance has it: 48 bits.
                assert!(seen.insert(text[..8].to_owned()), "{text}");
            }
        }
    }
}
