//! placeholder
use super::CliError;
use clap::Args;
/// x
#[derive(Args)]
pub struct DemoArgs {}
pub(super) fn run(_: &DemoArgs) -> Result<(), CliError> {
    Ok(())
}
