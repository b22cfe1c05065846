//! HTTP in, HTTP out: routes, middleware, pages. It knows status codes, cookies and HTML, and asks the rooms below for
//! everything else.
//!
//! A request meets, from the outside in: the log line, the answer's headers, the limits on head and body; then the auth
//! plugin of the route ([`auth`]), then the handler. `routes.rs` is the table of contents.

mod api;
pub mod auth;
mod consumers;
mod echo;
mod endpoints;
mod extract;
mod health;
mod leaving;
mod login;
pub mod middleware;
mod oslc;
mod own_token;
mod pages;
mod parties;
mod problem;
mod public_urls;
mod routes;
mod server;
mod tokens;
mod words;

use std::sync::Arc;

pub use auth::AuthPlugin;
pub use middleware::session_for_authplugin;
pub use problem::Failure;
pub use public_urls::{PublicUrls, PublicUrlsError};
pub use routes::PLUGIN;
pub use server::{ServeError, Server};

use crate::{
    config::{self, Config},
    provider::{Lifetimes, access::Authenticator},
    store::Store,
};

/// What every handler can reach.
pub struct App {
    store: Store,
    public_urls: PublicUrls,
    config: Config,
    /// Shared by all workers, because it remembers.
    authenticator: Authenticator,
    pages: pages::Pages,
    figures: health::Figures,
    readiness: health::Readiness,
    leaving: leaving::Leaving,
    /// So many passwords are hashed at once: each takes 19 MiB and a core.
    hashing: Arc<tokio::sync::Semaphore>,
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// When the embedded templates or the counters are broken: a defect of this program.
    pub fn new(store: Store, public_urls: PublicUrls, config: Config) -> Result<Arc<Self>, AppError> {
        Ok(Arc::new(Self {
            authenticator: Authenticator::new(store.clone()),
            store,
            public_urls,
            hashing: Arc::new(tokio::sync::Semaphore::new(config.server.workers)),
            config,
            pages: pages::Pages::new()?,
            figures: health::Figures::new()?,
            readiness: health::Readiness::default(),
            leaving: leaving::Leaving::default(),
        }))
    }
}

impl App {
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

/// Why the parts cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The embedded templates are broken.
    #[error(transparent)]
    Pages(#[from] pages::PageError),
    /// Two counters have one name.
    #[error(transparent)]
    Figures(#[from] prometheus::Error),
}
