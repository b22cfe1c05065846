//! `oauthprovider migrate`: the database at the current schema, and its secrets sealed.

use super::{CliError, Common, Missing, open_locked, terminal};
use crate::{sealing::KeyError, store};

pub(super) fn run(common: &Common) -> Result<(), CliError> {
    let store = open_locked(&common.load_for_one()?, Missing::Create)?;
    match store.unlock() {
        Ok(()) => terminal::line("the database is at the current schema"),
        // The schema is there, and had nothing in clear that a key would have been needed for.
        Err(store::Error::Key(KeyError::Nowhere)) => {
            terminal::line("the database is at the current schema; no server key was given, and serve will ask for one")
        }
        Err(error) => Err(error.into()),
    }
}
