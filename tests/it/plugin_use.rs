//! The plugin's switches, of a project and of a user: where it is off, no role is lent, and what was lent sleeps.

use serde_json::{Value, json};

use crate::support::{CALLBACK, Forge, PLUGIN, Program, Tool, on_both_databases};

/// Each switch as an import sets it, and what is told of a token that sleeps because of it.
const SWITCHES: [(&str, &str, &str); 2] =
    [("projects", "project-a", "plugin_off_for_project"), ("users", "alice", "plugin_off_for_user")];

fn switch(forge: &Forge, of: &str, name: &str, uses: bool) {
    forge.import(&json!({of: [{"name": name, "uses_plugin": uses}]}).to_string());
}

/// Uses a token so often that every worker of the service remembers it.
fn remembered(tool: &Tool) {
    for _ in 0..8 {
        tool.echo().expect(200);
    }
}

on_both_databases! {
    fn a_token_sleeps_from_the_next_request_on_and_wakes_at_once_at_every_instance(forge: Forge) {
        let elsewhere = forge.another_instance();
        let here = forge.jenkins_a_for_alice();
        let there = Tool { base: elsewhere.base.clone(), ..here.clone() };
        for (of, name, reason) in SWITCHES {
            remembered(&here);
            remembered(&there);
            switch(&forge, of, name, false);
            for tool in [&here, &there] {
                let told = json!({"error": "role_not_held", "role": "Reporter", "needs": "role project-a/Reporter"});
                assert_eq!(tool.echo().expect(403).json(), told, "{of}");
                assert_eq!(tool.get("/api/userinfo").expect(403).json(), told, "{of}");
                let told = tool.get("/api/token").expect(403).json();
                assert_eq!((&told["error"], &told["reason"]), (&json!("role_not_held"), &json!(reason)));
            }
            // A run that does not speak of the switch leaves it.
            forge.import(r#"{"users": [{"name": "alice"}], "projects": [{"name": "project-a"}]}"#);
            here.echo().expect(403);
            switch(&forge, of, name, true);
            here.echo().expect(200);
            there.echo().expect(200);
            here.get("/api/token").expect(200);
        }
    }

    fn what_is_not_switched_off_goes_on(forge: Forge) {
        let of_b = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-b/Manager"));
        let of_bob = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
        let everywhere = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        switch(&forge, "projects", "project-a", false);
        of_b.echo().expect(200);
        everywhere.get("/api/projects/project-a/trackers/bugs/items").expect(200);
        of_bob.echo().expect(403);
        // It is held as before; it is not lent.
        let groups = of_b.get("/api/userinfo").expect(200).json()["groups"].to_string();
        assert!(groups.contains("project-a/Reporter"), "{groups}");
        switch(&forge, "projects", "project-a", true);
        switch(&forge, "users", "alice", false);
        for (tool, status) in [(&of_b, 403), (&everywhere, 403), (&of_bob, 200)] {
            tool.echo().expect(status);
        }
    }

    fn none_of_the_roles_is_offered_granted_or_issued(forge: Forge) {
        let (jenkins, alice) = (forge.jenkins_a(), forge.browser_of("alice"));
        for (of, name, _) in SWITCHES {
            let (asked, granted) = (jenkins.request_token(CALLBACK), jenkins.request_token(CALLBACK));
            let page = alice.consent(&asked);
            let role = page.role("Reporter/Project A");
            let verifier = alice.authorize(&granted, "Reporter/Project A");
            switch(&forge, of, name, false);
            let offered = alice.consent(&asked).roles;
            assert!(offered.iter().all(|(id, _)| *id != role), "{offered:?}");
            assert_eq!(offered.is_empty(), of == "users", "{offered:?}");
            let form = [
                ("oauth_token", asked.key.as_str()),
                ("csrf_token", &page.csrf_token),
                ("role_id", &role),
                ("decision", "authorize"),
            ];
            alice.post(&format!("{PLUGIN}/authorize"), &form).expect(403);
            let acting = jenkins.with(&jenkins.exchange(&granted, &verifier).send().expect(200).token());
            assert_eq!(acting.echo().expect(403).json()["error"], "role_not_held");
            let issue = ["token", "issue", "--user", "alice", "--consumer", "jenkins_a", "--role", "project-a/Reporter"];
            Program::new(&issue).arg("--database-url").arg(forge.database_url()).run().complaint();
            switch(&forge, of, name, true);
            acting.echo().expect(200);
            alice.post(&format!("{PLUGIN}/authorize"), &form).expect(302);
        }
    }

    fn lists_say_why_a_token_sleeps(forge: Forge) {
        forge.jenkins_a_for_alice();
        let state = || -> (Value, Value) {
            let arguments = ["token", "list", "--json", "--database-url", forge.database_url()];
            let token = Program::new(&arguments).run().expect(0).json()[0].clone();
            (token["state"].clone(), token["reason"].clone())
        };
        for ((of, name, _), reason) in SWITCHES.into_iter().zip(["the project lets no tools in", "the user lends no roles to tools"]) {
            switch(&forge, of, name, false);
            assert_eq!(state(), (json!("asleep"), json!(reason)));
            switch(&forge, of, name, true);
            assert_eq!(state(), (json!("live"), Value::Null));
        }
    }

    fn each_turn_of_a_switch_is_written_down_once(forge: Forge) {
        for uses in [false, false, true] {
            switch(&forge, "projects", "project-a", uses);
            switch(&forge, "users", "alice", uses);
        }
        let said = forge.database().lines(
            "SELECT action || ' ' || coalesce(object_name, user_name) || ' ' || details AS line FROM audit_log \
             WHERE action LIKE 'project.plugin%' OR action = 'user.changed' ORDER BY number",
        );
        assert_eq!(said, [
            "project.plugin_off project-a {}",
            r#"user.changed alice {"uses_plugin":false}"#,
            "project.plugin_on project-a {}",
            r#"user.changed alice {"uses_plugin":true}"#,
        ]);
    }
}
