//! `/api/token`: a tool asks what it holds, and gives it back.

use oauthprovider::clock;
use serde_json::{Value, json};

use crate::support::{Call, Forge, PLUGIN, on_both_databases};

const TOKEN: &str = "/api/token";

fn nobody_reports(forge: &Forge) {
    forge.import(r#"{"roles": [{"project": "project-a", "name": "Reporter", "members": []}]}"#);
}

on_both_databases! {
    fn tells_a_tool_what_it_holds_and_until_when(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        let answer = jenkins.get(TOKEN).expect(200);
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        assert!(answer.headers_named("Vary").any(|vary| vary.eq_ignore_ascii_case("authorization")));
        assert_eq!(answer.header("Set-Cookie"), None);
        let (held, echoed) = (answer.json(), jenkins.echo().expect(200).json());
        for part in ["consumer", "user", "role"] {
            assert_eq!(held[part], echoed[part], "{part}");
        }
        assert_eq!([&held["label"], &held["expires"], &held["last_used"]], [&Value::Null; 3]);
        let ends = clock::now() + 3_600;
        forge.sql(&format!("UPDATE access_tokens SET expires = {ends}, label = 'nightly', created = 0, last_used = 7"));
        let held = jenkins.get(TOKEN).expect(200).json();
        assert_eq!(held["expires"], json!(clock::rfc3339(ends)));
        assert_eq!(held["label"], "nightly");
        assert_eq!((&held["created"], &held["last_used"]), (&json!("1970-01-01T00:00:00Z"), &json!("1970-01-01T00:00:07Z")));
        assert_eq!(jenkins.request("HEAD", TOKEN).send().expect(200).text(), "");
    }

    fn takes_a_token_back_from_the_next_request_on(forge: Forge) {
        let (jenkins, other) = (forge.jenkins_a_for_alice(), forge.jenkins_a_for_alice());
        jenkins.echo().expect(200);
        let gone = jenkins.request("DELETE", TOKEN).send().expect(204);
        assert_eq!((gone.text().as_str(), gone.header("Cache-Control")), ("", Some("no-store")));
        jenkins.echo().expect_problem(401, "token_revoked");
        jenkins.request("DELETE", TOKEN).send().expect_problem(401, "token_revoked");
        other.echo().expect(200);
    }

    /// Looking takes the role, as on every resource; giving up takes none.
    fn of_a_token_that_is_asleep_can_be_given_back_and_not_looked_at(forge: Forge) {
        let jenkins = forge.jenkins_a_for_alice();
        jenkins.echo().expect(200);
        nobody_reports(&forge);
        assert_eq!(jenkins.get(TOKEN).expect(403).json()["error"], "role_not_held");
        jenkins.request("DELETE", TOKEN).send().expect(204);
        jenkins.get(TOKEN).expect_problem(401, "token_revoked");
    }

    fn is_for_whoever_signs_with_the_token_and_nobody_else(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
        for method in ["GET", "DELETE"] {
            // A cookie is nobody here.
            let unsigned = alice.request(method, TOKEN).send().expect_problem(401, "parameter_absent");
            assert!(unsigned.header("WWW-Authenticate").unwrap().starts_with("OAuth realm="));
            Call::new(method, &format!("{}{TOKEN}", forge.base())).send().expect_problem(401, "parameter_absent");
            let wrong = jenkins.request(method, TOKEN).tampered("oauth_signature", Some("AAAA")).send();
            wrong.expect_problem(401, "signature_invalid");
            let replayed = jenkins.request("GET", TOKEN).nonce(&format!("once for {method}"));
            replayed.send().expect(200);
            replayed.send().expect_problem(401, "nonce_used");
            let temporary = forge.jenkins_a().with(&forge.jenkins_a().request_token("oob"));
            temporary.request(method, TOKEN).send().expect_problem(401, "token_rejected");
            let of_another = forge.tool("jenkins_b").with(jenkins.token.as_ref().unwrap());
            of_another.request(method, TOKEN).send().expect_problem(401, "token_rejected");
        }
        for method in ["POST", "PUT", "PATCH"] {
            let answer = jenkins.request(method, TOKEN).send().expect(405);
            assert_eq!(answer.header("Allow"), Some("GET, HEAD, DELETE"));
        }
        jenkins.echo().expect(200);
        alice.get(&format!("{PLUGIN}/access_tokens")).expect(200);
    }
}
