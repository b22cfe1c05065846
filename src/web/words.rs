//! Spans of time in words, for the log. Pages have their own, in the reader's language.

const UNITS: [(i64, &str); 5] =
    [(365 * 86_400, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

/// A span in the largest unit of which it has two or more, the rest left out: `47 hours`, `29 days`.
pub fn about(seconds: i64) -> String {
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| seconds >= 2 * unit).unwrap_or((1, "second"));
    let count = seconds / unit;
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_so_long_leaves_out_less_than_half() {
        let told = [1, 119, 7_199, 172_799, 30 * 86_400 - 1, 365 * 86_400].map(about);
        assert_eq!(told, ["1 second", "119 seconds", "119 minutes", "47 hours", "29 days", "365 days"]);
        assert_eq!(about(0), "0 seconds");
    }
}
