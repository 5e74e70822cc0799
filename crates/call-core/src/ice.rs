//! The STUN and TURN servers: asked for on the way into a room, before their credentials expire, and before connections
//! are restarted, so that none is restarted with what has expired meanwhile.

use std::collections::BTreeSet;
use std::time::Duration;

use protocol::http::{IceServer, IceServers};
use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::{ApiAnswer, ApiCall, ApiError, Core, Effect, NoticeBody, RequestId, Timer};

/// The pause before the ICE servers are asked for again after that failed, unless the server names one.
const ICE_RETRY: Duration = Duration::from_secs(15);
/// What it may name at most.
const LONGEST_ICE_RETRY: Duration = Duration::from_secs(60);
/// Credentials as young as this are fresh: connections that are restarted together ask for them once.
const FRESH: Duration = Duration::from_secs(10);
/// How long a restart waits for fresh credentials, before it goes on with those that there are.
const RESTART_WAITS: Duration = Duration::from_secs(2);

/// The STUN and TURN servers to use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ice {
    /// The call that is under way for them.
    pub(crate) request: Option<RequestId>,
    /// `None` until the first answer, or the first failure to get one.
    pub(crate) servers: Option<Vec<IceServer>>,
    /// The last call for them failed, and the user has been told.
    failing: bool,
    /// When they were told last.
    fetched: Option<UnixMillis>,
    /// Connections that wait for fresh credentials to be restarted.
    restarts: BTreeSet<(ParticipantId, Epoch)>,
}

impl Core {
    pub(crate) fn fetch_ice_servers(&mut self) -> Vec<Effect> {
        let Some(user) = &self.user else { return Vec::new() };
        let call = ApiCall::FetchIceServers(user.token.clone());
        let request = self.next_request();
        self.ice.request = Some(request);
        vec![Effect::CallApi { request, call }]
    }

    /// The server answered.
    pub(crate) fn ice_answered(&mut self, answer: Result<ApiAnswer, ApiError>) -> Vec<Effect> {
        self.ice.request = None;
        match answer {
            Ok(ApiAnswer::IceServers(servers)) => self.ice_servers(servers),
            Err(ApiError::Later(_, seconds)) => {
                let after = Duration::from_secs(seconds.max(1).into());
                self.no_ice_servers(after.min(LONGEST_ICE_RETRY))
            }
            _ => self.no_ice_servers(ICE_RETRY),
        }
    }

    fn ice_servers(&mut self, answer: IceServers) -> Vec<Effect> {
        self.ice.failing = false;
        self.ice.fetched = Some(self.now);
        self.notices.settle(|body| *body == NoticeBody::NoIceServers);
        let mut effects = self.check_listed(Some(&answer.ice_servers));
        effects.extend(self.use_ice_servers(answer.ice_servers));
        if let Some(seconds) = answer.expires_in_seconds {
            // Well before they expire, so that none is handed out stale.
            let after = Duration::from_secs(u64::from(seconds) * 3 / 4);
            effects.push(Effect::StartTimer {
                timer: Timer::IceServers,
                after,
            });
        }
        effects
    }

    /// Goes on without: people on one network can talk all the same. They are asked for again.
    fn no_ice_servers(&mut self, after: Duration) -> Vec<Effect> {
        let servers = self.ice.servers.clone().unwrap_or_default();
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

    fn use_ice_servers(&mut self, servers: Vec<protocol::http::IceServer>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(room) = &mut self.room {
            effects.extend(room.links.iter_mut().flat_map(|link| link.open(servers.clone())));
        }
        self.ice.servers = Some(servers);
        let mut effects = self.route(effects);
        effects.extend(self.restart_waiting());
        effects
    }

    /// Restarts a connection, with credentials that are fresh if they are to be had.
    pub(crate) fn restart_fresh(&mut self, peer: ParticipantId, epoch: Epoch) -> Vec<Effect> {
        let waiting = !self.ice.restarts.is_empty();
        self.ice.restarts.insert((peer, epoch));
        let age = self.ice.fetched.map(|at| self.now.0.saturating_sub(at.0));
        let fresh = age.is_some_and(|age| Duration::from_millis(age) < FRESH);
        if fresh || !self.signaling.is_joined() {
            return self.restart_waiting();
        }
        if waiting {
            return Vec::new();
        }
        let mut effects = if self.ice.request.is_none() {
            self.fetch_ice_servers()
        } else {
            Vec::new()
        };
        effects.push(Effect::StartTimer {
            timer: Timer::RestartDue,
            after: RESTART_WAITS,
        });
        effects
    }

    /// Restarts the connections that wait to be, as far as they are still there.
    pub(crate) fn restart_waiting(&mut self) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.ice.restarts);
        if waiting.is_empty() {
            return Vec::new();
        }
        let servers = self.ice.servers.clone().unwrap_or_default();
        let Some(room) = &mut self.room else {
            return Vec::new();
        };
        let there = waiting
            .into_iter()
            .filter(|(peer, epoch)| room.link(*peer, *epoch).is_some());
        let restarts = there.map(|(peer, epoch)| Effect::RestartIce {
            peer,
            epoch,
            ice_servers: servers.clone(),
        });
        let stop = Effect::StopTimer(Timer::RestartDue);
        std::iter::once(stop).chain(restarts).collect()
    }
}
