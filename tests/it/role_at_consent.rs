//! Which role a decision can bind (pitfall 26): one that the deciding user holds at that moment, and no other.

mod pitfall_26_the_role_that_is_granted {
    use crate::support::{Browser, CALLBACK, PLUGIN, Token, on_both_databases};

    fn post(browser: &Browser, token: &Token, fields: &[(&str, &str)]) -> u16 {
        let csrf_token = browser.csrf_token();
        let mut form = vec![("oauth_token", token.key.as_str()), ("csrf_token", &csrf_token)];
        form.extend(fields);
        browser.post(&format!("{PLUGIN}/authorize"), &form).status
    }

    on_both_databases! {
        fn is_one_that_the_user_holds(forge: Forge) {
            let (jenkins, alice, bob) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("bob"));
            let temporary = jenkins.request_token(CALLBACK);
            let held = alice.consent(&temporary).role("Reporter/Project A");
            let of_bob = bob.consent(&temporary).role("Reporter/Project B");
            let rows: [(&[(&str, &str)], u16); 14] = [
                (&[("role_id", &of_bob), ("decision", "authorize")], 403),
                (&[("role_id", "999999"), ("decision", "authorize")], 400),
                (&[("role_id", "0"), ("decision", "authorize")], 400),
                (&[("role_id", "-1"), ("decision", "authorize")], 400),
                (&[("role_id", "Reporter"), ("decision", "authorize")], 400),
                (&[("role_id", "99999999999999999999"), ("decision", "authorize")], 400),
                (&[("role_id", ""), ("decision", "authorize")], 400),
                (&[("decision", "authorize")], 400),
                (&[("role_id", &held), ("role_id", &of_bob), ("decision", "authorize")], 400),
                (&[("role_id", &held)], 400),
                (&[("role_id", &held), ("decision", "")], 400),
                (&[("role_id", &held), ("decision", "maybe")], 400),
                (&[("role_id", &held), ("decision", "AUTHORIZE")], 400),
                (&[("role_id", &held), ("decision", "authorize"), ("decision", "deny")], 400),
            ];
            for (fields, status) in rows {
                assert_eq!(post(&alice, &temporary, fields), status, "{fields:?}");
                jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_unknown");
            }
            // After all that it is still undecided.
            assert_eq!(post(&alice, &temporary, &[("role_id", &held), ("decision", "authorize")]), 302);
        }

        fn is_looked_at_again_when_the_form_comes_back(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let page = alice.consent(&temporary);
            let (lost, gone) = (page.role("Reader/Project A"), page.role("Manager/Project B"));
            forge.import(r#"{"roles": [{"project": "project-a", "name": "Reader", "members": [],
                "permissions": {"tracker:bugs": "read"}}]}"#);
            forge.sql(&format!("DELETE FROM roles WHERE id = {gone}"));
            assert_eq!(post(&alice, &temporary, &[("role_id", &lost), ("decision", "authorize")]), 403);
            assert_eq!(post(&alice, &temporary, &[("role_id", &gone), ("decision", "authorize")]), 400);
            let labels: Vec<String> = alice.consent(&temporary).roles.into_iter().map(|(_, label)| label).collect();
            assert_eq!(labels.len(), 3, "{labels:?}");
            alice.authorize(&temporary, "Reporter/Project A");
        }

        fn can_be_one_of_the_whole_forge(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let temporary = jenkins.request_token(CALLBACK);
            let verifier = alice.authorize(&temporary, "Everywhere");
            let jenkins = jenkins.with(&jenkins.exchange(&temporary, &verifier).send().expect(200).token());
            let echo = jenkins.echo().expect(200).json();
            assert_eq!(echo["role"]["name"], "Everywhere");
            assert!(echo["role"]["project"].is_null());
            jenkins.get("/api/projects/project-b/trackers/bugs/items").expect(200);
        }

        fn is_offered_under_its_name_and_its_projects_title_and_no_other_is(forge: Forge) {
            let temporary = forge.jenkins_a().request_token(CALLBACK);
            let consent = forge.browser_of("alice").consent(&temporary);
            assert_eq!(consent.page.text().matches("<form").count(), 1);
            assert_eq!(consent.oauth_token, temporary.key);
            let roles = consent.roles;
            let held = [
                ("Reader", "Project A"), ("Reporter", "Project A"), ("Technician", "Project A"),
                ("Manager", "Project B <i>"), ("Everywhere", ""),
            ];
            assert_eq!(roles.len(), held.len(), "{roles:?}");
            for (role, title) in held {
                assert_eq!(roles.iter().filter(|(_, l)| l.contains(role) && l.contains(title)).count(), 1, "{role}");
            }
            assert_eq!(forge.browser_of("bob").consent(&temporary).roles.len(), 2);
        }

        fn comes_first_when_its_project_is_named(forge: Forge) {
            let (temporary, alice) = (forge.jenkins_a().request_token(CALLBACK), forge.browser_of("alice"));
            let offered = |extra: &str| {
                let page = alice.get(&format!("{PLUGIN}/authorize?oauth_token={}{extra}", temporary.key)).expect(200);
                let text = crate::support::text_of(&page.text());
                let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
                (at("Manager in Project B"), at("Reader in Project A"), at("Reporter in Project A"))
            };
            let (b, reader, reporter) = offered("&type=group&name=project-b");
            assert!(b < reader && b < reporter);
            let (b, reader, reporter) = offered("&type=group&name=project-a");
            assert!(reader < b && reporter < b);
            // By number, in whichever order the numbers were given out.
            let firsts: Vec<bool> = (1..=2).map(|id| offered(&format!("&id={id}"))).map(|(b, a, _)| b < a).collect();
            assert!(firsts.contains(&true) && firsts.contains(&false), "{firsts:?}");
            for nonsense in ["&id=x", "&id=", "&id=99", "&type=group&name=", "&type=group&name=no-such", "&id=1&id=2"] {
                offered(nonsense);
            }
        }

        fn is_none_for_who_holds_none_and_then_one_can_only_deny(forge: Forge) {
            let (jenkins, nora) = (forge.jenkins_a(), forge.browser_of("nora"));
            let temporary = jenkins.request_token(CALLBACK);
            assert_eq!(nora.consent(&temporary).roles, []);
            let of_alice = forge.browser_of("alice").consent(&temporary).role("Reporter/Project A");
            assert_eq!(post(&nora, &temporary, &[("role_id", &of_alice), ("decision", "authorize")]), 403);
            assert_eq!(post(&nora, &temporary, &[("decision", "deny")]), 302);
            jenkins.exchange(&temporary, "x").send().expect_problem(401, "permission_denied");
        }
    }
}
