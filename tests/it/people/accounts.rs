//! What users change of themselves: the profile, the password, whether tools act for them.

use super::{post, said};
use crate::support::{Forge, PASSWORD, cells, element, on_both_databases};

/// Can somebody log in with this password?
fn logs_in(forge: &Forge, user: &str, password: &str) -> bool {
    let form = [("username", user), ("password", password), ("next", "/")];
    forge.anonymous().post("/login", &form).status == 302
}

on_both_databases! {
    fn a_profile_is_changed_by_its_user_and_the_next_request_says_so(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
        jenkins.echo().expect(200);
        let form = [("realname", "Alice <b>Pleasance</b>"), ("reason", "married")];
        post(&alice, "/users/alice/profile", &form).expect(302);
        let told = jenkins.get("/api/userinfo").expect(200).json();
        assert_eq!(told["full_name"], "Alice <b>Pleasance</b>");
        let html = alice.get("/users/alice").expect(200).text();
        assert!(html.contains("Alice &lt;b&gt;Pleasance") && !html.contains("<b>Pleasance"), "{html}");
        assert_eq!(said(&forge, "'user.changed'"), ["alice user.changed alice married"]);
        let long = "x".repeat(10_000);
        let html = post(&alice, "/users/alice/profile", &[("realname", &long)]).expect(422).text();
        assert!(element(&html, "realname-error").is_some());
        assert!(html.contains(&long), "what was typed is kept");
        // The same again says nothing.
        post(&alice, "/users/alice/profile", &form).expect(302);
        assert_eq!(said(&forge, "'user.changed'").len(), 1);
    }

    fn a_present_password_is_guessed_no_more_often_than_one_at_log_in(forge: Forge) {
        let alice = forge.browser_of("alice");
        let guess = |present: &str| {
            let form = [("present", present), ("password", "through the glass"), ("again", "through the glass")];
            post(&alice, "/users/alice/password", &form)
        };
        for number in 0..10 {
            guess(&format!("guess {number}")).expect(422);
        }
        let refused = guess(PASSWORD).expect(429);
        assert!(refused.header("Retry-After").is_some());
        assert!(logs_in(&forge, "bob", PASSWORD));
    }

    fn nobody_gives_themselves_the_mail_address_that_tools_take_them_for(forge: Forge) {
        let (bob, admin) = (forge.browser_of("bob"), forge.browser_of("admin"));
        let jenkins = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
        let email = || jenkins.get("/api/userinfo").expect(200).json()["email"].clone();
        let before = email();
        post(&bob, "/users/bob/profile", &[("realname", "Root"), ("email", "root@example.org")]).expect(403);
        assert_eq!(email(), before);
        assert!(!bob.get("/users/bob").expect(200).text().contains("name=\"email\""));
        let html = post(&admin, "/users/bob/profile", &[("realname", "Bob"), ("email", "x")]).expect(422).text();
        assert!(element(&html, "email-error").is_some(), "{html}");
        post(&admin, "/users/bob/profile", &[("realname", "Bob"), ("email", "b@example.org")]).expect(302);
        assert_eq!(email(), "b@example.org");
    }

    fn a_user_who_knows_the_present_password_sets_another_and_is_logged_out_everywhere(forge: Forge) {
        let (alice, elsewhere) = (forge.browser_of("alice"), forge.browser_of("alice"));
        let change = |present: &str, password: &str, again: &str| {
            post(&alice, "/users/alice/password", &[("present", present), ("password", password), ("again", again)])
        };
        let html = change("wrong", "through the glass", "through the glass").expect(422).text();
        assert!(element(&html, "present-error").is_some(), "{html}");
        let html = change(PASSWORD, "through the glass", "through the gras").expect(422).text();
        assert!(element(&html, "password-error").is_some(), "{html}");
        change(PASSWORD, "short", "short").expect(422);
        change(PASSWORD, &"x".repeat(1_025), &"x".repeat(1_025)).expect(422);
        elsewhere.get("/users/alice").expect(200);
        change(PASSWORD, "through the glass", "through the glass").expect(302);
        for browser in [&alice, &elsewhere] {
            assert!(browser.get("/users/alice").expect(302).header("Location").unwrap().starts_with("/login"));
        }
        assert!(logs_in(&forge, "alice", "through the glass") && !logs_in(&forge, "alice", PASSWORD));
    }

    fn an_administrator_sets_anothers_password_and_leaves_the_tokens(forge: Forge) {
        let (jenkins, alice, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"), forge.browser_of("admin"));
        let form = [("password", "off with her head"), ("again", "off with her head"), ("reason", "forgotten")];
        post(&admin, "/users/alice/password", &form).expect(302);
        alice.get("/users/alice").expect(302);
        assert!(logs_in(&forge, "alice", "off with her head") && !logs_in(&forge, "alice", PASSWORD));
        jenkins.echo().expect(200);
        assert_eq!(said(&forge, "'user.changed'"), ["admin user.changed alice forgotten"]);
        let log = forge.database().lines("SELECT details AS line FROM audit_log WHERE action = 'user.changed'").concat();
        assert!(!log.contains("head") && !log.contains("argon2"), "{log}");
    }

    fn a_user_lends_no_roles_and_then_does_again(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"));
        jenkins.echo().expect(200);
        let page = alice.get("/users/alice/plugin").expect(200).text();
        assert_eq!(cells(&page, "Role"), ["project-a/Reporter"]);
        assert!(page.contains("href=\"/users/alice\">Cancel"), "{page}");
        jenkins.echo().expect(200);
        post(&alice, "/users/alice/plugin", &[("uses", "no"), ("reason", "holidays")]).expect(302);
        assert_eq!(jenkins.get("/api/token").expect(403).json()["reason"], "plugin_off_for_user");
        // At the pages she is who she was.
        alice.get("/projects/project-a").expect(200);
        assert!(alice.get("/users/alice").expect(200).text().contains("No tool acts for this user"));
        post(&alice, "/users/alice/plugin", &[("uses", "yes")]).expect(302);
        jenkins.echo().expect(200);
        post(&alice, "/users/alice/plugin", &[]).expect(400);
    }
}
