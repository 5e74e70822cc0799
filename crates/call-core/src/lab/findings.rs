//! Turns the outcomes of all probes into findings that a person can act on, the most important first.
//!
//! A pure function. A finding names the servers that show it, and no outcome contradicts it. Every server is
//! in at least one finding. The order in which servers were probed does not matter.

mod verdict;

use std::time::Duration;

use super::outcome::{Outcome, Trouble};
use super::server::{Server, ServerRole};
use crate::Transport;

use verdict::Verdict;

#[cfg(test)]
mod tests;

/// A finding, and the servers that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// The servers that show it; empty if no servers are configured.
    pub servers: Vec<Server>,
}

/// What was found, in descending order of importance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// No servers are configured.
    NoServers,
    /// Relays are configured, but none works.
    NoRelay,
    /// The network blocks everything but TLS, which looks like the load of a page; a relay over TLS works.
    TlsOnly {
        /// Round-trip time to the relay.
        round_trip: Option<Duration>,
    },
    /// The network blocks UDP; a relay over TCP or TLS works.
    UdpBlocked {
        /// The transport that works.
        by: Transport,
        /// Round-trip time to the relay.
        round_trip: Option<Duration>,
    },
    /// Every server works, a relay among them.
    AllGood,
    /// A relay refuses the credentials.
    Credentials {
        /// Host and port of the relay.
        host: String,
    },
    /// A relay has reached its quota or capacity.
    Full {
        /// Host and port of the relay.
        host: String,
    },
    /// A server refuses for another reason.
    Refuses {
        /// Host and port of the server.
        host: String,
        /// STUN error code (RFC 8489 §14.8).
        code: u16,
    },
    /// A relay gives an allocation, but no data comes through it.
    NotCarrying {
        /// Host and port of the relay.
        host: String,
    },
    /// The host name of a server cannot be resolved.
    UnknownName {
        /// Host and port of the server.
        host: String,
    },
    /// The URL of a server is invalid.
    Malformed {
        /// The URL as configured.
        host: String,
    },
    /// A server does not answer.
    Down {
        /// Host and port of the server.
        host: String,
    },
    /// A server does not answer over one transport, but does over another.
    PartlyDown {
        /// Host and port of the server.
        host: String,
        /// The transport without an answer.
        over: Transport,
    },
    /// STUN servers are configured, but no relay.
    NoRelayConfigured,
    /// A relay works.
    RelayWorks {
        /// Host and port of the relay.
        host: String,
        /// The first transport that works, in the order UDP, TCP, TLS.
        by: Transport,
        /// Round-trip time to the relay.
        round_trip: Option<Duration>,
    },
    /// STUN returned the public address, so a direct connection is likely.
    AddressLearnt,
    /// The page has a public address; no NAT is in the way of a direct connection.
    NotTranslated,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// All is well.
    Good,
    /// Calls work, but not everywhere, or not as well as they could.
    Limit,
    /// Calls will fail until it is fixed.
    Problem,
}

impl FindingKind {
    /// How much the finding matters.
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

/// Returns the findings for the outcomes of all probes.
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
        // A block by the network is not the server's fault.
        let explained = blocked
            .as_ref()
            .is_some_and(|kind| is_blocked(server, *outcome, kind));
        if !explained {
            verdict.one(of_one(server, *outcome, tried), server);
        }
    }
    verdict.ranked()
}

/// Returns how the network blocks traffic as a whole, if it does: nothing answers over UDP (or over UDP and
/// TCP), while a relay over another transport works.
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
            // The shortest round trip that is known.
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

/// Whether the block by the network explains a server's failure.
fn is_blocked(server: &Server, outcome: Outcome, kind: &FindingKind) -> bool {
    let tls_only = matches!(kind, FindingKind::TlsOnly { .. }) && server.transport != Transport::Tls;
    let no_udp = matches!(kind, FindingKind::UdpBlocked { .. }) && server.transport == Transport::Udp;
    (tls_only || no_udp) && outcome == Outcome::Fails(Trouble::Unreachable)
}

/// The finding for one server.
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

/// Returns the preferred transport of a relay among those that work (UDP before TCP before TLS), with its
/// shortest round trip.
fn quickest(server: &Server, tried: &[(Server, Outcome)]) -> (Transport, Option<Duration>) {
    tried
        .iter()
        .filter(|(other, outcome)| other.place() == server.place() && relays(*outcome))
        .map(|(other, outcome)| (other.transport, round_trip(*outcome)))
        .min_by_key(|(transport, time)| (*transport, time.is_none(), *time))
        .unwrap_or((server.transport, None))
}

/// Whether a server answered at all, even with an error.
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
