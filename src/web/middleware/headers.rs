//! What every answer carries, whoever made it.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::super::{App, leaving::Open};

/// The content security policy of a page: our own style sheet, script and forms, nothing inline, in nobody's frame.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; \
                               base-uri 'none'; frame-ancestors 'none'";

const REFERRER_POLICY: HeaderName = HeaderName::from_static("referrer-policy");

/// Adds the headers that an answer does not have yet, and says so where the connection ends with it.
pub async fn security_headers<B: MessageBody>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let connection = Open::asked_on(&request);
    let mut response = next.call(request).await?;
    if connection.is_some_and(|connection| connection.answered()) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    if let Some(promise) = app.promise_of_https(response.request()) {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, promise);
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Whoever wants an answer to be kept says so; all else is said to one caller at one moment.
        (header::CACHE_CONTROL, "no-store"),
        // Other origins learn nothing; our own forms still say where they come from.
        (REFERRER_POLICY, "same-origin"),
    ] {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}
