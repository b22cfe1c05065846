//! Trackers, items, and what one token filed.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    sheet.show("items", &list(text));
    sheet.show("items, the rest later", &ItemList { pages: the_rest(text), rows: Vec::new(), ..list(text) });
    sheet.show("items, none like that", &ItemList { rows: Vec::new(), ..list(text) });
    for (may_submit, status) in [(true, "open"), (true, "all"), (false, "open"), (false, "all")] {
        let asked = ItemsAsked { status: status.into(), ..ItemsAsked::default() };
        let pages = Pages::default();
        sheet.show("items, none", &ItemList { asked, rows: Vec::new(), pages, may_submit, ..list(text) });
    }
    sheet.show("item", &item(text, true));
    sheet.show("item, filed in person", &item(text, false));
    sheet.show("item, new", &form(text));
    let details = Some(text.into());
    sheet.show(
        "item, new, again",
        &ItemForm {
            details: details.clone(),
            errors: WRONG.map(|field| FieldError::of(field, field)).into(),
            ..form(text)
        },
    );
    sheet.show("item, changed", &ItemForm { id: Some(7), details, ..form(text) });
    sheet.show("item, too long to change", &ItemForm { id: Some(7), summary: None, details: None, ..form(text) });
    sheet.show("items of a token", &of_token(text));
    sheet.show("items of a token, archived", &TokenItems { may_close: false, ..of_token(text) });
    sheet.show("items of a token, none", &TokenItems { rows: Vec::new(), ..of_token(text) });
    sheet.show("items, to close", &closing(text));
    let all = Closing {
        count: 1,
        are_more: true,
        chosen: Vec::new(),
        errors: vec![FieldError::of("reason", "reason")],
        ..closing(text)
    };
    sheet.show("items, to close all", &all);
    sheet.show("items, none to close", &Closing { count: 0, chosen: Vec::new(), ..closing(text) });
}

/// Every field that can be wrong.
const WRONG: [&str; 3] = ["summary", "details", "priority"];

fn place(text: &str) -> TrackerPlace {
    TrackerPlace {
        project: "project-a".into(),
        project_title: text.into(),
        tracker: "bugs".into(),
        tracker_title: text.into(),
    }
}

/// Through a tool, through one of before roles were written down, and in person.
fn origins(text: &str) -> [Origin; 3] {
    let as_role = Origin { user: text.into(), tool: Some(text.into()), role: Some(text.into()) };
    let through = Origin { role: None, ..as_role.clone() };
    [as_role, through.clone(), Origin { tool: None, ..through }]
}

fn rows(text: &str) -> Vec<ItemRow> {
    let row = |(origin, status): (Origin, &'static str)| ItemRow {
        // An id on the page is made of it.
        id: if status == "open" { 7 } else { 8 },
        tracker: "bugs".into(),
        tracker_title: text.into(),
        summary: text.into(),
        priority: 3,
        status,
        origin,
        created: 1_700_000_000,
    };
    origins(text).into_iter().zip(["open", "closed", "closed"]).map(row).collect()
}

fn the_rest(text: &str) -> Pages {
    Pages { first: text.into(), older: text.into(), looked_enough: true }
}

fn list(text: &str) -> ItemList {
    let asked = ItemsAsked {
        words: text.into(),
        status: "all".into(),
        priority: "3".into(),
        submitter: text.into(),
        tool: text.into(),
        token: text.into(),
        is_narrow: true,
    };
    let pages = Pages { looked_enough: false, ..the_rest(text) };
    ItemList { place: place(text), asked, rows: rows(text), pages, may_submit: true }
}

fn item(text: &str, is_whole: bool) -> ItemPage {
    let short = |is_cut| Shortened { text: text.into(), is_cut };
    let [as_role, through, in_person] = origins(text);
    let change = |part, origin: &Origin, before: &str, after: &str| ChangeRow {
        at: 1_700_000_000,
        origin: origin.clone(),
        part,
        before: Shortened { text: before.into(), is_cut: false },
        after: Shortened { text: after.into(), is_cut: true },
    };
    let history = vec![
        change("summary", &as_role, text, text),
        change("details", &through, "", text),
        change("priority", &in_person, "3", "4"),
        change("status", &in_person, "open", "closed"),
    ];
    ItemPage {
        place: place(text),
        id: 7,
        summary: short(is_whole),
        details: if is_whole { short(true) } else { Shortened::default() },
        priority: 5,
        status: if is_whole { "open" } else { "closed" },
        origin: if is_whole { as_role } else { in_person },
        token: is_whole.then_some(7),
        created: 1_700_000_000,
        history: if is_whole { history } else { Vec::new() },
        earlier: if is_whole { "/projects/project-a/trackers/bugs/items/7?before=9".into() } else { String::new() },
        may_close: true,
        may_edit: is_whole,
        csrf_token: text.into(),
    }
}

fn form(text: &str) -> ItemForm {
    ItemForm {
        place: place(text),
        id: None,
        summary: Some(text.into()),
        details: Some(String::new()),
        priority: "3".into(),
        errors: Vec::new(),
        csrf_token: text.into(),
    }
}

fn of_token(text: &str) -> TokenItems {
    TokenItems {
        project: "project-a".into(),
        project_title: text.into(),
        token: 7,
        status: "all".into(),
        rows: rows(text),
        pages: the_rest(text),
        may_close: true,
    }
}

fn closing(text: &str) -> Closing {
    Closing {
        project: "project-a".into(),
        project_title: text.into(),
        token: 7,
        count: 2,
        are_more: false,
        most: Closing::MOST,
        chosen: vec![7, 8],
        reason: text.into(),
        errors: Vec::new(),
        csrf_token: text.into(),
    }
}
