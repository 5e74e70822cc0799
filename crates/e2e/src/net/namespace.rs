//! One network namespace: created, entered, removed.

use std::fs::File;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::{Failure, Outcome};

/// Prefix of every name; the id of the creating process, a number and the purpose follow.
pub(super) const PREFIX: &str = "confab-e2e-";
/// Where `ip` keeps namespaces.
pub(super) const FOLDER: &str = "/run/netns";

/// Number of namespaces that this process has created.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A network namespace with its own interfaces, routes and filters. Dropping the last clone removes it.
#[derive(Clone, Debug)]
pub struct Namespace(Arc<Owned>);

/// Dropping it removes the namespace, with every interface inside and the other ends of its pairs.
#[derive(Debug)]
struct Owned {
    name: String,
}

impl Namespace {
    /// Creates a namespace whose loopback interface is up.
    pub(super) fn make(role: &str) -> Outcome<Self> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}-{number}-{role}", std::process::id());
        run(Command::new("ip").args(["netns", "add", &name]), "")?;
        let namespace = Self(Arc::new(Owned { name }));
        namespace.ip("link set lo up")?;
        Ok(namespace)
    }

    /// Its name, as `ip` knows it.
    pub(super) fn name(&self) -> &str {
        &self.0.name
    }

    /// Runs `ip` in it with these arguments, separated by spaces.
    pub(super) fn ip(&self, words: &str) -> Outcome {
        let mut ip = Command::new("ip");
        run(ip.args(["-n", self.name()]).args(words.split_whitespace()), "")
    }

    /// Runs `tc` in it with these arguments, separated by spaces.
    pub(super) fn tc(&self, words: &str) -> Outcome {
        let mut tc = Command::new("tc");
        run(tc.args(["-n", self.name()]).args(words.split_whitespace()), "")
    }

    /// Loads rules into its packet filter, all of them or none.
    pub(super) fn filters(&self, rules: &str) -> Outcome {
        run(self.command("nft").args(["-f", "-"]), rules)
    }

    /// Sets one of its kernel parameters, by a path under `/proc/sys/net`.
    pub(super) fn switches(&self, path: &str, value: &str) -> Outcome {
        self.inside(|| std::fs::write(Path::new("/proc/sys/net").join(path), value))
            .map_err(|error| Failure::Network(format!("{path} could not be set: {error}")))
    }

    /// A command that runs a program in it.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", self.name(), program]);
        command
    }

    /// Opens a TCP connection from within it.
    pub fn connect(&self, address: SocketAddr, limit: Duration) -> io::Result<TcpStream> {
        self.inside(|| TcpStream::connect_timeout(&address, limit))
    }

    /// Runs `work` in it. A socket stays in the namespace where it was created, while a thread can change its
    /// namespace: so a thread of its own enters, returns what it created, and ends.
    fn inside<T: Send>(&self, work: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
        let namespace = File::open(PathBuf::from(FOLDER).join(self.name()))?;
        let there = || {
            move_into_link_name_space(
                std::os::fd::AsFd::as_fd(&namespace),
                Some(LinkNameSpaceType::Network),
            )?;
            work()
        };
        std::thread::scope(|scope| scope.spawn(there).join())
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        if let Err(failure) = remove(&self.name) {
            eprintln!("{failure}");
        }
    }
}

/// Removes a namespace by name.
pub(super) fn remove(name: &str) -> Outcome {
    run(Command::new("ip").args(["netns", "del", name]), "")
}

/// Runs a command to its end with this input; a failure contains its error output.
fn run(command: &mut Command, input: &str) -> Outcome {
    let mut child = match command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
    {
        Ok(child) => child,
        Err(error) => return Err(Failure::Network(format!("{command:?} did not start: {error}"))),
    };
    if let Some(mut stdin) = child.stdin.take() {
        // A command that exits without reading reports the reason itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        Ok(())
    } else {
        let words = String::from_utf8_lossy(&output.stderr);
        Err(Failure::Network(format!("{command:?}: {}", words.trim())))
    }
}
