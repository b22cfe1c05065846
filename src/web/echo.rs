//! `P/echo`: tells a consumer what arrived, and as whom it acts.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::{
    Failure,
    extract::Parameters,
    parties::{Consumer, Role, User, parties},
};
use crate::forge::Caller;

/// The answer, in the order in which it is written.
#[derive(Serialize)]
struct Echo<'a> {
    consumer: Consumer<'a>,
    user: User<'a>,
    role: Role<'a>,
    method: &'a str,
    path: &'a str,
    parameters: &'a [(String, String)],
    message: Option<&'a str>,
}

/// Any method.
pub async fn echo(request: HttpRequest, caller: Caller, parameters: Parameters) -> Result<HttpResponse, Failure> {
    let (consumer, user, role) = parties(&caller).ok_or(Failure::Forbidden("Only a signed request is echoed."))?;
    let message = parameters.pairs().iter().find(|(name, _)| name == "message").map(|(_, value)| value.as_str());
    Ok(HttpResponse::Ok().json(Echo {
        consumer,
        user,
        role,
        method: request.method().as_str(),
        path: request.uri().path(),
        parameters: parameters.pairs(),
        message,
    }))
}
