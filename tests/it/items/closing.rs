//! Closing at once what one access token filed: for who runs the project, and nobody else.

use serde_json::json;

use crate::support::{Answer, Browser, Forge, Token, cells, hidden, on_both_databases};

/// Bob runs project A from here on.
const LEADER: &str = r#"{"roles": [{"project": "project-a", "name": "Leader", "members": ["bob"],
    "permissions": {"project": "admin"}}]}"#;

/// A token of Alice for Jenkins A, which filed so many items in project A, with its number and theirs.
fn flooded(forge: &Forge, role: &str, count: usize) -> (Token, i64, Vec<i64>) {
    let token = forge.token("alice", "jenkins_a", role);
    let tool = forge.jenkins_a().with(&token);
    let file = |number: usize| {
        let filed = tool.post_json(super::ITEMS, &json!({"summary": format!("flood {number}")})).expect(201);
        filed.json()["id"].as_i64().unwrap()
    };
    let items = (0..count).map(file).collect();
    let id = forge
        .database()
        .lines(&format!("SELECT CAST(id AS TEXT) AS line FROM access_tokens WHERE key = '{}'", token.key));
    (token, id[0].parse().unwrap(), items)
}

fn path(token: i64) -> String {
    format!("/projects/project-a/tokens/{token}/items")
}

fn post(browser: &Browser, path: &str, form: &[(&str, &str)]) -> Answer {
    let csrf = browser.csrf_token();
    browser.post(path, &[&[("csrf_token", csrf.as_str())], form].concat())
}

/// The numbers of the open items.
fn open(forge: &Forge) -> Vec<i64> {
    let lines = forge.database().lines("SELECT CAST(id AS TEXT) AS line FROM items WHERE status = 'open' ORDER BY id");
    lines.iter().map(|line| line.parse().unwrap()).collect()
}

fn entries(forge: &Forge) -> Vec<String> {
    forge.database().lines(
        "SELECT actor_name || ' ' || details || ' ' || coalesce(reason, '') AS line FROM audit_log \
         WHERE action = 'items.closed' ORDER BY number",
    )
}

on_both_databases! {
    fn all_that_one_token_filed_is_closed_in_one_step_and_nothing_else(forge: Forge) {
        forge.import(LEADER);
        let (_, token, mut items) = flooded(&forge, "project-a/Reporter", 3);
        let (_, _, others) = flooded(&forge, "project-a/Reporter", 2);
        let bob = forge.browser_of("bob");
        let page = bob.get(&path(token)).expect(200).text();
        assert_eq!(cells(&page, "Tracker"), ["Bugs"; 3]);
        let question = bob.get(&format!("{}/close?which=all", path(token))).expect(200).text();
        assert!(question.contains("Close 3 items?"), "{question}");
        assert_eq!(open(&forge).len(), 5, "a question changes nothing");
        assert_eq!(hidden(&question, "which").as_deref(), Some("all"));

        let closed = post(&bob, &format!("{}/close", path(token)), &[("which", "all"), ("reason", "a loop in the job")]);
        assert_eq!(closed.expect(302).header("Location"), Some(&*format!("{}?status=closed", path(token))));
        assert_eq!(open(&forge), others);
        assert_eq!(entries(&forge), [r#"bob {"closed":3,"project":"project-a"} a loop in the job"#]);
        let changes = forge.database().lines(
            "SELECT CAST(item_id AS TEXT) || ' ' || part || ' ' || before || ' ' || after || ' ' || name AS line \
             FROM item_changes JOIN users ON users.id = user_id ORDER BY item_id",
        );
        items.sort_unstable();
        let expected: Vec<String> = items.iter().map(|id| format!("{id} status open closed bob")).collect();
        assert_eq!(changes, expected);

        let again = bob.get(&format!("{}/close?which=all", path(token))).expect(200).text();
        assert!(again.contains("There is nothing to close"), "{again}");
        post(&bob, &format!("{}/close", path(token)), &[("which", "all")]).expect(302);
        assert_eq!(entries(&forge).len(), 1, "nothing was done, and nothing is said");
    }

    fn those_that_were_chosen_are_closed_and_no_others(forge: Forge) {
        forge.import(LEADER);
        let (_, token, items) = flooded(&forge, "project-a/Reporter", 3);
        let (_, _, others) = flooded(&forge, "project-a/Reporter", 1);
        let bob = forge.browser_of("bob");
        // An item of another token, one that there is none of, and what is no number are not among them.
        let chosen = format!("item={}&item={}&item={}&item=999999&item=x", items[0], items[2], others[0]);
        let question = bob.get(&format!("{}/close?{chosen}", path(token))).expect(200).text();
        assert!(question.contains("Close 2 items?"), "{question}");
        let numbers = [items[0], items[2], others[0]].map(|id| id.to_string());
        let form: Vec<(&str, &str)> = numbers.iter().map(|id| ("item", id.as_str())).collect();
        post(&bob, &format!("{}/close", path(token)), &form).expect(302);
        assert_eq!(open(&forge), [items[1], others[0]]);
        let nothing = bob.get(&format!("{}/close", path(token))).expect(200).text();
        assert!(nothing.contains("There is nothing to close"));
    }

    fn what_a_token_filed_in_another_project_is_out_of_reach(forge: Forge) {
        forge.import(LEADER);
        let (token, id, items) = flooded(&forge, "forge/Everywhere", 1);
        let of_b = forge.jenkins_a().with(&token).post_json("/api/projects/project-b/trackers/bugs/items", &json!({"summary": "in b"}));
        let of_b = of_b.expect(201).json()["id"].as_i64().unwrap();
        let bob = forge.browser_of("bob");
        let page = bob.get(&path(id)).expect(200).text();
        assert!(page.contains(&format!("/items/{}\"", items[0])) && !page.contains("in b"));
        let both = [items[0].to_string(), of_b.to_string()];
        post(&bob, &format!("{}/close", path(id)), &[("item", &both[0]), ("item", &both[1])]).expect(302);
        assert_eq!(open(&forge), [of_b]);
        bob.get(&format!("/projects/project-b/tokens/{id}/items")).expect(403);
        post(&bob, &format!("/projects/project-b/tokens/{id}/items/close"), &[("which", "all")]).expect(403);
        assert_eq!(open(&forge), [of_b]);
    }

    fn only_who_runs_the_project_gets_near_it(forge: Forge) {
        let (_, token, items) = flooded(&forge, "project-a/Reporter", 1);
        let (bob, nora, admin) = (forge.browser_of("bob"), forge.browser_of("nora"), forge.browser_of("admin"));
        let close = format!("{}/close", path(token));
        for (who, status) in [(&bob, 403), (&nora, 404)] {
            who.get(&path(token)).expect(status);
            who.get(&format!("{close}?which=all")).expect(status);
            post(who, &close, &[("which", "all")]).expect(status);
        }
        forge.anonymous().get(&path(token)).expect(302);
        admin.post(&close, &[("csrf_token", "forged"), ("which", "all")]).expect(403);
        assert_eq!(open(&forge), items);
        let wrong = post(&admin, &close, &[("which", "all"), ("reason", &"x".repeat(501))]).expect(422).text();
        assert!(wrong.contains("reason-error") && wrong.contains(&"x".repeat(501)), "{wrong}");
        assert_eq!(open(&forge), items);
        forge.import(r#"{"projects": [{"name": "project-a", "status": "archived"}]}"#);
        let page = admin.get(&path(token)).expect(200).text();
        assert!(!page.contains("/close"), "in an archived project there is nothing to do");
        post(&admin, &close, &[("which", "all")]).expect(403);
        assert_eq!(open(&forge), items);
        forge.import(r#"{"projects": [{"name": "project-a", "status": "active"}]}"#);
        post(&admin, &close, &[("which", "all")]).expect(302);
        assert_eq!(open(&forge), [0; 0]);
        // A number of no token is not told from one that filed nothing.
        let nothing = admin.get(&path(999_999)).expect(200).text();
        assert!(nothing.contains("Nothing here"));
    }

    fn a_thousand_are_closed_at_once_and_it_is_told_that_there_are_more(forge: Forge) {
        let (_, token, first) = flooded(&forge, "project-a/Reporter", 1);
        let many = super::file_many(forge.store(), 1_004);
        forge.sql(&format!("UPDATE items SET access_token_id = {token}"));
        let admin = forge.browser_of("admin");
        let close = format!("{}/close", path(token));
        let question = admin.get(&format!("{close}?which=all")).expect(200).text();
        assert!(question.contains("Close 1,000 items?") || question.contains("Close 1000 items?"), "{question}");
        assert!(question.contains("There are more open ones"), "{question}");
        post(&admin, &close, &[("which", "all")]).expect(302);
        assert_eq!(open(&forge), many[many.len() - 5..], "the oldest were closed first: {first:?}");
        post(&admin, &close, &[("which", "all")]).expect(302);
        assert_eq!(open(&forge), [0; 0]);
        assert_eq!(entries(&forge).len(), 2);
    }
}
