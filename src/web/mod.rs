//! HTTP in, HTTP out: routes, middleware, pages. It knows status codes, cookies and HTML, and asks the rooms below for
//! everything else.
//!
//! A request meets, from the outside in: the log line, the answer's headers, the look at what is refused (an id, and evidence
//! for who asks why), the limits on head and body; then the auth plugin of the route ([`auth`]), then the handler. `routes.rs`
//! is the table of contents.

mod again;
mod api;
mod audit;
pub mod auth;
mod charts;
mod consent;
mod consumers;
mod direct_issue;
mod echo;
mod endpoints;
mod evidence;
mod extract;
mod grants;
mod guide;
mod health;
mod language;
mod leaving;
mod listing;
mod login;
mod mail;
pub mod middleware;
mod oslc;
mod overview;
mod own_token;
mod pages;
mod parties;
mod people;
mod person;
mod problem;
mod public_urls;
mod refusal;
mod refusals;
mod role_cards;
mod routes;
mod server;
mod tls;
mod token_line;
mod tokens;
mod trackers;
mod turns;
mod words;
mod wrong;

use std::sync::Arc;

use actix_web::{HttpRequest, http::header::HeaderValue, web::Data};

pub use auth::AuthPlugin;
pub use middleware::session_for_authplugin;
pub use problem::Failure;
pub use public_urls::{PublicUrls, PublicUrlsError};
pub use routes::PLUGIN;
pub use server::{ServeError, Server};
pub use tls::TlsError;

use crate::{
    config::{self, Config},
    provider::{Guard, Lifetimes, access::Authenticator},
    store::Store,
};
use turns::Turns;

/// What every handler can reach.
pub struct App {
    store: Store,
    public_urls: PublicUrls,
    config: Config,
    /// Shared by all workers, because it remembers.
    authenticator: Authenticator,
    /// Shared likewise, because it counts.
    guard: Arc<Guard>,
    /// What browsers are told that come by https, if anything.
    hsts: Option<HeaderValue>,
    pages: pages::Pages,
    figures: health::Figures,
    readiness: health::Readiness,
    leaving: leaving::Leaving,
    refusals: refusals::Refusals,
    /// What sends letters to users, where a mail server takes them.
    post: Option<mail::Post>,
    census: overview::LastCensus,
    /// At hashing passwords: each takes 19 MiB and a core.
    hashing: Turns,
    /// At being read and judged.
    large_bodies: Turns,
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the mail server's certificate is not to be had, or the embedded templates or the counters are broken: a defect of
    /// this program.
    pub fn new(store: Store, public_urls: PublicUrls, config: Config) -> Result<Arc<Self>, AppError> {
        let guard = Arc::new(Guard::new(config.limits));
        let post = mail::Post::open(&config.mail, &public_urls)?;
        let store = if post.is_some() { store.telling_by_mail() } else { store };
        Ok(Arc::new(Self {
            authenticator: Authenticator::guarded(store.clone(), Arc::clone(&guard)),
            guard,
            hsts: hsts(config.server.hsts_seconds),
            store,
            public_urls,
            hashing: login::hashing(config.server.workers),
            large_bodies: middleware::large_bodies(),
            config,
            pages: pages::Pages::new()?,
            figures: health::Figures::new()?,
            readiness: health::Readiness::default(),
            leaving: leaving::Leaving::default(),
            refusals: refusals::Refusals::default(),
            post,
            census: overview::LastCensus::default(),
        }))
    }
}

impl App {
    /// The service that a request came to.
    fn of(request: &HttpRequest) -> Result<&Self, Failure> {
        let app = request.app_data::<Data<Self>>();
        app.map(|app| &***app).ok_or_else(|| Failure::internal(&"the routes know nothing of the service"))
    }

    /// How long the flow's steps may take, as the operator set it.
    fn lifetimes(&self) -> Lifetimes {
        lifetimes(&self.config.oauth)
    }
}

/// How long the flow's steps may take, and a token be good, as the operator set it.
pub fn lifetimes(oauth: &config::OAuth) -> Lifetimes {
    Lifetimes {
        request_token_seconds: oauth.request_token_seconds,
        verifier_seconds: oauth.verifier_seconds,
        longest_token_seconds: oauth.longest_token_seconds,
    }
}

/// Of this host alone: what answers under names below it is not ours to speak for.
fn hsts(seconds: u64) -> Option<HeaderValue> {
    (seconds > 0).then(|| HeaderValue::try_from(format!("max-age={seconds}")).ok()).flatten()
}

/// Why the parts cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The embedded templates are broken.
    #[error(transparent)]
    Pages(#[from] pages::PageError),
    /// There is no way to the mail server.
    #[error(transparent)]
    Mail(#[from] mail::PostError),
    /// Two counters have one name.
    #[error(transparent)]
    Figures(#[from] prometheus::Error),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Limits;

    #[test]
    fn a_service_that_nobody_configured_has_the_limits_of_a_library_that_nobody_configured() {
        let config = Config::embedded(&config::Flags::default()).unwrap();
        assert_eq!(config.limits, Limits::default());
    }
}
