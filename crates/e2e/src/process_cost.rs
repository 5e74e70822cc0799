//! What a browser's processes cost: CPU time and memory, from Linux's /proc.

use std::time::Duration;

use crate::{Outcome, Person};

impl Person {
    /// CPU time, user and system, of all processes of the browser that run now.
    pub fn cpu_time(&self) -> Outcome<Duration> {
        let ticks: u64 = self
            .browser()?
            .processes()
            .into_iter()
            .filter_map(|id| ticks(&read(id, "stat")?))
            .sum();
        #[allow(clippy::cast_precision_loss, reason = "a run has far fewer than 2^52 ticks")]
        let seconds = ticks as f64 / rustix::param::clock_ticks_per_second() as f64;
        Ok(Duration::from_secs_f64(seconds))
    }

    /// Memory (PSS) of the renderer that has most of it, which is the page's: others are spare. In KiB.
    pub fn renderer_memory(&self) -> Outcome<u64> {
        let renderers = self.browser()?.processes().into_iter().filter_map(|id| {
            let is_renderer = read(id, "cmdline")?.contains("--type=renderer");
            is_renderer.then(|| proportional_set_size(&read(id, "smaps_rollup")?))?
        });
        renderers
            .max()
            .ok_or_else(|| self.unexpected("the memory of the browser's renderer cannot be read".to_owned()))
    }
}

/// A file of a process in /proc; none if the process has ended.
fn read(id: u32, file: &str) -> Option<String> {
    let bytes = std::fs::read(format!("/proc/{id}/{file}")).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Sum of `utime` and `stime` in `/proc/<id>/stat`, in clock ticks: its 14th and 15th field. The second, a name
/// in parentheses, may contain anything.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// `Pss` in `/proc/<id>/smaps_rollup`, in KiB.
fn proportional_set_size(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_follow_a_name_with_parentheses() {
        let stat = "42 (a) b) S 1 42 42 0 -1 4194560 2377 0 0 0 31 11 0 0 20 0 17 0 100 0 0";
        assert_eq!(ticks(stat), Some(42));
        assert_eq!(ticks("42 (a) S 1"), None);
    }

    #[test]
    fn proportional_set_size_is_not_a_part_of_it() {
        let rollup =
            "00400000-7fff [rollup]\nRss:  9000 kB\nPss_Anon:  1 kB\nPss:      1234 kB\nPss_File:  2 kB\n";
        assert_eq!(proportional_set_size(rollup), Some(1234));
        assert_eq!(proportional_set_size(""), None);
    }

    #[test]
    fn own_process_is_readable() {
        let own = std::process::id();
        assert!(read(own, "stat").and_then(|stat| ticks(&stat)).is_some());
    }
}
