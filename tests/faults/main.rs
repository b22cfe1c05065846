//! Faults: the real program under load, while the world around it breaks.
//!
//! Its process is killed in the middle of what it does, its database goes away or has no room left, the clock is moved,
//! clients send slowly or send junk. What is looked at afterwards are the books: what was answered must still hold, and
//! what holds must have happened once.
//!
//! These tests take the machine for themselves, so they are not among those of `tests/it`, and one comes after the other:
//! `tests/faults/run`. Each prints its figures.

// The whole file is tests: one that meets what it does not expect fails there and then.
#![cfg(test)]

mod books;
mod clock;
mod cluster;
mod command;
mod disk_full;
mod figures;
mod flood;
mod killed;
mod patience;
mod postgres_gone;
mod slow_clients;
mod stage;
#[expect(unused, reason = "shared with tests/it, which uses more of it")]
#[path = "../it/support/mod.rs"]
mod support;
mod work;
