//! Whether what a peer sends plays on this page, and what is done about a source that does not.
//!
//! It does not ask for causes. A look compares what arrives with what the page plays: frames that an element showed, sound that was
//! decoded while an element played it. A source that is sent and stands still is mended in steps of growing cost: a key frame, the
//! track replaced in its sender, a renegotiation, a new epoch. After the last step the user is asked.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Refresh, Source, UnixMillis};

use crate::{Inbound, Sample, StallView};

/// The steps for video, each with how long the video has stood still by then. The first is twice the pause between two looks, and
/// ten frames of the slowest common camera (5 fps); a key frame, or a track that is replaced, shows within a second of a round
/// trip, so the later steps leave as much time again. Judgement; the journeys print what each step mends.
const VIDEO: [(Duration, Remedy); 4] = [
    (Duration::from_secs(2), Remedy::Ask(Refresh::KeyFrame)),
    (Duration::from_secs(4), Remedy::Ask(Refresh::Track)),
    (Duration::from_secs(6), Remedy::Renegotiate),
    (Duration::from_secs(9), Remedy::Renew),
];

/// The same for sound, which has no key frames.
const SOUND: [(Duration, Remedy); 3] = [
    (Duration::from_secs(2), Remedy::Ask(Refresh::Track)),
    (Duration::from_secs(4), Remedy::Renegotiate),
    (Duration::from_secs(7), Remedy::Renew),
];

/// When nothing is left to try: after this long, counted in the epoch that the last step began.
const HOPELESS: Duration = Duration::from_secs(9);

/// Looks farther apart than this say nothing of the time between them: the page was hidden, or the computer slept.
const APART: Duration = Duration::from_secs(3);

/// Frames of a screen that arrived and were not shown before it counts as moving: one or two may be on their way to the page.
const MOVING: u64 = 3;

/// Packets of sound that arrived and were not decoded before it counts as sounding: ten a second, where speech has 16 at least
/// (60 ms each) and the pauses of discontinuous transmission 2.5 (RFC 7587 §3.1.3: one in 400 ms).
const SOUNDING: u64 = 20;

/// Whole frames that arrived and were not shown, from which on the network is not what holds the video back.
const WHOLE: u64 = 10;

/// What is to be done about a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// The peer is asked for something.
    Ask(Refresh),
    /// Offer and answer are exchanged once more.
    Renegotiate,
    /// A new epoch is asked for.
    Renew,
}

/// All sources of one peer.
#[derive(Clone, Debug, Default)]
pub(super) struct Stalls {
    watches: BTreeMap<Source, Watch>,
    count: u32,
}

/// One source.
#[derive(Clone, Copy, Debug, Default)]
struct Watch {
    last: Option<Progress>,
    /// When something of it played last, or the looks began.
    moved: UnixMillis,
    looked: UnixMillis,
    /// What had arrived by then.
    arrived_by_move: u64,
    arrived_by_step: u64,
    /// Steps taken in this stall, in whichever epoch.
    steps: usize,
    hopeless: bool,
}

/// How far a source has come, in numbers that only grow while one connection and one element last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    /// Frames shown, or samples decoded.
    played: u64,
    /// Frames received whole, or packets.
    arrived: u64,
}

impl Progress {
    /// `None` where the page plays the source nowhere, or the browser does not say.
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
    /// What stays in the link's next epoch: which steps were taken, and how many stalls there were.
    pub(super) fn renewed(&self) -> Self {
        let mut renewed = self.clone();
        for watch in renewed.watches.values_mut() {
            watch.last = None;
        }
        renewed
    }

    /// A look at a connection that is there, whose peer says that it sends these.
    pub(super) fn looked(
        &mut self,
        now: UnixMillis,
        sent: &[Source],
        sample: &Sample,
    ) -> Vec<(Source, Remedy)> {
        self.watches.retain(|source, _| sent.contains(source));
        let mut remedies = Vec::new();
        for source in sent {
            let watch = self.watches.entry(*source).or_default();
            let first = watch.steps == 0;
            let remedy = watch.looked(now, *source, Progress::of(*source, sample));
            self.count += u32::from(first && remedy.is_some());
            remedies.extend(remedy.map(|remedy| (*source, remedy)));
        }
        remedies
    }

    /// There is no connection to be judged at this moment.
    pub(super) fn pause(&mut self) {
        for watch in self.watches.values_mut() {
            watch.last = None;
        }
    }

    /// The user asks for another attempt at what was given up; false when nothing was.
    pub(super) fn retry(&mut self) -> bool {
        let mut hopeless = false;
        for watch in self.watches.values_mut() {
            hopeless |= std::mem::take(&mut watch.hopeless);
            watch.last = None;
        }
        hopeless
    }

    /// How many there were, since the link opened.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// What stands still at this moment.
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
    fn looked(&mut self, now: UnixMillis, source: Source, progress: Option<Progress>) -> Option<Remedy> {
        let since = |then: UnixMillis| now.since(then);
        let blind = since(std::mem::replace(&mut self.looked, now)) > APART;
        let (before, current) = (std::mem::replace(&mut self.last, progress), progress?);
        let Some(before) = before.filter(|before| !blind && before.played <= current.played) else {
            self.begin(now, current.arrived);
            return None;
        };
        if current.played > before.played {
            *self = Self {
                last: self.last,
                looked: self.looked,
                ..Self::default()
            };
            self.begin(now, current.arrived);
            return None;
        }
        let unplayed = current.arrived.saturating_sub(self.arrived_by_move);
        let moving = match source {
            Source::Camera => true,
            Source::Screen => unplayed >= MOVING,
            // One that is on always sends; whether a screen has sound is not known.
            Source::Microphone => unplayed >= SOUNDING || unplayed == 0,
            Source::ScreenSound => unplayed >= SOUNDING,
        };
        if !moving {
            return None;
        }
        let still = since(self.moved);
        let steps: &[(Duration, Remedy)] = if source.is_sound() { &SOUND } else { &VIDEO };
        let Some((after, remedy)) = steps.get(self.steps) else {
            self.hopeless |= still >= HOPELESS;
            return None;
        };
        // A network that brings few whole frames is no better under a new epoch.
        let silent = current.arrived == self.arrived_by_step;
        let worth_it = *remedy != Remedy::Renew || source.is_sound() || silent || unplayed >= WHOLE;
        if still < *after || !worth_it {
            return None;
        }
        self.steps += 1;
        self.arrived_by_step = current.arrived;
        Some(*remedy)
    }

    /// What is seen from now on counts.
    fn begin(&mut self, now: UnixMillis, arrived: u64) {
        self.moved = now;
        self.arrived_by_move = arrived;
        self.arrived_by_step = arrived;
    }
}

#[cfg(test)]
mod tests;
