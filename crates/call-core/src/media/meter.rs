//! The microphone's level meter: when it runs, and when its values lead to a notice.
//!
//! It runs where the level is shown, in a call while the user is muted, to notify a user who talks nevertheless, and in
//! a call in browsers that do not report how loud the microphone is. At other times nothing runs.

use std::time::Duration;

use protocol::UnixMillis;

use crate::DeviceOrder;
use crate::turn::Turn;

/// What the levels are measured for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A level bar.
    Bar,
    /// Speech of a user who is muted.
    Muted,
    /// Speech of a user who is heard.
    Voice,
}

impl Purpose {
    /// Interval of measurements (chosen): often enough for a bar to follow the voice, or to detect speech.
    fn interval(self) -> Duration {
        Duration::from_millis(match self {
            Self::Bar => 100,
            Self::Muted | Self::Voice => 250,
        })
    }
}

/// Level, of 100, from which a measurement counts as voice (chosen): a voice at arm's length reaches it, the
/// noise of a room does not.
const VOICE: u8 = 35;

/// Consecutive measurements of voice that count as speech, and not as a cough: 1 s (chosen).
const MEASURES: u8 = 4;

/// Minimum time between two notices (chosen).
const QUIET: Duration = Duration::from_secs(30);

/// The level meter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    purpose: Option<Purpose>,
    level: u8,
    voiced: u8,
    told: Option<UnixMillis>,
}

impl Meter {
    /// Measures for this purpose from now on, or not at all.
    pub(crate) fn run(&mut self, turn: &mut Turn, purpose: Option<Purpose>) {
        if self.purpose == purpose {
            return;
        }
        let before = std::mem::replace(&mut self.purpose, purpose);
        self.level = 0;
        self.voiced = 0;
        let every = purpose.map(Purpose::interval);
        if before.map(Purpose::interval) != every {
            turn.order(DeviceOrder::Meter(every));
        }
    }

    /// Handles a level, 0 to 100. Returns whether to notify the user that they talk while muted.
    pub(crate) fn measured(&mut self, level: u8, now: UnixMillis) -> bool {
        if self.purpose.is_none() {
            return false;
        }
        self.level = level.min(100);
        if self.purpose != Some(Purpose::Muted) {
            return false;
        }
        self.voiced = if is_voice(level) {
            self.voiced.saturating_add(1)
        } else {
            0
        };
        let knows = self.told.is_some_and(|told| now < told.after(QUIET));
        let tell = self.voiced >= MEASURES && !knows;
        if tell {
            self.told = Some(now);
        }
        tell
    }

    /// The user unmuted: the next speech while muted leads to a notice at once.
    pub(crate) fn unmuted(&mut self) {
        self.told = None;
    }

    /// The last level, 0 to 100.
    pub(crate) fn level(&self) -> u8 {
        self.level
    }
}

/// Whether a level, of 100, is one of a voice.
pub(crate) fn is_voice(level: u8) -> bool {
    level >= VOICE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use crate::turn::tests::ordered;

    fn run(meter: &mut Meter, purpose: Option<Purpose>) -> Vec<Effect> {
        ordered(Turn::default(), |turn| meter.run(turn, purpose))
    }

    /// Feeds one level every 250 ms from a moment on; returns the times that led to a notice.
    fn speak(meter: &mut Meter, level: u8, from: u64, times: u64) -> Vec<u64> {
        (0..times)
            .map(|time| from + time * 250)
            .filter(|now| meter.measured(level, UnixMillis(*now)))
            .collect()
    }

    fn muted() -> Meter {
        let mut meter = Meter::default();
        run(&mut meter, Some(Purpose::Muted));
        meter
    }

    #[test]
    fn talking_while_muted_notifies_every_30_s() {
        let mut meter = muted();
        assert_eq!(speak(&mut meter, 60, 1_000, 200), [1_750, 31_750]);
    }

    #[test]
    fn cough_and_room_noise_are_no_speech() {
        let mut meter = muted();
        assert!(speak(&mut meter, 90, 0, 3).is_empty());
        assert!(speak(&mut meter, 20, 750, 40).is_empty());
        assert!(speak(&mut meter, 90, 20_000, 3).is_empty());
    }

    #[test]
    fn unmuting_resets_the_interval_between_notices() {
        let mut meter = muted();
        assert_eq!(speak(&mut meter, 60, 0, 4), [750]);
        meter.unmuted();
        run(&mut meter, None);
        run(&mut meter, Some(Purpose::Muted));
        assert_eq!(speak(&mut meter, 60, 2_000, 4), [2_750]);
    }

    #[test]
    fn level_is_zero_while_the_meter_is_off() {
        let mut meter = Meter::default();
        assert!(!meter.measured(80, UnixMillis(0)));
        assert_eq!(meter.level(), 0);
        assert_eq!(
            run(&mut meter, Some(Purpose::Bar)),
            [Effect::Devices(DeviceOrder::Meter(Some(Duration::from_millis(
                100
            ))))]
        );
        assert_eq!(run(&mut meter, Some(Purpose::Bar)), []);
        assert!(speak(&mut meter, 80, 0, 50).is_empty());
        assert_eq!(meter.level(), 80);
        run(&mut meter, None);
        assert_eq!(meter.level(), 0);
    }
}
