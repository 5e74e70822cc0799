//! The ICE servers' part of the core.

use std::sync::Arc;
use std::time::Duration;

use protocol::http::{IceServer, IceServers};
use protocol::{Epoch, ParticipantId};

use super::ways::Ways;
use super::{ICE_RETRY, LONGEST_ICE_RETRY, SOONEST, refuses_credentials};
use crate::link::Link;
use crate::turn::Turn;
use crate::{ApiAnswer, ApiCall, ApiError, Core, NoticeBody, TileState, Timer};

impl Core {
    /// By what connections are made now, once [`Ice::is_usable`].
    pub(crate) fn ways(&self) -> Ways {
        Ways {
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

    /// Makes the connections that are yet to be made, and restarts those that are to be. Without servers none is made before
    /// they are there, or before it is clear that they do not come; a restart waits for fresh credentials while the server can be reached.
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

    /// The servers as they are to be used now; without, they are asked for.
    pub(crate) fn usable_ice_servers(&mut self, turn: &mut Turn) -> Option<Arc<[IceServer]>> {
        self.ready_ice_servers(turn);
        let ready = self.ice.is_ready(turn.now());
        self.ice.servers.clone().filter(|_| ready)
    }

    /// Asks for the servers if those that there are cannot be used: something may need them soon.
    pub(crate) fn ready_ice_servers(&mut self, turn: &mut Turn) {
        if !self.ice.is_ready(turn.now()) {
            self.await_fresh(turn);
        }
    }

    /// Asks for fresh credentials, unless that is under way. What there was before is used if they take too long.
    fn await_fresh(&mut self, turn: &mut Turn) {
        if self.ice.request.is_none() {
            self.fetch_ice_servers(turn);
        }
        // The first time it is waited for to the end: without any server, few connections come about.
        if self.ice.servers.is_some() {
            self.ice.limit_wait(turn);
        }
    }

    /// Fresh credentials take too long: what waits goes on with those that there are.
    pub(crate) fn ice_servers_late(&mut self, turn: &mut Turn) {
        self.ice.waits = false;
        self.use_ice_servers(turn);
    }

    /// The server answered.
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
        // Well before they expire, so that none is handed out stale.
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

    /// Goes on without: people on one network can talk all the same. They are asked for again.
    fn no_ice_servers(&mut self, turn: &mut Turn, after: Duration) {
        // A relay that goes on to refuse what there is does not lead to one call after the other.
        self.ice.after_refusal |= std::mem::take(&mut self.ice.refused);
        self.check_listed(turn, None);
        self.use_ice_servers(turn);
        turn.start(Timer::IceServers, after);
        if !std::mem::replace(&mut self.ice.failing, true) {
            turn.notify(NoticeBody::NoIceServers);
        }
    }

    /// What waits for servers goes on with those that there are, be they none.
    fn use_ice_servers(&mut self, turn: &mut Turn) {
        self.ice.servers.get_or_insert_default();
        turn.ways = self.ways();
        self.each_link(turn, Link::open);
        self.each_link(turn, Link::restart);
        if std::mem::take(&mut self.ice.loopback_waits) {
            self.call_loopback_now(turn);
        }
        if std::mem::take(&mut self.ice.waits) {
            turn.stop(Timer::RestartDue);
        }
    }

    /// A call within the page is made as soon as there are servers for it.
    pub(crate) fn call_loopback_when_ready(&mut self, turn: &mut Turn) {
        if self.user.is_none() || self.ice.is_ready(turn.now()) {
            return self.call_loopback_now(turn);
        }
        self.ice.loopback_waits = true;
        self.await_fresh(turn);
        self.ice.limit_wait(turn);
    }

    /// A relay did not let a connection in. If that was for its credentials, they are fetched once more, and the connection
    /// is made with those; if the relay refuses them too, that is its last word.
    pub(crate) fn relay_refused(&mut self, turn: &mut Turn, peer: ParticipantId, epoch: Epoch, code: u16) {
        let room = self.room.as_mut().filter(|_| refuses_credentials(code));
        let Some(link) = room.and_then(|room| room.link(peer, epoch)) else {
            return;
        };
        // The others with the same credentials were refused as well, and have led to fresh ones.
        let outdated = link.credentials() != Some(self.ice.generation);
        let spent = self.ice.after_refusal || self.ice.is_held(turn.now());
        if spent && !outdated {
            return;
        }
        // One that found another way needs no relay now.
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
