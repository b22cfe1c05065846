//! How much the program says on standard error, and in which form. Who writes the lines is not decided here.

/// The least serious lines that are still written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Only what the operator must look at.
    Error,
    /// Also what is suspicious.
    Warn,
    /// Also one line per request.
    Info,
    /// Also what is needed to find a mistake.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// All levels, the most serious first.
    pub const ALL: [Self; 5] = [Self::Error, Self::Warn, Self::Info, Self::Debug, Self::Trace];

    /// The level's word: `info`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line of text, for people.
    Text,
    /// A JSON object per line, for machines.
    Json,
}

impl LogFormat {
    /// Both formats.
    pub const ALL: [Self; 2] = [Self::Text, Self::Json];

    /// The format's word: `text`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

/// The level of this word.
pub(super) fn level(word: &str) -> Result<LogLevel, String> {
    choose(word, &LogLevel::ALL, LogLevel::as_str)
}

/// The format of this word.
pub(super) fn format(word: &str) -> Result<LogFormat, String> {
    choose(word, &LogFormat::ALL, LogFormat::as_str)
}

fn choose<T: Copy>(word: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    all.iter().copied().find(|one| name(*one) == word).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        format!("{word:?} is not one of {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::{LogFormat, LogLevel, format, level};

    #[test]
    fn every_word_finds_its_value() {
        assert!(LogLevel::ALL.iter().all(|one| level(one.as_str()) == Ok(*one)));
        assert!(LogFormat::ALL.iter().all(|one| format(one.as_str()) == Ok(*one)));
    }

    #[test]
    fn another_word_is_answered_with_the_words_there_are() {
        assert_eq!(level("verbose"), Err("\"verbose\" is not one of error, warn, info, debug, trace".to_owned()));
        assert_eq!(format("JSON"), Err("\"JSON\" is not one of text, json".to_owned()));
    }
}
