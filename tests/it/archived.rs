//! A project that is archived: kept, read by who reads everywhere, and nobody acts in it.

use serde_json::json;

use crate::support::{CALLBACK, Forge, PLUGIN, Program, on_both_databases};

const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

fn set_status(forge: &Forge, status: &str) {
    forge.import(&json!({"projects": [{"name": "project-a", "status": status}]}).to_string());
}

on_both_databases! {
    fn its_roles_are_held_by_nobody_from_the_next_request_on_and_then_again(forge: Forge) {
        let acting = forge.jenkins_a_for_alice();
        let of_b = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-b/Manager"));
        acting.post_json(ITEMS, &json!({"summary": "x"})).expect(201);
        set_status(&forge, "archived");
        for path in ["/plugins/oauthprovider/echo", "/api/userinfo", ITEMS] {
            let refused = acting.get(path).expect(403).json();
            let told = json!({"error": "role_not_held", "role": "Reporter", "needs": "role project-a/Reporter"});
            assert_eq!(refused, told, "{path}");
        }
        acting.post_json(ITEMS, &json!({"summary": "x"})).expect(403);
        of_b.echo().expect(200);
        let groups = of_b.get("/api/userinfo").expect(200).json()["groups"].to_string();
        assert!(!groups.contains("project-a") && groups.contains("project-b/Manager"), "{groups}");
        // A run that does not speak of the status leaves it.
        forge.import(r#"{"projects": [{"name": "project-a", "title": "Project A"}]}"#);
        acting.echo().expect(403);
        set_status(&forge, "active");
        acting.post_json(ITEMS, &json!({"summary": "x"})).expect(201);
    }

    fn its_trackers_are_read_by_who_reads_everywhere_and_changed_by_nobody(forge: Forge) {
        let jenkins = forge.jenkins_a();
        let everywhere = jenkins.with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        let item = everywhere.post_json(ITEMS, &json!({"summary": "x"})).expect(201).json()["id"].clone();
        let item = format!("{ITEMS}/{item}");
        set_status(&forge, "archived");
        assert_eq!(everywhere.get(ITEMS).expect(200).json()["items"].as_array().unwrap().len(), 1);
        everywhere.get(&item).expect(200);
        let oslc = "/plugins/oslc/cm/project/project-a/tracker/bugs";
        for (refused, needs) in [
            (everywhere.post_json(ITEMS, &json!({"summary": "y"})), "tracker:bugs submit in an active project"),
            (everywhere.post_json(oslc, &json!({"dcterms:title": "y"})), "tracker:bugs submit in an active project"),
            (everywhere.patch_json(&item, &json!({"status": "closed"})), "tracker:bugs tech in an active project"),
            (everywhere.patch_json(&item, &json!({"summary": "y"})), "tracker:bugs manager in an active project"),
        ] {
            let told = json!({"error": "permission_denied", "role": "Everywhere", "needs": needs});
            assert_eq!(refused.expect(403).json(), told);
        }
        everywhere.get("/api/projects/project-b/trackers/bugs/items").expect(200);
        set_status(&forge, "active");
        everywhere.patch_json(&item, &json!({"summary": "y"})).expect(200);
    }

    fn none_of_its_roles_is_offered_or_granted(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        let (asked, granted) = (jenkins.request_token(CALLBACK), jenkins.request_token(CALLBACK));
        let page = alice.consent(&asked);
        let role = page.role("Reporter/Project A");
        let verifier = alice.authorize(&granted, "Reporter/Project A");
        set_status(&forge, "archived");
        let offered = alice.consent(&asked).roles;
        assert!(offered.iter().all(|(id, _)| *id != role) && offered.iter().any(|(_, label)| label.contains("Project B")));
        let form = [
            ("oauth_token", asked.key.as_str()),
            ("csrf_token", &page.csrf_token),
            ("role_id", &role),
            ("decision", "authorize"),
        ];
        alice.post(&format!("{PLUGIN}/authorize"), &form).expect(403);
        // What was granted before gives a token that sleeps.
        let acting = jenkins.with(&jenkins.exchange(&granted, &verifier).send().expect(200).token());
        assert_eq!(acting.echo().expect(403).json()["error"], "role_not_held");
        let issue = ["token", "issue", "--user", "alice", "--consumer", "jenkins_a", "--role", "project-a/Reporter"];
        Program::new(&issue).arg("--database-url").arg(forge.database_url()).run().complaint();
        set_status(&forge, "active");
        acting.echo().expect(200);
        alice.post(&format!("{PLUGIN}/authorize"), &form).expect(302);
    }
}
