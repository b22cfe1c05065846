//! Which record is meant: by the database that a service is on, by the address at which it answers, or all of them.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex, MutexGuard, Once, Weak},
};

use oauthprovider::{
    cli::serve::log_to,
    config::{Log, LogFormat, LogLevel},
};
use tracing_subscriber::util::SubscriberInitExt;

use super::{Home, Kind, Record, Told, read, whole};
use crate::support::Tool;

/// Who is listened to.
#[derive(Default)]
struct Known {
    /// Every record that is kept, perhaps some that are not any more.
    records: Vec<Weak<Told>>,
    /// By a database's URL or by an authority; `None` where nobody listens, on purpose.
    names: BTreeMap<String, Option<Weak<Told>>>,
}

static KNOWN: Mutex<Known> = Mutex::new(Known { records: Vec::new(), names: BTreeMap::new() });

fn known() -> MutexGuard<'static, Known> {
    whole(&KNOWN)
}

impl Record {
    /// The record of a database, from now on known by its URL.
    pub fn of_database(url: &str) -> Self {
        let record = Self::new();
        let password = url::Url::parse(url).ok().and_then(|url| url.password().map(str::to_owned));
        record.keep(&password.unwrap_or_default());
        record.is_known_as(url);
        record
    }

    /// The record that a program writes in which is given these words: that of the database or of the service that it
    /// names first, or one of its own.
    pub fn of_words(words: &[String]) -> Self {
        let known = known();
        let named = words.iter().filter_map(|word| known.names.get(authority(word))?.as_ref()?.upgrade()).next();
        drop(known);
        named.map_or_else(Self::new, |told| Self::held(&told))
    }

    /// Listens to the service at this base, whoever was there before. A loopback address has a name too.
    pub fn serves(&self, base: &str) {
        names(base).iter().for_each(|name| self.is_known_as(name));
    }

    fn is_known_as(&self, name: &str) {
        let told = Arc::downgrade(&self.0);
        let mut known = known();
        known.records.retain(|other| other.strong_count() > 0 && !other.ptr_eq(&told));
        known.records.push(told.clone());
        known.names.insert(name.to_owned(), Some(told));
    }
}

/// What this service answers is not written down: it is too much.
pub(in crate::support) fn nobody_listens_to(base: &str) {
    known().names.insert(authority(base).to_owned(), None);
}

/// The record of the service at an authority. Nobody can speak to one that is listened to by chance.
#[track_caller]
fn told_of(authority: &str) -> Option<Arc<Told>> {
    let told = known().names.get(authority).cloned();
    let told =
        told.unwrap_or_else(|| panic!("nobody knows who listens to {authority}: it should be a Forge or a Service"));
    told.and_then(|told| told.upgrade())
}

/// Writes an answer down.
#[track_caller]
pub fn heard(authority: &str, answer: &[u8]) {
    if let Some(told) = told_of(authority) {
        told.hears(Kind::Answer, authority, &String::from_utf8_lossy(answer));
    }
}

/// Notes what is secret in a request as it goes out: what it is signed with and what it proves.
#[track_caller]
pub fn said(authority: &str, request: &[u8]) {
    if let Some(told) = told_of(authority) {
        let secrets = read::request(&String::from_utf8_lossy(request));
        told.open(|pages| pages.note(secrets, Home::Nowhere));
    }
}

/// Notes what a tool signs with; it may sign for nobody.
pub(in crate::support) fn signs(tool: &Tool) {
    let told = known().names.get(authority(&tool.base)).cloned().flatten();
    if let Some(told) = told.and_then(|told| told.upgrade()) {
        let of_token = tool.token.as_ref().map(|token| token.secret.clone());
        told.open(|pages| pages.note([tool.secret.clone()].into_iter().chain(of_token), Home::Nowhere));
    }
}

/// The authorities of the service at this base.
pub(super) fn names(base: &str) -> [String; 2] {
    let authority = authority(base);
    [authority.to_owned(), authority.replace("127.0.0.1", "localhost")]
}

/// What is between a URL's scheme and its path; what is no URL of HTTP stays as it is.
fn authority(url: &str) -> &str {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    rest.map_or(url, |rest| rest.split(['/', '?']).next().unwrap_or_default())
}

/// From now on everything is heard that this process logs, as the program would log it that is told to say all.
pub(super) fn listen() {
    static ONCE: Once = Once::new();
    let everything = Log { level: LogLevel::Trace, format: LogFormat::Text };
    ONCE.call_once(|| log_to(&everything, || Ear).init());
}

/// Writes a line of the log into every record.
struct Ear;

impl Write for Ear {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let records: Vec<_> = known().records.iter().filter_map(Weak::upgrade).collect();
        for told in records {
            whole(&told.log_of_this_process).push_str(&String::from_utf8_lossy(line));
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
