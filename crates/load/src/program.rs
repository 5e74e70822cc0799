//! The server's process: Confab, with limits that admit the load and a folder of its own, or the floor.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use protocol::limits::LARGEST_ROOM;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::{Cores, LoadError};

/// The cost of a password hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hashing {
    /// As cheap as possible, for loads that do not measure it.
    Cheap,
    /// The default cost.
    Usual,
}

/// A running server. Dropping it kills the process and removes its folder.
#[derive(Debug)]
pub struct Program {
    /// The address it listens on.
    pub address: SocketAddr,
    child: Child,
    _folder: Option<TempDir>,
}

impl Program {
    /// Starts the executable with limits for `sockets` sockets, and waits until it is ready.
    pub async fn start(
        path: &Path,
        cores: Cores,
        sockets: usize,
        hashing: Hashing,
    ) -> Result<Self, LoadError> {
        let folder = TempDir::new()?;
        let file = folder.path().join("confab.toml");
        std::fs::write(&file, settings(sockets, hashing))?;
        let mut command = cores.run(path);
        command
            .arg("--config")
            .arg(&file)
            .arg("--data")
            .arg(folder.path().join("data"));
        Self::spawn(command, Some(folder)).await
    }

    /// Starts the floor, which this program has too, and waits until it is ready.
    pub async fn start_floor(cores: Cores) -> Result<Self, LoadError> {
        let mut command = cores.run(&std::env::current_exe()?);
        command.arg("--floor");
        Self::spawn(command, None).await
    }

    async fn spawn(mut command: Command, folder: Option<TempDir>) -> Result<Self, LoadError> {
        let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let stdout = child.stdout.take().ok_or(LoadError::Ended)?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).await?;
        let port = line
            .trim()
            .rsplit(':')
            .next()
            .and_then(|port| port.parse::<u16>().ok());
        let port = port.ok_or(LoadError::Said(line))?;
        Ok(Self {
            address: ([127, 0, 0, 1], port).into(),
            child,
            _folder: folder,
        })
    }

    /// The server's resident memory in KiB, if known (Linux only).
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// The processor time that the server has taken so far, if known (Linux only).
    pub fn processor_time(&self) -> Option<Duration> {
        let status = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()?)).ok()?;
        // The second field is the program's name in parentheses; user and system time are the 14th and 15th.
        let (_, fields) = status.rsplit_once(')')?;
        let ticks: f64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum();
        let per_second = u32::try_from(rustix::param::clock_ticks_per_second()).ok()?;
        Some(Duration::from_secs_f64(ticks / f64::from(per_second)))
    }
}

/// Settings with limits that admit the load.
fn settings(sockets: usize, hashing: Hashing) -> String {
    let sockets = sockets + 100;
    let hashing = match hashing {
        Hashing::Cheap => "password-memory = 8\npassword-passes = 1",
        Hashing::Usual => "",
    };
    // Two messages for each join (participant and chat entry), since a load generator on the same cores reads slowly.
    let queued = 2 * LARGEST_ROOM;
    format!(
        "listen = \"127.0.0.1:0\"
        log = \"error\"
        [accounts]
        accounts-per-address = 1000000
        failures-per-address = 1000000
        failures-per-account = 1000000
        {hashing}
        [limits]
        sockets = {sockets}
        signal-burst = 1000000
        signals-per-second = 1000000
        signal-bytes-per-second = 100000000
        queued-messages = {queued}
        [rooms]
        room-participants = {LARGEST_ROOM}"
    )
}

/// Raises the limit of open files of this process and its children as far as allowed; returns the limit.
pub fn raise_open_files() -> Option<u64> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    // If it may not be raised, the limit stays, and a load that exceeds it fails with an error.
    let _ = setrlimit(Resource::Nofile, raised);
    getrlimit(Resource::Nofile).current
}
