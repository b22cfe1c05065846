//! When a session ends though nobody logs out, and cookies that can be no session's.

use serde_json::json;

use crate::support::{PASSWORD, PLUGIN, on_both_databases};

const PAGES: [&str; 8] = [
    "/",
    "/login",
    PLUGIN,
    "/plugins/oauthprovider/access_tokens",
    "/plugins/oauthprovider/request_tokens",
    "/plugins/oauthprovider/consumers",
    "/plugins/oauthprovider/consumers/new",
    "/plugins/oauthprovider/authorize?oauth_token=a",
];

on_both_databases! {
    fn a_cookie_that_can_be_no_sessions_is_nobodys(forge: Forge) {
        let anonymous = forge.anonymous();
        for value in ["a%00b", "%00", "a%ffb", "", "%F0%9F%8D%AA", &"a".repeat(8_000)] {
            let mut odd = forge.anonymous();
            odd.cookie = Some(format!("oauthprovider_session={value}"));
            for page in PAGES {
                let (of_nobody, of_odd) = (anonymous.get(page), odd.get(page));
                assert!(matches!(of_nobody.status, 200 | 302), "{page}: {}", of_nobody.status);
                assert_eq!(of_odd.status, of_nobody.status, "{value:.20} {page}");
                assert_eq!(of_odd.header("Location"), of_nobody.header("Location"), "{value:.20} {page}");
            }
            odd.post("/logout", &[("csrf_token", "a")]).expect(anonymous.post("/logout", &[]).status);
            // Nor does it keep anybody from logging in with it.
            odd.log_in("alice");
            odd.get(&format!("{PLUGIN}/access_tokens")).expect(200);
        }
    }

    fn a_session_ends_with_the_password_that_opened_it(forge: Forge) {
        let (page, bob) = (format!("{PLUGIN}/access_tokens"), forge.browser_of("bob"));
        let alice = [forge.browser_of("alice"), forge.browser_of("alice")];
        let import = |password: &str| {
            forge.import(&json!({"users": [{"name": "alice", "password": password}]}).to_string());
        };
        let see_the_page = |status: u16| alice.iter().for_each(|browser| drop(browser.get(&page).expect(status)));
        import(PASSWORD);
        forge.import(&json!({"users": [{"name": "alice", "realname": "Alice", "status": "active"}]}).to_string());
        see_the_page(200);
        import("through the looking-glass");
        see_the_page(302);
        // The former password coming back does not bring what it opened.
        import(PASSWORD);
        see_the_page(302);
        bob.get(&page).expect(200);
        forge.browser_of("alice").get(&page).expect(200);
    }

    fn a_session_ends_with_its_users_suspension_and_does_not_come_back(forge: Forge) {
        let page = format!("{PLUGIN}/access_tokens");
        let (alice, bob) = (forge.browser_of("alice"), forge.browser_of("bob"));
        let csrf_token = alice.csrf_token();
        for status in ["suspended", "active"] {
            forge.import(&json!({"users": [{"name": "alice", "status": status}]}).to_string());
            alice.get(&page).expect(302);
            alice.post("/logout", &[("csrf_token", &csrf_token)]).expect(403);
        }
        bob.get(&page).expect(200);
        forge.browser_of("alice").get(&page).expect(200);
    }
}
