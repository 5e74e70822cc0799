//! The check of the STUN and TURN servers: each address is tried by itself, few at a time, and none for long.

use std::collections::VecDeque;
use std::time::Duration;

use protocol::UnixMillis;
use protocol::http::IceServer;

use super::findings::{Finding, findings};
use super::outcome::{CandidateError, Outcome, ProbeFact, ProbeId, Trouble, trouble};
use super::server::{Server, ServerRole};
use crate::turn::Turn;
use crate::{LabOrder, Timer};

/// At once: more would take part of the network from each other, and from a call that goes on.
const AT_ONCE: usize = 4;

/// A relay over TLS on a slow network takes some seconds; one that was not there by then is of no use in a call.
const LATEST: Duration = Duration::from_secs(12);

/// A server that hands out more is broken.
const MOST: usize = 24;

/// After a connection failed, the servers are not tried again before this has passed.
const AGAIN: Duration = Duration::from_secs(180);

/// The check, from the first wish for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Check {
    state: CheckState,
    probes: Vec<Probe>,
    waiting: VecDeque<(ProbeId, IceServer)>,
    last: ProbeId,
    /// When it was last begun.
    begun: Option<UnixMillis>,
}

/// How far the check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    /// Not begun.
    #[default]
    Idle,
    /// The servers are handed out to users only.
    SignInFirst,
    /// The app's server is asked which there are.
    Asking,
    /// It could not say.
    Unavailable,
    /// They are being tried.
    Probing,
    /// All have been tried.
    Done,
}

/// One server that is tried.
#[derive(Clone, Debug)]
struct Probe {
    id: ProbeId,
    server: Server,
    begun: Option<UnixMillis>,
    allocated: Option<Duration>,
    errors: Vec<CandidateError>,
    outcome: Option<Outcome>,
}

/// What is shown of the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckView {
    /// How far it is.
    pub state: CheckState,
    /// Each server, in the order in which they are configured.
    pub servers: Vec<ProbeView>,
    /// What was found, once all have been tried; the weightiest first.
    pub findings: Vec<Finding>,
}

/// One server that is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeView {
    /// Which.
    pub server: Server,
    /// What came of it, once it is known.
    pub outcome: Option<Outcome>,
    /// What the browser told meanwhile.
    pub errors: Vec<CandidateError>,
}

impl Check {
    /// Whether one that nobody asked for may begin: none is under way, and the last is some time ago.
    pub(crate) fn is_due(&self, now: UnixMillis) -> bool {
        let resting = !matches!(self.state, CheckState::Asking | CheckState::Probing);
        resting && self.begun.is_none_or(|begun| now.since(begun) >= AGAIN)
    }

    /// Waits for the list of servers, or for the user to sign in.
    pub(crate) fn wait(&mut self, turn: &mut Turn, state: CheckState) {
        self.stop(turn);
        self.state = state;
    }

    /// Whether the list of servers is waited for.
    pub(crate) fn is_asking(&self) -> bool {
        self.state == CheckState::Asking
    }

    /// Tries these servers.
    pub(crate) fn begin(&mut self, turn: &mut Turn, servers: &[IceServer]) {
        self.stop(turn);
        self.begun = Some(turn.now());
        self.state = CheckState::Probing;
        for (url, server) in each_address(servers) {
            self.last = ProbeId(self.last.0 + 1);
            self.probes.push(Probe {
                id: self.last,
                server: Server::read(&url),
                begun: None,
                allocated: None,
                errors: Vec::new(),
                outcome: None,
            });
            self.waiting.push_back((self.last, server));
        }
        self.go_on(turn);
    }

    /// Ends what is under way, and forgets what was found.
    pub(crate) fn stop(&mut self, turn: &mut Turn) {
        for probe in self.probes.iter().filter(|probe| probe.is_running()) {
            end(turn, probe.id);
        }
        self.probes.clear();
        self.waiting.clear();
        self.state = CheckState::Idle;
    }

    /// The browser tells something of a try.
    pub(crate) fn told(&mut self, turn: &mut Turn, id: ProbeId, fact: ProbeFact) {
        if let Some(probe) = self.running(id) {
            probe.take(fact, turn.now());
            self.settle(turn, id);
        }
    }

    /// A try takes too long.
    pub(crate) fn late(&mut self, turn: &mut Turn, id: ProbeId) {
        if let Some(probe) = self.running(id) {
            probe.outcome = Some(Outcome::Fails(probe.trouble()));
            self.settle(turn, id);
        }
    }

    pub(crate) fn view(&self) -> CheckView {
        let servers = self.probes.iter().map(|probe| ProbeView {
            server: probe.server.clone(),
            outcome: probe.outcome,
            errors: probe.errors.clone(),
        });
        let tried = || {
            let outcome = |probe: &Probe| Some((probe.server.clone(), probe.outcome?));
            self.probes.iter().filter_map(outcome).collect::<Vec<_>>()
        };
        CheckView {
            state: self.state,
            servers: servers.collect(),
            findings: match self.state {
                CheckState::Done => findings(&tried()),
                CheckState::Idle
                | CheckState::SignInFirst
                | CheckState::Asking
                | CheckState::Unavailable
                | CheckState::Probing => Vec::new(),
            },
        }
    }

    /// Gives back what a try that is over held, and begins the next.
    fn settle(&mut self, turn: &mut Turn, id: ProbeId) {
        if self.running(id).is_none() {
            end(turn, id);
            self.go_on(turn);
        }
    }

    fn go_on(&mut self, turn: &mut Turn) {
        let mut running = self.probes.iter().filter(|probe| probe.is_running()).count();
        while running < AT_ONCE
            && let Some((id, server)) = self.waiting.pop_front()
        {
            running += 1;
            if let Some(probe) = self.probes.iter_mut().find(|probe| probe.id == id) {
                probe.begun = Some(turn.now());
                let relay = probe.server.role == ServerRole::Turn;
                turn.order(LabOrder::StartProbe {
                    probe: id,
                    relay,
                    server,
                });
                turn.start(Timer::ProbeLate(id), LATEST);
            }
        }
        if running == 0 {
            self.state = CheckState::Done;
        }
    }

    fn running(&mut self, id: ProbeId) -> Option<&mut Probe> {
        self.probes
            .iter_mut()
            .find(|probe| probe.id == id && probe.is_running())
    }
}

impl Probe {
    fn is_running(&self) -> bool {
        self.begun.is_some() && self.outcome.is_none()
    }

    fn take(&mut self, fact: ProbeFact, now: UnixMillis) {
        let since = now.since(self.begun.unwrap_or(now));
        match fact {
            ProbeFact::Malformed => self.outcome = Some(Outcome::Fails(Trouble::Malformed)),
            ProbeFact::Error(error) => {
                if !self.errors.contains(&error) {
                    self.errors.push(error);
                }
            }
            ProbeFact::Mapped => self.outcome = Some(Outcome::Mapped { after: since }),
            ProbeFact::Allocated => {
                self.allocated.get_or_insert(since);
            }
            // The other end of the pair may find its way to the relay yet.
            ProbeFact::Gathered if self.allocated.is_some() => {}
            ProbeFact::Gathered => {
                let quiet = self.server.role == ServerRole::Stun && self.errors.is_empty();
                self.outcome = Some(if quiet {
                    Outcome::NotTranslated
                } else {
                    Outcome::Fails(self.trouble())
                });
            }
            ProbeFact::Connected { round_trip } => {
                let allocated = self.allocated.unwrap_or(since);
                self.outcome = Some(Outcome::Relays {
                    allocated,
                    round_trip,
                });
            }
            ProbeFact::Broken => self.outcome = Some(Outcome::Fails(self.trouble())),
        }
    }

    /// Why it fails: a relay that let the page in and refused nothing carries nothing.
    fn trouble(&self) -> Trouble {
        let silent = match self.allocated {
            Some(_) => Trouble::NotCarrying,
            None => Trouble::Unreachable,
        };
        let told = trouble(&self.errors);
        told.filter(|told| *told != Trouble::Unreachable)
            .unwrap_or(silent)
    }
}

/// Each address once, with what belongs to it.
fn each_address(servers: &[IceServer]) -> Vec<(String, IceServer)> {
    let mut each: Vec<(String, IceServer)> = Vec::new();
    for server in servers {
        for url in &server.urls {
            if each.len() < MOST && each.iter().all(|(known, _)| known != url) {
                let alone = IceServer {
                    urls: vec![url.clone()],
                    ..server.clone()
                };
                each.push((url.clone(), alone));
            }
        }
    }
    each
}

fn end(turn: &mut Turn, id: ProbeId) {
    turn.stop(Timer::ProbeLate(id));
    turn.order(LabOrder::StopProbe(id));
}

#[cfg(test)]
mod tests;
