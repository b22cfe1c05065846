//! Forgetting what can no longer matter, in small transactions, so that a service left alone does not grow.

use super::{Error, policy, refusals};
use crate::{
    clock::UnixSeconds,
    store::{self, Connection, Transaction, Turn},
};

/// Removes one batch of nonces that no request can repeat, of credentials long past, of consumers' secrets that have retired,
/// of refusals that nobody can look up any more, and of calls that were counted long ago. Says how many rows went; none means that there is nothing left to remove,
/// or that another instance is removing it.
///
/// # Errors
/// Those of the store.
pub fn batch(conn: &mut Connection, now: UnixSeconds) -> Result<usize, Error> {
    let oldest_acceptable = now.saturating_sub(policy::TIMESTAMP_WINDOW_SECONDS);
    let until = oldest_acceptable.saturating_sub(policy::NONCE_MARGIN_SECONDS);
    // In two steps, so that nothing that is accepted waits for what is removed.
    let raise = |tx: &mut Transaction<'_>| store::nonces::raise_horizon(tx, until, policy::SWEEP_BATCH);
    let nonces = match conn.write_in_turn(Turn::Sweep, raise)?.flatten() {
        Some(second) => conn.write_in_turn(Turn::Sweep, |tx| store::nonces::remove_until(tx, second))?,
        None => None,
    };
    let before = now.saturating_sub(policy::REMEMBER_REQUEST_TOKEN_SECONDS);
    let remove = |tx: &mut Transaction<'_>| store::request_tokens::sweep(tx, before, policy::SWEEP_BATCH);
    let tokens = conn.write_in_turn(Turn::Sweep, remove)?;
    let before = now.saturating_sub(policy::REMEMBER_ENDED_TOKEN_SECONDS);
    let remove = |tx: &mut Transaction<'_>| store::access_tokens::sweep(tx, before, policy::SWEEP_BATCH);
    let ended = conn.write_in_turn(Turn::Sweep, remove)?;
    let remove = |tx: &mut Transaction<'_>| store::consumer_secrets::sweep(tx, now, policy::SWEEP_BATCH);
    let secrets = conn.write_in_turn(Turn::Sweep, remove)?;
    let before = now.saturating_sub(refusals::KEPT_SECONDS);
    let forget = |tx: &mut Transaction<'_>| store::refusals::sweep(tx, before, policy::SWEEP_BATCH);
    let refusals = conn.write_in_turn(Turn::Sweep, forget)?;
    let day = store::calls::day_of(now).saturating_sub(policy::REMEMBER_CALLS_DAYS);
    let hour = store::calls::hour_of(now).saturating_sub(policy::REMEMBER_CALLS_HOURS);
    let forget = |tx: &mut Transaction<'_>| store::calls::sweep(tx, day, hour, policy::SWEEP_BATCH);
    let calls = conn.write_in_turn(Turn::Sweep, forget)?;
    Ok([nonces, tokens, ended, secrets, refusals, calls].into_iter().flatten().sum())
}
