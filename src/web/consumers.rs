//! What a forge admin does with tools: looks for them, looks at one, enables it. Forms are in `consumers/forms.rs`, what stops a
//! tool's work in `consumers/questions.rs`, other secrets in `consumers/secrets.rs`.

pub mod forms;
pub mod questions;
pub mod secrets;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use self::questions::What;
use super::{
    App, Failure,
    charts::{Chart, Sparkline},
    extract::{Fields, Query},
    listing::Address,
    pages::content::{ConsumerPage, ConsumerRow, Consumers, Holding, Pages},
    person::{Admin, Submitted},
    role_cards::needed,
    routes::PLUGIN,
    token_line::token_line,
    wrong::Undone,
};
use crate::{
    clock::{self, UnixSeconds},
    forge::{By, Needs},
    ids::ConsumerId,
    provider::{
        self,
        consumers::{self, About, Row},
    },
    store::{
        self, Connection, Transaction,
        calls::{self, Outcome, Span},
        consumers::{Consumer, Sought, Which},
    },
};

/// How many tools a page of the list shows.
const PAGE: usize = 25;
/// How many days back calls are shown.
const DAYS: usize = 30;
/// How many of a tool's tokens are named.
const MOST_NAMED: i64 = 10;

/// The filter's word for tools of every kind.
const ALL: &str = "all";
/// Which tools may be asked for, in the words of the filter.
const STATES: [&str; 4] = [ALL, "enabled", "disabled", "unused"];

/// `P/consumers/{id}`.
fn page_of(id: ConsumerId) -> String {
    format!("{PLUGIN}/consumers/{id}")
}

/// Which tools the filter asks for; what is none of its words asks for all.
fn which(state: &str, now: UnixSeconds) -> (&'static str, Which) {
    match state {
        "enabled" => ("enabled", Which::Enabled),
        "disabled" => ("disabled", Which::Disabled),
        "unused" => ("unused", Which::Unused { since: Span::days_until(now, DAYS).first }),
        _ => (ALL, Which::All),
    }
}

/// `GET P/consumers`, with `words`, `state` and `after` in the query.
pub async fn list(app: Data<App>, admin: Admin, Query(query): Query) -> Result<HttpResponse, Failure> {
    let now = clock::now();
    let (state, which) = which(query.one("state").unwrap_or_default(), now);
    let words = query.filled_in("words").unwrap_or_default();
    let sought = Sought { which, words: store::consumer_words::sought(&words) };
    let after = query.filled_in("after");
    let days = Span::days_until(now, DAYS);
    app.counts_are_written().await;
    let from = after.clone().unwrap_or_default();
    let page = app.store.run(move |conn| consumers::page(conn, (&sought, &from), days, now, PAGE)).await?;
    let narrowed_to = if state == ALL { "" } else { state };
    let list = Address::of(format!("{PLUGIN}/consumers")).with("words", &words).with("state", narrowed_to);
    let content = Consumers {
        pages: Pages { looked_enough: page.looked_enough, ..list.pages("after", after, page.more_after) },
        rows: page.rows.into_iter().map(row).collect(),
        is_narrowed: list.is_narrowed(),
        words,
        state,
        states: STATES,
    };
    app.show(&admin, &content)
}

fn row(row: Row) -> ConsumerRow {
    ConsumerRow {
        id: row.consumer.id.0,
        name: row.consumer.name,
        url: row.consumer.url,
        enabled: row.consumer.enabled,
        tokens: row.tokens,
        calls: row.calls.map_or_else(|| Sparkline::nothing(DAYS), |calls| Sparkline::of(&calls)),
        created: row.consumer.created,
    }
}

fn holding(holding: consumers::Holding, now: UnixSeconds) -> Holding {
    let newest = holding.newest.into_iter().map(|token| token_line(token, now)).collect();
    Holding { tokens: holding.tokens, users: holding.users, newest }
}

/// Everything that a tool's page says.
type Loaded = (Consumer, About, consumers::Holding, Vec<Outcome>);

fn load(conn: &mut Connection, id: ConsumerId, days: Span, by: &By) -> Result<Loaded, provider::Error> {
    let consumer = consumers::numbered(conn, id)?;
    consumers::is_looked_at(conn, &consumer, by)?;
    let about = About::of(conn, id, by.at())?;
    let held = consumers::Holding::of(conn, id, by.at(), MOST_NAMED)?;
    Ok((consumer, about, held, calls::of_consumer(conn, id, days)?))
}

/// `GET P/consumers/{id}`.
pub async fn show(app: Data<App>, admin: Admin, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    let (id, by, now) = (*id, admin.by(), clock::now());
    let days = Span::days_until(now, DAYS);
    app.counts_are_written().await;
    let (consumer, about, held, outcomes) = app.store.run(move |conn| load(conn, id, days, &by)).await?;
    let content = ConsumerPage {
        id: consumer.id.0,
        name: consumer.name,
        key: consumer.key,
        url: consumer.url,
        description: consumer.description,
        email: consumer.email,
        callbacks: about.callbacks,
        secrets: secrets::rows(&about.secrets),
        public_key: consumer.public_key,
        owner: about.owner,
        networks: about.networks,
        needs: Needs::kept(&consumer.needs).each().into_iter().map(needed).collect(),
        enabled: consumer.enabled,
        created: consumer.created,
        holding: holding(held, now),
        chart: Chart::of_days(outcomes, days),
        csrf_token: admin.csrf_token(),
    };
    app.show(&admin, &content)
}

/// `POST P/consumers/{id}/enable`.
pub async fn enable(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    let enabled =
        app.change_consumer(&asked, *id, |tx, consumer, by| consumers::set_enabled(tx, consumer, true, by)).await;
    match enabled {
        Ok(()) => Ok(App::see(&page_of(*id))),
        Err(undone) => app.ask_again(&asked, *id, What::Enable, undone).await,
    }
}

impl App {
    async fn change_consumer<T: Send + 'static>(
        &self,
        asked: &Submitted<Admin>,
        id: ConsumerId,
        change: impl FnOnce(&mut Transaction<'_>, &Consumer, &By) -> Result<T, provider::Error> + Send + 'static,
    ) -> Result<T, Undone> {
        let by = asked.because();
        let changed = self.store.run(move |conn| {
            conn.write(|tx| {
                let consumer = consumers::to_change(tx, id)?;
                Ok(change(tx, &consumer, &by?)?)
            })
        });
        changed.await
    }

    /// What was counted here before a page is made is on it. Where it cannot be written the page is made without.
    pub(super) async fn counts_are_written(&self) {
        if let Err(error) = self.authenticator.write_uses().await {
            tracing::debug!(error = %error, "calls wait to be written down");
        }
    }
}

/// What was typed into a field of one line.
fn line(form: &Fields, name: &str) -> String {
    form.filled_in(name).unwrap_or_default()
}
