//! Looking for what nobody does but time, or what was done elsewhere: tokens that end soon, and tokens that fell asleep.
//!
//! Each look is one small transaction, and takes up where the one before it stopped. Tokens that end are found by their
//! index, each once. Tokens that sleep are found by a round over all of them, which begins when something changed that
//! tokens are judged by: then the epoch has moved. In between a look costs one row.

use std::collections::HashSet;

use super::{News, post};
use crate::{
    clock::UnixSeconds,
    ids::AccessTokenId,
    provider::{Asleep, Error, Standing, policy},
    store::{
        self, Connection, Transaction, Turn,
        access_tokens::{Filter, Listed},
        mail::Rounds,
    },
};

/// Looks at a batch of tokens, and lets letters wait for who sends them. False: there is nothing left to look at, or another
/// instance is looking.
///
/// # Errors
/// Those of the store.
pub fn look(conn: &mut Connection, now: UnixSeconds) -> Result<bool, Error> {
    // Most of the time nothing is to be done, and nobody is to wait for that.
    let (rounds, epoch) = store::mail::rounds(conn)?;
    let is_at_rest = rounds.asleep == NONE && rounds.asleep_epoch == epoch;
    if is_at_rest && store::mail::ending(conn, from(rounds, now), soon(now), 1)?.is_empty() {
        return Ok(false);
    }
    let looked = conn.write_in_turn(Turn::Mail, |tx| {
        let (rounds, epoch) = store::mail::rounds(tx)?;
        let (ending, is_more_ending) = look_at_ending(tx, rounds, now)?;
        let (asleep, is_more_asleep) = look_at_sleeping(tx, rounds, epoch, now)?;
        let moved = Rounds { ending, ..asleep };
        if moved != rounds {
            store::mail::move_rounds(tx, moved)?;
        }
        Ok::<_, Error>(is_more_ending || is_more_asleep)
    })?;
    Ok(looked.unwrap_or(false))
}

/// The number that no token has.
const NONE: AccessTokenId = AccessTokenId(0);

fn soon(now: UnixSeconds) -> UnixSeconds {
    now.saturating_add(policy::ENDING_SOON_SECONDS)
}

/// Where to look on. What has ended meanwhile, because nobody looked, is told by itself.
fn from(rounds: Rounds, now: UnixSeconds) -> (UnixSeconds, AccessTokenId) {
    rounds.ending.max((now, AccessTokenId(i64::MAX)))
}

/// Tells of tokens that end soon. One that was not to last for longer than that is not told of: its user chose it lately.
fn look_at_ending(
    tx: &mut Transaction<'_>,
    rounds: Rounds,
    now: UnixSeconds,
) -> Result<((UnixSeconds, AccessTokenId), bool), Error> {
    let tokens = store::mail::ending(tx, from(rounds, now), soon(now), policy::MAIL_LOOK)?;
    for token in &tokens {
        let is_long = token.expires.saturating_sub(token.created) > policy::ENDING_SOON_SECONDS;
        if !is_long || token.revoked.is_some() {
            continue;
        }
        let filter = Filter { id: Some(token.id), ..Filter::default() };
        for listed in store::access_tokens::list(tx, filter, now, 1)? {
            post(tx, &listed, News::Ending { expires: token.expires }, now)?;
        }
    }
    let last = tokens.last().map_or(rounds.ending, |last| (last.expires, last.id));
    Ok((last, tokens.len() as i64 == policy::MAIL_LOOK))
}

/// Tells of tokens that fell asleep, and remembers which are told of until they wake.
fn look_at_sleeping(
    tx: &mut Transaction<'_>,
    rounds: Rounds,
    epoch: i64,
    now: UnixSeconds,
) -> Result<(Rounds, bool), Error> {
    if rounds.asleep == NONE && rounds.asleep_epoch == epoch {
        return Ok((rounds, false));
    }
    // A new round answers for all that was changed until now.
    let asleep_epoch = if rounds.asleep == NONE { epoch } else { rounds.asleep_epoch };
    let tokens = store::mail::tokens_behind(tx, rounds.asleep, policy::MAIL_LOOK)?;
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        let among = (*first, *last);
        let told: HashSet<AccessTokenId> = store::mail::told_asleep(tx, among)?.into_iter().collect();
        let filter = Filter { among: Some(among), live: true, ..Filter::default() };
        let live = store::access_tokens::list(tx, filter, now, policy::MAIL_LOOK)?;
        compare(tx, &live, &told, now)?;
    }
    let is_more = tokens.len() as i64 == policy::MAIL_LOOK;
    let asleep = tokens.last().copied().filter(|_| is_more).unwrap_or(NONE);
    Ok((Rounds { asleep, asleep_epoch, ..rounds }, is_more))
}

fn compare(
    tx: &mut Transaction<'_>,
    live: &[Listed],
    told: &HashSet<AccessTokenId>,
    now: UnixSeconds,
) -> Result<(), Error> {
    let mut awake = Vec::new();
    for token in live {
        match Standing::of(token, now) {
            // Told when the user can be written to again, if it still sleeps then.
            Standing::Asleep(Asleep::UserSuspended) => {}
            Standing::Asleep(asleep) if !told.contains(&token.id) => {
                post(tx, token, News::Asleep { because: asleep.word().to_owned() }, now)?;
                store::mail::set_told_asleep(tx, token.id, now)?;
            }
            Standing::Live if told.contains(&token.id) => awake.push(token.id),
            Standing::Asleep(_) | Standing::Live | Standing::Expired | Standing::Revoked => {}
        }
    }
    Ok(store::mail::forget_asleep(tx, &awake)?)
}
