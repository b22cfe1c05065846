//! Times as people say them: how long ago, in how long, for how long; the exact moment is never further than a pointer's rest.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::texts::Texts;
use crate::clock::{self, UnixSeconds};

/// Units from the largest on: how many seconds each has, and its name in the texts' ids.
const UNITS: [(i64, &str); 6] = [
    (365 * 86_400, "years"),
    (30 * 86_400, "months"),
    (86_400, "days"),
    (3_600, "hours"),
    (60, "minutes"),
    (1, "seconds"),
];

/// Less than this away, in seconds, is now: a page is read a moment after it was made.
const NOW: i64 = 45;

/// Teaches templates to tell the time: `ago(at)`, which tells the future too, `exactly(at)`, `span(seconds)` and `stamp(at)`.
pub(super) fn teach(templates: &mut Tera, texts: &Arc<Texts>) {
    let of = Arc::clone(texts);
    templates.register_function("ago", move |given: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let at = given.must_get("at")?;
        let now = now(&given, state)?;
        Ok(element(at, &relative(&of, at, now)?, &stamp(at)))
    });
    let of = Arc::clone(texts);
    templates.register_function("exactly", move |given: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let at = given.must_get("at")?;
        let now = now(&given, state)?;
        Ok(element(at, &stamp(at), &relative(&of, at, now)?))
    });
    let of = Arc::clone(texts);
    templates.register_function("span", move |given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        span(&of, given.must_get("seconds")?)
    });
    templates.register_function("stamp", |given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(stamp(given.must_get("at")?))
    });
}

/// The moment that times are told from. A component knows nothing but what it is given, this too.
fn now(given: &Kwargs, state: &State<'_>) -> TeraResult<UnixSeconds> {
    let said = match given.get("now")? {
        Some(now) => Some(now),
        None => state.get("now")?,
    };
    said.ok_or_else(|| tera::Error::message("nobody said what time it is"))
}

/// `<time>` in these words, the others on hover. Both are ours, or digits.
fn element(at: UnixSeconds, words: &str, on_hover: &str) -> Value {
    let machine = clock::rfc3339(at);
    Value::safe_string(&format!("<time datetime=\"{machine}\" title=\"{on_hover}\">{words}</time>"))
}

/// A moment as people read it in every language: `2026-11-22 13:50 UTC`.
fn stamp(at: UnixSeconds) -> String {
    let machine = clock::rfc3339(at);
    match (machine.get(..10), machine.get(11..16)) {
        (Some(day), Some(time)) if machine.len() == "2026-11-22T13:50:00Z".len() => format!("{day} {time} UTC"),
        _ => machine,
    }
}

/// `3 days ago`, `in 2 hours`, `now`: in the largest unit of which it is one or more, the rest left out.
fn relative(texts: &Texts, at: UnixSeconds, now: UnixSeconds) -> TeraResult<String> {
    let away = now.saturating_sub(at);
    let size = away.saturating_abs();
    if size < NOW {
        return texts.say_of("time-now", 0);
    }
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| size >= *unit).unwrap_or((1, "seconds"));
    let direction = if away > 0 { "ago" } else { "ahead" };
    texts.say_of(&format!("time-{name}-{direction}"), size / unit)
}

/// A span in the largest unit of which it is a whole number: `1 hour`, `30 days`, `90 minutes`. Months have no length.
fn span(texts: &Texts, seconds: i64) -> TeraResult<String> {
    let whole = |(unit, name): &(i64, &str)| *name != "months" && seconds >= *unit && seconds % unit == 0;
    let (unit, name) = UNITS.into_iter().find(whole).unwrap_or((1, "seconds"));
    texts.say_of(&format!("span-{name}"), seconds / unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language::Language;

    const DAY: i64 = 86_400;
    const NOON: i64 = 1_700_000_000;

    fn told(language: Language, at: i64) -> String {
        relative(&Texts::of(language).unwrap(), at, NOON).unwrap()
    }

    #[test]
    fn a_moment_is_told_by_how_far_it_is_away() {
        let ago = [0, 44, 45, 60, 3_599, 3_600, 2 * 3_600, DAY, 2 * DAY, 40 * DAY, 400 * DAY, 800 * DAY];
        let english = ago.map(|seconds| told(Language::English, NOON - seconds));
        let expected = [
            "just now",
            "just now",
            "45 seconds ago",
            "1 minute ago",
            "59 minutes ago",
            "1 hour ago",
            "2 hours ago",
            "yesterday",
            "2 days ago",
            "1 month ago",
            "1 year ago",
            "2 years ago",
        ];
        assert_eq!(english, expected);
        assert_eq!(told(Language::English, NOON + 3 * DAY), "in 3 days");
        assert_eq!(told(Language::German, NOON - 3 * DAY), "vor 3 Tagen");
        assert_eq!(told(Language::German, NOON + DAY), "morgen");
    }

    #[test]
    fn a_span_is_told_in_the_largest_unit_that_it_fills() {
        let texts = Texts::of(Language::English).unwrap();
        let told =
            [3_600, DAY, 30 * DAY, 365 * DAY, 90 * 60, 7 * DAY, 61, 0].map(|seconds| span(&texts, seconds).unwrap());
        assert_eq!(told, ["1 hour", "1 day", "30 days", "1 year", "90 minutes", "7 days", "61 seconds", "0 seconds"]);
    }

    #[test]
    fn an_exact_moment_is_read_the_same_in_every_language() {
        assert_eq!(stamp(NOON), "2023-11-14 22:13 UTC");
        assert_eq!(stamp(i64::MAX), i64::MAX.to_string(), "a moment that no calendar holds");
    }
}
