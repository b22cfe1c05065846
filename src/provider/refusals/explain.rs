//! What can be said of a refusal, to somebody who may know. Secrets are loaded here, to try mistakes with, and none is told.

use serde::Serialize;

use super::{Evidence, KEPT_SECONDS};
use crate::{
    clock::{self, UnixSeconds},
    oauth1::{
        PublicKey,
        explain::{
            Diagnosis, Difference, Finding, Place, Secrets, Seen, Side, abbreviated, compare, diagnose, masked,
            normalised, shown_value, what_to_do,
        },
    },
    provider::{Error, policy},
    secret::Secret,
    store::{
        self, Connection,
        consumers::Consumer,
        refusals::{Listed, Whose},
    },
};

/// How many refusals a list shows.
const MOST_LISTED: i64 = 100;
/// How many request tokens' secrets are tried.
const MOST_REQUEST_TOKENS: i64 = 10;

/// A refusal, explained. Nothing in it is secret; what it says of a token is its beginning.
#[derive(Clone, Serialize)]
pub struct Explained {
    /// Under which it is looked up.
    pub id: String,
    /// When it was.
    pub at: String,
    /// The name of the consumer whose key the request names, if there is one.
    pub consumer: Option<String>,
    /// Why it was refused.
    pub code: String,
    /// The status of the answer.
    pub status: u16,
    /// What the answer said.
    pub told: Vec<Fact>,
    /// What it means and what to do, in plain words.
    pub words: String,
    /// What was found out about the signature.
    pub findings: Vec<String>,
    /// What was seen.
    pub facts: Vec<Fact>,
    /// Every parameter that is signed, in the order of the base string.
    pub parameters: Vec<ShownParameter>,
    /// The base string; none where the request could not be read.
    pub base_string: Option<String>,
    /// The pieces of a request that could not be read, or not be kept whole.
    pub raw: Vec<Fact>,
    /// How the client's own base string compares.
    pub comparison: Option<Comparison>,
}

/// Something that was seen or said.
#[derive(Clone, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// What it says.
    pub value: String,
}

/// A parameter, as far as it may be shown.
#[derive(Clone, Serialize)]
pub struct ShownParameter {
    /// Where it was found.
    pub place: Place,
    /// Its name, decoded.
    pub name: String,
    /// Its value, decoded.
    pub value: String,
    /// Both, as the base string has them before its last escaping.
    pub normalised: String,
}

/// The client's own base string beside ours.
#[derive(Clone, Serialize)]
pub struct Comparison {
    /// Whether there is no difference.
    pub is_equal: bool,
    /// How many characters are equal before the first difference.
    pub position: usize,
    /// What the service has there.
    pub ours: Shown,
    /// What the client has there.
    pub theirs: Shown,
    /// Why, in the order of the base string's parts.
    pub causes: Vec<String>,
}

/// The place of a difference.
#[derive(Clone, Default, Serialize)]
pub struct Shown {
    /// What is equal on both sides.
    pub before: String,
    /// What differs; empty where the text ends.
    pub piece: String,
    /// What follows.
    pub after: String,
}

/// The refusals that can still be looked up, newest first.
///
/// # Errors
/// Those of the store.
pub fn list(conn: &mut Connection, whose: Whose, now: UnixSeconds) -> Result<Vec<Listed>, Error> {
    Ok(store::refusals::list(conn, whose, now.saturating_sub(KEPT_SECONDS), MOST_LISTED)?)
}

/// Explains a refusal, and compares its base string with the client's own where one is given. `None`: there is no such
/// refusal, it is too old, or not one of those that are asked for.
///
/// # Errors
/// Those of the store.
pub fn explain(
    conn: &mut Connection,
    id: &str,
    whose: Whose,
    own_base_string: Option<&str>,
    now: UnixSeconds,
) -> Result<Option<Explained>, Error> {
    let Some(found) = store::refusals::find(conn, id, whose, now.saturating_sub(KEPT_SECONDS))? else {
        return Ok(None);
    };
    // What another version of this program wrote may say nothing to this one.
    let Ok(evidence) = Evidence::read(found.evidence.expose()) else { return Ok(None) };
    let consumer = match found.consumer {
        Some(id) => store::consumers::by_id(conn, id)?,
        None => None,
    };
    let findings = if evidence.code == Evidence::SIGNATURE_INVALID {
        let secrets = secrets(conn, &evidence.seen, consumer.as_ref())?;
        in_words(&diagnose(&evidence.seen, &secrets), &evidence.seen)
    } else {
        Vec::new()
    };
    let comparison = own_base_string.map(|own| compared(&evidence.seen, own));
    Ok(Some(explained(id, evidence, consumer.map(|consumer| consumer.name), findings, comparison)))
}

/// What the request may have been signed with.
fn secrets(conn: &mut Connection, seen: &Seen, consumer: Option<&Consumer>) -> Result<Secrets, store::Error> {
    let Some(consumer) = consumer else { return Ok(Secrets::default()) };
    let key = seen.claimed("oauth_token").unwrap_or_default();
    let consumer_secrets = store::consumer_secrets::opened(conn, (consumer.id, &consumer.key))?;
    Ok(Secrets {
        consumer: consumer_secrets.into_iter().map(|(_, secret)| secret).collect(),
        token: token_secret(conn, &key)?,
        request_tokens: store::request_tokens::latest_secrets(conn, consumer.id, MOST_REQUEST_TOKENS)?,
        public_key: consumer.public_key.as_deref().and_then(|pem| PublicKey::from_pem(pem).ok()),
    })
}

fn token_secret(conn: &mut Connection, key: &str) -> Result<Option<Secret>, store::Error> {
    if key.is_empty() {
        return Ok(None);
    }
    if let Some((_, secret)) = store::access_tokens::with_secret(conn, key)? {
        return Ok(Some(secret));
    }
    Ok(store::request_tokens::with_secret(conn, key)?.map(|(_, secret)| secret))
}

fn in_words(diagnosis: &Diagnosis, seen: &Seen) -> Vec<String> {
    let sentence = match diagnosis {
        Diagnosis::Mistakes(findings) => return findings.iter().map(Finding::sentence).collect(),
        Diagnosis::Right => {
            "The signature is right for the secrets of now: one of them was changed after the request was refused."
        }
        Diagnosis::WrongBodyHash => {
            return vec![format!(
                "The signature is right. What is wrong is oauth_body_hash: it is not the hash of the {} bytes that \
                 arrived. Hash the bytes of the body as they are sent, with the hash of the signature method, and write it \
                 in base64; or something in between changed the body.",
                seen.body.size
            )];
        }
        Diagnosis::Unknown => {
            "None of the known mistakes gives this signature: probably the secret is wrong, the consumer's or the \
             token's. Paste the client's own base string to be sure: if it equals ours, it is the secret."
        }
        Diagnosis::NotTried if seen.is_cut => {
            "The request was too long to be kept whole, so the known mistakes could not be tried on it."
        }
        Diagnosis::NotTried => "There is too little of the request to try the known mistakes on it.",
    };
    vec![sentence.to_owned()]
}

fn compared(seen: &Seen, own: &str) -> Comparison {
    match compare(seen, own) {
        None => Comparison {
            is_equal: true,
            position: 0,
            ours: Shown::default(),
            theirs: Shown::default(),
            causes: vec![
                "Both base strings are equal. So the key differs: the consumer's secret, the token's secret, how they are \
                 escaped and joined, or the hash."
                    .to_owned(),
            ],
        },
        Some(Difference { position, ours, theirs, causes }) => {
            Comparison { is_equal: false, position, ours: ours.into(), theirs: theirs.into(), causes }
        }
    }
}

impl From<Side> for Shown {
    fn from(side: Side) -> Self {
        Self { before: side.before, piece: side.piece, after: side.after }
    }
}

fn explained(
    id: &str,
    evidence: Evidence,
    consumer: Option<String>,
    findings: Vec<String>,
    comparison: Option<Comparison>,
) -> Explained {
    let seen = &evidence.seen;
    let is_readable = !seen.is_cut && seen.read().is_ok();
    let ahead = timestamp(seen).map(|timestamp| timestamp.saturating_sub(evidence.at));
    let (signed, base_string) = normalised(seen);
    let parameters = signed.into_iter().map(|(parameter, normalised)| ShownParameter {
        value: shown_value(&parameter.name, &parameter.value),
        place: parameter.place,
        normalised: masked(&normalised),
        name: parameter.name,
    });
    Explained {
        id: id.to_owned(),
        at: clock::rfc3339(evidence.at),
        consumer,
        words: what_to_do(&evidence.code, ahead),
        findings,
        facts: facts(&evidence, ahead),
        parameters: parameters.collect(),
        base_string: is_readable.then(|| masked(&base_string)),
        raw: if is_readable { Vec::new() } else { raw(seen) },
        comparison,
        told: evidence.told.into_iter().map(|(name, value)| Fact { name, value }).collect(),
        code: evidence.code,
        status: evidence.status,
    }
}

fn timestamp(seen: &Seen) -> Option<UnixSeconds> {
    let text = seen.claimed("oauth_timestamp")?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(UnixSeconds::MAX))
}

fn facts(evidence: &Evidence, ahead: Option<i64>) -> Vec<Fact> {
    let seen = &evidence.seen;
    let or_none = |text: Option<&String>| text.cloned().unwrap_or_else(|| "none".to_owned());
    let mut facts = vec![
        ("Method", seen.method.clone()),
        ("Base URI", format!("{}{}", seen.origin, seen.path)),
        ("Host header", or_none(seen.host.as_ref())),
        ("Public URLs", public_urls(seen)),
        ("Consumer key", seen.claimed("oauth_consumer_key").unwrap_or_else(|| "none".to_owned())),
        ("Token", seen.claimed("oauth_token").map_or_else(|| "none".to_owned(), |key| abbreviated(&key))),
        ("Signature method", seen.claimed("oauth_signature_method").unwrap_or_else(|| "none".to_owned())),
        ("OAuth parameters in", places(seen)),
        ("Content type", or_none(seen.content_type.as_ref())),
        ("Body", body(seen)),
        ("Server's clock", format!("{} ({})", evidence.at, clock::rfc3339(evidence.at))),
        ("Request's time stamp", timestamp(seen).map_or_else(|| "none".to_owned(), |at| at.to_string())),
        ("Clock difference", ahead.map_or_else(|| "unknown".to_owned(), |ahead| format!("{ahead:+} s"))),
        ("Accepted window", format!("±{} s", policy::TIMESTAMP_WINDOW_SECONDS)),
        ("Client's address", or_none(evidence.client.as_ref())),
    ];
    if let (Some(sent), Some((sha1, sha256))) = (seen.claimed("oauth_body_hash"), &seen.body.hashes) {
        facts.push(("Body hash", format!("sent {sent}; SHA-1 gives {sha1}, SHA-256 {sha256}")));
    }
    if !seen.other_schemes.is_empty() {
        facts.push(("Other Authorization schemes", seen.other_schemes.join(", ")));
    }
    facts.into_iter().map(|(name, value)| Fact { name: name.to_owned(), value }).collect()
}

fn public_urls(seen: &Seen) -> String {
    let chosen = |origin: &String| match *origin == seen.origin {
        true => format!("{origin} (chosen)"),
        false => origin.clone(),
    };
    seen.origins.iter().map(chosen).collect::<Vec<_>>().join(", ")
}

/// Where the protocol's parameters were found.
fn places(seen: &Seen) -> String {
    let mut places: Vec<&str> = Vec::new();
    for parameter in seen.parameters().iter().filter(|parameter| parameter.name.starts_with("oauth_")) {
        if !places.contains(&parameter.place.word()) {
            places.push(parameter.place.word());
        }
    }
    if places.is_empty() { "none".to_owned() } else { places.join(", ") }
}

fn body(seen: &Seen) -> String {
    let counted = match (seen.body.size, seen.is_form) {
        (0, _) => return "empty".to_owned(),
        (_, true) => "counted as a form",
        (_, false) => "not counted: it is no form",
    };
    format!("{} bytes, {counted}", seen.body.size)
}

/// The pieces as they arrived, for who has to see what is malformed.
fn raw(seen: &Seen) -> Vec<Fact> {
    let query = seen.query.iter().map(|query| ("Query", query));
    let headers = seen.authorization.iter().map(|header| ("Authorization", header));
    let body = seen.body.text.iter().filter(|_| seen.is_form).map(|body| ("Form body", body));
    let pieces = [("Path", &seen.path)].into_iter().chain(query).chain(headers).chain(body);
    let cut = if seen.is_cut { " (cut)" } else { "" };
    pieces.map(|(name, text)| Fact { name: format!("{name}{cut}"), value: masked(text) }).collect()
}
