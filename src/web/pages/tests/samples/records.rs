//! The audit log, and refusals explained.

use super::{super::super::content::*, Sheet, consumers::chart, tokens::every_line};
use crate::{
    oauth1::explain::Place,
    provider::refusals::{Comparison, Explained, Fact, Shown, ShownParameter},
    store::Action,
};

pub fn show(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    sheet.show("audit log", &trail(text));
    sheet.show("audit log, none so far", &AuditTrail { rows: Vec::new(), ..trail(text) });
    sheet.show("audit log, empty", &AuditTrail { rows: Vec::new(), pages: Pages::default(), ..trail(text) });
    sheet.show("audit log, since some day", &AuditTrail { since_is_wrong: true, is_narrowed: false, ..trail(text) });
    for (name, is_quiet) in [("overview", false), ("overview, quiet", true)] {
        sheet.show(name, &overview(text, is_quiet));
    }
    let row = |consumer: Option<String>| RefusalRow {
        id: text.into(),
        consumer,
        code: text.into(),
        request: text.into(),
        at: 1_699_999_000,
    };
    sheet.show("refusals", &Refusals { rows: vec![row(sheet.some()), row(None)], is_everybodys: true });
    sheet.show("refusals, none", &Refusals { rows: Vec::new(), is_everybodys: false });
    sheet.show("refusal", &refusal(text, true));
    sheet.show("refusal, malformed", &refusal(text, false));
}

fn entries(text: &str) -> Vec<AuditRow> {
    let row = AuditRow {
        number: 7,
        at: Some(1_690_000_000),
        who: text.into(),
        address: text.into(),
        action: text.into(),
        did: "",
        what: text.into(),
        details: text.into(),
        reason: text.into(),
    };
    let plain = AuditRow { address: String::new(), details: String::new(), reason: String::new(), ..row.clone() };
    let known = |action: &Action| AuditRow { did: action.word(), ..row.clone() };
    let known: Vec<_> = Action::ALL.iter().map(known).collect();
    [known, vec![row, plain, AuditRow { number: 6, ..AuditRow::default() }]].concat()
}

fn trail(text: &str) -> AuditTrail {
    AuditTrail {
        rows: entries(text),
        user: text.into(),
        consumer: text.into(),
        action: text.into(),
        actions: Action::ALL.iter().map(|action| action.word()).collect(),
        since: text.into(),
        since_is_wrong: false,
        is_narrowed: true,
        pages: Pages { first: format!("/{text}"), older: format!("/{text}"), looked_enough: true },
    }
}

fn overview(text: &str, is_quiet: bool) -> Overview {
    let busy = BusyRow { id: 7, name: text.into(), accepted: 1_234, refused: 5 };
    let reasons = ["user_suspended", "consumer_disabled", "project_archived", "role_not_held"];
    let reasons = reasons.map(|why| ReasonRow { why, tokens: 1_000 });
    Overview {
        chart: chart(text),
        busiest: if is_quiet { Vec::new() } else { vec![busy] },
        tokens: TokenCounts {
            counted: 1_699_999_000,
            live: 100_000,
            asleep: 4_000,
            reasons: if is_quiet { Vec::new() } else { reasons.into() },
            expired: 3,
            revoked: 2,
        },
        asleep: if is_quiet { Vec::new() } else { every_line(text) },
        expiring: if is_quiet { Vec::new() } else { every_line(text) },
        soon_days: 7,
        entries: entries(text),
    }
}

fn shown(text: &str) -> Shown {
    Shown { before: text.into(), piece: text.into(), after: text.into() }
}

/// A refusal about which there is everything to say, or hardly anything.
fn refusal(text: &str, is_whole: bool) -> RefusalPage {
    let facts = || [false, true].map(|in_words| Fact { name: text.into(), value: text.into(), in_words }).into();
    let comparison =
        Comparison { is_equal: false, position: 7, ours: shown(text), theirs: shown(text), causes: vec![text.into()] };
    let parameter =
        ShownParameter { place: Place::Query, name: text.into(), value: text.into(), normalised: text.into() };
    let explained = Explained {
        id: text.into(),
        at: text.into(),
        consumer: is_whole.then(|| text.into()),
        code: text.into(),
        status: 401,
        told: facts(),
        words: text.into(),
        findings: if is_whole { vec![text.into()] } else { Vec::new() },
        facts: facts(),
        parameters: if is_whole { vec![parameter] } else { Vec::new() },
        base_string: is_whole.then(|| text.into()),
        raw: if is_whole { Vec::new() } else { facts() },
        comparison: is_whole.then_some(comparison),
    };
    let errors = vec![FieldError::said("base_string", text.into())];
    RefusalPage { explained, errors, csrf_token: text.into() }
}
