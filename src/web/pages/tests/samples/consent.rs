//! The consent page, and the code that is carried to a tool.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let (text, url) = (sheet.text, sheet.url);
    let two_roles = vec![role(1, Some(text), text), role(2, None, text)];
    sheet.show("consent", &question(text, url, two_roles));
    sheet.show("consent, one role", &question(text, url, vec![chosen(role(1, Some(text), text))]));
    sheet.show("consent, no role", &question(text, url, Vec::new()));
    sheet.show("consent, every role", &question(text, url, every_role(text)));
    let mut none_will_do = question(text, url, vec![too_small(role(1, Some(text), text))]);
    (none_will_do.roles.any_will_do, none_will_do.roles.any_here) = (false, false);
    sheet.show("consent, no role will do", &none_will_do);
    none_will_do.roles.any_will_do = true;
    sheet.show("consent, no role of this page will do", &none_will_do);
    show_again(sheet, text, url);
    let mut unused = question(text, url, vec![role(1, Some(text), text)]);
    (unused.consumer.users, unused.given) = (0, Vec::new());
    unused.callback = CallbackWords { out_of_band: true, host: None };
    sheet.show("consent, nobody uses it", &unused);
    let mut many = question(text, url, vec![role(1, Some(text), text)]);
    (many.consumer.or_more, many.callback.host) = (true, None);
    (many.roles.from, many.roles.before, many.roles.after) = (30, text.into(), text.into());
    sheet.show("consent, many", &many);
    sheet.show("out of band", &OutOfBand { consumer: text.into(), verifier: sheet.some() });
    sheet.show("nothing granted", &OutOfBand { consumer: text.into(), verifier: None });
}

fn show_again(sheet: &mut Sheet<'_>, text: &str, url: &str) {
    let again = Consent {
        kept: vec![Typed { name: "name".into(), value: text.into() }],
        label: text.into(),
        errors: everything_wrong(),
        ..question(text, url, vec![chosen(role(1, Some(text), text)), role(2, None, text)])
    };
    sheet.show("consent, shown again", &again);
    sheet.show("consent, shown again, no role any more", &Consent { roles: roles(Vec::new()), ..again });
}

/// Each word for what is wrong.
pub fn everything_wrong() -> Vec<FieldError> {
    let of_role = ["role_id", "role-not-held", "role-too-small"].map(|mistake| FieldError::of("role_id", mistake));
    let others = ["decision", "lifetime", "label", "reason"].map(|field| FieldError::of(field, field));
    of_role.into_iter().chain(others).collect()
}

pub fn role(id: i64, project: Option<&str>, text: &str) -> RoleCard {
    RoleCard {
        id,
        role: text.into(),
        project_title: project.map(Into::into),
        project_name: project.map(|name| format!("{name}-short")),
        runs_the_forge: false,
        project: "read",
        trackers: vec![TrackerCard {
            title: text.into(),
            may: vec!["read", "submit"],
            may_not: vec!["tech", "manager"],
        }],
        hidden: vec![text.into(), text.into()],
        further: 2,
        lacks: Vec::new(),
        chosen: false,
    }
}

pub fn chosen(role: RoleCard) -> RoleCard {
    RoleCard { chosen: true, ..role }
}

fn too_small(role: RoleCard) -> RoleCard {
    RoleCard { lacks: every_lack(), ..role }
}

/// Each thing that a tool can need.
pub fn every_lack() -> Vec<Lack> {
    let lack = |what, rights| Lack { what, rights };
    let of_tracker = lack("tracker", vec!["read", "vote"]);
    let others = ["project-read", "project-admin", "forge-admin"].map(|what| lack(what, Vec::new()));
    [vec![of_tracker], others.into()].concat()
}

/// A role of every kind.
fn every_role(text: &str) -> Vec<RoleCard> {
    let bare = |id: i64, project: &'static str| RoleCard {
        project,
        trackers: Vec::new(),
        hidden: Vec::new(),
        further: 0,
        ..role(id, Some(text), text)
    };
    vec![
        bare(1, "none"),
        bare(2, "read"),
        RoleCard { further: 1, ..role(3, Some(text), text) },
        RoleCard { project: "admin", ..role(4, Some(text), text) },
        RoleCard { runs_the_forge: true, ..role(5, None, text) },
        too_small(role(6, Some(text), text)),
    ]
}

pub fn roles(cards: Vec<RoleCard>) -> OfferedRoles {
    let any = !cards.is_empty();
    OfferedRoles {
        all: cards.len(),
        from: 0,
        any_will_do: any,
        any_here: any,
        cards,
        before: String::new(),
        after: String::new(),
    }
}

pub fn lifetimes() -> Vec<LifetimeChoice> {
    let choice = |value: &str, seconds, chosen| LifetimeChoice { value: value.into(), seconds, chosen };
    vec![choice("3600", Some(3_600), false), choice("until_revoked", None, true)]
}

pub fn consumer(text: &str, url: &str) -> ConsumerCard {
    ConsumerCard {
        name: text.into(),
        url: url.into(),
        description: text.into(),
        email: text.into(),
        created: 1_700_000_000,
        users: 3,
        or_more: false,
    }
}

pub fn question(text: &str, url: &str, cards: Vec<RoleCard>) -> Consent {
    let given = |state| Given { role: text.into(), label: text.into(), created: 1_700_000_000, state };
    Consent {
        action: text.into(),
        oauth_token: text.into(),
        csrf_token: text.into(),
        consumer: consumer(text, url),
        user: text.into(),
        user_name: text.into(),
        switch: "/login?switch=1&next=%2F".into(),
        kept: Vec::new(),
        label: String::new(),
        errors: Vec::new(),
        roles: roles(cards),
        lifetimes: lifetimes(),
        given: vec![given("live"), given("asleep")],
        all_given: "/plugins/oauthprovider/access_tokens?tool=x".into(),
        callback: CallbackWords { out_of_band: false, host: Some(text.into()) },
    }
}
