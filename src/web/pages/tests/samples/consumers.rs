//! Tools, as a forge administrator sees them.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let (text, url) = (sheet.text, sheet.url);
    let row = ConsumerRow { id: 7, name: text.into(), url: url.into(), enabled: true, tokens: 1, created: text.into() };
    sheet.show("consumers", &Consumers { rows: vec![row] });
    sheet.show("consumers, none", &Consumers { rows: Vec::new() });
    sheet.show("consumer form", &form(text));
    sheet.show("consumer form, empty", &ConsumerForm { csrf_token: text.into(), ..ConsumerForm::default() });
    sheet.show("consumer created", &made(text, true));
    sheet.show("consumer, another secret", &made(text, false));
    sheet.show("consumer", &tool(text, url, true));
    sheet.show("consumer, disabled", &tool(text, url, false));
    sheet.show("consumer, remove", &ConsumerRemoval(tool(text, url, true)));
}

fn made(text: &str, is_new: bool) -> Secrets {
    Secrets {
        title: if is_new { "registered" } else { "rotated" },
        name: text.into(),
        is_new,
        key: text.into(),
        secret: text.into(),
        public_url: text.into(),
        next: "/plugins/oauthprovider/consumers".into(),
    }
}

pub fn form(text: &str) -> ConsumerForm {
    let fields = ["name", "url", "description", "email", "callbacks", "public_key", "reason", text];
    ConsumerForm {
        name: text.into(),
        url: text.into(),
        description: text.into(),
        email: text.into(),
        callbacks: text.into(),
        public_key: text.into(),
        reason: text.into(),
        owner: text.into(),
        networks: text.into(),
        errors: fields.map(|field| FieldError { field: field.into(), message: text.into() }).into(),
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
        secrets: secrets(text, enabled),
        has_public_key: enabled,
        owner: enabled.then(|| text.into()),
        owner_typed: text.into(),
        owner_reason: text.into(),
        networks: if enabled { vec![text.into()] } else { Vec::new() },
        networks_typed: text.into(),
        networks_reason: text.into(),
        errors: ["networks", "networks-reason", "owner", "owner-reason"]
            .map(|field| FieldError { field: field.into(), message: text.into() })
            .into(),
        enabled,
        created: text.into(),
        tokens: 2,
        csrf_token: text.into(),
    }
}

/// Two of them, or one that never signed.
fn secrets(text: &str, two: bool) -> Vec<SecretRow> {
    let row = |of_two: bool| SecretRow {
        name: text.into(),
        created: text.into(),
        last_signed: of_two.then(|| text.into()),
        signed_last: of_two,
        retires: of_two.then(|| text.into()),
    };
    if two { vec![row(false), row(true)] } else { vec![row(false)] }
}
