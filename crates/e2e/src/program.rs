//! A program other than the browsers: started in its own folder with its log, polled until ready, killed at
//! the end.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::patience::Check;
use crate::{Failure, Outcome, Patience};

/// A program with a folder of its own. Dropping it kills the program and removes the folder.
#[derive(Debug)]
pub struct Program {
    /// Its name in failures.
    name: &'static str,
    /// None while it is not running.
    child: Option<Child>,
    folder: TempDir,
}

impl Program {
    /// A program that has not been started yet.
    pub fn new(name: &'static str) -> Outcome<Self> {
        Ok(Self {
            name,
            child: None,
            folder: TempDir::with_prefix("confab-program-")?,
        })
    }

    /// Its folder, which exists until the program is dropped.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("log.txt")).unwrap_or_default()
    }

    /// Starts it in its folder and appends its output to its log. `hint` says what to do when it is not
    /// installed.
    pub fn start(&mut self, command: &mut Command, hint: &str) -> Outcome {
        let log = self.folder().join("log.txt");
        let log = File::options().create(true).append(true).open(log)?;
        let started = command
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn();
        let child = started.map_err(|error| {
            let program = command.get_program().to_string_lossy();
            self.failure(format!("{program} did not start ({error}); {hint}"))
        })?;
        self.child = Some(child);
        Ok(())
    }

    /// Waits up to 20 s until `ask` succeeds; an error of `ask` says what is wrong.
    pub async fn answers(&mut self, ask: impl Fn() -> Result<(), String>) -> Outcome {
        let ready = Patience::seconds(20)
            .until(async || {
                let ended = self
                    .child
                    .as_mut()
                    .and_then(|child| child.try_wait().ok().flatten());
                if let Some(status) = ended {
                    return Err(self.failure(format!("exited: {status}")));
                }
                Ok(ask().map_or_else(Check::NotYet, Check::Found))
            })
            .await?;
        ready.map_err(|seen| self.failure(format!("did not become ready: {seen}")))
    }

    /// Kills it with SIGKILL.
    pub fn kill9(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Both fail only for a program that has already exited.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> Outcome {
        let id = self
            .child
            .as_ref()
            .and_then(|child| i32::try_from(child.id()).ok());
        let id = id
            .and_then(Pid::from_raw)
            .ok_or_else(|| self.failure("it is not running".to_owned()))?;
        kill_process(id, signal).map_err(|error| self.failure(format!("cannot send {signal:?}: {error}")))
    }

    pub(crate) fn failure(&self, reason: String) -> Failure {
        Failure::Program {
            name: self.name,
            reason,
            log: self.log().into(),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill9();
        if std::thread::panicking() {
            eprintln!("--- log of {}\n{}", self.name, self.log());
        }
    }
}
