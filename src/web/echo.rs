//! `P/echo`: tells a consumer what arrived, and as whom it acts.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::{Failure, extract::Parameters};
use crate::forge::{Acting, Caller};

/// Any method.
pub async fn echo(request: HttpRequest, caller: Caller, parameters: Parameters) -> Result<HttpResponse, Failure> {
    let user = caller.user();
    let Acting::AsRole { id, name, project, through } = caller.acting() else {
        return Err(Failure::Forbidden("Only a signed request is echoed."));
    };
    let message = parameters.0.iter().find(|(name, _)| name == "message").map(|(_, value)| value);
    Ok(HttpResponse::Ok().json(json!({
        "consumer": {"name": through.name, "key": through.key},
        "user": {"id": user.id, "name": user.name, "realname": user.realname},
        "role": {"id": id, "name": name, "project": project},
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "parameters": *parameters.0,
        "message": message,
    })))
}
