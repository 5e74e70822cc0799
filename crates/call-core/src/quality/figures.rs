//! Differences between two samples of a connection.
//!
//! Counters may restart at any time, for example when a stream is replaced. Such a stream is left out of that
//! one difference, so that nothing jumps.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::quality::{Inbound, Outbound};
use crate::{Kbps, Limit, Permille, Sample, Source};

/// Figures of the time between two samples; unknown ones are absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) round_trip: Option<Duration>,
    /// Loss of inbound packets.
    pub(crate) lost_in: Option<Permille>,
    /// Loss of outbound packets, as the peer reports it.
    pub(crate) lost_out: Option<Permille>,
    pub(crate) down: Option<Kbps>,
    pub(crate) up: Option<Kbps>,
    /// What limits the quality of the video that is sent.
    pub(crate) limit: Option<Limit>,
}

impl Figures {
    pub(crate) fn between(before: &Sample, now: &Sample, span: Duration) -> Self {
        let arrived = grown(&before.inbound, &now.inbound, Inbound::since);
        let sent = grown(&before.outbound, &now.outbound, Outbound::since);
        let lost = total(arrived.values().map(|stream| stream.lost)).unwrap_or_default();
        let came = total(arrived.values().map(|stream| stream.packets)).unwrap_or_default();
        let rate = |bytes: Option<u64>| bytes.and_then(|bytes| Kbps::of(bytes, span));
        Self {
            round_trip: now.round_trip,
            lost_in: Permille::of(lost, lost.saturating_add(came)),
            lost_out: missed_there(now, &sent),
            down: rate(total(arrived.values().map(|stream| stream.bytes))),
            up: rate(total(sent.values().map(|stream| stream.bytes))),
            limit: limit(now),
        }
    }
}

/// Growth of the counters of one stream.
#[derive(Clone, Copy)]
struct Growth {
    packets: u64,
    lost: u64,
    bytes: u64,
}

impl Inbound {
    fn since(&self, before: &Self) -> Option<Growth> {
        Some(Growth {
            packets: self.packets.checked_sub(before.packets)?,
            // A packet that was counted as lost may still arrive.
            lost: self.lost.saturating_sub(before.lost),
            bytes: self.bytes.checked_sub(before.bytes)?,
        })
    }
}

impl Outbound {
    fn since(&self, before: &Self) -> Option<Growth> {
        Some(Growth {
            packets: self.packets.checked_sub(before.packets)?,
            lost: 0,
            bytes: self.bytes.checked_sub(before.bytes)?,
        })
    }
}

type Streams<T> = BTreeMap<Source, T>;

/// Returns the growth of each stream that is in both samples and whose counters did not restart.
fn grown<T>(
    before: &Streams<T>,
    now: &Streams<T>,
    since: impl Fn(&T, &T) -> Option<Growth>,
) -> Streams<Growth> {
    let both = now.iter().filter_map(|(source, now)| {
        let growth = since(now, before.get(source)?)?;
        Some((*source, growth))
    });
    both.collect()
}

/// The sum; `None` without any values.
fn total(counts: impl Iterator<Item = u64>) -> Option<u64> {
    counts.reduce(u64::saturating_add)
}

/// The loss that the peer reports, averaged over the streams by their packets.
fn missed_there(now: &Sample, sent: &Streams<Growth>) -> Option<Permille> {
    let told = sent.iter().filter_map(|(source, growth)| {
        let lost = now.outbound.get(source)?.lost?;
        Some((
            u64::from(lost.get()).saturating_mul(growth.packets),
            growth.packets,
        ))
    });
    let (missed, packets) = told.fold((0_u64, 0_u64), |(missed, packets), (of, among)| {
        (missed.saturating_add(of), packets.saturating_add(among))
    });
    Permille::of(missed, packets.saturating_mul(1000))
}

/// What limits the video that is sent now.
fn limit(now: &Sample) -> Option<Limit> {
    let pictures = now.outbound.values().filter(|stream| stream.picture.is_some());
    pictures.filter_map(|stream| stream.limit).min()
}

#[cfg(test)]
mod tests;
