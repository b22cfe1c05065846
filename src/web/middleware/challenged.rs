//! What handlers answer who verify by themselves: refusals are challenged in the realm of this service, and caches are told
//! what the answer depends on.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::super::{App, problem::challenge};

/// Adds the challenge to a refusal, and `Vary` to every answer.
pub async fn challenged<B: MessageBody>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    challenge(&mut response, &app.config.server.realm);
    response.headers_mut().append(header::VARY, HeaderValue::from_static("authorization"));
    Ok(response)
}
