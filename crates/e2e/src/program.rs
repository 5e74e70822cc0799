//! A program beside the browsers: started in a folder of its own that has its log, waited for, and killed in the end.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::patience::Look;
use crate::{Failure, Outcome, Patience};

/// Dropping it kills the program and removes its folder.
#[derive(Debug)]
pub(crate) struct Program {
    /// As people call it.
    name: &'static str,
    /// None while it is down.
    child: Option<Child>,
    folder: TempDir,
}

impl Program {
    /// One that is yet to be started.
    pub fn new(name: &'static str) -> Outcome<Self> {
        Ok(Self {
            name,
            child: None,
            folder: TempDir::with_prefix("confab-program-")?,
        })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// All that it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("log.txt")).unwrap_or_default()
    }

    /// Starts it in its folder; what it says is added to its log. `hint` is what to do when it is not there.
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

    /// Waits until it answers as it should; an answer is what is wrong, if anything.
    pub async fn answers(&mut self, ask: impl Fn() -> Result<(), String>) -> Outcome {
        let ready = Patience::seconds(20)
            .until(async || {
                let ended = self
                    .child
                    .as_mut()
                    .and_then(|child| child.try_wait().ok().flatten());
                if let Some(status) = ended {
                    return Err(self.failure(format!("ended at once: {status}")));
                }
                Ok(ask().map_or_else(Look::NotYet, Look::Found))
            })
            .await?;
        ready.map_err(|seen| self.failure(format!("did not get ready: {seen}")))
    }

    /// Kills it, as a power failure would.
    pub fn kill9(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Both fail only for a program that has ended already.
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
            .ok_or_else(|| self.failure("it does not run".to_owned()))?;
        kill_process(id, signal).map_err(|error| self.failure(format!("it took no {signal:?}: {error}")))
    }

    pub fn failure(&self, reason: String) -> Failure {
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
