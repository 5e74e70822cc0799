//! The memory that the program keeps, measured from outside on Linux.

#![cfg(target_os = "linux")]

use futures_util::{StreamExt, stream};
use tempfile::TempDir;

use crate::http::request;
use crate::program::{account, start_with};
use crate::server::PASSWORD;

/// Sign-ins: as many as took the server to 868 MB when each hash allocated its own memory.
const SIGN_INS: usize = 190;
/// What they may add, in KiB: two buffers of 19 MiB, the stacks of threads, and the caches of `SQLite`.
const MOST_ADDED: u64 = 60 * 1024;

/// Returns the resident memory of a process, in KiB.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line.and_then(|line| line.split_whitespace().next());
    figure
        .and_then(|figure| figure.parse().ok())
        .expect("a figure in KiB")
}

#[tokio::test]
async fn sign_ins_leave_only_two_hashing_buffers() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("confab.toml");
    let unbounded = "[accounts]\nfailures-per-account = 1000000\nfailures-per-address = 1000000";
    std::fs::write(&file, unbounded).expect("written");
    let settings = ["--config", file.to_str().expect("text")];
    let (child, address) = start_with(folder.path(), "127.0.0.1:0", &settings).await;
    let process = child.id().expect("it runs");
    let before = resident(process);
    account(address, "Ann").await;
    let sign_ins = stream::iter(0..SIGN_INS).map(|number| async move {
        let password = if number % 2 == 0 { PASSWORD } else { "wrong horse" };
        let body = format!(r#"{{"name":"Ann","password":"{password}"}}"#);
        request(address, "POST", "/api/sessions", &[], &body).await.status
    });
    let statuses: Vec<u16> = sign_ins.buffer_unordered(16).collect().await;
    let counted = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(
        (counted(200), counted(401)),
        (SIGN_INS / 2, SIGN_INS / 2),
        "{statuses:?}"
    );
    let added = resident(process).saturating_sub(before);
    assert!(
        added < MOST_ADDED,
        "{added} KiB more than the {before} KiB of the start"
    );
}
