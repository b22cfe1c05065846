//! The end points of the flow that tools call: request token and access token (RFC 5849, sections 2.1 and 2.3).

use std::rc::Rc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data},
};

use super::{App, Failure, extract};
use crate::{
    oauth1::{self, SignedRequest},
    provider,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// `P/request_token`: temporary credentials for a consumer that signs with its own secret.
pub async fn request_token(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    let issued =
        provider::temporary::issue(&app.authenticator, &signed, app.lifetimes(), app.arrival(&request)).await?;
    Ok(credentials(oauth1::temporary_body(&issued.key, &issued.secret)))
}

/// `P/access_token`: token credentials for a verifier.
pub async fn access_token(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    let issued = provider::exchange::exchange(&app.authenticator, &signed, app.arrival(&request)).await?;
    Ok(credentials(oauth1::token_body(&issued.key, &issued.secret, issued.lifetime.seconds())))
}

impl App {
    /// Reads a signed request.
    pub(super) fn signed(&self, request: &HttpRequest, body: &Bytes) -> Result<Rc<SignedRequest>, Failure> {
        extract::signed_request(request, body, &self.public_urls).map_err(Failure::Refused)
    }
}

fn credentials(body: String) -> HttpResponse {
    HttpResponse::Ok().content_type(FORM).body(body)
}
