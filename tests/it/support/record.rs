//! What is heard of a service while it is tested, so that it can be asked what stayed unsaid.
//!
//! **Every** test keeps a record, and none has to ask for it: a database has one from its beginning to its end, and
//! whatever is about that database is in it, at the most talkative log level. That is each answer of its services, however
//! it was asked for; each line of their logs, those of services in this process too; and what commands print. So is each
//! secret that somebody is given, sends or signs with. When the last who holds the record lets go of it, everything in it
//! is searched for each of its secrets, and the test fails where one stands that is not in its place.
//!
//! | file | answers for |
//! | --- | --- |
//! | `known.rs` | which record is meant: by a database, by an address, or all of them |
//! | `read.rs` | what is secret in what is sent, answered and printed |
//! | `search.rs` | finding a secret however it is written |

mod known;
mod read;
mod search;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use self::read::Secrets;
pub use known::{heard, said};
pub(super) use known::{nobody_listens_to, signs};

use super::{FORGE, PASSWORD, SERVER_KEY};

/// Shorter ones are no secrets but guesses (`wrong`), and are found everywhere.
const SHORTEST: usize = 8;

/// A record, as somebody holds it who is not through. The last who lets go has it searched.
pub struct Record(Arc<Told>);

/// The part of a record that is shared with those who write in it.
#[derive(Default)]
struct Told {
    holders: AtomicUsize,
    pages: Mutex<Pages>,
    /// What the services in this process log, and others meanwhile: nobody knows whose line is whose. It is apart, because
    /// all of them write in it, and would wait while this record is searched.
    log_of_this_process: Mutex<String>,
}

/// All that is in a record.
#[derive(Default)]
struct Pages {
    texts: Vec<Text>,
    secrets: BTreeMap<String, Home>,
    /// The services that are processes of their own, by authority, and how many lines of log each wrote; none while it runs.
    processes: BTreeMap<String, Option<usize>>,
}

/// One thing that was heard.
struct Text {
    kind: Kind,
    /// Who said it.
    by: String,
    said: String,
}

/// What a text is, by which it may hold more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What a service answered, with its headers.
    Answer,
    /// What a command printed for who ran it.
    Output,
    /// What `token list --json` printed. Whole tokens are promised there, without their secrets, to who may do everything.
    Listing,
    /// What a service or a command said for whoever looks after it.
    Log,
}

/// Where a secret may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// Nowhere: the service was told it, or knows it.
    Nowhere,
    /// In the one text of this number, which gives it to whom it belongs.
    In(usize),
    /// In the text that gives it, if one does, and in listings: a whole access token.
    Listed(Option<usize>),
    /// In any answer or output, for it stands in addresses and forms; in a log it may not.
    OutOfTheLog,
}

/// How much a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub answers: usize,
    pub outputs: usize,
    pub lines_of_log: usize,
    /// What is looked for, in each of these.
    pub secrets: usize,
    /// How many of the secrets a text gives.
    pub given: usize,
}

impl Record {
    /// One that nobody else writes in.
    pub fn new() -> Self {
        known::listen();
        let record = Self::held(&Arc::default());
        record.keep(PASSWORD);
        record.keep(SERVER_KEY);
        record.0.open(|pages| pages.note(read::named_in_json(FORGE), Home::Nowhere));
        record
    }

    fn held(told: &Arc<Told>) -> Self {
        told.holders.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(told))
    }

    /// A secret that the service knows, or is told.
    pub fn keep(&self, secret: &str) {
        self.0.open(|pages| pages.note([secret.to_owned()], Home::Nowhere));
    }

    /// Takes back that something is a secret.
    pub fn forget(&self, no_secret: &str) {
        self.0.open(|pages| pages.secrets.remove(no_secret));
    }

    /// The secrets in a file: a forge to be loaded, a private key, or server keys.
    pub fn keep_those_of(&self, file: &str) {
        let secrets = read::named_in_json(file).chain(read::private_key(file)).chain(read::server_keys(file));
        self.0.open(|pages| pages.note(secrets, Home::Nowhere));
    }

    /// An access token that no text gave.
    pub fn keep_access_token(&self, key: &str, secret: &str) {
        self.0.open(|pages| pages.note([key.to_owned()], Home::Listed(None)));
        self.keep(secret);
    }

    /// The secrets among the words that a program is given.
    pub fn keep_those_among(&self, words: &[String]) {
        self.0.open(|pages| pages.note(read::words(words), Home::Nowhere));
    }

    /// An answer, as it came over the wire.
    pub fn answered(&self, by: &str, answer: &str) {
        self.0.hears(Kind::Answer, by, answer);
    }

    /// What a command printed on its standard output.
    pub fn printed(&self, by: &str, output: &str) {
        let is_listing = by == "oauthprovider token list" && output.starts_with('[');
        self.0.hears(if is_listing { Kind::Listing } else { Kind::Output }, by, output);
    }

    /// What somebody logged.
    pub fn logged(&self, by: &str, log: &str) {
        self.0.hears(Kind::Log, by, log);
    }

    /// A service that is a process of its own has begun (no lines yet) or ended. Unlike those of this process it can be asked
    /// for its own log.
    pub fn is_process(&self, base: &str, lines_of_log: Option<usize>) {
        let [authority, _] = known::names(base);
        self.0.open(|pages| pages.processes.insert(authority, lines_of_log));
    }

    /// Looks for each secret in everything that was heard until now.
    ///
    /// # Errors
    /// Where one stands that is not in its place: which, who said it, and the line.
    pub fn search(&self) -> Result<Figures, String> {
        let log_of_this_process = whole(&self.0.log_of_this_process).clone();
        self.0.open(|pages| pages.search(&log_of_this_process))
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let is_last = self.0.holders.fetch_sub(1, Ordering::SeqCst) == 1;
        // A test that failed already would end the whole process by failing once more.
        if !is_last || thread::panicking() {
            return;
        }
        match self.search() {
            Ok(figures) => println!("heard: {figures:?}"),
            Err(leaked) => panic!("{leaked}"),
        }
    }
}

impl Told {
    fn open<T>(&self, with: impl FnOnce(&mut Pages) -> T) -> T {
        with(&mut whole(&self.pages))
    }

    fn hears(&self, kind: Kind, by: &str, said: &str) {
        self.open(|pages| {
            let number = pages.texts.len();
            let read = match kind {
                Kind::Answer => read::answer(said),
                Kind::Output => read::output(said),
                Kind::Listing | Kind::Log => Secrets::default(),
            };
            pages.texts.push(Text { kind, by: by.to_owned(), said: said.to_owned() });
            pages.note(read.given, Home::In(number));
            pages.note(read.access_token, Home::Listed(Some(number)));
            pages.note(read.shown, Home::OutOfTheLog);
        });
    }
}

/// Whoever failed with it in hand left it whole.
fn whole<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pages {
    /// What is known of a secret already stays: whoever signs with it was given it before, and once is enough.
    fn note(&mut self, secrets: impl IntoIterator<Item = String>, home: Home) {
        for secret in secrets.into_iter().filter(|secret| secret.chars().count() >= SHORTEST) {
            self.secrets.entry(secret).or_insert(home);
        }
    }

    fn figures(&self, log_of_this_process: &str) -> Figures {
        let of = |kind| self.texts.iter().filter(move |text| text.kind == kind);
        let lines = of(Kind::Log).map(|text| text.said.lines().count()).sum::<usize>();
        Figures {
            answers: of(Kind::Answer).count(),
            outputs: of(Kind::Output).chain(of(Kind::Listing)).count(),
            lines_of_log: lines + log_of_this_process.lines().count(),
            secrets: self.secrets.len(),
            given: self.secrets.values().filter(|home| matches!(home, Home::In(_) | Home::Listed(Some(_)))).count(),
        }
    }

    /// Who answered and logged nothing. Of the lines of one process nobody knows whose they are: for its services any will do.
    fn silent(&self, lines_of_log: usize) -> Option<&str> {
        let of_processes: usize = self.processes.values().flatten().sum();
        let mut answered = self.texts.iter().filter(|text| text.kind == Kind::Answer).map(|text| text.by.as_str());
        let of_all_others = lines_of_log.saturating_sub(of_processes);
        answered.find(|by| match self.processes.get(&by.replace("localhost", "127.0.0.1")) {
            Some(own) => *own == Some(0),
            None => of_all_others == 0,
        })
    }

    fn search(&self, log_of_this_process: &str) -> Result<Figures, String> {
        let figures = self.figures(log_of_this_process);
        if let Some(silent) = self.silent(figures.lines_of_log) {
            return Err(format!("{silent} answered and logged nothing: nobody listens to it ({figures:?})"));
        }
        let looked_for = search::Secrets::new(self.secrets.keys().map(String::as_str));
        let own = (None, Kind::Log, "a service of this process", log_of_this_process);
        let others =
            self.texts.iter().enumerate().map(|(n, text)| (Some(n), text.kind, text.by.as_str(), text.said.as_str()));
        for (number, kind, by, said) in others.chain([own]) {
            if let Some((secret, line)) = looked_for.astray_in(said, |secret| self.secrets[secret].is(number, kind)) {
                let home = self.told(self.secrets[secret]);
                return Err(format!("the secret {secret:?} ({home}) stands in the {kind:?} of {by}: {line}"));
            }
        }
        Ok(figures)
    }

    /// A home, in words.
    fn told(&self, home: Home) -> String {
        match home {
            Home::Nowhere => "which may stand nowhere".to_owned(),
            Home::In(number) => format!("which {} gave", self.texts[number].by),
            Home::Listed(Some(number)) => format!("a whole access token, which {} gave", self.texts[number].by),
            Home::Listed(None) => "a whole access token".to_owned(),
            Home::OutOfTheLog => "which may stand in no log".to_owned(),
        }
    }
}

impl Home {
    /// May a secret of this home stand in a text of this number and kind?
    fn is(self, number: Option<usize>, kind: Kind) -> bool {
        match self {
            Self::Nowhere => false,
            Self::In(own) => number == Some(own),
            Self::Listed(own) => own.is_some() && number == own || kind == Kind::Listing,
            Self::OutOfTheLog => kind != Kind::Log,
        }
    }
}
