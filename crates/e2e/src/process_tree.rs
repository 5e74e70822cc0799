//! Kills a process together with all its descendants.
//!
//! A browser has many processes, and children outlive a killed parent. So all descendants are looked up first
//! (in Linux's /proc) and killed by id, never by name.

use std::collections::HashMap;

use rustix::process::{Pid, Signal, kill_process};

/// Returns the descendants of a process, without the process itself.
pub(crate) fn descendants(ancestor: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Some(parent) = parent_of(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = Vec::new();
    let mut next = vec![ancestor];
    while let Some(parent) = next.pop() {
        let of_parent = children.remove(&parent).unwrap_or_default();
        next.extend(&of_parent);
        found.extend(of_parent);
    }
    found
}

/// Reads the fourth field of `/proc/<id>/stat`; the second, a name in parentheses, may contain anything.
fn parent_of(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Sends SIGKILL to processes; ignores those that have already exited.
pub(crate) fn kill(ids: &[u32]) {
    for id in ids {
        if let Some(pid) = i32::try_from(*id).ok().and_then(Pid::from_raw) {
            // Fails when it has already exited, which is fine.
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}
