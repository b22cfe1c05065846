//! Where the demo plays: the service, its database, and everybody's requests, each of them shown.

use super::narrator::Narrator;
use crate::{
    cli::{
        CliError,
        client::http::{Answer, Http, Request},
        import,
    },
    oauth1::Origin,
    store::Store,
};

/// The stage.
pub struct Stage {
    /// Who tells the story.
    pub out: Narrator,
    /// The service.
    pub server: Origin,
    /// Its database.
    pub store: Store,
    http: Http,
}

impl Stage {
    /// The service listens there already.
    pub fn new(server: Origin, store: Store) -> Self {
        Self { out: Narrator::new(), server, store, http: Http::new() }
    }

    /// The absolute URL of a path.
    pub fn url(&self, path: &str) -> String {
        self.server.join(path)
    }

    /// Shows a request, sends it, and shows the answer.
    ///
    /// # Errors
    /// When there is no answer, or nobody to show it to.
    pub fn exchange(&self, who: &str, request: &Request) -> Result<Answer, CliError> {
        self.out.request(who, request, &self.server.to_string())?;
        let answer = self.http.send(request)?;
        self.out.answer(&answer)?;
        Ok(answer)
    }

    /// Loads users, projects and roles, as `oauthprovider import` does.
    ///
    /// # Errors
    /// Those of the import.
    pub fn import(&self, forge: &serde_json::Value) -> Result<(), CliError> {
        import::load(&self.store, forge.to_string().as_bytes()).map(|_| ())
    }
}
