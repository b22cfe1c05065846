//! What the fuzzers try. Each target takes bytes, says whether they were good, and panics where something does not hold
//! that must: that nothing else panics is only the least of it.
//!
//! `tests/it/corpus.rs` has these files too, and runs every target over its seeds and over whatever was found with it, so
//! that what was found once is looked for ever after, without a fuzzer.

pub mod callback;
pub mod form;
pub mod header;
pub mod import;
mod naive;
pub mod plugin;
mod refusal;
pub mod request;
mod wire;

/// Says whether its input was good; panics where something does not hold.
pub type Target = fn(&[u8]) -> bool;

/// Every target by its name, which is also that of its program, its seeds' folder and its findings'.
pub const TARGETS: [(&str, Target); 6] = [
    ("header", header::is_good),
    ("form", form::is_good),
    ("request", request::is_good),
    ("callback", callback::is_good),
    ("import", import::is_good),
    ("plugin", plugin::is_good),
];
