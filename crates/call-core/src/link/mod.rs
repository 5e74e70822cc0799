//! Links: one connection with each peer that the server lets the user talk with.
//!
//! The server opens, renews and closes links, each time with an epoch; what names another epoch is stale. What the two
//! ends tell each other goes through the post (`posting`), and what is done about a connection that is not as it should be is
//! decided by [`Mending`].

mod core;
mod event;
mod face;
mod gap;
mod guard;
mod incoming;
mod mending;
mod monitor;
mod negotiation;
mod order;
mod post;
mod posting;
mod reception;
mod recovery;
mod refresh;
mod stall;
mod view;

use std::time::Duration;

use protocol::http::IceServer;
use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::Timer;
use crate::conference::Row;
use crate::quality::Quality;
use crate::tracked::Tracked;
use crate::turn::Turn;

use gap::Gap;
use guard::{Guard, Guards};
use mending::Mending;
use negotiation::Negotiation;
use post::Post;
use reception::Reception;
use refresh::Refreshes;
use stall::Stalls;

pub use event::{ConnectionState, PeerEvent, SignalingState};
pub use order::PeerOrder;
pub use view::{LinkTrouble, StallView, TileState, TileView};

pub(crate) use face::Face;
pub(crate) use reception::Hearing;

/// One link in its current epoch.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) peer: ParticipantId,
    pub(crate) epoch: Epoch,
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
    guards: Guards,
    polite: bool,
    opened: bool,
    /// With which credentials it was made, or restarted last.
    credentials: Option<u32>,
    restart: Restart,
    /// The connection of this epoch was another page's, and went with it.
    orphaned: bool,
    pub(crate) quality: Tracked<Quality>,
    negotiation: Negotiation,
    post: Post,
    /// The data channel of the pair carries signals.
    channel: bool,
    /// How often what waits to be seen has been said; `None` while nothing waits.
    saying: Option<u32>,
    /// The timer for a word to the other end runs.
    word_due: bool,
    mending: Mending,
    gap: Gap,
    reception: Reception,
    stalls: Stalls,
    refreshes: Refreshes,
    /// Whom the peer hears of the conference, as it told last.
    row: Option<Row>,
    /// How often it told that.
    rows: u32,
    /// What it was told of that in this epoch, and when.
    row_told: Option<(Row, UnixMillis)>,
    /// The patience for which the timer runs.
    watch: Option<Duration>,
    /// The user has been told that it was given up.
    failure_told: bool,
}

/// Whether ICE is to be restarted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Restart {
    #[default]
    No,
    /// It is, now or with fresh credentials.
    Wanted,
    /// It is, with the next credentials, or when they take too long.
    Waiting,
}

impl Link {
    /// A link whose connection is yet to be made; `you` decides who is polite.
    pub(crate) fn new(you: ParticipantId, link: protocol::Link) -> Self {
        Self::guarded(you, link, Guards::default())
    }

    fn guarded(you: ParticipantId, link: protocol::Link, guards: Guards) -> Self {
        let polite = you > link.peer;
        Self {
            peer: link.peer,
            epoch: link.epoch,
            camera: false,
            microphone: false,
            screen: false,
            guards,
            polite,
            opened: false,
            credentials: None,
            restart: Restart::No,
            orphaned: false,
            quality: Tracked::default(),
            negotiation: Negotiation::new(polite, guards),
            post: Post::new(guards),
            channel: false,
            saying: None,
            word_due: false,
            mending: Mending::new(polite),
            gap: Gap::default(),
            reception: Reception::default(),
            stalls: Stalls::default(),
            refreshes: Refreshes::default(),
            row: None,
            rows: 0,
            row_told: None,
            watch: None,
            failure_told: false,
        }
    }

    /// A link whose connection went with the page that had it: a new epoch is asked for at once, and none is made
    /// before.
    pub(crate) fn without_connection(turn: &mut Turn, you: ParticipantId, link: protocol::Link) -> Self {
        let mut link = Self {
            opened: true,
            orphaned: true,
            ..Self::new(you, link)
        };
        link.renew(turn);
        link
    }

    /// The same link under its next epoch: what the user knows of the peer stays.
    pub(crate) fn renewed(&self, you: ParticipantId, link: protocol::Link) -> Self {
        Self {
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            quality: Tracked::new(self.quality.renewed()),
            mending: self.mending.renewed(),
            reception: self.reception.renewed(),
            stalls: self.stalls.renewed(),
            row: self.row.clone(),
            rows: self.rows,
            ..Self::guarded(you, link, self.guards)
        }
    }

    /// Whether the connection is yet to be made.
    pub(crate) fn wants_open(&self) -> bool {
        !self.opened
    }

    /// Makes the connection, if it is not made yet.
    pub(crate) fn open(&mut self, turn: &mut Turn) {
        if std::mem::replace(&mut self.opened, true) {
            return;
        }
        let ice_servers = turn.ways.servers.to_vec();
        self.credentials = Some(turn.ways.generation);
        self.mending.relays_offered(ice_servers.iter().any(is_relay));
        let order = PeerOrder::Open {
            offers: !self.polite,
            ice_servers,
            relay_only: turn.ways.relay_only || self.mending.relay_only(),
        };
        self.order(turn, order);
        self.negotiate(turn, Negotiation::opened);
    }

    /// Whether ICE is to be restarted, and it is not decided yet with which credentials.
    pub(crate) fn wants_restart(&self) -> bool {
        self.restart == Restart::Wanted
    }

    /// ICE is to be restarted.
    pub(crate) fn want_restart(&mut self) {
        self.restart = Restart::Wanted;
    }

    /// A restart that is wanted waits for fresh credentials.
    pub(crate) fn await_credentials(&mut self) {
        if self.restart == Restart::Wanted {
            self.restart = Restart::Waiting;
        }
    }

    /// Restarts ICE, if that is wanted.
    pub(crate) fn restart(&mut self, turn: &mut Turn) {
        if std::mem::take(&mut self.restart) != Restart::No {
            self.credentials = Some(turn.ways.generation);
            self.order(turn, PeerOrder::RestartIce(turn.ways.servers.to_vec()));
        }
    }

    /// Which credentials the connection has, once it is made.
    pub(crate) fn credentials(&self) -> Option<u32> {
        self.credentials
    }

    /// Gives the connection back.
    pub(crate) fn close(&self, turn: &mut Turn) {
        let (peer, epoch) = (self.peer, self.epoch);
        turn.stop(Timer::LinkLate(peer, epoch));
        turn.stop(Timer::SignalUnseen(peer, epoch));
        turn.stop(Timer::WordDue(peer, epoch));
        self.order(turn, PeerOrder::Close);
    }

    fn order(&self, turn: &mut Turn, order: PeerOrder) {
        turn.order_peer(self.peer, self.epoch, order);
    }
}

/// Whether a server is a relay.
fn is_relay(server: &IceServer) -> bool {
    server.urls.iter().any(|url| url.starts_with("turn"))
}

#[cfg(test)]
mod search;

#[cfg(test)]
mod tests;
