//! Users, the question before something is taken away, projects, roles, and the tokens that act in a project.

use super::{
    super::super::content::*,
    Sheet,
    tokens::{every_line, line},
};
use crate::forge::{Mistake, NameError};

pub fn show(sheet: &mut Sheet<'_>) {
    users(sheet);
    questions(sheet);
    projects(sheet);
    roles(sheet);
    tokens(sheet);
}

/// Everything that can be wrong, in one field.
fn mistakes(field: &'static str) -> Vec<FieldError> {
    use Mistake::*;
    let all = [
        Missing,
        Name(NameError::Length),
        Name(NameError::Characters),
        Name(NameError::RoleCharacters),
        Taken,
        Reserved,
        Line,
        Mail,
        Reason,
        PasswordShort,
        PasswordLong,
        PasswordsDiffer,
        PasswordWrong,
        NoSuchUser,
        HoldsAlready,
        Oneself,
        LastAdministrator,
    ];
    all.map(|mistake| FieldError::of(field, mistake.word())).into()
}

/// The ways from a page in the middle of a list.
fn ways(list: &str, place: &str) -> Pages {
    Pages { first: list.into(), older: format!("{list}?{place}"), looked_enough: false }
}

fn users(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let row = |state, is_forge_admin| UserRow { name: text.into(), realname: text.into(), state, is_forge_admin };
    let rows = vec![row("active", true), row("suspended", false)];
    let list = Users {
        rows,
        q: text.into(),
        status: "active".into(),
        pages: Pages { looked_enough: true, ..ways("/users", "after=x") },
    };
    sheet.show("users", &list);
    sheet.show("users, none so far", &Users { rows: Vec::new(), ..list.clone() });
    let none = Users { rows: Vec::new(), status: String::new(), pages: Pages::default(), ..list };
    sheet.show("users, none", &none);
    let form = NewUser {
        name: text.into(),
        realname: text.into(),
        email: text.into(),
        reason: text.into(),
        errors: mistakes("name"),
        csrf_token: text.into(),
    };
    sheet.show("a new user", &form);
    for (name, is_own, by_admin, state) in [
        ("my page", true, false, "active"),
        ("a user", false, true, "active"),
        ("a suspended user", false, true, "suspended"),
        ("an administrator's own page", true, true, "active"),
    ] {
        let page = user(text, (is_own, by_admin, state));
        sheet.show(name, &UserPage { uses_plugin: false, roles: Vec::new(), tokens: Vec::new(), ..page.clone() });
        sheet.show(name, &page);
    }
}

fn user(text: &str, (is_own, by_admin, state): (bool, bool, &'static str)) -> UserPage {
    let role = |project: Option<&str>| RoleLink {
        id: 3,
        name: text.into(),
        project: project.map(Into::into),
        address: "/roles".into(),
    };
    UserPage {
        name: text.into(),
        realname: text.into(),
        email: text.into(),
        state,
        is_forge_admin: by_admin,
        uses_plugin: true,
        roles: vec![role(None), role(Some(text))],
        pages: ways("/users/x", "after=3"),
        tokens: vec![line(1, "live", text)],
        is_own,
        by_admin,
        realname_typed: text.into(),
        email_typed: text.into(),
        reason: text.into(),
        password_reason: text.into(),
        errors: [mistakes("realname"), mistakes("password"), mistakes("password-reason")].concat(),
        csrf_token: text.into(),
    }
}

fn questions(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let lost = |right, tracker: &str| LostRight { right, tracker: tracker.into() };
    let of_trackers = ["read", "tech", "manager", "submit", "vote"].map(|right| lost(right, text));
    let all = [lost("forge", ""), lost("admin", ""), lost("see", "")].into_iter().chain(of_trackers);
    let asked = Confirmation {
        what: "weaken",
        name: text.into(),
        of: text.into(),
        action: "/roles/3".into(),
        cancel: "/roles".into(),
        typed: vec![Typed { name: text.into(), value: text.into() }],
        lost: all.collect(),
        sessions: Some(2),
        tokens: vec![line(1, "live", text)],
        more: 3,
        uncounted: true,
        reason: text.into(),
        errors: [mistakes("reason"), mistakes("whole")].concat(),
        csrf_token: text.into(),
    };
    for what in [
        "suspend",
        "activate",
        "archive",
        "reopen",
        "project-off",
        "project-on",
        "user-off",
        "user-on",
        "weaken",
        "remove-role",
        "take-role",
        "revoke-token",
    ] {
        // What gives back names no tokens.
        let gives_back = ["activate", "reopen", "project-on", "user-on"].contains(&what);
        let tokens = if gives_back { Vec::new() } else { asked.tokens.clone() };
        sheet.show(what, &Confirmation { what, tokens, ..asked.clone() });
        let nothing =
            Confirmation { what, lost: Vec::new(), tokens: Vec::new(), sessions: None, more: 0, ..asked.clone() };
        sheet.show(what, &Confirmation { uncounted: false, ..nothing });
    }
}

fn projects(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let row = |state| ProjectRow { name: text.into(), title: text.into(), state };
    let list = Projects {
        rows: vec![row("active"), row("archived")],
        from: text.into(),
        by_admin: true,
        pages: ways("/projects", "from=x"),
    };
    sheet.show("projects", &list);
    sheet.show("projects, none from there on", &Projects { rows: Vec::new(), ..list.clone() });
    for by_admin in [true, false] {
        sheet.show("projects, none", &Projects { rows: Vec::new(), from: String::new(), by_admin, ..list.clone() });
    }
    let form = NewProject {
        name: text.into(),
        title: text.into(),
        reason: text.into(),
        errors: mistakes("title"),
        csrf_token: text.into(),
    };
    sheet.show("a new project", &form);
    for (state, is_administered) in [("active", true), ("archived", true), ("active", false)] {
        let page = project(text, state, is_administered);
        let bare = ProjectPage { trackers: Vec::new(), roles: Vec::new(), uses_plugin: false, ..page.clone() };
        sheet.show("a project", &page);
        sheet.show("an empty project", &ProjectPage { has_more_roles: false, ..bare });
    }
}

fn project(text: &str, state: &'static str, is_administered: bool) -> ProjectPage {
    ProjectPage {
        name: text.into(),
        title: text.into(),
        state,
        uses_plugin: true,
        trackers: vec![TrackerRow { name: text.into(), title: text.into() }],
        pages: ways("/projects/x", "after=x"),
        roles: vec![role(text, true), role(text, false)],
        has_more_roles: true,
        is_administered,
        typed: ProjectTyped {
            title: text.into(),
            tracker: text.into(),
            tracker_title: text.into(),
            reason: text.into(),
        },
        errors: [mistakes("title"), mistakes("tracker"), mistakes("reason")].concat(),
        csrf_token: text.into(),
    }
}

fn role(text: &str, is_held: bool) -> RoleRow {
    let member = Member { name: text.into(), realname: text.into(), is_suspended: true };
    let members = if is_held { vec![member.clone(), member] } else { Vec::new() };
    RoleRow { id: 3, name: text.into(), members, has_more: is_held }
}

fn roles(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let every = vec!["admin", "forge", "see", "read", "submit", "tech", "manager", "vote"];
    let row =
        |tracker: Option<&str>| RightsRow { tracker: tracker.map(Into::into), cells: vec![every.clone(), Vec::new()] };
    for (project, is_administered) in [(Some(text), true), (Some(text), false), (None, true)] {
        let list = Roles {
            project: project.map(Into::into),
            base: "/projects/x".into(),
            roles: vec![role(text, true), role(text, false)],
            matrix: vec![row(None), row(Some(text))],
            tracker_pages: ways("/roles", "trackers_after=x"),
            is_administered,
            pages: ways("/roles", "after=3"),
        };
        sheet.show("roles", &list);
        sheet.show("roles, none", &Roles { roles: Vec::new(), matrix: Vec::new(), ..list });
        if is_administered {
            let page = one_role(text, project);
            sheet.show("a role", &page);
            sheet.show("a role that nobody holds", &RolePage { members: Vec::new(), ..page.clone() });
            sheet.show("a new role", &RolePage { id: None, title: String::new(), ..page });
        }
    }
}

fn one_role(text: &str, project: Option<&str>) -> RolePage {
    let right = |word, is_set| RightBox { word, is_set };
    let rights = ["read", "tech", "manager", "submit", "vote"].map(|word| right(word, word == "read"));
    RolePage {
        project: project.map(Into::into),
        base: "/projects/x/roles".into(),
        id: Some(3),
        title: text.into(),
        name: text.into(),
        admin: true,
        read: false,
        trackers: vec![TrackerRights { id: 1, title: text.into(), rights: rights.into() }],
        trackers_after: 0,
        more_trackers: Some(1),
        members: role(text, true).members,
        pages: ways("/roles/3", "members_after=1"),
        user: text.into(),
        reason: text.into(),
        errors: [mistakes("name"), mistakes("user"), mistakes("reason")].concat(),
        csrf_token: text.into(),
    }
}

fn tokens(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let row = |token: TokenLine| ActingToken { is_of_project: token.id % 2 == 1, token };
    let rows = every_line(text).into_iter().map(row).collect();
    let list = ProjectTokens {
        name: text.into(),
        title: text.into(),
        rows,
        tool: text.into(),
        user: text.into(),
        state: "live".into(),
        is_narrowed: true,
        pages: ways("/projects/x/tokens", "before=6"),
        csrf_token: text.into(),
    };
    sheet.show("tokens of a project", &list);
    sheet.show("tokens of a project, none", &ProjectTokens { rows: Vec::new(), is_narrowed: false, ..list.clone() });
    sheet.show("tokens of a project, none like that", &ProjectTokens { rows: Vec::new(), ..list });
}
