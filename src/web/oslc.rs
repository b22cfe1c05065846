//! Items as the Jenkins OSLC plugin files them: one flat JSON object of prefixed keys, every value a text.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Path},
};
use serde_json::{Map, Value};

use super::{
    App, Failure,
    api::{invalid, json_object, missing, text},
};
use crate::forge::{
    Caller,
    tracker::{DEFAULT_PRIORITY, Report},
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
    Ok(Report {
        summary: first_text(object, &["dcterms:title", "dc:title"])?.ok_or_else(|| missing("dcterms:title"))?,
        details: first_text(object, &["dcterms:description", "dc:description"])?.unwrap_or_default(),
        priority: priority(object)?,
    })
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
fn priority(object: &Map<String, Value>) -> Result<i64, Failure> {
    for key in ["helios_bt:priority", "oslc_cm:priority"] {
        let number = match object.get(key) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_i64(),
        };
        return match number {
            Some(priority @ 1..=5) => Ok(priority),
            _ => Err(invalid(key, "must be a number from 1 to 5".to_owned())),
        };
    }
    Ok(DEFAULT_PRIORITY)
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
        let report = read(&sent).unwrap();
        assert_eq!(report.summary, "Hudson Build Failure");
        assert_eq!(report.details, "job:FAILURE $12 (http://ci/job/x/12/)");
        assert_eq!(report.priority, 4);
    }

    #[test]
    fn a_title_is_needed_and_a_priority_is_1_to_5() {
        assert!(read(&json!({"dcterms:description": "x"})).is_err());
        assert!(read(&json!({"dcterms:title": "x", "helios_bt:priority": "urgent"})).is_err());
        assert_eq!(read(&json!({"dc:title": "x", "helios_bt:priority": 2})).unwrap().priority, 2);
        assert_eq!(read(&json!({"dc:title": "x"})).unwrap().priority, 3);
    }
}
