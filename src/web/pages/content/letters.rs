//! What a letter says: facts for the template of letters, each in one line.

use serde::Serialize;

use crate::{
    clock::UnixSeconds,
    forge::prints,
    provider::mail::{
        Hand, News,
        queue::{Due, Recipient},
    },
};

/// A letter to a user about one token.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// What is told: `created`, `ending`, `asleep` or `revoked`.
    pub kind: &'static str,
    /// To whom.
    pub name: String,
    /// The tool that has the token.
    pub tool: String,
    /// Its role.
    pub role: String,
    /// What its user calls it.
    pub label: Option<String>,
    /// Whose doing it was: `tool`, `own`, `user` or `operator`.
    pub by: Option<&'static str>,
    /// That user's name, or nothing.
    pub by_name: String,
    /// From which address.
    pub from: Option<String>,
    /// When the token ends.
    pub expires: Option<UnixSeconds>,
    /// Why it sleeps, as a word.
    pub because: Option<String>,
    /// Why it was revoked, in the words of who did it.
    pub reason: Option<String>,
    /// The page with the user's tokens.
    pub tokens_url: String,
}

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// One line.
    pub subject: String,
    /// The rest.
    pub body: String,
}

impl Letter {
    /// What this letter says.
    pub fn new(due: &Due, tokens_url: &str) -> Self {
        Self::about(&due.letter, &due.to, tokens_url)
    }

    fn about(letter: &crate::provider::mail::Letter, to: &Recipient, tokens_url: &str) -> Self {
        let blank = Self {
            kind: "ending",
            name: line(&to.name),
            tool: line(&letter.tool),
            role: line(&letter.role),
            label: letter.label.as_deref().map(line),
            by: None,
            by_name: String::new(),
            from: None,
            expires: None,
            because: None,
            reason: None,
            tokens_url: tokens_url.to_owned(),
        };
        match &letter.news {
            News::Created { by, from, expires } => {
                let (by, by_name) = hand(by);
                let from = from.as_deref().map(line);
                Self { kind: "created", by: Some(by), by_name, from, expires: *expires, ..blank }
            }
            News::Ending { expires } => Self { kind: "ending", expires: Some(*expires), ..blank },
            News::Asleep { because } => Self { kind: "asleep", because: Some(because.clone()), ..blank },
            News::Revoked { by, reason } => {
                let (by, by_name) = hand(by);
                Self { kind: "revoked", by: Some(by), by_name, reason: reason.as_deref().map(line), ..blank }
            }
        }
    }
}

fn hand(by: &Hand) -> (&'static str, String) {
    match by {
        Hand::Tool => ("tool", String::new()),
        Hand::Own => ("own", String::new()),
        Hand::User(name) => ("user", line(name)),
        Hand::Operator => ("operator", String::new()),
    }
}

/// The text in one line, with nothing in it that bends the lines around it.
fn line(text: &str) -> String {
    text.chars().map(|one| if prints(one) { one } else { ' ' }).collect()
}
