//! `oauthprovider migrate`: the database at the current schema, and its secrets sealed.

use super::{CliError, Common, Missing, open_locked};
use crate::{config::Flags, sealing::KeyError, store};

pub(super) fn run(common: &Common) -> Result<(), CliError> {
    let store = open_locked(&common.load(Flags::default())?, Missing::Create)?;
    match store.unlock() {
        Ok(()) => println!("the database is at the current schema"),
        // The schema needs no key; whoever serves says what is missing.
        Err(store::Error::Key(KeyError::Nowhere)) => {
            println!("the database is at the current schema; no server key was given, so nothing was sealed");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
