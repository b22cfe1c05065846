//! Numbers as lines and bars: the paths of small SVG pictures, computed in whole units. What they are drawn with, and the table
//! of the same figures, stand in the templates.

use std::fmt::Write;

use serde::Serialize;

use crate::{
    clock,
    store::calls::{ACCEPTED, Outcome, Span},
};

/// As high as a sparkline goes: one digit, so that thirty days take little room in a list of tools.
const SPARK_HEIGHT: i64 = 9;
/// From one day of a sparkline to the next.
const SPARK_STEP: i64 = 2;
/// As high as bars go.
const BARS_HEIGHT: i64 = 100;
/// From one bar to the next, and how wide each is.
const BAR_STEP: i64 = 10;
const BAR_WIDTH: i64 = 8;

/// A series as a row of strokes, no larger than a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sparkline {
    /// What an SVG path draws.
    pub path: String,
    /// How wide the picture is.
    pub width: i64,
    /// How many days there are.
    pub days: usize,
    /// All of them together.
    pub calls: i64,
    /// The largest.
    pub most: i64,
}

impl Sparkline {
    /// A stroke for each number, the largest as high as there is room, and none for nothing.
    pub fn of(series: &[i64]) -> Self {
        let most = most(series.iter().copied());
        let width = SPARK_STEP.saturating_mul(length(series));
        let mut path = String::new();
        let mut skipped = SPARK_STEP / 2;
        for calls in series {
            let height = scaled(*calls, most, SPARK_HEIGHT);
            if height > 0 {
                let begin = if path.is_empty() {
                    format!("M{skipped} {SPARK_HEIGHT}")
                } else {
                    format!("m{skipped} {}", height_of_last(&path))
                };
                write!(path, "{begin}v-{height}").ok();
                skipped = 0;
            }
            skipped += SPARK_STEP;
        }
        Self { path, width, days: series.len(), calls: sum(series), most }
    }

    /// Of something that was not asked at all.
    pub fn nothing(days: usize) -> Self {
        Self::of(&vec![0; days])
    }
}

/// How far the last stroke went up, which is how far the next has to come down first.
fn height_of_last(path: &str) -> &str {
    path.rsplit_once('-').map_or("0", |(_, height)| height)
}

/// What was accepted, and on top of it what was refused, as a row of bars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bars {
    /// What an SVG path draws of what was accepted.
    pub accepted: String,
    /// The same of what was refused.
    pub refused: String,
    /// How wide the picture is.
    pub width: i64,
    /// How high it is: as much as [`Bars::most`].
    pub height: i64,
    /// The largest of both together.
    pub most: i64,
}

impl Bars {
    /// A bar for each pair of what was accepted and what was refused.
    pub fn of(pairs: &[(i64, i64)]) -> Self {
        let most = most(pairs.iter().map(|(accepted, refused)| accepted.saturating_add(*refused)));
        let (mut accepted, mut refused) = (String::new(), String::new());
        for (place, (good, bad)) in (0_i64..).zip(pairs) {
            // What was refused is seen however little it is.
            let top = scaled(*bad, most, BARS_HEIGHT);
            let bottom = scaled(*good, most, BARS_HEIGHT).min(BARS_HEIGHT - top);
            let left = place * BAR_STEP + (BAR_STEP - BAR_WIDTH) / 2;
            draw(&mut accepted, left, BARS_HEIGHT - bottom, bottom);
            draw(&mut refused, left, BARS_HEIGHT - bottom - top, top);
        }
        Self { accepted, refused, width: BAR_STEP.saturating_mul(length(pairs)), height: BARS_HEIGHT, most }
    }
}

/// What came of calls over a span of time: as bars, as figures, and by why they were refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// The picture.
    pub bars: Bars,
    /// The figures of each bar.
    pub rows: Vec<ChartRow>,
    /// Why calls were refused, the most frequent first.
    pub codes: Vec<CodeRow>,
    /// What was accepted in all that time.
    pub accepted: i64,
    /// What was refused.
    pub refused: i64,
}

/// The figures of one bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChartRow {
    /// Its day, `2026-11-22`, or its hour, `2026-11-22 13:00`.
    pub when: String,
    /// What was accepted.
    pub accepted: i64,
    /// What was refused.
    pub refused: i64,
}

/// How much was refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeRow {
    /// The reason, in the protocol's word for it.
    pub code: String,
    /// How much.
    pub calls: i64,
}

impl Chart {
    /// What came of calls on each of these days.
    pub fn of_days(outcomes: Vec<Outcome>, days: Span) -> Self {
        Self::of(outcomes, days, |day| moment(day, 86_400).get(..10).unwrap_or_default().to_owned())
    }

    /// What came of calls in each of these hours.
    pub fn of_hours(outcomes: Vec<Outcome>, hours: Span) -> Self {
        Self::of(outcomes, hours, |hour| moment(hour, 3_600).get(..16).unwrap_or_default().replace('T', " "))
    }

    fn of(outcomes: Vec<Outcome>, span: Span, when: impl Fn(i64) -> String) -> Self {
        let mut pairs = vec![(0_i64, 0_i64); span.length];
        for outcome in &outcomes {
            for ((accepted, refused), calls) in pairs.iter_mut().zip(&outcome.calls) {
                let counted = if outcome.code == ACCEPTED { accepted } else { refused };
                *counted = counted.saturating_add(*calls);
            }
        }
        let row = |(at, (accepted, refused)): (i64, &(i64, i64))| ChartRow {
            when: when(at),
            accepted: *accepted,
            refused: *refused,
        };
        let refusals = outcomes.into_iter().filter(|outcome| outcome.code != ACCEPTED);
        let mut codes: Vec<_> =
            refusals.map(|outcome| CodeRow { calls: sum(&outcome.calls), code: outcome.code }).collect();
        codes.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.code.cmp(&b.code)));
        let (accepted, refused): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        Self {
            bars: Bars::of(&pairs),
            rows: (span.first..).zip(&pairs).map(row).collect(),
            codes,
            accepted: sum(&accepted),
            refused: sum(&refused),
        }
    }
}

/// A moment as machines write it, counted in units of so many seconds.
fn moment(count: i64, seconds: i64) -> String {
    clock::rfc3339(count.saturating_mul(seconds))
}

/// Draws a bar from its upper left corner.
fn draw(path: &mut String, left: i64, upper: i64, height: i64) {
    if height > 0 {
        write!(path, "M{left} {upper}h{BAR_WIDTH}v{height}h-{BAR_WIDTH}z").ok();
    }
}

/// A part of the height, to the nearest unit; one at least for what is not nothing.
fn scaled(calls: i64, most: i64, height: i64) -> i64 {
    if calls <= 0 || most <= 0 {
        return 0;
    }
    let (calls, most, height) = (i128::from(calls), i128::from(most), i128::from(height));
    i64::try_from((calls * height * 2 + most) / (most * 2)).unwrap_or(i64::MAX).max(1)
}

fn most(series: impl Iterator<Item = i64>) -> i64 {
    series.max().unwrap_or(0).max(0)
}

fn sum(series: &[i64]) -> i64 {
    series.iter().fold(0, |sum, calls| sum.saturating_add(*calls))
}

fn length<T>(series: &[T]) -> i64 {
    i64::try_from(series.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparkline_has_a_stroke_for_each_day_on_which_there_was_something() {
        let line = Sparkline::of(&[0, 2, 4, 0, 0, 1]);
        assert_eq!(line.path, "M3 9v-5m2 5v-9m6 9v-2");
        assert_eq!((line.width, line.days, line.calls, line.most), (12, 6, 7, 4));
    }

    #[test]
    fn where_there_was_nothing_nothing_is_drawn() {
        assert_eq!(Sparkline::nothing(30), Sparkline::of(&[0; 30]));
        assert_eq!((Sparkline::nothing(30).path.as_str(), Sparkline::nothing(30).width), ("", 60));
        assert_eq!(Sparkline::of(&[]), Sparkline { path: String::new(), width: 0, days: 0, calls: 0, most: 0 });
        let none = Bars { accepted: String::new(), refused: String::new(), width: 20, height: 100, most: 0 };
        assert_eq!(Bars::of(&[(0, 0); 2]), none);
    }

    #[test]
    fn beside_a_huge_peak_the_smallest_is_still_seen() {
        assert_eq!(Sparkline::of(&[1, i64::MAX]).path, "M1 9v-1m2 1v-9");
        let bars = Bars::of(&[(1_000_000, 1), (0, 1)]);
        assert_eq!(bars.accepted, "M1 1h8v99h-8z");
        assert_eq!(bars.refused, "M1 0h8v1h-8zM11 99h8v1h-8z");
    }

    #[test]
    fn bars_stand_on_the_ground_and_what_was_refused_on_what_was_accepted() {
        let bars = Bars::of(&[(3, 1), (2, 0)]);
        assert_eq!(bars.accepted, "M1 25h8v75h-8zM11 50h8v50h-8z");
        assert_eq!(bars.refused, "M1 0h8v25h-8z");
        assert_eq!((bars.width, bars.most), (20, 4));
    }

    #[test]
    fn a_chart_adds_up_what_was_refused_and_says_why_the_most_frequent_first() {
        let outcome = |code: &str, calls: [i64; 2]| Outcome { code: code.to_owned(), calls: calls.to_vec() };
        let outcomes =
            vec![outcome(ACCEPTED, [5, 0]), outcome("nonce_used", [1, 1]), outcome("signature_invalid", [0, 3])];
        let chart = Chart::of_hours(outcomes.clone(), Span { first: 24 * 20_000, length: 2 });
        assert_eq!((chart.accepted, chart.refused, chart.bars.most), (5, 5, 6));
        let row = |when: &str, accepted, refused| ChartRow { when: when.to_owned(), accepted, refused };
        assert_eq!(chart.rows, [row("2024-10-04 00:00", 5, 1), row("2024-10-04 01:00", 0, 4)]);
        let codes: Vec<_> = chart.codes.iter().map(|row| (row.code.as_str(), row.calls)).collect();
        assert_eq!(codes, [("signature_invalid", 3), ("nonce_used", 2)]);
        let days = Chart::of_days(outcomes, Span { first: 20_000, length: 2 });
        assert_eq!(days.rows[1].when, "2024-10-05");
    }

    #[test]
    fn thirty_days_take_little_room() {
        let busy: Vec<i64> = (0..30).map(|day| 1_000 + 7 * day).collect();
        assert!(Sparkline::of(&busy).path.len() < 230, "{}", Sparkline::of(&busy).path.len());
    }
}
