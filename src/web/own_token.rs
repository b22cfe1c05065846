//! `/api/token`: a tool asks what it holds, or gives it back.
//!
//! The handlers verify by themselves: a token that is asleep opens nothing that is guarded by a plugin, and can still be
//! given back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data},
};
use serde::Serialize;

use super::{
    App, Failure,
    parties::{Consumer, Role, User, parties},
};
use crate::clock::rfc3339;

/// What a tool holds, in the order in which it is written.
#[derive(Serialize)]
struct Held<'a> {
    consumer: Consumer<'a>,
    user: User<'a>,
    role: Role<'a>,
    label: Option<&'a str>,
    created: String,
    expires: Option<String>,
    last_used: Option<String>,
}

/// `GET /api/token`.
pub async fn show(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    let held = app.authenticator.tell(&signed, app.arrival(&request)).await?;
    let caller = held.caller.map_err(|error| Failure::from(error).because(held.standing))?;
    let (consumer, user, role) = parties(&caller).ok_or(Failure::Forbidden("Only a signed request holds a token."))?;
    Ok(HttpResponse::Ok().json(Held {
        consumer,
        user,
        role,
        label: held.token.label.as_deref(),
        created: rfc3339(held.token.created),
        expires: held.token.expires.map(rfc3339),
        last_used: held.token.last_used.map(rfc3339),
    }))
}

/// `DELETE /api/token`.
pub async fn give_back(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, Failure> {
    let signed = app.signed(&request, &body)?;
    app.authenticator.give_back(&signed, app.arrival(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}
