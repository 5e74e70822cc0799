//! What is done about a connection that is not as it should be: steps of growing cost, each after a pause.
//!
//! ICE is restarted, three times; then the server is asked for a new epoch, three times, the last of them by relays alone
//! where there are any; then the user is asked. Only the server can carry what mends a lost connection: while it is out of
//! reach no step is taken and none is counted, and the next one is taken when it is back. The polite end waits longer, so that the two do not
//! act at once.

use std::time::Duration;

use crate::{ConnectionState, LinkTrouble};

/// A first connection takes under two seconds nearly everywhere; through TURN over TLS some more.
const CONNECT: Duration = Duration::from_secs(12);

/// A connection by relays alone, of which none lets us in, will not come about.
const HOPELESS: Duration = Duration::from_secs(4);

/// Many a pause as short as this heals by itself.
const PAUSE: Duration = Duration::from_secs(2);

/// The browser gave up by itself, or the network is known to have changed: no use in waiting.
const BROKEN: Duration = Duration::from_millis(100);

/// How much longer the polite end waits.
const POLITE: Duration = Duration::from_millis(1500);

/// How long a restart of ICE may take, each time. It has no end while there is no network, so a network that comes back waits for
/// the next one at most this long; and one over a slow network gets the time that it needs from the last.
const RESTARTED: [Duration; 3] = [
    Duration::from_secs(3),
    Duration::from_secs(4),
    Duration::from_secs(6),
];

/// A connection that works is not given up for a negotiation that does not end: the peer's seat may be waiting for its page.
const SETTLE: Duration = Duration::from_secs(45);

/// New epochs, by whichever end asked for them, before the user is asked.
const RENEWALS: u8 = 3;

/// How far the mending of one link is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mending {
    polite: bool,
    state: ConnectionState,
    /// Both ends have agreed, and nothing is under way.
    settled: bool,
    /// It was connected in this epoch, or in an earlier one.
    met: bool,
    was_connected: bool,
    restarts: u8,
    renewals: u8,
    /// Time was up while nothing could be done.
    paused: bool,
    given_up: bool,
    /// The network is known to have changed.
    hurry: bool,
    /// Nothing arrives, whatever the connection says of itself.
    deaf: bool,
    /// That was so since something arrived last, in whichever epoch.
    was_deaf: bool,
    turn: Turn,
}

/// What is known of the relays.
#[derive(Clone, Copy, Debug, Default)]
struct Turn {
    /// There are some to be used.
    offered: bool,
    /// One of them gave an address.
    found: bool,
    refused: bool,
    silent: bool,
    /// Nothing but relays may be used in this epoch.
    only: bool,
}

/// The next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// None for now.
    Wait,
    /// ICE is restarted.
    Restart,
    /// A new epoch is asked for.
    Renew,
    /// The user is asked.
    GiveUp,
}

impl Mending {
    pub(crate) fn new(polite: bool) -> Self {
        Self {
            polite,
            ..Self::default()
        }
    }

    /// The same in the link's next epoch, whoever asked for it; after all was given up it begins anew.
    pub(crate) fn renewed(&self) -> Self {
        let before = if self.given_up { 0 } else { self.renewals };
        let renewals = (before + 1).min(RENEWALS);
        Self {
            polite: self.polite,
            was_connected: self.was_connected,
            was_deaf: self.was_deaf,
            renewals,
            turn: Turn {
                offered: self.turn.offered,
                only: self.turn.offered && renewals == RENEWALS,
                ..Turn::default()
            },
            ..Self::default()
        }
    }

    /// Whether there are relays among the servers.
    pub(crate) fn relays_offered(&mut self, offered: bool) {
        self.turn.offered = offered;
    }

    /// Whether nothing but relays may be used.
    pub(crate) fn relay_only(&self) -> bool {
        self.turn.only
    }

    /// A relay gave an address.
    pub(crate) fn relay_found(&mut self) {
        self.turn.found = true;
    }

    /// A relay could not be used, for a reason by its number (RFC 8656; 701 where there was no answer).
    pub(crate) fn relay_failed(&mut self, code: u16) {
        match code {
            // Not authorised, forbidden, wrong nonce, wrong credentials, quota reached.
            401 | 403 | 438 | 441 | 486 => self.turn.refused = true,
            _ => self.turn.silent = true,
        }
    }

    /// The connection is as the browser says now.
    pub(crate) fn changed(&mut self, state: ConnectionState) {
        self.state = state;
        if state == ConnectionState::Connected {
            self.met = true;
            self.was_connected = true;
            self.given_up = false;
            self.paused = false;
        }
    }

    /// Whether nothing of what the peer sends arrives, or something does; neither while it is not known.
    pub(crate) fn hears(&mut self, deaf: bool, heard: bool) {
        self.deaf = deaf;
        self.was_deaf = deaf || (self.was_deaf && !heard);
    }

    /// Whether both ends have agreed now.
    pub(crate) fn settled(&mut self, settled: bool) {
        self.settled = settled;
        if self.is_well() {
            (self.paused, self.hurry) = (false, false);
            self.restarts = 0;
            // A connection that is there and brings nothing has helped nobody.
            self.renewals = if self.was_deaf { self.renewals } else { 0 };
        }
    }

    /// How long it may stay as it is; `None` for as long as it likes.
    pub(crate) fn patience(&self) -> Option<Duration> {
        if self.given_up || self.paused || self.is_well() {
            return None;
        }
        let patience = match self.state {
            ConnectionState::Connected if !self.deaf => return Some(SETTLE),
            _ if self.is_lost() && self.restarts > 0 => {
                RESTARTED[usize::from(self.restarts).min(RESTARTED.len()) - 1]
            }
            ConnectionState::Disconnected if !self.hurry => PAUSE,
            ConnectionState::Disconnected | ConnectionState::Failed | ConnectionState::Connected => BROKEN,
            _ if self.turn.only && !self.turn.found && (self.turn.refused || self.turn.silent) => HOPELESS,
            ConnectionState::New | ConnectionState::Connecting | ConnectionState::Closed => CONNECT,
        };
        Some(if self.polite { patience + POLITE } else { patience })
    }

    /// Time is up.
    pub(crate) fn late(&mut self, can_signal: bool) -> Step {
        self.hurry = false;
        if !can_signal {
            self.paused = true;
            return Step::Wait;
        }
        if self.is_lost() && self.met && usize::from(self.restarts) < RESTARTED.len() {
            self.restarts += 1;
            return Step::Restart;
        }
        self.renew()
    }

    /// The browser would not take a description, or the peer hears nothing: a new epoch, unless there were enough of
    /// them.
    pub(crate) fn renew(&mut self) -> Step {
        if self.renewals == RENEWALS {
            self.given_up = true;
            return Step::GiveUp;
        }
        Step::Renew
    }

    /// The server is within reach again: what could not be done meanwhile is done.
    pub(crate) fn resumed(&mut self) -> Step {
        if std::mem::take(&mut self.paused) {
            self.late(true)
        } else {
            Step::Wait
        }
    }

    /// The network changed for certain, or perhaps: what is lost is mended at once, and what only seems to be there is
    /// restarted if it is certain, or watched.
    pub(crate) fn network_changed(&mut self, certain: bool) -> Step {
        if self.given_up && certain {
            return self.retry();
        }
        if !self.met || self.given_up {
            return Step::Wait;
        }
        if certain || (self.is_lost() && self.restarts == 0) {
            self.hurry = false;
            self.paused = false;
            self.restarts = self.restarts.max(1);
            return Step::Restart;
        }
        self.hurry = !self.is_lost();
        Step::Wait
    }

    /// The user asks for another attempt; a connection that was not given up goes on.
    pub(crate) fn retry(&mut self) -> Step {
        if !std::mem::take(&mut self.given_up) {
            return Step::Wait;
        }
        self.renewals = 0;
        Step::Renew
    }

    /// Why it was given up, as far as that is known.
    pub(crate) fn trouble(&self) -> LinkTrouble {
        match self.turn {
            Turn { found: true, .. } | Turn { offered: false, .. } => LinkTrouble::NoWay,
            Turn { refused: true, .. } => LinkTrouble::RelayRefused,
            Turn { silent: true, .. } => LinkTrouble::RelaySilent,
            _ => LinkTrouble::NoWay,
        }
    }

    pub(crate) fn given_up(&self) -> bool {
        self.given_up
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.state == ConnectionState::Connected
    }

    pub(crate) fn was_connected(&self) -> bool {
        self.was_connected
    }

    fn is_well(&self) -> bool {
        self.is_connected() && self.settled && !self.deaf
    }

    fn is_lost(&self) -> bool {
        let broken = [ConnectionState::Disconnected, ConnectionState::Failed];
        broken.contains(&self.state) || (self.deaf && self.is_connected())
    }
}

#[cfg(test)]
mod tests;
