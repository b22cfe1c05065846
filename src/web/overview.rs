//! How the whole forge does: what came of calls, who asks most, how tokens stand, what was done last.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpResponse, web::Data};
use parking_lot::Mutex;

use super::{
    App, Failure, audit,
    charts::Chart,
    pages::content::{BusyRow, Overview, ReasonRow, TokenCounts, TokenLine},
    person::Admin,
    token_line::token_line,
};
use crate::{
    clock::{self, UnixSeconds},
    ids::AccessTokenId,
    provider::{self, census::Census},
    store::{
        self, Connection,
        access_tokens::Listed,
        audit::Found,
        calls::{self, Busy, Outcome, Span},
    },
};

/// How many hours back calls are shown.
const HOURS: usize = 48;
/// How many lines each of the lists has.
const MOST_LINES: usize = 10;
/// Within how many days a token is said to expire soon.
const SOON_DAYS: i64 = 7;
/// How long somebody who looks waits for the first census, before there is nothing to show of it.
const CENSUS_WAIT: Duration = Duration::from_secs(5);

/// The last census, and whoever takes the next.
#[derive(Default)]
pub struct LastCensus {
    last: Mutex<Option<Arc<Census>>>,
    taking: tokio::sync::Mutex<()>,
}

impl App {
    /// How all tokens stand, or stood a moment ago. Who finds that too old has it counted anew, behind the page; only the first
    /// of all waits.
    async fn census(app: &Data<Self>, now: UnixSeconds) -> Result<Arc<Census>, Failure> {
        let last = app.census.last.lock().clone();
        match last {
            Some(last) if last.is_good(now) => Ok(last),
            Some(last) => {
                let app = Data::clone(app);
                actix_web::rt::spawn(async move {
                    if let Err(error) = app.take_census(now).await {
                        tracing::warn!(error = %error, "tokens are not counted");
                    }
                });
                Ok(last)
            }
            None => {
                let taken = tokio::time::timeout(CENSUS_WAIT, app.take_census(now)).await;
                Ok(taken.map_err(|_| Failure::Busy)??)
            }
        }
    }

    /// Counts all tokens, unless somebody did while this waited for its turn.
    async fn take_census(&self, now: UnixSeconds) -> Result<Arc<Census>, provider::Error> {
        let _alone = self.census.taking.lock().await;
        if let Some(last) = self.census.last.lock().clone().filter(|last| last.is_good(now)) {
            return Ok(last);
        }
        let census = Arc::new(Census::take(&self.store, now).await?);
        *self.census.last.lock() = Some(Arc::clone(&census));
        Ok(census)
    }
}

/// What stands in the database.
struct Read {
    outcomes: Vec<Outcome>,
    busiest: Vec<Busy>,
    sleepers: Vec<Listed>,
    expiring: Vec<Listed>,
    entries: Vec<Found>,
}

fn read(
    conn: &mut Connection,
    sleepers: &[AccessTokenId],
    hours: Span,
    now: UnixSeconds,
) -> Result<Read, store::Error> {
    let soon = now.saturating_add(SOON_DAYS * 86_400);
    let expiring = store::acting_tokens::expiring(conn, now, soon, MOST_LINES as i64)?;
    Ok(Read {
        outcomes: calls::of_all(conn, hours)?,
        busiest: calls::busiest(conn, calls::day_of(now), MOST_LINES)?,
        sleepers: store::access_tokens::these(conn, sleepers)?,
        expiring: store::access_tokens::these(conn, &expiring)?,
        entries: store::audit::list(conn, store::audit::Filter::default(), MOST_LINES)?.entries,
    })
}

/// `GET P/overview`.
pub async fn show(app: Data<App>, admin: Admin) -> Result<HttpResponse, Failure> {
    let now = clock::now();
    app.counts_are_written().await;
    let census = App::census(&app, now).await?;
    let (sleepers, hours) = (census.sleepers.clone(), Span::hours_until(now, HOURS));
    let read = app.store.run(move |conn| read(conn, &sleepers, hours, now)).await?;
    let rows = |tokens: Vec<Listed>| tokens.into_iter().map(|token| token_line(token, now)).collect::<Vec<TokenLine>>();
    let mut expiring = rows(read.expiring);
    expiring.sort_by_key(|token| token.expires);
    let content = Overview {
        chart: Chart::of_hours(read.outcomes, hours),
        busiest: read.busiest.into_iter().map(busy).collect(),
        tokens: counts(&census),
        // Some may have woken up since they were counted.
        asleep: rows(read.sleepers).into_iter().filter(|token| !token.why.is_empty()).collect(),
        expiring,
        soon_days: SOON_DAYS,
        entries: read.entries.into_iter().map(audit::row).collect(),
    };
    app.show(&admin, &content)
}

fn busy(busy: Busy) -> BusyRow {
    BusyRow { id: busy.consumer.0, name: busy.name, accepted: busy.accepted, refused: busy.refused }
}

fn counts(census: &Census) -> TokenCounts {
    TokenCounts {
        counted: census.at,
        live: census.live,
        asleep: census.asleep.values().sum(),
        reasons: census.asleep.iter().map(|(why, tokens)| ReasonRow { why: why.word(), tokens: *tokens }).collect(),
        expired: census.expired,
        revoked: census.revoked,
    }
}
