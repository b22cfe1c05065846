//! That each language says the same, of the same.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Each message of a language, with the arguments that it names.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut current: Option<(String, BTreeSet<String>)> = None;
    for line in source(language).lines() {
        let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && let Some((id, _)) = line.split_once(" =") {
            messages.extend(current.replace((id.to_owned(), BTreeSet::new())));
        }
        if let Some((_, named)) = current.as_mut() {
            let after_dollar = line.split('$').skip(1);
            named.extend(after_dollar.map(|rest| {
                rest.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).next().unwrap().to_owned()
            }));
        }
    }
    messages.extend(current);
    messages
}

/// The names of the elements that a language's file opens or closes.
fn elements(language: Language) -> BTreeSet<&'static str> {
    let after = source(language).split('<').skip(1);
    after.map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '/')).next().unwrap()).collect()
}

#[test]
fn every_language_says_the_same_and_of_the_same() {
    let english = messages(Language::English);
    assert!(english.len() > 10, "the messages are not where they are looked for");
    for language in Language::ALL {
        let (there, expected): (BTreeSet<_>, BTreeSet<_>) = {
            let of = messages(language);
            (of.into_iter().collect(), english.clone().into_iter().collect())
        };
        let difference: Vec<_> = there.symmetric_difference(&expected).collect();
        assert_eq!(difference, Vec::<&(String, BTreeSet<String>)>::new(), "{language:?}");
    }
}

#[test]
fn messages_hold_no_markup_but_what_reads_on_in_a_line() {
    let allowed = BTreeSet::from(["strong", "/strong", "em", "/em", "code", "/code", "a", "/a", "bdi", "/bdi", "br"]);
    for language in Language::ALL {
        let unknown: Vec<_> = elements(language).difference(&allowed).copied().collect();
        assert_eq!(unknown, [""; 0], "{language:?}");
    }
}

#[test]
fn what_is_missing_is_an_error_and_no_hole() {
    let texts = Texts::of(Language::English).unwrap();
    assert!(texts.say("no-such-text", &FluentArgs::new()).is_err());
    assert!(texts.say("time-days-ago", &FluentArgs::new()).is_err());
    assert_eq!(texts.say_of("time-days-ago", 1).unwrap(), "yesterday");
}

#[test]
fn a_rich_text_keeps_its_own_markup_and_escapes_what_it_is_given() {
    let said = |rich: bool, name: &str| {
        let mut templates = Tera::new();
        teach(&mut templates, &Arc::new(Texts::of(Language::English).unwrap()));
        let function = if rich { "rich" } else { "text" };
        let template = format!("{{{{ {function}(id=\"frame-logged-in-as\", name=name) }}}}");
        templates.add_raw_template("x.html", &template).unwrap();
        let mut context = tera::Context::new();
        context.insert("name", name);
        templates.render("x.html", &context).unwrap()
    };
    for rich in [true, false] {
        assert_eq!(said(rich, "\"><b>&"), "Logged in as &quot;&gt;&lt;b&gt;&amp;", "rich: {rich}");
    }
}

#[test]
fn thousands_stand_apart_as_the_language_has_it() {
    let (english, german) = (Texts::of(Language::English).unwrap(), Texts::of(Language::German).unwrap());
    let written = [0, 7, 999, 1_000, 1_234_567, -12_345].map(|number| english.number(number));
    assert_eq!(written, ["0", "7", "999", "1,000", "1,234,567", "-12,345"]);
    assert_eq!(german.number(1_234_567), "1.234.567");
}
