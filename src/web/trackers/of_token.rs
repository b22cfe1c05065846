//! What one access token filed in a project: for who runs the project, with a way to close it all at once.

use std::collections::HashMap;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    super::{
        App, Failure,
        extract::{Fields, Query},
        listing::Address,
        pages::content::{Closing, TokenItems},
        person::{Person, Submitted},
    },
    ALL, PAGE, pages, row, status,
};
use crate::{
    forge::{
        Caller,
        tracker::closing::{self, Chosen, ToClose},
    },
    ids::{AccessTokenId, ItemId, TrackerId},
    store::{
        self, Connection, ItemStatus, ProjectStatus,
        items::lists::{self, Filter, Scope},
        trackers::Tracker,
    },
};

/// The project's name, and the token's number.
type Place = Path<(String, AccessTokenId)>;

fn address(project: &str, token: AccessTokenId) -> String {
    format!("/projects/{project}/tokens/{token}/items")
}

/// `GET /projects/{project}/tokens/{id}/items`. A number of no token shows nothing, as one of a token that filed nothing here.
pub async fn list(app: Data<App>, person: Person, path: Place, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (name, token) = path.into_inner();
    let (caller, status, before) = (person.caller().clone(), status(&query), query.number("before").map(ItemId));
    let content = app.store.run(move |conn| items(conn, &caller, &name, token, status, before)).await?;
    app.show(&person, &content)
}

fn items(
    conn: &mut Connection,
    caller: &Caller,
    name: &str,
    token: AccessTokenId,
    status: Option<ItemStatus>,
    before: Option<ItemId>,
) -> Result<TokenItems, Failure> {
    let project = closing::project(conn, caller, name)?;
    let trackers = store::trackers::of_project(conn, Some(project.id))?;
    let ids: Vec<TrackerId> = trackers.iter().map(|tracker| tracker.id).collect();
    let trackers: HashMap<TrackerId, Tracker> = trackers.into_iter().map(|tracker| (tracker.id, tracker)).collect();
    let filter = Filter { status, ..Filter::all_in(Scope::OfToken(token, &ids)) };
    let page = lists::find(conn, &filter, before, PAGE)?;
    let status = status.map_or(ALL, ItemStatus::word);
    let pages = pages(&Address::of(address(name, token)).with("status", status), &page, before);
    let rows = page.items.into_iter().filter_map(|item| {
        let tracker = trackers.get(&item.tracker)?;
        Some(row(item, tracker, name))
    });
    Ok(TokenItems {
        rows: rows.collect(),
        project: project.name,
        project_title: project.title,
        token: token.0,
        status: status.to_owned(),
        pages,
        may_close: project.status == ProjectStatus::Active,
    })
}

/// Which items a form names: those that were ticked, or all.
fn chosen(form: &Fields) -> Chosen {
    match form.one("which") {
        Some(ALL) => Chosen::All,
        Some(_) | None => Chosen::These(form.all("item").filter_map(|id| id.parse().ok().map(ItemId)).collect()),
    }
}

/// `GET /projects/{project}/tokens/{id}/items/close`: says what would be closed.
pub async fn ask(app: Data<App>, person: Person, path: Place, Query(query): Query) -> Result<HttpResponse, Failure> {
    let question = app.question(&person, path.into_inner(), chosen(&query)).await?;
    app.show(&person, &question)
}

/// `POST /projects/{project}/tokens/{id}/items/close`.
pub async fn close(app: Data<App>, asked: Submitted<Person>, path: Place) -> Result<HttpResponse, Failure> {
    let (person, (name, token), chosen) = (asked.who(), path.into_inner(), chosen(asked.form()));
    let by = match asked.because() {
        Ok(by) => by,
        Err(wrong) => {
            let question = app.question(person, (name, token), chosen).await?;
            let reason = asked.form().text("reason");
            return app.show_again(person, &Closing { reason, errors: vec![wrong.into()], ..question });
        }
    };
    let (caller, back) = (person.caller().clone(), format!("{}?status=closed", address(&name, token)));
    app.store.run(move |conn| conn.write(|tx| closing::close(tx, &caller, &name, token, &chosen, &by))).await?;
    Ok(App::see(&back))
}

impl App {
    async fn question(
        &self,
        person: &Person,
        (name, token): (String, AccessTokenId),
        chosen: Chosen,
    ) -> Result<Closing, Failure> {
        let (caller, csrf_token) = (person.caller().clone(), person.csrf_token());
        self.store
            .run(move |conn| {
                let project = closing::project(conn, &caller, &name)?;
                let ToClose { items, are_more } = closing::preview(conn, &caller, &name, token, &chosen)?;
                let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
                Ok::<_, Failure>(Closing {
                    project: project.name,
                    project_title: project.title,
                    token: token.0,
                    count,
                    are_more,
                    most: Closing::MOST,
                    chosen: match chosen {
                        Chosen::All => Vec::new(),
                        Chosen::These(_) => items.into_iter().map(|id| id.0).collect(),
                    },
                    reason: String::new(),
                    errors: Vec::new(),
                    csrf_token,
                })
            })
            .await
    }
}
