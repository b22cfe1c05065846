//! Forgetting what can no longer matter, in small transactions, so that a service left alone does not grow.

use super::{Error, policy};
use crate::{
    clock::UnixSeconds,
    store::{self, Connection},
};

/// Removes one batch of nonces that no request can repeat, and of temporary credentials long past. Says how many rows
/// went; none means that there is nothing left to remove.
///
/// # Errors
/// Those of the store.
pub fn batch(conn: &mut Connection, now: UnixSeconds) -> Result<usize, Error> {
    let oldest_acceptable = now.saturating_sub(policy::TIMESTAMP_WINDOW_SECONDS);
    let until = oldest_acceptable.saturating_sub(policy::NONCE_MARGIN_SECONDS);
    // In two steps, so that nothing that is accepted waits for what is removed.
    let behind = conn.write(|tx| store::nonces::raise_horizon(tx, until, policy::SWEEP_BATCH))?;
    let nonces = match behind {
        Some(second) => conn.write(|tx| store::nonces::remove_until(tx, second))?,
        None => 0,
    };
    let before = now.saturating_sub(policy::REMEMBER_REQUEST_TOKEN_SECONDS);
    let tokens = conn.write(|tx| store::request_tokens::sweep(tx, before, policy::SWEEP_BATCH))?;
    Ok(nonces + tokens)
}
