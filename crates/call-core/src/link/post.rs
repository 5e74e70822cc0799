//! Signals to one peer in one epoch: each counts once and in order, by ways that lose, double and overtake.
//!
//! A signal has a number and is kept until the other end says that it has seen it. It may go by several ways, and again
//! whenever it may have been lost; the receiving end puts what comes early aside and drops what comes twice. So whoever
//! takes signals from here need not care by which way they came.

use std::collections::{BTreeMap, VecDeque};

use protocol::{Parcel, Signal};

use crate::link::{Guard, Guards};

/// Signals that wait to be seen: the descriptions and candidates of several ICE restarts.
const MOST_UNSEEN: usize = 256;

/// What is on its way between the two ends of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Post {
    guards: Guards,
    /// The number of our last signal.
    sent: u32,
    /// Ours that the other end has not said to have seen, oldest first.
    unseen: VecDeque<(u32, Signal)>,
    /// The last of theirs of which none before it is missing.
    seen: u32,
    /// Theirs, before which one is missing.
    early: BTreeMap<u32, Signal>,
    /// Something of theirs came since we last said how far they have come.
    owing: bool,
}

impl Post {
    pub(crate) fn new(guards: Guards) -> Self {
        Self {
            guards,
            ..Self::default()
        }
    }

    /// Numbers a signal; none when the other end has seen nothing for so long that no more is kept for it.
    pub(crate) fn send(&mut self, signal: Signal) -> Option<Parcel> {
        if self.unseen.len() == MOST_UNSEEN {
            return None;
        }
        self.sent += 1;
        self.unseen.push_back((self.sent, signal.clone()));
        Some(self.parcel(self.sent, Some(signal)))
    }

    /// Takes what came in, and gives the signals whose turn it is.
    pub(crate) fn receive(&mut self, parcel: Parcel) -> Vec<Signal> {
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

    /// What the other end has not said to have seen, once more.
    pub(crate) fn again(&mut self) -> Vec<Parcel> {
        if !self.guards.stand(Guard::SaidAgain) {
            return Vec::new();
        }
        let unseen = self.unseen.clone();
        let again = unseen.into_iter();
        again
            .map(|(number, signal)| self.parcel(number, Some(signal)))
            .collect()
    }

    /// The word of how far the other end's signals have come, if it has not had it yet.
    pub(crate) fn acknowledge(&mut self) -> Option<Parcel> {
        self.owing.then(|| self.parcel(0, None))
    }

    /// Whether anything of ours may be lost.
    pub(crate) fn awaits(&self) -> bool {
        !self.unseen.is_empty()
    }

    /// Whether the other end waits for a word.
    pub(crate) fn owes(&self) -> bool {
        self.owing
    }

    fn parcel(&mut self, number: u32, signal: Option<Signal>) -> Parcel {
        self.owing = false;
        Parcel {
            number,
            seen: self.seen,
            signal,
        }
    }
}

#[cfg(test)]
mod tests;
