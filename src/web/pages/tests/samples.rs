//! What the pages are shown with: the same text wherever text can be.

use super::super::content::*;
use crate::{
    oauth1::explain::Place,
    provider::refusals::{Comparison, Explained, Fact, Shown, ShownParameter},
};

pub fn alice(text: &str) -> Viewer {
    Viewer { name: text.into(), csrf_token: text.into(), is_forge_admin: true }
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
        needs: text.into(),
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
pub fn secrets(text: &str, two: bool) -> Vec<SecretRow> {
    let row = |of_two: bool| SecretRow {
        name: text.into(),
        created: text.into(),
        last_signed: of_two.then(|| text.into()),
        signed_last: of_two,
        retires: of_two.then(|| text.into()),
    };
    if two { vec![row(false), row(true)] } else { vec![row(false)] }
}

pub fn token(text: &str, revocable: bool) -> TokenRow {
    TokenRow {
        id: if revocable { 5 } else { 6 },
        consumer: text.into(),
        role: text.into(),
        created: text.into(),
        label: text.into(),
        state: text.into(),
        explained: text.into(),
        last_used: text.into(),
        last_used_from: text.into(),
        revocable,
    }
}

pub fn trail(text: &str) -> AuditTrail {
    let row = AuditRow {
        number: 7,
        time: text.into(),
        who: text.into(),
        address: text.into(),
        action: text.into(),
        what: text.into(),
        details: text.into(),
        reason: text.into(),
    };
    let plain = AuditRow { address: String::new(), details: String::new(), reason: String::new(), ..row.clone() };
    let (older, newest) = (Some(text.into()), Some(text.into()));
    AuditTrail { rows: vec![row, plain], user: text.into(), consumer: text.into(), older, newest }
}

pub fn shown(text: &str) -> Shown {
    Shown { before: text.into(), piece: text.into(), after: text.into() }
}

/// A refusal about which there is everything to say, or hardly anything.
pub fn refusal(text: &str, is_whole: bool) -> RefusalPage {
    let facts = || vec![Fact { name: text.into(), value: text.into() }];
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
    let errors = vec![FieldError { field: "base_string".into(), message: text.into() }];
    RefusalPage { explained, errors, csrf_token: text.into() }
}
