//! A user's own tokens: what was granted, how it stands, what it is called, and taking it back.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    pages::content::{AccessTokens, PendingRow, RequestTokens, TokenRow},
    person::{Person, Submitted},
    routes::PLUGIN,
    words,
};
use crate::{
    clock::{self, UnixSeconds},
    forge,
    ids::{AccessTokenId, RequestTokenId},
    provider::{self, Asleep, Label, Standing},
    store::{
        self,
        access_tokens::{Filter, Listed},
        request_tokens::Outstanding,
    },
};

/// How many tokens a page shows: live ones first, newest first.
const MOST_SHOWN: i64 = 500;

/// `GET P/access_tokens`.
pub async fn access_tokens(app: Data<App>, person: Person) -> Result<HttpResponse, Failure> {
    let (user, now) = (person.user().name.clone(), clock::now());
    let tokens = app
        .store
        .run(move |conn| {
            let filter = Filter { user: Some(&user), ..Filter::default() };
            store::access_tokens::list(conn, filter, now, MOST_SHOWN)
        })
        .await?;
    let rows = tokens.into_iter().map(|token| token_row(token, now)).collect();
    app.show(&person, &AccessTokens { rows, csrf_token: person.csrf_token() })
}

fn token_row(token: Listed, now: UnixSeconds) -> TokenRow {
    let standing = Standing::of(&token, now);
    TokenRow {
        id: token.id.0,
        consumer: token.consumer,
        role: forge::role::full_name(token.project.as_deref(), &token.role),
        created: clock::rfc3339(token.created),
        label: token.label.unwrap_or_default(),
        state: standing.word().to_owned(),
        explained: explained(standing, token.expires, now),
        last_used: token.last_used.map(clock::rfc3339).unwrap_or_default(),
        last_used_from: token.last_used_from.unwrap_or_default(),
        revocable: matches!(standing, Standing::Live | Standing::Asleep(_)),
    }
}

/// What its user wants to know of a token beside how it stands: why, and for how long.
fn explained(standing: Standing, expires: Option<UnixSeconds>, now: UnixSeconds) -> String {
    let ends = expires.map(|expires| format!("expires in {}", words::about(expires.saturating_sub(now))));
    match (standing, ends) {
        (Standing::Live, ends) => ends.unwrap_or_else(|| "until it is revoked".to_owned()),
        (Standing::Asleep(asleep), None) => why(asleep).to_owned(),
        (Standing::Asleep(asleep), Some(ends)) => format!("{}; {ends}", why(asleep)),
        (Standing::Expired, _) => {
            expires.map(|expires| format!("{} ago", words::about(now.saturating_sub(expires)))).unwrap_or_default()
        }
        (Standing::Revoked, _) => String::new(),
    }
}

/// The reason as its user is told.
fn why(asleep: Asleep) -> &'static str {
    match asleep {
        Asleep::RoleNotHeld => "you do not hold the role now",
        Asleep::PluginOffForUser => "you lend no roles to tools",
        Asleep::UserSuspended | Asleep::ConsumerDisabled | Asleep::ProjectArchived | Asleep::PluginOffForProject => {
            asleep.reason()
        }
    }
}

/// `POST P/access_tokens/{id}/revoke`.
pub async fn revoke(
    app: Data<App>,
    asked: Submitted<Person>,
    id: Path<AccessTokenId>,
) -> Result<HttpResponse, Failure> {
    let (id, user, by) = (*id, asked.who().user().id, asked.because()?);
    app.store.run(move |conn| conn.write(|tx| provider::revoke::access_token(tx, id, Some(user), &by))).await?;
    Ok(App::see(&format!("{PLUGIN}/access_tokens")))
}

/// `POST P/access_tokens/{id}/label`: gives a token another name, or none.
pub async fn label(app: Data<App>, asked: Submitted<Person>, id: Path<AccessTokenId>) -> Result<HttpResponse, Failure> {
    let (id, user, by) = (*id, asked.who().user().id, asked.who().by());
    let label = Label::parse(asked.form().optional("label")?)?;
    app.store.run(move |conn| conn.write(|tx| provider::own_token::rename(tx, id, user, label.as_ref(), &by))).await?;
    Ok(App::see(&format!("{PLUGIN}/access_tokens")))
}

/// `GET P/request_tokens`: what was granted and not fetched yet.
pub async fn request_tokens(app: Data<App>, person: Person) -> Result<HttpResponse, Failure> {
    let (user, now) = (person.user().id, clock::now());
    let outstanding =
        app.store.run(move |conn| store::request_tokens::outstanding(conn, user, now, MOST_SHOWN)).await?;
    let rows = outstanding.into_iter().map(pending_row).collect();
    app.show(&person, &RequestTokens { rows, csrf_token: person.csrf_token() })
}

fn pending_row(row: Outstanding) -> PendingRow {
    PendingRow {
        id: row.id.0,
        consumer: row.consumer,
        role: row.role,
        project: row.project_title,
        decided: row.decided,
        expires: row.expires,
    }
}

/// `POST P/request_tokens/{id}/revoke`: takes a decision back before the tool fetches its token.
pub async fn withdraw(
    app: Data<App>,
    asked: Submitted<Person>,
    id: Path<RequestTokenId>,
) -> Result<HttpResponse, Failure> {
    let (id, user, by) = (*id, asked.who().user().id, asked.because()?);
    app.store.run(move |conn| conn.write(|tx| provider::revoke::decision(tx, id, user, &by))).await?;
    Ok(App::see(&format!("{PLUGIN}/request_tokens")))
}
