//! How often the statistics of a link are collected: seldom while all is well, and every second while anything may be
//! wrong, or the user looks at them.
//!
//! Statistics are gathered from all threads of the browser. So the page mostly watches what its own elements show,
//! which costs next to nothing, and collects statistics when a video stands still.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Source, UnixMillis};

/// Interval while all is well: media that is missing is noticed before the peer's connectivity report is late.
const SELDOM: Duration = Duration::from_secs(5);

/// Tolerance for timers that fire early or late: half the second between two looks at the page (`quality/core.rs`).
const TOLERANCE: Duration = Duration::from_millis(500);

/// Samples at the beginning of an epoch that are taken every second (chosen): a grade needs a few.
const FIRST: u32 = 5;

/// Time after the peer began to speak in which samples are taken every second (chosen): speech that does not arrive is
/// noticed at its beginning. Two samples show whether sound is decoded.
const ONSET: Duration = Duration::from_secs(3);

/// What the page knows about one epoch of a link between samples.
#[derive(Clone, Debug, Default)]
pub(super) struct Attention {
    samples: u32,
    ordered: UnixMillis,
    /// Frames shown of each video that plays.
    shown: BTreeMap<Source, u64>,
    /// Whether a video that plays has not moved since the page looked before.
    still: bool,
    /// When the peer last began to speak.
    spoke: UnixMillis,
}

impl Attention {
    /// Whether a sample is due; `troubled` if something besides what is known here may be wrong. Counts as taken.
    pub(super) fn takes_sample(&mut self, now: UnixMillis, troubled: bool) -> bool {
        let close = troubled
            || self.still
            || self.samples < FIRST
            || now.since(self.spoke) < ONSET
            // The clock was set back.
            || now < self.ordered;
        let due = close || now.since(self.ordered) + TOLERANCE >= SELDOM;
        if due {
            self.samples = self.samples.saturating_add(1);
            self.ordered = now;
        }
        due
    }

    /// Takes the number of frames shown of each source that plays; 0 for audio.
    pub(super) fn looked(&mut self, playing: &BTreeMap<Source, u64>) {
        let frames: BTreeMap<_, _> = playing
            .iter()
            .filter(|(source, _)| !source.is_sound())
            .map(|(source, frames)| (*source, *frames))
            .collect();
        self.still = frames
            .iter()
            .any(|(source, frames)| self.shown.get(source) == Some(frames));
        self.shown = frames;
    }

    /// The peer began to speak.
    pub(super) fn speech_began(&mut self, now: UnixMillis) {
        self.spoke = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds from 1 on at which a sample is taken, if the page looks every second.
    fn samples(
        attention: &mut Attention,
        seconds: std::ops::RangeInclusive<u64>,
        frames: impl Fn(u64) -> u64,
    ) -> Vec<u64> {
        let taken = seconds.filter(|second| {
            attention.looked(&[(Source::Camera, frames(*second))].into());
            attention.takes_sample(UnixMillis(second * 1000), false)
        });
        taken.collect()
    }

    #[test]
    fn healthy_link_is_measured_seldom_after_its_start() {
        let mut attention = Attention::default();
        let taken = samples(&mut attention, 1..=20, |second| second * 10);
        assert_eq!(taken, [1, 2, 3, 4, 5, 10, 15, 20]);
    }

    #[test]
    fn still_video_is_measured_every_second() {
        let mut attention = Attention::default();
        samples(&mut attention, 1..=10, |second| second * 10);
        let taken = samples(&mut attention, 11..=20, |second| second.min(15) * 10);
        assert_eq!(taken, [15, 16, 17, 18, 19, 20]);
    }

    #[test]
    fn trouble_and_speech_bring_samples_every_second() {
        let mut attention = Attention::default();
        samples(&mut attention, 1..=10, |second| second * 10);
        attention.speech_began(UnixMillis(10_500));
        let taken = samples(&mut attention, 11..=19, |second| second * 10);
        assert_eq!(taken, [11, 12, 13, 18]);
        assert!(attention.takes_sample(UnixMillis(20_000), true));
    }

    #[test]
    fn clock_that_is_set_back_stops_nothing() {
        let mut attention = Attention::default();
        samples(&mut attention, 1_000..=1_010, |second| second * 10);
        assert!(attention.takes_sample(UnixMillis(5_000), false));
    }
}
