//! What one connection can carry, once that is known to be less than what is sent.
//!
//! The browser estimates only what it has tried to send, so its estimate is a limit only where it is below that. The
//! limit is raised step by step after a time without shortage.

use std::time::Duration;

use protocol::UnixMillis;

use super::patience::Patience;
use crate::Kbps;

/// Time for which an estimate proves nothing after more is sent than before: the browser needs about that long to find
/// the bandwidth of a path (it starts at 300 kbit/s and doubles by probing).
const RAMP: Duration = Duration::from_secs(4);

/// Growth from one estimate to the next, in percent, from which the browser is still finding the bandwidth: it grows by
/// 8 % a second near what it knows of a path, and faster elsewhere (chosen, well below that).
const GROWTH: u32 = 2;

/// From here on a limit is none: camera and screen together need as much.
const NO_LIMIT: Kbps = Kbps(5_000);

/// The limit of one connection.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ceiling {
    limit: Option<Kbps>,
    patience: Patience,
    /// What is planned to be sent, and since when it is not more than before.
    planned: Kbps,
    risen: UnixMillis,
    /// The last estimate.
    available: Option<Kbps>,
    /// Whether it was below what was sent.
    short: bool,
}

/// An estimate of the browser beside what it would need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    /// What the browser can send on the connection.
    pub(super) available: Kbps,
    /// What it would send now without any limit of the network.
    pub(super) needed: Kbps,
}

impl Ceiling {
    /// The limit, for everything that the connection carries.
    pub(super) fn limit(self) -> Option<Kbps> {
        self.limit
    }

    /// Whether the network is, or may be, less than what is sent: then estimates are needed often.
    pub(crate) fn is_tight(self) -> bool {
        self.short || self.limit.is_some()
    }

    /// Whether the limit was raised at this time.
    pub(super) fn has_risen(self, now: UnixMillis) -> bool {
        self.patience.has_eased(now)
    }

    /// Another connection tries more from now on: what it shows must not be disturbed.
    pub(super) fn lets_try(&mut self, now: UnixMillis) {
        self.patience.lasts_until(now.after(RAMP));
    }

    /// Notes how much is planned to be sent from now on.
    pub(super) fn planned(&mut self, now: UnixMillis, planned: Kbps) {
        if std::mem::replace(&mut self.planned, planned) < planned {
            self.risen = now;
            self.short = false;
        }
    }

    /// Takes an estimate.
    pub(super) fn sampled(&mut self, now: UnixMillis, estimate: Estimate) {
        let Estimate { available, needed } = estimate;
        let before = self.available.replace(available);
        // A clock that was set back shortens the wait.
        if now >= self.risen && now.since(self.risen) < RAMP {
            return;
        }
        let lasting = std::mem::replace(&mut self.short, available < needed);
        if !self.short {
            if self.limit.is_some() && self.patience.eases(now) {
                let raised = self.limit.map(|limit| Kbps(limit.0 + limit.0 / 2).max(available));
                self.limit = raised.filter(|limit| *limit < NO_LIMIT);
            }
            return;
        }
        let grows =
            before.is_some_and(|before| available.0 > before.0.saturating_add(before.0 / 100 * GROWTH));
        // One estimate may be chance, unless it is far too low.
        if !grows && (lasting || available.0 < needed.0 / 2) {
            self.patience.troubled(now);
            self.limit = Some(available);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes an estimate every second, and plans with the limit; returns how many times the limit changed. The estimate
    /// is made from the one before and from what is planned.
    fn estimate(
        ceiling: &mut Ceiling,
        seconds: std::ops::Range<u64>,
        wish: u32,
        estimate: impl Fn(Option<u32>, u32) -> u32,
    ) -> usize {
        let mut changes = 0;
        let mut last = None;
        for second in seconds {
            let now = UnixMillis(1_000_000 + second * 1000);
            let planned = ceiling.limit().map_or(wish, |limit| wish.min(limit.0));
            ceiling.planned(now, Kbps(planned));
            let before = ceiling.limit();
            let found = estimate(last, planned);
            last = Some(found);
            let (available, needed) = (Kbps(found), Kbps(planned));
            ceiling.sampled(now, Estimate { available, needed });
            changes += usize::from(ceiling.limit() != before);
        }
        changes
    }

    /// Takes estimates from a path of some capacity, of which the browser finds as much as it needs.
    fn run(ceiling: &mut Ceiling, seconds: std::ops::Range<u64>, wish: u32, capacity: u32) -> usize {
        estimate(ceiling, seconds, wish, |_, planned| (planned * 2).min(capacity))
    }

    #[test]
    fn path_that_carries_everything_has_no_limit() {
        let mut ceiling = Ceiling::default();
        assert_eq!(run(&mut ceiling, 0..600, 2560, 3000), 0);
        assert!(!ceiling.is_tight());
    }

    #[test]
    fn estimate_that_still_grows_is_no_limit() {
        let mut ceiling = Ceiling::default();
        let changes = estimate(&mut ceiling, 0..60, 2560, |last, _| {
            last.map_or(300, |last| (last + last / 10).min(3000))
        });
        assert_eq!(changes, 0);
        assert!(!ceiling.is_tight());
    }

    #[test]
    fn estimate_that_grows_and_falls_again_is_a_limit() {
        let mut ceiling = Ceiling::default();
        estimate(&mut ceiling, 0..20, 2560, |last, _| {
            let grown = last.map_or(300, |last| last + last / 12);
            if grown > 400 { 340 } else { grown }
        });
        assert!(ceiling.limit().is_some_and(|limit| limit.0 <= 400));
    }

    #[test]
    fn narrow_path_is_limited_within_two_seconds_of_the_ramp() {
        let mut ceiling = Ceiling::default();
        run(&mut ceiling, 0..6, 2560, 400);
        assert_eq!(ceiling.limit(), Some(Kbps(400)));
    }

    #[test]
    fn limit_is_tried_less_and_less_often() {
        let mut ceiling = Ceiling::default();
        let first = run(&mut ceiling, 0..60, 2560, 400);
        let later = run(&mut ceiling, 60..660, 2560, 400);
        assert!(first <= 8, "{first} changes in a minute");
        assert!(
            later <= 24,
            "{later} changes in ten minutes: two for each attempt"
        );
        assert!(ceiling.limit().is_some_and(|limit| limit.0 <= 600));
    }

    #[test]
    fn wide_path_lifts_the_limit() {
        let mut ceiling = Ceiling::default();
        run(&mut ceiling, 0..30, 2560, 400);
        run(&mut ceiling, 30..150, 2560, 50_000);
        assert_eq!(ceiling.limit(), None);
    }
}
