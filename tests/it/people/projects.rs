//! Projects: who sees which, and what their administrators set up.

use super::{add_many_trackers, bob_administers_project_a, post, said, walk};
use crate::support::{PLUGIN, at_once, cells, element, on_both_databases};

on_both_databases! {
    fn everybody_sees_the_projects_that_they_can_read(forge: Forge) {
        let names = |user: &str| cells(&forge.browser_of(user).get("/projects").expect(200).text(), "Name");
        assert_eq!(names("alice"), ["project-a", "project-b"]);
        assert_eq!(names("admin"), ["project-a", "project-b"]);
        assert_eq!(names("nora"), [""; 0]);
        let nora = forge.browser_of("nora");
        assert!(nora.get("/projects").expect(200).text().contains("You hold no role in any project yet"));
        for path in ["/projects/project-a", "/projects/project-a/roles", "/projects/project-a/tokens", "/projects/none"] {
            nora.get(path).expect(404);
        }
        forge.import(r#"{"roles": [{"project": "project-b", "name": "Watcher", "members": ["nora"], "permissions": {"project": "read"}}]}"#);
        assert_eq!(names("nora"), ["project-b"]);
        let html = nora.get("/projects/project-b").expect(200).text();
        assert!(html.contains("None that you can read") && html.contains("Watcher") && !html.contains("/title\""), "{html}");
        nora.get("/projects/project-b/roles").expect(200);
        for path in ["tokens", "roles/new", "status", "plugin"] {
            nora.get(&format!("/projects/project-b/{path}")).expect(403);
        }
        let html = forge.browser_of("alice").get("/projects/project-b").expect(200).text();
        assert!(html.contains("Project B &lt;i&gt;") && html.contains("/projects/project-b/trackers/bugs"), "{html}");
    }

    fn an_administrator_of_the_forge_adds_projects(forge: Forge) {
        let admin = forge.browser_of("admin");
        post(&admin, "/projects", &[("name", "project-c"), ("title", "Project C"), ("reason", "asked for")]).expect(302);
        assert!(admin.get("/projects/project-c").expect(200).text().contains("Project C"));
        for name in ["project-a", "forge", "a b", ""] {
            let html = post(&admin, "/projects", &[("name", name), ("title", "kept")]).expect(422).text();
            assert!(element(&html, "name-error").is_some() && html.contains("value=\"kept\""), "{name}: {html}");
        }
        post(&forge.browser_of("bob"), "/projects", &[("name", "mine")]).expect(403);
        assert_eq!(said(&forge, "'project.added'"), ["admin project.added project-c asked for"]);
        assert_eq!(cells(&admin.get("/projects?from=project-b").expect(200).text(), "Name"), ["project-b", "project-c"]);
    }

    fn an_administrator_of_a_project_sets_its_title_and_adds_trackers(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        post(&bob, "/projects/project-a/title", &[("title", "Project <A>"), ("reason", "nicer")]).expect(302);
        let html = bob.get("/projects/project-a").expect(200).text();
        assert!(html.contains("Project &lt;A&gt;"), "{html}");
        let html = post(&bob, "/projects/project-a/title", &[("title", " ")]).expect(422).text();
        assert!(element(&html, "title-error").is_some());
        post(&bob, "/projects/project-a/trackers", &[("tracker", "ideas"), ("tracker_title", "Ideas")]).expect(302);
        let html = post(&bob, "/projects/project-a/trackers", &[("tracker", "bugs"), ("tracker_title", "kept")]).expect(422).text();
        assert!(element(&html, "tracker-error").is_some() && html.contains("value=\"kept\""), "{html}");
        // Administrators of the project have every right on what comes later.
        let tool = forge.jenkins_a().with(&forge.token("bob", "jenkins_a", "project-a/Administrator"));
        tool.post_json("/api/projects/project-a/trackers/ideas/items", &serde_json::json!({"summary": "x"})).expect(201);
        post(&bob, "/projects/project-b/title", &[("title", "mine")]).expect(403);
        assert_eq!(said(&forge, "'project.changed', 'tracker.added'"),
            ["bob project.changed project-a nicer", "bob tracker.added project-a/ideas -"]);
    }

    fn the_page_of_a_project_with_many_trackers_leads_to_the_last_that_one_may_read(forge: Forge) {
        add_many_trackers(&forge);
        let trackers = |html: &str| {
            let links = html.split("/projects/project-a/trackers/").skip(1);
            links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let many = |of: &dyn Fn(&usize) -> bool| (0..60).filter(of).map(|n| format!("many{n:02}")).collect::<Vec<_>>();
        let pages = walk(&forge.browser_of("admin"), "/projects/project-a", trackers);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 12]);
        assert_eq!(pages.concat(), [&["bugs".to_owned()][..], &many(&|_| true), &["security".to_owned()]].concat());
        // Who may read some of them sees those alone, and no page with less of them than it has room for but the last.
        let read = |n| format!(r#""tracker:many{n:02}": "read""#);
        let rights: Vec<String> = (0..60).filter(|n| n % 10 != 0).map(read).collect();
        forge.import(&format!(r#"{{"roles": [{{"project": "project-a", "name": "Watcher", "members": ["nora"],
            "permissions": {{"project": "read", {}}}}}]}}"#, rights.join(",")));
        let pages = walk(&forge.browser_of("nora"), "/projects/project-a", trackers);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 4]);
        assert_eq!(pages.concat(), many(&|n| n % 10 != 0));
    }

    fn tools_are_shut_out_and_let_in_again(forge: Forge) {
        let (bob, jenkins) = (bob_administers_project_a(&forge), forge.jenkins_a_for_alice());
        forge.token("alice", "jenkins_b", "project-b/Manager");
        jenkins.echo().expect(200);
        let page = bob.get("/projects/project-a/plugin").expect(200).text();
        assert_eq!(cells(&page, "Role"), ["project-a/Reporter"], "and not the other project's");
        post(&bob, "/projects/project-a/plugin", &[("uses", "no"), ("reason", "an incident")]).expect(302);
        assert_eq!(jenkins.get("/api/token").expect(403).json()["reason"], "plugin_off_for_project");
        let html = bob.get("/projects/project-a").expect(200).text();
        assert!(html.contains("no tools"), "{html}");
        let tokens = bob.get("/projects/project-a/tokens").expect(200).text();
        assert_eq!(cells(&tokens, "State"), ["asleep the project lets no tools in"]);
        post(&bob, "/projects/project-a/plugin", &[("uses", "yes")]).expect(302);
        jenkins.echo().expect(200);
        assert_eq!(said(&forge, "'project.plugin_off', 'project.plugin_on'"),
            ["bob project.plugin_off project-a an incident", "bob project.plugin_on project-a -"]);
    }

    fn a_project_is_archived_by_its_administrator_and_brought_back_by_the_forges(forge: Forge) {
        let (bob, admin, jenkins) = (bob_administers_project_a(&forge), forge.browser_of("admin"), forge.jenkins_a_for_alice());
        let page = bob.get("/projects/project-a/status").expect(200).text();
        assert_eq!(cells(&page, "Tool"), [""; 0], "the tool is the row's heading");
        assert!(page.contains("Only an administrator of the forge can bring it back") && page.contains("jenkins_a"), "{page}");
        let long = "x".repeat(501);
        let html = post(&bob, "/projects/project-a/status", &[("status", "archived"), ("reason", &long)]).expect(422).text();
        assert!(html.contains(&long) && element(&html, "reason-error").is_some(), "{html}");
        jenkins.echo().expect(200);
        let answer = post(&bob, "/projects/project-a/status", &[("status", "archived")]).expect(302);
        assert_eq!(answer.header("Location"), Some("/projects"));
        jenkins.echo().expect(403);
        bob.get("/projects/project-a").expect(404);
        post(&admin, "/projects/project-a/status", &[("status", "gone")]).expect(400);
        post(&admin, "/projects/project-a/status", &[("status", "active")]).expect(302);
        jenkins.echo().expect(200);
        bob.get(&format!("{PLUGIN}/access_tokens")).expect(200);
    }

    fn of_two_who_add_one_thing_at_once_the_second_is_told_so_and_changes_nothing(forge: Forge) {
        let admin = forge.browser_of("admin");
        let statuses = |path: &str, form: fn(&str) -> [(&str, &str); 2]| {
            let titles: Vec<String> = (0..8).map(|n| format!("Title {n}")).collect();
            let mut answers: Vec<u16> = at_once(8, |n| post(&admin, path, &form(&titles[n])).status);
            answers.sort_unstable();
            answers
        };
        let expected = [&[302][..], &[422; 7]].concat();
        assert_eq!(statuses("/projects", |title| [("name", "project-c"), ("title", title)]), expected);
        let trackers = "/projects/project-a/trackers";
        assert_eq!(statuses(trackers, |title| [("tracker", "wishes"), ("tracker_title", title)]), expected);
        assert_eq!(said(&forge, "'project.added', 'project.changed', 'tracker.added', 'tracker.changed'").len(), 2);
    }

    fn what_has_a_nul_in_its_name_is_not_there(forge: Forge) {
        let admin = forge.browser_of("admin");
        for path in ["/projects/%00", "/projects/a%00b/roles", "/users/%00", "/projects/project-a/trackers/bugs%00/items/1"] {
            admin.get(path).expect(404);
        }
    }

    fn a_switch_is_on_or_off_and_nothing_else(forge: Forge) {
        let bob = bob_administers_project_a(&forge);
        post(&bob, "/projects/project-a/plugin", &[("uses", "banana")]).expect(400);
        post(&bob, "/users/bob/plugin", &[("uses", "banana")]).expect(400);
        assert_eq!(said(&forge, "'project.plugin_off', 'user.changed'"), [""; 0]);
    }
}
