//! What a forge admin reads of the audit log: newest first, a page at a time.

use actix_web::{HttpResponse, web::Data};

use super::{
    App, Failure,
    extract::Query,
    pages::content::{AuditRow, AuditTrail},
    person::Admin,
    routes::PLUGIN,
};
use crate::{
    clock,
    forge::audit::words,
    oauth1::encode_urlencoded,
    store::audit::{self, Entry, Filter, Found, Unreadable},
};

/// How many entries a page shows.
const PAGE: usize = 50;

/// `GET P/audit`: all of it, or what concerns one user or one consumer.
pub async fn trail(app: Data<App>, admin: Admin, Query(query): Query) -> Result<HttpResponse, Failure> {
    let before = query.one("before").and_then(|number| number.parse().ok());
    let (user, consumer) = (query.filled_in("user"), query.filled_in("consumer"));
    let (of_user, of_consumer) = (user.clone(), consumer.clone());
    let mut entries = app
        .store
        .run(move |conn| {
            let (user, consumer) = (of_user.as_deref(), of_consumer.as_deref());
            let filter = Filter { user, consumer, before, ..Filter::default() };
            // One more than is shown tells whether there are older ones.
            audit::list(conn, filter, PAGE as i64 + 1)
        })
        .await?;
    let has_older = entries.len() > PAGE;
    entries.truncate(PAGE);
    let rows: Vec<AuditRow> = entries.into_iter().map(row).collect();
    let last = rows.last().filter(|_| has_older).map(|row| row.number.to_string());
    let content = AuditTrail {
        older: last.map(|last| address(user.as_deref(), consumer.as_deref(), Some(&last))),
        newest: before.map(|_: i64| address(user.as_deref(), consumer.as_deref(), None)),
        rows,
        user: user.unwrap_or_default(),
        consumer: consumer.unwrap_or_default(),
    };
    app.show(&admin, &content)
}

/// This page with these questions.
fn address(user: Option<&str>, consumer: Option<&str>, before: Option<&str>) -> String {
    let asked = [("user", user), ("consumer", consumer), ("before", before)];
    let pairs: Vec<(&str, &str)> = asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    format!("{PLUGIN}/audit?{}", encode_urlencoded(&pairs))
}

fn row(found: Found) -> AuditRow {
    let Entry { number, said, .. } = match found {
        Ok(entry) => entry,
        Err(Unreadable { number }) => {
            let what = "This entry was tampered with and cannot be read.".to_owned();
            return AuditRow { number, what, ..AuditRow::default() };
        }
    };
    AuditRow {
        number,
        time: clock::rfc3339(said.at),
        who: words::who(&said),
        what: words::what(&said),
        details: words::details(&said),
        address: said.address.unwrap_or_default(),
        action: said.action,
        reason: said.reason.unwrap_or_default(),
    }
}
