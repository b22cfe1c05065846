//! What is wrong with the configuration, where, and what was perhaps meant: always one line.

/// A configuration that cannot be used. Its text is one line and begins with the place:
/// `plugin.toml:12: unknown key "lisen" in [server]; did you mean "listen"?`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct ConfigError {
    place: String,
    reason: String,
}

impl ConfigError {
    /// Says what is wrong at a place: a file with its line, a variable or a flag.
    pub(super) fn new(place: &str, reason: impl AsRef<str>) -> Self {
        Self { place: one_line(place), reason: one_line(reason.as_ref()) }
    }
}

/// The text with its control characters escaped, since file names and TOML's messages may have line breaks.
fn one_line(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { one.escape_default().to_string() } else { one.to_string() }).collect()
}

/// The candidate that a mistyped word was probably meant to be.
pub(super) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 4).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{ConfigError, near};

    #[test]
    fn an_error_is_one_line_whatever_is_in_it() {
        let error = ConfigError::new("a\nb.toml:1", "wrong\r\nindeed é");
        assert_eq!(error.to_string(), r"a\nb.toml:1: wrong\r\nindeed é");
    }

    #[test]
    fn a_mistyped_word_finds_its_neighbour_and_a_strange_one_finds_none() {
        let words = ["listen", "url", "workers"];
        assert_eq!(near("lisen", words), Some("listen"));
        assert_eq!(near("Listen", words), Some("listen"));
        assert_eq!(near("urls", words), Some("url"));
        assert_eq!(near("timeout", words), None);
    }
}
