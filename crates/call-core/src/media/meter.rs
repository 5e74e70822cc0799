//! How loud the user's microphone is: when it is measured, and what is told of it.
//!
//! It is measured where the level is shown, and in a call while the user is muted, to tell somebody who talks all the
//! same. At other times nothing runs.

use std::time::Duration;

use protocol::UnixMillis;

use crate::DeviceOrder;
use crate::turn::Turn;

/// Often enough for a bar that follows the voice.
pub(crate) const SHOWN: Duration = Duration::from_millis(100);

/// Often enough to notice that somebody talks.
pub(crate) const MUTED: Duration = Duration::from_millis(250);

/// As loud as a voice at an arm's length, and louder than a room.
const VOICE: u8 = 35;

/// So many measures in a row are speech, and no cough.
const MEASURES: u8 = 4;

/// Told once, the user knows for some time.
const QUIET: Duration = Duration::from_secs(30);

/// Measures the microphone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    every: Option<Duration>,
    level: u8,
    voiced: u8,
    told: Option<UnixMillis>,
}

impl Meter {
    /// Measures this often from now on, or not at all.
    pub(crate) fn run(&mut self, turn: &mut Turn, every: Option<Duration>) {
        if self.every == every {
            return;
        }
        self.every = every;
        self.level = 0;
        self.voiced = 0;
        turn.order(DeviceOrder::Meter(every));
    }

    /// A measure, 0 to 100; whether it shows that the user talks though muted and does not know.
    pub(crate) fn measured(&mut self, level: u8, now: UnixMillis) -> bool {
        if self.every.is_none() {
            return false;
        }
        self.level = level.min(100);
        if self.every != Some(MUTED) {
            return false;
        }
        self.voiced = if level < VOICE {
            0
        } else {
            self.voiced.saturating_add(1)
        };
        let knows = self.told.is_some_and(|told| now < told.after(QUIET));
        let tell = self.voiced >= MEASURES && !knows;
        if tell {
            self.told = Some(now);
        }
        tell
    }

    /// The user is heard again: the next time is worth telling at once.
    pub(crate) fn unmuted(&mut self) {
        self.told = None;
    }

    /// The last measure, 0 to 100.
    pub(crate) fn level(&self) -> u8 {
        self.level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use crate::turn::tests::ordered;

    fn run(meter: &mut Meter, every: Option<Duration>) -> Vec<Effect> {
        ordered(Turn::default(), |turn| meter.run(turn, every))
    }

    /// Measures of one level, every quarter of a second from a moment on; which of them told.
    fn speak(meter: &mut Meter, level: u8, from: u64, times: u64) -> Vec<u64> {
        (0..times)
            .map(|time| from + time * 250)
            .filter(|now| meter.measured(level, UnixMillis(*now)))
            .collect()
    }

    fn muted() -> Meter {
        let mut meter = Meter::default();
        run(&mut meter, Some(MUTED));
        meter
    }

    #[test]
    fn somebody_who_talks_while_muted_is_told_once_in_a_while() {
        let mut meter = muted();
        assert_eq!(speak(&mut meter, 60, 1_000, 200), [1_750, 31_750]);
    }

    #[test]
    fn a_cough_and_a_noisy_room_are_no_speech() {
        let mut meter = muted();
        assert!(speak(&mut meter, 90, 0, 3).is_empty());
        assert!(speak(&mut meter, 20, 750, 40).is_empty());
        assert!(speak(&mut meter, 90, 20_000, 3).is_empty());
    }

    #[test]
    fn who_was_heard_meanwhile_is_told_again_at_once() {
        let mut meter = muted();
        assert_eq!(speak(&mut meter, 60, 0, 4), [750]);
        meter.unmuted();
        run(&mut meter, None);
        run(&mut meter, Some(MUTED));
        assert_eq!(speak(&mut meter, 60, 2_000, 4), [2_750]);
    }

    #[test]
    fn nothing_is_shown_or_told_of_a_microphone_that_nobody_measures() {
        let mut meter = Meter::default();
        assert!(!meter.measured(80, UnixMillis(0)));
        assert_eq!(meter.level(), 0);
        assert_eq!(
            run(&mut meter, Some(SHOWN)),
            [Effect::Devices(DeviceOrder::Meter(Some(SHOWN)))]
        );
        assert_eq!(run(&mut meter, Some(SHOWN)), []);
        assert!(speak(&mut meter, 80, 0, 50).is_empty());
        assert_eq!(meter.level(), 80);
        run(&mut meter, None);
        assert_eq!(meter.level(), 0);
    }
}
