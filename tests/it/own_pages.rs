//! Who sees which page, and that what is somebody else's cannot be reached by its number.

mod lists;

mod pages {
    use crate::support::{Database, Forge, PLUGIN};

    #[test]
    fn lead_strangers_to_the_log_in_and_back_and_refuse_who_may_not() {
        let forge = Forge::on(Database::Sqlite);
        let (anonymous, nora, bob) = (forge.anonymous(), forge.browser_of("nora"), forge.browser_of("bob"));
        // Alice runs the forge through a role, the admin by an own mark.
        let (alice, admin) = (forge.browser_of("alice"), forge.browser_of("admin"));
        let of_jenkins = format!("P/consumers/{}", forge.consumer_id("jenkins_a"));
        let removal = format!("{of_jenkins}/remove");
        for path in
            ["P/consumers", "P/consumers/new", "P/audit", &of_jenkins, &removal, "P/access_tokens", "P/request_tokens"]
        {
            let path = path.replacen('P', PLUGIN, 1);
            let led = anonymous.get(&path).expect(302);
            let encoded = oauthprovider::oauth1::percent_encode(&path);
            assert_eq!(led.header("Location"), Some(format!("/login?next={encoded}").as_str()));
            let for_admins = path.contains("consumers") || path.contains("audit");
            for (browser, status) in
                [(&nora, if for_admins { 403 } else { 200 }), (&bob, if for_admins { 403 } else { 200 })]
            {
                assert_eq!(browser.get(&path).status, status, "{path}");
            }
            for browser in [&alice, &admin] {
                assert_eq!(browser.get(&path).status, 200, "{path}");
            }
        }
        for path in ["/", PLUGIN, "/plugins/oauthprovider/", "/login"] {
            anonymous.get(path).expect(200);
            bob.get(path).expect(200);
        }
        // Back to where one came from, query and all.
        let asked = format!("{PLUGIN}/authorize?oauth_token=a%2Fb&type=group&name=project-a");
        let led = anonymous.get(&asked).expect(302);
        let next = crate::support::query_of(led.header("Location").unwrap(), "next").unwrap();
        assert_eq!(next, asked);
    }

    #[test]
    fn are_only_read_by_get_and_changed_by_post() {
        let forge = Forge::on(Database::Sqlite);
        let admin = forge.browser_of("admin");
        let jenkins = forge.jenkins_a_for_alice();
        let consumer = forge.consumer_id("jenkins_a");
        for path in [
            format!("consumers/{consumer}/enable"),
            "access_tokens/1/revoke".to_owned(),
            "request_tokens/1/revoke".to_owned(),
        ] {
            for method in ["GET", "HEAD", "DELETE", "PUT"] {
                let answer = admin.request(method, &format!("{PLUGIN}/{path}")).send().expect(405);
                assert_eq!(answer.header("Allow"), Some("POST"), "{method} {path}");
            }
        }
        admin.get(&format!("{PLUGIN}/consumers/{consumer}/remove")).expect(200);
        admin.get("/logout").expect(405);
        admin.get(&format!("{PLUGIN}/consumers")).expect(200);
        jenkins.echo().expect(200);
    }
}

mod nonsense {
    use crate::support::{PLUGIN, on_both_databases};

    on_both_databases! {
        fn is_the_fault_of_who_sent_it(forge: Forge) {
            let admin = forge.browser_of("admin");
            let csrf_token = admin.csrf_token();
            let bodies = [
                "%zz", "%00", "a=%00", "%ff", "username=%ff&password=%c3%28", "oauth_token=%00", "=", "&&&",
                "username=a%00b&password=x", "role_id=%f0%9f%92%a9&decision=authorize", "name=%00&url=%00",
            ];
            let with_token = |body: &&str| format!("{body}&csrf_token={csrf_token}");
            let mut bodies: Vec<String> = bodies.iter().map(with_token).collect();
            bodies.push("a=b&".repeat(1_001));
            let long = "x%40".repeat(5_000);
            bodies.push(format!("csrf_token={csrf_token}&name={long}&url={long}&email={long}&callbacks={long}"));
            for path in ["/login", "P/authorize", "P/consumers", "P/consumers/1/enable", "P/access_tokens/1/revoke"] {
                let path = path.replacen('P', PLUGIN, 1);
                for body in &bodies {
                    let call = admin.request("POST", &path).body("application/x-www-form-urlencoded", body.as_str());
                    let status = call.send().status;
                    assert!(status < 500, "{path} {body:.60}: {status}");
                }
                for media_type in ["multipart/form-data; boundary=x", "application/json", "text/plain", ""] {
                    let status = admin.request("POST", &path).body(media_type, "csrf_token=x").send().status;
                    assert!((400..500).contains(&status), "{path} {media_type}: {status}");
                }
            }
            let queries = ["%zz", "oauth_token=%00", "oauth_token=%ff", "oauth_token=a&oauth_token=b", "name=%00"];
            for query in queries {
                for page in ["/login", "P/authorize", "P/access_tokens", "P/consumers", "/"] {
                    let path = page.replacen('P', PLUGIN, 1);
                    let status = admin.get(&format!("{path}?{query}")).status;
                    assert!(status < 500, "{path}?{query}: {status}");
                }
            }
        }
    }
}

mod pitfall_31_what_is_another_users_is_not_there {
    use crate::support::{Browser, CALLBACK, PLUGIN, on_both_databases};

    /// The path of each form on a page that takes something back.
    fn paths(browser: &Browser, page: &str) -> Vec<String> {
        let html = browser.get(&format!("{PLUGIN}/{page}")).expect(200).text();
        let actions = html.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        actions.filter(|action| action.ends_with("/revoke")).collect()
    }

    on_both_databases! {
        fn access_tokens_are_listed_and_revoked_by_their_user_alone(forge: Forge) {
            let jenkins = forge.jenkins_a_for_alice();
            let (alice, bob, admin) = (forge.browser_of("alice"), forge.browser_of("bob"), forge.browser_of("admin"));
            let [path] = &paths(&alice, "access_tokens")[..] else { panic!("Alice has one token") };
            for stranger in [&bob, &admin] {
                assert_eq!(paths(stranger, "access_tokens"), [""; 0]);
                stranger.post(path, &[("csrf_token", &stranger.csrf_token())]).expect(404);
            }
            for id in ["0", "-1", "999999", "99999999999999999999", "x", "1%20OR%201=1"] {
                let path = format!("{PLUGIN}/access_tokens/{id}/revoke");
                alice.post(&path, &[("csrf_token", &alice.csrf_token())]).expect(404);
            }
            let (of_alice, of_bob) = (alice.csrf_token(), bob.csrf_token());
            alice.post(path, &[("csrf_token", &of_bob)]).expect(403);
            alice.post(path, &[]).expect(403);
            alice.post(&format!("{path}?csrf_token={of_alice}"), &[]).expect(403);
            forge.anonymous().post(path, &[("csrf_token", &of_alice)]).expect(403);
            jenkins.echo().expect(200);

            let page = alice.get(&format!("{PLUGIN}/access_tokens")).expect(200).text();
            let token = jenkins.token.clone().unwrap();
            assert!(page.contains("jenkins_a") && page.contains("Reporter"));
            assert!(!page.contains(&token.key) && !page.contains(&token.secret));
            alice.post(path, &[("csrf_token", &of_alice)]).expect(302);
            // A second time changes nothing, and says nothing else.
            alice.post(path, &[("csrf_token", &of_alice)]).expect(302);
            jenkins.echo().expect_problem(401, "token_revoked");
            assert_eq!(paths(&alice, "access_tokens"), [""; 0]);
        }

        fn decisions_are_listed_and_withdrawn_by_their_user_alone(forge: Forge) {
            let (jenkins, alice, bob) = (forge.jenkins_a(), forge.browser_of("alice"), forge.browser_of("bob"));
            let temporary = jenkins.request_token(CALLBACK);
            assert_eq!(paths(&alice, "request_tokens"), [""; 0]);
            let verifier = alice.authorize(&temporary, "Reporter/Project A");
            let page = alice.get(&format!("{PLUGIN}/request_tokens")).expect(200).text();
            assert!(page.contains("jenkins_a") && page.contains("Reporter in Project A"));
            for secret in [&verifier, &temporary.secret, &temporary.key] {
                assert!(!page.contains(secret.as_str()));
            }
            let [path] = &paths(&alice, "request_tokens")[..] else { panic!("one decision is outstanding") };
            assert_eq!(paths(&bob, "request_tokens"), [""; 0]);
            bob.post(path, &[("csrf_token", &bob.csrf_token())]).expect(404);
            alice.post(path, &[("csrf_token", &bob.csrf_token())]).expect(403);
            alice.post(path, &[("csrf_token", &alice.csrf_token())]).expect(302);
            jenkins.exchange(&temporary, &verifier).send().expect_problem(401, "token_revoked");
            alice.post(path, &[("csrf_token", &alice.csrf_token())]).expect(404);

            let exchanged = jenkins.request_token(CALLBACK);
            let verifier = alice.authorize(&exchanged, "Reporter/Project A");
            let [path] = &paths(&alice, "request_tokens")[..] else { panic!("one decision is outstanding") };
            jenkins.exchange(&exchanged, &verifier).send().expect(200);
            assert_eq!(paths(&alice, "request_tokens"), [""; 0]);
            alice.post(path, &[("csrf_token", &alice.csrf_token())]).expect(404);
            let refused = jenkins.request_token(CALLBACK);
            alice.decide(&refused, "Reporter/Project A", "deny").expect(302);
            assert_eq!(paths(&alice, "request_tokens"), [""; 0]);
        }
    }
}
