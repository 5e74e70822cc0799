//! How long to wait before a limit is eased: longer each time that easing it was too early.

use std::time::Duration;

use protocol::UnixMillis;

/// Time that must pass without trouble before a limit is eased for the first time (chosen): longer than a burst of
/// other traffic, such as a page being loaded.
const FIRST: Duration = Duration::from_secs(8);

/// The longest such time (chosen).
const MOST: Duration = Duration::from_secs(64);

/// Trouble within this time after easing shows that it was too early: twice what the browser needs to find the
/// bandwidth of a path.
const RELAPSE: Duration = Duration::from_secs(16);

/// The time to wait, and since when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    wait: Duration,
    /// When there last was trouble, or a limit was eased.
    since: UnixMillis,
    eased: Option<UnixMillis>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            wait: FIRST,
            since: UnixMillis::default(),
            eased: None,
        }
    }
}

impl Patience {
    /// There is trouble now.
    pub(super) fn troubled(&mut self, now: UnixMillis) {
        self.since = now;
        if let Some(eased) = self.eased.take() {
            self.wait = if now.since(eased) < RELAPSE {
                (self.wait * 2).min(MOST)
            } else {
                FIRST
            };
        }
    }

    /// A limit must not be eased before this time.
    pub(super) fn lasts_until(&mut self, then: UnixMillis) {
        let wait = u64::try_from(self.wait.as_millis()).unwrap_or(u64::MAX);
        self.since = self.since.max(UnixMillis(then.0.saturating_sub(wait)));
    }

    /// Whether a limit was eased at this time.
    pub(super) fn has_eased(self, now: UnixMillis) -> bool {
        self.eased == Some(now)
    }

    /// Whether to ease a limit now; counts as done.
    pub(super) fn eases(&mut self, now: UnixMillis) -> bool {
        if self.eased.is_some_and(|eased| now.since(eased) >= RELAPSE) {
            self.eased = None;
            self.wait = FIRST;
        }
        let due = now.since(self.since) >= self.wait;
        if due {
            self.since = now;
            self.eased = Some(now);
        }
        due
    }
}
