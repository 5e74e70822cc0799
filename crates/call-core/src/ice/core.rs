//! The core's handling of ICE servers: when to fetch them, and which connections wait for them.

use std::sync::Arc;
use std::time::Duration;

use protocol::http::{IceServer, IceServers};
use protocol::{Epoch, ParticipantId};

use super::config::IceConfig;
use super::{ICE_RETRY, LONGEST_ICE_RETRY, SOONEST, refuses_credentials};
use crate::link::Link;
use crate::turn::Turn;
use crate::{ApiAnswer, ApiCall, ApiError, Core, NoticeBody, TileState, Timer};

impl Core {
    /// Returns the ICE configuration for connections made now.
    pub(crate) fn ice_config(&self) -> IceConfig {
        IceConfig {
            servers: self.ice.servers.clone().unwrap_or_default(),
            generation: self.ice.generation,
            relay_only: self.media.choices().hide_address,
        }
    }

    pub(crate) fn fetch_ice_servers(&mut self, turn: &mut Turn) {
        let Some(user) = &self.user else { return };
        self.ice.request = Some(turn.call(ApiCall::FetchIceServers(user.token.clone())));
        self.ice.requested = turn.now();
    }

    /// Opens the links that wait to be opened, and restarts ICE on those that want it. A first connection waits until
    /// the servers are known or fetching them has failed. A restart waits for fresh credentials while the server is
    /// reachable.
    pub(crate) fn connect_links(&mut self, turn: &mut Turn) {
        let links = || self.room.iter().flat_map(|room| &room.links);
        let (opens, restarts) = (links().any(Link::wants_open), links().any(Link::wants_restart));
        let usable = self.ice.is_ready(turn.now());
        let fresh = self.ice.is_fresh(turn.now()) || !self.signaling.is_joined();
        if opens && usable {
            self.each_link(turn, Link::open);
        }
        if restarts && fresh {
            self.each_link(turn, Link::restart);
        } else if restarts {
            self.each_link(turn, |link, _| link.await_credentials());
        }
        if opens && !usable || restarts && !fresh {
            self.await_fresh(turn);
        }
    }

    fn each_link(&mut self, turn: &mut Turn, act: impl Fn(&mut Link, &mut Turn)) {
        for link in self.room.iter_mut().flat_map(|room| &mut room.links) {
            act(link, turn);
        }
    }

    /// Returns the ICE servers if they can be used now; otherwise fetches them and returns `None`.
    pub(crate) fn usable_ice_servers(&mut self, turn: &mut Turn) -> Option<Arc<[IceServer]>> {
        self.ready_ice_servers(turn);
        let ready = self.ice.is_ready(turn.now());
        self.ice.servers.clone().filter(|_| ready)
    }

    /// Fetches the servers if the present ones cannot be used, as they may be needed soon.
    pub(crate) fn ready_ice_servers(&mut self, turn: &mut Turn) {
        if !self.ice.is_ready(turn.now()) {
            self.await_fresh(turn);
        }
    }

    /// Fetches fresh credentials, unless a request is under way. If it takes longer than `WAIT`, the old ones are used.
    fn await_fresh(&mut self, turn: &mut Turn) {
        if self.ice.request.is_none() {
            self.fetch_ice_servers(turn);
        }
        // The first request has no time limit: without any server, few connections succeed.
        if self.ice.servers.is_some() {
            self.ice.limit_wait(turn);
        }
    }

    /// Goes on with the present credentials, as fresh ones did not come in time.
    pub(crate) fn ice_servers_timed_out(&mut self, turn: &mut Turn) {
        self.ice.waits = false;
        self.use_ice_servers(turn);
    }

    /// Handles the answer to the request for ICE servers.
    pub(crate) fn ice_answered(&mut self, turn: &mut Turn, answer: Result<ApiAnswer, ApiError>) {
        self.ice.request = None;
        match answer {
            Ok(ApiAnswer::IceServers(servers)) => self.ice_servers(turn, servers),
            Err(ApiError::Later(_, seconds)) => {
                let after = Duration::from_secs(seconds.max(1).into()).min(LONGEST_ICE_RETRY);
                self.ice.held_until = Some(turn.now().after(after));
                self.no_ice_servers(turn, after);
            }
            Ok(_) | Err(ApiError::Refused(_) | ApiError::Unreachable) => self.no_ice_servers(turn, ICE_RETRY),
        }
    }

    fn ice_servers(&mut self, turn: &mut Turn, answer: IceServers) {
        self.ice.failing = false;
        self.ice.held_until = None;
        self.ice.generation += 1;
        self.ice.after_refusal = std::mem::take(&mut self.ice.refused);
        let requested = self.ice.requested;
        self.ice.fetched = Some(requested);
        // Refresh at three quarters of the lifetime, so that no connection gets expired credentials.
        let lifetime = answer
            .expires_in_seconds
            .map(|seconds| Duration::from_secs(u64::from(seconds) * 3 / 4));
        self.ice.stale_at = lifetime.map(|lifetime| requested.after(lifetime));
        self.notices.settle(|body| *body == NoticeBody::NoIceServers);
        self.check_listed(turn, Some(&answer.ice_servers));
        self.ice.servers = Some(answer.ice_servers.into());
        self.use_ice_servers(turn);
        if let Some(lifetime) = lifetime {
            turn.start(Timer::IceServers, lifetime.max(SOONEST));
        }
    }

    /// Goes on without new servers (peers on one network can connect all the same), and retries after a pause.
    fn no_ice_servers(&mut self, turn: &mut Turn, after: Duration) {
        // A relay that keeps refusing the present credentials must not cause one request after the other.
        self.ice.after_refusal |= std::mem::take(&mut self.ice.refused);
        self.check_listed(turn, None);
        self.use_ice_servers(turn);
        turn.start(Timer::IceServers, after);
        if !std::mem::replace(&mut self.ice.failing, true) {
            turn.notify(NoticeBody::NoIceServers);
        }
    }

    /// Lets everything that waits for servers go on with the present ones, even if there are none.
    fn use_ice_servers(&mut self, turn: &mut Turn) {
        self.ice.servers.get_or_insert_default();
        turn.ice_config = self.ice_config();
        self.each_link(turn, Link::open);
        self.each_link(turn, Link::restart);
        if std::mem::take(&mut self.ice.loopback_waits) {
            self.call_loopback_now(turn);
        }
        if std::mem::take(&mut self.ice.waits) {
            turn.stop(Timer::IceServersTimeout);
        }
    }

    /// Starts the loopback call as soon as there are servers for it.
    pub(crate) fn call_loopback_when_ready(&mut self, turn: &mut Turn) {
        if self.user.is_none() || self.ice.is_ready(turn.now()) {
            return self.call_loopback_now(turn);
        }
        self.ice.loopback_waits = true;
        self.await_fresh(turn);
        self.ice.limit_wait(turn);
    }

    /// Handles a relay's refusal. If it refused the credentials, fresh ones are fetched once, and the connection
    /// restarts ICE with those. If the relay refuses these too, nothing more is tried.
    pub(crate) fn relay_refused(&mut self, turn: &mut Turn, peer: ParticipantId, epoch: Epoch, code: u16) {
        let room = self.room.as_mut().filter(|_| refuses_credentials(code));
        let Some(link) = room.and_then(|room| room.link(peer, epoch)) else {
            return;
        };
        // Another link with the same credentials was refused earlier, and fresh ones have been fetched since.
        let outdated = link.credentials() != Some(self.ice.generation);
        let spent = self.ice.after_refusal || self.ice.is_held(turn.now());
        if spent && !outdated {
            return;
        }
        // A connection that found another path needs no relay now.
        if link.tile_state() != TileState::Connected {
            link.want_restart();
            link.await_credentials();
        }
        if outdated {
            self.each_link(turn, Link::restart);
        } else {
            self.ice.refused = true;
            self.await_fresh(turn);
        }
    }
}
