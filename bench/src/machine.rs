//! What was measured on, and when.

use e2e::Arrival;
use serde::Serialize;
use tokio::process::Command;

use crate::error::BenchError;

/// Machine, browser, commit and date.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    /// In GiB, rounded.
    pub memory: u64,
    pub kernel: String,
    pub browser: String,
    pub commit: String,
    pub date: String,
}

impl Machine {
    pub async fn describe() -> Result<Self, BenchError> {
        let cpus = std::fs::read_to_string("/proc/cpuinfo")?;
        let memory = std::fs::read_to_string("/proc/meminfo")?;
        let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease")?;
        let person = Arrival::of("Ann").before("http://127.0.0.1").await?;
        let changed = !words("git", &["status", "--porcelain", "--untracked-files=no"])
            .await
            .is_empty();
        let commit = words("git", &["rev-parse", "--short=12", "HEAD"]).await;
        Ok(Self {
            cpu: value(&cpus, "model name").unwrap_or("unknown").to_owned(),
            cores: std::thread::available_parallelism()?.get(),
            memory: value(&memory, "MemTotal").and_then(gibibytes).unwrap_or_default(),
            kernel: kernel.trim().to_owned(),
            browser: person.browser_version().await?,
            commit: if changed {
                format!("{commit}, changed")
            } else {
                commit
            },
            date: words("date", &["--utc", "+%Y-%m-%d %H:%M UTC"]).await,
        })
    }
}

/// What a command prints, without the space around it; empty if it fails.
async fn words(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().await;
    let output = output.ok().filter(|output| output.status.success());
    output.map_or(String::new(), |output| {
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    })
}

/// The first value of a name in a file of /proc with lines "name: value".
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim())
}

/// Converts "1048576 kB", rounding to GiB.
fn gibibytes(kibibytes: &str) -> Option<u64> {
    let kibibytes: u64 = kibibytes.split_whitespace().next()?.parse().ok()?;
    Some((kibibytes + 512 * 1024) / (1024 * 1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_proc_have_names_and_values() {
        let text = "processor\t: 0\nmodel name\t: A CPU: fast\n";
        assert_eq!(value(text, "model name"), Some("A CPU: fast"));
        assert_eq!(value(text, "model"), None);
        assert_eq!(gibibytes("24500000 kB"), Some(23));
        assert_eq!(gibibytes("much"), None);
    }
}
