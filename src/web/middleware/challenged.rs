//! Refusals of the legs, which verify by themselves, are challenged in the realm of this service.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use super::super::{App, problem::challenge};

/// Adds the challenge to a refusal.
pub async fn challenged<B: MessageBody>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    challenge(&mut response, &app.config.server.realm);
    Ok(response)
}
