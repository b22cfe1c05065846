//! What a forge admin reads of the audit log: newest first, a page at a time.

use actix_web::{HttpResponse, web::Data};

use super::{
    App, Failure,
    extract::Query,
    listing::Address,
    pages::content::{AuditRow, AuditTrail, Pages},
    person::Admin,
    routes::PLUGIN,
};
use crate::{
    clock::{self, UnixSeconds},
    forge::audit::words,
    store::{
        Action,
        audit::{self, Entry, Filter, Found, Page, Unreadable},
    },
};

/// How many entries a page shows.
const PAGE: usize = 50;

/// `GET P/audit`: all of it, or what concerns one user or one consumer, one action alone, from some day on.
pub async fn trail(app: Data<App>, admin: Admin, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (before, asked) = (query.number("before"), ASKED.map(|name| query.filled_in(name)));
    let [user, consumer, action, since] = asked.clone().map(Option::unwrap_or_default);
    let moment = clock::parse(&since);
    let since_is_wrong = !since.is_empty() && moment.is_none();
    let log = ASKED.into_iter().zip([&user, &consumer, &action, &since]);
    let log = log.fold(Address::of(format!("{PLUGIN}/audit")), |log, (name, value)| log.with(name, value));
    let page = app.entries(asked, moment, before).await?;
    let content = AuditTrail {
        pages: Pages { looked_enough: page.looked_enough, ..log.pages("before", before, page.more_before) },
        is_narrowed: log.is_narrowed(),
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

/// What the page can be asked about: the names of its fields.
const ASKED: [&str; 4] = ["user", "consumer", "action", "since"];

impl App {
    async fn entries(
        &self,
        [user, consumer, action, _]: [Option<String>; 4],
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
        did: Action::from_word(&said.action).map(Action::word).unwrap_or_default(),
        action: said.action,
        reason: said.reason.unwrap_or_default(),
    }
}
