//! Tools, as a forge administrator sees them.

use super::{super::super::content::*, Sheet, consent::every_lack, tokens::every_line};
use crate::{
    store::calls::{ACCEPTED, Outcome, Span},
    web::charts::{Chart, Sparkline},
};

pub fn show(sheet: &mut Sheet<'_>) {
    let (text, url) = (sheet.text, sheet.url);
    sheet.show("consumers", &list(text, url));
    let states = ["all", "enabled", "disabled", "unused"];
    for state in states {
        let none = Consumers { rows: Vec::new(), state, is_narrowed: state != "all", ..list(text, url) };
        sheet.show("consumers, none so far", &none);
        sheet.show("consumers, none", &Consumers { pages: Pages::default(), ..none });
    }
    sheet.show("consumer form", &form(text));
    sheet.show("consumer form, of one that is changed", &ConsumerForm { id: Some(7), ..form(text) });
    sheet.show("consumer form, empty", &ConsumerForm { csrf_token: text.into(), ..ConsumerForm::default() });
    sheet.show("consumer created", &made(text, true));
    sheet.show("consumer, another secret", &made(text, false));
    sheet.show("consumer", &tool(text, url, true));
    sheet.show("consumer, disabled", &tool(text, url, false));
    for what in ["disable", "enable", "remove", "rotate", "retire", "rotate-back"] {
        for tokens in [0, 1, 2_000] {
            sheet.show("consumer, question", &question(text, what, tokens));
        }
    }
}

fn list(text: &str, url: &str) -> Consumers {
    let row = |enabled: bool, calls: &[i64]| ConsumerRow {
        id: 7,
        name: text.into(),
        url: url.into(),
        enabled,
        tokens: 1_234,
        calls: Sparkline::of(calls),
        created: 1_600_000_000,
    };
    Consumers {
        rows: vec![row(true, &[0, 3, 1]), row(false, &[0, 0]), row(true, &[0, 1])],
        words: text.into(),
        state: "all",
        states: ["all", "enabled", "disabled", "unused"],
        is_narrowed: true,
        pages: Pages { first: format!("/{text}"), older: format!("/{text}"), looked_enough: true },
    }
}

fn made(text: &str, is_new: bool) -> Secrets {
    Secrets {
        name: text.into(),
        is_new,
        key: text.into(),
        secret: text.into(),
        public_url: text.into(),
        next: "/plugins/oauthprovider/consumers".into(),
    }
}

pub fn form(text: &str) -> ConsumerForm {
    let fields =
        ["name", "url", "description", "email", "callbacks", "public_key", "networks", "owner", "needs", "reason"];
    ConsumerForm {
        id: None,
        name: text.into(),
        url: text.into(),
        description: text.into(),
        email: text.into(),
        callbacks: text.into(),
        public_key: text.into(),
        reason: text.into(),
        owner: text.into(),
        networks: text.into(),
        needs: text.into(),
        errors: fields.map(|field| FieldError::said(field, text.into())).into(),
        csrf_token: text.into(),
    }
}

pub fn tool(text: &str, url: &str, enabled: bool) -> ConsumerPage {
    ConsumerPage {
        id: 7,
        name: text.into(),
        key: text.into(),
        url: url.into(),
        description: text.into(),
        email: text.into(),
        callbacks: vec![text.into(), text.into()],
        secrets: secrets(enabled),
        public_key: enabled.then(|| text.into()),
        owner: enabled.then(|| text.into()),
        networks: if enabled { vec![text.into()] } else { Vec::new() },
        needs: if enabled { every_lack() } else { Vec::new() },
        enabled,
        created: 1_600_000_000,
        holding: holding(text, 2_000),
        chart: if enabled { chart(text) } else { Chart::of_days(Vec::new(), Span { first: 20_000, length: 30 }) },
        csrf_token: text.into(),
    }
}

/// As many bars as any page has.
pub fn chart(text: &str) -> Chart {
    let outcome = |code: &str, calls: i64| Outcome { code: code.into(), calls: vec![calls; 48] };
    let outcomes = vec![outcome(ACCEPTED, 1_000), outcome(text, 7), outcome("nonce_used", 1)];
    Chart::of_hours(outcomes, Span { first: 480_000, length: 48 })
}

fn holding(text: &str, tokens: i64) -> Holding {
    Holding { tokens, users: tokens, newest: if tokens == 0 { Vec::new() } else { every_line(text) } }
}

fn question(text: &str, what: &'static str, tokens: i64) -> ConsumerQuestion {
    ConsumerQuestion {
        what,
        is_about_secrets: what.starts_with('r') && what != "remove",
        is_about_tokens: tokens != 1,
        id: 7,
        name: text.into(),
        holding: holding(text, tokens),
        secrets: secrets(tokens > 0),
        overlaps: vec!["until_retired", "none", "hour", "day", "week"],
        overlap: "day".into(),
        reason: text.into(),
        errors: vec![FieldError::said("reason", text.into())],
        csrf_token: text.into(),
    }
}

/// Two of them, or one that never signed.
fn secrets(two: bool) -> Vec<SecretRow> {
    let row = |place: &'static str, used: bool, retires: Option<i64>| SecretRow {
        place,
        created: 1_600_000_000,
        last_signed: used.then_some(1_690_000_000),
        signed_last: used,
        retires,
    };
    if two {
        vec![row("newest", false, None), row("former", true, Some(1_800_000_000))]
    } else {
        vec![row("newest", false, None), row("former", true, None)].into_iter().take(1).collect()
    }
}
