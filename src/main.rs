//! The command: arguments and configuration in, one command out.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    oauthprovider::cli::run(&oauthprovider::cli::Cli::parse())
}
