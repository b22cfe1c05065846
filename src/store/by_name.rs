//! Lists in the order of names, narrowed by words and by what no index knows, none of which looks through a table.
//!
//! A word that few have leads to those few. One that many have leads nowhere: then names are gone through a step at a time, and
//! those that are not wanted are left out, until there are enough or so many were looked at that nobody should be kept waiting.

use super::{Connection, Error};

/// A word that so many have, or fewer, leads to them.
const FEW: usize = 100;
/// So many rows are looked at in one step where not all of them may be wanted.
const STEP: usize = 250;
/// The most rows that are looked at for one page.
const MOST_LOOKED_AT: usize = 2_000;

/// Some rows in the order of their names, and where a list of the following ones begins.
#[derive(Debug)]
pub struct Page<Row> {
    /// The rows.
    pub rows: Vec<Row>,
    /// There may be more among those after this name.
    pub more_after: Option<String>,
    /// Whether the page ends because so many were looked at, and not because it is full.
    pub looked_enough: bool,
}

/// What a list is asked for.
pub(super) trait Sought {
    /// What it is a list of.
    type Row;
    /// Their numbers.
    type Id;

    /// What the list is in the order of.
    fn name(row: &Self::Row) -> &str;

    /// The word of those that are looked for which most likely few have, by its beginning.
    fn rarest_word(&self) -> Option<&str>;

    /// Whether everything that [`Self::following`] finds is wanted.
    fn is_all(&self) -> bool;

    /// At most `limit` of those that have a word with this beginning, in any order and perhaps twice.
    fn with_word(&self, conn: &mut Connection, beginning: &str, limit: i64) -> Result<Vec<Self::Id>, Error>;

    /// Of these, all after this name, in the order of names.
    fn these(&self, conn: &mut Connection, ids: Vec<Self::Id>, after: &str) -> Result<Vec<Self::Row>, Error>;

    /// At most `limit` after this name, in the order of names, by an index.
    fn following(&self, conn: &mut Connection, after: &str, limit: i64) -> Result<Vec<Self::Row>, Error>;

    /// Those of these rows that are wanted.
    fn wanted(&self, conn: &mut Connection, rows: Vec<Self::Row>) -> Result<Vec<Self::Row>, Error>;
}

/// At most `limit` of those that are looked for, after this name.
///
/// # Errors
/// Those of the database.
pub(super) fn page<S: Sought>(
    conn: &mut Connection,
    sought: &S,
    after: &str,
    limit: usize,
) -> Result<Page<S::Row>, Error> {
    if let Some(word) = sought.rarest_word() {
        let ids = sought.with_word(conn, word, as_limit(FEW + 1))?;
        if ids.len() <= FEW {
            let rows = sought.these(conn, ids, after)?;
            let rows = sought.wanted(conn, rows)?;
            return Ok(cut::<S>(rows, limit, None));
        }
    }
    gone_through(conn, sought, after, limit)
}

fn gone_through<S: Sought>(
    conn: &mut Connection,
    sought: &S,
    after: &str,
    limit: usize,
) -> Result<Page<S::Row>, Error> {
    // One more than is shown tells that there is more.
    let step = if sought.is_all() { limit + 1 } else { STEP };
    let (mut found, mut looked_at, mut after) = (Vec::new(), 0, after.to_owned());
    loop {
        let rows = sought.following(conn, &after, as_limit(step))?;
        let is_last = rows.len() < step;
        looked_at += rows.len();
        if let Some(last) = rows.last() {
            S::name(last).clone_into(&mut after);
        }
        found.extend(sought.wanted(conn, rows)?);
        if found.len() > limit || is_last || looked_at >= MOST_LOOKED_AT {
            return Ok(cut::<S>(found, limit, (!is_last).then_some(after)));
        }
    }
}

/// A page of these rows, behind which there may be more after this name.
fn cut<S: Sought>(mut rows: Vec<S::Row>, limit: usize, more_after: Option<String>) -> Page<S::Row> {
    let is_full = rows.len() > limit;
    rows.truncate(limit);
    let looked_enough = !is_full && more_after.is_some();
    let more_after = if is_full { rows.last().map(|row| S::name(row).to_owned()) } else { more_after };
    Page { rows, more_after, looked_enough }
}

fn as_limit(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
