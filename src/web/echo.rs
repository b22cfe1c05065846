//! `P/echo`: tells a consumer what arrived, and as whom it acts.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::{Failure, extract::Parameters};
use crate::{
    forge::{Acting, Caller},
    ids::{RoleId, UserId},
};

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

#[derive(Serialize)]
struct Consumer<'a> {
    name: &'a str,
    key: &'a str,
}

#[derive(Serialize)]
struct User<'a> {
    id: UserId,
    name: &'a str,
    realname: &'a str,
}

#[derive(Serialize)]
struct Role<'a> {
    id: RoleId,
    name: &'a str,
    project: Option<&'a str>,
}

/// Any method.
pub async fn echo(request: HttpRequest, caller: Caller, parameters: Parameters) -> Result<HttpResponse, Failure> {
    let user = caller.user();
    let Acting::AsRole { id, name, project, through } = caller.acting() else {
        return Err(Failure::Forbidden("Only a signed request is echoed."));
    };
    let message = parameters.pairs().iter().find(|(name, _)| name == "message").map(|(_, value)| value.as_str());
    Ok(HttpResponse::Ok().json(Echo {
        consumer: Consumer { name: &through.name, key: &through.key },
        user: User { id: user.id, name: &user.name, realname: &user.realname },
        role: Role { id: *id, name, project: project.as_deref() },
        method: request.method().as_str(),
        path: request.uri().path(),
        parameters: parameters.pairs(),
        message,
    }))
}
