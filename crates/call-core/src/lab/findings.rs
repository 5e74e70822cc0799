//! From what came of each server to what a person can do about it: findings, the weightiest first.
//!
//! A pure function. A finding stands on servers, and says nothing that one of them contradicts; every server is
//! in some finding; the order in which servers were tried changes nothing.

mod verdict;

use std::time::Duration;

use super::outcome::{Outcome, Trouble};
use super::server::{Server, ServerRole};
use crate::Transport;

use verdict::Verdict;

#[cfg(test)]
mod tests;

/// One finding, and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// The servers that show it; none when there are no servers.
    pub servers: Vec<Server>,
}

/// What was found, in the order of its weight.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// No servers are configured.
    NoServers,
    /// Relays are configured, and none can be used.
    NoRelay,
    /// Only what looks as a page that is loaded gets through; a relay does so.
    TlsOnly {
        /// From the page to the relay and back.
        round_trip: Option<Duration>,
    },
    /// Packets do not get through; a relay over a stream does.
    UdpBlocked {
        /// Over which.
        by: Transport,
        /// From the page to the relay and back.
        round_trip: Option<Duration>,
    },
    /// Every server can be used, a relay among them.
    AllGood,
    /// A relay does not take the credentials.
    Credentials {
        /// Its name.
        host: String,
    },
    /// A relay has given all that it may.
    Full {
        /// Its name.
        host: String,
    },
    /// A server refuses, for a reason of its own.
    Refuses {
        /// Its name.
        host: String,
        /// The reason (RFC 8489 §14.8).
        code: u16,
    },
    /// A relay lets the page in, but nothing comes through it.
    NotCarrying {
        /// Its name.
        host: String,
    },
    /// A server's name leads nowhere.
    UnknownName {
        /// The name.
        host: String,
    },
    /// A server's address is none.
    Malformed {
        /// The address.
        host: String,
    },
    /// A server does not answer.
    Down {
        /// Its name.
        host: String,
    },
    /// A server does not answer over one transport, but over another.
    PartlyDown {
        /// Its name.
        host: String,
        /// Over which it does not.
        over: Transport,
    },
    /// STUN servers are configured, and no relay.
    NoRelayConfigured,
    /// A relay can be used.
    RelayWorks {
        /// Its name.
        host: String,
        /// Over its quickest transport.
        by: Transport,
        /// From the page to the relay and back.
        round_trip: Option<Duration>,
    },
    /// The page learnt its address as others see it: a direct way is likely.
    AddressLearnt,
    /// The page has the address that others see: nothing is in the way of a direct one.
    NotTranslated,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// All is well.
    Good,
    /// Calls work, but not everywhere, or not as well as they could.
    Limit,
    /// Somebody must do something, or calls will fail.
    Problem,
}

impl FindingKind {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NoRelay
            | Self::Credentials { .. }
            | Self::Full { .. }
            | Self::Refuses { .. }
            | Self::NotCarrying { .. }
            | Self::UnknownName { .. }
            | Self::Malformed { .. }
            | Self::Down { .. } => Severity::Problem,
            Self::NoServers
            | Self::TlsOnly { .. }
            | Self::UdpBlocked { .. }
            | Self::PartlyDown { .. }
            | Self::NoRelayConfigured => Severity::Limit,
            Self::AllGood | Self::RelayWorks { .. } | Self::AddressLearnt | Self::NotTranslated => {
                Severity::Good
            }
        }
    }
}

/// What was found, from what came of each server.
pub fn findings(tried: &[(Server, Outcome)]) -> Vec<Finding> {
    if tried.is_empty() {
        return vec![Finding {
            kind: FindingKind::NoServers,
            servers: Vec::new(),
        }];
    }
    let mut verdict = Verdict::of(tried);
    if !tried.iter().any(|(server, _)| server.role == ServerRole::Turn) {
        verdict.all(FindingKind::NoRelayConfigured, |_, _| true);
    } else if !tried.iter().any(|(_, outcome)| relays(*outcome)) {
        verdict.all(FindingKind::NoRelay, |server, _| server.role == ServerRole::Turn);
    } else if tried.iter().all(|(_, outcome)| outcome.works()) {
        verdict.all(FindingKind::AllGood, |_, _| true);
    }
    let blocked = blocked(tried);
    if let Some(kind) = &blocked {
        verdict.all(kind.clone(), |server, outcome| {
            relays(outcome) || is_blocked(server, outcome, kind)
        });
    }
    for (server, outcome) in tried {
        // What the network keeps from all servers is no server's fault.
        let explained = blocked
            .as_ref()
            .is_some_and(|kind| is_blocked(server, *outcome, kind));
        if !explained {
            verdict.one(of_one(server, *outcome, tried), server);
        }
    }
    verdict.ranked()
}

/// What a network keeps back as a whole: a transport over which nothing answers, though a relay over another does.
fn blocked(tried: &[(Server, Outcome)]) -> Option<FindingKind> {
    let over = |transport| {
        tried
            .iter()
            .filter(move |(server, _)| server.transport == transport)
    };
    let shut = |transport| {
        over(transport).any(|(_, outcome)| *outcome == Outcome::Fails(Trouble::Unreachable))
            && over(transport).all(|(_, outcome)| !reached(*outcome))
    };
    let relay = |transport| {
        over(transport)
            .filter(|(_, outcome)| relays(*outcome))
            .map(|(_, outcome)| round_trip(*outcome))
            // Known ones first, the quickest of them.
            .min_by_key(|time| (time.is_none(), *time))
    };
    if !shut(Transport::Udp) {
        return None;
    }
    if let Some(round_trip) = relay(Transport::Tcp) {
        let by = Transport::Tcp;
        return Some(FindingKind::UdpBlocked { by, round_trip });
    }
    let round_trip = relay(Transport::Tls)?;
    Some(if shut(Transport::Tcp) {
        FindingKind::TlsOnly { round_trip }
    } else {
        let by = Transport::Tls;
        FindingKind::UdpBlocked { by, round_trip }
    })
}

/// Whether a server failed because of what the network keeps back.
fn is_blocked(server: &Server, outcome: Outcome, kind: &FindingKind) -> bool {
    let tls_only = matches!(kind, FindingKind::TlsOnly { .. }) && server.transport != Transport::Tls;
    let no_udp = matches!(kind, FindingKind::UdpBlocked { .. }) && server.transport == Transport::Udp;
    (tls_only || no_udp) && outcome == Outcome::Fails(Trouble::Unreachable)
}

/// What one server shows.
fn of_one(server: &Server, outcome: Outcome, tried: &[(Server, Outcome)]) -> FindingKind {
    let host = server.place();
    match outcome {
        Outcome::Mapped { .. } => FindingKind::AddressLearnt,
        Outcome::NotTranslated => FindingKind::NotTranslated,
        Outcome::Relays { .. } => {
            let (by, round_trip) = quickest(server, tried);
            FindingKind::RelayWorks { host, by, round_trip }
        }
        Outcome::Fails(trouble) => match trouble {
            Trouble::Credentials => FindingKind::Credentials { host },
            Trouble::Full => FindingKind::Full { host },
            Trouble::Refuses(code) => FindingKind::Refuses { host, code },
            Trouble::NotCarrying => FindingKind::NotCarrying { host },
            Trouble::UnknownName => FindingKind::UnknownName { host },
            Trouble::Malformed => FindingKind::Malformed { host },
            Trouble::Unreachable => {
                let answers =
                    |(other, outcome): &(Server, Outcome)| other.host == server.host && reached(*outcome);
                let over = server.transport;
                if tried.iter().any(answers) {
                    FindingKind::PartlyDown { host, over }
                } else {
                    FindingKind::Down { host }
                }
            }
        },
    }
}

/// The transport by which a relay is reached soonest, of those that work.
fn quickest(server: &Server, tried: &[(Server, Outcome)]) -> (Transport, Option<Duration>) {
    tried
        .iter()
        .filter(|(other, outcome)| other.place() == server.place() && relays(*outcome))
        .map(|(other, outcome)| (other.transport, round_trip(*outcome)))
        .min_by_key(|(transport, time)| (*transport, time.is_none(), *time))
        .unwrap_or((server.transport, None))
}

/// Whether a server answered at all, be it with a refusal.
fn reached(outcome: Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Fails(Trouble::Unreachable | Trouble::UnknownName | Trouble::Malformed)
    )
}

fn relays(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Relays { .. })
}

fn round_trip(outcome: Outcome) -> Option<Duration> {
    match outcome {
        Outcome::Relays { round_trip, .. } => round_trip,
        Outcome::Mapped { .. } | Outcome::NotTranslated | Outcome::Fails(_) => None,
    }
}
