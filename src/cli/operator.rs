//! Who sits at the command line, as the audit log names them.

use clap::Args;
use nix::unistd::{Uid, User};

use super::CliError;
use crate::{
    clock,
    forge::{By, Reason},
};

/// What every command takes that changes something.
#[derive(Args)]
pub(super) struct Because {
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Because {
    /// Whoever runs this command, now, for this reason.
    ///
    /// # Errors
    /// [`CliError::Failed`] when the reason is none that can be kept.
    pub(super) fn by(&self) -> Result<By, CliError> {
        let reason = Reason::parse(self.reason.as_deref().unwrap_or_default());
        let reason = reason.map_err(|error| CliError::Failed(format!("--reason: {error}")))?;
        Ok(operator().because(reason))
    }
}

/// Whoever runs this command, now.
pub(super) fn operator() -> By {
    let user = name();
    let name = match std::env::var("SUDO_USER") {
        Ok(behind) if !behind.is_empty() && behind != user => format!("{behind} as {user}"),
        _ => user,
    };
    By::operator(name, clock::now())
}

/// The system's name for the process's user; where it has none, as in many containers, the number.
fn name() -> String {
    let id = Uid::current();
    let known = User::from_uid(id).ok().flatten();
    known.map_or_else(|| format!("uid {id}"), |user| user.name)
}
