//! An administrator of one project who tries for what is another's.

use super::{bob_administers_project_a, post, role_id};
use crate::support::on_both_databases;

on_both_databases! {
    fn reaches_no_role_user_or_token_of_another_project(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let of_b = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-b/Manager"));
        let everywhere = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        let manager = role_id(&forge, "project-b", "Manager");
        let global = forge.database().lines("SELECT CAST(id AS TEXT) AS line FROM roles WHERE project_id IS NULL").remove(0);
        let before = forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM audit_log");
        for role in [&manager, &global, &"999999".to_owned(), &"x".to_owned(), &"-1".to_owned()] {
            let path = format!("/projects/project-a/roles/{role}");
            bob.get(&path).expect(404);
            bob.get(&format!("{path}/remove")).expect(404);
            bob.get(&format!("{path}/members/alice/remove")).expect(404);
            post(&bob, &path, &[("name", "x"), ("admin", "on"), ("confirmed", "yes")]).expect(404);
            post(&bob, &format!("{path}/remove"), &[]).expect(404);
            post(&bob, &format!("{path}/members"), &[("user", "bob")]).expect(404);
            post(&bob, &format!("{path}/members/alice/remove"), &[]).expect(404);
        }
        for id in forge.database().lines("SELECT CAST(id AS TEXT) AS line FROM access_tokens") {
            post(&bob, &format!("/projects/project-a/tokens/{id}/revoke"), &[]).expect(404);
            post(&bob, &format!("/projects/project-b/tokens/{id}/revoke"), &[]).expect(403);
        }
        post(&bob, "/projects/project-a/tokens/999999/revoke", &[]).expect(404);
        post(&bob, "/projects/project-a/tokens/x/revoke", &[]).expect(404);
        // Bob reads project B as its reporter, and administers it as little as the forge.
        bob.get("/projects/project-b").expect(200);
        for path in ["title", "trackers", "status", "plugin", "roles"] {
            post(&bob, &format!("/projects/project-b/{path}"), &[("status", "archived"), ("uses", "no"), ("name", "x")]).expect(403);
        }
        post(&bob, "/roles", &[("name", "Mine"), ("admin", "on")]).expect(403);
        post(&bob, &format!("/roles/{global}/members"), &[("user", "bob")]).expect(403);
        of_b.echo().expect(200);
        everywhere.echo().expect(200);
        assert_eq!(forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM audit_log"), before);
    }

    fn cannot_make_a_role_of_the_project_reach_further(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let of_b = forge.database().lines(
            "SELECT CAST(trackers.id AS TEXT) AS line FROM trackers JOIN projects ON projects.id = project_id WHERE projects.name = 'project-b'",
        ).remove(0);
        let fields = ["read", "submit", "tech", "manager"].map(|right| format!("tracker-{of_b}-{right}"));
        let mut form = vec![("name", "Wide"), ("admin", "on"), ("forge", "admin")];
        form.extend(fields.iter().map(|field| (field.as_str(), "on")));
        let path = post(&bob, "/projects/project-a/roles", &form).expect(302).header("Location").unwrap().to_owned();
        post(&bob, &format!("{path}/members"), &[("user", "nora")]).expect(302);
        let tool = forge.jenkins_a().with(&forge.token("nora", "jenkins_a", "project-a/Wide"));
        tool.get("/api/projects/project-a/trackers/bugs/items").expect(200);
        tool.get("/api/projects/project-b/trackers/bugs/items").expect(404);
        forge.browser_of("nora").get("/projects/project-b").expect(404);
        forge.browser_of("nora").get("/users").expect(403);
    }

    fn brings_a_form_of_their_own_session_or_changes_nothing(forge: Forge) {
        let (bob, alice) = (bob_administers_project_a(&forge), forge.browser_of("alice"));
        let role = role_id(&forge, "project-a", "Reporter");
        let forged = alice.csrf_token();
        let before = forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM audit_log");
        for path in ["title", "trackers", "status", "plugin", "roles", &format!("roles/{role}"), &format!("roles/{role}/remove"),
            &format!("roles/{role}/members"), &format!("roles/{role}/members/alice/remove"), "tokens/1/revoke"] {
            for token in [Some(forged.as_str()), Some(""), None] {
                let form: Vec<(&str, &str)> = token.map(|token| ("csrf_token", token)).into_iter().collect();
                bob.post(&format!("/projects/project-a/{path}"), &form).expect(403);
            }
        }
        for path in ["profile", "password", "plugin"] {
            bob.post(&format!("/users/bob/{path}"), &[("csrf_token", &forged)]).expect(403);
        }
        assert_eq!(forge.database().lines("SELECT CAST(count(*) AS TEXT) AS line FROM audit_log"), before);
    }
}
