//! Starts a server, puts load on it, and prints the measurements.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use load::{
    Figures, Hashing, LoadError, Program, accounts, idle, joining, raise_open_files, relay, signing_in,
};
use protocol::SessionToken;

/// Sockets per user: as many as the server lets one user open at once.
const OF_EACH: usize = 16;

/// Accounts used to sign in.
const SIGNERS: usize = 8;

/// Measures how much load one Confab server carries on this machine.
#[derive(Debug, Parser)]
struct Load {
    /// The server's executable
    #[arg(default_value = "target/release/confab")]
    program: PathBuf,
    /// Idle sockets
    #[arg(long, default_value_t = 10_000)]
    idle: usize,
    /// Pairs of users that relay signals
    #[arg(long, default_value_t = 32)]
    pairs: usize,
    /// How long they do, in seconds
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Users who join one room at once
    #[arg(long, default_value_t = 1_000)]
    joining: usize,
    /// Sign-ins, half of them with a wrong password
    #[arg(long, default_value_t = 1_000)]
    sign_ins: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(Load::parse()).await {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts a new server for each part, so that none measures what another left behind.
async fn measure(load: Load) -> Result<Figures, LoadError> {
    let mut figures = Figures::default();
    if let Some(files) = raise_open_files() {
        figures.add("limit of open files", files);
    }
    let (server, users) = start(&load, load.idle, load.idle.div_ceil(OF_EACH)).await?;
    figures.extend(idle(server.address, &users, load.idle, || server.memory()).await?);
    drop(server);
    let (server, users) = start(&load, 2 * load.pairs, 2 * load.pairs).await?;
    figures.extend(relay(server.address, &users, Duration::from_secs(load.seconds)).await?);
    drop(server);
    let (server, users) = start(&load, load.joining, load.joining).await?;
    figures.extend(joining(server.address, &users, || server.memory()).await?);
    drop(server);
    let server = Program::start(&load.program, 0, Hashing::Usual).await?;
    accounts(server.address, SIGNERS).await?;
    figures.extend(signing_in(server.address, SIGNERS, load.sign_ins, || server.memory()).await?);
    Ok(figures)
}

async fn start(load: &Load, sockets: usize, users: usize) -> Result<(Program, Vec<SessionToken>), LoadError> {
    let server = Program::start(&load.program, sockets, Hashing::Cheap).await?;
    let users = accounts(server.address, users).await?;
    Ok((server, users))
}
