//! What a service is heard to say, for the test that asks what stays unsaid.
//!
//! While a test keeps a record of a service, each of its answers is in it however it was asked for, and so is each secret
//! that an actor reads in an answer, signs with or sends. No test has to remember to look.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use super::{Answer, Call, Tool, browser::unescape, encoded};

/// The records that are kept, by the authority of their service.
static RECORDS: Mutex<BTreeMap<String, Told>> = Mutex::new(BTreeMap::new());

/// A record; it is kept until this is dropped.
pub struct Record {
    told: Told,
}

/// The part of a record that is shared with those who write in it.
#[derive(Clone, Debug, Default)]
struct Told(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    answers: Vec<String>,
    secrets: BTreeMap<String, Home>,
}

/// Where a secret may stand. In the log it never may.
#[derive(Clone, Copy, Debug)]
enum Home {
    /// In no answer: the service was told it, or knows it.
    Nowhere,
    /// In the one answer of this number, which gives it to whom it belongs.
    In(usize),
    /// In any answer: in an address or a form.
    Anywhere,
}

/// The place of an answer in a record.
#[derive(Clone, Debug)]
pub(super) struct Place {
    told: Told,
    number: usize,
}

impl Record {
    /// Begins a record of the service at this base.
    pub fn of(base: &str) -> Self {
        let authority = base.strip_prefix("http://").unwrap().to_owned();
        let told = Told::default();
        RECORDS.lock().unwrap().insert(authority, told.clone());
        Self { told }
    }

    /// A secret that the service knows and nobody here says.
    pub fn keep(&self, secret: &str) {
        self.told.note(secret, Home::Nowhere);
    }

    /// How many secrets answers gave.
    pub fn given(&self) -> usize {
        let pages = self.told.0.lock().unwrap();
        pages.secrets.values().filter(|home| matches!(home, Home::In(_))).count()
    }

    /// Makes sure that each secret stands in the answer that gives it, if one does, and in no other.
    #[track_caller]
    pub fn tells_each_secret_once(&self) {
        let pages = self.told.0.lock().unwrap();
        for (secret, home) in &pages.secrets {
            for (number, answer) in pages.answers.iter().enumerate() {
                let is_its_own = match home {
                    Home::Nowhere => false,
                    Home::In(here) => *here == number,
                    Home::Anywhere => continue,
                };
                assert_eq!(holds(answer, secret), is_its_own, "{secret} and answer {number}: {answer}");
            }
        }
    }

    /// Makes sure that no secret of the record, and nothing that only answers may hold, stands in a log.
    #[track_caller]
    pub fn is_kept_from(&self, log: &str) {
        for secret in self.told.0.lock().unwrap().secrets.keys() {
            assert!(!holds(log, secret), "{secret} in the log: {log}");
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        // Another service may have been given the port meanwhile, and a record of its own.
        RECORDS.lock().unwrap().retain(|_, told| !Arc::ptr_eq(&told.0, &self.told.0));
    }
}

impl Told {
    fn of(authority: &str) -> Option<Self> {
        RECORDS.lock().unwrap().get(authority).cloned()
    }

    /// What is known of a secret already stays: whoever signs with it has read it before.
    fn note(&self, secret: &str, home: Home) {
        if !secret.is_empty() {
            self.0.lock().unwrap().secrets.entry(secret.to_owned()).or_insert(home);
        }
    }
}

impl Answer {
    /// Notes that this answer gives a secret to whom it belongs.
    pub(super) fn gives(&self, secret: &str) {
        if let Some(place) = &self.place {
            place.told.note(secret, Home::In(place.number));
        }
    }

    /// Notes that this answer, as others may, holds what is not for the log.
    pub(super) fn shows(&self, text: &str) {
        if let Some(place) = &self.place {
            place.told.note(text, Home::Anywhere);
        }
    }
}

/// Writes an answer down, and gives its place.
pub(super) fn heard(authority: &str, answer: &[u8]) -> Option<Place> {
    let told = Told::of(authority)?;
    let mut pages = told.0.lock().unwrap();
    let number = pages.answers.len();
    pages.answers.push(String::from_utf8_lossy(answer).into_owned());
    drop(pages);
    Some(Place { told, number })
}

/// Notes what is secret in a request that goes out: what it is signed with and what it proves.
pub(super) fn said(authority: &str, call: &Call) {
    let Some(told) = Told::of(authority) else { return };
    let headers = call.headers.iter().map(|(_, value)| value.clone());
    for text in headers.chain([call.url.clone(), String::from_utf8_lossy(&call.body).into_owned()]) {
        for name in ["oauth_signature=", "oauth_verifier=", "password="] {
            for after in text.split(name).skip(1) {
                let value = after.trim_start_matches('"').split(['"', '&', ',', ' ']).next().unwrap_or_default();
                told.note(&decoded(value), Home::Nowhere);
            }
        }
    }
}

/// Notes what a tool signs with.
pub(super) fn signs(tool: &Tool) {
    if let Some(told) = tool.base.strip_prefix("http://").and_then(Told::of) {
        told.note(&tool.secret, Home::Nowhere);
        tool.token.iter().for_each(|token| told.note(&token.secret, Home::Nowhere));
    }
}

/// Does this text hold a secret, however it is written there?
fn holds(text: &str, secret: &str) -> bool {
    let (in_header, in_page) = (encoded(secret), unescape(text));
    let in_form = in_header.replace("%20", "+");
    [secret, &in_header, &in_form].iter().any(|written| text.contains(*written) || in_page.contains(*written))
}

fn decoded(value: &str) -> String {
    oauthprovider::oauth1::parse_urlencoded(format!("x={value}").as_bytes()).unwrap().remove(0).1
}
