//! A token as all lists of tokens show it.

use super::pages::content::TokenLine;
use crate::{clock::UnixSeconds, forge, provider::Standing, store::access_tokens::Listed};

/// What a list says of a token, as it stands now.
pub(super) fn token_line(token: Listed, now: UnixSeconds) -> TokenLine {
    let standing = Standing::of(&token, now);
    let (why, revocable) = match standing {
        Standing::Live => ("", true),
        Standing::Asleep(why) => (why.word(), true),
        Standing::Expired | Standing::Revoked => ("", false),
    };
    TokenLine {
        id: token.id.0,
        consumer_id: token.consumer_id.0,
        consumer: token.consumer,
        user: token.user,
        role: forge::role::full_name(token.project.as_deref(), &token.role),
        label: token.label.unwrap_or_default(),
        state: standing.word(),
        why,
        created: token.created,
        expires: token.expires,
        revoked: token.revoked,
        last_used: token.last_used,
        last_used_from: token.last_used_from.unwrap_or_default(),
        revocable,
    }
}
