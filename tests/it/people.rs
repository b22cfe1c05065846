//! The pages of the embedded forge: users, projects, roles, and the tokens that act in a project.

mod accounts;
mod hostile;
mod projects;
mod roles;
mod tokens;
mod users;

use crate::support::{Answer, Browser, Forge};

/// Posts a form of somebody's own session.
fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf_token = browser.csrf_token();
    let form = [fields, &[("csrf_token", csrf_token.as_str())]].concat();
    browser.post(path, &form)
}

/// Makes Bob an administrator of project A, and of nothing else.
fn bob_administers_project_a(forge: &Forge) -> Browser {
    forge.import(
        r#"{"roles": [{"project": "project-a", "name": "Administrator", "members": ["bob"], "permissions": {"project": "admin"}}]}"#,
    );
    forge.browser_of("bob")
}

/// The address of the next page of the first list on a page that goes on.
fn next_page(html: &str) -> Option<String> {
    let (before, _) = html.split_once("\" rel=\"next\"")?;
    Some(before.rsplit("href=\"").next().unwrap().replace("&amp;", "&"))
}

/// What there is to see on each page of a list, from this one to the last.
fn walk(browser: &Browser, path: &str, seen: impl Fn(&str) -> Vec<String>) -> Vec<Vec<String>> {
    let (mut pages, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let html = browser.get(&path).expect(200).text();
        assert!(html.len() < 60 * 1024, "{path}: {} bytes", html.len());
        assert_eq!(html.contains("rel=\"first\""), !pages.is_empty(), "{path}: the way back");
        pages.push(seen(&html));
        next = next_page(&html);
    }
    pages
}

/// Sixty trackers more in project A, from `many00` on.
fn add_many_trackers(forge: &Forge) {
    let many: Vec<String> =
        (0..60).map(|n| format!(r#"{{"name": "many{n:02}", "title": "Tracker {n:02}"}}"#)).collect();
    forge.import(&format!(r#"{{"projects": [{{"name": "project-a", "trackers": [{}]}}]}}"#, many.join(",")));
}

/// The number of a role.
fn role_id(forge: &Forge, project: &str, name: &str) -> String {
    let query = format!(
        "SELECT CAST(roles.id AS TEXT) AS line FROM roles JOIN projects ON projects.id = project_id \
         WHERE projects.name = '{project}' AND roles.name = '{name}'"
    );
    forge.database().lines(&query).remove(0)
}

/// What the audit log says of these actions, in order.
fn said(forge: &Forge, actions: &str) -> Vec<String> {
    let query = format!(
        "SELECT coalesce(actor_name, '-') || ' ' || action || ' ' || coalesce(object_name, user_name, '-') || ' ' || coalesce(reason, '-') \
         AS line FROM audit_log WHERE action IN ({actions}) AND actor = 'user' ORDER BY number"
    );
    forge.database().lines(&query)
}
