//! Whether a peer's media arrives, judged by received packets instead of `connectionState`.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::UnixMillis;

use crate::{Sample, Source};

/// Time without any packet after which the peer's media counts as missing: longer than a pause of the network (chosen).
const SILENT: Duration = Duration::from_secs(6);

/// Maximum time between samples: a longer gap proves nothing, as the page was throttled or the computer slept (chosen).
const APART: Duration = Duration::from_secs(12);

/// Whether a peer's media arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// Not known yet.
    #[default]
    Unknown,
    /// Media arrives, or the peer sends none.
    Heard,
    /// Nothing arrives, although the peer sends media, or there is no connection.
    Missed,
}

/// Monitor of the media that arrives on one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Reception {
    hearing: Hearing,
    packets: BTreeMap<Source, u64>,
    /// When media last arrived, or the sampling (re)started.
    good: Option<UnixMillis>,
    looked: Option<UnixMillis>,
    /// Whether `hearing` was judged in this epoch.
    judged: bool,
}

impl Reception {
    /// Returns the state for the link's next epoch: `hearing` stays until it is judged again.
    pub(super) fn renewed(&self) -> Self {
        Self {
            hearing: self.hearing,
            ..Self::default()
        }
    }

    pub(super) fn hearing(&self) -> Hearing {
        self.hearing
    }

    /// Returns whether media is missing in this epoch.
    pub(super) fn deaf(&self) -> bool {
        self.judged && self.hearing == Hearing::Missed
    }

    /// Takes a sample of a connection on which the peer sends the sources `sent`.
    pub(super) fn looked(&mut self, now: UnixMillis, sent: &[Source], sample: &Sample) {
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
        self.judge(now, good);
    }

    /// Notes that there is no connection now, so that nothing arrives.
    pub(super) fn waits(&mut self, now: UnixMillis) {
        self.judge(now, false);
    }

    fn judge(&mut self, now: UnixMillis, good: bool) {
        let since = |then: UnixMillis| now.since(then);
        let blind = self.looked.replace(now).is_none_or(|then| since(then) > APART);
        if good {
            self.hearing = Hearing::Heard;
            self.judged = true;
        }
        if good || blind {
            self.good = Some(now);
        } else if self.good.is_some_and(|then| since(then) >= SILENT) {
            self.hearing = Hearing::Missed;
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

    fn look(reception: &mut Reception, second: u64, packets: u64) -> Hearing {
        reception.looked(UnixMillis(second * 1000), &[Source::Microphone], &sample(packets));
        reception.hearing()
    }

    #[test]
    fn peer_is_missed_after_silence() {
        let mut reception = Reception::default();
        assert_eq!(look(&mut reception, 0, 0), Hearing::Unknown);
        assert_eq!(look(&mut reception, 1, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 6, 50), Hearing::Heard, "a short pause");
        assert_eq!(look(&mut reception, 7, 50), Hearing::Missed);
        assert!(reception.deaf());
        assert_eq!(look(&mut reception, 8, 51), Hearing::Heard, "and back");
    }

    #[test]
    fn peer_that_sends_nothing_is_not_missed() {
        let mut reception = Reception::default();
        for second in 0..20 {
            reception.looked(UnixMillis(second * 1000), &[], &sample(0));
        }
        assert_eq!(reception.hearing(), Hearing::Heard);
    }

    #[test]
    fn time_between_distant_samples_is_not_judged() {
        let mut reception = Reception::default();
        look(&mut reception, 1, 50);
        assert_eq!(look(&mut reception, 600, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 605, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 606, 50), Hearing::Missed);
    }

    #[test]
    fn new_connection_is_not_judged_by_the_old_one() {
        let mut reception = Reception::default();
        for second in 0..10 {
            reception.waits(UnixMillis(second * 1000));
        }
        let mut renewed = reception.renewed();
        assert!(reception.deaf() && !renewed.deaf());
        assert_eq!(
            look(&mut renewed, 11, 0),
            Hearing::Missed,
            "until something arrives"
        );
        assert_eq!(look(&mut renewed, 12, 9), Hearing::Heard);
    }
}
