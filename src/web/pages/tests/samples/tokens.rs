//! One's own tokens, issuing one, and decisions that wait for their tool.

use super::{
    super::super::content::*,
    Sheet,
    consent::{chosen, consumer, everything_wrong, lifetimes, role, roles},
};
use crate::web::charts::Sparkline;

pub fn show(sheet: &mut Sheet<'_>) {
    let (text, url) = (sheet.text, sheet.url);
    sheet.show("access tokens", &list(text, every_line(text)));
    let full = (1..=20).map(|id| line(id, "live", text)).collect();
    sheet.show("access tokens, a full page", &list(text, full));
    sheet.show("access tokens, none found", &list(text, Vec::new()));
    let looked = AccessTokens { pages: Pages { looked_enough: true, ..ways() }, ..list(text, Vec::new()) };
    sheet.show("access tokens, none so far", &looked);
    let whole = AccessTokens {
        tool: String::new(),
        state: String::new(),
        words: String::new(),
        pages: Pages::default(),
        to_take_back: 0,
        may_issue: false,
        ..list(text, Vec::new())
    };
    sheet.show("access tokens, none", &whole);
    for (name, tool, tokens, decisions) in
        [("one tool", sheet.some(), 2, 0), ("all", None, 1, 1), ("decisions", None, 0, 2), ("nothing", None, 0, 0)]
    {
        let (back, errors) = ("/plugins/oauthprovider/access_tokens".into(), vec![FieldError::of("reason", "reason")]);
        let (reason, csrf_token) = (text.into(), text.into());
        sheet.show(&format!("revoke {name}"), &RevokeAll { tool, tokens, decisions, reason, errors, back, csrf_token });
    }
    let name = TokenName {
        id: 1,
        tool: text.into(),
        role: text.into(),
        label: text.into(),
        errors: vec![FieldError::of("label", "label")],
        csrf_token: text.into(),
    };
    sheet.show("a token's name", &name);
    show_issue(sheet, text, url);
    let pending = PendingRow {
        id: 1,
        consumer: text.into(),
        role: text.into(),
        project: None,
        decided: 7,
        expires: 1_700_000_100,
    };
    let withdrawal = Withdrawal {
        row: pending.clone(),
        reason: text.into(),
        errors: vec![FieldError::of("reason", "reason")],
        csrf_token: text.into(),
    };
    sheet.show("a decision taken back", &withdrawal);
    let rows = vec![PendingRow { id: 2, project: sheet.some(), ..pending.clone() }, pending.clone()];
    let pages =
        Pages { first: "/plugins/oauthprovider/request_tokens".into(), older: format!("/{text}"), ..Pages::default() };
    let full: Vec<PendingRow> = (1..=25).map(|id| PendingRow { id, ..pending.clone() }).collect();
    let list = RequestTokens { rows, pages: pages.clone(), csrf_token: text.into() };
    sheet.show("request tokens", &list);
    sheet.show("request tokens, a full page", &RequestTokens { rows: full, ..list.clone() });
    sheet.show(
        "request tokens, the end",
        &RequestTokens { rows: Vec::new(), pages: Pages { older: String::new(), ..pages }, ..list.clone() },
    );
    let none = RequestTokens { rows: Vec::new(), pages: Pages::default(), ..list };
    sheet.show("request tokens, none", &none);
}

fn show_issue(sheet: &mut Sheet<'_>, text: &str, url: &str) {
    let new = "/plugins/oauthprovider/access_tokens/new?tool=x";
    let tool = ToolRow { name: text.into(), description: text.into(), issue: new.into() };
    let tools = Tools { words: text.into(), rows: vec![tool], pages: ways() };
    sheet.show("tools", &tools);
    sheet.show("tools, none found", &Tools { rows: Vec::new(), ..tools.clone() });
    sheet.show("tools, none", &Tools { rows: Vec::new(), words: String::new(), ..tools });
    let form = IssueForm {
        consumer: consumer(text, url),
        roles: roles(vec![chosen(role(1, Some(text), text)), role(2, None, text)]),
        lifetimes: lifetimes(),
        label: text.into(),
        reason: text.into(),
        errors: everything_wrong(),
        csrf_token: text.into(),
    };
    sheet.show("issue", &form);
    let none_here = OfferedRoles { any_here: false, ..form.roles.clone() };
    sheet.show("issue, no role of this page will do", &IssueForm { roles: none_here.clone(), ..form.clone() });
    let none_will_do = OfferedRoles { any_will_do: false, ..none_here };
    sheet.show("issue, no role will do", &IssueForm { roles: none_will_do, ..form.clone() });
    sheet.show("issue, no role", &IssueForm { roles: roles(Vec::new()), errors: Vec::new(), ..form });
    let issued = Issued {
        consumer: text.into(),
        role: text.into(),
        expires: Some(1_700_000_000),
        token: text.into(),
        token_secret: text.into(),
        base_url: text.into(),
        reports: vec![Report { tracker: text.into(), url: text.into() }],
        csrf_token: text.into(),
    };
    sheet.show("issued", &issued);
    sheet.show("issued, nothing to file", &Issued { expires: None, reports: Vec::new(), ..issued });
    let tried = |user, code| TriedOut { consumer: text.into(), role: text.into(), user, code };
    sheet.show("tried", &tried(sheet.some(), None));
    sheet.show("tried, refused", &tried(None, Some("role_not_held")));
}

fn ways() -> Pages {
    Pages {
        first: "/plugins/oauthprovider/access_tokens".into(),
        older: "/plugins/oauthprovider/access_tokens?behind=use-7".into(),
        looked_enough: false,
    }
}

fn list(text: &str, rows: Vec<TokenLine>) -> AccessTokens {
    AccessTokens {
        rows: rows.into_iter().map(own).collect(),
        tool: text.into(),
        state: "asleep".into(),
        words: text.into(),
        states: vec!["live", "asleep", "expired", "revoked"],
        pages: ways(),
        to_take_back: 2,
        revoke_all: "/plugins/oauthprovider/access_tokens/revoke".into(),
        may_issue: true,
        csrf_token: text.into(),
    }
}

fn own(token: TokenLine) -> OwnToken {
    OwnToken {
        token,
        of_consumer: "/plugins/oauthprovider/access_tokens?tool=x".into(),
        calls: Sparkline::of(&[
            1, 3, 2, 9, 4, 7, 1, 2, 3, 4, 1, 3, 2, 9, 4, 7, 1, 2, 3, 4, 1, 3, 2, 9, 4, 7, 1, 2, 3, 4,
        ]),
    }
}

pub fn line(id: i64, state: &'static str, text: &str) -> TokenLine {
    TokenLine {
        id,
        consumer_id: 7,
        consumer: text.into(),
        user: text.into(),
        role: text.into(),
        label: text.into(),
        state,
        why: "",
        created: 1_700_000_000,
        expires: Some(1_700_000_000),
        revoked: None,
        last_used: Some(1_700_000_000),
        last_used_from: text.into(),
        revocable: state == "live" || state == "asleep",
    }
}

/// A token in every state, asleep for every reason.
pub fn every_line(text: &str) -> Vec<TokenLine> {
    let never = TokenLine { last_used: None, label: String::new(), expires: None, ..line(2, "live", text) };
    let asleep = [
        "user_suspended",
        "consumer_disabled",
        "project_archived",
        "role_not_held",
        "plugin_off_for_project",
        "plugin_off_for_user",
    ];
    let asleep = asleep.into_iter().zip(3..).map(|(why, id)| TokenLine { why, ..line(id, "asleep", text) });
    let revoked = TokenLine { revoked: Some(1_700_000_000), ..line(9, "revoked", text) };
    [vec![line(1, "live", text), never], asleep.collect(), vec![line(10, "expired", text), revoked]].concat()
}
