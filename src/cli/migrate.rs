//! `oauthprovider migrate`: the database at the current schema, and nothing else.

use super::{CliError, Common, Missing};

pub(super) fn run(common: &Common) -> Result<(), CliError> {
    common.open(Missing::Create)?;
    println!("the database is at the current schema");
    Ok(())
}
