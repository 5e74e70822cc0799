//! Links: one connection with each peer that the server lets the user talk with.
//!
//! The server opens, renews and closes links, each time with an epoch; what names another epoch is stale. What the two
//! ends tell each other goes through the post (`posting`), and what is done about a connection that is not as it should be is
//! decided by [`Mending`].

mod gap;
mod mending;
mod posting;
mod reception;
mod refresh;
mod stall;

use std::time::Duration;

use protocol::http::IceServer;
use protocol::{
    ClientMessage, Epoch, IceCandidate, Parcel, ParticipantId, Refresh, Signal, Source, UnixMillis,
};

use crate::guard::{Guard, Guards};
use crate::mesh::Row;
use crate::negotiation::{Negotiation, Order, Received};
use crate::post::Post;
use crate::quality::Quality;
use crate::turn::Turn;
use crate::{LinkTrouble, PeerEvent, PeerOrder, Sample, StallView, TileState, Timer};
use gap::Gap;
use mending::{Mending, Step};
use reception::Reception;
use refresh::Refreshes;
use stall::{Remedy, Stalls};

pub(crate) use reception::Hearing;

/// A row is told again no sooner than this: a connection that comes and goes shall not make more of itself.
const ROW: Duration = Duration::from_secs(1);

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
    pub(crate) quality: Quality,
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
            quality: Quality::default(),
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
            quality: self.quality.renewed(),
            mending: self.mending.renewed(),
            reception: self.reception.renewed(),
            stalls: self.stalls.renewed(),
            row: self.row.clone(),
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

    /// Something came from the peer, by whatever way; what names another epoch is stale.
    pub(crate) fn received(&mut self, turn: &mut Turn, epoch: Epoch, parcel: Parcel) {
        let stale = epoch != self.epoch && self.guards.stand(Guard::EpochsMatch);
        if stale || self.orphaned {
            return;
        }
        for signal in self.post.receive(parcel) {
            self.told(turn, signal);
        }
        self.mind_post(turn);
    }

    /// A signal, in its turn. One that is unknown, malformed or longer than any browser's is acknowledged, so that it is not
    /// retransmitted, and dropped.
    fn told(&mut self, turn: &mut Turn, signal: Signal) {
        if !signal.is_bounded() {
            return;
        }
        match signal {
            Signal::Media {
                camera,
                microphone,
                screen,
            } => {
                self.camera = camera;
                self.microphone = microphone;
                self.screen = screen;
            }
            Signal::Hears { heard, missed } => self.row = Some(Row::told(heard, missed)),
            Signal::Refresh { source, how } => self.refresh(turn, source, how),
            Signal::Description(description) => {
                self.negotiate(turn, |n| n.received(Received::Description(description)));
            }
            Signal::Candidate(candidate) => {
                self.negotiate(turn, |n| n.received(Received::Candidate(candidate)));
            }
            Signal::Unknown {} => {}
        }
    }

    /// Takes a step of the negotiation.
    pub(crate) fn negotiate(&mut self, turn: &mut Turn, step: impl FnOnce(&mut Negotiation) -> Vec<Order>) {
        let orders = step(&mut self.negotiation);
        self.carry(turn, orders);
    }

    /// Something happened to the connection.
    pub(crate) fn event(&mut self, turn: &mut Turn, event: PeerEvent) {
        match event {
            PeerEvent::NegotiationNeeded => self.negotiate(turn, Negotiation::needed),
            PeerEvent::OfferCreated(offer) => self.negotiate(turn, |n| n.offer_created(offer)),
            PeerEvent::LocalDescriptionSet {
                description,
                signaling_state,
            } => self.negotiate(turn, |n| n.local_set(description, signaling_state)),
            PeerEvent::RemoteDescriptionSet(state) => self.negotiate(turn, |n| n.remote_set(state)),
            PeerEvent::DescriptionFailed(state) => self.negotiate(turn, |n| n.failed(state)),
            PeerEvent::CandidateGathered(candidate) => self.gathered(turn, candidate),
            PeerEvent::RelayFailed(code) => {
                self.mending.relay_failed(code);
                self.watch(turn);
            }
            PeerEvent::ConnectionChanged(state) => {
                self.mending.changed(state);
                self.watch(turn);
            }
            PeerEvent::IceConnectionChanged(state) => {
                if self.gap.ends(state) {
                    self.order(turn, PeerOrder::RefreshPictures);
                }
            }
            PeerEvent::ChannelChanged(open) => self.channel_changed(turn, open),
            PeerEvent::CamePast(parcel) => self.received(turn, self.epoch, parcel),
            // The trace of a call within the page hears them; a link goes by what was set, and by the whole.
            PeerEvent::SignalingChanged(_)
            | PeerEvent::IceGatheringChanged(_)
            | PeerEvent::PictureArrived { .. } => {}
        }
    }

    fn gathered(&mut self, turn: &mut Turn, candidate: IceCandidate) {
        if candidate.candidate.contains(" typ relay") {
            self.mending.relay_found();
        }
        self.negotiate(turn, |negotiation| negotiation.gathered(candidate));
    }

    fn order(&self, turn: &mut Turn, order: PeerOrder) {
        turn.order_peer(self.peer, self.epoch, order);
    }

    /// The time is up for a connection that is not as it should be.
    pub(crate) fn late(&mut self, turn: &mut Turn, online: bool) {
        self.watch = None;
        let step = self.mending.late(online);
        self.mend(turn, step);
    }

    /// The user asks for another attempt; a connection that was not given up goes on.
    pub(crate) fn retry(&mut self, turn: &mut Turn) {
        if self.stalls.retry() {
            return self.renew(turn);
        }
        let step = self.mending.retry();
        self.mend(turn, step);
    }

    /// The network changed, for certain or perhaps.
    pub(crate) fn network_changed(&mut self, turn: &mut Turn, certain: bool) {
        let step = self.mending.network_changed(certain);
        self.mend(turn, step);
    }

    /// The server, or the peer, is within reach again: what may be lost is said once more, and what could not be done
    /// meanwhile is done.
    pub(crate) fn resumed(&mut self, turn: &mut Turn) {
        if self.orphaned {
            // The wish for the next epoch may be what was lost.
            self.mending.resumed();
            return self.renew(turn);
        }
        self.say_again(turn);
        let step = self.mending.resumed();
        self.mend(turn, step);
    }

    /// A look at what arrives.
    pub(crate) fn looked(&mut self, turn: &mut Turn, sample: &Sample) {
        let says = [
            (self.microphone, Source::Microphone),
            (self.camera, Source::Camera),
            (self.screen, Source::Screen),
        ];
        let sent: Vec<_> = says.into_iter().filter(|(sent, _)| *sent).collect();
        let mut sent: Vec<_> = sent.into_iter().map(|(_, source)| source).collect();
        if self.mending.is_connected() {
            self.reception.looked(turn.now(), &sent, sample);
        }
        self.mending
            .hears(self.reception.deaf(), self.hearing() == Hearing::Heard);
        self.watch(turn);
        if self.screen {
            sent.push(Source::ScreenSound);
        }
        // A connection that brings nothing at all is mended as a whole.
        if self.mending.is_connected() && !self.reception.deaf() {
            for (source, remedy) in self.stalls.looked(turn.now(), &sent, sample) {
                self.remedy(turn, source, remedy);
            }
        } else {
            self.stalls.pause();
        }
    }

    fn remedy(&mut self, turn: &mut Turn, source: Source, remedy: Remedy) {
        match remedy {
            Remedy::Ask(how) => {
                self.say(turn, Signal::Refresh { source, how });
                self.mind_post(turn);
            }
            Remedy::Renegotiate => self.negotiate(turn, Negotiation::needed),
            Remedy::Renew => self.renew(turn),
        }
    }

    /// The peer says that a source of ours does not play.
    fn refresh(&mut self, turn: &mut Turn, source: Source, how: Refresh) {
        if self.refreshes.admit(turn.now(), source, how) {
            let order = match how {
                Refresh::KeyFrame => PeerOrder::RefreshPictures,
                Refresh::Track => PeerOrder::ResetTrack(source),
            };
            self.order(turn, order);
        }
    }

    /// What of the peer's does not play on this page, though it is sent.
    pub(crate) fn stalls(&self) -> Vec<StallView> {
        self.stalls.view()
    }

    /// How many times something did not play, since the link opened.
    pub(crate) fn stall_count(&self) -> u32 {
        self.stalls.count()
    }

    /// A look at a connection that may not be there.
    pub(crate) fn look_for_connection(&mut self, now: UnixMillis) {
        if !self.mending.is_connected() {
            self.reception.waits(now);
        }
    }

    /// Whether anything arrives from the peer.
    pub(crate) fn hearing(&self) -> Hearing {
        self.reception.hearing()
    }

    /// Whom the peer hears, as far as it told.
    pub(crate) fn row(&self) -> Option<&Row> {
        self.row.as_ref()
    }

    /// Tells the peer the own row, if it does not know it and was not told another just now.
    pub(crate) fn tell_row(&mut self, turn: &mut Turn, row: &Row) {
        let now = turn.now();
        let known = self
            .row_told
            .as_ref()
            .is_some_and(|(told, at)| told == row || Duration::from_millis(now.0.saturating_sub(at.0)) < ROW);
        if !known && self.mending.is_connected() {
            self.row_told = Some((row.clone(), now));
            self.say(turn, row.clone().into());
            self.mind_post(turn);
        }
    }

    /// Why the connection was given up; asked for once.
    pub(crate) fn take_failure(&mut self) -> Option<LinkTrouble> {
        let given_up = self.mending.given_up();
        let told = std::mem::replace(&mut self.failure_told, given_up);
        (given_up && !told).then(|| self.mending.trouble())
    }

    pub(crate) fn tile_state(&self) -> TileState {
        if self.mending.given_up() {
            TileState::Failed
        } else if self.mending.is_connected() {
            TileState::Connected
        } else if self.mending.was_connected() {
            TileState::Reconnecting
        } else {
            TileState::Connecting
        }
    }

    /// A new epoch, or the end of all attempts.
    fn renew(&mut self, turn: &mut Turn) {
        let step = self.mending.renew();
        self.mend(turn, step);
    }

    fn mend(&mut self, turn: &mut Turn, step: Step) {
        let (peer, epoch) = (self.peer, self.epoch);
        match step {
            Step::Wait | Step::GiveUp => {}
            Step::Restart => self.want_restart(),
            Step::Renew => turn.send(ClientMessage::RestartLink { peer, epoch }),
        }
        self.watch(turn);
    }

    fn carry(&mut self, turn: &mut Turn, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::CreateOffer => self.order(turn, PeerOrder::CreateOffer),
                Order::SetLocal(offer) => self.order(turn, PeerOrder::SetLocalDescription(offer)),
                Order::SetRemote(description) => {
                    self.order(turn, PeerOrder::SetRemoteDescription(description));
                }
                Order::AddCandidate(candidate) => self.order(turn, PeerOrder::AddIceCandidate(candidate)),
                Order::SendDescription(description) => self.say(turn, Signal::Description(description)),
                Order::SendCandidate(candidate) => self.say(turn, Signal::Candidate(candidate)),
                // Bounded: a description that never works must not be tried at the speed of the network.
                Order::GiveUp => self.renew(turn),
            }
        }
        self.watch(turn);
        self.mind_post(turn);
    }

    /// Keeps the timer right: started when patience begins to run, stopped when all is well.
    fn watch(&mut self, turn: &mut Turn) {
        self.mending.settled(self.negotiation.settled());
        let patience = self.mending.patience().filter(|_| self.opened);
        if patience == self.watch {
            return;
        }
        self.watch = patience;
        let timer = Timer::LinkLate(self.peer, self.epoch);
        match patience {
            Some(after) => turn.start(timer, after),
            None => turn.stop(timer),
        }
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
