//! Links: one connection with each peer in a call with the user.
//!
//! The server opens, renews and closes links, each time with an epoch; input of another epoch is stale. The two ends
//! exchange signals reliably (`sending`), and [`Recovery`] decides how to recover a connection.

mod ahead;
mod attention;
mod core;
mod event;
mod guard;
mod inbound;
mod incoming;
mod key_frame;
mod monitor;
mod negotiation;
mod order;
mod recovery;
mod recovery_steps;
mod refresh;
mod reliable;
mod sending;
mod snapshot;
mod stall;
mod view;

use std::time::Duration;

use protocol::http::IceServer;
use protocol::{Epoch, ParticipantId, UnixMillis};

use crate::conference::ConnectivityReport;
use crate::quality::Quality;
use crate::tracked::Tracked;
use crate::turn::Turn;
use crate::uplink::{Sender, Shown};
use crate::{Source, Timer};

use attention::Attention;
use guard::{Guard, Guards};
use inbound::InboundMonitor;
use key_frame::KeyFrameTrigger;
use negotiation::Negotiation;
use recovery::Recovery;
use refresh::Refreshes;
use reliable::ReliableSignals;
use stall::Stalls;

pub use event::{ConnectionState, PeerEvent, SignalingState};
pub use order::{NewConnection, PeerOrder};
pub use view::{LinkTrouble, StallView, TileState, TileView};

pub(crate) use ahead::Prepared;
pub(crate) use inbound::InboundMedia;
pub(crate) use snapshot::LinkSnapshot;

/// One link in its current epoch.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) peer: ParticipantId,
    pub(crate) epoch: Epoch,
    pub(crate) camera: bool,
    pub(crate) microphone: bool,
    pub(crate) screen: bool,
    /// Videos that the peer holds back, as the network does not carry them.
    pub(crate) paused: Vec<Source>,
    /// The videos that are sent to the peer.
    pub(crate) sender: Sender,
    /// How large the peer was last told that its videos are shown.
    told_shown: Shown,
    /// Whether the peer is speaking, as its page tells.
    speaking: bool,
    guards: Guards,
    polite: bool,
    opened: bool,
    /// The credentials with which the connection was made or last restarted, as numbered in [`crate::ice`].
    credentials: Option<u32>,
    restart: Restart,
    /// Whether the connection of this epoch belonged to an earlier page, and was lost with it.
    orphaned: bool,
    pub(crate) quality: Tracked<Quality>,
    negotiation: Negotiation,
    signals: ReliableSignals,
    /// Whether the data channel to the peer is open, and carries signals too.
    channel: bool,
    /// Whether the peer was last told that the user is speaking.
    told_speaking: bool,
    /// Number of retransmissions of the unacknowledged signals; `None` while there are none.
    retransmissions: Option<u32>,
    /// Whether the timer for a delayed ack runs.
    ack_due: bool,
    recovery: Recovery,
    key_frames: KeyFrameTrigger,
    inbound: InboundMonitor,
    stalls: Stalls,
    attention: Attention,
    refreshes: Refreshes,
    /// The peer's last connectivity report about the group call.
    report: Option<ConnectivityReport>,
    /// Number of connectivity reports received.
    reports: u32,
    /// The last connectivity report sent to the peer in this epoch, and when.
    report_sent: Option<(ConnectivityReport, UnixMillis)>,
    /// Whether one was sent in an earlier epoch.
    reported: bool,
    /// The usual timeout for which the recovery timer runs, and since when.
    watch: Option<(Duration, UnixMillis)>,
    /// Whether the user has been notified that recovery was given up.
    failure_notified: bool,
}

/// Whether an ICE restart is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Restart {
    #[default]
    No,
    /// A restart is due; the core decides whether it waits for fresh credentials.
    Wanted,
    /// A restart waits for fresh credentials, or for the end of that wait.
    Waiting,
}

impl Link {
    /// Creates a link whose connection is not open yet. The end with the greater id is polite.
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
            paused: Vec::new(),
            sender: Sender::default(),
            told_shown: Shown::default(),
            speaking: false,
            guards,
            polite,
            opened: false,
            credentials: None,
            restart: Restart::No,
            orphaned: false,
            quality: Tracked::default(),
            negotiation: Negotiation::new(polite, guards),
            signals: ReliableSignals::new(guards),
            channel: false,
            told_speaking: false,
            retransmissions: None,
            ack_due: false,
            recovery: Recovery::new(polite),
            key_frames: KeyFrameTrigger::default(),
            inbound: InboundMonitor::default(),
            stalls: Stalls::default(),
            attention: Attention::default(),
            refreshes: Refreshes::default(),
            report: None,
            reports: 0,
            report_sent: None,
            reported: false,
            watch: None,
            failure_notified: false,
        }
    }

    /// Creates a link whose connection was lost with an earlier page: requests a new epoch at once, and opens no
    /// connection in this one.
    pub(crate) fn without_connection(turn: &mut Turn, you: ParticipantId, link: protocol::Link) -> Self {
        let mut link = Self {
            opened: true,
            orphaned: true,
            ..Self::new(you, link)
        };
        link.renew(turn);
        link
    }

    /// Returns the link in its next epoch; what is known about the peer stays.
    pub(crate) fn renewed(&self, you: ParticipantId, link: protocol::Link) -> Self {
        Self {
            camera: self.camera,
            microphone: self.microphone,
            screen: self.screen,
            quality: Tracked::new(self.quality.renewed()),
            recovery: self.recovery.renewed(),
            inbound: self.inbound.renewed(),
            stalls: self.stalls.renewed(),
            report: self.report.clone(),
            reports: self.reports,
            reported: self.reported || self.report_sent.is_some(),
            ..Self::guarded(you, link, self.guards)
        }
    }

    /// Returns whether the connection has not been opened yet.
    pub(crate) fn wants_open(&self) -> bool {
        !self.opened
    }

    /// Opens the connection, if it is not open yet.
    pub(crate) fn open(&mut self, turn: &mut Turn) {
        if std::mem::replace(&mut self.opened, true) {
            return;
        }
        let ice_servers = turn.ice_config.servers.to_vec();
        self.credentials = Some(turn.ice_config.generation);
        self.recovery.relays_offered(ice_servers.iter().any(is_relay));
        let order = PeerOrder::Open(NewConnection {
            offers: !self.polite,
            ice_servers,
            relay_only: turn.ice_config.relay_only || self.recovery.relay_only(),
        });
        self.order(turn, order);
        self.negotiate(turn, Negotiation::opened);
    }

    /// Returns whether an ICE restart is due that does not wait for credentials yet.
    pub(crate) fn wants_restart(&self) -> bool {
        self.restart == Restart::Wanted
    }

    /// Requests an ICE restart.
    pub(crate) fn want_restart(&mut self) {
        self.restart = Restart::Wanted;
    }

    /// Lets a requested ICE restart wait for fresh credentials.
    pub(crate) fn await_credentials(&mut self) {
        if self.restart == Restart::Wanted {
            self.restart = Restart::Waiting;
        }
    }

    /// Restarts ICE with the present servers, if a restart is due.
    pub(crate) fn restart(&mut self, turn: &mut Turn) {
        if std::mem::take(&mut self.restart) != Restart::No {
            self.credentials = Some(turn.ice_config.generation);
            self.order(turn, PeerOrder::RestartIce(turn.ice_config.servers.to_vec()));
        }
    }

    /// Returns which credentials the connection has, once it is open.
    pub(crate) fn credentials(&self) -> Option<u32> {
        self.credentials
    }

    /// Closes the connection and stops its timers.
    pub(crate) fn close(&self, turn: &mut Turn) {
        let (peer, epoch) = (self.peer, self.epoch);
        turn.stop(Timer::RecoveryTimeout(peer, epoch));
        turn.stop(Timer::RetransmitDue(peer, epoch));
        turn.stop(Timer::AckDue(peer, epoch));
        self.order(turn, PeerOrder::Close);
    }

    fn order(&self, turn: &mut Turn, order: PeerOrder) {
        turn.order_peer(self.peer, self.epoch, order);
    }
}

/// Returns whether a server is a relay (TURN or TURNS).
fn is_relay(server: &IceServer) -> bool {
    server.urls.iter().any(|url| url.starts_with("turn"))
}

#[cfg(test)]
mod search;

#[cfg(test)]
mod tests;
