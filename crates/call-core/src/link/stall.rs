//! Detection and recovery of stalls: a peer's source that is sent but does not play on this page.
//!
//! Causes do not matter. Each sample compares what arrives with what the page plays: video frames shown by an element,
//! audio decoded while an element played it. A stalled source is recovered in steps of growing cost: a key frame,
//! replacing the track in its sender, renegotiation, a new epoch. After the last step the user is asked.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Refresh, Source, UnixMillis};

use crate::turn::Turn;
use crate::{Inbound, Sample, StallView};

/// The steps for video, each with the age of the stall at which it is taken (chosen; the journeys print what each step
/// recovers). The first is twice the time between two looks at the page, and ten frames of the slowest common camera (5 fps). A
/// key frame or a replaced track shows within a second of a round trip, so the later steps leave as much time again.
const VIDEO: [(Duration, Remedy); 4] = [
    (Duration::from_secs(2), Remedy::Ask(Refresh::KeyFrame)),
    (Duration::from_secs(4), Remedy::Ask(Refresh::Track)),
    (Duration::from_secs(6), Remedy::Renegotiate),
    (Duration::from_secs(9), Remedy::Renew),
];

/// The steps for audio, which has no key frames.
const SOUND: [(Duration, Remedy); 3] = [
    (Duration::from_secs(2), Remedy::Ask(Refresh::Track)),
    (Duration::from_secs(4), Remedy::Renegotiate),
    (Duration::from_secs(7), Remedy::Renew),
];

/// Time after which a stall counts as given up once all steps were taken, counted in the epoch that the last one began.
const HOPELESS: Duration = Duration::from_secs(9);

/// Maximum time between samples: a longer gap proves nothing, as the page was hidden or the computer slept. Twice the
/// interval of samples while all is well (`attention.rs`), and a little more.
const APART: Duration = Duration::from_secs(12);

/// Unshown frames from which a shared screen counts as moving: one or two may be on their way to the element (chosen).
const MOVING: u64 = 3;

/// Undecoded audio packets from which a source counts as sounding. By the first step, at 2 s, that is 10 per second:
/// speech has at least 16 (60 ms each), pauses of discontinuous transmission 2.5 (RFC 7587 §3.1.3: one in 400 ms).
const SOUNDING: u64 = 20;

/// Unshown complete frames from which the network is not the cause of the stall (chosen).
const WHOLE: u64 = 10;

/// A step to recover a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Ask the peer for a refresh.
    Ask(Refresh),
    /// Renegotiate.
    Renegotiate,
    /// Ask the server for a new epoch.
    Renew,
}

/// Stall detection for all sources of one peer.
#[derive(Clone, Debug, Default)]
pub(super) struct Stalls {
    watches: BTreeMap<Source, Watch>,
    count: u32,
}

/// Stall detection for one source.
#[derive(Clone, Copy, Debug, Default)]
struct Watch {
    last: Option<Progress>,
    /// When the source last played, or the sampling (re)started.
    moved: UnixMillis,
    sampled: UnixMillis,
    /// `Progress::arrived` when the source last played.
    arrived_by_move: u64,
    /// `Progress::arrived` when the last step was taken.
    arrived_by_step: u64,
    /// Steps taken in this stall, over all epochs.
    steps: usize,
    /// Whether all steps were taken in vain.
    hopeless: bool,
}

/// Counters of a source, which only grow within one connection and one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    /// Video frames shown, or audio samples decoded.
    played: u64,
    /// Complete video frames received, or audio packets.
    arrived: u64,
}

impl Progress {
    /// Returns `None` if no element plays the source, or the browser does not report the counters.
    fn of(source: Source, sample: &Sample) -> Option<Self> {
        let none = Inbound::default();
        let inbound = sample.inbound.get(&source).unwrap_or(&none);
        let shown = *sample.playing.get(&source)?;
        Some(if source.is_sound() {
            Self {
                played: inbound.decoded?,
                arrived: inbound.packets,
            }
        } else {
            Self {
                played: shown,
                arrived: inbound.frames,
            }
        })
    }
}

impl Stalls {
    /// Returns the state for the link's next epoch: the steps taken and the number of stalls stay.
    pub(super) fn renewed(&self) -> Self {
        let mut renewed = self.clone();
        for watch in renewed.watches.values_mut() {
            watch.last = None;
        }
        renewed
    }

    /// Takes a sample of a connected link on which the peer sends the sources `sent`; returns the steps to take.
    pub(super) fn sampled(&mut self, turn: &Turn, sent: &[Source], sample: &Sample) -> Vec<(Source, Remedy)> {
        self.watches.retain(|source, _| sent.contains(source));
        let mut remedies = Vec::new();
        for source in sent {
            let watch = self.watches.entry(*source).or_default();
            let first = watch.steps == 0;
            let remedy = watch.sampled(turn, *source, Progress::of(*source, sample));
            self.count += u32::from(first && remedy.is_some());
            remedies.extend(remedy.map(|remedy| (*source, remedy)));
        }
        remedies
    }

    /// Notes that there is no connection to judge now.
    pub(super) fn pause(&mut self) {
        for watch in self.watches.values_mut() {
            watch.last = None;
        }
    }

    /// Resets what was given up, as the user asks for another attempt; returns false if nothing was given up.
    pub(super) fn retry(&mut self) -> bool {
        let mut hopeless = false;
        for watch in self.watches.values_mut() {
            hopeless |= std::mem::take(&mut watch.hopeless);
            watch.last = None;
        }
        hopeless
    }

    /// Returns whether all sources played when last sampled.
    pub(super) fn none(&self) -> bool {
        self.watches.values().all(|watch| watch.moved == watch.sampled)
    }

    /// Returns the number of stalls since the link opened.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// Returns the sources that are stalled now.
    pub(super) fn view(&self) -> Vec<StallView> {
        let stalled = self.watches.iter().filter(|(_, watch)| watch.steps > 0);
        stalled
            .map(|(source, watch)| StallView {
                source: *source,
                given_up: watch.hopeless,
            })
            .collect()
    }
}

impl Watch {
    fn sampled(&mut self, turn: &Turn, source: Source, progress: Option<Progress>) -> Option<Remedy> {
        let now = turn.now();
        let since = |then: UnixMillis| now.since(then);
        let blind = since(std::mem::replace(&mut self.sampled, now)) > APART;
        let (before, current) = (std::mem::replace(&mut self.last, progress), progress?);
        let Some(before) = before.filter(|before| !blind && before.played <= current.played) else {
            self.begin(now, current.arrived);
            return None;
        };
        if current.played > before.played {
            *self = Self {
                last: self.last,
                sampled: self.sampled,
                ..Self::default()
            };
            self.begin(now, current.arrived);
            return None;
        }
        let unplayed = current.arrived.saturating_sub(self.arrived_by_move);
        let moving = match source {
            Source::Camera => true,
            Source::Screen => unplayed >= MOVING,
            // A microphone that is on always sends; whether a screen has audio is not known.
            Source::Microphone => unplayed >= SOUNDING || unplayed == 0,
            Source::ScreenSound => unplayed >= SOUNDING,
        };
        if !moving {
            return None;
        }
        let still = since(self.moved);
        let steps: &[(Duration, Remedy)] = if source.is_sound() { &SOUND } else { &VIDEO };
        let Some((after, remedy)) = steps.get(self.steps) else {
            self.hopeless |= still >= turn.allow(HOPELESS);
            return None;
        };
        // A network that delivers few complete frames is no better in a new epoch.
        let silent = current.arrived == self.arrived_by_step;
        let worth_it = *remedy != Remedy::Renew || source.is_sound() || silent || unplayed >= WHOLE;
        if still < turn.allow(*after) || !worth_it {
            return None;
        }
        self.steps += 1;
        self.arrived_by_step = current.arrived;
        Some(*remedy)
    }

    /// Starts the measurement of a stall again from this sample.
    fn begin(&mut self, now: UnixMillis, arrived: u64) {
        self.moved = now;
        self.arrived_by_move = arrived;
        self.arrived_by_step = arrived;
    }
}

#[cfg(test)]
mod tests;
