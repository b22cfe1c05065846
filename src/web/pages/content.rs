//! What each page says: plain data, one struct per page.
//!
//! Answers for the words and numbers that reach a template, finished: times, roles and states are already sentences.
//! Does not render, does not escape (the templates do) and knows no row of the database. What holds a secret, a
//! verifier or a CSRF token is not `Debug`.
//!
//! `P` stands for `/plugins/oauthprovider`.

mod consent;
mod consumers;
mod letters;
mod overview;
mod people;
mod projects;
mod records;
mod tokens;
mod trackers;

use serde::Serialize;

pub use consent::*;
pub use consumers::*;
pub use letters::*;
pub use overview::*;
pub use people::*;
pub use projects::*;
pub use records::*;
pub use tokens::*;
pub use trackers::*;

use crate::clock::UnixSeconds;

/// Who is logged in and looks at a page.
#[derive(Clone, Serialize)]
pub struct Viewer {
    /// The real name, or the user name where there is none.
    pub name: String,
    /// The log-in name, for the address of their own page.
    pub user: String,
    /// What the log out form in the head of the page posts.
    pub csrf_token: String,
    /// Whether the navigation leads to the tools.
    pub is_forge_admin: bool,
}

/// The front page: what this is and where to go.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Home(pub Endpoints);

/// The page for authors of tools: where this service answers and what it accepts.
#[derive(Debug, Clone, Serialize)]
pub struct Endpoints {
    /// The canonical public URL, without a slash at its end.
    pub base_url: String,
    /// The realm of `WWW-Authenticate`.
    pub realm: String,
    /// The accepted signature methods, the recommended one first.
    pub methods: Vec<String>,
    /// How far a timestamp may be off, both ways.
    pub timestamp_window_seconds: i64,
    /// How long temporary credentials live.
    pub request_token_seconds: i64,
    /// How long an access token lives at most, if there is an end to all of them.
    pub longest_token_seconds: Option<i64>,
    /// Whole programs that get a token and use it.
    pub examples: Vec<Example>,
    /// What a request can be refused for.
    pub problems: &'static [Problem],
}

/// A program that gets a token here and uses it.
#[derive(Debug, Clone, Serialize)]
pub struct Example {
    /// What it is written in, as the texts call it.
    pub name: &'static str,
    /// Its source, with this service's address in it.
    pub code: String,
}

/// What a request can be refused for.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Problem {
    /// The code, by which the texts know it too.
    pub code: &'static str,
    /// The status that it comes with.
    pub status: &'static str,
}

/// The log in form, also after a failure.
#[derive(Debug, Clone, Serialize)]
pub struct Login {
    /// The path to go to afterwards.
    pub next: String,
    /// The user name that was typed, or empty.
    pub username: String,
    /// What went wrong the last time, as the texts call it.
    pub message: Option<&'static str>,
}

/// A refusal or a failure, in words for a human.
#[derive(Clone, Serialize)]
pub struct ProblemPage {
    /// The HTTP status.
    pub status: u16,
    /// A few words, the page's heading, as the texts call it.
    pub title: &'static str,
    /// What happened and what to do about it, likewise; none: `words` are all there is.
    pub id: Option<&'static str>,
    /// The name in it.
    pub name: String,
    /// The number in it.
    pub count: i64,
    /// The same in English, as programs are told.
    pub words: String,
    /// What an operator finds in the log.
    pub reference: Option<String>,
    /// The form that was sent, where it may be answered another time.
    pub again: Option<TryAgain>,
}

/// A form that could not be answered, to be sent once more.
#[derive(Clone, Serialize)]
pub struct TryAgain {
    /// Why it may well be answered another time, as the texts call it.
    pub why: &'static str,
    /// Where it posts to: the path and query that it was posted to.
    pub action: String,
    /// What goes along unseen, as it was sent.
    pub typed: Vec<Typed>,
    /// What there is to see, and to type.
    pub asked: Vec<AskedAnew>,
    /// Whether there was too much in it: then nothing is repeated.
    pub is_too_much: bool,
}

impl TryAgain {
    /// What says of a form that there was too much in it.
    pub fn too_much(why: &'static str) -> Self {
        Self { why, action: String::new(), typed: Vec::new(), asked: Vec::new(), is_too_much: true }
    }
}

/// A field that is asked for anew.
#[derive(Debug, Clone, Serialize)]
pub struct AskedAnew {
    /// Its name.
    pub name: &'static str,
    /// The text that it is labelled with.
    pub label: &'static str,
    /// What was typed, if that is no secret.
    pub value: String,
    /// Whether what is typed is not to be seen.
    pub is_secret: bool,
    /// What a browser may fill in, as HTML calls it.
    pub autocomplete: &'static str,
}

/// The ways from a page of a list to the others: each an address, or empty.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pages {
    /// To where the list begins, from a page that begins further on.
    pub first: String,
    /// To where it goes on.
    pub older: String,
    /// Whether the page ends because so many were looked at, and not because it is full.
    pub looked_enough: bool,
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    /// The field's id on the page, which is its name where the page has one form: `callbacks` for instance.
    pub field: &'static str,
    /// What is wrong, as the texts call it; empty: `words` are all there is.
    pub mistake: &'static str,
    /// The same in English, where it has no text of its own.
    pub words: String,
}

impl FieldError {
    /// A mistake that the texts have a word for.
    pub fn of(field: &'static str, mistake: &'static str) -> Self {
        Self { field, mistake, words: String::new() }
    }

    /// A mistake that is a sentence.
    pub fn said(field: &'static str, words: String) -> Self {
        Self { field, mistake: "", words }
    }
}

/// One's own decisions that the tool has still to exchange.
#[derive(Clone, Serialize)]
pub struct RequestTokens {
    /// The decisions, in the order to show.
    pub rows: Vec<PendingRow>,
    /// The ways to the other pages.
    pub pages: Pages,
    /// Ties the forms to the session.
    pub csrf_token: String,
}

/// One line in the list of one's own open decisions.
#[derive(Debug, Clone, Serialize)]
pub struct PendingRow {
    /// The decision's number, for its form.
    pub id: i64,
    /// The tool that asked.
    pub consumer: String,
    /// The role that was lent.
    pub role: String,
    /// The title of its project; none: it is a role of the whole forge.
    pub project: Option<String>,
    /// When one decided.
    pub decided: UnixSeconds,
    /// When the tool comes too late.
    pub expires: UnixSeconds,
}
