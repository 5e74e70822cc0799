//! The check of the STUN and TURN servers: each URL gets a probe of its own, a few run at a time, each with a
//! time limit.

use std::collections::VecDeque;
use std::time::Duration;

use protocol::UnixMillis;
use protocol::http::IceServer;

use super::findings::{Finding, findings};
use super::outcome::{CandidateError, Outcome, ProbeFact, ProbeId, Trouble, trouble};
use super::server::{Server, ServerRole};
use crate::turn::Turn;
use crate::{LabOrder, Timer};

/// Probes that run at the same time (chosen): more would take bandwidth from each other, and from a call that
/// is under way.
const AT_ONCE: usize = 4;

/// Time limit of one probe (chosen): a TURN allocation over TLS on a slow network takes some seconds, and a
/// relay that needs longer is of no use in a call.
const LATEST: Duration = Duration::from_secs(12);

/// The most URLs that are probed (chosen): a server that hands out more is misconfigured.
const MOST: usize = 24;

/// Minimum time between two checks that start without the user asking for one, such as after a failed
/// connection (chosen).
const AGAIN: Duration = Duration::from_secs(180);

/// State of the check.
#[derive(Clone, Debug, Default)]
pub(crate) struct Check {
    state: CheckState,
    probes: Vec<Probe>,
    waiting: VecDeque<(ProbeId, IceServer)>,
    last: ProbeId,
    /// When the last check began.
    begun: Option<UnixMillis>,
}

/// Progress of the check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    /// No check has begun.
    #[default]
    Idle,
    /// The user has to sign in first: only users get the list of servers.
    SignInFirst,
    /// The list of servers has been requested.
    Asking,
    /// The list of servers could not be loaded.
    Unavailable,
    /// Probes are running.
    Probing,
    /// All probes have ended.
    Done,
}

#[derive(Clone, Debug)]
struct Probe {
    id: ProbeId,
    server: Server,
    begun: Option<UnixMillis>,
    allocated: Option<Duration>,
    errors: Vec<CandidateError>,
    outcome: Option<Outcome>,
}

/// The check as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckView {
    /// Progress of the check.
    pub state: CheckState,
    /// The servers, in the order in which they are configured.
    pub servers: Vec<ProbeView>,
    /// Findings, the most important first; empty until all probes have ended.
    pub findings: Vec<Finding>,
}

/// The probe of one server as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeView {
    /// The probed server.
    pub server: Server,
    /// Result of the probe, once it has ended.
    pub outcome: Option<Outcome>,
    /// Errors that the browser reported so far, each once.
    pub errors: Vec<CandidateError>,
}

impl Check {
    /// Whether an automatic check may begin: none is under way, and the last began [`AGAIN`] ago or longer.
    pub(crate) fn is_due(&self, now: UnixMillis) -> bool {
        let resting = !matches!(self.state, CheckState::Asking | CheckState::Probing);
        resting && self.begun.is_none_or(|begun| now.since(begun) >= AGAIN)
    }

    /// Stops the check and puts it into `state`, until there is a list of servers to probe.
    pub(crate) fn wait(&mut self, turn: &mut Turn, state: CheckState) {
        self.stop(turn);
        self.state = state;
    }

    pub(crate) fn is_asking(&self) -> bool {
        self.state == CheckState::Asking
    }

    /// Probes these servers; a check under way ends.
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

    /// Stops all probes and forgets the results.
    pub(crate) fn stop(&mut self, turn: &mut Turn) {
        for probe in self.probes.iter().filter(|probe| probe.is_running()) {
            end(turn, probe.id);
        }
        self.probes.clear();
        self.waiting.clear();
        self.state = CheckState::Idle;
    }

    /// Handles what the browser reports about a probe; ignored once the probe has ended.
    pub(crate) fn told(&mut self, turn: &mut Turn, id: ProbeId, fact: ProbeFact) {
        if let Some(probe) = self.running(id) {
            probe.take(fact, turn.now());
            self.settle(turn, id);
        }
    }

    /// Fails a probe that reached its time limit.
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

    /// If the probe has ended, frees what it holds in the browser and starts the next one.
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
                turn.start(Timer::ProbeTimeout(id), LATEST);
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
            // The other end of the pair may still find its way to the relay.
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

    /// Why the probe failed. A relay that gave an allocation and reported no error carries no data.
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

/// Returns each URL once, with the credentials that belong to it; at most [`MOST`].
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
    turn.stop(Timer::ProbeTimeout(id));
    turn.order(LabOrder::StopProbe(id));
}

#[cfg(test)]
mod tests;
