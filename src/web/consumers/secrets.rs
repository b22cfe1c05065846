//! A tool's secrets on its page: another one, the former one's end, and the way back.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::{credentials, page_of};
use crate::{
    clock,
    ids::ConsumerId,
    provider::consumer_secrets::{self, Overlap},
    store::{SecretPlace, consumer_secrets::ConsumerSecret},
    web::{
        App, Failure,
        pages::content::SecretRow,
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

/// A tool's secrets as its page shows them.
pub(super) fn rows(secrets: &[ConsumerSecret]) -> Vec<SecretRow> {
    let last = secrets.iter().filter_map(|secret| secret.last_signed).max();
    let row = |secret: &ConsumerSecret| SecretRow {
        name: match secret.place {
            SecretPlace::Newest => "newest".to_owned(),
            SecretPlace::Former => "former".to_owned(),
        },
        created: clock::rfc3339(secret.created),
        last_signed: secret.last_signed.map(clock::rfc3339),
        signed_last: secret.last_signed.is_some() && secret.last_signed == last,
        retires: match (secret.place, secret.retires) {
            (SecretPlace::Newest, _) => None,
            (SecretPlace::Former, Some(retires)) => Some(format!("on {}", clock::rfc3339(retires))),
            (SecretPlace::Former, None) => Some("when somebody lets it".to_owned()),
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
    // Who names no overlap gets the one that breaks nothing.
    let chosen = asked.form().one("former").unwrap_or("until_retired");
    let overlap = OVERLAPS.iter().find(|(value, _)| *value == chosen).map(|(_, overlap)| *overlap);
    let unknown = || Failure::BadRequest("Choose what becomes of the former secret.".to_owned());
    let overlap = overlap.ok_or_else(unknown)?;
    let rotated = app
        .change_consumer(&asked, *id, move |tx, consumer, by| consumer_secrets::rotate(tx, consumer, overlap, by))
        .await?;
    app.show(asked.who(), &credentials(rotated, false, app.public_origin(&request)))
}

/// `POST P/consumers/{id}/retire`.
pub async fn retire(app: Data<App>, asked: Submitted<Admin>, id: Path<ConsumerId>) -> Result<HttpResponse, Failure> {
    app.change_consumer(&asked, *id, consumer_secrets::retire).await?;
    Ok(App::see(&page_of(*id)))
}

/// `POST P/consumers/{id}/rotate-back`.
pub async fn rotate_back(
    app: Data<App>,
    asked: Submitted<Admin>,
    id: Path<ConsumerId>,
) -> Result<HttpResponse, Failure> {
    app.change_consumer(&asked, *id, consumer_secrets::rotate_back).await?;
    Ok(App::see(&page_of(*id)))
}
