//! The command: arguments and configuration in, one command out.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// A request allocates some dozens of times on one thread and is done with it: the system's allocator took a fifth of the
/// time of that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    oauthprovider::cli::run(&oauthprovider::cli::Cli::parse())
}
