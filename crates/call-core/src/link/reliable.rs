//! Reliable, ordered delivery of signals to one peer in one epoch, over transports that lose, duplicate and reorder.
//!
//! Each signal has a sequence number and is kept until the other end acknowledges it (cumulatively). It may be sent
//! over several transports, and is retransmitted when it may be lost. The receiver buffers early signals and drops
//! duplicates, so that its users need not know by which transport a signal came.

use std::collections::{BTreeMap, VecDeque};

use protocol::{Signal, SignalEnvelope};

use crate::link::{Guard, Guards};

/// Maximum unacknowledged signals: the descriptions and candidates of several ICE restarts (chosen).
const MOST_UNSEEN: usize = 256;

/// Send and receive state of one end of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ReliableSignals {
    guards: Guards,
    /// Sequence number of our last signal.
    sent: u32,
    /// Our unacknowledged signals, oldest first.
    unseen: VecDeque<(u32, Signal)>,
    /// Cumulative ack: the highest contiguous sequence number received.
    seen: u32,
    /// Received signals after a missing one.
    early: BTreeMap<u32, Signal>,
    /// Whether a signal has arrived since our last ack.
    owing: bool,
}

impl ReliableSignals {
    pub(crate) fn new(guards: Guards) -> Self {
        Self {
            guards,
            ..Self::default()
        }
    }

    /// Assigns a sequence number to a signal and keeps it until it is acknowledged. Returns `None` if too many are
    /// unacknowledged.
    pub(crate) fn send(&mut self, signal: Signal) -> Option<SignalEnvelope> {
        if self.unseen.len() == MOST_UNSEEN {
            return None;
        }
        self.sent += 1;
        self.unseen.push_back((self.sent, signal.clone()));
        Some(self.parcel(self.sent, Some(signal)))
    }

    /// Takes a received envelope, and returns the signals that are now in sequence.
    pub(crate) fn receive(&mut self, parcel: SignalEnvelope) -> Vec<Signal> {
        self.unseen.retain(|(number, _)| *number > parcel.seen);
        let Some(signal) = parcel.signal else {
            return Vec::new();
        };
        self.owing = true;
        if !self.guards.stand(Guard::InOrder) {
            self.seen = self.seen.max(parcel.number);
            return vec![signal];
        }
        let ahead = parcel.number.saturating_sub(self.seen);
        if (1..=MOST_UNSEEN).contains(&usize::try_from(ahead).unwrap_or(usize::MAX)) {
            self.early.insert(parcel.number, signal);
        }
        let mut due = Vec::new();
        while let Some(signal) = self.early.remove(&self.seen.saturating_add(1)) {
            self.seen += 1;
            due.push(signal);
        }
        due
    }

    /// Returns all unacknowledged signals, for retransmission.
    pub(crate) fn again(&mut self) -> Vec<SignalEnvelope> {
        if !self.guards.stand(Guard::Retransmit) {
            return Vec::new();
        }
        let unseen = self.unseen.clone();
        let again = unseen.into_iter();
        again
            .map(|(number, signal)| self.parcel(number, Some(signal)))
            .collect()
    }

    /// Returns a bare ack, if one is due.
    pub(crate) fn acknowledge(&mut self) -> Option<SignalEnvelope> {
        self.owing.then(|| self.parcel(0, None))
    }

    /// Returns whether signals of ours are unacknowledged.
    pub(crate) fn awaits(&self) -> bool {
        !self.unseen.is_empty()
    }

    /// Returns whether an ack is due.
    pub(crate) fn owes(&self) -> bool {
        self.owing
    }

    fn parcel(&mut self, number: u32, signal: Option<Signal>) -> SignalEnvelope {
        self.owing = false;
        SignalEnvelope {
            number,
            seen: self.seen,
            signal,
        }
    }
}

#[cfg(test)]
mod tests;
