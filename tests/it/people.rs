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
