//! One's own tokens, and decisions that wait for their tool.

use super::{super::super::content::*, Sheet};

pub fn show(sheet: &mut Sheet<'_>) {
    let text = sheet.text;
    let rows = vec![token(text, true), token(text, false)];
    sheet.show("access tokens", &AccessTokens { rows, csrf_token: text.into() });
    sheet.show("access tokens, none", &AccessTokens { rows: Vec::new(), csrf_token: text.into() });
    let pending = PendingRow {
        id: 1,
        consumer: text.into(),
        role: text.into(),
        project: None,
        decided: 7,
        expires: 1_700_000_100,
    };
    let rows = vec![PendingRow { project: sheet.some(), ..pending.clone() }, pending];
    sheet.show("request tokens", &RequestTokens { rows, csrf_token: text.into() });
    sheet.show("request tokens, none", &RequestTokens { rows: Vec::new(), csrf_token: text.into() });
}

fn token(text: &str, revocable: bool) -> TokenRow {
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
