//! What is wrong with what somebody filled in: which field, and in which way. The words for it belong to whoever shows it.

use std::fmt;

use super::{Name, NameError, Reason, is_printable};

/// The most characters of a line that somebody writes about a user, a project or a tracker.
pub const LONGEST_LINE: usize = 200;

/// In place of a field: what is wrong with none of them, but with what the form does.
pub const WHOLE: &str = "whole";

/// A field that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    /// The field's name in its form, or `whole` where it is the form as a whole.
    pub field: &'static str,
    /// What is wrong with it.
    pub mistake: Mistake,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field == WHOLE {
            write!(out, "{}", self.mistake)
        } else {
            write!(out, "{}: {}", self.field, self.mistake)
        }
    }
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// It must be filled in.
    #[error("must not be empty")]
    Missing,
    /// It is no name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Something else is called so already.
    #[error("is taken")]
    Taken,
    /// The name has a meaning of its own.
    #[error("has a meaning of its own here")]
    Reserved,
    /// It is no line of text, or a very long one.
    #[error("must be printable text of at most {LONGEST_LINE} characters")]
    Line,
    /// It is no mail address.
    #[error("must be a mail address")]
    Mail,
    /// It is no reason that can be kept.
    #[error("must be printable text of at most 500 characters")]
    Reason,
    /// The password is too short to be one.
    #[error("must be at least 8 characters long")]
    PasswordShort,
    /// The password is longer than any is let be.
    #[error("must be at most 1,024 bytes long")]
    PasswordLong,
    /// Two passwords that should be the same are not.
    #[error("is not the same")]
    PasswordsDiffer,
    /// The present password is another one.
    #[error("is not the present password")]
    PasswordWrong,
    /// There is no user of that name.
    #[error("there is no such user")]
    NoSuchUser,
    /// The user holds that role already.
    #[error("holds the role already")]
    HoldsAlready,
    /// One does not do that to oneself.
    #[error("one cannot do that to oneself")]
    Oneself,
    /// Afterwards nobody would administer the forge.
    #[error("nobody would administer the forge any more")]
    LastAdministrator,
}

impl Mistake {
    /// The word for it, for who has sentences of their own.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Name(NameError::Length) => "name-length",
            Self::Name(NameError::Characters) => "name-characters",
            Self::Name(NameError::RoleCharacters) => "role-characters",
            Self::Taken => "taken",
            Self::Reserved => "reserved",
            Self::Line => "line",
            Self::Mail => "mail",
            Self::Reason => "reason",
            Self::PasswordShort => "password-short",
            Self::PasswordLong => "password-long",
            Self::PasswordsDiffer => "passwords-differ",
            Self::PasswordWrong => "password-wrong",
            Self::NoSuchUser => "no-such-user",
            Self::HoldsAlready => "holds-already",
            Self::Oneself => "oneself",
            Self::LastAdministrator => "last-administrator",
        }
    }

    /// This mistake, in that field.
    pub fn of(self, field: &'static str) -> Wrong {
        Wrong { field, mistake: self }
    }
}

/// Everything that was found wrong while a form is read, so that all of it can be told at once.
#[derive(Debug, Default)]
pub struct Reading(Vec<Wrong>);

impl Reading {
    /// What was read in a field, or its default and a note of what is wrong with it.
    pub fn field<T: Default>(&mut self, field: &'static str, read: Result<T, impl Into<Mistake>>) -> T {
        read.unwrap_or_else(|mistake| {
            self.0.push(mistake.into().of(field));
            T::default()
        })
    }

    /// The same where there is nothing to fall back on.
    pub fn needed<T>(&mut self, field: &'static str, read: Result<T, impl Into<Mistake>>) -> Option<T> {
        self.field(field, read.map(Some))
    }

    /// What was made of it all.
    ///
    /// # Errors
    /// [`super::Error::Mistaken`] when something was wrong.
    pub fn end<T>(self, made: Option<T>) -> Result<T, super::Error> {
        match made {
            Some(made) if self.0.is_empty() => Ok(made),
            Some(_) | None => Err(super::Error::Mistaken(self.0)),
        }
    }
}

/// A name without the blanks around it.
///
/// # Errors
/// [`Mistake::Name`].
pub fn name(text: &str) -> Result<Name, Mistake> {
    Ok(Name::parse(text.trim())?)
}

/// A line of text without the blanks around it; it may be empty.
///
/// # Errors
/// [`Mistake::Line`].
pub fn line(text: &str) -> Result<String, Mistake> {
    let text = text.trim();
    if is_printable(text) && text.chars().count() <= LONGEST_LINE { Ok(text.to_owned()) } else { Err(Mistake::Line) }
}

/// A mail address, or nothing.
///
/// # Errors
/// [`Mistake::Mail`], [`Mistake::Line`].
pub fn mail(text: &str) -> Result<String, Mistake> {
    let text = line(text)?;
    let halves = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    if text.is_empty() || (halves && !text.contains(char::is_whitespace)) { Ok(text) } else { Err(Mistake::Mail) }
}

/// A reason, or none.
///
/// # Errors
/// [`Mistake::Reason`].
pub fn reason(text: &str) -> Result<Option<Reason>, Mistake> {
    Reason::parse(text).map_err(|_| Mistake::Reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_printable_and_not_endless() {
        assert_eq!(line("  Alice Liddell \n"), Ok("Alice Liddell".to_owned()));
        assert_eq!(line(""), Ok(String::new()));
        assert_eq!(line(&"ü".repeat(200)).map(|line| line.len()), Ok(400));
        for bad in ["a\nb", "a\u{202e}b", &"x".repeat(201)] {
            assert_eq!(line(bad), Err(Mistake::Line), "{bad:?}");
        }
    }

    #[test]
    fn a_mail_address_has_two_halves_and_no_blank() {
        for good in ["", "alice@example.org", " alice@host "] {
            assert!(mail(good).is_ok(), "{good}");
        }
        for bad in ["alice", "@example.org", "alice@", "a b@example.org"] {
            assert_eq!(mail(bad), Err(Mistake::Mail), "{bad}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let mut reading = Reading::default();
        let read = (reading.field("realname", line("a\nb")), reading.field("email", mail("nobody")));
        let Err(super::super::Error::Mistaken(wrong)) = reading.end(Some(read)) else { panic!("nothing was wrong") };
        assert_eq!(wrong, [Mistake::Line.of("realname"), Mistake::Mail.of("email")]);
    }
}
