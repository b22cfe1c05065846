//! Who is behind a request: one question, asked of one plugin.
//!
//! FusionForge asks all its auth plugins whether there is a valid session, and mixes their answers. Here a route is
//! guarded by one plugin, named by the route; what it says holds, and a refusal never falls through to another plugin.

mod oauthprovider;
mod password;

use actix_web::{HttpRequest, http::header::HeaderName, web::Bytes};

pub use oauthprovider::OauthProvider;
pub use password::Password;
pub(in crate::web) use password::{session_cookie_name, session_id};

use super::Failure;
use crate::forge::Caller;

/// What a plugin finds.
pub enum Verdict {
    /// This is who acts.
    Accept(Caller),
    /// The request claims to be somebody, and is refused. Nothing else is asked.
    Reject(Failure),
    /// The request says nothing that this plugin understands: nobody is known to act.
    NotMine,
}

/// What a plugin looks at.
pub struct Presented<'a> {
    /// Method, target and headers.
    pub head: &'a HttpRequest,
    /// The whole body.
    pub body: &'a Bytes,
}

/// One way to find out who acts.
pub trait AuthPlugin: 'static {
    /// Looks at a request. Asked once per request, before its handler.
    fn authenticate(&self, request: &Presented<'_>) -> impl Future<Output = Verdict>;

    /// The request header that its answers depend on, for caches.
    fn looks_at(&self) -> HeaderName;

    /// The realm in which its refusals are challenged, if they are.
    fn realm(&self) -> Option<&str> {
        None
    }

    /// What a handler that needs a caller answers to a request that was not this plugin's.
    fn nobody(&self) -> Failure {
        Failure::Anonymous
    }

    /// The largest body in bytes that it reads; a larger one is refused with 413.
    fn largest_body(&self) -> usize {
        super::middleware::LARGEST_BODY
    }
}
