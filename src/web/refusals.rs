//! Refusals explained, for the administrators of the forge and for who looks after a tool; and what is refused on its way
//! to the store.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use tokio::sync::Mutex;

use super::{
    App, Failure,
    extract::Query,
    pages::content::{FieldError, RefusalPage, RefusalRow, Refusals as RefusalsPage},
    person::{Person, Submitted},
    turns::{Room, Turns},
};
use crate::{
    clock,
    provider::refusals::{Explained, Found, OwnBaseString, Waiting, find, list, write},
    secret::is_reference,
    store::{self, refusals::Whose},
};

/// How often what was refused is written down.
const BEHIND: Duration = Duration::from_millis(500);
/// How long another instance may take to write down what it refused.
const ELSEWHERE: Duration = Duration::from_millis(700);

/// How many refusals are explained at once, and how many wait for that; of one household fewer. Some thousand signatures may
/// be made for one.
const EXPLAINING: Room = Room { at_once: 2, at_once_of_one: 1, queue: 64 };

/// What is refused and not written down yet, and who has their turn at having a refusal explained.
pub struct Refusals {
    waiting: Waiting,
    /// Held by the one who writes.
    writing: Mutex<()>,
    explaining: Turns,
}

impl Default for Refusals {
    fn default() -> Self {
        Self { waiting: Waiting::default(), writing: Mutex::default(), explaining: Turns::new(EXPLAINING) }
    }
}

impl Refusals {
    /// The queue.
    pub fn waiting(&self) -> &Waiting {
        &self.waiting
    }
}

impl App {
    /// Writes one batch of refusals down. While the database or the server key is out of reach they wait.
    async fn write_refusals(&self) -> Result<(), store::Error> {
        let _alone = self.refusals.writing.lock().await;
        let batch = Arc::new(self.refusals.waiting.next());
        if batch.is_empty() {
            return Ok(());
        }
        let (written, now) = (Arc::clone(&batch), clock::now());
        match self.store.run(move |conn| write(conn, &written, now)).await {
            Ok(()) => self.refusals.waiting.is_written(&batch),
            Err(crate::provider::Error::Store(error @ (store::Error::Unavailable(_) | store::Error::Key(_)))) => {
                return Err(error);
            }
            // A consumer was removed at this very moment. The next time nobody speaks of it any more.
            Err(crate::provider::Error::Store(store::Error::Dangling(_))) => {}
            Err(error) => {
                tracing::warn!(error = %error, "refusals are lost");
                self.refusals.waiting.is_lost(&batch);
            }
        }
        Ok(())
    }

    /// What was refused before this was asked is in the store afterwards.
    async fn all_refusals_are_written(&self) -> Result<(), store::Error> {
        // No more than fit in the queue, however many come meanwhile.
        for _ in 0..8 {
            if self.refusals.waiting.is_empty() {
                break;
            }
            self.write_refusals().await?;
        }
        // Another one may have taken the last of them, and be about to write it.
        drop(self.refusals.writing.lock().await);
        Ok(())
    }

    async fn show_refusal(&self, person: &Person, id: &str, pasted: Option<String>) -> Result<HttpResponse, Failure> {
        let whose = whose(person);
        self.all_refusals_are_written().await?;
        let mut found = self.refusal(id, whose).await?;
        if found.is_none() && is_reference(id) {
            // Of another instance, perhaps, which writes twice in a second.
            tokio::time::sleep(ELSEWHERE).await;
            found = self.refusal(id, whose).await?;
        }
        let found = found.ok_or(Failure::NoSuchRefusal)?;
        let (own, error) = match pasted.map(OwnBaseString::parse).transpose() {
            Ok(own) => (own, None),
            Err(error) => {
                let words = format!("The client's own base string: {error}.");
                (None, Some(FieldError::said("base_string", words)))
            }
        };
        let explained = self.explained(person, found, own).await?;
        let is_mistyped = error.is_some();
        let page = RefusalPage { explained, errors: error.into_iter().collect(), csrf_token: person.csrf_token() };
        if is_mistyped { self.show_again(person, &page) } else { self.show(person, &page) }
    }

    async fn refusal(&self, id: &str, whose: Whose) -> Result<Option<Found>, Failure> {
        let (id, now) = (id.to_owned(), clock::now());
        Ok(self.store.run(move |conn| find(conn, &id, whose, now)).await?)
    }

    /// Explains on a thread that may be busy. The turn goes along, so that only so many are busy at once even when those
    /// who asked have gone.
    async fn explained(&self, person: &Person, found: Found, own: Option<OwnBaseString>) -> Result<Explained, Failure> {
        let turn = self.refusals.explaining.take(person.by().arrival.from).await.map_err(|_| Failure::Busy)?;
        let explain = move || {
            let explained = found.explained(own.as_ref());
            drop(turn);
            explained
        };
        tokio::task::spawn_blocking(explain).await.map_err(|error| Failure::internal(&error))
    }
}

/// Writes refusals down for as long as the service runs.
pub async fn write_behind(app: Arc<App>) {
    loop {
        tokio::time::sleep(BEHIND).await;
        if let Err(error) = app.write_refusals().await {
            tracing::debug!(error = %error, "refusals wait to be written down");
        }
    }
}

/// The administrators see everybody's, and all others those of the tools that they look after.
fn whose(person: &Person) -> Whose {
    if person.is_forge_admin() { Whose::All } else { Whose::OwnedBy(person.user().id) }
}

/// `GET P/refusals`.
pub async fn recent(app: Data<App>, person: Person) -> Result<HttpResponse, Failure> {
    let (whose, now) = (whose(&person), clock::now());
    app.all_refusals_are_written().await?;
    let rows = app.store.run(move |conn| list(conn, whose, now)).await?;
    let rows = rows
        .into_iter()
        .map(|row| RefusalRow { id: row.id, consumer: row.consumer, code: row.code, request: row.request, at: row.at })
        .collect();
    app.show(&person, &RefusalsPage { rows, is_everybodys: whose == Whose::All })
}

/// `GET P/refusals/{id}`; with `base_string` in the query it is compared.
pub async fn show(
    app: Data<App>,
    person: Person,
    id: Path<String>,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    app.show_refusal(&person, &id, query.filled_in("base_string")).await
}

/// `POST P/refusals/{id}`: the same for a base string that is too long for an address. Changes nothing.
pub async fn compare(app: Data<App>, asked: Submitted<Person>, id: Path<String>) -> Result<HttpResponse, Failure> {
    app.show_refusal(asked.who(), &id, asked.form().filled_in("base_string")).await
}
