//! The plugin that this service is about: a request is who its signature proves, under its token's one role.

use actix_web::http::header::{self, HeaderName};

use super::{AuthPlugin, Presented, Verdict};
use crate::{
    clock,
    oauth1::Problem,
    provider::access::Authenticator,
    store::Store,
    web::{Failure, PublicUrls, extract},
};

/// Verifies signed requests against a store.
#[derive(Clone)]
pub struct OauthProvider {
    authenticator: Authenticator,
    public_urls: PublicUrls,
    realm: String,
    required: bool,
}

impl OauthProvider {
    /// Verifies against `store`, with base strings built from `public_urls`; refusals are challenged in `realm`
    /// (printable ASCII).
    ///
    /// Make one, and clone it for each worker: clones share what they remember.
    pub fn new(store: Store, public_urls: PublicUrls, realm: impl Into<String>) -> Self {
        Self::sharing(Authenticator::new(store), public_urls, realm)
    }

    /// The same with somebody else's memory.
    pub fn sharing(authenticator: Authenticator, public_urls: PublicUrls, realm: impl Into<String>) -> Self {
        Self { authenticator, public_urls, realm: realm.into(), required: true }
    }

    /// Hands a request that is not signed on with nobody behind it, for the handler to decide, instead of refusing it.
    #[must_use]
    pub fn or_anonymous(mut self) -> Self {
        self.required = false;
        self
    }
}

impl AuthPlugin for OauthProvider {
    async fn authenticate(&self, request: &Presented<'_>) -> Verdict {
        let signed = match extract::signed_request(request.head, request.body, &self.public_urls) {
            Ok(signed) => signed,
            Err(Problem::NothingSigned) if !self.required => return Verdict::NotMine,
            Err(problem) => return Verdict::Reject(Failure::Refused(problem)),
        };
        match self.authenticator.authenticate(&signed, clock::now()).await {
            Ok(caller) => Verdict::Accept(caller),
            Err(error) => Verdict::Reject(error.into()),
        }
    }

    fn realm(&self) -> Option<&str> {
        Some(&self.realm)
    }

    fn nobody(&self) -> Failure {
        Failure::Refused(Problem::NothingSigned)
    }

    fn looks_at(&self) -> HeaderName {
        header::AUTHORIZATION
    }
}
