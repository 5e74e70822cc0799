//! `make run`, as the README describes it for a fresh clone.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::patience::Check;
use crate::{Failure, Outcome, Patience};

/// A running `make run` in the project's folder, with its own port and data folder.
///
/// Dropping it ends the whole process group.
#[derive(Debug)]
pub struct MakeRun {
    make: Child,
    folder: TempDir,
    url: String,
}

impl MakeRun {
    /// Runs `make run` and waits up to 15 minutes for the address that it prints, since it may build first.
    pub async fn starts() -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let folder = TempDir::with_prefix("confab-make-run-")?;
        let log = File::create(folder.path().join("log.txt"))?;
        let make = Command::new("make")
            .arg("run")
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .env("CONFAB_LISTEN", address.to_string())
            .env("CONFAB_DATA", folder.path().join("data"))
            // This make must not talk to one that runs the tests.
            .env_remove("MAKEFLAGS")
            .env_remove("MAKELEVEL")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()?;
        let mut run = Self {
            make,
            folder,
            url: String::new(),
        };
        let printed = Patience::seconds(900)
            .until(async || {
                if let Some(status) = run.make.try_wait()? {
                    return Err(run.failure(format!("make run ended: {status}")));
                }
                Ok(address_in(&run.log())
                    .map_or_else(|| Check::NotYet("no address".to_owned()), Check::Found))
            })
            .await?;
        run.url = printed.map_err(|seen| run.failure(format!("make run printed {seen}")))?;
        Ok(run)
    }

    /// The printed address.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log.txt")).unwrap_or_default()
    }

    fn failure(&self, reason: String) -> Failure {
        Failure::Program {
            name: "make run",
            reason,
            log: self.log().into(),
        }
    }
}

impl Drop for MakeRun {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.make.id()).ok().and_then(Pid::from_raw) {
            // Both fail only for processes that have already exited.
            let _ = kill_process_group(group, Signal::TERM);
        }
        let _ = self.make.wait();
    }
}

/// Finds the address in the server's output.
fn address_in(log: &str) -> Option<String> {
    let (_, rest) = log.split_once("open http://")?;
    let (address, _) = rest.split_once(char::is_whitespace)?;
    Some(format!("http://{}", address.trim_end_matches(['.', '/'])))
}
