//! Spans of time in words.

const UNITS: [(i64, &str); 5] =
    [(365 * 86_400, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

/// A span in the largest unit of which it is a whole number: `1 hour`, `30 days`, `90 minutes`.
pub fn exactly(seconds: i64) -> String {
    in_unit(seconds, |unit| seconds % unit == 0)
}

/// A span in the largest unit of which it has two or more, the rest left out: `47 hours`, `29 days`.
pub fn about(seconds: i64) -> String {
    in_unit(seconds, |unit| seconds >= 2 * unit)
}

fn in_unit(seconds: i64, fits: impl Fn(i64) -> bool) -> String {
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| fits(*unit)).unwrap_or((1, "second"));
    let count = seconds / unit;
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_span_is_told_in_the_largest_unit_that_it_fills() {
        let told = [3_600, 86_400, 30 * 86_400, 365 * 86_400, 90 * 60, 7 * 86_400, 61].map(exactly);
        assert_eq!(told, ["1 hour", "1 day", "30 days", "1 year", "90 minutes", "7 days", "61 seconds"]);
    }

    #[test]
    fn about_so_long_leaves_out_less_than_half() {
        let told = [1, 119, 7_199, 172_799, 30 * 86_400 - 1, 365 * 86_400].map(about);
        assert_eq!(told, ["1 second", "119 seconds", "119 minutes", "47 hours", "29 days", "365 days"]);
        assert_eq!(about(0), "0 seconds");
    }
}
