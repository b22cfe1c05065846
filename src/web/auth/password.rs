//! The plugin of the pages: a request is who logged in by password in the session that its cookie names.
//!
//! A signed request is never a person at a page: it is refused whatever cookie came with it.

use actix_web::http::header::{self, HeaderName};

use super::{AuthPlugin, Presented, Verdict};
use crate::{
    clock, forge,
    secret::{Secret, is_key},
    store::Store,
    web::{Failure, extract},
};

/// The cookie with the session's id.
pub const SESSION_COOKIE: &str = "oauthprovider_session";

/// Looks sessions up in a store.
#[derive(Clone)]
pub struct Password {
    store: Store,
}

impl Password {
    /// Looks sessions up in `store`.
    pub fn new(store: Store) -> Self {
        Self { store }
    }
}

impl AuthPlugin for Password {
    async fn authenticate(&self, request: &Presented<'_>) -> Verdict {
        if extract::is_oauth_request(request.head, request.body) {
            return Verdict::Reject(Failure::Forbidden("A signed request opens no page: pages are for people."));
        }
        let Some(id) = session_id(request.head) else { return Verdict::NotMine };
        let now = clock::now();
        match self.store.run(move |conn| forge::session::caller(conn, &id, now)).await {
            Ok(Some(caller)) => Verdict::Accept(caller),
            Ok(None) => Verdict::NotMine,
            Err(error) => Verdict::Reject(error.into()),
        }
    }

    fn looks_at(&self) -> HeaderName {
        header::COOKIE
    }
}

/// The session id that a browser sent, if it can be one.
pub(in crate::web) fn session_id(request: &actix_web::HttpRequest) -> Option<Secret> {
    let cookie = request.cookie(SESSION_COOKIE)?;
    is_key(cookie.value()).then(|| Secret::new(cookie.value()))
}
