//! What many ledgers do that share a load which one could not carry: a simulation, with what `benches/ledger.rs`
//! measured.
//!
//! ```text
//! cargo run --release --example simulate_ledger
//! cargo run --release --example simulate_ledger -- 'requests a second=500000' 'seconds that are simulated=5'
//! ```
//!
//! Every number that goes in stands in a table of `docs/scaling.md`, by the name of its row; an argument says another
//! one. What is printed stands there too, and a test compares. The same numbers give the same output.

#![expect(clippy::indexing_slicing, reason = "what is numbered here was made here")]

mod numbers;
mod popularity;
mod settings;
mod shard;
mod stage;
mod waits;

use std::process::ExitCode;

use numbers::{Database, Numbers};
use popularity::Popularity;
use settings::Settings;
use shard::{Demand, Run, simulate};
use waits::Waits;

/// How many shards there are.
const SHARDS: [usize; 5] = [2, 4, 8, 16, 32];

/// How many instances serve each of them.
const INSTANCES: [usize; 2] = [1, 4];

/// What is asked of one ledger, in requests a second.
const RATES: [f64; 5] = [1_000.0, 10_000.0, 50_000.0, 100_000.0, 200_000.0];

/// How often the epoch moves, a second, of each of so many shards.
const MOVES: [f64; 2] = [1.0, 10.0];
const MOVED: [usize; 3] = [8, 32, 128];

/// How long 99 of 100 requests may wait.
const BOUND: f64 = 10.0;

/// What happened on all shards, and on that of which most was asked.
struct Outcome {
    waits: Waits,
    held: f64,
    nonces_of_a_batch: f64,
    loads_a_second: f64,
    busiest: Run,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("simulate_ledger: {told}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let numbers = Numbers::read(std::env::args().skip(1))?;
    let (sqlite, settings) = (Settings::of(Database::Sqlite, &numbers)?, Settings::of(Database::Postgres, &numbers)?);
    let rate = numbers.get("requests a second")?;
    let consumers = Popularity::zipf(numbers.count("consumers")?, numbers.get("exponent of their popularity")?);
    println!("                       requests  row   nonces      waits, ms");
    println!("one ledger  instances  a second  held  in a batch    p50    p99  p99.9");
    print_ledger("SQLite", &sqlite, 1);
    for instances in INSTANCES {
        print_ledger("PostgreSQL", &settings, instances);
    }
    print_shards(&settings, &consumers, rate);
    print_moves(&settings, &consumers, rate);
    Ok(())
}

/// Prints what so many shards do while nothing is changed that they judge by.
fn print_shards(settings: &Settings, consumers: &Popularity, rate: f64) {
    println!("\n                   row held       nonces    waits, ms");
    println!("shards  instances  mean  busiest  in a batch    p50    p99  p99.9  busiest p99");
    let mut enough = INSTANCES.map(|instances| (instances, None));
    for shards in SHARDS {
        for (instances, enough) in &mut enough {
            let outcome = outcome(settings, consumers, rate, (shards, *instances), 0.0);
            println!(
                "{shards:6}  {instances:9}  {:3.0}%  {:6.0}%  {:10.0}  {}  {:>11}",
                outcome.held * 100.0,
                outcome.busiest.row_held() * 100.0,
                outcome.nonces_of_a_batch,
                in_millis(&outcome.waits),
                outcome.busiest.waits.quantile(0.99),
            );
            if outcome.waits.is_within(0.99, BOUND) {
                enough.get_or_insert(shards);
            }
        }
    }
    for (instances, enough) in enough {
        let enough = enough.map_or("none of these".to_owned(), |shards| shards.to_string());
        println!("99 of 100 below {BOUND} ms, with {instances} instance(s) for each shard: {enough} shards");
    }
}

/// Prints what it costs that facts are loaded again whenever a shard's epoch moves.
fn print_moves(settings: &Settings, consumers: &Popularity, rate: f64) {
    println!("\n        moves of the epoch  loads     waits, ms");
    println!("shards  a second, on each   a second    p50    p99  p99.9");
    for shards in MOVED {
        for moves in MOVES {
            let outcome = outcome(settings, consumers, rate, (shards, 1), moves);
            println!("{shards:6}  {moves:17}  {:9.0}  {}", outcome.loads_a_second, in_millis(&outcome.waits));
        }
    }
}

/// Prints what one ledger does. It is also all that one consumer can have, wherever it lives.
fn print_ledger(name: &str, settings: &Settings, instances: usize) {
    let consumers = Popularity::zipf(1, 1.0);
    for requests_a_second in RATES {
        let demand = Demand { consumers: &consumers, requests_a_second, moves_a_second: 0.0, instances };
        let run = simulate(settings, &demand, 1);
        let size = run.nonces as f64 / run.batches as f64;
        println!(
            "{name:10}  {instances:9}  {requests_a_second:8}  {:3.0}%  {size:10.0}  {}",
            run.row_held() * 100.0,
            in_millis(&run.waits)
        );
    }
}

/// The waits that half, 99 of 100, and 999 of 1,000 did not exceed.
fn in_millis(waits: &Waits) -> String {
    [0.5, 0.99, 0.999].map(|share| format!("{:>5}", waits.quantile(share))).join("  ")
}

fn outcome(
    settings: &Settings,
    consumers: &Popularity,
    rate: f64,
    (shards, instances): (usize, usize),
    moves_a_second: f64,
) -> Outcome {
    let mut waits = Waits::new();
    let (mut held, mut loads_a_second, mut nonces, mut batches) = (0.0, 0.0, 0, 0);
    let mut busiest: Option<(f64, Run)> = None;
    for shard in 0..shards {
        let consumers = consumers.on_shard(shard, shards);
        let share = consumers.share();
        let demand = Demand { consumers: &consumers, requests_a_second: rate * share, moves_a_second, instances };
        let run = simulate(settings, &demand, shard as u64);
        waits.add(&run.waits);
        held += run.row_held() / shards as f64;
        loads_a_second += run.loads_a_second() / shards as f64;
        nonces += run.nonces;
        batches += run.batches;
        if busiest.as_ref().is_none_or(|(most, _)| *most < share) {
            busiest = Some((share, run));
        }
    }
    let (_, busiest) = busiest.unwrap_or_else(|| unreachable!("there is a shard"));
    Outcome { waits, held, nonces_of_a_batch: nonces as f64 / batches as f64, loads_a_second, busiest }
}
