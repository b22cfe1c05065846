//! Does the audit log hold? Every entry that was touched is named.

use std::fmt;

use crate::store::{
    Connection, Error,
    audit::{self, AuditKey, Entry, Found, Head, Mark, NOTHING, Unreadable},
};

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
    /// There is something in the row of this entry that the service does not write, and that cannot be read.
    Unreadable(i64),
    /// The seals of these entries, from the first to the last, are not the service's: they, or what is before them, were
    /// written by somebody else.
    Forged(i64, i64),
    /// No seal of the whole log is the service's.
    AllForged,
    /// The key that entries are sealed with is gone, so nothing says who wrote them.
    KeyMissing,
    /// It does not open, for this reason.
    KeyUnopened(String),
    /// The head is gone, so nothing says whether the end of the log is.
    Headless,
    /// There are so many heads, and one is all that the service ever writes.
    Heads(usize),
    /// What the head says cannot be read.
    HeadUnreadable,
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
            Self::Unreadable(number) => write!(f, "entry {number} cannot be read"),
            Self::Forged(first, last) if first == last => {
                write!(f, "entry {first} bears a seal that is not the service's")
            }
            Self::Forged(first, last) => write!(f, "entries {first} to {last} bear seals that are not the service's"),
            Self::AllForged => f.write_str(
                "no seal was made with the key of the log: that is another one than it was, or all entries were written anew",
            ),
            Self::KeyMissing => f.write_str("the key of the log is missing, so nothing says who wrote the entries"),
            Self::KeyUnopened(reason) => write!(f, "the key of the log does not open: {reason}"),
            Self::Headless => f.write_str("the row that says where the log ends is missing"),
            Self::Heads(rows) => write!(f, "there are {rows} rows that say where the log ends, instead of one"),
            Self::HeadUnreadable => f.write_str("the row that says where the log ends cannot be read"),
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
        let (key, unopened) = match conn.audit_key() {
            Ok(key) => (key, None),
            Err(Error::Unopened { reason, .. }) => (None, Some(Finding::KeyUnopened(reason.to_string()))),
            Err(error) => return Err(error),
        };
        let is_missing = key.is_none() && unopened.is_none();
        let mut walk = Walk::new(key.as_ref(), expected);
        walk.wrong.extend(unopened);
        audit::each_after(conn, None, |found| {
            if is_missing && walk.is_at_the_beginning() {
                walk.wrong.push(Finding::KeyMissing);
            }
            walk.step(found);
            Ok::<_, Error>(walk.wrong.len() < MOST_FINDINGS)
        })?;
        Ok(walk.end(head))
    })
}

/// A walk along the chain.
struct Walk<'a> {
    /// What entries are sealed with; none: nothing can be said of seals.
    key: Option<&'a AuditKey>,
    expected: Option<&'a Mark>,
    /// The entry that was looked at last, and whether it is what its hash was made of.
    last: Mark,
    last_is_whole: bool,
    /// Whether any seal was the service's.
    has_own_seal: bool,
    /// Since the last such one, the first and the last entry whose seals are not.
    forged: Option<(i64, i64)>,
    wrong: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn new(key: Option<&'a AuditKey>, expected: Option<&'a Mark>) -> Self {
        let last = Mark { number: 0, hash: NOTHING.to_owned() };
        Self { key, expected, last, last_is_whole: true, has_own_seal: false, forged: None, wrong: Vec::new() }
    }

    fn is_at_the_beginning(&self) -> bool {
        self.last.number == 0 && self.wrong.is_empty()
    }

    fn step(&mut self, found: Found) {
        let number = match &found {
            Ok(entry) => entry.number,
            Err(Unreadable { number }) => *number,
        };
        let is_beyond = number <= self.last.number;
        if !is_beyond && number != self.last.number + 1 {
            self.wrong.push(Finding::Missing(self.last.number + 1, number - 1));
        }
        match found {
            Err(_) => {
                self.wrong.push(Finding::Unreadable(number));
                if !is_beyond {
                    (self.last, self.last_is_whole) = (Mark { number, hash: String::new() }, false);
                }
            }
            Ok(_) if is_beyond => self.wrong.push(Finding::Added(number)),
            Ok(entry) => self.look_at(entry),
        }
    }

    fn look_at(&mut self, entry: Entry) {
        let is_whole = entry.is_whole();
        if !is_whole {
            self.wrong.push(Finding::Changed(entry.number));
        } else if entry.number == self.last.number + 1 && self.last_is_whole && entry.previous != self.last.hash {
            // Nothing stands before the first one, so it is that itself.
            self.wrong.push(match self.last.number {
                0 => Finding::Changed(entry.number),
                last => Finding::Replaced(last),
            });
        }
        if is_whole {
            self.look_at_the_seal(&entry);
        }
        if self.expected.is_some_and(|mark| mark.number == entry.number && mark.hash != entry.hash) {
            self.wrong.push(Finding::Rewritten(entry.number));
        }
        (self.last, self.last_is_whole) = (Mark { number: entry.number, hash: entry.hash }, is_whole);
    }

    /// Whoever writes one entry anew has to write all later ones anew, up to where the service went on.
    fn look_at_the_seal(&mut self, entry: &Entry) {
        let Some(key) = self.key else { return };
        if key.vouches_for(entry) {
            self.has_own_seal = true;
            self.tell_what_is_forged();
        } else {
            let first = self.forged.map_or(entry.number, |(first, _)| first);
            self.forged = Some((first, entry.number));
        }
    }

    fn tell_what_is_forged(&mut self) {
        self.wrong.extend(self.forged.take().map(|(first, last)| Finding::Forged(first, last)));
    }

    /// What the head and the end of the log say of each other.
    fn end(mut self, head: Head) -> Findings {
        if self.forged.is_some() && !self.has_own_seal {
            self.wrong.push(Finding::AllForged);
        } else {
            self.tell_what_is_forged();
        }
        let last = self.last.number;
        match head {
            Head::Missing => self.wrong.push(Finding::Headless),
            Head::Several(rows) => self.wrong.push(Finding::Heads(rows)),
            Head::Unreadable => self.wrong.push(Finding::HeadUnreadable),
            Head::At(head) if head.number > last => self.wrong.push(Finding::Missing(last + 1, head.number)),
            Head::At(head) if head.number < last => {
                let added = (head.number + 1..=last).take(MOST_FINDINGS);
                self.wrong.extend(added.map(Finding::Added));
            }
            Head::At(head) if head.hash != self.last.hash && self.last_is_whole => {
                self.wrong.push(Finding::HeadDiffers(last));
            }
            Head::At(_) => {}
        }
        match self.expected {
            Some(mark) if mark.number > last => self.wrong.push(Finding::RolledBack(last, mark.number)),
            Some(mark) if mark.number == 0 && mark.hash != NOTHING => self.wrong.push(Finding::Rewritten(0)),
            Some(_) | None => {}
        }
        Findings { wrong: self.wrong, end: self.last }
    }
}
