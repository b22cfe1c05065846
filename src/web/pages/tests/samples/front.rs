//! What everybody sees: the front page, the page for authors of tools, log in, problems.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    sheet.show("home", &Home(end_points(text)));
    sheet.show("endpoints", &end_points(text));
    let viewer = sheet.reader.viewer.take();
    sheet.show("login", &Login { next: text.into(), username: text.into(), message: sheet.some() });
    sheet.reader.viewer = viewer;
    sheet
        .show("problem", &ProblemPage { status: 410, title: text.into(), words: text.into(), reference: sheet.some() });
}

pub fn end_points(text: &str) -> Endpoints {
    Endpoints {
        base_url: text.into(),
        realm: text.into(),
        methods: vec![text.into()],
        timestamp_window: text.into(),
        request_token_lifetime: text.into(),
        access_token_lifetime: text.into(),
    }
}
