//! For the operator's monitor: is it up, is it ready, and what has it done.

use std::{sync::OnceLock, time::Instant};

use actix_web::{HttpResponse, web::Data};
use prometheus::{Encoder, IntCounter, IntCounterVec, Opts, Registry, TextEncoder};
use tokio::sync::Mutex;

use super::{App, Failure};
use crate::store::{Connection, Store};

/// Counters since the start of this process.
pub struct Figures {
    registry: Registry,
    answers: IntCounterVec,
    /// The counter of each status from 100 on, once there was such an answer: looking it up by label takes longer.
    by_status: [OnceLock<IntCounter>; 500],
    refusals: IntCounterVec,
    swept: IntCounter,
    unexplained: IntCounter,
    letters: IntCounterVec,
}

impl Figures {
    /// Registers the counters.
    ///
    /// # Errors
    /// Only by a defect: two counters of one name.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let answers = IntCounterVec::new(
            Opts::new("oauthprovider_http_responses_total", "Answers by status code."),
            &["status"],
        )?;
        let refusals = IntCounterVec::new(Opts::new("oauthprovider_refusals_total", "Refusals by code."), &["code"])?;
        let swept = IntCounter::new("oauthprovider_swept_rows_total", "Expired rows that were removed.")?;
        let unexplained = IntCounter::new(
            "oauthprovider_unexplained_refusals_total",
            "Refusals of which nothing was kept, because too many came at once or the store did not take them.",
        )?;
        let letters = IntCounterVec::new(
            Opts::new("oauthprovider_letters_total", "Letters to users by what became of them."),
            &["fate"],
        )?;
        registry.register(Box::new(letters.clone()))?;
        registry.register(Box::new(unexplained.clone()))?;
        registry.register(Box::new(answers.clone()))?;
        registry.register(Box::new(refusals.clone()))?;
        registry.register(Box::new(swept.clone()))?;
        let by_status = [const { OnceLock::new() }; 500];
        Ok(Self { registry, answers, by_status, refusals, swept, unexplained, letters })
    }

    /// Counts an answer, and why it refused, if it did.
    pub fn count(&self, status: u16, refusal: Option<&str>) {
        let looked_up = || self.answers.with_label_values(&[status.to_string()]);
        match self.by_status.get(usize::from(status).wrapping_sub(100)) {
            Some(counter) => counter.get_or_init(looked_up).inc(),
            None => looked_up().inc(),
        }
        if let Some(code) = refusal {
            self.refusals.with_label_values(&[code]).inc();
        }
    }

    /// Counts a letter, by what became of it this time.
    pub fn count_letter(&self, fate: &str) {
        self.letters.with_label_values(&[fate]).inc();
    }

    /// Counts rows that the sweeper removed.
    pub fn count_swept(&self, rows: u64) {
        self.swept.inc_by(rows);
    }
}

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    plain("ok\n".to_owned())
}

/// When the last probe of the database began, and what it found. A verdict answers everybody who asked before its probe
/// began, so that probing takes one connection however many ask, and no verdict is older than the question.
#[derive(Default)]
pub struct Readiness(Mutex<Option<(Instant, bool)>>);

impl Readiness {
    async fn of(&self, store: &Store) -> bool {
        let asked = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((began, verdict)) = *last
            && began >= asked
        {
            return verdict;
        }
        let began = Instant::now();
        let probed = match store.run(Connection::probe).await {
            Ok(()) => store.epoch().await.map(drop),
            Err(error) => Err(error),
        };
        let verdict = match probed {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(error = %error, "not ready");
                false
            }
        };
        *last = Some((began, verdict));
        verdict
    }
}

/// `GET /readyz`: the database answers too, lets us write, as every signed request does, and the ledger is kept; and nobody
/// told us to go.
pub async fn ready(app: Data<App>) -> Result<HttpResponse, Failure> {
    if app.leaving.has_begun() || !app.readiness.of(&app.store).await {
        return Err(Failure::Unavailable);
    }
    Ok(plain("ready\n".to_owned()))
}

/// `GET /metrics`: the counters as Prometheus reads them.
pub async fn metrics(app: Data<App>) -> Result<HttpResponse, Failure> {
    let encoder = TextEncoder::new();
    let unexplained = &app.figures.unexplained;
    unexplained.inc_by(app.refusals.waiting().dropped().saturating_sub(unexplained.get()));
    let text = encoder.encode_to_string(&app.figures.registry.gather()).map_err(|error| Failure::internal(&error))?;
    Ok(HttpResponse::Ok().content_type(encoder.format_type()).body(text))
}

fn plain(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}
