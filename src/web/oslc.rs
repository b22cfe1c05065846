//! Items as the Jenkins OSLC plugin files them: one flat JSON object of prefixed keys, every value a text.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Path},
};
use serde_json::{Map, Value};

use super::{
    App, Failure,
    api::{invalid, json_object, missing, text, told},
};
use crate::forge::{
    Caller,
    tracker::{Part, Report},
};

/// `POST /plugins/oslc/cm/project/{project}/tracker/{tracker}`. Keys that mean nothing here are ignored.
pub async fn file(
    app: Data<App>,
    request: HttpRequest,
    caller: Caller,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, Failure> {
    let report = json_object(&request, &body).and_then(|object| report(&object));
    app.file_item(&request, caller, path.into_inner(), report).await
}

fn report(object: &Map<String, Value>) -> Result<Report, Failure> {
    let summary = first_text(object, &["dcterms:title", "dc:title"])?.ok_or_else(|| missing("dcterms:title"))?;
    let details = first_text(object, &["dcterms:description", "dc:description"])?;
    Report::new(summary, details, priority(object)?).map_err(|wrong| told(wrong, key))
}

fn key(part: Part) -> &'static str {
    match part {
        Part::Summary => "dcterms:title",
        Part::Details => "dcterms:description",
        Part::Priority => "helios_bt:priority",
    }
}

fn first_text(object: &Map<String, Value>, keys: &[&str]) -> Result<Option<String>, Failure> {
    for key in keys {
        if let Some(found) = text(object, key)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The plugin writes numbers as texts; other clients as numbers.
fn priority(object: &Map<String, Value>) -> Result<Option<i64>, Failure> {
    for name in ["helios_bt:priority", "oslc_cm:priority"] {
        let number = match object.get(name) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_i64(),
        };
        return number.map(Some).ok_or_else(|| invalid(name, "must be a whole number".to_owned()));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<Report, Failure> {
        report(value.as_object().unwrap())
    }

    #[test]
    fn what_the_jenkins_plugin_sends_is_understood() {
        let sent = json!({
            "dcterms:title": "Hudson Build Failure", "dcterms:description": "job:FAILURE $12 (http://ci/job/x/12/)",
            "oslc_cm:status": "Open", "helios_bt:priority": "4", "helios_bt:assigned_to": "Nobody",
        });
        let details = Some("job:FAILURE $12 (http://ci/job/x/12/)".to_owned());
        assert_eq!(read(&sent).unwrap(), Report::new("Hudson Build Failure".to_owned(), details, Some(4)).unwrap());
    }

    #[test]
    fn a_title_is_needed_and_a_priority_is_1_to_5() {
        assert!(read(&json!({"dcterms:description": "x"})).is_err());
        assert!(read(&json!({"dcterms:title": "x", "helios_bt:priority": "urgent"})).is_err());
        assert!(read(&json!({"dcterms:title": "x", "helios_bt:priority": "6"})).is_err());
        let with = |priority| Report::new("x".to_owned(), None, priority).unwrap();
        assert_eq!(read(&json!({"dc:title": "x", "helios_bt:priority": 2})).unwrap(), with(Some(2)));
        assert_eq!(read(&json!({"dc:title": "x"})).unwrap(), with(None));
    }
}
