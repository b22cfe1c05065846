//! Does the audit log hold? Every entry that was touched is named.

use std::fmt;

use crate::store::{
    Connection, Error,
    audit::{self, AuditKey, Entry, Mark, NOTHING},
};

/// How many entries are read at once.
const PAGE: i64 = 1_000;
/// After so many findings the rest is not looked for.
const MOST_FINDINGS: usize = 100;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// This entry does not say what its hash was made of: it was changed, or put in another's place.
    Changed(i64),
    /// This entry hangs on another one than stands before it now: that one was written anew, with its hash.
    Replaced(i64),
    /// These entries are gone, from the first to the last.
    Missing(i64, i64),
    /// This entry is beyond the end of the log, or before its beginning: it was put in past the service.
    Added(i64),
    /// The seal of this entry is not the service's: it, or what is before it, was written by somebody else.
    Forged(i64),
    /// The head is gone, so nothing says whether the end of the log is.
    Headless,
    /// The head has another hash than the newest entry, which is this one.
    HeadDiffers(i64),
    /// The log ends at the first number, before the second, which it had reached already: it was rolled back.
    RolledBack(i64, i64),
    /// Up to this number the log is another one than it was.
    Rewritten(i64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(number) => write!(f, "entry {number} was changed"),
            Self::Replaced(number) => write!(f, "entry {number} was replaced, and its hash with it"),
            Self::Missing(first, last) if first == last => write!(f, "entry {first} is missing"),
            Self::Missing(first, last) => write!(f, "entries {first} to {last} are missing"),
            Self::Added(number) => write!(f, "entry {number} was added past the service"),
            Self::Forged(number) => write!(f, "entry {number} bears a seal that is not the service's"),
            Self::Headless => f.write_str("the row that says where the log ends is missing"),
            Self::HeadDiffers(number) => write!(f, "entry {number}, the newest, is not the one that was written last"),
            Self::RolledBack(end, expected) => {
                write!(f, "the log ends at entry {end}, and entry {expected} is missing")
            }
            Self::Rewritten(number) => write!(f, "entry {number} is not the one that is expected"),
        }
    }
}

/// What came of looking at the whole log.
#[derive(Debug, PartialEq, Eq)]
pub struct Findings {
    /// What is wrong; nothing: the log holds.
    pub wrong: Vec<Finding>,
    /// Where it ends: what to expect the next time.
    pub end: Mark,
}

/// What is not a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be NUMBER:HASH, as `audit verify` prints it")]
pub struct MarkError;

/// Reads a mark as it is printed: `NUMBER:HASH`.
///
/// # Errors
/// [`MarkError`].
pub fn parse_mark(text: &str) -> Result<Mark, MarkError> {
    let (number, hash) = text.split_once(':').ok_or(MarkError)?;
    let number: i64 = number.parse().map_err(|_| MarkError)?;
    let is_hash = hash.len() == NOTHING.len() && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if number >= 0 && is_hash { Ok(Mark { number, hash: hash.to_owned() }) } else { Err(MarkError) }
}

/// Looks at every entry, and at what was expected if anything was: an earlier end of the log.
///
/// # Errors
/// Those of the store.
pub fn verify(conn: &mut Connection, expected: Option<&Mark>) -> Result<Findings, Error> {
    conn.at_one_moment(|conn| {
        let head = audit::head(conn)?;
        let key = conn.audit_key()?;
        let mut walk = Walk::new(key.as_ref(), expected);
        let mut page = audit::after(conn, None, PAGE)?;
        while let Some(last) = page.last().map(|entry| entry.number) {
            page.into_iter().for_each(|entry| walk.step(entry));
            page = if walk.wrong.len() < MOST_FINDINGS { audit::after(conn, Some(last), PAGE)? } else { Vec::new() };
        }
        Ok(walk.end(head))
    })
}

/// A walk along the chain.
struct Walk<'a> {
    key: Option<&'a AuditKey>,
    expected: Option<&'a Mark>,
    /// The entry that was looked at last, and whether it is what its hash was made of.
    last: Mark,
    last_is_whole: bool,
    wrong: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn new(key: Option<&'a AuditKey>, expected: Option<&'a Mark>) -> Self {
        let last = Mark { number: 0, hash: NOTHING.to_owned() };
        Self { key, expected, last, last_is_whole: true, wrong: Vec::new() }
    }

    fn step(&mut self, entry: Entry) {
        if entry.number < 1 {
            return self.wrong.push(Finding::Added(entry.number));
        }
        let follows = entry.number == self.last.number + 1;
        if !follows {
            self.wrong.push(Finding::Missing(self.last.number + 1, entry.number - 1));
        }
        let is_whole = entry.is_whole();
        if !is_whole {
            self.wrong.push(Finding::Changed(entry.number));
        } else if follows && self.last_is_whole && entry.previous != self.last.hash {
            // Nothing stands before the first one, so it is that itself.
            self.wrong.push(match self.last.number {
                0 => Finding::Changed(entry.number),
                last => Finding::Replaced(last),
            });
        }
        let is_ours = self.key.is_some_and(|key| key.vouches_for(&entry));
        // Whoever writes one entry anew has to write all later ones anew: the first of them says it.
        if is_whole && !is_ours && !self.wrong.iter().any(|wrong| matches!(wrong, Finding::Forged(_))) {
            self.wrong.push(Finding::Forged(entry.number));
        }
        if self.expected.is_some_and(|mark| mark.number == entry.number && mark.hash != entry.hash) {
            self.wrong.push(Finding::Rewritten(entry.number));
        }
        (self.last, self.last_is_whole) = (Mark { number: entry.number, hash: entry.hash }, is_whole);
    }
    /// What the head and the end of the log say of each other.
    fn end(mut self, head: Option<Mark>) -> Findings {
        let last = self.last.number;
        match head {
            None => self.wrong.push(Finding::Headless),
            Some(head) if head.number > last => self.wrong.push(Finding::Missing(last + 1, head.number)),
            Some(head) if head.number < last => {
                let added = (head.number + 1..=last).take(MOST_FINDINGS);
                self.wrong.extend(added.map(Finding::Added));
            }
            Some(head) if head.hash != self.last.hash && self.last_is_whole => {
                self.wrong.push(Finding::HeadDiffers(last));
            }
            Some(_) => {}
        }
        match self.expected {
            Some(mark) if mark.number > last => self.wrong.push(Finding::RolledBack(last, mark.number)),
            Some(mark) if mark.number == 0 && mark.hash != NOTHING => self.wrong.push(Finding::Rewritten(0)),
            Some(_) | None => {}
        }
        Findings { wrong: self.wrong, end: self.last }
    }
}
