//! Whether encoding asks too much of this device, and how much less it is asked then.

use std::time::Duration;

use protocol::UnixMillis;

use super::patience::Patience;

/// Encoding time per second from which the device is strained (chosen): as much again goes into decoding what the peers
/// send, and laptops of two cores have to run calls too.
const TOO_MUCH: Duration = Duration::from_millis(800);

/// Time between two cuts (chosen): a cut shows in the next samples, and the average of the encoder after that.
const BETWEEN: Duration = Duration::from_secs(6);

/// How many steps all cameras are cut by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Strain {
    cut: usize,
    since: UnixMillis,
    patience: Patience,
}

/// The most steps that a cut has: none is left below.
const DEEPEST: usize = 5;

/// What shows how hard this device works.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Load {
    /// Encoding time per second of all videos.
    pub(super) encoding: Duration,
    /// Whether the browser says that the CPU limits a video.
    pub(super) limited: bool,
    /// Whether the processor is at its limit, with all that runs on it.
    pub(super) busy: bool,
    /// Number of peers to whom video can be sent.
    pub(super) receivers: usize,
}

impl Load {
    /// The deepest cut that may help. A busy processor may be busy with something else, so the cut is bounded then by
    /// what the call can save: nothing for a single peer, and a step for each pair of them (chosen).
    fn deepest(self) -> usize {
        if self.encoding >= TOO_MUCH || self.limited {
            DEEPEST
        } else if self.busy {
            DEEPEST.min(self.receivers / 2)
        } else {
            0
        }
    }
}

impl Strain {
    /// The number of steps by which every camera is encoded smaller than its tile.
    pub(crate) fn cut(self) -> usize {
        self.cut
    }

    /// Takes a sample.
    pub(super) fn sampled(&mut self, now: UnixMillis, load: Load) {
        let deepest = load.deepest();
        if deepest > 0 {
            self.patience.troubled(now);
            if self.cut < deepest && (now.since(self.since) >= BETWEEN || now < self.since) {
                self.cut += 1;
                self.since = now;
            }
        } else if self.cut > 0 && self.patience.eases(now) {
            self.cut -= 1;
            self.since = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples every second from a device on which each step costs twice the one below; returns the number of changes.
    fn run(strain: &mut Strain, seconds: std::ops::Range<u64>, uncut: u64) -> usize {
        let mut changes = 0;
        for second in seconds {
            let before = strain.cut();
            let encoding = Duration::from_millis(uncut >> before);
            let load = Load {
                encoding,
                ..Load::default()
            };
            strain.sampled(UnixMillis(1_000_000 + second * 1000), load);
            changes += usize::from(strain.cut() != before);
        }
        changes
    }

    #[test]
    fn strong_device_is_not_cut() {
        let mut strain = Strain::default();
        assert_eq!(run(&mut strain, 0..600, 700), 0);
    }

    #[test]
    fn weak_device_is_cut_step_by_step_and_tried_again_seldom() {
        let mut strain = Strain::default();
        run(&mut strain, 0..7, 2500);
        assert_eq!(strain.cut(), 2);
        let later = run(&mut strain, 7..607, 2500);
        assert!(
            later <= 26,
            "{later} changes in ten minutes: two for each attempt"
        );
    }

    #[test]
    fn busy_processor_cuts_what_a_call_of_several_can_save() {
        let cut = |receivers| {
            let mut strain = Strain::default();
            for second in 0..600 {
                let load = Load {
                    busy: true,
                    receivers,
                    ..Load::default()
                };
                strain.sampled(UnixMillis(1_000_000 + second * 1000), load);
            }
            strain.cut()
        };
        assert_eq!([0, 1, 2, 3, 5, 7, 20].map(cut), [0, 0, 1, 1, 2, 3, DEEPEST]);
    }

    #[test]
    fn device_that_is_free_again_gets_everything_back() {
        let mut strain = Strain::default();
        run(&mut strain, 0..20, 2500);
        run(&mut strain, 20..120, 300);
        assert_eq!(strain.cut(), 0);
    }
}
