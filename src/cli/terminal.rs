//! What commands print: every line of theirs goes through here.
//!
//! Much of it was chosen by somebody else: a server that was asked, whoever sent a refused request, whoever writes to the
//! database. A terminal obeys control characters, and what turns the direction of writing makes a text look like another
//! one; a line break makes one line two, the second of which says what its author likes. So a line is made [`plain`] where
//! it is printed, and nobody has to think of it. In JSON the same characters are escaped as JSON has it, which changes no
//! value. Only the body of an answer goes out byte for byte, and only to what is no terminal.
//!
//! Does not say what a printable character is: that is `forge/name.rs`, for names and texts too.

use std::{
    borrow::Cow,
    io::{IsTerminal, Write},
};

use serde_json::Value;

use super::CliError;
use crate::forge::{is_printable, prints};

/// The text as one line that a terminal can only show: what is not printable is escaped, as in `\n` or `\u{1b}`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_printable(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if prints(c) { shown.push(c) } else { shown.extend(c.escape_default()) }
    }
    Cow::Owned(shown)
}

/// Prints one line.
///
/// # Errors
/// When standard output cannot be written to, as for all that print here.
pub fn line(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", plain(text))?;
    // Some lines are waited for.
    Ok(out.flush()?)
}

/// Prints one line on standard error, beside what the command is asked for. Where nobody listens there is nobody to tell.
pub fn aside(text: &str) {
    writeln!(std::io::stderr().lock(), "{}", plain(text)).ok();
}

/// Prints a value for a machine (one line) or for a person (indented).
///
/// # Errors
/// See [`line`].
pub fn json(value: &Value, compact: bool) -> Result<(), CliError> {
    let text = if compact { value.to_string() } else { format!("{value:#}") };
    Ok(writeln!(std::io::stdout().lock(), "{}", plain_json(&text))?)
}

/// The same JSON with what does not print as `\u202e`. It can stand in strings alone, but for the line breaks between them.
fn plain_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if prints(c) || c == '\n' {
            shown.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        }
    }
    shown
}

/// Prints rows under headings, each column as wide as its widest cell.
///
/// # Errors
/// See [`line`].
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> Result<(), CliError> {
    let headings: Vec<Cow<'_, str>> = headings.iter().map(|heading| Cow::Borrowed(*heading)).collect();
    let columns = headings.len();
    let rows = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect());
    let rows: Vec<Vec<Cow<'_, str>>> = std::iter::once(headings).chain(rows).collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = std::io::stdout().lock();
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// Prints the body of an answer: to a program as it came; to a terminal in lines that it can only show, the last of which
/// ends, so that the prompt has one of its own.
///
/// # Errors
/// See [`line`].
pub fn body(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        write!(out, "{}", plain_lines(&String::from_utf8_lossy(bytes)))?;
    } else {
        out.write_all(bytes)?;
    }
    Ok(out.flush()?)
}

fn plain_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", plain(line))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What a terminal obeys, or what makes a text look like another one.
    const HOSTILE: &str = "\u{0}\u{7}\u{8}\t\n\r\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9f}\u{61c}\u{200e}\u{200f}\u{2028}\
                           \u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}\u{206a}\u{3164}\u{e0041}";

    #[test]
    fn what_a_terminal_obeys_is_shown_and_not_done() {
        assert_eq!(plain("\u{1b}]0;title\u{7}\r\nok \u{9b}2J\u{202e}"), r"\u{1b}]0;title\u{7}\r\nok \u{9b}2J\u{202e}");
        for c in HOSTILE.chars() {
            let shown = plain(&format!("a{c}b")).into_owned();
            assert!(shown.is_ascii() && shown.starts_with("a\\") && shown.ends_with('b'), "{shown:?}");
            assert!(shown.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{shown:?}");
        }
    }

    #[test]
    fn what_people_write_stays_as_it_is_and_twice_is_once() {
        for text in ["", "acts for alice", "Überprüfer ✓ 役割 👩‍💻", r"C:\new \u{1b}", "\"quoted\" 'twice'"]
        {
            assert_eq!(plain(text), text);
        }
        let once = plain(HOSTILE).into_owned();
        assert_eq!(plain(&once), once);
    }

    #[test]
    fn json_keeps_its_values_and_holds_nothing_that_a_terminal_obeys() {
        let value = json!({HOSTILE: [HOSTILE, "é 👩‍💻", 1, null], "astral": "\u{1fffe}"});
        for text in [plain_json(&value.to_string()), plain_json(&format!("{value:#}"))] {
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
            assert!(text.split('\n').all(is_printable), "{text:?}");
        }
        assert_eq!(plain_json("[\n  \"\u{9b}\u{1fffe}\"\n]"), "[\n  \"\\u009b\\ud83f\\udffe\"\n]");
    }

    #[test]
    fn a_body_on_a_terminal_keeps_its_lines_alone() {
        assert_eq!(plain_lines("a\u{1b}c\r\nb\rc\u{85}d\n\ne"), "a\\u{1b}c\nb\\rc\\u{85}d\n\ne\n");
        assert_eq!(plain_lines(""), "");
    }
}
