//! The consent page, and the code that is carried to a tool.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let (text, url) = (sheet.text, sheet.url);
    let two_roles = vec![role(1, Some(text), text), role(2, None, text)];
    sheet.show("consent", &question(text, url, two_roles));
    sheet.show("consent, one role", &question(text, url, vec![role(1, Some(text), text)]));
    sheet.show("consent, no role", &question(text, url, Vec::new()));
    sheet.show("out of band", &OutOfBand { consumer: text.into(), verifier: sheet.some() });
    sheet.show("nothing granted", &OutOfBand { consumer: text.into(), verifier: None });
}

pub fn role(id: i64, project: Option<&str>, text: &str) -> RoleChoice {
    RoleChoice {
        id,
        role: text.into(),
        project_title: project.map(Into::into),
        project_name: project.map(|name| format!("{name}-short")),
        rights: vec![text.into(), text.into()],
    }
}

pub fn question(text: &str, url: &str, roles: Vec<RoleChoice>) -> Consent {
    Consent {
        action: text.into(),
        oauth_token: text.into(),
        csrf_token: text.into(),
        consumer: ConsumerCard {
            name: text.into(),
            url: url.into(),
            description: text.into(),
            email: text.into(),
            created: text.into(),
        },
        user: text.into(),
        roles,
        lifetimes: vec![LifetimeChoice { value: text.into(), words: text.into(), chosen: true }],
        callback: CallbackWords { out_of_band: false, host: Some(text.into()) },
    }
}
