//! Sending of signals: over which transports, and when they are retransmitted.

use std::time::Duration;

use protocol::{ClientMessage, Signal, SignalEnvelope};

use super::Link;
use crate::media::LocalMediaState;
use crate::turn::Turn;
use crate::{PeerOrder, Timer};

/// Initial retransmission timeout: a round trip on the slowest networks, plus the delayed ack ([`WORD`]) (chosen).
/// Doubles with each retransmission.
const AGAIN: Duration = Duration::from_millis(1500);

/// Maximum retransmission timeout: short enough to find a path that is back soon, long enough to cost next to nothing
/// while it is not (chosen).
const LONGEST_AGAIN: Duration = Duration::from_secs(6);

/// Delay of an ack, in which a signal may carry it (chosen).
const WORD: Duration = Duration::from_millis(250);

impl Link {
    /// Notes that the data channel opened or closed; when it opens, unacknowledged signals are retransmitted.
    pub(crate) fn channel_changed(&mut self, turn: &mut Turn, open: bool) {
        self.channel = open;
        if open {
            self.retransmit(turn);
        }
    }

    /// Handles the retransmission timeout.
    pub(crate) fn retransmit_due(&mut self, turn: &mut Turn) {
        let times = self.retransmissions.take().unwrap_or_default();
        self.post_again(turn);
        if self.post.awaits() {
            self.start_saying(turn, times + 1);
        }
        self.update_signal_timers(turn);
    }

    /// Sends a bare ack, as no signal has carried it in time.
    pub(crate) fn word_due(&mut self, turn: &mut Turn) {
        self.word_due = false;
        if let Some(word) = self.post.acknowledge() {
            self.post_off(turn, word);
        }
    }

    /// Sends the peer which sources we send.
    pub(crate) fn send_media_state(&mut self, turn: &mut Turn, sending: LocalMediaState) {
        self.send_signal(turn, sending.into());
        self.update_signal_timers(turn);
    }

    /// Sends a signal reliably. If too many are unacknowledged, asks for a new epoch, or gives up.
    pub(super) fn send_signal(&mut self, turn: &mut Turn, signal: Signal) {
        match self.post.send(signal) {
            Some(parcel) => self.post_off(turn, parcel),
            None => self.renew(turn),
        }
    }

    /// Sends over every open transport, as each may lose an envelope; the receiver drops duplicates.
    fn post_off(&self, turn: &mut Turn, parcel: SignalEnvelope) {
        let (peer, epoch) = (self.peer, self.epoch);
        if self.channel {
            self.order(turn, PeerOrder::SendOnDataChannel(parcel.clone()));
        }
        turn.send(ClientMessage::Signal {
            to: peer,
            epoch,
            signal: parcel,
        });
    }

    fn post_again(&mut self, turn: &mut Turn) {
        for parcel in self.post.again() {
            self.post_off(turn, parcel);
        }
    }

    pub(super) fn retransmit(&mut self, turn: &mut Turn) {
        self.post_again(turn);
        if self.post.awaits() {
            self.start_saying(turn, 0);
        }
    }

    fn start_saying(&mut self, turn: &mut Turn, times: u32) {
        self.retransmissions = Some(times);
        let after = AGAIN.saturating_mul(1 << times.min(8)).min(LONGEST_AGAIN);
        turn.start(Timer::RetransmitDue(self.peer, self.epoch), after);
    }

    /// Starts and stops the timers for retransmission and delayed acks.
    pub(super) fn update_signal_timers(&mut self, turn: &mut Turn) {
        if self.post.awaits() && self.retransmissions.is_none() {
            self.start_saying(turn, 0);
        } else if !self.post.awaits() && self.retransmissions.take().is_some() {
            turn.stop(Timer::RetransmitDue(self.peer, self.epoch));
        }
        let timer = Timer::AckDue(self.peer, self.epoch);
        let owes = self.post.owes();
        if std::mem::replace(&mut self.word_due, owes) != owes {
            if owes {
                turn.start(timer, WORD);
            } else {
                turn.stop(timer);
            }
        }
    }
}
