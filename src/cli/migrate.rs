//! `oauthprovider migrate`: the database at the current schema, and its secrets sealed.

use super::{CliError, Common, Missing, open_locked, terminal};
use crate::{config::Flags, sealing::KeyError, store};

pub(super) fn run(common: &Common) -> Result<(), CliError> {
    let store = open_locked(&common.load(Flags::default())?, Missing::Create)?;
    match store.unlock() {
        Ok(()) => terminal::line("the database is at the current schema"),
        // The schema needs no key; whoever serves says what is missing.
        Err(store::Error::Key(KeyError::Nowhere)) => {
            terminal::line("the database is at the current schema; no server key was given, so nothing was sealed")
        }
        Err(error) => Err(error.into()),
    }
}
