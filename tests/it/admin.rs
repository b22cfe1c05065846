//! The admin's pages: register, show, disable, enable, remove.

mod registration {
    use crate::support::{CALLBACK, PLUGIN, Tool, at_once, element, on_both_databases, text_of, timeless};

    on_both_databases! {
        fn pitfall_34_the_secret_is_shown_once_and_works(forge: Forge) {
            let admin = forge.browser_of("admin");
            let created = admin.register("jenkins.c").expect(200);
            assert_eq!(created.header("Cache-Control"), Some("no-store"));
            let (key, secret) = created.credentials();
            let tool = Tool::new(forge.base(), &key, &secret);
            for callback in [CALLBACK, "https://ci.example/ready", "oob"] {
                tool.ask(callback).send().expect(200);
            }
            let id = forge.consumer_id("jenkins.c");
            for page in ["consumers".to_owned(), format!("consumers/{id}"), format!("consumers/{id}/remove")] {
                let html = admin.get(&format!("{PLUGIN}/{page}")).expect(200).text();
                assert!(html.contains("jenkins.c") && !html.contains(&secret), "{page}");
            }
            let shown = admin.get(&format!("{PLUGIN}/consumers/{id}")).expect(200).text();
            for words in [key.as_str(), "http://ci.example/", "Builds", "ci@example.org", CALLBACK] {
                assert!(shown.contains(words), "{words}");
            }
        }

        fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(forge: Forge) {
            let admin = forge.browser_of("admin");
            let csrf_token = admin.csrf_token();
            let typed = [
                ("name", "no blanks please"),
                ("url", "javascript:alert(1)"),
                ("description", "a\u{202e}b"),
                ("email", "nobody"),
                ("callbacks", "ftp://ci.example/\nhttp://user@ci.example/"),
                ("public_key", "-----BEGIN NONSENSE-----"),
                ("reason", &"for the nightly build, ".repeat(30)),
            ];
            let mut form = typed.to_vec();
            form.push(("csrf_token", &csrf_token));
            let answer = admin.post(&format!("{PLUGIN}/consumers"), &form).expect(422);
            assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"));
            let html = answer.text();
            for (field, text) in typed {
                assert!(element(&html, &format!("{field}-error")).is_some(), "nothing is said of {field}");
                let unescaped = text_of(&html.replace(['<', '>'], " "));
                assert!(unescaped.contains(text), "{field} was not kept");
            }
            let mut mended = typed.to_vec();
            mended[0].1 = "fine";
            mended.push(("csrf_token", &csrf_token));
            let html = admin.post(&format!("{PLUGIN}/consumers"), &mended).expect(422).text();
            assert_eq!(element(&html, "name-error"), None);
            // Where nothing else is wrong, all of it is kept, too.
            let good = [("name", "fine"), ("url", "http://ci.example/"), ("description", "Builds"), ("email", "ci@example.org")];
            let good = [&good[..], &[typed[6], ("csrf_token", &csrf_token)]].concat();
            let html = admin.post(&format!("{PLUGIN}/consumers"), &good).expect(422).text();
            assert!(element(&html, "reason-error").is_some() && html.contains(">Builds</textarea>"), "{html}");
            let list = admin.get(&format!("{PLUGIN}/consumers")).expect(200).text();
            assert!(!list.contains("fine") && !list.contains("blanks"));
        }

        fn a_tool_is_changed_in_one_form_and_keeps_its_name_and_credentials(forge: Forge) {
            let (admin, acting) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
            let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
            let led = admin.edit(&page, &[
                ("url", "https://new.example/"),
                ("description", "Builds <b>everything</b>"),
                ("callbacks", "https://new.example/ready"),
                ("reason", "it moved"),
            ]);
            assert_eq!(led.expect(302).header("Location"), Some(&*page));
            let shown = text_of(&admin.get(&page).expect(200).text().replace('<', " <"));
            for words in ["jenkins_a", "https://new.example/", "Builds <b>everything</b>", "https://new.example/ready"] {
                assert!(shown.contains(words), "{words} in {shown}");
            }
            assert!(!shown.contains(CALLBACK));
            acting.echo().expect(200);
            forge.jenkins_a().ask("https://new.example/ready").send().expect(200);
            forge.jenkins_a().ask(CALLBACK).send().expect_problem(400, "parameter_rejected");
            let log = admin.get(&format!("{PLUGIN}/audit?consumer=jenkins_a")).expect(200).text();
            assert!(log.contains("consumer.changed") && log.contains("it moved"), "{log}");
            // Whatever name is sent along, and though it is another one's.
            let csrf_token = admin.csrf_token();
            let form = [
                ("csrf_token", csrf_token.as_str()), ("name", "jenkins_b"), ("url", "http://x.example/"), ("description", ""),
                ("email", ""), ("callbacks", ""), ("public_key", ""), ("networks", ""), ("owner", ""),
            ];
            admin.post(&format!("{page}/edit"), &form).expect(302);
            assert_eq!(forge.consumer_id("jenkins_a").to_string(), page.rsplit('/').next().unwrap());
            admin.get(&format!("{PLUGIN}/consumers/999999/edit")).expect(404);
            admin.post(&format!("{PLUGIN}/consumers/999999/edit"), &form).expect(404);
        }

        fn a_mistake_in_a_change_is_told_beside_its_field_and_nothing_is_changed(forge: Forge) {
            let admin = forge.browser_of("admin");
            let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
            let shown = || timeless(&admin.get(&page).expect(200).text());
            let (before, reason) = (shown(), "x".repeat(501));
            let typed = [
                ("url", "https://forge.example@evil.example/"), ("email", "nobody"), ("callbacks", "ftp://ci.example/"),
                ("public_key", "-----BEGIN NONSENSE-----"), ("networks", "10.0.0.1/8"), ("reason", &reason),
            ];
            let html = admin.edit(&page, &typed).expect(422).text();
            for (field, text) in typed {
                assert!(element(&html, &format!("{field}-error")).is_some(), "nothing is said of {field}");
                assert!(text_of(&html.replace(['<', '>'], " ")).contains(text), "{field} was not kept");
            }
            assert!(html.contains("jenkins_a") && html.contains("Builds project A"));
            let owner = admin.edit(&page, &[("owner", "nobody here")]).expect(422).text();
            assert!(element(&owner, "owner-error").is_some() && owner.contains("nobody here"), "{owner}");
            assert_eq!(shown(), before);
        }

        fn administrators_who_change_one_tool_at_once_do_so_one_after_the_other(forge: Forge) {
            let admins: Vec<_> = (0..6).map(|_| forge.browser_of("admin")).collect();
            let page = format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_a"));
            for round in 0..4 {
                let statuses = at_once(6, |n| {
                    let owner = if (n + round).is_multiple_of(2) { "alice" } else { "bob" };
                    admins[n].edit(&page, &[("owner", owner)]).status
                });
                assert_eq!(statuses, [302; 6]);
            }
        }

        fn the_page_says_what_no_callback_means(forge: Forge) {
            // Contract: where none is registered, `oob` is all that is allowed.
            let admin = forge.browser_of("admin");
            let shown = admin.get(&format!("{PLUGIN}/consumers/{}", forge.consumer_id("jenkins_b"))).expect(200).text();
            let form = admin.get(&format!("{PLUGIN}/consumers/new")).expect(200).text();
            for page in [shown, form] {
                assert!(!page.contains("every callback is allowed"), "{page}");
                assert!(page.contains("oob"), "{page}");
            }
        }
    }
}

mod pitfall_42_names {
    use crate::support::{PLUGIN, at_once, on_both_databases};

    on_both_databases! {
        fn are_anchored_ascii_and_at_most_128_characters(forge: Forge) {
            let admin = forge.browser_of("admin");
            for name in ["a", "9", "Jenkins_A.2-b", "a..b", &"x".repeat(128)] {
                admin.register(name).expect(200);
            }
            // The last ones look like names that are there, and are not.
            let long = "x".repeat(129);
            for name in ["", "-a", ".a", "_a", "abcde<b>", "a b", "a/b", "a\nb", "jenkins_а", "jenkins\u{200b}_a",
                "ｊenkins_a", "a\u{301}", long.as_str()] {
                admin.register(name).expect(422);
            }
            let list = admin.get(&format!("{PLUGIN}/consumers")).expect(200).text();
            assert_eq!(list.matches("<th scope=\"row\">").count(), 2 + 5);
        }

        fn a_taken_one_is_refused_and_of_16_at_once_one_is_registered(forge: Forge) {
            let admin = forge.browser_of("admin");
            let key = forge.tool("jenkins_a").key;
            admin.register("jenkins_a").expect(422);
            assert_eq!(forge.tool("jenkins_a").key, key);
            let answers = at_once(16, |_| admin.register("racer"));
            let (first, others): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
            assert_eq!((first.len(), others.len()), (1, 15));
            for other in others {
                let page = other.expect(422).text();
                let (_, said) = page.split_once("id=\"name-error\"").unwrap();
                assert!(said.split("</div>").next().unwrap().contains("</span>is taken"), "{said}");
            }
        }
    }
}

mod pitfall_31_and_32_of_the_admins_forms {
    use crate::support::{Answer, Browser, PLUGIN, on_both_databases};

    fn post(browser: &Browser, path: &str, csrf_token: &str) -> Answer {
        browser.post(&format!("{PLUGIN}/{path}"), &[("csrf_token", csrf_token)])
    }

    on_both_databases! {
        fn each_needs_an_admin_and_the_token_of_the_admins_session(forge: Forge) {
            let (admin, bob) = (forge.browser_of("admin"), forge.browser_of("bob"));
            let (of_admin, of_bob) = (admin.csrf_token(), bob.csrf_token());
            let id = forge.consumer_id("jenkins_a");
            for verb in ["disable", "enable", "remove"] {
                let path = format!("consumers/{id}/{verb}");
                post(&bob, &path, &of_bob).expect(403);
                post(&bob, &path, &of_admin).expect(403);
                post(&admin, &path, &of_bob).expect(403);
                post(&admin, &path, "").expect(403);
                admin.post(&format!("{PLUGIN}/{path}?csrf_token={of_admin}"), &[]).expect(403);
                post(&forge.anonymous(), &path, &of_admin).expect(403);
                for unknown in ["0", "999999", "-1", "x", "99999999999999999999"] {
                    post(&admin, &format!("consumers/{unknown}/{verb}"), &of_admin).expect(404);
                }
            }
            let registration = [("csrf_token", of_bob.as_str()), ("name", "mine"), ("url", "http://x.example/")];
            bob.post(&format!("{PLUGIN}/consumers"), &registration).expect(403);
            admin.post(&format!("{PLUGIN}/consumers"), &registration).expect(403);
            admin.get(&format!("{PLUGIN}/consumers/999999")).expect(404);
            // Nothing of that did anything.
            forge.jenkins_a().ask("oob").send().expect(200);
            let list = admin.get(&format!("{PLUGIN}/consumers")).expect(200).text();
            assert!(!list.contains("mine") && !list.contains("badge warn"));
        }

        fn who_asks_is_judged_before_what_is_asked_for(forge: Forge) {
            let (admin, bob) = (forge.browser_of("admin"), forge.browser_of("bob"));
            let (of_admin, of_bob) = (admin.csrf_token(), bob.csrf_token());
            let id = forge.consumer_id("jenkins_a");
            let long = "x".repeat(501);
            for (path, field, value, status) in [
                (format!("consumers/{id}/edit"), "reason", long.as_str(), 400),
                (format!("consumers/{id}/rotate"), "former", "for ever", 400),
                (format!("consumers/{id}/disable"), "reason", &long, 422),
                ("consumers/x/disable".to_owned(), "reason", &long, 404),
            ] {
                let path = format!("{PLUGIN}/{path}");
                let post = |browser: &Browser, token: &str| browser.post(&path, &[("csrf_token", token), (field, value)]);
                post(&forge.anonymous(), &of_admin).expect(403);
                post(&bob, &of_bob).expect(403);
                post(&admin, &of_bob).expect(403);
                post(&admin, &of_admin).expect(status);
            }
            forge.anonymous().get(&format!("{PLUGIN}/consumers/x")).expect(302);
            bob.get(&format!("{PLUGIN}/consumers/x")).expect(403);
            admin.get(&format!("{PLUGIN}/consumers/x")).expect(404);
        }

        fn a_removal_is_asked_about_first(forge: Forge) {
            let (admin, acting) = (forge.browser_of("admin"), forge.jenkins_a_for_alice());
            let id = forge.consumer_id("jenkins_a");
            let path = format!("consumers/{id}/remove");
            let page = admin.get(&format!("{PLUGIN}/{path}")).expect(200).text();
            assert!(page.contains("1 access token"), "{page}");
            assert!(page.contains(&format!(" method=\"post\" action=\"{PLUGIN}/{path}\">")));
            assert!(page.contains("alice") && page.contains("project-a/Reporter"), "{page}");
            acting.echo().expect(200);
            let led = post(&admin, &path, &admin.csrf_token()).expect(302);
            assert_eq!(led.header("Location"), Some("/plugins/oauthprovider/consumers"));
            acting.echo().expect_problem(401, "consumer_key_unknown");
            admin.get(&format!("{PLUGIN}/consumers/{id}")).expect(404);
            assert!(!admin.get(&format!("{PLUGIN}/consumers")).expect(200).text().contains("jenkins_a"));
        }

        fn what_would_stop_is_named_before_it_does_and_what_was_typed_is_kept(forge: Forge) {
            let admin = forge.browser_of("admin");
            for (user, role) in [("alice", "project-a/Reporter"), ("alice", "forge/Everywhere"), ("bob", "project-a/Reporter")] {
                forge.token(user, "jenkins_a", role);
            }
            let id = forge.consumer_id("jenkins_a");
            forge.sql("UPDATE access_tokens SET last_used = 1600000000 WHERE id = 1");
            let long = "x".repeat(501);
            for verb in ["disable", "remove", "rotate"] {
                let path = format!("{PLUGIN}/consumers/{id}/{verb}");
                let page = admin.get(&path).expect(200).text();
                assert!(page.contains("<strong>3 access tokens</strong>, of 2 users."), "{page}");
                for words in ["project-a/Reporter", "forge/Everywhere", ">bob</a>", "years ago", "Cancel"] {
                    assert!(page.contains(words), "{verb}: {words} in {page}");
                }
                let form = [("csrf_token", &*admin.csrf_token()), ("reason", &long), ("former", "day")];
                let again = admin.post(&path, &form).expect(422).text();
                assert!(again.contains(&long) && again.contains("id=\"reason-error\""), "{again}");
                assert!(verb != "rotate" || again.contains("<option value=\"day\" selected>"), "{again}");
                forge.browser_of("bob").get(&path).expect(403);
                admin.get(&format!("{PLUGIN}/consumers/999999/{verb}")).expect(404);
            }
            forge.jenkins_a().ask("oob").send().expect(200);
        }

        fn the_list_says_who_is_disabled_and_how_many_tokens_there_are(forge: Forge) {
            let admin = forge.browser_of("admin");
            forge.jenkins_a_for_alice();
            forge.jenkins_a_for_alice();
            let id = forge.consumer_id("jenkins_a");
            post(&admin, &format!("consumers/{id}/disable"), &admin.csrf_token()).expect(302);
            let list = admin.get(&format!("{PLUGIN}/consumers")).expect(200).text();
            let row = list.split("<tr>").find(|row| row.contains("jenkins_a")).unwrap();
            assert!(row.contains("disabled") && row.contains(">2<"), "{row}");
        }
    }
}
