//! What the consent page says before one decides: who asks, as whom, with which role, and what there is already.

use crate::support::{Answer, Browser, CALLBACK, Forge, PLUGIN, Token, on_both_databases, query_of, text_of};

/// The words of the page that Jenkins A's request leads to.
fn words(browser: &Browser, forge: &Forge) -> String {
    let page = browser.consent(&forge.jenkins_a().request_token(CALLBACK)).page;
    text_of(&page.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Posts a decision with these fields beside those that every decision has.
fn decide(browser: &Browser, token: &Token, fields: &[(&str, &str)]) -> Answer {
    let csrf_token = browser.csrf_token();
    let common = [("oauth_token", &*token.key), ("csrf_token", &*csrf_token)];
    browser.post(&format!("{PLUGIN}/authorize"), &[&common, fields].concat())
}

/// Whether the role of this number is chosen on a page.
fn is_chosen(page: &str, role: &str) -> bool {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("id=\"role-{role}\""))).unwrap();
    tag.split('>').next().unwrap().contains(" checked")
}

on_both_databases! {
    fn comes_back_as_it_was_filled_in_with_what_is_wrong_beside_the_field(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let role = alice.consent(&temporary).role("Reporter/Project A");
        let typed = [("role_id", &*role), ("lifetime", "86400"), ("label", "build\u{202e}er <7>"), ("decision", "authorize")];
        let answer = decide(&alice, &temporary, &typed).expect(422);
        let policy = answer.header("Content-Security-Policy").unwrap().to_owned();
        assert!(policy.contains("form-action 'self' http://"), "it leads to the tool as it did before: {policy}");
        let again = answer.text();
        assert_eq!(again.matches("<form").count(), 1);
        assert!(again.contains("id=\"label-error\"") && again.contains("value=\"build\u{202e}er &lt;7&gt;\""), "{again}");
        assert!(is_chosen(&again, &role) && again.contains("value=\"86400\" selected"), "{again}");
        assert!(text_of(again.split("<title>").nth(1).unwrap()).starts_with("Error:"), "{again}");

        // No role: what was typed stays.
        let typed = [("lifetime", "3600"), ("label", "builder 7"), ("decision", "authorize")];
        let again = decide(&alice, &temporary, &typed).expect(400).text();
        assert!(text_of(&again).contains("Choose one of your roles."), "{again}");
        assert!(again.contains("value=\"builder 7\"") && again.contains("value=\"3600\" selected"), "{again}");
        let again = decide(&alice, &temporary, &[("role_id", &role), ("label", "builder 7")]).expect(400).text();
        assert!(text_of(&again).contains("Choose whether to authorize or to deny."), "{again}");
        assert!(is_chosen(&again, &role) && again.contains("value=\"builder 7\""), "{again}");
        // A time that is none, and no role either: the contract has a status for the role.
        let again = decide(&alice, &temporary, &[("lifetime", "soon"), ("decision", "authorize")]).expect(400).text();
        assert!(again.contains("id=\"lifetime-error\""), "{again}");
        jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
        decide(&alice, &temporary, &[("role_id", &role), ("decision", "authorize")]).expect(302);
    }

    fn comes_back_where_the_role_was_taken_away_or_is_too_small_meanwhile(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let temporary = jenkins.request_token(CALLBACK);
        let page = alice.consent(&temporary);
        let (lost, small) = (page.role("Reader/Project A"), page.role("Reporter/Project A"));
        forge.import(r#"{"roles": [{"project": "project-a", "name": "Reader", "members": [],
            "permissions": {"tracker:bugs": "read"}}], "consumers": [{"name": "jenkins_a", "needs": {"tracker": "manager"}}]}"#);
        for (role, status, said) in
            [(&lost, 403, "You cannot lend that role now."), (&small, 400, "That role lets the tool do less than it needs.")]
        {
            let typed = [("role_id", &**role), ("label", "builder 7"), ("type", "group"), ("name", "project-b"), ("decision", "authorize")];
            let again = decide(&alice, &temporary, &typed).expect(status).text();
            assert!(text_of(&again).contains(said), "{again}");
            assert!(again.contains("value=\"builder 7\"") && !again.contains(" checked"), "{again}");
            assert!(again.contains("name=\"name\" value=\"project-b\""), "the order of the roles stays: {again}");
        }
        // Nothing is left that could be lent: that is said too.
        forge.sql("DELETE FROM role_members");
        let again = decide(&alice, &temporary, &[("role_id", &small), ("decision", "authorize")]).expect(403).text();
        let words = text_of(&again);
        assert!(words.contains("You cannot lend that role now.") && words.contains("You hold no role"), "{again}");
    }

    fn roles_that_are_enough_come_before_those_that_are_not(forge: Forge) {
        let role = |name: String, level: &str| format!(
            r#"{{"project": "project-a", "name": "{name}", "members": ["nora"], "permissions": {{"tracker:bugs": "{level}"}}}}"#
        );
        let small = (0..35).map(|number| role(format!("Small {number:02}"), "read"));
        let roles: Vec<String> = small.chain([role("Enough".to_owned(), "submit"), role("Plenty".to_owned(), "manager")]).collect();
        forge.import(&format!(
            r#"{{"roles": [{}], "consumers": [{{"name": "jenkins_a", "needs": {{"tracker": "submit"}}}}]}}"#, roles.join(",")
        ));
        let (nora, temporary) = (forge.browser_of("nora"), forge.jenkins_a().request_token(CALLBACK));
        let consent = nora.consent(&temporary);
        let labels: Vec<&str> = consent.roles.iter().map(|(_, label)| label.as_str()).collect();
        assert!(labels[0].starts_with("Enough") && labels[1].starts_with("Plenty"), "{labels:?}");
        assert!(labels[2].starts_with("Small 00"), "{labels:?}");
        let second = nora.get(&format!("{PLUGIN}/authorize?oauth_token={}&roles=30", temporary.key)).expect(200).text();
        assert!(!second.contains("value=\"authorize\"") && second.contains("value=\"deny\""), "nothing to choose there");
        assert!(text_of(&second).contains("Those that are come before them."), "{second}");
    }

    fn one_card_on_the_last_page_is_not_the_only_role(forge: Forge) {
        let roles: Vec<String> = (0..31).map(|number| format!(
            r#"{{"project": "project-a", "name": "Role {number:02}", "members": ["nora"], "permissions": {{"tracker:bugs": "read"}}}}"#
        )).collect();
        forge.import(&format!(r#"{{"roles": [{}]}}"#, roles.join(",")));
        let (nora, temporary) = (forge.browser_of("nora"), forge.jenkins_a().request_token(CALLBACK));
        let last = nora.get(&format!("{PLUGIN}/authorize?oauth_token={}&roles=30", temporary.key)).expect(200).text();
        assert_eq!(last.matches("name=\"role_id\"").count(), 1);
        let words = text_of(&last);
        assert!(words.contains("Choose the one role") && !words.contains("It would act with this role"), "{words}");
        // What was chosen there is there again.
        let role = last.split("id=\"role-").nth(1).unwrap().split('"').next().unwrap();
        let again = decide(&nora, &temporary, &[("role_id", role), ("label", "a\u{202e}b"), ("decision", "authorize")]);
        assert!(is_chosen(&again.expect(422).text(), role));
    }

    fn roles_are_offered_least_powerful_first(forge: Forge) {
        let consent = forge.browser_of("alice").consent(&forge.jenkins_a().request_token(CALLBACK));
        let labels: Vec<&str> = consent.roles.iter().map(|(_, label)| label.as_str()).collect();
        let expected = ["Reader in Project A", "Reporter in Project A", "Technician in Project A", "Manager in Project B <i>"];
        for (label, expected) in labels.iter().zip(expected) {
            assert!(label.starts_with(expected), "{labels:?}");
        }
        assert!(labels[4].starts_with("Everywhere on the whole forge"), "{labels:?}");
    }

    fn each_role_says_what_it_lets_the_tool_do_and_what_not(forge: Forge) {
        let words = words(&forge.browser_of("alice"), &forge);
        for said in [
            "In Bugs it can read items. It cannot file items, open and close items, change items. It cannot see Security.",
            "In Bugs it can read items, file items. It cannot open and close items, change items.",
            "In Bugs it can read items, open and close items, file items. It cannot change items.",
            "In Bugs of B it can read items, open and close items, change items, file items.",
            "It can run the whole forge",
        ] {
            assert!(words.contains(said), "{said}: {words}");
        }
        forge.import(r#"{"roles": [
            {"project": "project-a", "name": "Boss", "members": ["bob"], "permissions": {"project": "admin"}},
            {"project": "project-b", "name": "Guest", "members": ["bob"], "permissions": {"project": "read"}},
            {"project": null, "name": "Nothing", "members": ["bob"], "permissions": {}}]}"#);
        let words = self::words(&forge.browser_of("bob"), &forge);
        for said in ["It can run the project", "It cannot see Bugs of B.", "It can do nothing at present."] {
            assert!(words.contains(said), "{said}: {words}");
        }
    }

    fn no_tracker_is_told_of_that_none_of_ones_roles_sees(forge: Forge) {
        let role = |name: &str, rights: &str| forge.import(&format!(
            r#"{{"roles": [{{"project": "project-a", "name": "{name}", "members": ["nora"], "permissions": {{{rights}}}}}]}}"#));
        role("Guest", r#""tracker:bugs": "read""#);
        let nora = forge.browser_of("nora");
        let words = || [self::words(&nora, &forge),
            text_of(&nora.get(&format!("{PLUGIN}/access_tokens/new?tool=jenkins_a")).expect(200).text())];
        assert!(words().iter().all(|words| words.contains("In Bugs it can read") && !words.contains("Security")));
        role("Guard", r#""tracker:security": "read""#);
        assert!(words().iter().all(|words| words.contains("It cannot see Security.") && words.contains("It cannot see Bugs.")));
    }

    fn who_asks_is_told_with_how_many_use_it_and_what_it_may_do_already(forge: Forge) {
        let alice = forge.browser_of("alice");
        let before = words(&alice, &forge);
        for said in ["Builds project A", "http://ci-a.example/", "ci@example.org", "Registered here", "Nobody here uses this tool yet"] {
            assert!(before.contains(said), "{said}: {before}");
        }
        forge.token("bob", "jenkins_a", "project-a/Reporter");
        forge.token("alice", "jenkins_a", "project-a/Reader");
        forge.token("alice", "jenkins_a", "project-a/Reporter");
        forge.token("alice", "jenkins_b", "project-a/Reporter");
        let after = words(&alice, &forge);
        assert!(after.contains("2 people") && !after.contains("Nobody here uses"), "{after}");
        assert!(after.contains("What jenkins_a may do for you already"), "{after}");
        let page = alice.consent(&forge.jenkins_a().request_token(CALLBACK)).page.text();
        let of_tool = format!("{PLUGIN}/access_tokens?tool=jenkins_a");
        assert!(page.contains(&format!("href=\"{of_tool}\"")));
        let tokens = alice.get(&of_tool).expect(200).text();
        assert_eq!(tokens.matches("/revoke\"").count(), 2);
        // Who has revoked theirs is no user of it any more.
        forge.sql("UPDATE access_tokens SET revoked = created");
        assert!(words(&alice, &forge).contains("Nobody here uses this tool yet"));
    }

    fn somebody_else_can_take_over_and_gets_a_session_of_their_own(forge: Forge) {
        let mut browser = forge.browser_of("alice");
        let former = browser.clone();
        let temporary = forge.jenkins_a().request_token(CALLBACK);
        let page = browser.consent(&temporary).page.text();
        let switch = page.split("href=\"").find(|link| link.starts_with("/login?")).unwrap().split('"').next().unwrap();
        let switch = switch.replace("&amp;", "&").replace("&#x2F;", "/");
        let next = query_of(&switch, "next").unwrap();
        assert!(next.starts_with(&format!("{PLUGIN}/authorize?oauth_token=")), "{next}");
        let form = browser.get(&switch).expect(200).text();
        assert!(form.contains("name=\"password\"") && form.contains("You are logged in as <strong>Alice Liddell</strong>"));
        let answer = browser.post("/login", &[("username", "bob"), ("password", "wonderland"), ("next", &next)]).expect(302);
        assert_eq!(answer.header("Location"), Some(next.as_str()));
        browser.cookie = answer.header("Set-Cookie").and_then(|cookie| cookie.split(';').next().map(str::to_owned));
        assert_ne!(browser.cookie, former.cookie);
        assert!(text_of(&browser.consent(&temporary).page.text()).contains("(bob)"));
        former.get(&format!("{PLUGIN}/access_tokens")).expect(302);
    }

    fn very_many_roles_are_offered_page_by_page_and_every_one_can_be_chosen(forge: Forge) {
        let roles: Vec<String> = (0..70).map(|number| format!(
            r#"{{"project": "project-a", "name": "Role number {number:02}", "members": ["nora"],
                "permissions": {{"tracker:bugs": "manager", "tracker:security": "submit"}}}}"#
        )).collect();
        forge.import(&format!(r#"{{"roles": [{}]}}"#, roles.join(",")));
        let (nora, temporary) = (forge.browser_of("nora"), forge.jenkins_a().request_token(CALLBACK));
        let mut address = format!("{PLUGIN}/authorize?oauth_token={}", temporary.key);
        let mut seen = Vec::new();
        loop {
            let page = nora.get(&address).expect(200).text();
            assert!(page.len() < 60 * 1024, "{} bytes", page.len());
            seen.extend(page.split("Role number ").skip(1).map(|rest| rest[..2].to_owned()));
            let Some(next) = page.split("href=\"").find(|link| link.contains("rel=\"next\"") && link.contains("roles=")) else { break };
            address = next.split('"').next().unwrap().replace("&amp;", "&").replace("&#x2F;", "/");
        }
        assert_eq!(seen, (0..70).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    }
}
