//! Whether a peer's media arrives, judged by received packets instead of `connectionState`.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::UnixMillis;

use crate::turn::Turn;
use crate::{Sample, Source};

/// Time without any packet after which the peer's media counts as missing: longer than a pause of the network (chosen).
const SILENT: Duration = Duration::from_secs(6);

/// Maximum time between samples: a longer gap proves nothing, as the page was throttled or the computer slept (chosen).
const APART: Duration = Duration::from_secs(12);

/// Whether a peer's media arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum InboundMedia {
    /// Not known yet.
    #[default]
    Unknown,
    /// Media arrives, or the peer sends none.
    Arriving,
    /// Nothing arrives, although the peer sends media, or there is no connection.
    Missing,
}

/// Monitor of the media that arrives on one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct InboundMonitor {
    inbound_media: InboundMedia,
    packets: BTreeMap<Source, u64>,
    /// When media last arrived, or the sampling (re)started.
    good: Option<UnixMillis>,
    sampled: Option<UnixMillis>,
    /// Whether `inbound_media` was judged in this epoch.
    judged: bool,
}

impl InboundMonitor {
    /// Returns the state for the link's next epoch: `inbound_media` stays until it is judged again.
    pub(super) fn renewed(&self) -> Self {
        Self {
            inbound_media: self.inbound_media,
            ..Self::default()
        }
    }

    pub(super) fn inbound_media(&self) -> InboundMedia {
        self.inbound_media
    }

    /// Returns whether media arrived when last sampled.
    pub(super) fn arrives(&self) -> bool {
        self.good.is_some() && self.good == self.sampled
    }

    /// Returns whether media is missing in this epoch.
    pub(super) fn no_inbound(&self) -> bool {
        self.judged && self.inbound_media == InboundMedia::Missing
    }

    /// Takes a sample of a connection on which the peer sends the sources `sent`.
    pub(super) fn sampled(&mut self, turn: &Turn, sent: &[Source], sample: &Sample) {
        let packets: BTreeMap<Source, u64> = sample
            .inbound
            .iter()
            .map(|(source, stream)| (*source, stream.packets))
            .collect();
        let count = |packets: &BTreeMap<Source, u64>, source: &Source| {
            packets.get(source).copied().unwrap_or_default()
        };
        let arrives = |source: &Source| count(&packets, source) > count(&self.packets, source);
        let good = sent.is_empty() || sent.iter().any(arrives);
        self.packets = packets;
        self.judge(turn, good);
    }

    /// Notes that there is no connection now, so that nothing arrives.
    pub(super) fn waits(&mut self, turn: &Turn) {
        self.judge(turn, false);
    }

    fn judge(&mut self, turn: &Turn, good: bool) {
        let now = turn.now();
        let since = |then: UnixMillis| now.since(then);
        let blind = self.sampled.replace(now).is_none_or(|then| since(then) > APART);
        if good {
            self.inbound_media = InboundMedia::Arriving;
            self.judged = true;
        }
        if good || blind {
            self.good = Some(now);
        } else if self.good.is_some_and(|then| since(then) >= turn.allow(SILENT)) {
            self.inbound_media = InboundMedia::Missing;
            self.judged = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Inbound;

    fn sample(packets: u64) -> Sample {
        let stream = Inbound {
            packets,
            ..Inbound::default()
        };
        Sample {
            inbound: [(Source::Microphone, stream)].into(),
            ..Sample::default()
        }
    }

    fn at(second: u64) -> Turn {
        Turn::at(UnixMillis(second * 1000))
    }

    fn look(inbound: &mut InboundMonitor, second: u64, packets: u64) -> InboundMedia {
        inbound.sampled(&at(second), &[Source::Microphone], &sample(packets));
        inbound.inbound_media()
    }

    #[test]
    fn peer_is_missed_after_silence() {
        let mut inbound = InboundMonitor::default();
        assert_eq!(look(&mut inbound, 0, 0), InboundMedia::Unknown);
        assert_eq!(look(&mut inbound, 1, 50), InboundMedia::Arriving);
        assert_eq!(look(&mut inbound, 6, 50), InboundMedia::Arriving, "a short pause");
        assert_eq!(look(&mut inbound, 7, 50), InboundMedia::Missing);
        assert!(inbound.no_inbound());
        assert_eq!(look(&mut inbound, 8, 51), InboundMedia::Arriving, "and back");
    }

    #[test]
    fn busy_device_misses_a_peer_later() {
        let mut inbound = InboundMonitor::default();
        look(&mut inbound, 1, 50);
        let mut busy = |second| {
            let turn = at(second).on_busy_device(true);
            inbound.sampled(&turn, &[Source::Microphone], &sample(50));
            inbound.inbound_media()
        };
        let missing = (2..30).find(|second| busy(*second) == InboundMedia::Missing);
        assert_eq!(missing, Some(19));
    }

    #[test]
    fn peer_that_sends_nothing_is_not_missed() {
        let mut inbound = InboundMonitor::default();
        for second in 0..20 {
            inbound.sampled(&at(second), &[], &sample(0));
        }
        assert_eq!(inbound.inbound_media(), InboundMedia::Arriving);
    }

    #[test]
    fn time_between_distant_samples_is_not_judged() {
        let mut inbound = InboundMonitor::default();
        look(&mut inbound, 1, 50);
        assert_eq!(look(&mut inbound, 600, 50), InboundMedia::Arriving);
        assert_eq!(look(&mut inbound, 605, 50), InboundMedia::Arriving);
        assert_eq!(look(&mut inbound, 606, 50), InboundMedia::Missing);
    }

    #[test]
    fn new_connection_is_not_judged_by_the_old_one() {
        let mut inbound = InboundMonitor::default();
        for second in 0..10 {
            inbound.waits(&at(second));
        }
        let mut renewed = inbound.renewed();
        assert!(inbound.no_inbound() && !renewed.no_inbound());
        assert_eq!(
            look(&mut renewed, 11, 0),
            InboundMedia::Missing,
            "until something arrives"
        );
        assert_eq!(look(&mut renewed, 12, 9), InboundMedia::Arriving);
    }
}
