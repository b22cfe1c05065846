//! The plugin of the pages: a request is who logged in by password in the session that its cookie names.
//!
//! A signed request is never a person at a page: it is refused whatever cookie came with it.

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderName},
};

use super::{AuthPlugin, Presented, Verdict};
use crate::{
    clock, forge,
    oauth1::Origin,
    secret::{Secret, is_key},
    store::Store,
    web::{Failure, PublicUrls, extract},
};

/// The cookie with the session's id.
const SESSION_COOKIE: &str = "oauthprovider_session";
/// The same over https. Browsers take a cookie of such a name from this very host alone, over https, so that neither a
/// neighbour's page nor whoever sits in a plain connection can plant one (RFC 6265bis, section 4.1.3.2).
const HOST_SESSION_COOKIE: &str = "__Host-oauthprovider_session";

/// Looks sessions up in a store.
#[derive(Clone)]
pub struct Password {
    store: Store,
    public_urls: PublicUrls,
}

impl Password {
    /// Looks sessions up in `store`, for browsers that come by one of these names.
    pub fn new(store: Store, public_urls: PublicUrls) -> Self {
        Self { store, public_urls }
    }
}

impl AuthPlugin for Password {
    async fn authenticate(&self, request: &Presented<'_>) -> Verdict {
        if extract::is_oauth_request(request.head, request.body) {
            return Verdict::Reject(Failure::Forbidden("A signed request opens no page: pages are for people."));
        }
        let Some(id) = session_id(request.head, &self.public_urls) else { return Verdict::NotMine };
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

/// What the session's cookie is called under this name of the service.
pub(in crate::web) fn session_cookie_name(origin: &Origin) -> &'static str {
    if origin.is_https() { HOST_SESSION_COOKIE } else { SESSION_COOKIE }
}

/// The session id that a browser sent, if it can be one.
pub(in crate::web) fn session_id(request: &HttpRequest, public_urls: &PublicUrls) -> Option<Secret> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let cookie = request.cookie(session_cookie_name(public_urls.named_by(host)))?;
    is_key(cookie.value()).then(|| Secret::new(cookie.value()))
}
