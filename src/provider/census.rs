//! How all tokens of the forge stand, counted now and then.
//!
//! Nobody has such a number at hand: a token falls asleep when its user loses a role, and no row of its own changes. So all are
//! looked at, a stretch at a time, and whoever shows the outcome says of when it is.

use std::collections::BTreeMap;

use super::{Asleep, Error, Standing};
use crate::{
    clock::UnixSeconds,
    ids::AccessTokenId,
    store::{self, Connection, Store, census::Alike},
};

/// For how long a census is good.
const GOOD_SECONDS: i64 = 60;
/// How many tokens that are asleep are named.
const MOST_NAMED: usize = 10;

/// How many tokens there are, by how they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// When the counting began.
    pub at: UnixSeconds,
    /// Those that are good.
    pub live: i64,
    /// Those that are asleep, by why.
    pub asleep: BTreeMap<Asleep, i64>,
    /// Those whose time is over and that are remembered.
    pub expired: i64,
    /// Those that were taken back and are remembered.
    pub revoked: i64,
    /// The newest of those that are asleep.
    pub sleepers: Vec<AccessTokenId>,
}

impl Census {
    /// Counts all tokens. Each stretch is a step of its own, so nobody is kept from a connection for long.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn take(store: &Store, now: UnixSeconds) -> Result<Self, Error> {
        let mut census = Self { at: now, ..Self::default() };
        let mut next = Some(store.run(store::census::newest).await?);
        while let Some(last) = next {
            let (counted, before) = store.run(move |conn| census.counted(conn, last, now)).await?;
            (census, next) = (counted, before);
        }
        Ok(census)
    }

    /// Whether nobody needs another one yet.
    pub fn is_good(&self, now: UnixSeconds) -> bool {
        now.saturating_sub(self.at) < GOOD_SECONDS
    }

    fn counted(
        mut self,
        conn: &mut Connection,
        last: AccessTokenId,
        now: UnixSeconds,
    ) -> Result<(Self, Option<AccessTokenId>), Error> {
        let (stretch, before) = store::census::stretch(conn, last, now)?;
        let mut sleepers = Vec::new();
        for alike in &stretch {
            if self.add(alike) && self.sleepers.len() < MOST_NAMED {
                sleepers.extend(store::census::alike(conn, last, now, alike)?);
            }
        }
        sleepers.sort_unstable_by(|a, b| b.cmp(a));
        self.sleepers.extend(sleepers);
        self.sleepers.truncate(MOST_NAMED);
        Ok((self, before))
    }

    /// Adds tokens that are alike, and says whether they are asleep.
    fn add(&mut self, alike: &Alike) -> bool {
        match Standing::of_alike(alike) {
            Standing::Live => self.live += alike.tokens,
            Standing::Expired => self.expired += alike.tokens,
            Standing::Revoked => self.revoked += alike.tokens,
            Standing::Asleep(why) => {
                *self.asleep.entry(why).or_default() += alike.tokens;
                return true;
            }
        }
        false
    }
}
