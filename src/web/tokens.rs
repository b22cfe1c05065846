//! A user's own tokens: what was granted, and taking it back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    extract::Form,
    middleware::PAGE_POLICY,
    pages::content::{AccessTokens, PendingRow, RequestTokens, TokenRow},
    routes::PLUGIN,
};
use crate::{
    clock, forge,
    forge::Caller,
    ids::{AccessTokenId, RequestTokenId},
    provider,
    store::{
        self,
        access_tokens::{Filter, Listed},
        request_tokens::Outstanding,
    },
};

/// How many tokens a page shows: live ones first, newest first.
const MOST_SHOWN: i64 = 500;

/// `GET P/access_tokens`.
pub async fn access_tokens(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    let user = caller.user().name.clone();
    let user_id = caller.user().id;
    let (tokens, held) = app
        .store
        .run(move |conn| {
            let filter = Filter { user: Some(&user), ..Filter::default() };
            let tokens = store::access_tokens::list(conn, filter, MOST_SHOWN)?;
            let held = store::roles::of_user(conn, user_id)?;
            Ok::<_, store::Error>((tokens, held))
        })
        .await?;
    let holds = |token: &Listed| held.iter().any(|role| role.id == token.role_id);
    let rows = tokens.into_iter().map(|token| token_row(holds(&token), token)).collect();
    let content = AccessTokens { rows, csrf_token: app.csrf_token(&caller)? };
    Ok(App::html(app.pages.access_tokens(Some(&app.viewer(&caller)?), &content)?, PAGE_POLICY))
}

fn token_row(role_held: bool, token: Listed) -> TokenRow {
    let state = match token.revoked {
        Some(_) => "revoked",
        None if !token.consumer_enabled => "resting: the tool is disabled",
        None if !role_held => "resting: you do not hold the role now",
        None => "active",
    };
    TokenRow {
        id: token.id.0,
        consumer: token.consumer,
        role: forge::role::full_name(token.project.as_deref(), &token.role),
        created: clock::rfc3339(token.created),
        state: state.to_owned(),
        revocable: token.revoked.is_none(),
    }
}

/// `POST P/access_tokens/{id}/revoke`.
pub async fn revoke(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    form.require_csrf_token(&caller)?;
    let id = AccessTokenId(id.parse().map_err(|_| Failure::NotFound)?);
    let (user, by) = (caller.user().id, app.by(&request, &caller).because(form.reason()?));
    app.store.run(move |conn| conn.write(|tx| provider::revoke::access_token(tx, id, Some(user), &by))).await?;
    Ok(App::see(&format!("{PLUGIN}/access_tokens")))
}

/// `GET P/request_tokens`: what was granted and not fetched yet.
pub async fn request_tokens(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    let (user, now) = (caller.user().id, clock::now());
    let outstanding =
        app.store.run(move |conn| store::request_tokens::outstanding(conn, user, now, MOST_SHOWN)).await?;
    let rows = outstanding.into_iter().map(pending_row).collect();
    let content = RequestTokens { rows, csrf_token: app.csrf_token(&caller)? };
    Ok(App::html(app.pages.request_tokens(Some(&app.viewer(&caller)?), &content)?, PAGE_POLICY))
}

fn pending_row(row: Outstanding) -> PendingRow {
    let on = row.project_title.unwrap_or_else(|| "the whole forge".to_owned());
    PendingRow {
        id: row.id.0,
        consumer: row.consumer,
        role: format!("{} in {on}", row.role),
        decided: clock::rfc3339(row.decided),
        expires: clock::rfc3339(row.expires),
    }
}

/// `POST P/request_tokens/{id}/revoke`: takes a decision back before the tool fetches its token.
pub async fn withdraw(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    id: Path<String>,
    Form(form): Form,
) -> Result<HttpResponse, Failure> {
    form.require_csrf_token(&caller)?;
    let id = RequestTokenId(id.parse().map_err(|_| Failure::NotFound)?);
    let (user, by) = (caller.user().id, app.by(&request, &caller).because(form.reason()?));
    app.store.run(move |conn| conn.write(|tx| provider::revoke::decision(tx, id, user, &by))).await?;
    Ok(App::see(&format!("{PLUGIN}/request_tokens")))
}
