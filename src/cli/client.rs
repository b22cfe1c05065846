//! placeholder
use super::CliError;
use clap::Subcommand;
/// x
#[derive(Subcommand)]
pub enum ClientCommand {
    /// x
    Sign,
}
pub(super) fn run(_: &ClientCommand) -> Result<(), CliError> {
    Ok(())
}
