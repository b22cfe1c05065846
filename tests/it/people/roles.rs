//! Roles: what they let people do, who holds them, and what stops when that is changed.

use serde_json::json;

use super::{add_many_trackers, bob_administers_project_a, post, role_id, said, walk};
use crate::support::{Forge, at_once, cells, element, on_both_databases};

const ITEMS: &str = "/api/projects/project-a/trackers/bugs/items";

/// What a page's form brings along in a hidden field.
fn field(html: &str, name: &str) -> String {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).expect("the field");
    rest.split('"').next().unwrap().to_owned()
}

/// The numbers of the trackers of project A, bugs first.
fn trackers(forge: &Forge) -> Vec<String> {
    forge.database().lines(
        "SELECT CAST(trackers.id AS TEXT) AS line FROM trackers JOIN projects ON projects.id = project_id \
         WHERE projects.name = 'project-a' ORDER BY trackers.id",
    )
}

on_both_databases! {
    fn the_matrix_says_what_each_role_lets_people_do(forge: Forge) {
        let html = bob_administers_project_a(&forge).get("/projects/project-a/roles").expect(200).text();
        assert_eq!(cells(&html, "Reader"), ["see", "read", "nothing"]);
        assert_eq!(cells(&html, "Reporter"), ["see", "read, file", "nothing"]);
        assert_eq!(cells(&html, "Technician"), ["see", "read, open and close, file", "nothing"]);
        assert_eq!(cells(&html, "Administrator")[0], "administer, see");
        assert_eq!(cells(&html, "Administrator")[1], "read, open and close, edit, file, vote");
        // Who cannot read a tracker is told nothing of it.
        let html = forge.browser_of("alice").get("/projects/project-a/roles").expect(200).text();
        assert!(html.contains("Security"), "Alice reads everything by her role on the forge");
        forge.import(r#"{"roles": [{"project": null, "name": "Everywhere", "members": []}]}"#);
        let html = forge.browser_of("alice").get("/projects/project-a/roles").expect(200).text();
        assert!(!html.contains("Security") && !html.contains("roles/new"), "{html}");
    }

    fn the_matrix_goes_on_where_there_are_more_trackers_than_it_has_room_for(forge: Forge) {
        add_many_trackers(&forge);
        let pages = walk(&bob_administers_project_a(&forge), "/projects/project-a/roles", |html| cells(html, "Reporter"));
        // On every page the project comes first.
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [21, 21, 21, 3]);
        assert!(pages.iter().all(|page| page[0] == "see") && pages[0][1] == "read, file" && pages[3][2] == "nothing");
    }

    fn a_role_is_added_given_and_may_do_what_it_says_at_once(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let bugs = trackers(&forge)[0].clone();
        let (read, submit) = (format!("tracker-{bugs}-read"), format!("tracker-{bugs}-submit"));
        let form = [("name", "Tester ✓"), (read.as_str(), "on"), (submit.as_str(), "on"), ("reason", "needed")];
        let place = post(&bob, "/projects/project-a/roles", &form).expect(302);
        let path = place.header("Location").unwrap().to_owned();
        let html = bob.get(&path).expect(200).text();
        assert!(html.contains("Tester ✓") && html.contains("Nobody holds this role yet"), "{html}");
        assert_eq!(html.matches(" checked").count(), 3, "to see the project comes with the tracker");
        for user in ["nobody-here", ""] {
            let html = post(&bob, &format!("{path}/members"), &[("user", user)]).expect(422).text();
            assert!(element(&html, "user-error").is_some() && html.contains("There is no user of this name"), "{html}");
        }
        post(&bob, &format!("{path}/members"), &[("user", "nora")]).expect(302);
        let html = post(&bob, &format!("{path}/members"), &[("user", "nora")]).expect(422).text();
        assert!(html.contains("holds the role already") && html.contains("value=\"nora\""), "{html}");
        let tool = forge.jenkins_a().with(&forge.token("nora", "jenkins_a", "project-a/Tester ✓"));
        let item = tool.post_json(ITEMS, &json!({"summary": "x"})).expect(201).json()["id"].clone();
        tool.patch_json(&format!("{ITEMS}/{item}"), &json!({"status": "closed"})).expect(403);
        // More rights ask nothing.
        let tech = format!("tracker-{bugs}-tech");
        let form = [("name", "Tester ✓"), ("see", "on"), (read.as_str(), "on"), (submit.as_str(), "on"), (tech.as_str(), "on")];
        post(&bob, &path, &form).expect(302);
        tool.patch_json(&format!("{ITEMS}/{item}"), &json!({"status": "closed"})).expect(200);
        assert_eq!(said(&forge, "'role.added', 'role.given', 'role.changed'"), [
            "bob role.added project-a/Tester ✓ needed",
            "bob role.given project-a/Tester ✓ -",
            "bob role.changed project-a/Tester ✓ -",
        ]);
    }

    fn a_role_that_is_to_do_less_is_asked_about_with_every_token_that_loses_by_it(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let jenkins = forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reporter"));
        forge.token("bob", "jenkins_b", "project-a/Reporter");
        forge.token("alice", "jenkins_b", "project-a/Reader");
        jenkins.post_json(ITEMS, &json!({"summary": "x"})).expect(201);
        let path = format!("/projects/project-a/roles/{}", role_id(&forge, "project-a", "Reporter"));
        let read = format!("tracker-{}-read", trackers(&forge)[0]);
        let form = [("name", "Looker"), ("see", "on"), (read.as_str(), "on"), ("reason", "too many bugs")];
        let page = post(&bob, &path, &form).expect(200).text();
        assert!(page.contains("file items in <strong>Bugs</strong>") && !page.contains("read items in"), "{page}");
        assert_eq!(cells(&page, "Acts for"), ["bob", "alice"]);
        assert!(page.contains("name=\"confirmed\"") && page.contains("value=\"too many bugs\""), "{page}");
        for kept in [("name", "Looker"), (read.as_str(), "on"), ("see", "on")] {
            assert!(page.contains(&format!("name=\"{}\" value=\"{}\"", kept.0, kept.1)), "{kept:?}: {page}");
        }
        jenkins.post_json(ITEMS, &json!({"summary": "x"})).expect(201);
        let confirmed = field(&page, "confirmed");
        post(&bob, &path, &[&form[..], &[("confirmed", confirmed.as_str())]].concat()).expect(302);
        jenkins.post_json(ITEMS, &json!({"summary": "x"})).expect(403);
        assert_eq!(jenkins.echo().expect(200).json()["role"]["name"], "Looker");
        assert_eq!(said(&forge, "'role.changed'"), ["bob role.changed project-a/Reporter too many bugs"]);
    }

    fn a_role_is_taken_from_one_user_and_the_others_keep_it(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let of_alice = forge.jenkins_a_for_alice();
        let of_bob = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Reporter"));
        let path = format!("/projects/project-a/roles/{}", role_id(&forge, "project-a", "Reporter"));
        let page = bob.get(&format!("{path}/members/alice/remove")).expect(200).text();
        assert_eq!(cells(&page, "Acts for"), ["alice"]);
        post(&bob, &format!("{path}/members/alice/remove"), &[("reason", "left the team")]).expect(302);
        of_alice.echo().expect(403);
        of_bob.echo().expect(200);
        for user in ["alice", "nobody-here"] {
            bob.get(&format!("{path}/members/{user}/remove")).expect(404);
            post(&bob, &format!("{path}/members/{user}/remove"), &[]).expect(404);
        }
        post(&bob, &format!("{path}/members"), &[("user", "alice")]).expect(302);
        of_alice.echo().expect(200);
        assert_eq!(said(&forge, "'role.taken'"), ["bob role.taken project-a/Reporter left the team"]);
    }

    fn a_removed_role_takes_its_tokens_with_it(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let (gone, stays) = (forge.jenkins_a_for_alice(), forge.jenkins_a().with(&forge.token("alice", "jenkins_a", "project-a/Reader")));
        let path = format!("/projects/project-a/roles/{}", role_id(&forge, "project-a", "Reporter"));
        let page = bob.get(&format!("{path}/remove")).expect(200).text();
        assert_eq!(cells(&page, "Role"), ["project-a/Reporter"]);
        gone.echo().expect(200);
        post(&bob, &format!("{path}/remove"), &[("reason", "unused")]).expect(302);
        gone.echo().expect_problem(401, "token_rejected");
        stays.echo().expect(200);
        bob.get(&path).expect(404);
        assert_eq!(said(&forge, "'role.removed'"), ["bob role.removed project-a/Reporter unused"]);
    }

    fn a_wrong_form_keeps_what_was_typed(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let submit = format!("tracker-{}-submit", trackers(&forge)[0]);
        for name in ["a/b", "", "Reader"] {
            let form = [("name", name), ("admin", "on"), (submit.as_str(), "on"), ("reason", "typed")];
            let html = post(&bob, "/projects/project-a/roles", &form).expect(422).text();
            assert!(element(&html, "name-error").is_some(), "{name}: {html}");
            assert!(html.contains(&format!("id=\"{submit}\" name=\"{submit}\" value=\"on\" checked")), "{html}");
            assert!(html.contains("value=\"typed\""), "{html}");
        }
        let path = format!("/projects/project-a/roles/{}", role_id(&forge, "project-a", "Reporter"));
        let question = post(&bob, &path, &[("name", "Reader")]).expect(200).text();
        let confirmed = field(&question, "confirmed");
        let html = post(&bob, &path, &[("name", "Reader"), ("confirmed", &confirmed)]).expect(422).text();
        assert!(element(&html, "name-error").is_some(), "{html}");
    }

    fn what_is_lost_beyond_what_was_confirmed_is_asked_about(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        let id = role_id(&forge, "project-a", "Reporter");
        let (path, bugs) = (format!("/projects/project-a/roles/{id}"), trackers(&forge)[0].clone());
        let read = format!("tracker-{bugs}-read");
        let form = [("name", "Reporter"), ("see", "on"), (read.as_str(), "on")];
        let confirmed = field(&post(&bob, &path, &form).expect(200).text(), "confirmed");
        assert_eq!(confirmed, format!("{bugs}-submit"));
        // Somebody else gives it another right before this one confirms.
        forge.sql(&format!("UPDATE role_settings SET value = 11 WHERE role_id = {id} AND section = 'tracker'"));
        let form = [form.as_slice(), &[("confirmed", confirmed.as_str())]].concat();
        let question = post(&bob, &path, &form).expect(200).text();
        let confirmed = field(&question, "confirmed");
        assert_eq!(confirmed, format!("{bugs}-tech {bugs}-submit"), "{question}");
        let form = [&form[..3], &[("confirmed", confirmed.as_str())]].concat();
        post(&bob, &path, &form).expect(302);
    }

    fn two_who_set_a_role_at_once_come_one_after_the_other(forge: Forge) {
        let (bob, ids) = (bob_administers_project_a(&forge), trackers(&forge));
        let path = post(&bob, "/projects/project-a/roles", &[("name", "Both"), ("see", "on")]).expect(302);
        let path = path.header("Location").unwrap().to_owned();
        let browsers = [&bob, &forge.browser_of("admin")];
        let read = ids.iter().map(|id| format!("tracker-{id}-read")).collect::<Vec<_>>();
        for _ in 0..5 {
            let set = |which: usize| {
                let all: String = ids.iter().map(|id| format!("{id}-read ")).collect();
                let form = [("name", "Both"), ("see", "on"), (read[which].as_str(), "on"), ("confirmed", all.as_str())];
                post(browsers[which], &path, &form).expect(302);
            };
            at_once(2, set);
            let html = bob.get(&path).expect(200).text();
            let is_set = |name: &String| html.contains(&format!("name=\"{name}\" value=\"on\" checked"));
            assert_ne!(is_set(&read[0]), is_set(&read[1]), "one was set last, and alone: {html}");
        }
    }

    fn roles_of_the_whole_forge_are_for_its_administrators(forge: Forge) {
        let admin = forge.browser_of("admin");
        let place = post(&admin, "/roles", &[("name", "Helpers"), ("admin", "on")]).expect(302);
        let path = place.header("Location").unwrap().to_owned();
        assert!(path.starts_with("/roles/"), "{path}");
        post(&admin, &format!("{path}/members"), &[("user", "nora")]).expect(302);
        let nora = forge.browser_of("nora");
        nora.get("/users").expect(200);
        let page = post(&admin, &path, &[("name", "Helpers"), ("confirmed", "yes")]).expect(200).text();
        assert!(page.contains("administer the whole forge"), "{page}");
        post(&admin, &path, &[("name", "Helpers"), ("confirmed", &field(&page, "confirmed"))]).expect(302);
        nora.get("/users").expect(403);
        let html = admin.get("/roles").expect(200).text();
        assert_eq!(cells(&html, "Everywhere"), ["administer"]);
        assert_eq!(cells(&html, "Helpers"), ["nothing"]);
    }
}
