//! Sending of signals: over which transports, and when they are retransmitted.

use std::time::Duration;

use protocol::{ClientMessage, Signal, SignalEnvelope};

use super::Link;
use crate::media::LocalMediaState;
use crate::turn::Turn;
use crate::uplink::Shown;
use crate::{PeerOrder, Timer};

/// Initial retransmission timeout: a round trip on the slowest networks, plus the delayed ack ([`ACK_DELAY`]) (chosen).
/// Doubles with each retransmission.
const RETRANSMIT_AFTER: Duration = Duration::from_millis(1500);

/// Maximum retransmission timeout: short enough to find a path that is back soon, long enough to cost next to nothing
/// while it is not (chosen).
const RETRANSMIT_AFTER_MOST: Duration = Duration::from_secs(6);

/// Delay of an ack, in which a signal may carry it (chosen).
const ACK_DELAY: Duration = Duration::from_millis(250);

impl Link {
    /// Notes that the data channel opened or closed; when it opens, unacknowledged signals are retransmitted.
    pub(crate) fn channel_changed(&mut self, turn: &mut Turn, open: bool) {
        self.channel = open;
        if open {
            self.retransmit(turn);
        } else {
            // The peer can no longer tell that it stopped, nor what it shows; what it was told is told again.
            self.speaking = false;
            self.sender.shows(Shown::default());
            self.told_speaking = false;
            self.told_shown = Shown::default();
        }
    }

    /// Tells the peer whether the user is speaking, over the data channel only: the server does not need to know, and
    /// what is lost with the channel has no use later.
    pub(crate) fn tell_speaking(&mut self, turn: &mut Turn, speaking: bool) {
        if self.channel && std::mem::replace(&mut self.told_speaking, speaking) != speaking {
            self.send_momentary(turn, Signal::Speaking { speaking });
        }
    }

    /// Tells the peer how large its videos are shown, over the data channel only: without one, it sends them whole.
    pub(crate) fn tell_shown(&mut self, turn: &mut Turn, shown: Shown) {
        if self.channel && std::mem::replace(&mut self.told_shown, shown) != shown {
            self.send_momentary(turn, shown.into());
        }
    }

    fn send_momentary(&mut self, turn: &mut Turn, signal: Signal) {
        let envelope = self.signals.momentary(signal);
        self.order(turn, PeerOrder::SendOnDataChannel(envelope));
        self.update_signal_timers(turn);
    }

    /// Handles the retransmission timeout.
    pub(crate) fn retransmit_due(&mut self, turn: &mut Turn) {
        let times = self.retransmissions.take().unwrap_or_default();
        self.transmit_all(turn);
        if self.signals.has_unacked() {
            self.start_retransmit_timer(turn, times + 1);
        }
        self.update_signal_timers(turn);
    }

    /// Sends a bare ack, as no signal has carried it in time.
    pub(crate) fn ack_due(&mut self, turn: &mut Turn) {
        self.ack_due = false;
        if let Some(word) = self.signals.acknowledge() {
            self.transmit(turn, word);
        }
    }

    /// Sends the peer which sources we send.
    pub(crate) fn send_media_state(&mut self, turn: &mut Turn, sending: LocalMediaState) {
        self.send_signal(turn, sending.signal(self.sender.held()));
        self.update_signal_timers(turn);
    }

    /// Sends a signal reliably. If too many are unacknowledged, asks for a new epoch, or gives up.
    pub(super) fn send_signal(&mut self, turn: &mut Turn, signal: Signal) {
        match self.signals.send(signal) {
            Some(envelope) => self.transmit(turn, envelope),
            None => self.renew(turn),
        }
    }

    /// Sends over every open transport, as each may lose an envelope; the receiver drops duplicates.
    fn transmit(&self, turn: &mut Turn, envelope: SignalEnvelope) {
        let (peer, epoch) = (self.peer, self.epoch);
        if self.channel {
            self.order(turn, PeerOrder::SendOnDataChannel(envelope.clone()));
        }
        turn.send(ClientMessage::Signal {
            to: peer,
            epoch,
            signal: envelope,
        });
    }

    fn transmit_all(&mut self, turn: &mut Turn) {
        for envelope in self.signals.all_unacked() {
            self.transmit(turn, envelope);
        }
    }

    pub(super) fn retransmit(&mut self, turn: &mut Turn) {
        self.transmit_all(turn);
        if self.signals.has_unacked() {
            self.start_retransmit_timer(turn, 0);
        }
    }

    fn start_retransmit_timer(&mut self, turn: &mut Turn, times: u32) {
        self.retransmissions = Some(times);
        let after = RETRANSMIT_AFTER
            .saturating_mul(1 << times.min(8))
            .min(RETRANSMIT_AFTER_MOST);
        turn.start(Timer::RetransmitDue(self.peer, self.epoch), after);
    }

    /// Starts and stops the timers for retransmission and delayed acks.
    pub(super) fn update_signal_timers(&mut self, turn: &mut Turn) {
        if self.signals.has_unacked() && self.retransmissions.is_none() {
            self.start_retransmit_timer(turn, 0);
        } else if !self.signals.has_unacked() && self.retransmissions.take().is_some() {
            turn.stop(Timer::RetransmitDue(self.peer, self.epoch));
        }
        let timer = Timer::AckDue(self.peer, self.epoch);
        let owes_ack = self.signals.owes_ack();
        if std::mem::replace(&mut self.ack_due, owes_ack) != owes_ack {
            if owes_ack {
                turn.start(timer, ACK_DELAY);
            } else {
                turn.stop(timer);
            }
        }
    }
}
