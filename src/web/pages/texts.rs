//! What pages say, in each language: one file of messages (Project Fluent) for each, and the functions by which templates ask
//! for them.
//!
//! `text` gives a message as plain text, which the template escapes as it does any other; `rich` gives one that holds markup of
//! our own, with every argument escaped before it is put in. A message that is not there, and an argument that is missing, are
//! errors: no page goes out with a hole in it.
//!
//! Some sentences come from rooms that know no pages, and are told to programs and at the command line in English: why something
//! is refused, or what is wrong with a field. `said` finds such a sentence among the texts whose ids begin with `said-`, whatever
//! values stand in it, and gives the reader's own; one that is not there stays English, and is marked as such. A value whose name
//! begins with `said` is such a sentence, or a piece of one, in its turn.

mod sentences;

use std::{borrow::Cow, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value, escape_html};
use unic_langid::LanguageIdentifier;

use super::{PageError, times};
use crate::web::language::Language;
use sentences::Said;

/// The file of messages of a language.
pub(super) const fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../../templates/texts/en.ftl"),
        Language::German => include_str!("../../../templates/texts/de.ftl"),
    }
}

/// The messages of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// Reads the messages of a language.
    ///
    /// # Errors
    /// [`PageError::Texts`] when the file is none, or says something twice.
    pub fn of(language: Language) -> Result<Self, PageError> {
        let broken = |reason: String| PageError::Texts { language: language.tag(), reason };
        let resource = FluentResource::try_new(source(language).to_owned())
            .map_err(|(_, errors)| broken(format!("{errors:?}")))?;
        let locale: LanguageIdentifier = language.tag().parse().map_err(|error| broken(format!("{error}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks that Fluent would put around arguments are no part of names that people copy; the style sheet isolates.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        Ok(Self { language, bundle })
    }

    /// A message with its arguments in place.
    ///
    /// # Errors
    /// When there is no such message, or one of its arguments is not there.
    pub fn say(&self, id: &str, arguments: &FluentArgs<'_>) -> TeraResult<String> {
        let missing = || Error::message(format!("there is no text {id:?} in {}", self.language.own_name()));
        let pattern = self.bundle.get_message(id).and_then(|message| message.value()).ok_or_else(missing)?;
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        if errors.is_empty() { Ok(said) } else { Err(Error::message(format!("text {id:?}: {errors:?}"))) }
    }

    /// A message about a number of things.
    ///
    /// # Errors
    /// As [`Self::say`].
    pub fn say_of(&self, id: &str, count: i64) -> TeraResult<String> {
        let mut arguments = FluentArgs::new();
        arguments.set("count", count);
        self.say(id, &arguments)
    }

    /// A sentence that was made in English, for who reads this language: as markup.
    ///
    /// # Errors
    /// As [`Self::say`].
    fn said(&self, english: &str) -> TeraResult<Value> {
        let (words, is_own) = match (self.language, sentences::found(english)) {
            (Language::English, _) => (english.to_owned(), true),
            (Language::German, Some(said)) => (self.retold(&said)?, true),
            (Language::German, None) => (english.to_owned(), false),
        };
        let mut escaped = Vec::with_capacity(words.len());
        escape_html(&words, &mut escaped)?;
        let escaped = String::from_utf8(escaped).map_err(Error::message)?;
        Ok(Value::safe_string(&if is_own { escaped } else { format!("<span lang=\"en\">{escaped}</span>") }))
    }

    fn retold(&self, said: &Said<'_>) -> TeraResult<String> {
        let mut arguments = FluentArgs::new();
        for (name, value) in &said.values {
            match value {
                sentences::Value::Plain(value) => arguments.set(*name, *value),
                sentences::Value::Said(said) => arguments.set(*name, self.retold(said)?),
            }
        }
        self.say(said.id, &arguments)
    }

    /// A number with its thousands apart, as the language writes them.
    pub fn number(&self, number: i64) -> String {
        let separator = match self.language {
            Language::English => ',',
            Language::German => '.',
        };
        let digits = number.unsigned_abs().to_string();
        let mut written = String::from(if number < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                written.push(separator);
            }
            written.push(digit);
        }
        written
    }
}

/// Teaches templates to speak a language: `text`, `rich`, `count`, and the functions of time.
pub(super) fn teach(templates: &mut Tera, texts: &Arc<Texts>) {
    let say = |escaped: bool| {
        let texts = Arc::clone(texts);
        move |given: Kwargs, _: &State<'_>| -> TeraResult<String> {
            texts.say(given.must_get::<&str>("id")?, &arguments(&given, escaped)?)
        }
    };
    templates.register_function("text", say(false));
    let rich = say(true);
    templates.register_function("rich", move |given: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        Ok(Value::safe_string(&rich(given, state)?))
    });
    let counting = Arc::clone(texts);
    templates.register_function("count", move |given: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(counting.number(given.must_get("of")?))
    });
    let finding = Arc::clone(texts);
    templates.register_function("said", move |given: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        finding.said(given.must_get("words")?)
    });
    times::teach(templates, texts);
}

/// What a template gives for a message, but for the message's id.
fn arguments(given: &Kwargs, escaped: bool) -> TeraResult<FluentArgs<'static>> {
    let mut arguments = FluentArgs::new();
    for (name, value) in given.iter() {
        let name = name.to_string();
        if name == "id" {
            continue;
        }
        let value = match value.as_i64() {
            Some(number) => FluentValue::from(number),
            None => FluentValue::String(Cow::Owned(text(&name, value, escaped)?)),
        };
        arguments.set(name, value);
    }
    Ok(arguments)
}

fn text(name: &str, value: &Value, escaped: bool) -> TeraResult<String> {
    let text = value.as_str().ok_or_else(|| Error::message(format!("{name} is neither text nor a number")))?;
    // What is safe already, such as a time, comes as markup.
    if !escaped || value.is_safe() {
        return Ok(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    escape_html(text, &mut out)?;
    String::from_utf8(out).map_err(Error::message)
}

#[cfg(test)]
mod tests;
