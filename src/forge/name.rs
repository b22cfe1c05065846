//! Names that are safe in an address, and text that is safe on a page.

use std::fmt;

/// The most characters that a name may have.
const LONGEST: usize = 128;

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or over 128 characters.
    #[error("must be 1 to 128 characters long")]
    Length,
    /// A character outside `[A-Za-z0-9._-]`, or a first one outside `[A-Za-z0-9]`.
    #[error("must be letters, digits, '.', '_' and '-' (ASCII), beginning with a letter or digit")]
    Characters,
    /// A role's name with `/` or something that cannot be printed.
    #[error("must be printable characters other than '/', with no blank at either end")]
    RoleCharacters,
}

/// The name of a user, project, tracker or consumer: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 128 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Checks a name.
    ///
    /// # Errors
    /// [`NameError`], which says what a name looks like.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(NameError::Length);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.chars().all(plain) {
            return Err(NameError::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a role: printable Unicode without `/`, 1 to 128 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleName(String);

impl RoleName {
    /// Checks a role's name.
    ///
    /// # Errors
    /// [`NameError`], which says what a role's name looks like.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(NameError::Length);
        }
        if text.contains('/') || text.trim() != text || !is_printable(text) {
            return Err(NameError::RoleCharacters);
        }
        Ok(Self(text.to_owned()))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Is every character one that can be printed, and none that bends the text around it?
pub fn is_printable(text: &str) -> bool {
    text.chars().all(prints)
}

/// Can this character be printed without bending the text around it?
///
/// Refused are control characters, line and paragraph separators, what has no width and what turns the direction of
/// writing, which make a text look like another one, the byte order mark, letters that are blank, tags that nobody sees, and what
/// Unicode says is no character. (The two
/// joiners are allowed: some scripts, and some emoji, are not written without them.)
pub fn prints(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
        || matches!(c, '\u{fdd0}'..='\u{fdef}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_anchored_at_both_ends() {
        for good in ["a", "9", "project-a", "Jenkins_A.2", &"x".repeat(128)] {
            assert!(Name::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", ".a", "_a", "a b", "a\n", "abcde<b>", "é", "a/b", "a\u{0}", &"x".repeat(129)] {
            assert!(Name::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_role_name_is_any_printable_text_without_a_slash() {
        for good in ["Reporter", "Senior Developer", "Überprüfer ✓", "役割", "<b>&\"'", "👩‍💻"] {
            assert!(RoleName::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a/b", "a\tb", "a\u{202e}b", "a\u{7f}", "\u{feff}a", " ", "a ", "a\u{200b}", "\u{200f}"] {
            assert!(RoleName::parse(bad).is_err(), "{bad:?}");
        }
    }
}
