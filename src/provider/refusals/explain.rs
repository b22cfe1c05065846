//! What can be said of a refusal, to somebody who may know. The store is not asked any more: trying mistakes takes its time, and
//! no connection waits for it.

use serde::Serialize;

use super::{Answered, Evidence, Found};
use crate::{
    clock::{self, UnixSeconds},
    oauth1::explain::{
        Diagnosis, Difference, Extent, Finding, Parameter, Place, Seen, Side, Text, Whole, compare, diagnose,
        normalised,
    },
    provider::policy,
    store::consumers::Consumer,
};

/// The most bytes of a client's own base string that are compared.
const LONGEST_OWN: usize = 64 * 1024;

/// A client's own base string, no longer than what is compared.
pub struct OwnBaseString(String);

/// It is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("at most {LONGEST_OWN} bytes are compared, and these are {0}")]
pub struct TooLongToCompare(usize);

impl OwnBaseString {
    /// What somebody pasted.
    ///
    /// # Errors
    /// [`TooLongToCompare`].
    pub fn parse(pasted: String) -> Result<Self, TooLongToCompare> {
        if pasted.len() > LONGEST_OWN { Err(TooLongToCompare(pasted.len())) } else { Ok(Self(pasted)) }
    }
}

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
    /// The base string; none where the request is not a signed one.
    pub base_string: Option<String>,
    /// What there is of a request that could not be read, or is too long: names and lengths.
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
    /// Whether these are words of this service about what it saw; else it is as it was sent, told or counted, whatever it says.
    pub in_words: bool,
}

impl Fact {
    /// What is as it is.
    pub fn plain(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), in_words: false }
    }

    fn in_words(name: &str, words: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value: words.into(), in_words: true }
    }

    /// What is as it is, if it is there.
    fn if_any(name: &str, value: Option<impl Into<String>>) -> Self {
        value.map_or_else(|| Self::in_words(name, "none"), |value| Self::plain(name, value))
    }
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

impl Found {
    /// Explains the refusal, and compares its base string with the client's own where one is given. It may take a while.
    pub fn explained(self, own: Option<&OwnBaseString>) -> Explained {
        let Self { id, mut evidence, consumer, secrets } = self;
        // A signature is found wrong only where somebody has the key: then it is one, even if it was taken away since.
        if consumer.is_none() && evidence.exact.is_none() {
            evidence.seen = evidence.seen.of_nobody();
        }
        let whole = evidence.exact.as_ref();
        let findings = match &secrets {
            Some(secrets) => in_words(&diagnose(whole, secrets), &evidence.seen),
            None => Vec::new(),
        };
        let comparison = own.map(|own| compared(&evidence.seen, whole, own));
        Explained { findings, comparison, ..explained(id, evidence, consumer.as_ref()) }
    }
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
                seen.body.size.unwrap_or_default()
            )];
        }
        Diagnosis::Unknown => {
            "None of the known mistakes gives this signature: probably the secret is wrong, the consumer's or the \
             token's. Paste the client's own base string to be sure: if it equals ours, it is the secret."
        }
        Diagnosis::NotTried if seen.extent == Extent::Cut => {
            "The request was too long to be kept whole, so the known mistakes could not be tried on it."
        }
        Diagnosis::NotTried => "There is too little of the request to try the known mistakes on it.",
    };
    vec![sentence.to_owned()]
}

fn compared(seen: &Seen, whole: Option<&Whole>, OwnBaseString(own): &OwnBaseString) -> Comparison {
    let equal = match whole {
        Some(_) => {
            "Both base strings are equal. So the key differs: the consumer's secret, the token's secret, how they are escaped \
             and joined, or the hash."
        }
        None => "Both base strings are equal, as far as it can be said: what is masked is not kept of this refusal.",
    };
    match compare(seen, whole, own) {
        None => Comparison {
            is_equal: true,
            position: 0,
            ours: Shown::default(),
            theirs: Shown::default(),
            causes: vec![equal.to_owned()],
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

fn explained(id: String, evidence: Evidence, consumer: Option<&Consumer>) -> Explained {
    let Evidence { answered, seen, exact } = evidence;
    let ahead = timestamp(&seen).map(|timestamp| timestamp.saturating_sub(answered.at));
    let (signed, base_string) = normalised(&seen, exact.as_ref());
    let parameters = signed.into_iter().map(|(Parameter { place, name, value }, normalised)| ShownParameter {
        place,
        name: name.to_string(),
        value: value.to_string(),
        normalised,
    });
    let cut = if seen.extent == Extent::Cut { " (too long)" } else { "" };
    Explained {
        id,
        at: clock::rfc3339(answered.at),
        consumer: consumer.map(|consumer| consumer.name.clone()),
        words: answered.remedy.in_words(ahead),
        findings: Vec::new(),
        facts: facts(&answered, &seen, ahead, consumer),
        parameters: parameters.collect(),
        base_string: (seen.extent == Extent::Signed).then_some(base_string),
        raw: seen
            .unread
            .iter()
            .map(|one| Fact::plain(format!("{}{cut}", piece(one.place)), one.text.to_string()))
            .collect(),
        comparison: None,
        told: answered.told.into_iter().map(|(name, value)| Fact::plain(name, value)).collect(),
        code: answered.code,
        status: answered.status,
    }
}

fn timestamp(seen: &Seen) -> Option<UnixSeconds> {
    let text = seen.value("oauth_timestamp")?.shown()?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(UnixSeconds::MAX))
}

fn facts(answered: &Answered, seen: &Seen, ahead: Option<i64>, consumer: Option<&Consumer>) -> Vec<Fact> {
    let shown = |name: &str, text: Option<&Text>| Fact::if_any(name, text.map(Text::to_string));
    // Of what could not be read it is known whose it is, where somebody has this key.
    let key = seen.value("oauth_consumer_key").map(Text::to_string);
    let key = key.or_else(|| consumer.map(|consumer| consumer.key.clone()));
    let difference = match ahead {
        Some(ahead) => Fact::plain("Clock difference", format!("{ahead:+} s")),
        None => Fact::in_words("Clock difference", "unknown"),
    };
    let mut facts = vec![
        Fact::plain("Method", &seen.method),
        Fact::plain("Base URI", format!("{}{}", seen.origin, seen.path())),
        shown("Host header", seen.host.as_ref()),
        public_urls(seen),
        Fact::if_any("Consumer key", key),
        shown("Token", seen.value("oauth_token")),
        shown("Signature method", seen.value("oauth_signature_method")),
        Fact::in_words("OAuth parameters in", places(seen)),
        shown("Content type", seen.content_type.as_ref()),
        Fact::in_words("Body", body(seen)),
        Fact::plain("Server's clock", format!("{} ({})", answered.at, clock::rfc3339(answered.at))),
        Fact::if_any("Request's time stamp", timestamp(seen).map(|at| at.to_string())),
        difference,
        Fact::plain("Accepted window", format!("±{} s", policy::TIMESTAMP_WINDOW_SECONDS)),
        Fact::if_any("Client's address", answered.client.as_ref()),
    ];
    if let (Some(sent), Some((sha1, sha256))) = (seen.value("oauth_body_hash"), &seen.body.hashes) {
        let hashes = format!("sent {sent}; SHA-1 gives {sha1}, SHA-256 {sha256}");
        facts.push(Fact::in_words("Body hash", hashes));
    }
    if !seen.other_schemes.is_empty() {
        facts.push(Fact::plain("Other Authorization schemes", seen.other_schemes.join(", ")));
    }
    facts
}

/// The public URLs, the one that the base string has first.
fn public_urls(seen: &Seen) -> Fact {
    let chosen = &seen.origin;
    let others: Vec<&str> = seen.origins.iter().filter(|origin| *origin != chosen).map(String::as_str).collect();
    let told = match &others[..] {
        [] => format!("{chosen} (chosen)"),
        others => format!("{chosen} (chosen), {}", others.join(", ")),
    };
    Fact::in_words("Public URLs", told)
}

/// Which piece of a request stands in this place.
fn piece(place: Place) -> &'static str {
    match place {
        Place::Header => "Authorization",
        Place::Query => "Query",
        Place::Body => "Form body",
    }
}

/// Where the protocol's parameters were found.
fn places(seen: &Seen) -> String {
    let is_protocol = |one: &Parameter<Text>| one.name.shown().is_some_and(|name| name.starts_with("oauth_"));
    let found = |place: &Place| seen.parameters.iter().any(|one| one.place == *place && is_protocol(one));
    let places: Vec<&str> = [Place::Header, Place::Query, Place::Body]
        .iter()
        .filter(|place| found(place))
        .map(|place| place.word())
        .collect();
    if places.is_empty() { "none".to_owned() } else { places.join(", ") }
}

fn body(seen: &Seen) -> String {
    match (seen.body.size, seen.is_form) {
        (None, _) => "not read, and not counted".to_owned(),
        (Some(0), _) => "empty".to_owned(),
        (Some(size), true) => format!("{size} bytes, counted as a form"),
        (Some(size), false) => format!("{size} bytes, not counted: it is no form"),
    }
}
