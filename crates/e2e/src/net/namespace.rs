//! One network namespace: made, entered, removed.

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

/// What every name begins with; then come the id of the program that made it, a number, and what it is for.
pub(super) const PREFIX: &str = "confab-e2e-";
/// Where `ip` keeps them.
pub(super) const FOLDER: &str = "/run/netns";

/// Namespaces that this program has made so far.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A network of its own, with its own interfaces, routes and filters. The last one who holds it removes it.
#[derive(Clone, Debug)]
pub struct Namespace(Arc<Owned>);

/// Dropping it removes the namespace, and with it every interface inside and its other end.
#[derive(Debug)]
struct Owned {
    name: String,
}

impl Namespace {
    /// Makes one in which a program can speak with itself.
    pub(super) fn make(role: &str) -> Outcome<Self> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}-{number}-{role}", std::process::id());
        run(Command::new("ip").args(["netns", "add", &name]), "")?;
        let namespace = Self(Arc::new(Owned { name }));
        namespace.ip("link set lo up")?;
        Ok(namespace)
    }

    /// What `ip` calls it.
    pub(super) fn name(&self) -> &str {
        &self.0.name
    }

    /// `ip` in it, with these words.
    pub(super) fn ip(&self, words: &str) -> Outcome {
        let mut ip = Command::new("ip");
        run(ip.args(["-n", self.name()]).args(words.split_whitespace()), "")
    }

    /// Gives rules to its packet filter, all of them or none.
    pub(super) fn filters(&self, rules: &str) -> Outcome {
        run(self.command("nft").args(["-f", "-"]), rules)
    }

    /// Sets one of the kernel's switches for it.
    pub(super) fn switches(&self, path: &str, value: &str) -> Outcome {
        self.inside(|| std::fs::write(Path::new("/proc/sys/net").join(path), value))
            .map_err(|error| Failure::Network(format!("{path} could not be set: {error}")))
    }

    /// A program that runs in it.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", self.name(), program]);
        command
    }

    /// Connects from within.
    pub fn connect(&self, address: SocketAddr, limit: Duration) -> io::Result<TcpStream> {
        self.inside(|| TcpStream::connect_timeout(&address, limit))
    }

    /// Works in it. A socket stays in the network that it was made in, and a thread goes where it wants; so this one goes
    /// there, comes back with what it made, and ends.
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

/// Removes a namespace by its name.
pub(super) fn remove(name: &str) -> Outcome {
    run(Command::new("ip").args(["netns", "del", name]), "")
}

/// Runs a command to its end, with some input; a failure has its words.
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
        // One that ends without reading says why by itself.
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
