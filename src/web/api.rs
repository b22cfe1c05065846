//! The signed JSON interface: who am I, and the items of trackers.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data, Path},
};
use serde_json::{Map, Value, json};

use super::{
    App, Failure,
    extract::{self, Query},
};
use crate::{
    clock::{self, UnixSeconds},
    forge::{
        self, Acting, Caller, TrackerRight,
        tracker::{Edit, Part, Report, Wrong},
    },
    ids::ItemId,
    oauth1::percent_encode,
    store::{self, ItemStatus, items::Item},
};

/// How many items a list holds when nothing is said.
const DEFAULT_LIMIT: i64 = 50;
/// How many items a list may hold.
const MOST_ITEMS: i64 = 200;

/// `GET /api/userinfo`.
pub async fn userinfo(app: Data<App>, caller: Caller) -> Result<HttpResponse, Failure> {
    let user = caller.user().clone();
    let groups = app.store.run(move |conn| forge::role::groups(conn, user.id)).await?;
    let role = match caller.acting() {
        Acting::AsRole { id, name, project, .. } => json!({"id": id, "name": name, "project": project}),
        Acting::InPerson { .. } => Value::Null,
    };
    let user = caller.user();
    Ok(HttpResponse::Ok().json(json!({
        "username": user.name, "full_name": user.realname, "email": user.email, "groups": groups, "role": role,
    })))
}

/// `GET …/items`: newest first, a page at a time.
pub async fn list(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    path: Path<(String, String)>,
    Query(query): Query,
) -> Result<HttpResponse, Failure> {
    let (project, tracker) = path.into_inner();
    let limit = query_number(&query, "limit", 1..=MOST_ITEMS)?.unwrap_or(DEFAULT_LIMIT);
    let before = query_number(&query, "before", 1..=i64::MAX)?.map(ItemId);
    let address = app.items_url(&request, &project, &tracker);
    let mut items = app
        .act(caller, move |conn, caller| {
            let tracker = forge::tracker::find(conn, caller, &project, &tracker)?;
            // One more than asked for tells whether there is a next page.
            Ok(store::items::newest(conn, tracker.id, before, limit + 1)?)
        })
        .await?;
    let asked_for = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > asked_for;
    items.truncate(asked_for);
    let next = items.last().filter(|_| more).map(|last| format!("{address}?limit={limit}&before={}", last.id));
    let items: Vec<Value> = items.iter().map(item_json).collect();
    Ok(HttpResponse::Ok().json(json!({"items": items, "next": next})))
}

/// A whole number in the query, within a range.
fn query_number(
    query: &extract::Fields,
    name: &str,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Option<i64>, Failure> {
    let Some(text) = query.one(name) else { return Ok(None) };
    match text.parse() {
        Ok(value) if range.contains(&value) => Ok(Some(value)),
        _ => Err(invalid(name, format!("must be a number from {} to {}", range.start(), range.end()))),
    }
}

/// `GET …/items/{id}`.
pub async fn show(
    app: Data<App>,
    caller: Caller,
    path: Path<(String, String, ItemId)>,
) -> Result<HttpResponse, Failure> {
    let (project, tracker, id) = path.into_inner();
    let item = app
        .act(caller, move |conn, caller| {
            let tracker = forge::tracker::find(conn, caller, &project, &tracker)?;
            Ok(forge::tracker::item(conn, &tracker, id)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(item_json(&item)))
}

/// `POST …/items`: files an item.
pub async fn file(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let report = json_object(&request, &body).and_then(|object| {
        let summary = text(&object, "summary")?.ok_or_else(|| missing("summary"))?;
        Report::new(summary, text(&object, "details")?, number(&object, "priority")?)
            .map_err(|wrong| told(wrong, field))
    });
    app.file_item(&request, caller, path.into_inner(), report).await
}

/// `PATCH …/items/{id}`: changes an item.
pub async fn edit(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    path: Path<(String, String, ItemId)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let (project, tracker, id) = path.into_inner();
    let now = clock::now();
    let edit = json_object(&request, &body).and_then(|object| {
        let (summary, details) = (text(&object, "summary")?, text(&object, "details")?);
        let priority = number(&object, "priority")?;
        Edit::new(status(&object)?, summary, details, priority).map_err(|wrong| told(wrong, field))
    });
    let item = app
        .act(caller, move |conn, caller| {
            let tracker = forge::tracker::find(conn, caller, &project, &tracker)?;
            forge::tracker::item(conn, &tracker, id)?;
            let edit = edit?;
            Ok(conn.write(|tx| forge::tracker::edit(tx, caller, &tracker, id, &edit, now))?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(item_json(&item)))
}

impl App {
    /// Runs one hop as this caller, whose role is named if it lacks a right.
    async fn act<T: Send + 'static>(
        &self,
        caller: Caller,
        work: impl FnOnce(&mut store::Connection, &Caller) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store
            .run(move |conn| {
                work(conn, &caller).map_err(|failure| match (failure, caller.acting()) {
                    (Failure::Lacks { needs, .. }, Acting::AsRole { name, .. }) => {
                        Failure::Lacks { role: Some(name.clone()), needs }
                    }
                    (other, _) => other,
                })
            })
            .await
    }

    /// Files a report, however it was written, and tells where it went.
    pub(super) async fn file_item(
        &self,
        request: &HttpRequest,
        caller: Caller,
        (project, tracker): (String, String),
        report: Result<Report, Failure>,
    ) -> Result<HttpResponse, Failure> {
        let address = self.items_url(request, &project, &tracker);
        let now: UnixSeconds = clock::now();
        let item = self
            .act(caller, move |conn, caller| {
                let tracker = forge::tracker::find(conn, caller, &project, &tracker)?;
                // Whoever may not file is told that, and not what is wrong with the report.
                forge::tracker::require(caller, TrackerRight::Submit, &tracker)?;
                let report = report?;
                Ok(conn.write(|tx| forge::tracker::file(tx, caller, &tracker, &report, now))?)
            })
            .await?;
        let location = format!("{address}/{}", item.id);
        Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(item_json(&item)))
    }

    fn items_url(&self, request: &HttpRequest, project: &str, tracker: &str) -> String {
        let (project, tracker) = (percent_encode(project), percent_encode(tracker));
        self.public_origin(request).join(&format!("/api/projects/{project}/trackers/{tracker}/items"))
    }
}

fn item_json(item: &Item) -> Value {
    json!({
        "id": item.id,
        "summary": item.summary,
        "details": item.details,
        "priority": item.priority,
        "status": item.status.word(),
        "submitter": item.submitter,
        "consumer": item.consumer,
        "created": clock::rfc3339(item.created),
    })
}

/// The object in a JSON body.
///
/// # Errors
/// Another media type, no JSON, or no object.
pub(super) fn json_object(request: &HttpRequest, body: &Bytes) -> Result<Map<String, Value>, Failure> {
    let is_json = |media_type: &str| {
        let essence = media_type.split_once(';').map_or(media_type, |(essence, _)| essence);
        essence.trim().eq_ignore_ascii_case("application/json")
    };
    if !extract::media_type(request).is_some_and(|media_type| is_json(&media_type)) {
        return Err(Failure::UnsupportedMediaType);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(invalid("", "the body must be a JSON object".to_owned())),
        Err(error) => Err(Failure::BadRequest(format!("the body is not JSON: {error}"))),
    }
}

/// A field of text. One that is null is taken as absent.
pub(super) fn text(object: &Map<String, Value>, field: &str) -> Result<Option<String>, Failure> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(invalid(field, "must be text".to_owned())),
    }
}

/// A field with a whole number. One that is null is taken as absent.
fn number(object: &Map<String, Value>, field: &str) -> Result<Option<i64>, Failure> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or_else(|| invalid(field, "must be a whole number".to_owned())),
    }
}

/// What is wrong with a part of an item, under the name that the caller has for it.
pub(super) fn told(wrong: Wrong, name: impl FnOnce(Part) -> &'static str) -> Failure {
    invalid(name(wrong.part), wrong.message.to_owned())
}

fn field(part: Part) -> &'static str {
    match part {
        Part::Summary => "summary",
        Part::Details => "details",
        Part::Priority => "priority",
    }
}

fn status(object: &Map<String, Value>) -> Result<Option<ItemStatus>, Failure> {
    match object.get("status") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_str().and_then(ItemStatus::from_word) {
            Some(status) => Ok(Some(status)),
            None => Err(invalid("status", "must be \"open\" or \"closed\"".to_owned())),
        },
    }
}

/// A field that must be there and is not.
pub(super) fn missing(field: &str) -> Failure {
    invalid(field, "is missing".to_owned())
}

/// A field that is wrong.
pub(super) fn invalid(field: &str, message: String) -> Failure {
    Failure::Invalid { field: field.to_owned(), message }
}
