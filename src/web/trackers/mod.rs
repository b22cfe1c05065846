//! The pages of a tracker: its items, narrowed as one likes. One item is in [`item`], what one token filed in [`of_token`].

pub mod item;
pub mod of_token;

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    App, Failure,
    extract::{Fields, Query},
    listing::Address,
    pages::content::{ItemList, ItemRow, ItemsAsked, Origin, Pages, TrackerPlace},
    person::Person,
};
use crate::{
    forge::{self, Caller, Object, Right, TrackerRight, may},
    ids::{AccessTokenId, ItemId},
    store::{
        self, Connection, ItemStatus,
        items::{
            lists::{self, Filter, Listed, Page, Scope},
            words::Sought,
        },
        trackers::Tracker,
    },
};

/// How many items a page shows.
const PAGE: usize = 50;

/// The word for items however they stand.
const ALL: &str = "all";

/// `GET /projects/{project}/trackers/{tracker}`: the items that are open, or those that were asked for.
pub async fn list(
    app: Data<App>,
    person: Person,
    path: Path<(String, String)>,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    let (project, name) = path.into_inner();
    let (caller, asked, before) = (person.caller().clone(), Asked::read(&query), query.number("before").map(ItemId));
    let content = app
        .store
        .run(move |conn| {
            let (tracker, place) = found(conn, &caller, &project, &name)?;
            // Which token filed an item is told to who runs the project, and nobody else can ask.
            let runs_project = may(&caller, Right::AdministerProject, Object::Project(tracker.project_id, &project));
            let asked = if runs_project { asked } else { asked.of_any_token() };
            let page = asked.find(conn, &tracker, before)?;
            let pages = pages(&asked.address(&project, &name), &page, before);
            let rows = page.items.into_iter().map(|item| row(item, &tracker, &project)).collect();
            let may_submit = may(&caller, Right::Tracker(TrackerRight::Submit), Object::Tracker(&tracker));
            Ok::<_, Failure>(ItemList { place, asked: asked.0, rows, pages, may_submit })
        })
        .await?;
    app.show(&person, &content)
}

/// A tracker that the caller may read, and where its pages are.
fn found(
    conn: &mut Connection,
    caller: &Caller,
    project: &str,
    name: &str,
) -> Result<(Tracker, TrackerPlace), Failure> {
    let tracker = forge::tracker::find(conn, caller, project, name)?;
    let project = store::projects::by_name(conn, project)?.ok_or(Failure::NotFound)?;
    let place = TrackerPlace {
        project: project.name,
        project_title: project.title,
        tracker: tracker.name.clone(),
        tracker_title: tracker.title.clone(),
    };
    Ok((tracker, place))
}

/// What somebody asked of a list.
struct Asked(ItemsAsked);

impl Asked {
    /// Reads what was asked; what makes no sense is not asked for.
    fn read(query: &Fields) -> Self {
        let text = |name: &str| query.filled_in(name).unwrap_or_default();
        let whole = |name: &str| query.number(name).map(|number| number.to_string()).unwrap_or_default();
        let status = status(query);
        let priority = query.number("priority").filter(|priority| (1..=5).contains(priority));
        let mut asked = ItemsAsked {
            words: text("words"),
            status: status.map_or(ALL, ItemStatus::word).to_owned(),
            priority: priority.map(|priority| priority.to_string()).unwrap_or_default(),
            submitter: text("submitter"),
            tool: text("tool"),
            token: whole("token"),
            is_narrow: false,
        };
        let typed = [&asked.words, &asked.priority, &asked.submitter, &asked.tool, &asked.token];
        asked.is_narrow = status == Some(ItemStatus::Closed) || typed.iter().any(|typed| !typed.is_empty());
        Self(asked)
    }

    /// The same, whichever token filed it.
    fn of_any_token(self) -> Self {
        Self(ItemsAsked { token: String::new(), ..self.0 })
    }

    fn find(&self, conn: &mut Connection, tracker: &Tracker, before: Option<ItemId>) -> Result<Page, Failure> {
        let asked = &self.0;
        let submitter = match asked.submitter.as_str() {
            "" => None,
            name => match store::users::by_name(conn, name)? {
                Some(user) => Some(user.id),
                None => return Ok(Page::default()),
            },
        };
        let filter = Filter {
            words: Sought::parse(&asked.words),
            status: ItemStatus::from_word(&asked.status),
            priority: asked.priority.parse().ok(),
            submitter,
            consumer: (!asked.tool.is_empty()).then_some(asked.tool.as_str()),
            token: asked.token.parse().ok().map(AccessTokenId),
            ..Filter::all_in(Scope::Tracker(tracker.id))
        };
        Ok(lists::find(conn, &filter, before, PAGE)?)
    }

    /// Where the list is that was asked for.
    fn address(&self, project: &str, tracker: &str) -> Address {
        let asked = &self.0;
        Address::of(format!("/projects/{project}/trackers/{tracker}"))
            .with("words", &asked.words)
            .with("status", &asked.status)
            .with("priority", &asked.priority)
            .with("submitter", &asked.submitter)
            .with("tool", &asked.tool)
            .with("token", &asked.token)
    }
}

/// The ways to the rest of a list of items.
fn pages(list: &Address, page: &Page, before: Option<ItemId>) -> Pages {
    Pages { looked_enough: page.looked_enough, ..list.pages("before", before, page.more_before) }
}

/// How the items stand that are asked for: open ones where nothing is said.
fn status(query: &Fields) -> Option<ItemStatus> {
    match query.one("status") {
        Some(ALL) => None,
        Some(word) => ItemStatus::from_word(word).or(Some(ItemStatus::Open)),
        None => Some(ItemStatus::Open),
    }
}

fn row(item: Listed, tracker: &Tracker, project: &str) -> ItemRow {
    ItemRow {
        id: item.id.0,
        tracker: tracker.name.clone(),
        tracker_title: tracker.title.clone(),
        summary: item.summary,
        priority: item.priority,
        status: item.status.word(),
        origin: origin(item.submitter, item.consumer, item.role, project),
        created: item.created,
    }
}

/// Through what something was done; a role of the item's own project is called by its name alone.
fn origin(user: String, tool: Option<String>, role: Option<String>, project: &str) -> Origin {
    let short = |role: String| match role.split_once('/') {
        Some((of, name)) if of == project => name.to_owned(),
        Some(_) | None => role,
    };
    Origin { user, tool, role: role.map(short) }
}
