//! A tool's secrets on its page: another one, the former one's end, and the way back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{page_of, questions::What};
use crate::{
    forge::By,
    ids::ConsumerId,
    oauth1::Origin,
    provider::{
        consumer_secrets::{self, Overlap},
        consumers::Registered,
    },
    store::{SecretPlace, Transaction, consumer_secrets::ConsumerSecret, consumers::Consumer},
    web::{
        App, Failure, PLUGIN,
        pages::content::{SecretRow, Secrets},
        person::{Admin, Submitted},
    },
};

/// What one may choose for the former secret: the value of the field, and the seconds.
const OVERLAPS: [(&str, Overlap); 5] = [
    ("until_retired", Overlap::UntilRetired),
    ("none", Overlap::Seconds(0)),
    ("hour", Overlap::Seconds(3_600)),
    ("day", Overlap::Seconds(86_400)),
    ("week", Overlap::Seconds(7 * 86_400)),
];

/// What becomes of the former secret for who chooses nothing: what breaks nothing.
pub(super) const UNLESS_CHOSEN: &str = "until_retired";

/// What one may choose, in the words of the field.
pub(super) fn choices() -> Vec<&'static str> {
    OVERLAPS.iter().map(|(value, _)| *value).collect()
}

/// The page of a secret that was made: a new consumer's, or another one.
pub(super) fn credentials(made: Registered, is_new: bool, public_url: &Origin) -> Secrets {
    let next = if is_new { format!("{PLUGIN}/consumers") } else { page_of(made.id) };
    let (name, key, secret) = (made.name, made.key, made.secret.expose().to_owned());
    Secrets { name, is_new, key, secret, public_url: public_url.to_string(), next }
}

/// A tool's secrets as its page shows them.
pub(super) fn rows(secrets: &[ConsumerSecret]) -> Vec<SecretRow> {
    let last = secrets.iter().filter_map(|secret| secret.last_signed).max();
    let row = |secret: &ConsumerSecret| SecretRow {
        place: secret.place.word(),
        created: secret.created,
        last_signed: secret.last_signed,
        signed_last: secret.last_signed.is_some() && secret.last_signed == last,
        retires: match secret.place {
            SecretPlace::Newest => None,
            SecretPlace::Former => secret.retires,
        },
    };
    secrets.iter().map(row).collect()
}

/// `POST P/consumers/{id}/rotate`: makes another secret, and shows it for the only time.
pub async fn rotate(
    app: Data<App>,
    request: HttpRequest,
    asked: Submitted<Admin>,
    id: Path<ConsumerId>,
) -> Result<HttpResponse, Failure> {
    let chosen = asked.form().one("former").unwrap_or(UNLESS_CHOSEN);
    let overlap = OVERLAPS.iter().find(|(value, _)| *value == chosen).map(|(_, overlap)| *overlap);
    let unknown = || Failure::BadRequest("Choose what becomes of the former secret.".to_owned());
    let overlap = overlap.ok_or_else(unknown)?;
    let rotate = move |tx: &mut Transaction<'_>, consumer: &Consumer, by: &By| {
        consumer_secrets::rotate(tx, consumer, overlap, by)
    };
    match app.change_consumer(&asked, *id, rotate).await {
        Ok(rotated) => app.show(asked.who(), &credentials(rotated, false, app.public_origin(&request))),
        Err(undone) => app.ask_again(&asked, *id, What::Rotate, undone).await,
    }
}

/// `POST P/consumers/{id}/retire`.
pub async fn retire(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    match app.change_consumer(&asked, *id, consumer_secrets::retire).await {
        Ok(()) => Ok(App::see(&page_of(*id))),
        Err(undone) => app.ask_again(&asked, *id, What::Retire, undone).await,
    }
}

/// `POST P/consumers/{id}/rotate-back`.
pub async fn rotate_back(
    app: Data<App>,
    asked: Submitted<Admin>,
    id: Path<ConsumerId>,
) -> Result<HttpResponse, Failure> {
    match app.change_consumer(&asked, *id, consumer_secrets::rotate_back).await {
        Ok(()) => Ok(App::see(&page_of(*id))),
        Err(undone) => app.ask_again(&asked, *id, What::RotateBack, undone).await,
    }
}
