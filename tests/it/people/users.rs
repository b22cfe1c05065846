//! The list of users, adding one, suspending one.

use super::{post, said, walk};
use crate::support::{Forge, PASSWORD, cells, element, on_both_databases, text_of};

/// The names in the list at this address.
fn listed(forge: &Forge, path: &str) -> Vec<String> {
    names(&forge.browser_of("admin").get(path).expect(200).text())
}

/// The names in the list on this page.
fn names(html: &str) -> Vec<String> {
    let rows = html.split("<th scope=\"row\">").skip(1);
    rows.map(|row| text_of(row.split("</th>").next().unwrap())).collect()
}

on_both_databases! {
    fn users_are_found_by_the_beginning_of_a_name_or_real_name(forge: Forge) {
        assert_eq!(listed(&forge, "/users"), ["admin", "alice", "bob", "nora"]);
        for (asked, found) in [
            ("ali", &["alice"][..]),
            ("LIDD", &["alice"]),
            ("a", &["admin", "alice"]),
            ("alice+lidd", &["alice"]),
            ("lidd+bob", &[]),
            ("liddellx", &[]),
            ("%25", &[]),
            ("no", &["nora"]),
        ] {
            assert_eq!(listed(&forge, &format!("/users?q={asked}")), found, "{asked}");
        }
        forge.import(r#"{"users": [{"name": "bob", "status": "suspended", "realname": "Robert Ärmel"}]}"#);
        assert_eq!(listed(&forge, "/users?status=suspended"), ["bob"]);
        assert_eq!(listed(&forge, "/users?q=%C3%A4rm"), ["bob"]);
        assert_eq!(listed(&forge, "/users?q=bob&status=active"), [""; 0]);
        let none = forge.browser_of("admin").get("/users?q=zzz").expect(200).text();
        assert!(none.contains("Nobody is called that"));
    }

    fn a_list_of_many_goes_on_page_by_page(forge: Forge) {
        let many: Vec<String> = (0..120).map(|n| format!(r#"{{"name": "many{n:03}", "realname": "One of Many"}}"#)).collect();
        forge.import(&format!(r#"{{"users": [{}]}}"#, many.join(",")));
        let pages = walk(&forge.browser_of("admin"), "/users?q=many", names);
        assert_eq!(pages.concat(), (0..120).map(|n| format!("many{n:03}")).collect::<Vec<_>>());
    }

    fn the_page_of_a_user_with_many_roles_leads_to_the_last(forge: Forge) {
        let role = |n| format!(r#"{{"project": "project-b", "name": "Many {n:02}", "members": ["bob"], "permissions": {{}}}}"#);
        forge.import(&format!(r#"{{"roles": [{}]}}"#, (0..60).map(role).collect::<Vec<_>>().join(",")));
        let roles = |html: &str| {
            let card = html.split("id=\"roles\"").nth(1).unwrap().split("</section>").next().unwrap();
            card.split("/roles\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let pages = walk(&forge.browser_of("bob"), "/users/bob", roles);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 12]);
        let expected = [(); 2].map(|()| "Reporter".to_owned()).into_iter().chain((0..60).map(|n| format!("Many {n:02}")));
        assert_eq!(pages.concat(), expected.collect::<Vec<_>>());
    }

    fn an_added_user_logs_in_and_is_found(forge: Forge) {
        let admin = forge.browser_of("admin");
        let form = [("name", "carol"), ("realname", "Carol King"), ("email", "carol@example.org"),
            ("password", PASSWORD), ("again", PASSWORD), ("reason", "hired")];
        let answer = post(&admin, "/users", &form).expect(302);
        assert_eq!(answer.header("Location"), Some("/users/carol"));
        forge.browser_of("carol").get("/users/carol").expect(200);
        assert_eq!(listed(&forge, "/users?q=king"), ["carol"]);
        assert_eq!(said(&forge, "'user.added'"), ["admin user.added carol hired"]);
    }

    fn what_is_wrong_with_a_new_user_is_said_beside_its_field_and_nothing_is_lost(forge: Forge) {
        let admin = forge.browser_of("admin");
        let form = [("name", "no blanks"), ("realname", "a\u{202e}b"), ("email", "nobody"), ("password", "short"),
            ("again", "short"), ("reason", &"x".repeat(501))];
        let html = post(&admin, "/users", &form).expect(422).text();
        for field in ["name", "realname", "email", "password", "reason"] {
            assert!(element(&html, &format!("{field}-error")).is_some(), "{field}");
        }
        assert!(html.contains("value=\"no blanks\"") && html.contains("value=\"nobody\"") && !html.contains("value=\"short\""));
        for (name, again) in [("alice", PASSWORD), ("dora", "another")] {
            let form = [("name", name), ("password", PASSWORD), ("again", again)];
            post(&admin, "/users", &form).expect(422);
        }
        assert_eq!(listed(&forge, "/users"), ["admin", "alice", "bob", "nora"]);
    }

    fn a_suspension_names_what_stops_and_ends_sessions_and_tokens_at_once(forge: Forge) {
        let (jenkins, alice, admin) = (forge.jenkins_a_for_alice(), forge.browser_of("alice"), forge.browser_of("admin"));
        forge.token("bob", "jenkins_b", "project-a/Reporter");
        let revoked = forge.token("alice", "jenkins_b", "project-a/Reader");
        forge.sql(&format!("UPDATE access_tokens SET revoked = 1 WHERE key = '{}'", revoked.key));
        jenkins.echo().expect(200);
        let page = admin.get("/users/alice/status").expect(200).text();
        assert_eq!(cells(&page, "Role"), ["project-a/Reporter"]);
        assert_eq!(cells(&page, "Acts for"), ["alice"]);
        assert!(page.contains("1 session ends") && page.contains("href=\"/users/alice\">Cancel"), "{page}");
        jenkins.echo().expect(200);
        post(&admin, "/users/alice/status", &[("status", "suspended"), ("reason", "left")]).expect(302);
        jenkins.echo().expect_problem(401, "token_rejected");
        assert!(alice.get("/users/alice").expect(302).header("Location").unwrap().starts_with("/login"));
        let page = admin.get("/users/alice/status").expect(200).text();
        assert!(page.contains("Activate alice again?"), "{page}");
        post(&admin, "/users/alice/status", &[("status", "active")]).expect(302);
        jenkins.echo().expect(200);
        assert_eq!(said(&forge, "'user.changed'"), ["admin user.changed alice left", "admin user.changed alice -"]);
    }

    fn nobody_suspends_themselves_or_the_last_who_administers_the_forge(forge: Forge) {
        let admin = forge.browser_of("admin");
        let html = post(&admin, "/users/admin/status", &[("status", "suspended"), ("reason", "typed")]).expect(422).text();
        assert!(html.contains("You cannot suspend yourself") && html.contains("value=\"typed\""), "{html}");
        // Alice administers by her role, so she may suspend the admin; then nobody else is left.
        let alice = forge.browser_of("alice");
        post(&alice, "/users/admin/status", &[("status", "suspended")]).expect(302);
        let roles = alice.get("/roles").expect(200).text();
        let id = roles.split("/roles/").find_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).unwrap();
        for path in [format!("/roles/{id}/remove"), format!("/roles/{id}/members/alice/remove")] {
            let html = post(&alice, &path, &[]).expect(422).text();
            assert!(html.contains("nobody could administer the forge"), "{html}");
        }
        let weak = [("name", "Everywhere"), ("confirmed", "forge")];
        assert!(post(&alice, &format!("/roles/{id}"), &weak).expect(422).text().contains("nobody could administer"));
        post(&alice, "/users/admin/status", &[("status", "active")]).expect(302);
        post(&alice, &format!("/roles/{id}/remove"), &[]).expect(302);
        alice.get("/roles").expect(403);
    }

    fn a_user_may_have_any_name_that_an_import_may_give(forge: Forge) {
        let admin = forge.browser_of("admin");
        let typed = [("name", "new"), ("password", PASSWORD), ("again", PASSWORD)];
        post(&admin, "/users", &typed).expect(302);
        assert!(admin.get("/users/new").expect(200).text().contains("action=\"/users/new/profile\""));
        post(&admin, "/projects", &[("name", "new"), ("title", "Newest")]).expect(302);
        assert!(admin.get("/projects/new").expect(200).text().contains("Newest"));
    }

    fn the_pages_of_others_are_for_administrators_alone(forge: Forge) {
        let bob = forge.browser_of("bob");
        for (path, status) in [("/users", 403), ("/new-user", 403), ("/users/alice", 404), ("/users/nobody", 404),
            ("/users/alice/status", 404), ("/users/alice/plugin", 404), ("/users/bob/status", 403), ("/roles", 403)] {
            bob.get(path).expect(status);
        }
        post(&bob, "/users", &[("name", "x")]).expect(403);
        post(&bob, "/users/bob/status", &[("status", "suspended")]).expect(403);
        for path in ["profile", "password", "plugin", "status"] {
            post(&bob, &format!("/users/alice/{path}"), &[]).expect(404);
        }
        let admin = forge.browser_of("admin");
        post(&admin, "/users/alice/plugin", &[("uses", "no")]).expect(403);
        admin.post("/users/alice/status", &[("status", "suspended"), ("csrf_token", &bob.csrf_token())]).expect(403);
        assert!(forge.anonymous().get("/users").expect(302).header("Location").unwrap().starts_with("/login"));
    }
}
