//! Cores: one for the server, the others for the load, so that neither takes the other's time.
//!
//! They are bound by `taskset`, of util-linux. Where that is missing, or where there is only one core, nothing is
//! bound, and the figures say so.

use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

/// The cores on which a server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cores {
    /// Any, as the system decides.
    Any,
    /// One that the load does not use, once [`Cores::bind_load`] has succeeded.
    One,
    /// All, one of which the load does not use.
    All,
}

impl Cores {
    /// Binds this process to all cores but the first; returns whether that was possible.
    pub async fn bind_load() -> bool {
        let last = last_core();
        if last == 0 {
            return false;
        }
        let bound = Command::new("taskset")
            .args(["--all-tasks", "--cpu-list", "--pid", &format!("1-{last}")])
            .arg(std::process::id().to_string())
            .stdout(Stdio::null())
            .status()
            .await;
        bound.is_ok_and(|status| status.success())
    }

    /// Returns the command that runs a program on these cores. Its process becomes the program's.
    pub(crate) fn run(self, program: &Path) -> Command {
        let list = match self {
            Self::Any => return Command::new(program),
            Self::One => "0".to_owned(),
            Self::All => format!("0-{}", last_core()),
        };
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &list]).arg(program);
        command
    }
}

/// The number of the last core of this machine.
fn last_core() -> usize {
    let online = std::fs::read_to_string("/sys/devices/system/cpu/online").unwrap_or_default();
    let last = online.trim().rsplit(['-', ',']).next();
    last.and_then(|last| last.parse().ok()).unwrap_or(0)
}
