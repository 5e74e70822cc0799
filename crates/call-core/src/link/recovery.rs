//! Recovery of a connection, in steps of growing cost, each with its timeout.
//!
//! Up to three ICE restarts; then up to three new epochs from the server, the last one with relays only if there are
//! any; then the user is asked. A lost connection can only be recovered through the server: while the server is
//! unreachable no step is taken or counted, and the next one is taken when it is back. The polite end waits longer, so
//! that the two ends do not act at the same time.

use std::time::Duration;

use crate::{ConnectionState, LinkTrouble};

/// Timeout of connecting (chosen): it takes under two seconds nearly everywhere, and longer through TURN over TLS.
const CONNECT: Duration = Duration::from_secs(12);

/// Timeout of a relay-only connection after a relay has failed, while none has given a candidate: it has hardly a
/// chance (chosen).
const HOPELESS: Duration = Duration::from_secs(4);

/// Timeout of a disconnection: many shorter ones end by themselves (chosen).
const PAUSE: Duration = Duration::from_secs(2);

/// Timeout where waiting is of no use: the browser has given up, no media arrives, or the network may have changed.
const BROKEN: Duration = Duration::from_millis(100);

/// How much longer the polite end waits (chosen).
const POLITE: Duration = Duration::from_millis(1500);

/// Timeouts of the ICE restarts (chosen). A restart cannot succeed while there is no network, and when the network
/// returns, the next restart is at most this far away; the last timeout is long enough for slow networks.
const RESTARTED: [Duration; 3] = [
    Duration::from_secs(3),
    Duration::from_secs(4),
    Duration::from_secs(6),
];

/// Timeout of a negotiation while the connection works: long, as the peer's seat may be waiting for its page (chosen).
const SETTLE: Duration = Duration::from_secs(45);

/// Maximum new epochs, requested by either end, before the user is asked.
const RENEWALS: u8 = 3;

/// State of the recovery of one link.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recovery {
    polite: bool,
    state: ConnectionState,
    /// Whether negotiation is complete.
    settled: bool,
    /// Whether it has been connected in this epoch.
    met: bool,
    /// Whether it has been connected in this or an earlier epoch.
    was_connected: bool,
    /// ICE restarts since it last worked, in this epoch.
    restarts: u8,
    /// New epochs since it last worked.
    renewals: u8,
    /// Whether a timeout expired while the server was unreachable: the step is due when it is back.
    paused: bool,
    given_up: bool,
    /// Whether the network may have changed, so that a disconnection is acted on at once.
    hurry: bool,
    /// Whether no media arrives, whatever `connectionState` says.
    no_inbound: bool,
    /// Whether media has been missing and has not arrived since, in any epoch.
    had_no_inbound: bool,
    relays: RelayStatus,
}

/// State of the relays (TURN servers) in this epoch.
#[derive(Clone, Copy, Debug, Default)]
struct RelayStatus {
    /// Whether there are relays among the ICE servers.
    offered: bool,
    /// Whether a relay gave a candidate.
    found: bool,
    refused: bool,
    silent: bool,
    /// Whether only relays may be used in this epoch.
    only: bool,
}

/// The next step of recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Do nothing for now.
    Wait,
    /// Restart ICE.
    Restart,
    /// Ask the server for a new epoch.
    Renew,
    /// Stop, and ask the user.
    GiveUp,
}

impl Recovery {
    pub(crate) fn new(polite: bool) -> Self {
        Self {
            polite,
            ..Self::default()
        }
    }

    /// Returns the state for the link's next epoch, requested by either end. After giving up, the count starts again.
    pub(crate) fn renewed(&self) -> Self {
        let before = if self.given_up { 0 } else { self.renewals };
        let renewals = (before + 1).min(RENEWALS);
        Self {
            polite: self.polite,
            was_connected: self.was_connected,
            had_no_inbound: self.had_no_inbound,
            renewals,
            relays: RelayStatus {
                offered: self.relays.offered,
                only: self.relays.offered && renewals == RENEWALS,
                ..RelayStatus::default()
            },
            ..Self::default()
        }
    }

    /// Sets whether there are relays among the ICE servers.
    pub(crate) fn relays_offered(&mut self, offered: bool) {
        self.relays.offered = offered;
    }

    /// Returns whether only relays may be used in this epoch.
    pub(crate) fn relay_only(&self) -> bool {
        self.relays.only
    }

    /// Notes that a relay gave a candidate.
    pub(crate) fn relay_found(&mut self) {
        self.relays.found = true;
    }

    /// Notes that a relay failed, with a STUN error code (RFC 8489, RFC 8656), or 701 if it did not answer.
    pub(crate) fn relay_failed(&mut self, code: u16) {
        match code {
            // Unauthenticated, Forbidden, Stale Nonce, Wrong Credentials, Allocation Quota Reached.
            401 | 403 | 438 | 441 | 486 => self.relays.refused = true,
            _ => self.relays.silent = true,
        }
    }

    /// Takes a change of `connectionState`.
    pub(crate) fn changed(&mut self, state: ConnectionState) {
        self.state = state;
        if state == ConnectionState::Connected {
            self.met = true;
            self.was_connected = true;
            self.given_up = false;
            self.paused = false;
        }
    }

    /// Sets whether the peer's media is missing (`no_inbound`) or arrives (`heard`); neither while that is unknown.
    pub(crate) fn set_inbound(&mut self, no_inbound: bool, heard: bool) {
        self.no_inbound = no_inbound;
        self.had_no_inbound = no_inbound || (self.had_no_inbound && !heard);
    }

    /// Sets whether negotiation is complete; resets the counters if the connection works.
    pub(crate) fn settled(&mut self, settled: bool) {
        self.settled = settled;
        if self.is_well() {
            (self.paused, self.hurry) = (false, false);
            self.restarts = 0;
            // A connection without media is no success: its new epochs still count.
            self.renewals = if self.had_no_inbound { self.renewals } else { 0 };
        }
    }

    /// Returns the timeout of the present state; `None` if there is none.
    pub(crate) fn patience(&self) -> Option<Duration> {
        if self.given_up || self.paused || self.is_well() {
            return None;
        }
        let patience = match self.state {
            ConnectionState::Connected if !self.no_inbound => return Some(SETTLE),
            _ if self.is_lost() && self.restarts > 0 => {
                RESTARTED[usize::from(self.restarts).min(RESTARTED.len()) - 1]
            }
            ConnectionState::Disconnected if !self.hurry => PAUSE,
            ConnectionState::Disconnected | ConnectionState::Failed | ConnectionState::Connected => BROKEN,
            _ if self.relays.only && !self.relays.found && (self.relays.refused || self.relays.silent) => {
                HOPELESS
            }
            ConnectionState::New | ConnectionState::Connecting | ConnectionState::Closed => CONNECT,
        };
        Some(if self.polite { patience + POLITE } else { patience })
    }

    /// Returns the step to take after a timeout.
    pub(crate) fn timed_out(&mut self, can_signal: bool) -> Step {
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

    /// Returns the step to a new epoch, or gives up after [`RENEWALS`] of them.
    pub(crate) fn renew(&mut self) -> Step {
        if self.renewals == RENEWALS {
            self.given_up = true;
            return Step::GiveUp;
        }
        Step::Renew
    }

    /// Returns the step that came due while the server was unreachable.
    pub(crate) fn resumed(&mut self) -> Step {
        if std::mem::take(&mut self.paused) {
            self.timed_out(true)
        } else {
            Step::Wait
        }
    }

    /// Returns the step after a change of the network. If it changed for certain, ICE restarts on any connection that
    /// was established in this epoch, and a link that was given up gets another attempt. If it may have changed, ICE
    /// restarts on a lost connection, and a working one is acted on at once if it is lost later.
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

    /// Returns the step when the user asks for another attempt: a new epoch, if recovery was given up.
    pub(crate) fn retry(&mut self) -> Step {
        if !std::mem::take(&mut self.given_up) {
            return Step::Wait;
        }
        self.renewals = 0;
        Step::Renew
    }

    /// Returns why recovery was given up, as far as that is known.
    pub(crate) fn trouble(&self) -> LinkTrouble {
        match self.relays {
            RelayStatus { found: true, .. } | RelayStatus { offered: false, .. } => LinkTrouble::NoWay,
            RelayStatus { refused: true, .. } => LinkTrouble::RelayRefused,
            RelayStatus { silent: true, .. } => LinkTrouble::RelaySilent,
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
        self.is_connected() && self.settled && !self.no_inbound
    }

    fn is_lost(&self) -> bool {
        let broken = [ConnectionState::Disconnected, ConnectionState::Failed];
        broken.contains(&self.state) || (self.no_inbound && self.is_connected())
    }
}

#[cfg(test)]
mod tests;
