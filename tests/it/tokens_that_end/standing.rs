//! How a token stands, on its user's page and in the command's list; and the name that it has there.

use serde_json::{Value, json};

use crate::support::{Browser, Forge, PLUGIN, Program, cells, on_both_databases};

fn page(browser: &Browser) -> String {
    browser.get(&format!("{PLUGIN}/access_tokens")).expect(200).text()
}

fn listed(forge: &Forge, more: &[&str]) -> Vec<Value> {
    let arguments = [&["token", "list", "--json", "--database-url", forge.database_url()], more].concat();
    Program::new(&arguments).run().expect(0).json().as_array().unwrap().clone()
}

/// State and reason of the only token, as the command says them.
fn state(forge: &Forge) -> (Value, Value) {
    let [token] = &listed(forge, &["--all"])[..] else { panic!("there is one token") };
    (token["state"].clone(), token["reason"].clone())
}

on_both_databases! {
    fn is_asleep_while_it_is_refused_and_awake_when_the_reason_is_gone(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
        let reporter = |members: &str| {
            format!(r#"{{"roles": [{{"project": "project-a", "name": "Reporter", "members": [{members}],
                "permissions": {{"tracker:bugs": "submit"}}}}]}}"#)
        };
        let status = |status: &str| format!(r#"{{"projects": [{{"name": "project-a", "status": "{status}"}}]}}"#);
        let disabled = |disabled: bool| format!(r#"{{"consumers": [{{"name": "jenkins_a", "disabled": {disabled}}}]}}"#);
        for (asleep, awake, answer, on_the_page, reason) in [
            (reporter(""), reporter("\"alice\""), 403, "you do not hold the role now", "the user does not hold the role"),
            (status("archived"), status("active"), 403, "the project is archived", "the project is archived"),
            (disabled(true), disabled(false), 401, "the tool is disabled", "the tool is disabled"),
        ] {
            jenkins.echo().expect(200);
            assert_eq!(state(&forge), (json!("live"), Value::Null));
            forge.import(&asleep);
            jenkins.echo().expect(answer);
            assert_eq!(state(&forge), (json!("asleep"), json!(reason)));
            assert_eq!(cells(&page(&alice), "State"), [format!("asleep {on_the_page}")]);
            forge.import(&awake);
            jenkins.echo().expect(200);
            assert_eq!(cells(&page(&alice), "State"), ["live until it is revoked"]);
        }
        forge.import(r#"{"users": [{"name": "alice", "status": "suspended"}]}"#);
        assert_eq!(state(&forge), (json!("asleep"), json!("the user is suspended")));
    }

    fn is_told_with_when_it_ends_and_when_it_was_used(forge: Forge) {
        forge.jenkins_a_for_alice();
        let ends = oauthprovider::clock::now() + 3 * 86_400 + 60;
        forge.sql(&format!("UPDATE access_tokens SET expires = {ends}, last_used = 7, last_used_from = '192.0.2.1'"));
        let html = page(&forge.browser_of("alice"));
        assert_eq!(cells(&html, "State"), ["live expires in 3 days"]);
        let [last_used] = &cells(&html, "Last used")[..] else { panic!("there is one token") };
        assert!(last_used.contains("years ago from 192.0.2.1"), "{last_used}");
        assert!(html.contains("datetime=\"1970-01-01T00:00:07Z\""));
        let token = &listed(&forge, &[])[0];
        let expected = json!({
            "state": "live", "last_used": "1970-01-01T00:00:07Z", "last_used_from": "192.0.2.1", "label": null,
            "expires": oauthprovider::clock::rfc3339(ends), "user": "alice", "consumer": "jenkins_a",
            "role": "project-a/Reporter",
        });
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&token[field], value, "{field}");
        }
    }

    fn of_what_has_ended_is_left_out_unless_it_is_asked_for(forge: Forge) {
        for _ in 0..3 {
            forge.jenkins_a_for_alice();
        }
        let ended = oauthprovider::clock::now() - 3 * 86_400 - 60;
        forge.sql(&format!("UPDATE access_tokens SET expires = {ended} WHERE id = (SELECT max(id) FROM access_tokens)"));
        forge.sql("UPDATE access_tokens SET revoked = created WHERE id = (SELECT min(id) FROM access_tokens)");
        let states = |more: &[&str]| -> Vec<Value> { listed(&forge, more).iter().map(|one| one["state"].clone()).collect() };
        assert_eq!(states(&[]), ["live"]);
        assert_eq!(states(&["--all"]), ["live", "expired", "revoked"]);
        let html = page(&forge.browser_of("alice"));
        assert_eq!(cells(&html, "State"), ["live until it is revoked", "expired 3 days ago", "revoked just now"]);
        assert_eq!(html.matches("/revoke\"").count(), 1, "what has ended has no button");
    }

    fn has_the_name_that_its_user_gives_it(forge: Forge) {
        forge.jenkins_a_for_alice();
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let html = page(&alice);
        let path = html.split("/label\"").next().unwrap().rsplit("action=\"").next().unwrap();
        let path = format!("{path}/label");
        let name = |browser: &Browser, text: &str| {
            browser.post(&path, &[("csrf_token", &browser.csrf_token()), ("label", text)])
        };
        name(&alice, " nightly <b>builds</b> ").expect(302);
        assert_eq!(listed(&forge, &[])[0]["label"], "nightly <b>builds</b>");
        assert!(page(&alice).contains("nightly &lt;b&gt;builds"));
        name(&bob, "mine").expect(404);
        alice.post(&path, &[("label", "no token")]).expect(403);
        for refused in ["a\u{202e}b", &"x".repeat(65)] {
            let html = name(&alice, refused).expect(422).text();
            assert!(html.contains(&format!("action=\"{path}\"")) && html.contains(&format!("value=\"{refused}\"")), "{html}");
            assert!(html.contains("id=\"label-error\"") && html.contains("aria-invalid=\"true\""), "{html}");
            name(&bob, refused).expect(404);
        }
        alice.get(&path).expect(405);
        assert_eq!(listed(&forge, &[])[0]["label"], "nightly <b>builds</b>");
        name(&alice, " ").expect(302);
        assert_eq!(listed(&forge, &[])[0]["label"], Value::Null);
    }

    fn is_chosen_by_who_issues_by_hand(forge: Forge) {
        let issue = |more: &[&str]| {
            let arguments =
                ["token", "issue", "--user", "alice", "--consumer", "jenkins_a", "--role", "project-a/Reporter", "--json"];
            Program::new(&[&arguments, more].concat()).arg("--database-url").arg(forge.database_url())
        };
        let issued = issue(&["--expires", "30d", "--label", "release builds"]).run().expect(0);
        assert!(issued.json()["token_secret"].is_string());
        let token = &listed(&forge, &[])[0];
        assert_eq!(token["label"], "release builds");
        let lifetimes = || {
            let query = "SELECT coalesce(CAST(expires - created AS TEXT), '-') AS line FROM access_tokens ORDER BY id";
            forge.database().lines(query)
        };
        assert_eq!(lifetimes(), ["2592000"]);
        issue(&[]).run().expect(0);
        let within = |program: Program| program.env("OAUTHPROVIDER_OAUTH_LONGEST_TOKEN_SECONDS", "86400");
        within(issue(&[])).run().expect(0);
        within(issue(&["--expires", "24h"])).run().expect(0);
        assert_eq!(lifetimes(), ["2592000", "-", "86400", "86400"]);
        assert!(within(issue(&["--expires", "25h"])).run().complaint().contains("at most 86400 seconds"));
        issue(&["--expires", "-1h"]).run().expect(2);
        issue(&["--expires=-1h"]).run().complaint();
        issue(&["--expires", "soon"]).run().expect(2);
        issue(&["--label", "a\nb"]).run().complaint();
        assert_eq!(lifetimes().len(), 4);
    }
}
