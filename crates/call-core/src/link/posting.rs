//! How what a link tells its peer gets there: by which ways, and when it is said again.

use std::time::Duration;

use protocol::{ClientMessage, Parcel, Signal};

use super::Link;
use crate::source::Sending;
use crate::{Effect, Timer};

/// A signal that was not seen by then is said again: a round trip on the slowest of networks, and [`WORD`]. It doubles
/// with each time.
const AGAIN: Duration = Duration::from_millis(1500);
/// The longest pause: a way that is back is found soon, and one that is not costs next to nothing.
const LONGEST_AGAIN: Duration = Duration::from_secs(6);
/// How long the word that signals have come waits for a signal to go with.
const WORD: Duration = Duration::from_millis(250);

impl Link {
    /// The data channel of the pair opened or closed.
    pub(crate) fn channel_changed(&mut self, open: bool) -> Vec<Effect> {
        self.channel = open;
        if open { self.say_again() } else { Vec::new() }
    }

    /// The peer has not said that it has seen our signals.
    pub(crate) fn unseen(&mut self) -> Vec<Effect> {
        let times = self.saying.take().unwrap_or_default();
        let mut effects = self.post_again();
        if self.post.awaits() {
            effects.push(self.start_saying(times + 1));
        }
        effects.extend(self.mind_post());
        effects
    }

    /// No signal went out with which the word could have gone that the peer's have come.
    pub(crate) fn word_due(&mut self) -> Vec<Effect> {
        self.word_due = false;
        let word = self.post.acknowledge();
        word.map(|word| self.post_off(word)).unwrap_or_default()
    }

    /// Says what we send.
    pub(crate) fn tell_media(&mut self, sending: Sending) -> Vec<Effect> {
        let mut effects = self.say(sending.into());
        effects.extend(self.mind_post());
        effects
    }

    /// Says a signal. A peer that has seen nothing for very long is met in a new epoch, or not at all.
    pub(super) fn say(&mut self, signal: Signal) -> Vec<Effect> {
        match self.post.send(signal) {
            Some(parcel) => self.post_off(parcel),
            None => self.renew(),
        }
    }

    /// Sends by every way that is open, as any of them may lose it: what comes twice counts once.
    pub(super) fn post_off(&self, parcel: Parcel) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let past = self.channel.then(|| Effect::SendPast {
            peer,
            epoch,
            parcel: parcel.clone(),
        });
        let through = Effect::Send(ClientMessage::Signal {
            to: peer,
            epoch,
            signal: parcel,
        });
        past.into_iter().chain([through]).collect()
    }

    pub(super) fn post_again(&mut self) -> Vec<Effect> {
        let again = self.post.again().into_iter();
        again.flat_map(|parcel| self.post_off(parcel)).collect()
    }

    pub(super) fn say_again(&mut self) -> Vec<Effect> {
        let mut effects = self.post_again();
        if self.post.awaits() {
            effects.push(self.start_saying(0));
        }
        effects
    }

    pub(super) fn start_saying(&mut self, times: u32) -> Effect {
        self.saying = Some(times);
        Effect::StartTimer {
            timer: Timer::SignalUnseen(self.peer, self.epoch),
            after: AGAIN.saturating_mul(1 << times.min(8)).min(LONGEST_AGAIN),
        }
    }

    /// Keeps the timers of the post right.
    pub(super) fn mind_post(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.post.awaits() && self.saying.is_none() {
            effects.push(self.start_saying(0));
        } else if !self.post.awaits() && self.saying.take().is_some() {
            effects.push(Effect::StopTimer(Timer::SignalUnseen(self.peer, self.epoch)));
        }
        let timer = Timer::WordDue(self.peer, self.epoch);
        let owes = self.post.owes();
        if std::mem::replace(&mut self.word_due, owes) != owes {
            effects.push(if owes {
                Effect::StartTimer { timer, after: WORD }
            } else {
                Effect::StopTimer(timer)
            });
        }
        effects
    }
}
