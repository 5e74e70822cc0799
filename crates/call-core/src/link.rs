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
use crate::{ConnectionState, Effect, IceState, LinkTrouble, Sample, StallView, TileState, Timer};
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
    pub(crate) fn without_connection(you: ParticipantId, link: protocol::Link) -> (Self, Vec<Effect>) {
        let mut link = Self {
            opened: true,
            orphaned: true,
            ..Self::new(you, link)
        };
        let effects = link.renew();
        (link, effects)
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

    /// Makes the connection, if it is not made yet.
    pub(crate) fn open(&mut self, ice_servers: Vec<IceServer>) -> Vec<Effect> {
        if std::mem::replace(&mut self.opened, true) {
            return Vec::new();
        }
        let (peer, epoch) = (self.peer, self.epoch);
        self.mending.relays_offered(ice_servers.iter().any(is_relay));
        let mut effects = vec![Effect::OpenPeer {
            peer,
            epoch,
            offers: !self.polite,
            ice_servers,
            relay_only: self.mending.relay_only(),
        }];
        let orders = self.negotiation.opened();
        effects.extend(self.carry(orders));
        effects
    }

    /// Gives the connection back.
    pub(crate) fn close(&self) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        vec![
            Effect::StopTimer(Timer::LinkLate(peer, epoch)),
            Effect::StopTimer(Timer::SignalUnseen(peer, epoch)),
            Effect::StopTimer(Timer::WordDue(peer, epoch)),
            Effect::ClosePeer { peer, epoch },
        ]
    }

    /// Something came from the peer, by whatever way; what names another epoch is stale.
    pub(crate) fn received(&mut self, now: UnixMillis, epoch: Epoch, parcel: Parcel) -> Vec<Effect> {
        let stale = epoch != self.epoch && self.guards.stand(Guard::EpochsMatch);
        if stale || self.orphaned {
            return Vec::new();
        }
        let mut effects = Vec::new();
        for signal in self.post.receive(parcel) {
            effects.extend(self.told(now, signal));
        }
        effects.extend(self.mind_post());
        effects
    }

    /// A signal, in its turn. One that is unknown, malformed or longer than any browser's is acknowledged, so that it is not
    /// retransmitted, and dropped.
    fn told(&mut self, now: UnixMillis, signal: Signal) -> Vec<Effect> {
        if !signal.is_bounded() {
            return Vec::new();
        }
        let what = match signal {
            Signal::Media {
                camera,
                microphone,
                screen,
            } => {
                self.camera = camera;
                self.microphone = microphone;
                self.screen = screen;
                return Vec::new();
            }
            Signal::Hears { heard, missed } => {
                self.row = Some(Row::told(heard, missed));
                return Vec::new();
            }
            Signal::Refresh { source, how } => return self.refresh(now, source, how),
            Signal::Unknown {} => return Vec::new(),
            Signal::Description(description) => Received::Description(description),
            Signal::Candidate(candidate) => Received::Candidate(candidate),
        };
        self.negotiate(|negotiation| negotiation.received(what))
    }

    /// Takes a step of the negotiation.
    pub(crate) fn negotiate(&mut self, step: impl FnOnce(&mut Negotiation) -> Vec<Order>) -> Vec<Effect> {
        let orders = step(&mut self.negotiation);
        self.carry(orders)
    }

    /// A candidate of ours was found.
    pub(crate) fn gathered(&mut self, candidate: IceCandidate) -> Vec<Effect> {
        if candidate.candidate.contains(" typ relay") {
            self.mending.relay_found();
        }
        self.negotiate(|negotiation| negotiation.gathered(candidate))
    }

    /// A relay could not be used.
    pub(crate) fn relay_failed(&mut self, code: u16) -> Vec<Effect> {
        self.mending.relay_failed(code);
        self.watch()
    }

    /// The connection changed.
    pub(crate) fn connection_changed(&mut self, state: ConnectionState) -> Vec<Effect> {
        self.mending.changed(state);
        self.watch()
    }

    /// The way to the other end changed.
    pub(crate) fn ice_changed(&mut self, state: IceState) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let ends = self.gap.ends(state);
        ends.then_some(Effect::RefreshPictures { peer, epoch })
            .into_iter()
            .collect()
    }

    /// The time is up for a connection that is not as it should be.
    pub(crate) fn late(&mut self, online: bool) -> Vec<Effect> {
        self.watch = None;
        let step = self.mending.late(online);
        self.mend(step)
    }

    /// The user asks for another attempt; a connection that was not given up goes on.
    pub(crate) fn retry(&mut self) -> Vec<Effect> {
        if self.stalls.retry() {
            return self.renew();
        }
        let step = self.mending.retry();
        self.mend(step)
    }

    /// The network changed, for certain or perhaps.
    pub(crate) fn network_changed(&mut self, certain: bool) -> Vec<Effect> {
        let step = self.mending.network_changed(certain);
        self.mend(step)
    }

    /// The server, or the peer, is within reach again: what may be lost is said once more, and what could not be done
    /// meanwhile is done.
    pub(crate) fn resumed(&mut self) -> Vec<Effect> {
        if self.orphaned {
            // The wish for the next epoch may be what was lost.
            self.mending.resumed();
            return self.renew();
        }
        let mut effects = self.say_again();
        let step = self.mending.resumed();
        effects.extend(self.mend(step));
        effects
    }

    /// A look at what arrives.
    pub(crate) fn looked(&mut self, now: UnixMillis, sample: &Sample) -> Vec<Effect> {
        let says = [
            (self.microphone, Source::Microphone),
            (self.camera, Source::Camera),
            (self.screen, Source::Screen),
        ];
        let sent: Vec<_> = says.into_iter().filter(|(sent, _)| *sent).collect();
        let mut sent: Vec<_> = sent.into_iter().map(|(_, source)| source).collect();
        if self.mending.is_connected() {
            self.reception.looked(now, &sent, sample);
        }
        self.mending
            .hears(self.reception.deaf(), self.hearing() == Hearing::Heard);
        let mut effects = self.watch();
        if self.screen {
            sent.push(Source::ScreenSound);
        }
        // A connection that brings nothing at all is mended as a whole.
        if self.mending.is_connected() && !self.reception.deaf() {
            for (source, remedy) in self.stalls.looked(now, &sent, sample) {
                effects.extend(self.remedy(source, remedy));
            }
        } else {
            self.stalls.pause();
        }
        effects
    }

    fn remedy(&mut self, source: Source, remedy: Remedy) -> Vec<Effect> {
        match remedy {
            Remedy::Ask(how) => {
                let mut effects = self.say(Signal::Refresh { source, how });
                effects.extend(self.mind_post());
                effects
            }
            Remedy::Renegotiate => self.negotiate(Negotiation::needed),
            Remedy::Renew => self.renew(),
        }
    }

    /// The peer says that a source of ours does not play.
    fn refresh(&mut self, now: UnixMillis, source: Source, how: Refresh) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        if !self.refreshes.admit(now, source, how) {
            return Vec::new();
        }
        vec![match how {
            Refresh::KeyFrame => Effect::RefreshPictures { peer, epoch },
            Refresh::Track => Effect::ResetTrack { peer, epoch, source },
        }]
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
    pub(crate) fn tell_row(&mut self, row: &Row, now: UnixMillis) -> Vec<Effect> {
        let known = self
            .row_told
            .as_ref()
            .is_some_and(|(told, at)| told == row || Duration::from_millis(now.0.saturating_sub(at.0)) < ROW);
        if known || !self.mending.is_connected() {
            return Vec::new();
        }
        self.row_told = Some((row.clone(), now));
        let mut effects = self.say(row.clone().into());
        effects.extend(self.mind_post());
        effects
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
    fn renew(&mut self) -> Vec<Effect> {
        let step = self.mending.renew();
        self.mend(step)
    }

    fn mend(&mut self, step: Step) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let mut effects = match step {
            Step::Wait | Step::GiveUp => Vec::new(),
            Step::Restart => vec![Effect::RestartIce {
                peer,
                epoch,
                ice_servers: Vec::new(),
            }],
            Step::Renew => vec![Effect::Send(ClientMessage::RestartLink { peer, epoch })],
        };
        effects.extend(self.watch());
        effects
    }

    fn carry(&mut self, orders: Vec<Order>) -> Vec<Effect> {
        let (peer, epoch) = (self.peer, self.epoch);
        let mut effects = Vec::new();
        for order in orders {
            match order {
                Order::CreateOffer => effects.push(Effect::CreateOffer { peer, epoch }),
                Order::SetLocal(offer) => effects.push(Effect::SetLocalDescription { peer, epoch, offer }),
                Order::SetRemote(description) => {
                    effects.push(Effect::SetRemoteDescription {
                        peer,
                        epoch,
                        description,
                    });
                }
                Order::AddCandidate(candidate) => effects.push(Effect::AddIceCandidate {
                    peer,
                    epoch,
                    candidate,
                }),
                Order::SendDescription(description) => {
                    effects.extend(self.say(Signal::Description(description)));
                }
                Order::SendCandidate(candidate) => {
                    effects.extend(self.say(Signal::Candidate(candidate)));
                }
                // Bounded: a description that never works must not be tried at the speed of the network.
                Order::GiveUp => effects.extend(self.renew()),
            }
        }
        effects.extend(self.watch());
        effects.extend(self.mind_post());
        effects
    }

    /// Keeps the timer right: started when patience begins to run, stopped when all is well.
    fn watch(&mut self) -> Vec<Effect> {
        self.mending.settled(self.negotiation.settled());
        let patience = self.mending.patience().filter(|_| self.opened);
        if patience == self.watch {
            return Vec::new();
        }
        self.watch = patience;
        let timer = Timer::LinkLate(self.peer, self.epoch);
        vec![
            patience.map_or(Effect::StopTimer(timer), |after| Effect::StartTimer {
                timer,
                after,
            }),
        ]
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
