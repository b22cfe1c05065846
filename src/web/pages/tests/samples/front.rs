//! What everybody sees: the front page, the page for authors of tools, log in, problems.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    sheet.show("home", &Home(end_points(text)));
    sheet.show("endpoints", &end_points(text));
    sheet.show("endpoints, tokens that end", &Endpoints { longest_token_seconds: Some(7), ..end_points(text) });
    let viewer = sheet.reader.viewer.take();
    sheet.show("login", &Login { next: text.into(), username: text.into(), message: Some("wrong") });
    sheet.reader.viewer = viewer;
    let problem = |id| ProblemPage {
        status: 410,
        title: "too-late",
        id,
        name: text.into(),
        count: 7,
        words: text.into(),
        reference: Some(text.into()),
        again: None,
    };
    sheet.show("problem", &problem(None));
    let too_much = ProblemPage { again: Some(TryAgain::too_much("passing")), ..problem(None) };
    sheet.show("problem, too much to try again", &too_much);
    for why in ["passing", "anonymous", "session"] {
        let again = TryAgain { why, ..again(text) };
        sheet.show(&format!("problem, to try again, {why}"), &ProblemPage { again: Some(again), ..problem(None) });
    }
    sheet.show("problem with a name", &problem(Some("role-not-held")));
}

fn again(text: &str) -> TryAgain {
    let typed = |name: &str| Typed { name: name.into(), value: text.into() };
    let asked = |name, label, is_secret| AskedAnew { name, label, value: text.into(), is_secret, autocomplete: "off" };
    TryAgain {
        why: "passing",
        action: "/projects".into(),
        typed: vec![typed("csrf_token"), typed(text)],
        asked: vec![asked("username", "login-user", false), asked("password", "login-password", true)],
        is_too_much: false,
    }
}

pub fn end_points(text: &str) -> Endpoints {
    Endpoints {
        base_url: text.into(),
        realm: text.into(),
        methods: vec![text.into()],
        timestamp_window_seconds: 300,
        request_token_seconds: 600,
        longest_token_seconds: None,
        examples: vec![Example { name: "python", code: text.into() }],
        problems: &[Problem { code: "nonce_used", status: "401" }],
    }
}
