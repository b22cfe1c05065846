//! How the demo is told: numbered steps, requests that begin with `>` and answers that begin with `<`. Long keys and
//! secrets are shortened. Colours are for terminals, and for people who did not set NO_COLOR.

use std::io::{IsTerminal, Result, Write};

use serde_json::Value;

use super::page::Page;
use crate::{
    cli::client::http::{Answer, FORM, JSON, Request},
    oauth1::{parse_urlencoded, percent_decode},
};

/// How wide a line of prose is.
const WIDTH: usize = 100;
/// What has as many characters as a random key, all of them from its alphabet, is shown shortened.
const KEY_LENGTH: usize = 40;
/// How much of a key is shown.
const SHOWN: usize = 6;

/// Standard output, as a story.
pub struct Narrator {
    colours: bool,
}

/// What a line is, and so its colour.
#[derive(Clone, Copy)]
enum Tone {
    Plain,
    Heading,
    Quiet,
    Request,
    Good,
    Elsewhere,
    Refusal,
}

impl Narrator {
    /// Looks whether there is a terminal, and whether it may be coloured.
    pub fn new() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { colours: !refused && std::io::stdout().is_terminal() }
    }

    /// Begins a step, and says why it is there.
    pub fn step(&self, number: usize, title: &str, why: &str) -> Result<()> {
        self.line(Tone::Plain, "")?;
        self.line(Tone::Heading, &format!("{number}. {title}"))?;
        self.say(why)
    }

    /// A paragraph.
    pub fn say(&self, text: &str) -> Result<()> {
        for line in wrapped(text, WIDTH, " ") {
            self.line(Tone::Plain, &format!("   {line}"))?;
        }
        Ok(())
    }

    /// An empty line.
    pub fn pause(&self) -> Result<()> {
        self.line(Tone::Plain, "")
    }

    /// Something to be copied, with nothing shortened or wrapped.
    pub fn verbatim(&self, text: &str) -> Result<()> {
        self.line(Tone::Request, &format!("   {text}"))
    }

    /// A consumer's key and secret, shortened.
    pub fn credentials(&self, key: &str, secret: &str) -> Result<()> {
        self.line(Tone::Plain, &format!("     key {}   secret {}", shortened(key), shortened(secret)))
    }

    /// The text that was signed, as it is and taken apart.
    pub fn base_string(&self, text: &str) -> Result<()> {
        self.pause()?;
        self.say("What is signed is this text, the signature base string. It is signed and not sent:")?;
        self.verbatim(text)?;
        self.say(
            "Taken apart, it is the method, the URL, and all parameters in order but the signature. The signature is \
             HMAC-SHA1 over it, with consumer secret and token secret as the key:",
        )?;
        for part in text.split('&') {
            let part = percent_decode(part.as_bytes(), crate::oauth1::Plus::Plus).unwrap_or_default();
            for (number, piece) in part.split('&').enumerate() {
                let indent = if number == 0 { "" } else { "  & " };
                self.line(Tone::Quiet, &format!("     {indent}{}", shortened(piece)))?;
            }
        }
        Ok(())
    }

    /// A request, and who sends it.
    pub fn request(&self, who: &str, request: &Request, server: &str) -> Result<()> {
        self.pause()?;
        let target = request.url.strip_prefix(server).unwrap_or(&request.url);
        let who = self.painted(Tone::Quiet, &format!("({who})"));
        self.line(Tone::Request, &format!("   > {} {}  {who}", request.method, shortened(target)))?;
        for (name, value) in &request.headers {
            match *name {
                "authorization" => self.authorization(value)?,
                "cookie" => self.line(Tone::Quiet, &format!("   > Cookie: {}", shortened(value)))?,
                "content-type" => self.line(Tone::Quiet, &format!("   > Content-Type: {value}"))?,
                _ => {}
            }
        }
        match &request.body {
            Some(body) if request.headers.iter().any(|(_, value)| value == FORM) => self.form(">", body),
            Some(body) => self.json(">", body),
            None => Ok(()),
        }
    }

    fn authorization(&self, value: &str) -> Result<()> {
        for (number, line) in wrapped(&shortened(value), WIDTH - 20, " ").into_iter().enumerate() {
            let start = if number == 0 { "Authorization: " } else { "    " };
            self.line(Tone::Quiet, &format!("   > {start}{line}"))?;
        }
        Ok(())
    }

    /// A form field by field; nobody needs to read a password.
    fn form(&self, mark: &str, body: &str) -> Result<()> {
        for (name, value) in parse_urlencoded(body.as_bytes()).unwrap_or_default() {
            let value = if name == "password" { "…".to_owned() } else { shortened(&value) };
            let line = format!("   {mark} {name} = {}", value.replace('\n', " "));
            self.line(Tone::Plain, line.trim_end())?;
        }
        Ok(())
    }

    fn json(&self, mark: &str, body: &str) -> Result<()> {
        let text = serde_json::from_str(body).map_or_else(|_| body.to_owned(), |value| laid_out(&value, ""));
        text.lines().try_for_each(|line| self.line(Tone::Plain, &format!("   {mark} {}", shortened(line))))
    }

    /// An answer: its status, the headers that say something, its body; of a page its title.
    pub fn answer(&self, answer: &Answer) -> Result<()> {
        let tone = match answer.status.as_u16() {
            ..300 => Tone::Good,
            300..400 => Tone::Elsewhere,
            _ => Tone::Refusal,
        };
        self.line(tone, &format!("   < {}", answer.status))?;
        for (name, header) in [("Location", "location"), ("Set-Cookie", "set-cookie"), ("Retry-After", "retry-after")] {
            if let Some(value) = answer.header(header) {
                self.line(Tone::Quiet, &format!("   < {name}: {}", shortened(value)))?;
            }
        }
        let text = answer.text();
        if answer.is("text/html") {
            return self.line(Tone::Plain, &format!("   < (the page “{}”)", Page::new(text).title()));
        }
        if answer.is(FORM) {
            return self.form("<", &text);
        }
        if answer.is(JSON) {
            return self.json("<", &text);
        }
        text.lines().try_for_each(|line| self.line(Tone::Plain, &format!("   < {}", shortened(line))))
    }

    fn line(&self, tone: Tone, text: &str) -> Result<()> {
        writeln!(std::io::stdout().lock(), "{}", self.painted(tone, text))
    }

    fn painted(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Plain => return text.to_owned(),
            Tone::Heading => "1",
            Tone::Quiet => "2",
            Tone::Request => "36",
            Tone::Good => "32",
            Tone::Elsewhere => "33",
            Tone::Refusal => "31",
        };
        if self.colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// JSON in as few lines as fit.
fn laid_out(value: &Value, indent: &str) -> String {
    let compact = value.to_string();
    let deeper = format!("{indent}  ");
    let within = |parts: Vec<String>, open, close| {
        let lines: Vec<String> = parts.iter().map(|part| format!("{deeper}{part}")).collect();
        format!("{open}\n{}\n{indent}{close}", lines.join(",\n"))
    };
    match value {
        _ if shortened(&compact).chars().count() + indent.len() <= WIDTH => compact,
        Value::Array(values) => within(values.iter().map(|one| laid_out(one, &deeper)).collect(), '[', ']'),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("{name:?}: {}", laid_out(value, &deeper));
            within(fields.iter().map(field).collect(), '{', '}')
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => compact,
    }
}

/// Breaks text into lines that are no longer than `width`, where a word allows it.
fn wrapped(text: &str, width: usize, between: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(between) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push_str(between);
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text with everything that looks like a random key cut short.
fn shortened(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c| is_key_character(c) || c == '%') {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        // The digits of an escape are no part of the key that follows it.
        if let Some((escape, after)) = from.split_at_checked(3).filter(|_| from.starts_with('%')) {
            shown.push_str(escape);
            rest = after;
            continue;
        }
        let (run, after) = from.split_at(from.find(|c| !is_key_character(c)).unwrap_or(from.len()).max(1));
        match run.get(..SHOWN) {
            Some(beginning) if run.len() >= KEY_LENGTH => {
                shown.push_str(beginning);
                shown.push('…');
            }
            _ => shown.push_str(run),
        }
        rest = after;
    }
    shown + rest
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shortened_and_a_path_is_not() {
        let key = "a".repeat(43);
        assert_eq!(shortened(&format!("oauth_token={key}&b=c")), "oauth_token=aaaaaa…&b=c");
        assert_eq!(shortened(&format!("é{key}\", \"{key}")), "éaaaaaa…\", \"aaaaaa…");
        assert_eq!(shortened(&format!("%3D{key}%é%2")), "%3Daaaaaa…%é%2");
        let path = "/plugins/oauthprovider/request_token/plugins/oauthprovider/access_token";
        assert_eq!(shortened(path), path);
        assert_eq!(shortened(""), "");
    }

    #[test]
    fn json_takes_as_few_lines_as_fit() {
        let short = serde_json::json!({"a": [1, {"b": null}]});
        assert_eq!(laid_out(&short, ""), r#"{"a":[1,{"b":null}]}"#);
        let long = serde_json::json!({"a": {"b": 1}, "c": ["word ".repeat(25), 2]});
        let lines = format!(
            "{{\n  \"a\": {{\"b\":1}},\n  \"c\": [\n    {},\n    2\n  ]\n}}",
            serde_json::json!("word ".repeat(25))
        );
        assert_eq!(laid_out(&long, ""), lines);
    }

    #[test]
    fn a_line_is_broken_between_words() {
        assert_eq!(wrapped("one two three", 7, " "), ["one two", "three"]);
        assert_eq!(wrapped("extraordinary", 3, " "), ["extraordinary"]);
    }
}
