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
    clock::{self, UnixSeconds},
    forge::audit::words,
    oauth1::encode_urlencoded,
    store::{
        Action,
        audit::{self, Entry, Filter, Found, Page, Unreadable},
    },
};

/// How many entries a page shows.
const PAGE: usize = 50;

/// `GET P/audit`: all of it, or what concerns one user or one consumer, one action alone, from some day on.
pub async fn trail(app: Data<App>, admin: Admin, Query(query): Query) -> Result<HttpResponse, Failure> {
    let before: Option<i64> = query.one("before").and_then(|number| number.parse().ok());
    let asked = ["user", "consumer", "action", "since"].map(|name| (name, query.filled_in(name)));
    let [user, consumer, action, since] = asked.clone().map(|(_, value)| value.unwrap_or_default());
    let moment = clock::parse(&since);
    let since_is_wrong = !since.is_empty() && moment.is_none();
    let page = app.entries(asked.clone(), moment, before).await?;
    let content = AuditTrail {
        older: page.more_before.map(|last| address(&asked, Some(&last.to_string()))).unwrap_or_default(),
        looked_enough: page.looked_enough,
        newest: before.map(|_| address(&asked, None)).unwrap_or_default(),
        is_narrowed: asked.iter().any(|(_, value)| value.is_some()),
        rows: page.entries.into_iter().map(row).collect(),
        user,
        consumer,
        action,
        actions: Action::ALL.iter().map(|action| action.word()).collect(),
        since,
        since_is_wrong,
    };
    if since_is_wrong { app.show_again(&admin, &content) } else { app.show(&admin, &content) }
}

/// What the page is asked about, by the names of its fields.
type Asked = [(&'static str, Option<String>); 4];

impl App {
    async fn entries(
        &self,
        [(_, user), (_, consumer), (_, action), _]: Asked,
        since: Option<UnixSeconds>,
        before: Option<i64>,
    ) -> Result<Page, Failure> {
        let of_action = action.as_deref().map(Action::from_word);
        if of_action == Some(None) {
            // What is no action was never done.
            return Ok(Page::default());
        }
        let page = self.store.run(move |conn| {
            let (user, consumer) = (user.as_deref(), consumer.as_deref());
            let filter = Filter { user, consumer, action: of_action.flatten(), since, before };
            audit::list(conn, filter, PAGE)
        });
        Ok(page.await?)
    }
}

/// This page with these questions.
fn address(asked: &Asked, before: Option<&str>) -> String {
    let asked = asked.iter().map(|(name, value)| (*name, value.as_deref())).chain([("before", before)]);
    let pairs: Vec<(&str, &str)> = asked.filter_map(|(name, value)| Some((name, value?))).collect();
    format!("{PLUGIN}/audit?{}", encode_urlencoded(&pairs))
}

/// An entry as pages show it.
pub(super) fn row(found: Found) -> AuditRow {
    let Entry { number, said, .. } = match found {
        Ok(entry) => entry,
        Err(Unreadable { number }) => return AuditRow { number, ..AuditRow::default() },
    };
    AuditRow {
        number,
        at: Some(said.at),
        who: words::who(&said),
        what: words::what(&said),
        details: words::details(&said),
        address: said.address.unwrap_or_default(),
        action: said.action,
        reason: said.reason.unwrap_or_default(),
    }
}
