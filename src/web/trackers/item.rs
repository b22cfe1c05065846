//! One item: looked at with its history, filed, opened and closed, changed.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{
    super::{
        App, Failure,
        extract::{Fields, Query},
        listing::{Address, Cut},
        pages::content::{ChangeRow, FieldError, ItemForm, ItemPage, Shortened, TrackerPlace},
        person::{Person, Submitted},
    },
    found, origin,
};
use crate::{
    forge::{
        self, Caller, Object, Right, TrackerRight, may,
        tracker::{DEFAULT_PRIORITY, Edit, Part, Report},
    },
    ids::ItemId,
    store::{
        Connection, ItemPart, ItemStatus,
        items::{Item, history, history::Changed},
        trackers::Tracker,
    },
};

/// How much of what became of an item a page shows.
const CHANGES: usize = 25;
/// The room on a page for details, in bytes.
const ROOM_FOR_DETAILS: usize = 24_000;
/// The room in a form for each of its texts: a longer one stays as it is.
const ROOM_TO_EDIT: usize = 20_000;
/// The room on a page for a summary.
const ROOM_FOR_SUMMARY: usize = 2_000;
/// The room on a page for what was changed, on either side.
const ROOM_FOR_CHANGE: usize = 300;

/// The project's name, the tracker's, and the item's number.
type Place = Path<(String, String, ItemId)>;

fn address(place: &TrackerPlace, id: ItemId) -> String {
    format!("/projects/{}/trackers/{}/items/{id}", place.project, place.tracker)
}

/// `GET …/items/{id}`.
pub async fn show(app: Data<App>, person: Person, path: Place, Query(query): Query) -> Result<HttpResponse, Failure> {
    let (project, name, id) = path.into_inner();
    let (caller, csrf_token, before) = (person.caller().clone(), person.csrf_token(), query.number("before"));
    let content = app
        .store
        .run(move |conn| {
            let (tracker, place) = found(conn, &caller, &project, &name)?;
            let item = forge::tracker::item(conn, &tracker, id)?;
            let history = history::of(conn, id, before, CHANGES as i64 + 1)?;
            Ok::<_, Failure>(page(&caller, &tracker, place, item, history, csrf_token))
        })
        .await?;
    app.show(&person, &content)
}

fn page(
    caller: &Caller,
    tracker: &Tracker,
    place: TrackerPlace,
    item: Item,
    history: Vec<Changed>,
    csrf_token: String,
) -> ItemPage {
    let history = Cut::to(CHANGES, history);
    let own = Address::of(address(&place, item.id));
    let earlier = history.goes_on_behind().map(|change| format!("{}#history", own.with("before", change.id)));
    let may_do = |right| may(caller, Right::Tracker(right), Object::Tracker(tracker));
    let runs_project = may(caller, Right::AdministerProject, Object::Project(tracker.project_id, &place.project));
    ItemPage {
        id: item.id.0,
        summary: Shortened::to_fit(&item.summary, ROOM_FOR_SUMMARY),
        details: Shortened::to_fit(&item.details, ROOM_FOR_DETAILS),
        priority: item.priority,
        status: item.status.word(),
        origin: origin(item.submitter, item.consumer, item.role, &place.project),
        token: item.token.filter(|_| runs_project).map(|token| token.0),
        created: item.created,
        history: history.rows.into_iter().rev().map(|change| change_row(change, &place.project)).collect(),
        earlier: earlier.unwrap_or_default(),
        may_close: may_do(TrackerRight::Tech),
        may_edit: may_do(TrackerRight::Manager),
        csrf_token,
        place,
    }
}

fn change_row(change: Changed, project: &str) -> ChangeRow {
    ChangeRow {
        at: change.at,
        part: change.part.word(),
        before: Shortened::to_fit(&change.before, ROOM_FOR_CHANGE),
        after: Shortened::to_fit(&change.after, ROOM_FOR_CHANGE),
        origin: origin(change.user, change.consumer, change.role, project),
    }
}

/// `GET …/items/new`.
pub async fn form(app: Data<App>, person: Person, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let place = app.place_to_file(&person, path.into_inner()).await?;
    app.show(&person, &ItemForm { csrf_token: person.csrf_token(), ..ItemForm::blank(place) })
}

/// `POST …/items/new`: files an item.
pub async fn file(
    app: Data<App>,
    asked: Submitted<Person>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (person, form) = (asked.who(), asked.form());
    let place = app.place_to_file(person, path.into_inner()).await?;
    let typed = ItemForm { csrf_token: person.csrf_token(), ..typed(place, None, form) };
    let report =
        Report::new(typed.summary.clone().unwrap_or_default(), typed.details.clone(), Some(chosen_priority(&typed)));
    let report = match report {
        Ok(report) => report,
        Err(wrong) => return app.show_again(person, &ItemForm { errors: vec![mistake(wrong.part)], ..typed }),
    };
    let (caller, now, place) = (person.caller().clone(), person.by().at(), typed.place.clone());
    let filed = app
        .store
        .run(move |conn| {
            let tracker = forge::tracker::find(conn, &caller, &place.project, &place.tracker)?;
            conn.write(|tx| forge::tracker::file(tx, &caller, &tracker, &report, now))
        })
        .await?;
    Ok(App::see(&address(&typed.place, filed.id)))
}

/// `POST …/items/{id}/status`: opens or closes an item.
pub async fn set_status(app: Data<App>, asked: Submitted<Person>, path: Place) -> Result<HttpResponse, Failure> {
    let status = ItemStatus::from_word(asked.form().required("status")?);
    let status = status.ok_or_else(|| Failure::BadRequest("status is open or closed".to_owned()))?;
    app.edit(asked.who(), path.into_inner(), Edit::of_status(status)).await
}

/// `GET …/items/{id}/edit`.
pub async fn edit_form(app: Data<App>, person: Person, path: Place) -> Result<HttpResponse, Failure> {
    let (place, item) = app.to_edit(&person, path.into_inner()).await?;
    let content = ItemForm {
        id: Some(item.id.0),
        summary: editable(item.summary),
        details: editable(item.details),
        priority: item.priority.to_string(),
        csrf_token: person.csrf_token(),
        ..ItemForm::blank(place)
    };
    app.show(&person, &content)
}

/// `POST …/items/{id}/edit`: changes its texts and its priority.
pub async fn edit(app: Data<App>, asked: Submitted<Person>, path: Place) -> Result<HttpResponse, Failure> {
    let (person, form, path) = (asked.who(), asked.form(), path.into_inner());
    let (place, item) = app.to_edit(person, path.clone()).await?;
    let typed = ItemForm { csrf_token: person.csrf_token(), ..typed(place, Some(item.id), form) };
    let edit = Edit::new(None, typed.summary.clone(), typed.details.clone(), Some(chosen_priority(&typed)));
    match edit {
        Ok(edit) => app.edit(person, path, edit).await,
        Err(wrong) => app.show_again(person, &ItemForm { errors: vec![mistake(wrong.part)], ..typed }),
    }
}

impl App {
    /// Where an item is to be filed by somebody who may.
    async fn place_to_file(&self, person: &Person, (project, name): (String, String)) -> Result<TrackerPlace, Failure> {
        let caller = person.caller().clone();
        self.store
            .run(move |conn| {
                let (tracker, place) = found(conn, &caller, &project, &name)?;
                forge::tracker::require(&caller, TrackerRight::Submit, &tracker)?;
                Ok(place)
            })
            .await
    }

    /// An item that is to be changed by somebody who may.
    async fn to_edit(
        &self,
        person: &Person,
        (project, name, id): (String, String, ItemId),
    ) -> Result<(TrackerPlace, Item), Failure> {
        let caller = person.caller().clone();
        self.store
            .run(move |conn: &mut Connection| {
                let (tracker, place) = found(conn, &caller, &project, &name)?;
                let item = forge::tracker::item(conn, &tracker, id)?;
                forge::tracker::require(&caller, TrackerRight::Manager, &tracker)?;
                Ok((place, item))
            })
            .await
    }

    /// Changes an item, and leads to its page.
    async fn edit(
        &self,
        person: &Person,
        (project, name, id): (String, String, ItemId),
        edit: Edit,
    ) -> Result<HttpResponse, Failure> {
        let (caller, now) = (person.caller().clone(), person.by().at());
        let place = self
            .store
            .run(move |conn| {
                let (tracker, place) = found(conn, &caller, &project, &name)?;
                conn.write(|tx| forge::tracker::edit(tx, &caller, &tracker, id, &edit, now))?;
                Ok::<_, Failure>(place)
            })
            .await?;
        Ok(Self::see(&address(&place, id)))
    }
}

impl ItemForm {
    fn blank(place: TrackerPlace) -> Self {
        Self {
            place,
            id: None,
            summary: Some(String::new()),
            details: Some(String::new()),
            priority: DEFAULT_PRIORITY.to_string(),
            errors: Vec::new(),
            csrf_token: String::new(),
        }
    }
}

/// A text that a form has room for.
fn editable(text: String) -> Option<String> {
    Some(text).filter(|text| !Shortened::to_fit(text, ROOM_TO_EDIT).is_cut)
}

/// What was typed. Browsers send the ends of lines in a way of their own.
fn typed(place: TrackerPlace, id: Option<ItemId>, form: &Fields) -> ItemForm {
    ItemForm {
        id: id.map(|id| id.0),
        summary: form.one("summary").map(str::to_owned),
        details: form.one("details").map(|details| details.replace("\r\n", "\n")),
        priority: form.text("priority"),
        ..ItemForm::blank(place)
    }
}

/// What is no number is none that there is.
fn chosen_priority(typed: &ItemForm) -> i64 {
    typed.priority.parse().unwrap_or(0)
}

fn mistake(part: Part) -> FieldError {
    let part = match part {
        Part::Summary => ItemPart::Summary,
        Part::Details => ItemPart::Details,
        Part::Priority => ItemPart::Priority,
    };
    FieldError::of(part.word(), part.word())
}
