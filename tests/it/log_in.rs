//! Logging in and out, guessing passwords, and where one is led afterwards.

mod changed;
mod ends;
mod memory;

mod sessions {
    use crate::support::{Database, Forge, PASSWORD, PLUGIN, on_both_databases};

    on_both_databases! {
        fn a_log_in_opens_a_new_session_and_a_log_out_ends_it(forge: Forge) {
            let mut alice = forge.anonymous();
            let cookie = alice.log_in("alice").header("Set-Cookie").unwrap().to_owned();
            let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(attributes.contains(&attribute), "{attribute} in {attributes:?}");
            }
            assert!(!attributes.contains(&"Secure"), "the public URL is plain http");
            let (former, page) = (alice.clone(), format!("{PLUGIN}/access_tokens"));
            // An id that somebody planted, or that was there before, is not kept.
            alice.log_in("alice");
            assert_ne!(alice.cookie, former.cookie);
            former.get(&page).expect(302);
            let mut planted = forge.anonymous();
            planted.cookie = Some("oauthprovider_session=planted".to_owned());
            planted.clone().log_in("bob");
            planted.get(&page).expect(302);

            let csrf_token = alice.csrf_token();
            alice.post("/logout", &[]).expect(403);
            alice.post("/logout", &[("csrf_token", &forge.browser_of("bob").csrf_token())]).expect(403);
            alice.get(&page).expect(200);
            let out = alice.post("/logout", &[("csrf_token", &csrf_token)]).expect(302);
            assert!(out.header("Set-Cookie").unwrap().contains("Max-Age=0"));
            // The cookie is worth nothing, even to who kept it.
            alice.get(&page).expect(302);
            alice.post("/logout", &[("csrf_token", &csrf_token)]).expect(403);
        }
    }

    #[test]
    fn behind_https_the_cookie_goes_nowhere_else() {
        let settings = [("OAUTHPROVIDER_SERVER_PUBLIC_URLS", "https://forge.example")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let cookie = forge.anonymous().log_in("alice").header("Set-Cookie").unwrap().to_owned();
        assert!(cookie.contains("; Secure"), "{cookie}");
    }

    /// Pitfall 32: log-in forgery and open redirects.
    #[test]
    fn pitfall_32_another_sites_form_logs_nobody_in() {
        let forge = Forge::on(Database::Sqlite);
        let own = forge.base().to_owned();
        let own_host_by_https = own.replace("http:", "https:");
        let log_in = |origin: Option<&str>| {
            let call = forge.anonymous().request("POST", "/login");
            let call = call.form(&[("username", "alice"), ("password", PASSWORD)]);
            origin.map_or(call.clone(), |origin| call.header("Origin", origin)).send()
        };
        for origin in [
            "https://evil.example",
            "null",
            "",
            "http://127.0.0.1",
            "http://127.0.0.1:1",
            "http://127.0.0.1.evil.example",
            // Whoever sits on the wire can put a page there that speaks the other way.
            &own_host_by_https,
        ] {
            assert_eq!(log_in(Some(origin)).expect(403).header("Set-Cookie"), None, "{origin}");
        }
        log_in(Some(&own)).expect(302);
        log_in(None).expect(302);
    }

    #[test]
    fn pitfall_32_one_is_led_to_a_path_of_this_service_alone() {
        let forge = Forge::on(Database::Sqlite);
        let consent = "/plugins/oauthprovider/authorize?oauth_token=a%2Fb&type=group";
        let rows = [
            (consent, consent),
            ("/", "/"),
            ("/a?next=//evil.example", "/a?next=//evil.example"),
            ("", "/"),
            ("//evil.example", "/"),
            ("///evil.example", "/"),
            ("/\\evil.example", "/"),
            ("\\\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("/\r\nSet-Cookie: a=b", "/"),
            ("https://evil.example/", "/"),
            ("HTTPS:evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("evil.example", "/"),
            (" //evil.example", "/"),
        ];
        for (next, location) in rows {
            let form = [("username", "bob"), ("password", PASSWORD), ("next", next)];
            let answer = forge.anonymous().post("/login", &form).expect(302);
            assert_eq!(answer.header("Location"), Some(location), "{next:?}");
            // The page carries it on, or not, by the same rule.
            let query = oauthprovider::oauth1::encode_urlencoded(&[("next", next)]);
            let page = forge.anonymous().get(&format!("/login?{query}")).expect(200).text();
            assert_eq!(crate::support::hidden(&page, "next").as_deref(), Some(location), "{next:?}");
        }
        let twice = forge.anonymous().get("/login?next=/a&next=//evil.example").expect(200).text();
        assert_eq!(crate::support::hidden(&twice, "next").as_deref(), Some("/"));
    }
}

mod guessing {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use crate::support::{Answer, Browser, Database, Forge, PASSWORD, at_once, on_both_databases};

    fn try_from(browser: &Browser, address: &str, user: &str, password: &str) -> Answer {
        let call = browser.request("POST", "/login").header("X-Forwarded-For", address);
        call.form(&[("username", user), ("password", password)]).send()
    }

    #[track_caller]
    fn must_wait(answer: Answer) {
        let answer = answer.expect(429);
        let seconds: u32 = answer.header("Retry-After").unwrap().parse().unwrap();
        assert!((1..=300).contains(&seconds), "{seconds}");
        assert_eq!(answer.header("Set-Cookie"), None);
    }

    on_both_databases! {
        fn a_wrong_password_and_an_unknown_user_are_told_alike(forge: Forge) {
            let anonymous = forge.anonymous();
            let form = [("username", "alice"), ("password", "wrong"), ("next", "/a")];
            let wrong = anonymous.post("/login", &form).expect(401);
            assert_eq!(wrong.header("Content-Type"), Some("text/html; charset=utf-8"));
            assert_eq!(wrong.header("Set-Cookie"), None);
            assert!(!wrong.text().contains("wrong\""), "the password is not shown again");
            // Longer than any name, and such that no index of a database can hold it.
            let long: String = (0..100).map(|_| oauthprovider::secret::random_key().unwrap()).collect();
            for name in ["nobody", "ALICE", "alice ", "' OR ''='", "<b>", &"é".repeat(5_000), &long] {
                let form = [("username", name), ("password", PASSWORD), ("next", "/a")];
                let unknown = anonymous.post("/login", &form);
                assert_eq!(unknown.status, 401, "{:.20}", name);
                let without_name = |page: String| {
                    let (before, after) = page.split_once("id=\"username\"").unwrap();
                    format!("{before}{}", after.split_once("<label").unwrap().1)
                };
                assert_eq!(without_name(unknown.text()), without_name(wrong.text()), "{:.20}", name);
            }
        }

        fn after_ten_failures_an_account_rests_for_the_right_password_too(forge: Forge) {
            let anonymous = forge.anonymous();
            for _ in 0..12 {
                anonymous.clone().log_in("alice");
            }
            for name in ["alice", "nobody"] {
                for _ in 0..9 {
                    anonymous.post("/login", &[("username", name), ("password", "wrong")]).expect(401);
                }
            }
            // Success is not counted, nor does it forgive.
            anonymous.clone().log_in("alice");
            for name in ["alice", "nobody"] {
                anonymous.post("/login", &[("username", name), ("password", "wrong")]).expect(401);
                must_wait(anonymous.post("/login", &[("username", name), ("password", PASSWORD)]));
                must_wait(anonymous.post("/login", &[("username", name), ("password", "wrong")]));
            }
            // Whoever else is there is not kept out by it, and who is in stays in.
            anonymous.clone().log_in("bob");
        }

        fn many_guesses_at_once_are_answered_as_if_made_in_turn(forge: Forge) {
            let anonymous = forge.anonymous();
            let guess = |password: &str| anonymous.post("/login", &[("username", "alice"), ("password", password)]);
            let mut answers = at_once(24, |_| guess("wrong").status);
            answers.sort_unstable();
            assert_eq!(answers, [[401; 10].as_slice(), &[429; 14]].concat());
            must_wait(guess(PASSWORD));
        }

        fn of_64_guesses_at_once_from_one_address_fifty_are_looked_at(forge: Forge) {
            let anonymous = forge.anonymous();
            let guess = |n: usize| anonymous.post("/login", &[("username", &format!("user-{n}")), ("password", "wrong")]);
            let mut answers = at_once(64, |n| guess(n).status);
            answers.sort_unstable();
            assert_eq!(answers, [[401; 50].as_slice(), &[429; 14]].concat());
            must_wait(anonymous.post("/login", &[("username", "bob"), ("password", PASSWORD)]));
        }

        /// It may be a password in the wrong field.
        fn what_was_typed_as_a_name_is_nowhere_in_the_database(forge: Forge) {
            const TYPED: &str = "correct horse battery staple";
            for name in [TYPED, "alice"] {
                forge.anonymous().post("/login", &[("username", name), ("password", "wrong")]).expect(401);
            }
            let mut kept = forge.database().dump().into_bytes();
            assert_eq!(forge.database().lines("SELECT account_hash AS line FROM login_failures").len(), 2);
            if let Some(path) = forge.database().sqlite_path() {
                for end in ["", "-wal"] {
                    kept.extend(std::fs::read(format!("{}{end}", path.display())).unwrap());
                }
            }
            assert!(!kept.windows(TYPED.len()).any(|text| text == TYPED.as_bytes()));
        }

        fn past_the_limit_a_right_guess_looks_like_a_wrong_one(forge: Forge) {
            let anonymous = forge.anonymous();
            let password = |n: usize| if n == 39 { PASSWORD } else { "wrong" };
            let answers = at_once(40, |n| {
                anonymous.post("/login", &[("username", "alice"), ("password", password(n))]).status
            });
            let told = |status: u16| answers.iter().filter(|answer| **answer == status).count();
            // The right one came in time and opened a session, or it is one of those who have to wait.
            assert_eq!((told(401), told(302) + told(429)), (10, 30), "{answers:?}");
            assert!(told(302) <= 1, "{answers:?}");
        }
    }

    #[test]
    fn after_fifty_failures_an_address_rests() {
        let settings = [("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let anonymous = forge.anonymous();
        let answers = at_once(50, |n| try_from(&anonymous, "192.0.2.1", &format!("user-{n}"), "wrong").status);
        assert_eq!(answers, [401; 50]);
        must_wait(try_from(&anonymous, "192.0.2.1", "bob", PASSWORD));
        // What the client itself wrote before the proxy's word does not count.
        must_wait(try_from(&anonymous, "192.0.2.7, 192.0.2.1", "bob", PASSWORD));
        try_from(&anonymous, "192.0.2.2", "bob", PASSWORD).expect(302);
        // An account rests wherever the guesses come from.
        for n in 0..10 {
            try_from(&anonymous, &format!("198.51.100.{n}"), "alice", "wrong").expect(401);
        }
        must_wait(try_from(&anonymous, "203.0.113.1", "alice", PASSWORD));
    }

    #[test]
    fn the_addresses_of_one_network_of_64_bits_rest_together() {
        let settings = [("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let anonymous = forge.anonymous();
        let guess = |n: usize| try_from(&anonymous, &format!("2001:db8::{n:x}"), &format!("user-{n}"), "wrong").status;
        assert_eq!(at_once(50, guess), [401; 50]);
        must_wait(try_from(&anonymous, "2001:db8::ffff:1", "bob", PASSWORD));
        try_from(&anonymous, "2001:db8:0:1::1", "bob", PASSWORD).expect(302);
    }

    /// Each guess takes a core for a while, and they all come before the one who knows the password.
    #[test]
    fn many_guesses_from_one_address_keep_nobody_else_waiting() {
        let settings = [("OAUTHPROVIDER_SERVER_TRUSTED_PROXIES", "127.0.0.1"), ("OAUTHPROVIDER_SERVER_WORKERS", "2")];
        let forge = Forge::with_settings(Database::Sqlite, &settings);
        let (anonymous, answered) = (forge.anonymous(), AtomicUsize::new(0));
        let statuses = at_once(64, |n| {
            if n > 0 {
                let status = try_from(&anonymous, "192.0.2.1", &format!("user-{n}"), "wrong").status;
                answered.fetch_add(1, Ordering::SeqCst);
                return status;
            }
            while answered.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
            let status = try_from(&anonymous, "192.0.2.2", "bob", PASSWORD).status;
            assert!(answered.load(Ordering::SeqCst) < 40, "{answered:?} guesses were answered first");
            status
        });
        assert_eq!(statuses[0], 302);
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 50);
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 13);
    }

    #[test]
    fn an_address_that_no_trusted_proxy_vouches_for_is_the_peers() {
        let forge = Forge::on(Database::Sqlite);
        let anonymous = forge.anonymous();
        at_once(50, |n| try_from(&anonymous, &format!("192.0.2.{n}"), &format!("user-{n}"), "wrong").status);
        must_wait(try_from(&anonymous, "192.0.2.99", "bob", PASSWORD));
    }
}
