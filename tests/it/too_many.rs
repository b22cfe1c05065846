//! Who asks too often, and who guesses: 429, and whom it does not meet.

use oauthprovider::{
    address::Arrival,
    clock,
    oauth1::Problem,
    provider::{self, access::Authenticator},
    store::{Claim, Nonce},
};

use crate::support::{
    Answer, Browser, Call, Database, Forge, PLUGIN, Request, Token, Tool, at_once, on_each_database, wait_for,
};

const WRONG: &str = "OAUTHPROVIDER_LIMITS_WRONG_SIGNATURES_PER_MINUTE";
const PROXIES: (&str, &str) = ("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1");

/// Makes sure that somebody is to come back within so many seconds, and is told so as OAuth tells it.
#[track_caller]
fn must_wait(answer: Answer, most: u64) {
    let answer = answer.expect_problem(429, "consumer_key_refused");
    let seconds: u64 = answer.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=most).contains(&seconds), "{seconds}");
    assert_eq!(answer.header("Content-Type"), Some("application/x-www-form-urlencoded"));
    assert!(answer.header("WWW-Authenticate").unwrap().starts_with("OAuth realm="), "{answer:?}");
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
}

/// The same request with a signature that nobody made.
fn guess(request: &Request) -> Answer {
    request.clone().tampered("oauth_signature", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")).send()
}

fn echo(tool: &Tool) -> Request {
    tool.request("GET", "/plugins/oauthprovider/echo")
}

fn from(request: Request, address: &str) -> Request {
    request.header("X-Forwarded-For", address)
}

fn count(answers: &[(u16, String)], status: u16, code: &str) -> usize {
    answers.iter().filter(|(s, c)| *s == status && c == code).count()
}

mod guessing {
    use super::*;

    on_each_database! {
        fn after_wrong_signatures_a_token_rests_for_right_ones_too_and_no_other_does(kind: Database) {
            let forge = Forge::with_settings(kind, &[(WRONG, "10")]);
            let (tool, other) = (forge.jenkins_a_for_alice(), forge.jenkins_a_for_alice());
            for _ in 0..10 {
                tool.echo().expect(200);
                guess(&echo(&tool)).expect_problem(401, "signature_invalid");
            }
            must_wait(tool.echo(), 60);
            must_wait(guess(&echo(&tool)), 60);
            let secret = Token { secret: "guessed".to_owned(), ..tool.token.clone().unwrap() };
            must_wait(tool.with(&secret).echo(), 60);
            other.echo().expect(200);
            forge.jenkins_a().request_token("oob");
        }

        fn of_32_wrong_signatures_at_once_as_many_are_looked_at_as_may_be_wrong(kind: Database) {
            let forge = Forge::with_settings(kind, &[(WRONG, "10")]);
            let tool = forge.jenkins_a_for_alice();
            let answers = at_once(32, |_| guess(&echo(&tool)).problem());
            assert_eq!(count(&answers, 401, "signature_invalid"), 10, "{answers:?}");
            assert_eq!(count(&answers, 429, "consumer_key_refused"), 22, "{answers:?}");
            must_wait(tool.echo(), 60);
        }

        fn a_request_token_rests_likewise_and_keeps_its_verifier(kind: Database) {
            let forge = Forge::with_settings(kind, &[(WRONG, "3")]);
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token("oob");
            let verifier = forge.browser_of("alice").decide(&temporary, "Reporter/Project A", "authorize").verifier();
            for _ in 0..3 {
                guess(&jenkins.exchange(&temporary, &verifier)).expect_problem(401, "signature_invalid");
            }
            must_wait(jenkins.exchange(&temporary, &verifier).send(), 60);
            assert_eq!(forge.tokens_of("alice"), 0);
        }

        fn a_stranger_who_guesses_a_consumers_secret_keeps_nobody_out_but_themselves(kind: Database) {
            let forge = Forge::with_settings(kind, &[(WRONG, "3"), PROXIES]);
            let jenkins = forge.jenkins_a();
            let asked_from = |address: &str| from(jenkins.ask("oob"), address);
            for _ in 0..3 {
                guess(&asked_from("192.0.2.1")).expect_problem(401, "signature_invalid");
            }
            must_wait(asked_from("192.0.2.1").send(), 60);
            asked_from("192.0.2.2").send().expect(200);
            // Addresses of one network of IPv6 are one stranger's.
            for address in ["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3"] {
                guess(&asked_from(address)).expect_problem(401, "signature_invalid");
            }
            must_wait(asked_from("2001:db8::4").send(), 60);
            asked_from("2001:db8:0:1::1").send().expect(200);
        }
    }

    #[test]
    fn what_nobody_knows_does_not_rest() {
        let forge = Forge::with_settings(Database::Sqlite, &[(WRONG, "3")]);
        let tool = forge.jenkins_a_for_alice();
        let stranger = Tool { key: "nobody".to_owned(), ..tool.clone() };
        let token = Token { key: "unknown".to_owned(), secret: "s".to_owned() };
        for _ in 0..20 {
            stranger.echo().expect_problem(401, "consumer_key_unknown");
            tool.with(&token).echo().expect_problem(401, "token_rejected");
            // Another consumer's token is none of this one's, so nobody makes it rest with a consumer of their own.
            let foreign = Tool::new(forge.base(), "jenkins-b", "the secret of jenkins_b");
            foreign.with(tool.token.as_ref().unwrap()).echo().expect_problem(401, "token_rejected");
        }
        tool.echo().expect(200);
    }

    #[test]
    fn a_hundred_wrong_ones_are_borne_where_nothing_is_configured() {
        let forge = Forge::on(Database::Sqlite);
        let tool = forge.jenkins_a_for_alice();
        for _ in 0..100 {
            guess(&echo(&tool)).expect_problem(401, "signature_invalid");
        }
        tool.echo().expect(200);
        let unlimited = Forge::with_settings(Database::Sqlite, &[(WRONG, "0")]);
        let tool = unlimited.jenkins_a_for_alice();
        for _ in 0..110 {
            guess(&echo(&tool)).expect_problem(401, "signature_invalid");
        }
        tool.echo().expect(200);
    }

    #[test]
    fn what_rests_is_awake_again_when_the_minute_is_over() {
        let forge = Forge::on(Database::Sqlite);
        let (tool, now) = (forge.jenkins_a_for_alice(), clock::now());
        let authenticator = Authenticator::new(forge.store().clone());
        let ask = |tool: &Tool, at: i64| {
            let request = echo(tool).timestamp(at).signed().read();
            wait_for(authenticator.authenticate(&request, Arrival::at(at))).map(drop)
        };
        let guesser = Tool { secret: "guessed".to_owned(), ..tool.clone() };
        for _ in 0..600 {
            assert!(matches!(ask(&guesser, now), Err(provider::Error::Problem(Problem::SignatureInvalid))));
        }
        let refused = |seconds| Problem::Resting { retry_after_seconds: seconds };
        for (later, wait) in [(0, 60), (20, 40), (59, 1)] {
            let told = ask(&tool, now + later);
            assert!(matches!(told, Err(provider::Error::Problem(problem)) if problem == refused(wait)), "{later}");
        }
        assert!(ask(&tool, now + 60).is_ok());
    }
}

mod shares {
    use super::*;

    const ASKED: (&str, &str) = ("OAUTHPROVIDER_LIMITS_REQUEST_TOKENS_PER_MINUTE", "3");

    on_each_database! {
        fn only_what_was_accepted_takes_from_the_share_of_a_consumer(kind: Database) {
            let forge = Forge::with_settings(kind, &[ASKED]);
            let jenkins = forge.jenkins_a();
            let first = jenkins.ask("oob").signed();
            first.send().expect(200);
            for _ in 0..10 {
                // Neither who repeats it, nor who cannot sign, nor who says only whose key it would be.
                first.send().expect_problem(401, "nonce_used");
                guess(&jenkins.ask("oob")).expect_problem(401, "signature_invalid");
            }
            jenkins.request_token("oob");
            jenkins.request_token("oob");
            must_wait(jenkins.ask("oob").send(), 20);
            // A consumer's share is its own.
            Tool::new(forge.base(), "jenkins-b", "the secret of jenkins_b").request_token("oob");
            forge.jenkins_a_for_alice().echo().expect(200);
        }

        fn who_has_to_wait_used_no_nonce_up(kind: Database) {
            let forge = Forge::with_settings(kind, &[ASKED]);
            let jenkins = forge.jenkins_a();
            for _ in 0..3 {
                jenkins.request_token("oob");
            }
            let late = jenkins.ask("oob").signed();
            must_wait(late.send(), 20);
            let read = late.read();
            let nonce = Nonce::new(read.consumer_key(), "", read.timestamp(), read.nonce());
            assert_eq!(wait_for(forge.store().claim(nonce)).unwrap().claim, Claim::Fresh);
        }
    }

    /// What is let in of many at once: as many as in a second at least, and not all of them.
    #[track_caller]
    fn some_have_to_wait(ask: impl Fn() -> Answer + Sync) {
        let answers = at_once(32, |_| ask());
        let waiting = answers.iter().filter(|answer| answer.status == 429).count();
        assert!((1..=30).contains(&waiting), "{waiting} of 32");
        answers.into_iter().filter(|answer| answer.status == 429).for_each(|answer| must_wait(answer, 1));
    }

    #[test]
    fn a_token_has_a_share_in_each_second() {
        let settings = [("OAUTHPROVIDER_LIMITS_TOKEN_PER_SECOND", "2")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let (tool, other) = (forge.jenkins_a_for_alice(), forge.jenkins_a_for_alice());
        // One after the other, because who comes at the same moment finds the same share.
        let answers: Vec<_> = (0..20).map(|_| tool.echo()).collect();
        assert!(answers.iter().any(|answer| answer.status == 429));
        answers.into_iter().filter(|answer| answer.status != 200).for_each(|answer| must_wait(answer, 1));
        other.echo().expect(200);
    }

    #[test]
    fn a_consumer_has_a_share_in_each_second_whatever_it_signs_with() {
        let settings = [("OAUTHPROVIDER_LIMITS_CONSUMER_PER_SECOND", "2")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let tools = [forge.jenkins_a_for_alice(), forge.jenkins_a_for_alice()];
        let answers: Vec<_> = (0..10).flat_map(|_| tools.iter().map(Tool::echo)).collect();
        assert!(answers.iter().any(|answer| answer.status == 429));
        answers.into_iter().filter(|answer| answer.status != 200).for_each(|answer| must_wait(answer, 1));
        Tool::new(forge.base(), "jenkins-b", "the secret of jenkins_b").request_token("oob");
    }

    #[test]
    fn an_address_has_a_share_before_anything_is_looked_at() {
        let settings = [("OAUTHPROVIDER_LIMITS_ADDRESS_PER_SECOND", "2"), PROXIES];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let tool = forge.jenkins_a_for_alice();
        let stranger = Tool { key: "nobody".to_owned(), ..tool.clone() };
        some_have_to_wait(|| from(echo(&tool), "192.0.2.1").send());
        some_have_to_wait(|| from(echo(&stranger), "192.0.2.2").send());
        some_have_to_wait(|| from(tool.ask("oob"), "192.0.2.3").send());
        from(echo(&tool), "192.0.2.4").send().expect(200);
        // On the pages it is a page; monitors are not counted.
        let visit =
            |path: &str| Call::new("GET", &format!("{}{path}", tool.base)).header("X-Forwarded-For", "192.0.2.5");
        let answers = at_once(32, |_| visit("/login").send());
        let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
        assert_eq!(refused.header("Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(refused.header("Retry-After"), Some("1"));
        assert!(answers.iter().any(|answer| answer.status == 200));
        assert!(at_once(32, |_| visit("/healthz").send().status).iter().all(|status| *status == 200));
    }
}

mod changes {
    use super::*;

    fn change(browser: &Browser, csrf_token: &str) -> Answer {
        browser.post(&format!("{PLUGIN}/access_tokens/0/revoke"), &[("csrf_token", csrf_token)])
    }

    on_each_database! {
        fn a_user_changes_only_so_much_in_a_minute_and_may_look_and_decide_all_the_same(kind: Database) {
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_LIMITS_CHANGES_PER_MINUTE", "3")]);
            let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
            let (of_alice, of_bob) = (alice.csrf_token(), bob.csrf_token());
            for _ in 0..3 {
                change(&alice, &of_alice).expect(404);
            }
            let told = change(&alice, &of_alice).expect(429);
            let seconds: u64 = told.header("Retry-After").unwrap().parse().unwrap();
            assert!((1..=20).contains(&seconds), "{seconds}");
            assert!(told.text().contains("<h1>"), "{}", told.text());
            change(&bob, &of_bob).expect(404);
            alice.get(&format!("{PLUGIN}/access_tokens")).expect(200);
            let temporary = forge.jenkins_a().request_token("oob");
            alice.decide(&temporary, "Reporter/Project A", "deny").expect(200);
            alice.post("/logout", &[("csrf_token", &of_alice)]).expect(302);
        }

        fn each_form_that_changes_something_needs_the_share_and_no_other_takes_from_it(kind: Database) {
            const FORMS: [&str; 11] = [
                "consumers", "consumers/0/edit", "consumers/0/disable", "consumers/0/enable",
                "consumers/0/rotate", "consumers/0/retire", "consumers/0/rotate-back", "consumers/0/remove",
                "access_tokens/0/revoke", "access_tokens/0/label", "request_tokens/0/revoke",
            ];
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_LIMITS_CHANGES_PER_MINUTE", "1")]);
            let admin = forge.browser_of("admin");
            let csrf_token = admin.csrf_token();
            let post = |path: &str| admin.post(&format!("{PLUGIN}/{path}"), &[("csrf_token", &csrf_token)]).status;
            let refused = forge.anonymous().get("/plugins/oauthprovider/echo").refusal();
            for _ in 0..2 {
                assert_eq!((post(&format!("refusals/{refused}")), post("authorize"), post("nothing")), (200, 404, 404));
            }
            change(&admin, &csrf_token).expect(404);
            assert_eq!(FORMS.map(post), [429; FORMS.len()]);
            assert_eq!(post(&format!("refusals/{refused}")), 200);
        }
    }
}
