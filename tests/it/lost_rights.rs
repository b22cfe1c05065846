//! What a token is worth when its role, its user, its project or its consumer is not what it was.

mod pitfall_26_a_role_lost {
    use serde_json::json;

    use crate::support::{CALLBACK, Forge, PLUGIN, on_both_databases};

    const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

    fn reporters(forge: &Forge, members: &[&str]) {
        let roles = json!({"roles": [{"project": "project-a", "name": "Reporter", "members": members,
            "permissions": {"tracker:bugs": "submit"}}]});
        forge.import(&roles.to_string());
    }

    on_both_databases! {
        fn is_refused_at_once_and_works_again_when_it_is_held_again(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            jenkins.echo().expect(200);
            // She keeps four more roles, all of which could read this tracker.
            reporters(&forge, &["bob"]);
            for path in ["/plugins/oauthprovider/echo", "/plugins/oauthprovider/echo/more", "/api/userinfo", ITEMS] {
                let refused = jenkins.get(path).expect(403);
                assert_eq!(refused.json()["error"], "role_not_held", "{path}");
                assert_eq!(refused.json()["role"], "Reporter", "{path}");
                assert_eq!(refused.header("Cache-Control"), Some("no-store"), "{path}");
            }
            assert_eq!(jenkins.post_json(ITEMS, &json!({"summary": "x"})).expect(403).json()["error"], "role_not_held");
            let oslc = "/plugins/oslc/cm/project/project-a/tracker/bugs";
            let refused = jenkins.post_json(oslc, &json!({"dcterms:title": "x"})).expect(403);
            assert_eq!(refused.json()["error"], "role_not_held");
            reporters(&forge, &["bob", "alice"]);
            jenkins.post_json(ITEMS, &json!({"summary": "x"})).expect(201);
        }

        fn between_decision_and_exchange_gives_a_token_that_can_do_nothing(forge: Forge) {
            let jenkins = forge.jenkins_a();
            let temporary = jenkins.request_token(CALLBACK);
            let verifier = forge.browser_of("alice").authorize(&temporary, "Reporter/Project A");
            reporters(&forge, &["bob"]);
            let answer = jenkins.exchange(&temporary, &verifier).send();
            if answer.status == 200 {
                jenkins.with(&answer.token()).echo().expect(403);
            } else {
                assert_eq!(answer.status, 401);
            }
        }

        fn a_role_or_project_that_was_removed_takes_its_tokens_along(forge: Forge) {
            let (of_a, jenkins) = (forge.jenkins_a_for_alice(), forge.jenkins_a());
            let of_b = jenkins.with(&forge.token("alice", "jenkins_a", "project-b/Manager"));
            let temporary = jenkins.request_token(CALLBACK);
            let alice = forge.browser_of("alice");
            let verifier = alice.authorize(&temporary, "Manager/Project B");
            forge.sql("DELETE FROM projects WHERE name = 'project-b'");
            of_b.echo().expect_problem(401, "token_rejected");
            jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_rejected");
            forge.sql("DELETE FROM roles WHERE name = 'Reporter'");
            of_a.echo().expect_problem(401, "token_rejected");
            alice.get(&format!("{PLUGIN}/access_tokens")).expect(200);
        }
    }
}

mod pitfall_30_users_and_consumers_that_go {
    use serde_json::json;

    use crate::support::{CALLBACK, Forge, PASSWORD, PLUGIN, on_both_databases};

    fn set_status(forge: &Forge, user: &str, status: &str) {
        forge.import(&json!({"users": [{"name": user, "status": status}]}).to_string());
    }

    on_both_databases! {
        fn a_suspended_user_acts_neither_in_person_nor_through_a_tool(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
            let acting = forge.jenkins_a_for_alice();
            let (asked, granted) = (jenkins.request_token(CALLBACK), jenkins.request_token(CALLBACK));
            let verifier = alice.authorize(&granted, "Reporter/Project A");
            let page = alice.consent(&asked);
            let form = [
                ("oauth_token", asked.key.as_str()),
                ("csrf_token", &page.csrf_token),
                ("role_id", &page.role("Reporter/Project A")),
                ("decision", "authorize"),
            ];
            set_status(&forge, "alice", "suspended");
            acting.echo().expect_problem(401, "token_rejected");
            acting.get("/api/userinfo").expect_problem(401, "token_rejected");
            jenkins.exchange(&granted, &verifier).send().expect_problem(401, "token_rejected");
            alice.post(&format!("{PLUGIN}/authorize"), &form).expect(403);
            let led = alice.get(&format!("{PLUGIN}/access_tokens")).expect(302);
            assert!(led.header("Location").unwrap().starts_with("/login?next="));
            let right = alice.post("/login", &[("username", "alice"), ("password", PASSWORD)]).expect(401);
            let unknown = alice.post("/login", &[("username", "alicf"), ("password", PASSWORD)]).expect(401);
            assert_eq!(right.text(), unknown.text().replace("alicf", "alice"));

            set_status(&forge, "alice", "active");
            acting.echo().expect(200);
            jenkins.exchange(&granted, &verifier).send().expect(200);
            forge.browser_of("alice").authorize(&asked, "Reporter/Project A");
        }

        fn a_removed_or_renamed_user_is_gone_or_renamed_at_the_next_request(forge: Forge) {
            let alices = forge.jenkins_a_for_alice();
            let bobs = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
            let browser = forge.browser_of("bob");
            forge.sql("UPDATE users SET name = 'alicia' WHERE name = 'alice'");
            assert_eq!(alices.echo().expect(200).json()["user"]["name"], "alicia");
            forge.sql("DELETE FROM users WHERE name = 'bob'");
            bobs.echo().expect_problem(401, "token_rejected");
            browser.get(&format!("{PLUGIN}/access_tokens")).expect(302);
        }

        fn a_removed_consumer_takes_its_tokens_along_and_leaves_what_it_filed(forge: Forge) {
            let (jenkins, alice, admin) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("admin"));
            let acting = forge.jenkins_a_for_alice();
            let other = forge.tool("jenkins_b").with(&forge.token("alice", "jenkins_b", "project-a/Reporter"));
            let items = "/api/projects/project-a/trackers/bugs/items";
            acting.post_json(items, &json!({"summary": "Build 7 broke"})).expect(201);
            let (asked, granted) = (jenkins.request_token(CALLBACK), jenkins.request_token(CALLBACK));
            let verifier = alice.authorize(&granted, "Reporter/Project A");

            let path = format!("{PLUGIN}/consumers/{}/remove", forge.consumer_id("jenkins_a"));
            admin.post(&path, &[("csrf_token", &admin.csrf_token())]).expect(302);
            acting.echo().expect_problem(401, "consumer_key_unknown");
            jenkins.ask(CALLBACK).send().expect_problem(401, "consumer_key_unknown");
            jenkins.exchange(&granted, &verifier).send().expect_problem(401, "consumer_key_unknown");
            alice.get(&format!("{PLUGIN}/authorize?oauth_token={}", asked.key)).expect(404);
            assert_eq!(forge.tokens_of("alice"), 1);
            let filed = &other.get(items).expect(200).json()["items"][0];
            assert_eq!((&filed["summary"], &filed["consumer"]), (&"Build 7 broke".into(), &"jenkins_a".into()));
            assert!(!alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text().contains("jenkins_a"));
        }

        fn a_revocation_is_obeyed_by_the_very_next_request(forge: Forge) {
            let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
            let other = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reader"));
            let page = alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
            let row = page.split("<tr>").find(|row| row.contains("project-a/Reporter")).unwrap();
            let path = row.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
            jenkins.echo().expect(200);
            alice.post(path, &[("csrf_token", &alice.csrf_token())]).expect(302);
            jenkins.echo().expect_problem(401, "token_revoked");
            jenkins.get("/api/userinfo").expect_problem(401, "token_revoked");
            let wrong = jenkins.request("GET", "/api/userinfo");
            wrong.tampered("oauth_signature", Some("AAAA")).send().expect_problem(401, "signature_invalid");
            other.echo().expect(200);
        }
    }
}

mod a_second_revocation {
    use oauthprovider::{ids::AccessTokenId, provider::revoke};

    use crate::support::{Forge, on_both_databases, operator};

    fn revoke_at(forge: &Forge, id: i64, now: i64) -> Vec<String> {
        let revoke = forge
            .store()
            .blocking(|conn| conn.write(|tx| revoke::access_token(tx, AccessTokenId(id), None, &operator(now))));
        revoke.unwrap_or_else(|error| panic!("{error}"));
        forge.database().lines(&format!("SELECT CAST(revoked AS TEXT) AS line FROM access_tokens WHERE id = {id}"))
    }

    on_both_databases! {
        fn does_not_change_the_time_of_the_first(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let key = &jenkins.token.as_ref().unwrap().key;
            let query = format!("SELECT CAST(id AS TEXT) AS line FROM access_tokens WHERE key = '{key}'");
            let id = forge.database().lines(&query)[0].parse().unwrap();
            assert_eq!(revoke_at(&forge, id, 1_000), ["1000"]);
            assert_eq!(revoke_at(&forge, id, 2_000), ["1000"]);
            jenkins.echo().expect_problem(401, "token_revoked");
        }
    }
}

mod pitfall_30_two_instances_on_one_database {
    use crate::support::{Browser, CALLBACK, Database, Forge, PLUGIN};

    #[test]
    fn a_dance_across_both_and_a_revocation_at_one() {
        let forge = Forge::on(Database::Postgres);
        let there = forge.another_instance();
        let here = forge.jenkins_a();
        let mut alice = Browser::new(&there.base);
        alice.log_in("alice");
        // Asked here, decided there, exchanged here, used at both.
        let temporary = here.request_token(CALLBACK);
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        here.at(&there.base).exchange(&temporary, "wrong").send().expect_problem(401, "parameter_rejected");
        let token = here.exchange(&temporary, &verifier).send().expect(200).token();
        here.at(&there.base).exchange(&temporary, &verifier).send().expect_problem(401, "token_used");
        let acting = here.with(&token);
        acting.echo().expect(200);
        acting.at(&there.base).echo().expect(200);

        // The session of one is the session of the other; what is revoked at one is revoked.
        let alice_here = Browser { base: forge.base().to_owned(), cookie: alice.cookie.clone() };
        let page = alice_here.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
        let path = page.split("/revoke\"").next().unwrap().rsplit("action=\"").next().unwrap();
        alice_here.post(&format!("{path}/revoke"), &[("csrf_token", &alice.csrf_token())]).expect(302);
        acting.at(&there.base).echo().expect_problem(401, "token_revoked");
        acting.echo().expect_problem(401, "token_revoked");

        alice.post("/logout", &[("csrf_token", &alice.csrf_token())]).expect(302);
        alice_here.get(&format!("{PLUGIN}/access_tokens")).expect(302);
    }
}
