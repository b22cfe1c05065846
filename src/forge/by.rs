//! Who does something, when, from where and why: what the audit log says beside what was done.

use super::{Acting, Caller, is_printable};
use crate::{
    address::Arrival,
    clock::UnixSeconds,
    ids::{ConsumerId, UserId},
};

/// The most characters of a reason.
const LONGEST_REASON: usize = 500;

/// Somebody who changes something. Every function that does so for somebody asks for it, so that the audit log can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who it is.
    pub who: Actor,
    /// When, and from which address.
    pub arrival: Arrival,
    /// Why, if they say.
    pub reason: Option<Reason>,
}

/// Who does something. Names are kept beside numbers: whoever is removed has still done it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A user of the forge, in person, at the pages.
    User {
        /// The user's number.
        id: UserId,
        /// The log-in name.
        name: String,
    },
    /// Somebody at the command line of the machine, by the system's name for them.
    Operator(String),
    /// A consumer, by a signed request.
    Consumer {
        /// The consumer's number.
        id: ConsumerId,
        /// The consumer's name.
        name: String,
    },
    /// Somebody of whom nothing is known: a log-in that failed.
    Nobody,
}

/// Why somebody does something, in their own words: printable, at most 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

/// What is wrong with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be printable text of at most {LONGEST_REASON} characters")]
pub struct ReasonError;

impl By {
    /// Whoever acts by a request, without a reason yet.
    pub fn caller(caller: &Caller, arrival: Arrival) -> Self {
        Self { who: Actor::from(caller), arrival, reason: None }
    }

    /// Somebody at the command line, without a reason yet.
    pub fn operator(name: impl Into<String>, at: UnixSeconds) -> Self {
        Self { who: Actor::Operator(name.into()), arrival: Arrival::at(at), reason: None }
    }

    /// The same, for a reason.
    #[must_use]
    pub fn because(self, reason: Option<Reason>) -> Self {
        Self { reason, ..self }
    }

    /// Is it this user, in person?
    pub fn is(&self, user: UserId) -> bool {
        matches!(&self.who, Actor::User { id, .. } if *id == user)
    }

    /// When they do it.
    pub fn at(&self) -> UnixSeconds {
        self.arrival.at
    }
}

impl From<&Caller> for Actor {
    fn from(caller: &Caller) -> Self {
        match caller.acting() {
            Acting::InPerson { .. } => Self::User { id: caller.user().id, name: caller.user().name.clone() },
            Acting::AsRole { through, .. } => Self::Consumer { id: through.id, name: through.name.clone() },
        }
    }
}

impl Reason {
    /// Reads a reason as it was typed; blanks alone are none.
    ///
    /// # Errors
    /// [`ReasonError`], which says what a reason looks like.
    pub fn parse(text: &str) -> Result<Option<Self>, ReasonError> {
        let text = text.trim();
        if text.chars().count() > LONGEST_REASON || !is_printable(text) {
            return Err(ReasonError);
        }
        Ok((!text.is_empty()).then(|| Self(text.to_owned())))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_short_printable_and_may_be_left_out() {
        let parsed = |text: &str| Reason::parse(text).map(|reason| reason.map(|reason| reason.0));
        assert_eq!(parsed("  left the company \n"), Ok(Some("left the company".to_owned())));
        assert_eq!((parsed(""), parsed(" \t")), (Ok(None), Ok(None)));
        assert_eq!(parsed(&"ü".repeat(500)), Ok(Some("ü".repeat(500))));
        for bad in ["a\nb", "a\u{202e}b", "\u{0}", &"x".repeat(501)] {
            assert_eq!(parsed(bad), Err(ReasonError), "{bad:?}");
        }
    }
}
