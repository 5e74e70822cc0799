//! Speech detection: whether the user is speaking, from levels of their microphone, for the marks on the tiles here
//! and, told over the data channels, at the peers.
//!
//! Each page measures only its own microphone: the browser answers that without blocking the page, once for all peers.
//! A pure machine over levels and moments. A cough is not speech and a pause for breath does not end it, so nothing
//! flickers: speech begins after [`BEGINS`] and ends after [`ENDS`].

use std::time::Duration;

use protocol::UnixMillis;

use crate::turn::Turn;
use crate::{Effect, Record, Timer};

/// Interval of measurements (chosen): marks follow the voice, at hardly any cost.
const INTERVAL: Duration = Duration::from_millis(250);

/// Linear level from which audio may be a voice: 40 dB below full scale. Suppressed noise is far below.
const VOICE: f32 = 0.01;

/// Time of voice after which a person is speaking (chosen).
const BEGINS: Duration = Duration::from_millis(200);

/// Longest gap between two syllables at the beginning of speech; a longer one resets it (chosen).
const GAP: Duration = Duration::from_millis(300);

/// Time of silence after which a person has stopped speaking (chosen).
const ENDS: Duration = Duration::from_millis(800);

/// Audio energy that a source has had so far. The square root of its growth per second over a span is the level in
/// that span.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Energy {
    /// `totalAudioEnergy`.
    pub energy: f64,
    /// `totalSamplesDuration`, in seconds.
    pub seconds: f64,
}

impl Energy {
    /// Reads the record of an audio source (W3C webrtc-stats, `RTCAudioSourceStats`); `None` where the browser does
    /// not report it.
    pub fn read(record: &impl Record) -> Option<Self> {
        let positive = |name| record.number(name).filter(|number| *number >= 0.0);
        Some(Self {
            energy: positive("totalAudioEnergy")?,
            seconds: positive("totalSamplesDuration")?,
        })
    }

    /// The level since an earlier reading, linear from 0 to 1; `None` if the source was replaced in between.
    fn level_since(self, before: Self) -> Option<f32> {
        let (energy, seconds) = (self.energy - before.energy, self.seconds - before.seconds);
        #[allow(clippy::cast_possible_truncation, reason = "it is between 0 and 1")]
        let level = (energy / seconds).sqrt().clamp(0.0, 1.0) as f32;
        (energy >= 0.0 && seconds > 0.0 && !level.is_nan()).then_some(level)
    }
}

/// The user's voice, measured while it runs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OwnVoice {
    running: bool,
    /// Whether the browser does not report energy, so that the meter measures instead.
    unreported: bool,
    last: Option<Energy>,
    /// Start of the voice, gaps included.
    heard: Option<UnixMillis>,
    /// Start of the present silence.
    silent: Option<UnixMillis>,
    speaks: bool,
}

impl OwnVoice {
    /// Starts or stops; while stopped, the user does not count as speaking.
    pub(crate) fn run(&mut self, turn: &mut Turn, runs: bool) {
        if self.running == runs {
            return;
        }
        *self = Self {
            running: runs,
            unreported: self.unreported,
            ..Self::default()
        };
        if runs {
            self.measure(turn);
        } else {
            turn.stop(Timer::Voice);
        }
    }

    /// Measures now, and again after [`INTERVAL`]. A timer that fired while it was being stopped has no effect.
    pub(crate) fn measure(&self, turn: &mut Turn) {
        if self.running && !self.unreported {
            turn.order(Effect::MeasureVoice);
            turn.start(Timer::Voice, INTERVAL);
        }
    }

    /// Handles a reading of the microphone's energy; the first one gives no level.
    pub(crate) fn measured(&mut self, now: UnixMillis, energy: Option<Energy>) {
        self.unreported = energy.is_none();
        let before = std::mem::replace(&mut self.last, energy);
        let level = energy
            .zip(before)
            .and_then(|(now, before)| now.level_since(before));
        if let Some(level) = level {
            self.heard(now, level >= VOICE);
        }
    }

    /// Whether the level meter has to measure, as the browser does not.
    pub(crate) fn needs_meter(&self) -> bool {
        self.running && self.unreported
    }

    /// Handles a measurement: whether it may be a voice.
    pub(crate) fn heard(&mut self, now: UnixMillis, loud: bool) {
        if !self.running {
            return;
        }
        if loud {
            self.silent = None;
            let since = *self.heard.get_or_insert(now);
            self.speaks |= now.since(since) >= BEGINS;
            return;
        }
        let silence = now.since(*self.silent.get_or_insert(now));
        if silence >= if self.speaks { ENDS } else { GAP } {
            self.heard = None;
            self.speaks = false;
        }
    }

    /// Whether the user is speaking.
    pub(crate) fn speaks(&self) -> bool {
        self.speaks
    }
}

#[cfg(test)]
mod tests;
