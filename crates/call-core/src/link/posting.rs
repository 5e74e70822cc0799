//! Sending of signals: over which transports, and when they are retransmitted.

use std::time::Duration;

use protocol::{ClientMessage, Parcel, Signal};

use super::Link;
use crate::media::Sending;
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
            self.say_again(turn);
        }
    }

    /// Handles the retransmission timeout.
    pub(crate) fn unseen(&mut self, turn: &mut Turn) {
        let times = self.saying.take().unwrap_or_default();
        self.post_again(turn);
        if self.post.awaits() {
            self.start_saying(turn, times + 1);
        }
        self.mind_post(turn);
    }

    /// Sends a bare ack, as no signal has carried it in time.
    pub(crate) fn word_due(&mut self, turn: &mut Turn) {
        self.word_due = false;
        if let Some(word) = self.post.acknowledge() {
            self.post_off(turn, word);
        }
    }

    /// Sends the peer which sources we send.
    pub(crate) fn tell_media(&mut self, turn: &mut Turn, sending: Sending) {
        self.say(turn, sending.into());
        self.mind_post(turn);
    }

    /// Sends a signal reliably. If too many are unacknowledged, asks for a new epoch, or gives up.
    pub(super) fn say(&mut self, turn: &mut Turn, signal: Signal) {
        match self.post.send(signal) {
            Some(parcel) => self.post_off(turn, parcel),
            None => self.renew(turn),
        }
    }

    /// Sends over every open transport, as each may lose an envelope; the receiver drops duplicates.
    fn post_off(&self, turn: &mut Turn, parcel: Parcel) {
        let (peer, epoch) = (self.peer, self.epoch);
        if self.channel {
            self.order(turn, PeerOrder::SendPast(parcel.clone()));
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

    pub(super) fn say_again(&mut self, turn: &mut Turn) {
        self.post_again(turn);
        if self.post.awaits() {
            self.start_saying(turn, 0);
        }
    }

    fn start_saying(&mut self, turn: &mut Turn, times: u32) {
        self.saying = Some(times);
        let after = AGAIN.saturating_mul(1 << times.min(8)).min(LONGEST_AGAIN);
        turn.start(Timer::SignalUnseen(self.peer, self.epoch), after);
    }

    /// Starts and stops the timers for retransmission and delayed acks.
    pub(super) fn mind_post(&mut self, turn: &mut Turn) {
        if self.post.awaits() && self.saying.is_none() {
            self.start_saying(turn, 0);
        } else if !self.post.awaits() && self.saying.take().is_some() {
            turn.stop(Timer::SignalUnseen(self.peer, self.epoch));
        }
        let timer = Timer::WordDue(self.peer, self.epoch);
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
