//! The benchmark's load generator: one thread, many keep-alive connections, one signed request after the other on each.
//!
//! `cargo run --release --example load -- closed --url URL --tokens FILE` asks as fast as answers come;
//! `open --rate R` asks R times a second however slow they come, and counts each latency from when the request was due.
//! It ends with 1 if any answer was not a 200. `first` waits for a service that is starting. `bench/run` calls it.

mod answer;
mod connection;
mod drive;
mod figures;
mod first;
mod nonce;
mod pace;
mod sign;
mod target;

use std::{fs, io::Write, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, Parser, Subcommand};

use crate::{
    drive::{Driver, unix_seconds},
    figures::Summary,
    first::wait_for_first,
    pace::{Pace, Schedule},
    sign::{Keys, Requests},
    target::Target,
};

/// Sends requests, signed or plain, and measures how long the answers take.
#[derive(Parser)]
#[command(name = "load")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Send the next request when an answer came
    Closed(Options),
    /// Send at a fixed rate; a request that finds no free connection waits, and its latency counts meanwhile
    Open {
        /// Requests per second
        #[arg(long, value_parser = rate)]
        rate: f64,
        #[command(flatten)]
        options: Options,
    },
    /// Ask until a request is accepted, and print when that was, in seconds since 1970
    First(Requested),
}

/// What is asked for.
#[derive(Args)]
struct Requested {
    /// http://HOST:PORT/PATH, to be asked with GET
    #[arg(long)]
    url: Target,
    /// A file with lines of "consumer_key consumer_secret token token_secret", used in turn
    #[arg(long, value_name = "FILE", required_unless_present = "plain", conflicts_with = "plain")]
    tokens: Option<PathBuf>,
    /// Do not sign
    #[arg(long)]
    plain: bool,
}

#[derive(Args)]
struct Options {
    #[command(flatten)]
    requested: Requested,
    /// Connections, with one request at a time on each
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    connections: u16,
    /// How long to measure
    #[arg(long, default_value = "10", value_parser = seconds)]
    seconds: Duration,
    /// How long to send before measuring
    #[arg(long, default_value = "1", value_parser = seconds)]
    warm_up: Duration,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// End with 0 also when answers are no 200
    #[arg(long)]
    tolerate: bool,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Closed(options) => run(Pace::Closed, &options),
        Command::Open { rate, options } => run(Pace::Open(rate), &options),
        Command::First(requested) => first(&requested),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("load: {error}");
        ExitCode::FAILURE
    })
}

fn run(pace: Pace, options: &Options) -> Result<ExitCode, String> {
    let target = &options.requested.url;
    let schedule = || Schedule::new(pace, options.warm_up, options.seconds);
    let driver = Driver::connect(target.clone(), options.requested.requests()?, options.connections.into(), schedule);
    let figures = driver.and_then(Driver::run).map_err(|error| format!("{}: {error}", target.address))?;
    let well = figures.all_well();
    print(&figures.summary(), options.json).map_err(|error| error.to_string())?;
    Ok(if well || options.tolerate { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn first(requested: &Requested) -> Result<ExitCode, String> {
    println!("{:.6}", wait_for_first(&requested.url, requested.requests()?)?);
    Ok(ExitCode::SUCCESS)
}

impl Requested {
    fn requests(&self) -> Result<Requests, String> {
        let Some(file) = &self.tokens else { return Ok(Requests::plain(&self.url)) };
        let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        Requests::signed(&self.url, &Keys::parse(&text)?, unix_seconds())
    }
}

fn print(summary: &Summary, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, summary)?;
        return writeln!(out);
    }
    let latency = &summary.latency_us;
    writeln!(out, "{:.0} requests/s, {} in all", summary.throughput, summary.requests)?;
    writeln!(
        out,
        "p50 {} us, p90 {} us, p99 {} us, p99.9 {} us, max {} us",
        latency.p50, latency.p90, latency.p99, latency.p99_9, latency.max
    )?;
    writeln!(
        out,
        "statuses {:?}, without an answer {}, never sent {}",
        summary.statuses, summary.broken, summary.unsent
    )?;
    match &summary.first_broken {
        Some(why) => writeln!(out, "the first without an answer: {why}"),
        None => Ok(()),
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if rate > 0.0 && rate.is_finite() { Ok(rate) } else { Err("not a rate above zero".to_owned()) }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
