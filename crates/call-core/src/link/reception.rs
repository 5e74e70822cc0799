//! Whether anything arrives from a peer: by what comes in, not by what the connection says of itself.

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::UnixMillis;

use crate::{Sample, Source};

/// Nothing for so long of anything that the peer sends is no pause of a network, but a hole.
const SILENT: Duration = Duration::from_secs(6);

/// Looks farther apart than this say nothing of the time between them: the page was put aside, or the computer slept.
const APART: Duration = Duration::from_secs(12);

/// What is known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// Nothing yet.
    #[default]
    Unknown,
    /// Something arrives, or nothing is sent.
    Heard,
    /// Nothing arrives.
    Missed,
}

/// The looks at one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Reception {
    hearing: Hearing,
    packets: BTreeMap<Source, u64>,
    /// When something arrived last, or the looks began.
    good: Option<UnixMillis>,
    looked: Option<UnixMillis>,
    /// The verdict is about this epoch's connection.
    judged: bool,
}

impl Reception {
    /// What stays in the link's next epoch: the verdict, until there is another.
    pub(super) fn renewed(&self) -> Self {
        Self {
            hearing: self.hearing,
            ..Self::default()
        }
    }

    pub(super) fn hearing(&self) -> Hearing {
        self.hearing
    }

    /// Whether nothing arrives on this very connection.
    pub(super) fn deaf(&self) -> bool {
        self.judged && self.hearing == Hearing::Missed
    }

    /// A look at a connection whose peer says that it sends these.
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

    /// There is no connection at this moment.
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
    fn somebody_is_missed_when_nothing_arrives_for_a_while_of_what_they_send() {
        let mut reception = Reception::default();
        assert_eq!(look(&mut reception, 0, 0), Hearing::Unknown);
        assert_eq!(look(&mut reception, 1, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 6, 50), Hearing::Heard, "a pause");
        assert_eq!(look(&mut reception, 7, 50), Hearing::Missed);
        assert!(reception.deaf());
        assert_eq!(look(&mut reception, 8, 51), Hearing::Heard, "and back");
    }

    #[test]
    fn who_sends_nothing_is_not_missed() {
        let mut reception = Reception::default();
        for second in 0..20 {
            reception.looked(UnixMillis(second * 1000), &[], &sample(0));
        }
        assert_eq!(reception.hearing(), Hearing::Heard);
    }

    #[test]
    fn nothing_is_said_of_the_time_in_which_nobody_looked() {
        let mut reception = Reception::default();
        look(&mut reception, 1, 50);
        assert_eq!(look(&mut reception, 600, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 605, 50), Hearing::Heard);
        assert_eq!(look(&mut reception, 606, 50), Hearing::Missed);
    }

    #[test]
    fn a_new_connection_is_not_judged_by_the_old_one() {
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
