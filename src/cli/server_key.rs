//! `oauthprovider server-key …` and `rotate-server-key`: the keys that secrets in the database are sealed with.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CliError, Common, Missing, operator::Because, terminal};
use crate::{
    forge::audit::Event,
    sealing::{self, KeyError, Keyring, ServerKey},
    store::{Action, Rotation},
};

/// What to do with server keys.
#[derive(Subcommand)]
pub(super) enum ServerKeyCommand {
    /// Make a file with a fresh server key, which nobody else may read
    New {
        /// Where; there must be no such file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// How far to go.
#[derive(Args)]
pub(super) struct RotateArgs {
    /// Only put the new key into the file, so that it can be copied to other machines; run it again without this then
    #[arg(long)]
    prepare: bool,
    #[command(flatten)]
    because: Because,
}

pub(super) fn run(command: &ServerKeyCommand) -> Result<(), CliError> {
    match command {
        ServerKeyCommand::New { file } => {
            let key = ServerKey::random().map_err(KeyError::from)?;
            let name = key.name();
            if !sealing::create_file(file, &Keyring::new(key))? {
                return Err(CliError::Failed(format!(
                    "{}: there is such a file already, and it stays",
                    file.display()
                )));
            }
            let shown = file.display();
            terminal::line(&format!("{shown} has the server key {name}; keep a copy of it apart from the database's"))
        }
    }
}

pub(super) fn rotate(common: &Common, args: &RotateArgs) -> Result<(), CliError> {
    let by = args.because.by()?;
    let store = common.open(Missing::Refuse)?;
    let rotation = if args.prepare { Rotation::Prepared } else { Rotation::Whole };
    let (name, resealed) = store.rotate_server_key(rotation, |name| {
        Event::of_server_key(Action::ServerKeyRotated, &name.to_string()).said(&by)
    })?;
    if args.prepare {
        let told =
            format!("the server key {name} is prepared, and seals nothing yet; run this again without --prepare");
        return terminal::line(&told);
    }
    if let Some(first) = resealed.left.first() {
        return Err(CliError::Failed(format!(
            "{} secrets are sealed with the server key {name} now, but {} do not open with any key that is at hand, and so \
             the former keys are kept; the first of them is {first}",
            resealed.sealed,
            resealed.left.len()
        )));
    }
    let sealed = resealed.sealed;
    terminal::line(&format!("{sealed} secrets are sealed anew with the server key {name}; nothing needs a former one"))
}
