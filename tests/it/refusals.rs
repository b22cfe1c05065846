//! Every refusal of the contract's table, as it goes over the wire.

use oauthprovider::{clock, oauth1::header, provider};

use crate::support::{Answer, ByHand, Call, Forge, Placement, Token, Tool, on_both_databases, operator};

const ECHO: &str = "/plugins/oauthprovider/echo";
const ASK: &str = "/plugins/oauthprovider/request_token";
const EXCHANGE: &str = "/plugins/oauthprovider/access_token";

/// The answer, if it is this refusal with this detail, told alike in the body and in the challenge.
#[track_caller]
fn refused(answer: Answer, (status, code): (u16, &str), detail: Option<(&str, &str)>) -> Answer {
    let answer = answer.expect_problem(status, code);
    assert_eq!(answer.header("Content-Type"), Some("application/x-www-form-urlencoded"), "{code}");
    assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{code}");
    assert_eq!(answer.header("Set-Cookie"), None, "{code}");
    let body = oauthprovider::oauth1::parse_urlencoded(&answer.body).unwrap();
    let challenges: Vec<_> = answer.headers_named("WWW-Authenticate").collect();
    assert_eq!(challenges.len(), 1, "{code}: {challenges:?}");
    assert!(challenges[0].starts_with("OAuth realm=\""), "{challenges:?}");
    assert_eq!(header::parse(challenges[0].as_bytes()).unwrap(), body, "{code}");
    assert_eq!(body[0].0, "oauth_problem");
    if let Some((name, value)) = detail {
        assert_eq!(answer.field(name).as_deref(), Some(value), "{code}");
    }
    answer
}

mod the_contracts_table {
    use super::*;

    on_both_databases! {
        fn of_malformed_requests(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let signed = || jenkins.by_hand("GET", ECHO, "@");
            let echo = |request: ByHand| request.call(ECHO).send();
            let version = echo(signed().with("oauth_version", "2.0"));
            refused(version, (400, "version_rejected"), Some(("oauth_acceptable_versions", "1.0-1.0")));
            let method = echo(signed().with("oauth_signature_method", "PLAINTEXT"));
            refused(method, (400, "signature_method_rejected"), None);
            for name in ["oauth_consumer_key", "oauth_signature_method", "oauth_timestamp", "oauth_nonce"] {
                let answer = echo(signed().without(name));
                refused(answer, (400, "parameter_absent"), Some(("oauth_parameters_absent", name)));
            }
            let two = signed().without("oauth_nonce").without("oauth_timestamp");
            let names = echo(two).expect_problem(400, "parameter_absent").field("oauth_parameters_absent").unwrap();
            let mut names: Vec<_> = names.split('&').collect();
            names.sort_unstable();
            assert_eq!(names, ["oauth_nonce", "oauth_timestamp"]);
            let unsigned = jenkins.request("GET", ECHO).tampered("oauth_signature", None).send();
            refused(unsigned, (400, "parameter_absent"), Some(("oauth_parameters_absent", "oauth_signature")));

            let without_token = forge.jenkins_a().echo();
            refused(without_token, (400, "parameter_absent"), Some(("oauth_parameters_absent", "oauth_token")));
            let without_callback = forge.jenkins_a().by_hand("POST", ASK, "@").call(ASK).send();
            refused(without_callback, (400, "parameter_absent"), Some(("oauth_parameters_absent", "oauth_callback")));
            let temporary = forge.jenkins_a().request_token("oob");
            let exchange = forge.jenkins_a().with(&temporary).by_hand("POST", EXCHANGE, "@");
            let without_verifier = exchange.call(EXCHANGE).send();
            refused(without_verifier, (400, "parameter_absent"), Some(("oauth_parameters_absent", "oauth_verifier")));

            for (name, value) in [("oauth_timestamp", "soon"), ("oauth_nonce", "")] {
                let answer = echo(signed().with(name, value));
                refused(answer, (400, "parameter_rejected"), Some(("oauth_parameters_rejected", name)));
            }
            let unregistered = forge.jenkins_a().ask("http://elsewhere.example/callback").send();
            refused(unregistered, (400, "parameter_rejected"), Some(("oauth_parameters_rejected", "oauth_callback")));
        }

        fn of_requests_that_prove_nothing(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let nothing = forge.anonymous().get(ECHO);
            refused(nothing, (401, "parameter_absent"), None);
            let old = jenkins.request("GET", ECHO).timestamp(1_000).send();
            let answer = refused(old, (401, "timestamp_refused"), None);
            assert!(answer.field("oauth_acceptable_timestamps").unwrap().contains('-'));
            let once = jenkins.request("GET", ECHO).signed();
            once.send().expect(200);
            refused(once.send(), (401, "nonce_used"), None);
            let stranger = Tool { secret: "guessed".to_owned(), ..jenkins.clone() };
            refused(stranger.echo(), (401, "signature_invalid"), None);
            let nobody = Tool { key: "nobody".to_owned(), ..jenkins.clone() };
            refused(nobody.echo(), (401, "consumer_key_unknown"), None);
            refused(Tool { key: String::new(), ..jenkins.clone() }.echo(), (401, "consumer_key_unknown"), None);
        }

        fn of_tokens(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let unknown = Token { key: "unknown".to_owned(), secret: String::new() };
            refused(jenkins.with(&unknown).echo(), (401, "token_rejected"), None);
            let others = forge.token("alice", "jenkins_b", "project-a/Reporter");
            refused(jenkins.with(&others).echo(), (401, "token_rejected"), None);
            let temporary = jenkins.request_token("oob");
            refused(jenkins.with(&temporary).echo(), (401, "token_rejected"), None);
            let live = forge.token("alice", "jenkins_a", "project-a/Reporter");
            refused(jenkins.exchange(&live, "v").send(), (401, "token_rejected"), None);
            refused(jenkins.exchange(&unknown, "v").send(), (401, "token_rejected"), None);
            let key = live.key.clone();
            let revoke = |conn: &mut oauthprovider::store::Connection| {
                let id = oauthprovider::store::access_tokens::with_secret(conn, &key)?.unwrap().0.id;
                conn.write(|tx| provider::revoke::access_token(tx, id, None, &operator(clock::now())))
            };
            forge.store().blocking(revoke).unwrap_or_else(|error| panic!("{error}"));
            refused(jenkins.with(&live).echo(), (401, "token_revoked"), None);
        }

        fn of_exchanges(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let alice = forge.browser_of("alice");
            let callback = "http://127.0.0.1:9/callback";

            let undecided = jenkins.request_token("oob");
            refused(jenkins.exchange(&undecided, "v").send(), (401, "permission_unknown"), None);
            let denied = jenkins.request_token(callback);
            alice.decide(&denied, "Reporter/Project A", "deny").expect(302);
            refused(jenkins.exchange(&denied, "v").send(), (401, "permission_denied"), None);
            let granted = jenkins.request_token(callback);
            let verifier = alice.authorize(&granted, "Reporter/Project A");
            let wrong = jenkins.exchange(&granted, "wrong").send();
            refused(wrong, (401, "parameter_rejected"), Some(("oauth_parameters_rejected", "oauth_verifier")));
            jenkins.exchange(&granted, &verifier).send().expect(200);
            refused(jenkins.exchange(&granted, &verifier).send(), (401, "token_used"), None);
        }

        fn of_a_disabled_consumer_at_every_leg(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let live = jenkins.with(&forge.token("alice", "jenkins_a", "project-a/Reporter"));
            let temporary = jenkins.request_token("oob");
            let disable = |conn: &mut oauthprovider::store::Connection| {
                let jenkins = provider::consumers::named(conn, "jenkins_a")?;
                conn.write(|tx| provider::consumers::set_enabled(tx, &jenkins, false, &operator(clock::now())))
            };
            forge.store().blocking(disable).unwrap_or_else(|error| panic!("{error}"));
            refused(jenkins.ask("oob").send(), (401, "consumer_key_rejected"), None);
            refused(jenkins.exchange(&temporary, "v").send(), (401, "consumer_key_rejected"), None);
            refused(live.echo(), (401, "consumer_key_rejected"), None);
        }

        fn of_a_token_that_is_too_old(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token("oob");
            let later = clock::now() + 86_300;
            let request = jenkins.exchange(&temporary, "v").timestamp(later).signed().read();
            let outcome = forge.exchange(&request, later);
            let Err(provider::Error::Problem(problem)) = outcome else { panic!("it was exchanged") };
            assert_eq!(problem.to_string(), "token_expired");
        }
    }
}

mod every_signed_path {
    use super::*;
    use crate::support::Database;

    #[test]
    fn refuses_alike() {
        let forge = Forge::on(Database::Sqlite);
        let jenkins = forge.jenkins_a_for_alice();
        let stranger = Tool { secret: "guessed".to_owned(), ..jenkins };
        let items = "/api/projects/project-a/trackers/bugs/items";
        let paths = [ECHO, "/plugins/oauthprovider/echo.php", "/plugins/oauthprovider/echo/a", "/api/userinfo", items];
        for path in paths {
            refused(stranger.get(path), (401, "signature_invalid"), None);
        }
        let oslc = "/plugins/oslc/cm/project/project-a/tracker/bugs";
        refused(stranger.request("POST", oslc).json("{}").send(), (401, "signature_invalid"), None);
        for path in
            [ASK, "/plugins/oauthprovider/request_token.php", EXCHANGE, "/plugins/oauthprovider/access_token.php"]
        {
            let none: Call = Call::new("POST", &format!("{}{path}", forge.base()));
            refused(none.send(), (401, "parameter_absent"), None);
        }
        for placement in [Placement::Header, Placement::Body, Placement::Query] {
            refused(stranger.request("POST", ECHO).placed(placement).send(), (401, "signature_invalid"), None);
        }
    }
}
