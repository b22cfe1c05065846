//! A user's own tokens: what was granted, how it stands, what it is called, and taking it back.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    charts::Sparkline,
    extract::Query,
    listing::{Address, Cut},
    pages::content::{
        AccessTokens, Confirmation, FieldError, OwnToken, Pages, PendingRow, RequestTokens, RevokeAll, TokenName,
        Withdrawal,
    },
    people::asking::{What, question},
    person::{Person, Submitted},
    routes::PLUGIN,
    token_line::token_line,
};
use crate::{
    clock::{self, UnixSeconds},
    forge,
    ids::{AccessTokenId, ConsumerId, RequestTokenId, UserId},
    oauth1::encode_urlencoded,
    provider::{
        self, Label,
        my_tokens::{self, Behind, Page, State, Wanted},
    },
    store::{
        self,
        access_tokens::{Filter, Listed, Own},
        calls::{self, Span},
        request_tokens::Outstanding,
    },
};

/// How many decisions a page shows.
const PAGE: usize = 25;

/// Over how many days calls are told.
const DAYS: usize = 30;

/// How many tokens one transaction takes back.
const BATCH: i64 = 500;

/// `P/access_tokens`.
fn page_of_tokens() -> String {
    format!("{PLUGIN}/access_tokens")
}

/// `P/request_tokens`.
fn page_of_decisions() -> String {
    format!("{PLUGIN}/request_tokens")
}

/// `GET P/access_tokens`: live ones first, newest first; narrowed by `tool`, `state` and `words`.
pub async fn access_tokens(app: Data<App>, person: Person, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (user, now) = (person.user().id, clock::now());
    let [tool, words] = ["tool", "words"].map(|name| query.filled_in(name).unwrap_or_default());
    let state = query.one("state").and_then(State::from_word);
    let behind = query.one("behind").and_then(Behind::parse);
    let (asked_for, looked_for) = (tool.clone(), words.clone());
    let (page, calls, (in_use, waiting)) = app
        .store
        .run(move |conn| {
            let whose = whose(conn, user, &asked_for)?;
            let page = my_tokens::page(conn, &Wanted { whose, state, words: looked_for, behind }, now)?;
            let ids: Vec<AccessTokenId> = page.tokens.iter().map(|token| token.id).collect();
            let calls = calls::of_tokens(conn, &ids, Span::days_until(now, DAYS))?;
            Ok::<_, store::Error>((page, calls, to_take_back(conn, whose, now)?))
        })
        .await?;
    let Page { tokens, older, looked_enough } = page;
    let list = tokens_of(&tool).with("state", state.map_or("", State::word)).with("words", &words);
    let row = |token: Listed| OwnToken {
        of_consumer: tokens_of(&token.consumer).to_string(),
        calls: calls.get(&token.id).map_or_else(|| Sparkline::nothing(DAYS), |days| Sparkline::of(days)),
        token: token_line(token, now),
    };
    let content = AccessTokens {
        rows: tokens.into_iter().map(row).collect(),
        states: State::ALL.map(State::word).into(),
        pages: Pages { looked_enough, ..list.pages("behind", behind, older.map(Behind::text)) },
        to_take_back: in_use.saturating_add(waiting),
        revoke_all: revoke_all_at(&tool),
        may_issue: app.may_issue(&person),
        csrf_token: person.csrf_token(),
        state: state.map_or("", State::word).to_owned(),
        tool,
        words,
    };
    app.show(&person, &content)
}

/// The tokens of a user, of the tool of this name alone where one is given. Of one that there is none of, nobody has any.
fn whose(conn: &mut store::Connection, user: UserId, tool: &str) -> Result<Own, store::Error> {
    let consumer = match tool {
        "" => None,
        name => Some(store::consumers::by_name(conn, name)?.map_or(ConsumerId(0), |consumer| consumer.id)),
    };
    Ok(Own { user, consumer })
}

/// How many tokens there are to take back, and how many decisions that wait for their tool.
fn to_take_back(conn: &mut store::Connection, whose: Own, now: UnixSeconds) -> Result<(i64, i64), store::Error> {
    let tokens = store::access_tokens::count_own(conn, whose, now)?;
    Ok((tokens, store::request_tokens::count_outstanding(conn, whose, now)?))
}

/// The question whether to take back those of one tool, or all of them where it has no name. An empty name is asked about too: what
/// ends in `/revoke` on the page of tokens is one token's form.
fn revoke_all_at(tool: &str) -> String {
    format!("{}/revoke?{}", page_of_tokens(), encode_urlencoded(&[("tool", tool)]))
}

/// The user's own tokens of one tool, or all of them where it has no name.
pub(super) fn tokens_of(tool: &str) -> Address {
    Address::of(page_of_tokens()).with("tool", tool)
}

/// `GET P/access_tokens/revoke`: says what would end, of one tool or of all.
pub async fn confirm_revoke_all(app: Data<App>, person: Person, Query(query): Query) -> Result<HttpResponse, Failure> {
    let tool = query.filled_in("tool").unwrap_or_default();
    app.show(&person, &app.before_revoking(&person, tool).await?)
}

/// `POST P/access_tokens/revoke`: takes back all tokens, or all of the tool that is named, and the decisions that wait for
/// their tool.
pub async fn revoke_all(app: Data<App>, asked: Submitted<Person>) -> Result<HttpResponse, Failure> {
    let (user, tool) = (asked.who().user().id, asked.form().required("consumer")?.trim().to_owned());
    let by = match asked.because() {
        Ok(by) => by,
        Err(wrong) => {
            let mut question = app.before_revoking(asked.who(), tool).await?;
            (question.reason, question.errors) = (asked.form().text("reason"), vec![wrong.into()]);
            return app.show_again(asked.who(), &question);
        }
    };
    // In batches, so that nobody waits long for a user with very many.
    loop {
        let (tool, by) = (tool.clone(), by.clone());
        let revoked = app.store.run(move |conn| {
            let whose = whose(conn, user, &tool)?;
            conn.write(|tx| provider::revoke::everything(tx, whose, BATCH, &by))
        });
        let revoked = revoked.await?;
        if revoked.is_last(BATCH) {
            return Ok(App::see(&page_of_tokens()));
        }
    }
}

impl App {
    async fn before_revoking(&self, person: &Person, tool: String) -> Result<RevokeAll, Failure> {
        let (user, now, name) = (person.user().id, clock::now(), tool.clone());
        let count = self.store.run(move |conn| {
            let whose = whose(conn, user, &name)?;
            to_take_back(conn, whose, now)
        });
        let (tokens, decisions) = count.await?;
        Ok(RevokeAll {
            tokens,
            decisions,
            reason: String::new(),
            errors: Vec::new(),
            back: tokens_of(&tool).to_string(),
            tool: (!tool.is_empty()).then_some(tool),
            csrf_token: person.csrf_token(),
        })
    }
}

/// `POST P/access_tokens/{id}/revoke`.
pub async fn revoke(
    app: Data<App>,
    asked: Submitted<Person>,
    id: Path<AccessTokenId>,
) -> Result<HttpResponse, Failure> {
    let (id, user) = (*id, asked.who().user().id);
    let by = match asked.because() {
        Ok(by) => by,
        Err(wrong) => {
            let question = app.before_revoking_one(asked.who(), id).await?;
            let (reason, errors) = (asked.form().text("reason"), vec![wrong.into()]);
            return app.show_again(asked.who(), &Confirmation { reason, errors, ..question });
        }
    };
    app.store.run(move |conn| conn.write(|tx| provider::revoke::access_token(tx, id, Some(user), &by))).await?;
    Ok(App::see(&page_of_tokens()))
}

/// `POST P/access_tokens/{id}/label`: gives a token another name, or none.
pub async fn label(app: Data<App>, asked: Submitted<Person>, id: Path<AccessTokenId>) -> Result<HttpResponse, Failure> {
    let (id, user, by) = (*id, asked.who().user().id, asked.who().by());
    let typed = asked.form().optional("label")?;
    let Ok(label) = Label::parse(typed) else {
        let form = app.naming(asked.who(), id, typed.to_owned()).await?;
        return app.show_again(asked.who(), &form);
    };
    app.store.run(move |conn| conn.write(|tx| provider::own_token::rename(tx, id, user, label.as_ref(), &by))).await?;
    Ok(App::see(&page_of_tokens()))
}

impl App {
    /// One of somebody's own tokens.
    async fn own_token(&self, person: &Person, id: AccessTokenId) -> Result<Listed, Failure> {
        let user = person.user().name.clone();
        let found = self.store.run(move |conn| {
            let filter = Filter { user: Some(&user), id: Some(id), ..Filter::default() };
            store::access_tokens::list(conn, filter, clock::now(), 1)
        });
        found.await?.pop().ok_or(Failure::NotFound)
    }

    /// The question whether to take back one token, as a page of its own: where what was typed into the list's dialog is refused.
    async fn before_revoking_one(&self, person: &Person, id: AccessTokenId) -> Result<Confirmation, Failure> {
        let token = token_line(self.own_token(person, id).await?, clock::now());
        let form = (format!("{}/{id}/revoke", page_of_tokens()), page_of_tokens());
        let page = question(What::RevokeToken, (&token.consumer, &token.user), form, person.csrf_token());
        Ok(Confirmation { tokens: vec![token], ..page })
    }

    /// The form for the name of one of somebody's own tokens, with one that cannot be kept.
    async fn naming(&self, person: &Person, id: AccessTokenId, label: String) -> Result<TokenName, Failure> {
        let token = self.own_token(person, id).await?;
        Ok(TokenName {
            id: id.0,
            role: forge::role::full_name(token.project.as_deref(), &token.role),
            tool: token.consumer,
            label,
            errors: vec![FieldError::of("label", "label")],
            csrf_token: person.csrf_token(),
        })
    }
}

/// `GET P/request_tokens`: what was granted and not fetched yet, newest first; of those before `before`, where it is given.
pub async fn request_tokens(app: Data<App>, person: Person, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (user, now) = (person.user().id, clock::now());
    let before = query.number("before").map(RequestTokenId);
    let outstanding = app.store.run(move |conn| {
        // One more than is shown tells that there is more.
        store::request_tokens::outstanding(conn, user, before, now, PAGE as i64 + 1)
    });
    let cut = Cut::to(PAGE, outstanding.await?);
    let content = RequestTokens {
        pages: Address::of(page_of_decisions()).pages("before", before, cut.goes_on_behind().map(|row| row.id)),
        rows: cut.rows.into_iter().map(pending_row).collect(),
        csrf_token: person.csrf_token(),
    };
    app.show(&person, &content)
}

impl App {
    /// The question whether to take back one of somebody's own decisions.
    async fn before_withdrawing(&self, person: &Person, id: RequestTokenId) -> Result<Withdrawal, Failure> {
        let (user, now) = (person.user().id, clock::now());
        let below = RequestTokenId(id.0.saturating_add(1));
        let found =
            self.store.run(move |conn| store::request_tokens::outstanding(conn, user, Some(below), now, 1)).await?;
        let row = found.into_iter().find(|row| row.id == id).ok_or(Failure::NotFound)?;
        Ok(Withdrawal {
            row: pending_row(row),
            reason: String::new(),
            errors: Vec::new(),
            csrf_token: person.csrf_token(),
        })
    }
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
    let (id, user) = (*id, asked.who().user().id);
    let by = match asked.because() {
        Ok(by) => by,
        Err(wrong) => {
            let mut question = app.before_withdrawing(asked.who(), id).await?;
            (question.reason, question.errors) = (asked.form().text("reason"), vec![wrong.into()]);
            return app.show_again(asked.who(), &question);
        }
    };
    app.store.run(move |conn| conn.write(|tx| provider::revoke::decision(tx, id, user, &by))).await?;
    Ok(App::see(&page_of_decisions()))
}
