//! How what a link tells its peer gets there: by which ways, and when it is said again.

use std::time::Duration;

use protocol::{ClientMessage, Parcel, Signal};

use super::Link;
use crate::media::Sending;
use crate::turn::Turn;
use crate::{PeerOrder, Timer};

/// A signal that was not seen by then is said again: a round trip on the slowest of networks, and [`WORD`]. It doubles
/// with each time.
const AGAIN: Duration = Duration::from_millis(1500);

/// The longest pause: a way that is back is found soon, and one that is not costs next to nothing.
const LONGEST_AGAIN: Duration = Duration::from_secs(6);

/// How long the word that signals have come waits for a signal to go with.
const WORD: Duration = Duration::from_millis(250);

impl Link {
    /// The data channel of the pair opened or closed.
    pub(crate) fn channel_changed(&mut self, turn: &mut Turn, open: bool) {
        self.channel = open;
        if open {
            self.say_again(turn);
        }
    }

    /// The peer has not said that it has seen our signals.
    pub(crate) fn unseen(&mut self, turn: &mut Turn) {
        let times = self.saying.take().unwrap_or_default();
        self.post_again(turn);
        if self.post.awaits() {
            self.start_saying(turn, times + 1);
        }
        self.mind_post(turn);
    }

    /// No signal went out with which the word could have gone that the peer's have come.
    pub(crate) fn word_due(&mut self, turn: &mut Turn) {
        self.word_due = false;
        if let Some(word) = self.post.acknowledge() {
            self.post_off(turn, word);
        }
    }

    /// Says what we send.
    pub(crate) fn tell_media(&mut self, turn: &mut Turn, sending: Sending) {
        self.say(turn, sending.into());
        self.mind_post(turn);
    }

    /// Says a signal. A peer that has seen nothing for very long is met in a new epoch, or not at all.
    pub(super) fn say(&mut self, turn: &mut Turn, signal: Signal) {
        match self.post.send(signal) {
            Some(parcel) => self.post_off(turn, parcel),
            None => self.renew(turn),
        }
    }

    /// Sends by every way that is open, as any of them may lose it: what comes twice counts once.
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

    /// Keeps the timers of the post right.
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
