//! What two looks at a connection, some time apart, say of the time between them.
//!
//! Counters may begin anew at any time, as when a stream is replaced: of such a stream nothing is known for
//! that once, and nothing jumps.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::quality::{Energy, Inbound, Outbound};
use crate::{Kbps, Limit, Permille, Sample, Source};

/// A span of a connection, in figures; what is not known is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) round_trip: Option<Duration>,
    /// What did not arrive here.
    pub(crate) lost_in: Option<Permille>,
    /// What did not arrive there.
    pub(crate) lost_out: Option<Permille>,
    pub(crate) down: Option<Kbps>,
    pub(crate) up: Option<Kbps>,
    /// What keeps the picture that is sent from being better.
    pub(crate) limit: Option<Limit>,
    /// How loud the user was, from 0 to 1.
    pub(crate) voice: Option<f32>,
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
            voice: before.voice.zip(now.voice).and_then(loudness),
        }
    }
}

/// How much the counters of one stream grew.
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
            // A packet that was given up may come after all.
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

/// The growth of each stream that is in both and did not begin anew.
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

/// The sum, if there is anything to sum up.
fn total(counts: impl Iterator<Item = u64>) -> Option<u64> {
    counts.reduce(u64::saturating_add)
}

/// What the other end says that it missed of all that was sent: each stream counts by its packets.
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

/// What limits a picture that is sent at this moment.
fn limit(now: &Sample) -> Option<Limit> {
    let pictures = now.outbound.values().filter(|stream| stream.picture.is_some());
    pictures.filter_map(|stream| stream.limit).min()
}

fn loudness((before, now): (Energy, Energy)) -> Option<f32> {
    let (energy, seconds) = (now.energy - before.energy, now.seconds - before.seconds);
    #[allow(clippy::cast_possible_truncation, reason = "it is between 0 and 1")]
    let loud = (energy / seconds).sqrt().clamp(0.0, 1.0) as f32;
    (energy >= 0.0 && seconds > 0.0 && !loud.is_nan()).then_some(loud)
}

#[cfg(test)]
mod tests;
