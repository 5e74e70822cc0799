//! The STUN and TURN servers: fetched on the way into a room and well before their credentials expire.
//!
//! Timers stop while a computer sleeps, so before every use the age of the credentials is looked at by the wall clock, and
//! stale ones are replaced first. A relay that refuses credentials all the same leads to one fetch, and a retry with what
//! that brings.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use protocol::http::{IceServer, IceServers};
use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::link::Link;
use crate::{ApiAnswer, ApiCall, ApiError, Core, Effect, NoticeBody, RequestId, TileState, Timer};

/// The pause before the ICE servers are asked for again after that failed, unless the server names one.
const ICE_RETRY: Duration = Duration::from_secs(15);
/// What it may name at most.
const LONGEST_ICE_RETRY: Duration = Duration::from_secs(60);
/// Credentials as young as this are fresh: connections that are restarted together ask for them once.
const FRESH: Duration = Duration::from_secs(10);
/// How long connections wait for fresh credentials, before they go on with those that there are.
const WAIT: Duration = Duration::from_secs(2);
/// Credentials are not replaced by the timer sooner than this, however short their lifetime: the server shall not be asked
/// at the speed of the network. A judgement.
const SOONEST: Duration = Duration::from_secs(5);

/// A connection, in one epoch of its link.
type Connection = (ParticipantId, Epoch);

/// The STUN and TURN servers to use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ice {
    /// The call that is under way for them.
    pub(crate) request: Option<RequestId>,
    /// When that was sent: the credentials are no younger, however late the answer comes.
    requested: UnixMillis,
    /// `None` until the first answer, or the first failure to get one.
    pub(crate) servers: Option<Vec<IceServer>>,
    /// The last call for them failed, and the user has been told.
    failing: bool,
    /// When those that there are were asked for.
    fetched: Option<UnixMillis>,
    /// When they are to be replaced; never without a lifetime.
    stale_at: Option<UnixMillis>,
    /// Until when the server wants not to be asked.
    held_until: Option<UnixMillis>,
    /// The timer that ends the wait for fresh credentials runs.
    waits: bool,
    /// Connections that wait for fresh credentials to be restarted.
    restarts: BTreeSet<Connection>,
    /// A call within the page waits for them.
    loopback_waits: bool,
    /// Counts the answers: which credentials are in use.
    generation: u32,
    /// With which of them each connection was made, or restarted last.
    used: BTreeMap<Connection, u32>,
    /// The next answer is wanted because a relay refused these credentials.
    refused: bool,
    /// The present credentials were fetched because a relay refused the ones before.
    after_refusal: bool,
}

impl Ice {
    /// Whether the credentials may be given to a connection at this time. A clock that was set back proves nothing.
    fn is_usable(&self, now: UnixMillis) -> bool {
        let fetched = self.fetched.is_some_and(|at| at <= now);
        fetched && self.stale_at.is_none_or(|at| now < at)
    }

    /// Whether they are as young as those of a moment ago.
    fn is_fresh(&self, now: UnixMillis) -> bool {
        let young = |at: UnixMillis| now.0.checked_sub(at.0).is_some_and(|age| age < millis(FRESH));
        self.is_usable(now) && self.fetched.is_some_and(young)
    }

    fn is_held(&self, now: UnixMillis) -> bool {
        self.held_until.is_some_and(|until| now < until)
    }
}

impl Core {
    pub(crate) fn fetch_ice_servers(&mut self) -> Vec<Effect> {
        let Some(user) = &self.user else { return Vec::new() };
        let call = ApiCall::FetchIceServers(user.token.clone());
        let request = self.next_request();
        self.ice.request = Some(request);
        self.ice.requested = self.now;
        vec![Effect::CallApi { request, call }]
    }

    /// Whether there are servers to make a connection with now. Without, none is made before they are there, or before it
    /// is clear that they do not come: to be asked before every use.
    pub(crate) fn ready_ice_servers(&mut self) -> Vec<Effect> {
        if self.has_usable_ice_servers() {
            return Vec::new();
        }
        self.await_fresh()
    }

    /// The servers for a connection that is made now, after [`Core::ready_ice_servers`].
    pub(crate) fn usable_ice_servers(&self) -> Option<Vec<IceServer>> {
        let usable = self.has_usable_ice_servers();
        self.ice.servers.clone().filter(|_| usable)
    }

    fn has_usable_ice_servers(&self) -> bool {
        let known = self.ice.servers.is_some();
        known && (self.ice.is_usable(self.now) || self.ice.is_held(self.now))
    }

    /// Asks for fresh credentials, unless that is under way. What there was before is used if they take too long.
    fn await_fresh(&mut self) -> Vec<Effect> {
        let mut effects = match self.ice.request {
            None => self.fetch_ice_servers(),
            Some(_) => Vec::new(),
        };
        // The first time it is waited for to the end: without any server, few connections come about.
        if self.ice.servers.is_some() {
            effects.extend(self.limit_wait());
        }
        effects
    }

    fn limit_wait(&mut self) -> Option<Effect> {
        let (timer, after) = (Timer::RestartDue, WAIT);
        let begins = !std::mem::replace(&mut self.ice.waits, true);
        begins.then_some(Effect::StartTimer { timer, after })
    }

    /// Fresh credentials take too long: what waits goes on with those that there are.
    pub(crate) fn ice_servers_late(&mut self) -> Vec<Effect> {
        self.ice.waits = false;
        let servers = self.ice.servers.clone().unwrap_or_default();
        self.use_ice_servers(servers)
    }

    /// The server answered.
    pub(crate) fn ice_answered(&mut self, answer: Result<ApiAnswer, ApiError>) -> Vec<Effect> {
        self.ice.request = None;
        match answer {
            Ok(ApiAnswer::IceServers(servers)) => self.ice_servers(servers),
            Err(ApiError::Later(_, seconds)) => {
                let after = Duration::from_secs(seconds.max(1).into()).min(LONGEST_ICE_RETRY);
                self.ice.held_until = Some(self.in_time(after));
                self.no_ice_servers(after)
            }
            _ => self.no_ice_servers(ICE_RETRY),
        }
    }

    fn ice_servers(&mut self, answer: IceServers) -> Vec<Effect> {
        self.ice.failing = false;
        self.ice.held_until = None;
        self.ice.generation += 1;
        self.ice.after_refusal = std::mem::take(&mut self.ice.refused);
        let requested = self.ice.requested;
        self.ice.fetched = Some(requested);
        // Well before they expire, so that none is handed out stale.
        let lifetime = answer
            .expires_in_seconds
            .map(|seconds| Duration::from_secs(u64::from(seconds) * 3 / 4));
        self.ice.stale_at = lifetime.map(|lifetime| UnixMillis(requested.0.saturating_add(millis(lifetime))));
        self.notices.settle(|body| *body == NoticeBody::NoIceServers);
        let mut effects = self.check_listed(Some(&answer.ice_servers));
        effects.extend(self.use_ice_servers(answer.ice_servers));
        if let Some(lifetime) = lifetime {
            effects.push(Effect::StartTimer {
                timer: Timer::IceServers,
                after: lifetime.max(SOONEST),
            });
        }
        effects
    }

    /// Goes on without: people on one network can talk all the same. They are asked for again.
    fn no_ice_servers(&mut self, after: Duration) -> Vec<Effect> {
        let servers = self.ice.servers.clone().unwrap_or_default();
        // A relay that goes on to refuse what there is does not lead to one call after the other.
        self.ice.after_refusal |= std::mem::take(&mut self.ice.refused);
        let mut effects = self.check_listed(None);
        effects.extend(self.use_ice_servers(servers));
        effects.push(Effect::StartTimer {
            timer: Timer::IceServers,
            after,
        });
        if !std::mem::replace(&mut self.ice.failing, true) {
            effects.extend(self.notify(NoticeBody::NoIceServers));
        }
        effects
    }

    fn use_ice_servers(&mut self, servers: Vec<IceServer>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(room) = &mut self.room {
            effects.extend(room.links.iter_mut().flat_map(|link| link.open(servers.clone())));
        }
        self.ice.servers = Some(servers);
        let mut effects = self.route(effects);
        effects.extend(self.restart_waiting());
        if std::mem::take(&mut self.ice.loopback_waits) {
            effects.extend(self.call_loopback_now());
        }
        if std::mem::take(&mut self.ice.waits) {
            effects.push(Effect::StopTimer(Timer::RestartDue));
        }
        effects
    }

    /// A call within the page is made as soon as there are servers for it.
    pub(crate) fn call_loopback_when_ready(&mut self) -> Vec<Effect> {
        if self.has_usable_ice_servers() || self.user.is_none() {
            return self.call_loopback_now();
        }
        self.ice.loopback_waits = true;
        let mut effects = self.await_fresh();
        effects.extend(self.limit_wait());
        effects
    }

    /// Restarts a connection, with credentials that are fresh if they are to be had.
    pub(crate) fn restart_fresh(&mut self, peer: ParticipantId, epoch: Epoch) -> Vec<Effect> {
        self.ice.restarts.insert((peer, epoch));
        if self.ice.is_fresh(self.now) || !self.signaling.is_joined() {
            return self.restart_waiting();
        }
        self.await_fresh()
    }

    /// A relay did not let a connection in. If that was for its credentials, they are fetched once more, and the connection
    /// is made with those; if the relay refuses them too, that is its last word.
    pub(crate) fn relay_refused(&mut self, peer: ParticipantId, epoch: Epoch, code: u16) -> Vec<Effect> {
        let connection = (peer, epoch);
        let Some(state) = self.state_of(connection).filter(|_| refuses_credentials(code)) else {
            return Vec::new();
        };
        // The others with the same credentials were refused as well, and have led to fresh ones.
        let outdated = self.ice.used.get(&connection) != Some(&self.ice.generation);
        let spent = self.ice.after_refusal || self.ice.is_held(self.now);
        if spent && !outdated {
            return Vec::new();
        }
        // One that found another way needs no relay now.
        if state != TileState::Connected {
            self.ice.restarts.insert(connection);
        }
        if outdated {
            return self.restart_waiting();
        }
        self.ice.refused = true;
        self.await_fresh()
    }

    /// Remembers with which credentials connections are made.
    pub(crate) fn note_ice_servers(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::OpenPeer { peer, epoch, .. } | Effect::RestartIce { peer, epoch, .. } => {
                    self.ice.used.insert((*peer, *epoch), self.ice.generation);
                }
                Effect::ClosePeer { peer, epoch } => {
                    self.ice.used.remove(&(*peer, *epoch));
                }
                _ => {}
            }
        }
    }

    /// Restarts the connections that wait to be, as far as they are still there.
    fn restart_waiting(&mut self) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.ice.restarts);
        let servers = self.ice.servers.clone().unwrap_or_default();
        let there = waiting
            .into_iter()
            .filter(|connection| self.state_of(*connection).is_some());
        there
            .map(|(peer, epoch)| Effect::RestartIce {
                peer,
                epoch,
                ice_servers: servers.clone(),
            })
            .collect()
    }

    /// How a connection of the room is, if it is there.
    fn state_of(&self, (peer, epoch): Connection) -> Option<TileState> {
        let mut links = self.room.iter().flat_map(|room| &room.links);
        let link = links.find(|link| link.peer == peer && link.epoch == epoch);
        link.map(Link::tile_state)
    }

    fn in_time(&self, after: Duration) -> UnixMillis {
        UnixMillis(self.now.0.saturating_add(millis(after)))
    }
}

/// Whether a relay refused the credentials (RFC 8489 §14.8: 401 for wrong or expired ones, 441 for those of another allocation).
/// Browsers answer a stale nonce by themselves.
fn refuses_credentials(code: u16) -> bool {
    matches!(code, 401 | 441)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
