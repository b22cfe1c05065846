//! For how long a token is good: as its user chose, and no longer than the operator allows.

use oauthprovider::{
    address::Arrival,
    clock,
    oauth1::Problem,
    provider::{Error, access::Authenticator},
};

use crate::support::{Answer, Browser, CALLBACK, Forge, PLUGIN, Token, Tool, on_both_databases, text_of, wait_for};

const DAY: i64 = 86_400;

/// Posts a decision for the first role, with these fields beside those that every decision has.
fn decide(alice: &Browser, temporary: &Token, more: &[(&str, &str)]) -> Answer {
    let consent = alice.consent(temporary);
    let role = consent.role("Reporter/Project A");
    let mut form = vec![
        ("oauth_token", consent.oauth_token.as_str()),
        ("csrf_token", &consent.csrf_token),
        ("role_id", &role),
        ("decision", "authorize"),
    ];
    form.extend(more);
    alice.post(&format!("{PLUGIN}/authorize"), &form)
}

/// Walks the whole flow with such a decision.
fn granted(forge: &Forge, alice: &Browser, more: &[(&str, &str)], ends: Option<&str>) -> Tool {
    let jenkins = forge.jenkins_a();
    let temporary = jenkins.request_token(CALLBACK);
    let verifier = decide(alice, &temporary, more).expect(302).verifier_brought();
    let answer = jenkins.exchange(&temporary, &verifier).send().expect(200);
    assert_eq!(answer.field("oauth_expires_in").as_deref(), ends);
    jenkins.with(&answer.token())
}

/// How many seconds each token is good, the oldest first.
fn lifetimes(forge: &Forge) -> Vec<String> {
    let query =
        "SELECT coalesce(CAST(expires - created AS TEXT), 'until revoked') AS line FROM access_tokens ORDER BY id";
    forge.database().lines(query)
}

/// What the consent page offers: values and words.
fn offered(alice: &Browser, temporary: &Token) -> Vec<(String, String)> {
    let page = alice.consent(temporary).page.text();
    let select = page.split("<select").nth(1).unwrap().split("</select>").next().unwrap();
    let option = |option: &str| {
        let value = option.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        (value.to_owned(), text_of(option.split_once('>').unwrap().1.split('<').next().unwrap()))
    };
    select.split("<option").skip(1).map(option).collect()
}

on_both_databases! {
    fn a_user_chooses_how_long_and_who_says_nothing_gets_the_longest(forge: Forge) {
        let alice = forge.browser_of("alice");
        let temporary = forge.jenkins_a().request_token(CALLBACK);
        let words: Vec<_> = offered(&alice, &temporary).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["1 hour", "1 day", "30 days", "1 year", "until I revoke it"]);
        for (value, _) in offered(&alice, &temporary) {
            let ends = Some(value.as_str()).filter(|value| *value != "until_revoked");
            granted(&forge, &alice, &[("lifetime", &value), ("label", "nightly ✓")], ends).echo().expect(200);
        }
        // Who says nothing of it is told nothing that tools were not told before.
        granted(&forge, &alice, &[], None).echo().expect(200);
        granted(&forge, &alice, &[("lifetime", ""), ("label", "")], None).echo().expect(200);
        let chosen = ["3600", "86400", "2592000", "31536000", "until revoked", "until revoked", "until revoked"];
        assert_eq!(lifetimes(&forge), chosen);
        let labels = forge.database().lines("SELECT coalesce(label, '-') AS line FROM access_tokens ORDER BY id");
        assert_eq!(labels, ["nightly ✓", "nightly ✓", "nightly ✓", "nightly ✓", "nightly ✓", "-", "-"]);
    }

    fn what_makes_no_sense_is_refused_and_the_request_still_waits(forge: Forge) {
        let alice = forge.browser_of("alice");
        let temporary = forge.jenkins_a().request_token(CALLBACK);
        let long = "x".repeat(65);
        for more in [
            &[("lifetime", "0")][..],
            &[("lifetime", "-3600")],
            &[("lifetime", "soon")],
            &[("lifetime", "99999999999999999999")],
            &[("lifetime", "3600"), ("lifetime", "until_revoked")],
            &[("label", &long)],
            &[("label", "a\u{202e}b")],
        ] {
            decide(&alice, &temporary, more).expect(422);
        }
        decide(&alice, &temporary, &[("lifetime", "3600")]).expect(302);
    }

    /// The time between decision and exchange is the tool's, not the token's.
    fn the_expiry_counts_from_the_exchange(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let verifier = decide(&alice, &temporary, &[("lifetime", "3600")]).expect(302).verifier_brought();
        let late = clock::now() + 500;
        let request = jenkins.exchange(&temporary, &verifier).timestamp(late).signed().read();
        forge.exchange(&request, late).unwrap_or_else(|error| panic!("{error}"));
        let ends = forge.database().lines("SELECT CAST(expires AS TEXT) AS line FROM access_tokens");
        assert_eq!(ends, [(late + 3_600).to_string()]);
    }

    /// By one memory, to the second, and not before the signature proved right.
    fn a_token_ends_at_its_second_by_what_is_remembered(forge: Forge) {
        let jenkins = granted(&forge, &forge.browser_of("alice"), &[("lifetime", "3600")], Some("3600"));
        let ends: i64 = forge.database().lines("SELECT CAST(expires AS TEXT) AS line FROM access_tokens")[0].parse().unwrap();
        let authenticator = Authenticator::new(forge.store().clone());
        let at = |now: i64, secret: &str| {
            let key = jenkins.token.as_ref().unwrap().key.clone();
            let tool = jenkins.with(&Token { key, secret: secret.to_owned() });
            let request = tool.request("GET", "/plugins/oauthprovider/echo").timestamp(now).signed().read();
            match wait_for(authenticator.authenticate(&request, Arrival::at(now))) {
                Ok(_) => None,
                Err(Error::Problem(problem)) => Some(problem),
                Err(other) => panic!("{other}"),
            }
        };
        let secret = jenkins.token.as_ref().unwrap().secret.clone();
        assert_eq!(at(ends - 2, &secret), None);
        assert_eq!(at(ends - 1, &secret), None);
        assert_eq!(at(ends, &secret), Some(Problem::TokenExpired));
        assert_eq!(at(ends + 9 * DAY, &secret), Some(Problem::TokenExpired));
        assert_eq!(at(ends, "wrong"), Some(Problem::SignatureInvalid));
    }

    fn an_expired_token_is_told_so_on_every_resource(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.echo().expect(200);
        forge.sql("UPDATE access_tokens SET expires = created");
        for path in ["/plugins/oauthprovider/echo", "/api/userinfo", "/api/token"] {
            let refused = jenkins.get(path).expect_problem(401, "token_expired");
            assert!(refused.header("WWW-Authenticate").unwrap().contains("token_expired"), "{path}");
        }
        jenkins.request("DELETE", "/api/token").send().expect_problem(401, "token_expired");
    }
}

mod under_a_limit {
    use super::{decide, granted, lifetimes, offered};
    use crate::support::{CALLBACK, Forge, on_each_database};

    on_each_database! {
        fn the_operator_sets_the_longest(kind: Database) {
            let forge = Forge::with_settings(kind, &[("OAUTHPROVIDER_OAUTH_LONGEST_TOKEN_SECONDS", "604800")]);
            let alice = forge.browser_of("alice");
            let temporary = forge.jenkins_a().request_token(CALLBACK);
            let offered: Vec<_> = offered(&alice, &temporary).into_iter().map(|(_, words)| words).collect();
            assert_eq!(offered, ["1 hour", "1 day", "7 days"]);
            for beyond in ["604801", "31536000", "until_revoked"] {
                let again = decide(&alice, &temporary, &[("lifetime", beyond)]).expect(422).text();
                assert!(again.contains("id=\"lifetime-error\""), "{beyond}");
            }
            granted(&forge, &alice, &[], Some("604800"));
            granted(&forge, &alice, &[("lifetime", "604800")], Some("604800"));
            granted(&forge, &alice, &[("lifetime", "7200")], Some("7200"));
            assert_eq!(lifetimes(&forge), ["604800", "604800", "7200"]);
        }
    }
}
