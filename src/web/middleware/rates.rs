//! How often the pages are asked for, and changed from. What is signed is counted where it is verified.

use actix_web::{
    Error, HttpMessage,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use super::super::{App, Failure, extract::client_address};
use crate::{forge::Caller, provider::TooMany};

/// Lets an address ask only so often; outside of everything that looks anything up.
pub async fn few_from_one_address<B: MessageBody + 'static>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let from = client_address(request.request(), &app.config.server.trusted_proxies);
    pass_or_refuse(app.guard.admit(from), request, next).await
}

/// Lets a user change only so much; around a route that changes something, inside of what finds out who they are.
pub async fn few_changes<B: MessageBody + 'static>(
    app: Data<App>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let user = request.extensions().get::<Caller>().map(|caller| caller.user().id);
    let verdict = match user {
        Some(user) => app.guard.change(user),
        None => Ok(()),
    };
    pass_or_refuse(verdict, request, next).await
}

async fn pass_or_refuse<B: MessageBody + 'static>(
    verdict: Result<(), TooMany>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    match verdict {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_left_body),
        Err(too_many) => Ok(request.error_response(Failure::from(too_many)).map_into_right_body()),
    }
}
