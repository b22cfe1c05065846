//! The plugin that this service is about: a request is who its signature proves, under its token's one role.

use actix_web::http::header::{self, HeaderName};

use super::{AuthPlugin, Presented, Verdict};
use crate::{
    address::TrustedProxies,
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
    proxies: TrustedProxies,
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
        let proxies = TrustedProxies::default();
        Self { authenticator, public_urls, proxies, realm: realm.into(), required: true }
    }

    /// Believes these proxies about the client's address, which is else the peer's.
    #[must_use]
    pub fn behind(mut self, proxies: TrustedProxies) -> Self {
        self.proxies = proxies;
        self
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
        match self.authenticator.authenticate(&signed, extract::arrival(request.head, &self.proxies)).await {
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
