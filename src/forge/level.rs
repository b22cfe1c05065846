//! The levels by which people speak of a tracker's rights: each holds those below it.

use super::TrackerRight;

/// How far somebody's rights in a tracker go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not at all.
    None,
    /// They see the tracker and its items.
    Read,
    /// They file items too.
    Submit,
    /// They open and close items too.
    Technician,
    /// They change items too.
    Manager,
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Self; 5] = [Self::None, Self::Read, Self::Submit, Self::Technician, Self::Manager];

    /// The word in import files, registrations and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Read => "read",
            Self::Submit => "submit",
            Self::Technician => "technician",
            Self::Manager => "manager",
        }
    }

    /// The level that a word means, if it means one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    /// The rights of this level, as bits of a tracker's setting.
    pub const fn bits(self) -> i64 {
        use TrackerRight::{Manager, Read, Submit, Tech};
        match self {
            Self::None => 0,
            Self::Read => Read.bit(),
            Self::Submit => Read.bit() | Submit.bit(),
            Self::Technician => Read.bit() | Submit.bit() | Tech.bit(),
            Self::Manager => Read.bit() | Submit.bit() | Tech.bit() | Manager.bit(),
        }
    }

    /// The level that has these rights and no others, if one has.
    pub fn of_bits(bits: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.bits() == bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_holds_the_levels_below_it_and_is_found_again_by_its_word_and_its_rights() {
        for (lower, higher) in Level::ALL.into_iter().zip(Level::ALL.into_iter().skip(1)) {
            assert_eq!(lower.bits() & higher.bits(), lower.bits());
        }
        for level in Level::ALL {
            assert_eq!(Level::from_word(level.word()), Some(level));
            assert_eq!(Level::of_bits(level.bits()), Some(level));
        }
        assert_eq!((Level::from_word("Submit"), Level::of_bits(17)), (None, None));
    }
}
