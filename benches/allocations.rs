//! Counts what verifying a request takes from the heap, and fails where `docs/performance.md` says another number.

#![expect(clippy::unwrap_used, reason = "what cannot be measured stops the program")]

mod request;

use std::{alloc::System, hint::black_box, process::ExitCode};

use request::Request;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const DOCUMENT: &str = include_str!("../docs/performance.md");

/// A row of the document's table.
fn row(name: &str, request: &Request) -> String {
    // What is made at the first use only is not counted.
    assert!(request.verify(), "{name}: the signature is right");
    let region = Region::new(ALLOCATOR);
    black_box(request.verify());
    let taken = region.change();
    format!("| {name} | {} | {} |", taken.allocations + taken.reallocations, taken.bytes_allocated)
}

fn main() -> ExitCode {
    let rows = [
        row("`GET`, signed in its header", &Request::get()),
        row("the same with three parameters in the query, one of them escaped", &Request::search()),
        row("`POST` of a kilobyte of JSON, with `oauth_body_hash`", &Request::post()),
    ];
    let missing = rows.iter().filter(|row| !DOCUMENT.lines().any(|line| line == row.as_str())).count();
    println!("{}", rows.join("\n"));
    if missing == 0 {
        return ExitCode::SUCCESS;
    }
    println!(
        "docs/performance.md says otherwise: where fewer are taken, or for a good reason more, put these rows there"
    );
    ExitCode::FAILURE
}
