//! What the consent page says before one decides: who asks, as whom, with which role, and what there is already.

use crate::support::{Browser, CALLBACK, Forge, PLUGIN, on_both_databases, query_of, text_of};

/// The words of the page that Jenkins A's request leads to.
fn words(browser: &Browser, forge: &Forge) -> String {
    let page = browser.consent(&forge.jenkins_a().request_token(CALLBACK)).page;
    text_of(&page.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both_databases! {
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
