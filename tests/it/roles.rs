//! A token has exactly one role's rights: every right through the token of every role, and what each refusal says.

use oauthprovider::forge::{self, TrackerRight};
use serde_json::{Value, json};

use crate::support::{Call, Forge, Tool, on_both_databases};

/// Roles of Alice's beside those of the common forge: each single right, and the two that run a project.
const MORE_ROLES: &str = r#"{
  "users": [{"name": "carol", "realname": "Carol", "forge_admin": true}],
  "roles": [
    {"project": "project-a", "name": "Read and tech", "members": ["alice"], "permissions": {"tracker:bugs": ["read", "tech"]}},
    {"project": "project-a", "name": "Read and manager", "members": ["alice"], "permissions": {"tracker:bugs": ["read", "manager"]}},
    {"project": "project-a", "name": "Read and vote", "members": ["alice"], "permissions": {"tracker:bugs": ["read", "vote"]}},
    {"project": "project-a", "name": "Blind", "members": ["alice"], "permissions": {"tracker:bugs": ["submit", "tech", "manager", "vote"]}},
    {"project": "project-a", "name": "Visitor", "members": ["alice"], "permissions": {"project": "read"}},
    {"project": "project-a", "name": "Owner", "members": ["alice"], "permissions": {"project": "admin"}},
    {"project": "project-a", "name": "Nothing", "members": ["alice", "carol"], "permissions": {}}
  ]
}"#;

/// What each role may do in `project-a/bugs`, `project-a/security` and `project-b/bugs`: r(ead), t(ech), m(anager),
/// s(ubmit), v(ote), as the contract says. The first five are the roles that Alice holds in the common forge.
const RIGHTS: [(&str, [&str; 3]); 12] = [
    ("project-a/Reader", ["r", "", ""]),
    ("project-a/Reporter", ["rs", "", ""]),
    ("project-a/Technician", ["rts", "", ""]),
    ("project-b/Manager", ["", "", "rtms"]),
    ("forge/Everywhere", ["rtmsv", "rtmsv", "rtmsv"]),
    ("project-a/Read and tech", ["rt", "", ""]),
    ("project-a/Read and manager", ["rm", "", ""]),
    ("project-a/Read and vote", ["rv", "", ""]),
    ("project-a/Blind", ["tmsv", "", ""]),
    ("project-a/Visitor", ["", "", ""]),
    ("project-a/Owner", ["rtmsv", "rtmsv", ""]),
    ("project-a/Nothing", ["", "", ""]),
];

const TRACKERS: [(&str, &str); 3] = [("project-a", "bugs"), ("project-a", "security"), ("project-b", "bugs")];

fn items(project: &str, tracker: &str) -> String {
    format!("/api/projects/{project}/trackers/{tracker}/items")
}

/// One item per tracker, filed by somebody who may.
fn one_item_each(forge: &Forge) -> Vec<String> {
    let everywhere = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
    let file = |(project, tracker): (&str, &str)| {
        let list = items(project, tracker);
        let item = everywhere.post_json(&list, &json!({"summary": "One", "details": "as it was"})).expect(201).json();
        format!("{list}/{}", item["id"])
    };
    TRACKERS.map(file).to_vec()
}

/// What the API lets a role do that has these rights, by the right that each call needs.
fn calls(list: &str, item: &str) -> Vec<(char, &'static str, &'static str, String, Option<Value>)> {
    let (list, item) = (list.to_owned(), item.to_owned());
    vec![
        ('r', "read", "GET", list.clone(), None),
        ('r', "read", "HEAD", list.clone(), None),
        ('r', "read", "GET", item.clone(), None),
        ('s', "submit", "POST", list, Some(json!({"summary": "Two"}))),
        ('t', "tech", "PATCH", item.clone(), Some(json!({"status": "closed"}))),
        ('t', "tech", "PATCH", item.clone(), Some(json!({"status": "open"}))),
        ('m', "manager", "PATCH", item.clone(), Some(json!({"summary": "Other"}))),
        ('m', "manager", "PATCH", item.clone(), Some(json!({"priority": 5}))),
        ('m', "manager", "PATCH", item, Some(json!({"details": "other"}))),
    ]
}

fn send(tool: &Tool, method: &str, path: &str, body: Option<&Value>) -> crate::support::Answer {
    let request = tool.request(method, path);
    body.map_or(request.clone(), |body| request.json(&body.to_string())).send()
}

on_both_databases! {
    /// Pitfall 26: every right by every role, none of which may lean on another one that the user holds too.
    fn pitfall_26_every_right_through_the_token_of_every_role(forge: Forge) {
        forge.import(MORE_ROLES);
        let filed = one_item_each(&forge);
        for (role, rights) in RIGHTS {
            let tool = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", role));
            let name = role.split_once('/').unwrap().1;
            for (index, (project, tracker)) in TRACKERS.into_iter().enumerate() {
                let has = rights[index];
                for (right, word, method, path, body) in calls(&items(project, tracker), &filed[index]) {
                    let answer = send(&tool, method, &path, body.as_ref());
                    let told = format!("{role} ({has}): {method} {path} {body:?}: {}", String::from_utf8_lossy(&answer.body));
                    if !has.contains('r') {
                        assert_eq!(answer.status, 404, "{told}");
                    } else if has.contains(right) {
                        assert_eq!(answer.status, if method == "POST" { 201 } else { 200 }, "{told}");
                    } else {
                        assert_eq!(answer.status, 403, "{told}");
                        let needs = format!("tracker:{tracker} {word}");
                        assert_eq!(answer.json(), json!({"error": "permission_denied", "role": name, "needs": needs}), "{told}");
                    }
                }
            }
            assert_eq!(tool.echo().expect(200).json()["role"]["name"], name);
        }
    }

    /// The rights themselves, `vote` among them, which no address asks for yet.
    fn the_rights_of_a_role_are_those_of_its_level(forge: Forge) {
        forge.import(MORE_ROLES);
        for (role, rights) in RIGHTS {
            let (project, name) = role.split_once('/').unwrap();
            let bits = forge.store().blocking(|conn| {
                let project = oauthprovider::store::projects::by_name(conn, project)?.map(|project| project.id);
                let role = oauthprovider::store::roles::by_name(conn, project, name)?.unwrap();
                let grants = forge::role::grants(conn, role.id)?;
                TRACKERS.map(|(project, tracker)| {
                    let tracker = oauthprovider::store::trackers::by_name(conn, project, tracker)?;
                    Ok(grants.tracker_bits(&tracker.unwrap()))
                }).into_iter().collect::<Result<Vec<_>, oauthprovider::store::Error>>()
            }).unwrap();
            for (bits, expected) in bits.into_iter().zip(rights) {
                let has = |right: &TrackerRight| bits & right.bit() != 0;
                let letters: String = TrackerRight::ALL.iter().filter(|right| has(right)).map(|right| &right.word()[..1]).collect();
                assert_eq!(letters, sorted_as_rights(expected), "{role}");
            }
        }
    }

    /// A change that needs two rights happens wholly or not at all.
    fn a_change_that_lacks_one_of_two_rights_changes_nothing(forge: Forge) {
        forge.import(MORE_ROLES);
        let item = one_item_each(&forge).remove(0);
        for (role, needs) in [("Read and tech", "tracker:bugs manager"), ("Read and manager", "tracker:bugs tech")] {
            let tool = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", &format!("project-a/{role}")));
            let refused = tool.patch_json(&item, &json!({"status": "closed", "summary": "x", "priority": 1})).expect(403);
            assert_eq!(refused.json(), json!({"error": "permission_denied", "role": role, "needs": needs}));
            let now = tool.get(&item).expect(200).json();
            assert_eq!((&now["status"], &now["summary"], &now["priority"]), (&json!("open"), &json!("One"), &json!(3)));
        }
    }

    /// Pitfall 26: a role that is lost counts for nothing at once, also where another role would do; and it may come back.
    fn pitfall_26_a_lost_role_is_refused_everywhere_until_it_is_held_again(forge: Forge) {
        let item = one_item_each(&forge).remove(0);
        let tool = forge.jenkins_a_for_alice();
        let list = items("project-a", "bugs");
        let members = |members: &str| forge.import(&format!(
            r#"{{"roles": [{{"project": "project-a", "name": "Reporter", "members": [{members}], "permissions": {{"tracker:bugs": "submit"}}}}]}}"#
        ));
        members("\"bob\"");
        let calls = [
            ("GET", "/plugins/oauthprovider/echo"), ("GET", "/plugins/oauthprovider/echo/deep/er"), ("GET", "/api/userinfo"),
            ("GET", &list), ("POST", &list), ("GET", &item), ("PATCH", &item),
            ("POST", "/plugins/oslc/cm/project/project-a/tracker/bugs"), ("GET", "/api/nothing/here"),
        ];
        for (method, path) in calls {
            let refused = send(&tool, method, path, Some(&json!({"summary": "x"}))).expect(403);
            let told = refused.json();
            assert_eq!((&told["error"], &told["role"]), (&json!("role_not_held"), &json!("Reporter")), "{method} {path}");
            let keys: Vec<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["error", "needs", "role"], "{method} {path}");
            assert_eq!(refused.header("Cache-Control"), Some("no-store"));
        }
        members("\"alice\", \"bob\"");
        tool.post_json(&list, &json!({"summary": "Again"})).expect(201);
    }

    /// Being an administrator in person gives a token nothing: its role is all that it has.
    fn an_administrators_token_has_its_roles_rights_only(forge: Forge) {
        forge.import(MORE_ROLES);
        let tool = forge.jenkins_a().with(&forge.token("carol", "jenkins_a", "project-a/Nothing"));
        tool.echo().expect(200);
        tool.get(&items("project-a", "bugs")).expect(404);
        tool.get("/plugins/oauthprovider/consumers").expect(403);
    }

    /// A role that runs its project, or the forge, has every right in a tracker that is made later too.
    fn an_administrating_role_has_every_right_in_a_tracker_that_is_made_later(forge: Forge) {
        forge.import(MORE_ROLES);
        let list = items("project-a", "later");
        let owner = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Owner"));
        let everywhere = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "forge/Everywhere"));
        let technician = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Technician"));
        owner.get(&list).expect(404);
        forge.import(r#"{"projects": [{"name": "project-a", "trackers": [{"name": "later"}]}]}"#);
        for tool in [owner, everywhere] {
            let item = tool.post_json(&list, &json!({"summary": "x"})).expect(201).json();
            let change = json!({"status": "closed", "summary": "y", "details": "z", "priority": 1});
            tool.patch_json(&format!("{list}/{}", item["id"]), &change).expect(200);
        }
        technician.get(&list).expect(404);
    }

    /// Nobody signed: 401 and a challenge, and a browser's cookie makes no difference.
    fn an_unsigned_request_is_challenged_whatever_cookie_it_carries(forge: Forge) {
        let filed = one_item_each(&forge).remove(0);
        let alice = forge.browser_of("alice");
        let list = items("project-a", "bugs");
        for (method, path) in [
            ("GET", list.as_str()), ("HEAD", &list), ("POST", &list), ("GET", &filed), ("PATCH", &filed),
            ("GET", "/api/userinfo"), ("GET", "/plugins/oauthprovider/echo"), ("DELETE", "/plugins/oauthprovider/echo/x"),
            ("POST", "/plugins/oslc/cm/project/project-a/tracker/bugs"), ("GET", "/api/projects/nowhere/trackers/x/items"),
        ] {
            for call in [alice.request(method, path), Call::new(method, &format!("{}{path}", forge.base()))] {
                let answer = call.body("application/json", "{}").send().expect(401);
                let challenge = answer.header("WWW-Authenticate").unwrap_or_default();
                assert!(challenge.starts_with("OAuth realm=\""), "{method} {path}: {challenge:?}");
                assert!(challenge.contains("oauth_problem=\"parameter_absent\""), "{method} {path}: {challenge:?}");
                if method != "HEAD" {
                    assert_eq!(answer.field("oauth_problem").as_deref(), Some("parameter_absent"), "{method} {path}");
                }
                assert_eq!(answer.header("Set-Cookie"), None);
            }
        }
    }
}

/// The letters in the order of the rights' bits.
fn sorted_as_rights(letters: &str) -> String {
    "rtmsv".chars().filter(|letter| letters.contains(*letter)).collect()
}
