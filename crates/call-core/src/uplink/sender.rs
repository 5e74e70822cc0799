//! The videos that one connection sends: what the peer shows of them, how they are encoded, and what samples say.

use std::time::Duration;

use protocol::{Source, UnixMillis};

use super::ceiling::{Ceiling, Estimate};
use super::encoding::{Encoding, Video};
use super::plan::{Receiver, Step};
use super::shown::Shown;
use crate::media::LocalMediaState;
use crate::{Kbps, Limit, Outbound, Sample};

/// Bitrate of the microphone on the wire: Opus at 32 kbit/s, and 50 packets a second with some 60 bytes of headers.
const SOUND: u32 = 60;

/// Minimum time between two changes of the encodings of one connection (chosen): a peer cannot keep the encoder busy
/// with starting over, and a tile that is shown again need not wait.
const BETWEEN: Duration = Duration::from_millis(500);

/// The sending end of one connection, in one epoch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sender {
    /// How large the peer shows the videos.
    shown: Shown,
    /// The encoding of each video that is not sent whole.
    limited: Vec<(Video, Option<Encoding>)>,
    changed: Option<UnixMillis>,
    /// Videos that the peer shows and does not get.
    held: Vec<Source>,
    ceiling: Ceiling,
    last: Option<(UnixMillis, Duration)>,
    /// Encoding time per second.
    encoding: Duration,
    /// Whether the browser says that the CPU limits a video.
    cpu_limited: bool,
}

/// What a new plan changes on a connection.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) orders: Vec<(Video, Option<Encoding>)>,
    /// Whether other videos are held back than before.
    pub(super) held: bool,
    /// When the change may be made, if it has to wait.
    pub(super) waits: Option<Duration>,
}

impl Sender {
    /// The peer tells how large it shows the videos.
    pub(crate) fn shows(&mut self, shown: Shown) {
        self.shown = shown;
    }

    /// Videos that are held back although the peer shows them.
    pub(crate) fn held(&self) -> Vec<Source> {
        self.held.clone()
    }

    /// Whether the network carries less than what is to be sent, so that its state is needed often.
    pub(crate) fn is_tight(&self) -> bool {
        self.ceiling.is_tight()
    }

    /// Whether more is tried at this time.
    pub(super) fn tries_more(&self, now: UnixMillis) -> bool {
        self.ceiling.has_risen(now)
    }

    /// More is tried on another connection from now on.
    pub(super) fn lets_try(&mut self, now: UnixMillis) {
        self.ceiling.lets_try(now);
    }

    /// Encoding time per second, and whether the CPU limits a video.
    pub(super) fn effort(&self) -> (Duration, bool) {
        (self.encoding, self.cpu_limited)
    }

    /// The connection as the plan sees it, when these sources are on.
    pub(super) fn receiver(&self, sending: LocalMediaState) -> Receiver {
        let on = |video: &Video| match video {
            Video::Camera => sending.camera,
            Video::Screen => sending.screen,
        };
        let shown = Video::ALL.into_iter().filter(on);
        let limit = self.ceiling.limit();
        Receiver {
            shown: shown.map(|video| (video, self.shown.lines(video))).collect(),
            limit: limit.map(|limit| Kbps(limit.0.saturating_sub(SOUND))),
        }
    }

    /// Takes the steps that the plan gives the videos that are on.
    pub(super) fn follow(&mut self, now: UnixMillis, steps: &[(Video, Step)]) -> Change {
        let mut change = Change::default();
        for (video, step) in steps {
            let encoding = step.map(|step| video.steps()[step]);
            if encoding != self.encoding_of(*video) {
                change.orders.push((*video, encoding));
            }
        }
        let last = self.changed.filter(|changed| *changed <= now);
        let waits = last.and_then(|changed| BETWEEN.checked_sub(now.since(changed)));
        if !change.orders.is_empty() {
            change.waits = waits.filter(|waits| !waits.is_zero());
            if change.waits.is_some() {
                change.orders.clear();
            } else {
                self.changed = Some(now);
            }
        }
        for (video, encoding) in &change.orders {
            self.limited.retain(|(of, _)| of != video);
            if *encoding != Some(Encoding::full(*video)) {
                self.limited.push((*video, *encoding));
            }
        }
        let rates = steps.iter().filter_map(|(video, _)| self.encoding_of(*video));
        let planned = rates.map(|encoding| encoding.rate.0).sum::<u32>();
        self.ceiling.planned(now, Kbps(planned + SOUND));
        let held: Vec<Source> = steps
            .iter()
            .filter(|(video, step)| step.is_none() && self.shown.lines(*video) > 0)
            .map(|(video, _)| video.source())
            .collect();
        change.held = held != self.held;
        self.held = held;
        change
    }

    fn encoding_of(&self, video: Video) -> Option<Encoding> {
        let limited = self.limited.iter().find(|(of, _)| *of == video);
        limited.map_or(Some(Encoding::full(video)), |(_, encoding)| *encoding)
    }

    /// Takes a sample of the connection.
    pub(crate) fn sampled(&mut self, now: UnixMillis, sample: &Sample) {
        let videos = || {
            let sent = Video::ALL.into_iter();
            sent.filter_map(|video| Some((video, sample.outbound.get(&video.source())?)))
        };
        let total: Duration = videos().map(|(_, stream)| stream.encoding).sum();
        if let Some((then, before)) = self.last.replace((now, total)) {
            let span = u32::try_from(now.since(then).as_millis()).unwrap_or(u32::MAX);
            let grown = total.saturating_sub(before) * 1000;
            self.encoding = grown.checked_div(span).unwrap_or_default();
        }
        let limited =
            |by: Limit| videos().any(|(_, stream)| stream.picture.is_some() && stream.limit == Some(by));
        self.cpu_limited = limited(Limit::Processor);
        if let Some(available) = sample.available {
            let rates = videos().filter_map(|(video, stream)| self.rate(video, stream));
            let sent = Kbps(rates.sum::<u32>() + SOUND);
            let needed = if limited(Limit::Bandwidth) {
                sent.max(Kbps(available.0.saturating_add(1)))
            } else {
                sent
            };
            self.ceiling.sampled(now, Estimate { available, needed });
        }
    }

    /// The bitrate that a video has without any limit of the network: that of its encoding, or of its size if it is
    /// smaller.
    fn rate(&self, video: Video, stream: &Outbound) -> Option<u32> {
        let picture = stream.picture?;
        let of_size = video.steps()[video.step_for(picture.width.min(picture.height))];
        Some(of_size.rate.min(self.encoding_of(video)?.rate).0)
    }
}

#[cfg(test)]
mod tests;
