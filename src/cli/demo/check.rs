//! What the demo expects of the service. An expectation that does not hold ends the story with what was expected and
//! what came.

use serde_json::Value;

use crate::{
    cli::{CliError, client::http::Answer},
    oauth1::parse_urlencoded,
};

/// Expects that something is so.
///
/// # Errors
/// [`CliError::Failed`], saying what was expected and what came.
pub fn that(holds: bool, expected: &str, came: &str) -> Result<(), CliError> {
    if holds { Ok(()) } else { Err(CliError::Failed(format!("expected {expected}, and this came: {came}"))) }
}

/// Expects that something is there.
///
/// # Errors
/// As [`that`].
pub fn there<T>(found: Option<T>, expected: &str) -> Result<T, CliError> {
    found.ok_or_else(|| CliError::Failed(format!("expected {expected}, and there was none")))
}

/// Expects a status.
///
/// # Errors
/// As [`that`].
pub fn status(answer: &Answer, expected: u16) -> Result<(), CliError> {
    that(answer.status.as_u16() == expected, &format!("the status {expected}"), &shown(answer))
}

/// Expects a value in a JSON answer, at a pointer such as `/role/name`.
///
/// # Errors
/// As [`that`].
pub fn json(answer: &Answer, pointer: &str, expected: &Value) -> Result<(), CliError> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    that(body.pointer(pointer) == Some(expected), &format!("{pointer} to be {expected}"), &shown(answer))
}

/// Expects a refusal with a code of the Problem Reporting extension.
///
/// # Errors
/// As [`that`].
pub fn problem(answer: &Answer, expected: u16, code: &str) -> Result<(), CliError> {
    status(answer, expected)?;
    let pairs = parse_urlencoded(&answer.body).unwrap_or_default();
    let told = pairs.iter().any(|(name, value)| name == "oauth_problem" && value == code);
    that(told, &format!("oauth_problem={code}"), &shown(answer))
}

fn shown(answer: &Answer) -> String {
    format!("{} {}", answer.status, answer.text())
}
