//! Reliable, ordered delivery of signals to one peer in one epoch, over transports that lose, duplicate and reorder.
//!
//! Each signal has a sequence number and is kept until the other end acknowledges it (cumulatively). It may be sent
//! over several transports, and is retransmitted when it may be lost. The receiver buffers early signals and drops
//! duplicates, so that its users need not know by which transport a signal came.

use std::collections::{BTreeMap, VecDeque};

use protocol::{Signal, SignalEnvelope};

use crate::link::{Guard, Guards};

/// Maximum unacknowledged signals: the descriptions and candidates of several ICE restarts (chosen).
const MAX_UNACKED: usize = 256;

/// Send and receive state of one end of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ReliableSignals {
    guards: Guards,
    /// Sequence number of our last signal.
    sent: u32,
    /// Our unacknowledged signals, oldest first.
    unacked: VecDeque<(u32, Signal)>,
    /// Cumulative ack: the highest contiguous sequence number received.
    received: u32,
    /// Received signals after a missing one.
    early: BTreeMap<u32, Signal>,
    /// Whether a signal has arrived since our last ack.
    ack_owed: bool,
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
        if self.unacked.len() == MAX_UNACKED {
            return None;
        }
        self.sent += 1;
        self.unacked.push_back((self.sent, signal.clone()));
        Some(self.envelope(self.sent, Some(signal)))
    }

    /// Takes a received envelope, and returns the signals that are now in sequence.
    pub(crate) fn receive(&mut self, envelope: SignalEnvelope) -> Vec<Signal> {
        self.unacked.retain(|(number, _)| *number > envelope.seen);
        let Some(signal) = envelope.signal else {
            return Vec::new();
        };
        if envelope.number == 0 && signal.is_momentary() {
            return vec![signal];
        }
        self.ack_owed = true;
        if !self.guards.stand(Guard::InOrder) {
            self.received = self.received.max(envelope.number);
            return vec![signal];
        }
        let ahead = envelope.number.saturating_sub(self.received);
        if (1..=MAX_UNACKED).contains(&usize::try_from(ahead).unwrap_or(usize::MAX)) {
            self.early.insert(envelope.number, signal);
        }
        let mut due = Vec::new();
        while let Some(signal) = self.early.remove(&self.received.saturating_add(1)) {
            self.received += 1;
            due.push(signal);
        }
        due
    }

    /// Returns the envelope of a signal that is neither numbered nor retransmitted.
    pub(crate) fn momentary(&mut self, signal: Signal) -> SignalEnvelope {
        self.envelope(0, Some(signal))
    }

    /// Returns all unacknowledged signals, for retransmission.
    pub(crate) fn all_unacked(&mut self) -> Vec<SignalEnvelope> {
        if !self.guards.stand(Guard::Retransmit) {
            return Vec::new();
        }
        let unacked = self.unacked.clone();
        let all_unacked = unacked.into_iter();
        all_unacked
            .map(|(number, signal)| self.envelope(number, Some(signal)))
            .collect()
    }

    /// Returns a bare ack, if one is due.
    pub(crate) fn acknowledge(&mut self) -> Option<SignalEnvelope> {
        self.ack_owed.then(|| self.envelope(0, None))
    }

    /// Returns whether signals of ours are unacknowledged.
    pub(crate) fn has_unacked(&self) -> bool {
        !self.unacked.is_empty()
    }

    /// Returns whether an ack is due.
    pub(crate) fn owes_ack(&self) -> bool {
        self.ack_owed
    }

    fn envelope(&mut self, number: u32, signal: Option<Signal>) -> SignalEnvelope {
        self.ack_owed = false;
        SignalEnvelope {
            number,
            seen: self.received,
            signal,
        }
    }
}

#[cfg(test)]
mod tests;
