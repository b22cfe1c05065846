//! What a refusal says, in one line: the problem's code, the advice, and what is missing.

use serde_json::Value;

use super::http::{Answer, FORM, JSON};
use crate::{
    cli::terminal::plain,
    oauth1::{Pairs, parse_urlencoded},
};

/// The longest text of an unknown kind that is repeated.
const LONGEST_TEXT: usize = 200;

/// Says why an answer is not what was asked for.
pub fn describe(answer: &Answer) -> String {
    let reason = if answer.is(FORM) {
        problem(&parse_urlencoded(&answer.body).unwrap_or_default())
    } else if answer.is(JSON) {
        json(&serde_json::from_slice(&answer.body).unwrap_or_default())
    } else {
        short_text(answer)
    };
    let said = reason.map_or_else(String::new, |reason| format!(": {reason}"));
    let wait = answer.header("retry-after").map_or_else(String::new, |wait| format!(" (try again in {wait} s)"));
    // The server chose these words, and they stand in the middle of ours.
    plain(&format!("the server answered {}{said}{wait}", answer.status)).into_owned()
}

/// The parameters of the Problem Reporting extension.
fn problem(pairs: &Pairs) -> Option<String> {
    let find = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let mut told = find("oauth_problem")?.to_owned();
    if let Some(advice) = find("oauth_problem_advice") {
        told = format!("{told}: {advice}");
    }
    let details = pairs.iter().filter(|(name, _)| !matches!(name.as_str(), "oauth_problem" | "oauth_problem_advice"));
    let details: Vec<String> = details.map(|(name, value)| format!("{name}={value}")).collect();
    if details.is_empty() { Some(told) } else { Some(format!("{told} ({})", details.join(", "))) }
}

/// The error object of the signed interface.
fn json(object: &Value) -> Option<String> {
    let find = |name: &str| object.get(name).and_then(Value::as_str);
    let code = find("error")?;
    Some(match (find("role"), find("needs"), find("field"), find("message")) {
        (Some(role), Some(needs), ..) => format!("{code}: the role {role} lacks \"{needs}\""),
        (Some(role), None, ..) => format!("{code}: {role}"),
        (None, _, Some(field), Some(message)) => format!("{code}: {field} {message}"),
        (None, _, None, Some(message)) => format!("{code}: {message}"),
        _ => code.to_owned(),
    })
}

fn short_text(answer: &Answer) -> Option<String> {
    let text = answer.text();
    let text = text.trim();
    let fits = answer.is("text/plain") && !text.is_empty() && text.len() <= LONGEST_TEXT;
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use ureq::http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    fn told(status: u16, media_type: &'static str, body: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(media_type));
        let status = StatusCode::from_u16(status).unwrap();
        describe(&Answer { status, headers, body: body.as_bytes().to_vec() })
    }

    #[test]
    fn a_problem_is_told_with_its_advice_and_its_details() {
        assert_eq!(
            told(401, "application/x-www-form-urlencoded", "oauth_problem=nonce_used"),
            "the server answered 401 Unauthorized: nonce_used"
        );
        let body = "oauth_problem=parameter_absent&oauth_problem_advice=Send+it.&oauth_parameters_absent=oauth_nonce";
        assert_eq!(
            told(400, "application/x-www-form-urlencoded; charset=utf-8", body),
            "the server answered 400 Bad Request: parameter_absent: Send it. (oauth_parameters_absent=oauth_nonce)"
        );
    }

    #[test]
    fn a_lacking_right_is_told() {
        let body = r#"{"error": "permission_denied", "role": "Reporter", "needs": "tracker:bugs tech"}"#;
        let said = "permission_denied: the role Reporter lacks \"tracker:bugs tech\"";
        assert_eq!(told(403, JSON, body), format!("the server answered 403 Forbidden: {said}"));
    }

    #[test]
    fn what_says_nothing_is_told_by_its_status() {
        for (media_type, body) in [("text/html", "<p>No</p>"), (JSON, "[]"), (JSON, "{"), (FORM, "a=%zz")] {
            assert_eq!(told(404, media_type, body), "the server answered 404 Not Found");
        }
    }
}
