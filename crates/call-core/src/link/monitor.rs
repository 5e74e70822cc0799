//! Monitoring of inbound media: connectivity reports to the group call, and recovery of single sources.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::{Refresh, Signal, Source};

use super::Link;
use super::inbound::InboundMedia;
use super::negotiation::Negotiation;
use super::stall::Remedy;
use crate::conference::ConnectivityReport;
use crate::turn::Turn;
use crate::{PeerOrder, Sample, StallView};

/// Minimum interval between connectivity reports to one peer, so that a flapping connection does not flood it (chosen).
const REPORT_INTERVAL: Duration = Duration::from_secs(1);

impl Link {
    /// Takes a sample of the connection's statistics.
    pub(crate) fn sampled(&mut self, turn: &mut Turn, sample: &Sample) {
        self.sender.sampled(turn.now(), sample);
        let expected = [Source::Microphone, Source::Camera, Source::Screen];
        let mut sent: Vec<_> = expected
            .into_iter()
            .filter(|source| self.expects(*source))
            .collect();
        if self.recovery.is_connected() {
            self.inbound.sampled(turn, &sent, sample);
        }
        self.recovery.set_inbound(
            self.inbound.no_inbound(),
            self.inbound_media() == InboundMedia::Arriving,
        );
        self.watch(turn);
        if self.screen {
            sent.push(Source::ScreenSound);
        }
        // A connection without any media is recovered as a whole.
        if self.recovery.is_connected() && !self.inbound.no_inbound() {
            for (source, remedy) in self.stalls.sampled(turn, &sent, sample) {
                self.remedy(turn, source, remedy);
            }
        } else {
            self.stalls.pause();
        }
    }

    /// Collects the statistics if they are due; `watched` while the user looks at them. Without a connection they say
    /// nothing, and collecting them delays the connections that are being made.
    pub(crate) fn measure_if_due(&mut self, turn: &mut Turn, watched: bool) {
        if !watched && !self.recovery.is_connected() {
            return;
        }
        let healthy =
            self.inbound.arrives() && self.stalls.none() && self.quality.is_good() && !self.sender.is_tight();
        if self.attention.takes_sample(turn.now(), watched || !healthy) {
            self.order(turn, PeerOrder::MeasureQuality);
        }
    }

    /// Takes what the page shows of the peer: the number of frames of each source that plays; 0 for audio.
    pub(crate) fn looked(&mut self, playing: &BTreeMap<Source, u64>) {
        let expected = playing.iter().filter(|(source, _)| self.expects(**source));
        let expected = expected.map(|(source, frames)| (*source, *frames)).collect();
        self.attention.looked(&expected);
    }

    /// Whether the peer is to send a source: it says that it does, and is not told that its video is not shown.
    fn expects(&self, source: Source) -> bool {
        let sent = match source {
            Source::Microphone => self.microphone,
            Source::Camera => self.camera && self.told_shown.camera > 0,
            Source::Screen => self.screen && self.told_shown.screen > 0,
            // Whether a screen has sound is not known.
            Source::ScreenSound => self.screen,
        };
        sent && !self.paused.contains(&source)
    }

    /// Returns whether the peer is speaking: it says so, and can be heard.
    pub(crate) fn speaks(&self) -> bool {
        self.speaking && self.microphone && self.recovery.is_connected()
    }

    fn remedy(&mut self, turn: &mut Turn, source: Source, remedy: Remedy) {
        match remedy {
            Remedy::Ask(how) => {
                self.send_signal(turn, Signal::Refresh { source, how });
                self.update_signal_timers(turn);
            }
            Remedy::Renegotiate => self.negotiate(turn, Negotiation::needed),
            Remedy::Renew => self.renew(turn),
        }
    }

    /// Handles the peer's report that a source of ours does not play.
    pub(crate) fn refresh(&mut self, turn: &mut Turn, source: Source, how: Refresh) {
        if self.refreshes.admit(turn.now(), source, how) {
            let order = match how {
                Refresh::KeyFrame => PeerOrder::SendKeyFrames,
                Refresh::Track => PeerOrder::ResetTrack(source),
            };
            self.order(turn, order);
        }
    }

    /// Returns the peer's sources that are sent but do not play on this page.
    pub(crate) fn stalls(&self) -> Vec<StallView> {
        self.stalls.view()
    }

    /// Returns the number of stalls since the link opened.
    pub(crate) fn stall_count(&self) -> u32 {
        self.stalls.count()
    }

    /// Counts the time without a connection as time without media.
    pub(crate) fn look_for_connection(&mut self, turn: &Turn) {
        if !self.recovery.is_connected() {
            self.inbound.waits(turn);
        }
    }

    /// Returns whether media arrives from the peer.
    pub(crate) fn inbound_media(&self) -> InboundMedia {
        self.inbound.inbound_media()
    }

    /// Returns the peer's last connectivity report.
    pub(crate) fn report(&self) -> Option<&ConnectivityReport> {
        self.report.as_ref()
    }

    /// Sends the user's connectivity report, if the peer does not know its misses and was sent none within
    /// [`REPORT_INTERVAL`]. A peer without a report takes it that nothing is missed: while all join, nothing is sent.
    pub(crate) fn send_connectivity_report(&mut self, turn: &mut Turn, report: &ConnectivityReport) {
        let now = turn.now();
        let known = match &self.report_sent {
            Some((told, at)) => told.missed == report.missed || now.since(*at) < REPORT_INTERVAL,
            None => report.missed.is_empty() && !self.reported,
        };
        if !known && self.recovery.is_connected() {
            self.report_sent = Some((report.clone(), now));
            self.send_signal(turn, report.clone().into());
            self.update_signal_timers(turn);
        }
    }
}
