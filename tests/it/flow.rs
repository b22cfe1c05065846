//! The story, from the request to the revocation.

use serde_json::json;

use crate::support::on_both_databases;

on_both_databases! {
    fn a_build_server_files_a_bug_in_alices_name_under_one_role(forge: Forge) {
        let jenkins = forge.jenkins_a();
        let temporary = jenkins.request_token("http://127.0.0.1:9/callback");
        let alice = forge.browser_of("alice");
        let verifier = alice.authorize(&temporary, "Reporter/Project A");
        let token = jenkins.exchange(&temporary, &verifier).send().expect(200).token();
        let jenkins = jenkins.with(&token);

        let echoed = jenkins.get("/plugins/oauthprovider/echo?message=hi").expect(200).json();
        assert_eq!(echoed["user"]["name"], "alice");
        assert_eq!(echoed["role"]["name"], "Reporter");
        assert_eq!(echoed["role"]["project"], "project-a");
        assert_eq!(echoed["consumer"], json!({"name": "jenkins_a", "key": "key of jenkins_a"}));
        assert_eq!(echoed["message"], "hi");

        let items = "/api/projects/project-a/trackers/bugs/items";
        let filed = jenkins.post_json(items, &json!({"summary": "Build 7 broke"})).expect(201);
        let item = filed.json();
        assert_eq!(item["submitter"], "alice");
        assert_eq!(item["consumer"], "jenkins_a");
        let one = format!("{items}/{}", item["id"]);
        assert_eq!(filed.header("Location"), Some(format!("{}{one}", forge.base()).as_str()));

        let refused = jenkins.patch_json(&one, &json!({"status": "closed"})).expect(403).json();
        assert_eq!(refused, json!({"error": "permission_denied", "role": "Reporter", "needs": "tracker:bugs tech"}));
        jenkins.get("/api/projects/project-b/trackers/bugs/items").expect(404);

        forge.import(r#"{"roles": [{"project": "project-a", "name": "Reporter", "members": ["bob"],
            "permissions": {"tracker:bugs": "submit"}}]}"#);
        assert_eq!(jenkins.echo().expect(403).json()["error"], "role_not_held");
    }
}
