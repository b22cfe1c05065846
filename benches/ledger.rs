//! How long a batch of nonces takes from being gathered to being answered, and what a nonce adds to it: the constants
//! of `docs/scaling.md`, which this prints as the tables that stand there.
//!
//! On SQLite always, in a file beside the build; on PostgreSQL where `BENCH_POSTGRES` names an empty database, whose
//! server must flush what it commits (`bench/ledger` sees to both). What is measured is the store as the service uses
//! it, and nothing of HTTP or of signatures.

#![expect(clippy::unwrap_used, reason = "what cannot be measured stops the program")]

#[path = "ledger/beside.rs"]
mod beside;
#[path = "ledger/claimants.rs"]
mod claimants;
#[path = "ledger/stranger.rs"]
mod stranger;

use std::{
    env,
    time::{Duration, Instant},
};

use oauthprovider::{
    sealing::{Keys, Source},
    store::{DatabaseUrl, Store},
};

use beside::Beside;
use claimants::{Measured, claim_for, claim_once};

/// How many nonces wait while as many are being committed.
const SIZES: [usize; 5] = [1, 4, 16, 64, 256];

/// Each size is measured so often, by turns; the quickest counts.
const ROUNDS: usize = 5;

const EACH: Duration = Duration::from_millis(700);

/// How many nonces another instance has written of a second, when it is seen how long reading them takes.
const READ: usize = 50_000;

/// What is measured of one database, in microseconds.
struct Constants {
    commit: f64,
    nonce: f64,
    read: f64,
    facts: f64,
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("ledger.db").display());
    let mut columns = vec![("SQLite", constants("SQLite", &sqlite))];
    let postgres = env::var("BENCH_POSTGRES").ok();
    if let Some(url) = &postgres {
        Beside::open(url).must_flush();
        columns.push(("PostgreSQL", constants("PostgreSQL", url)));
    }
    print_table(&columns);
    if let Some(url) = &postgres {
        print_several_instances(url);
    }
}

fn open(url: &str) -> Store {
    // There is nothing to seal.
    let keys = Keys::of(Source::Nowhere);
    let store = Store::open(url.parse::<DatabaseUrl>().unwrap(), keys, 8, Duration::from_secs(5)).unwrap();
    store.migrate().unwrap();
    store
}

fn constants(name: &str, url: &str) -> Constants {
    let store = open(url);
    let mut beside = Beside::open(url);
    let mut rounds = SIZES.map(|_| Vec::new());
    let mut second = 1_000;
    for _ in 0..ROUNDS {
        for (size, measured) in SIZES.iter().zip(&mut rounds) {
            second += 1;
            measured.push(claim_for(EACH, std::slice::from_ref(&store), *size, second, &mut beside));
        }
    }
    // Whatever else the machine does makes a round slower and none quicker.
    let quickest = |measured: Vec<Measured>| {
        let by_batch = |one: &Measured, other: &Measured| one.batch_micros().total_cmp(&other.batch_micros());
        measured.into_iter().min_by(by_batch).unwrap()
    };
    let points = rounds.map(quickest);
    println!("{name}: nonces in a batch, and microseconds that it takes");
    points.iter().for_each(|point| println!("{:8.1} {:9.1}", point.nonces_of_a_batch(), point.batch_micros()));
    let (commit, nonce) = line_through(&points);
    Constants { commit, nonce, read: read_micros(url, &store), facts: stranger::facts_micros(&store) }
}

/// The straight line through the points, by least squares of what each is off in proportion: a small batch counts as
/// much as a large one.
fn line_through(points: &[Measured]) -> (f64, f64) {
    let (mut s, mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for point in points {
        let (x, y) = (point.nonces_of_a_batch(), point.batch_micros());
        let weight = 1.0 / (y * y);
        s += weight;
        sx += weight * x;
        sy += weight * y;
        sxx += weight * x * x;
        sxy += weight * x * y;
    }
    let slope = (s * sxy - sx * sy) / (s * sxx - sx * sx);
    ((sy - slope * sx) / s, slope)
}

/// How long an instance takes for each nonce of another one's: it reads a second's when somebody names that.
fn read_micros(url: &str, writer: &Store) -> f64 {
    let (read, unread) = (2_000, 3_000);
    claim_once(writer, read, READ);
    let reader = open(url);
    // The first claim opens the connection.
    claim_once(&reader, unread, 1);
    let began = Instant::now();
    claim_once(&reader, unread + 1, 1);
    let without = began.elapsed();
    let began = Instant::now();
    claim_once(&reader, read, 1);
    began.elapsed().saturating_sub(without).as_secs_f64() * 1e6 / READ as f64
}

/// Instances that take turns on one ledger, and have as much to write between them as one has alone.
fn print_several_instances(url: &str) {
    let mut beside = Beside::open(url);
    println!("\n| instances | nonces in a batch | microseconds from commit to commit | nonces a second |");
    println!("| --- | --- | --- | --- |");
    for (second, instances) in (4_000..).zip([1, 2, 4]) {
        let stores: Vec<Store> = (0..instances).map(|_| open(url)).collect();
        let measured = claim_for(EACH * 3, &stores, 128 / instances, second, &mut beside);
        let (size, micros) = (measured.nonces_of_a_batch(), measured.batch_micros());
        println!("| {instances} | {size:.0} | {micros:.0} | {:.0} |", size * 1e6 / micros);
    }
}

fn print_table(columns: &[(&str, Constants)]) {
    let row = |name: &str, of: fn(&Constants) -> f64| {
        let cells = columns.iter().map(|(_, constants)| format!(" {:.2} |", of(constants)));
        println!("| {name} |{}", cells.collect::<String>());
    };
    let heads = columns.iter().map(|(name, _)| format!(" {name} |")).collect::<String>();
    println!("\n| microseconds |{heads}\n| --- |{}", " --- |".repeat(columns.len()));
    row("a batch, without its nonces", |constants| constants.commit);
    row("each nonce of a batch", |constants| constants.nonce);
    row("reading a nonce that another instance wrote", |constants| constants.read);
    row("loading the facts about one token", |constants| constants.facts);
}
