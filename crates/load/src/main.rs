//! Starts a server, puts load on it, and prints the measurements.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use load::{
    Cores, Figures, Hashing, LoadError, Pace, Program, accounts, floor, idle, joining, raise_open_files,
    relay, signing_in, strangers,
};
use protocol::SessionToken;

/// Sockets per user: as many as the server lets one user open at once.
const OF_EACH: usize = 16;

/// Signals per second, to see what one costs while the server is not at its limit.
const PACE: u32 = 5_000;

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
    /// Run the server that Confab is compared with, and nothing else
    #[arg(long, hide = true)]
    floor: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let load = Load::parse();
    let done = if load.floor {
        floor().await
    } else {
        measure(load).await.map(|figures| println!("{figures}"))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
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
    let bound = Cores::bind_load().await;
    let cores = if bound { Cores::One } else { Cores::Any };
    let apart = if bound {
        "the first"
    } else {
        "shared with the load"
    };
    figures.add("core of the server, where nothing else is said", apart);
    let users = load.idle.div_ceil(OF_EACH);
    let [(server, of_server), (floor, of_floor)] = start(&load, cores, load.idle, users).await?;
    let least = idle(floor.address, &of_floor, load.idle, || floor.memory()).await?;
    drop(floor);
    let idle = idle(server.address, &of_server, load.idle, || server.memory()).await?;
    drop(server);
    figures.extend_beside(idle, &least);
    let fastest = (cores, "as fast as possible", Pace::Fastest);
    figures.extend(relaying(&load, fastest).await?);
    figures.extend(relaying(&load, (cores, "at 5,000 per second", Pace::PerSecond(PACE))).await?);
    if bound {
        let on_all = (Cores::All, "on all cores", Pace::Fastest);
        figures.extend(relaying(&load, on_all).await?);
    }
    let [(server, of_server), (floor, of_floor)] = start(&load, cores, load.joining, load.joining).await?;
    let (memory, time) = (|| floor.memory(), || floor.processor_time());
    let least = joining(floor.address, &of_floor, memory, time).await?;
    drop(floor);
    let (memory, time) = (|| server.memory(), || server.processor_time());
    let joining = joining(server.address, &of_server, memory, time).await?;
    drop(server);
    figures.extend_beside(joining, &least);
    let server = Program::start(&load.program, cores, 0, Hashing::Usual).await?;
    accounts(server.address, SIGNERS).await?;
    figures.extend(signing_in(server.address, SIGNERS, load.sign_ins, || server.memory()).await?);
    Ok(figures)
}

async fn relaying(load: &Load, (cores, label, pace): (Cores, &str, Pace)) -> Result<Figures, LoadError> {
    let [(server, of_server), (floor, of_floor)] = start(load, cores, 2 * load.pairs, 2 * load.pairs).await?;
    let (run, lasting) = ((label, pace), Duration::from_secs(load.seconds));
    let least = relay(floor.address, &of_floor, run, lasting, || floor.processor_time()).await?;
    drop(floor);
    let relayed = relay(server.address, &of_server, run, lasting, || {
        server.processor_time()
    })
    .await?;
    let mut figures = Figures::default();
    figures.extend_beside(relayed, &least);
    Ok(figures)
}

/// Starts a server and the floor, each with users.
async fn start(
    load: &Load,
    cores: Cores,
    sockets: usize,
    users: usize,
) -> Result<[(Program, Vec<SessionToken>); 2], LoadError> {
    let server = Program::start(&load.program, cores, sockets, Hashing::Cheap).await?;
    let of_server = accounts(server.address, users).await?;
    let floor = Program::start_floor(cores).await?;
    Ok([(server, of_server), (floor, strangers(users))])
}
