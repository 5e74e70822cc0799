//! What each fact that the shell reports leads to.

use protocol::{ClientMessage, Epoch, ErrorCode, ParticipantId, ServerMessage, UnixMillis};

use crate::lab::Loopback;
use crate::link::Link;
use crate::place::Place;
use crate::{ChatOwner, Core, Effect, Event, KeptChat, Moment, NoticeBody, SocketId, Timer};

impl Core {
    pub(crate) fn event(&mut self, moment: Moment, event: Event) -> Vec<Effect> {
        self.labs.loopback.hear(&event);
        match event {
            Event::Started(beginning) => self.start(*beginning),
            Event::PathChanged(path) => self.path_changed(&path),
            Event::PageHidden(hidden) => self.page_hidden(hidden),
            Event::PageFocused(focused) => {
                self.page_blurred = !focused;
                Vec::new()
            }
            Event::PageClosing => self.signaling.page_closing(),
            Event::WentOnline => self.network_changed(true),
            Event::NetworkChanged => self.network_changed(false),
            Event::ApiAnswered { request, answer } => self.api_answered(request, answer),
            Event::SocketOpened(socket) => self.socket_opened(socket),
            Event::SocketClosed(socket) => {
                if self.place.wants_socket() {
                    self.signaling.closed(socket, moment)
                } else {
                    Vec::new()
                }
            }
            Event::MessageReceived { socket, message } => self.message_received(moment, socket, message),
            Event::NegotiationNeeded { peer, epoch } => {
                self.with_link(peer, epoch, |l| l.negotiate(|n| n.needed()))
            }
            Event::OfferCreated { peer, epoch, offer } => {
                self.with_link(peer, epoch, |l| l.negotiate(|n| n.offer_created(offer)))
            }
            Event::LocalDescriptionSet {
                peer,
                epoch,
                description,
                signaling_state,
            } => self.with_link(peer, epoch, |l| {
                l.negotiate(|n| n.local_set(description, signaling_state))
            }),
            Event::RemoteDescriptionSet {
                peer,
                epoch,
                signaling_state,
            } => self.with_link(peer, epoch, |l| l.negotiate(|n| n.remote_set(signaling_state))),
            Event::DescriptionFailed {
                peer,
                epoch,
                signaling_state,
            } => self.with_link(peer, epoch, |l| l.negotiate(|n| n.failed(signaling_state))),
            Event::CandidateGathered {
                peer,
                epoch,
                candidate,
            } => self.with_link(peer, epoch, |l| l.gathered(candidate)),
            Event::RelayFailed { peer, epoch, code } => {
                let mut effects = self.with_link(peer, epoch, |l| l.relay_failed(code));
                effects.extend(self.relay_refused(peer, epoch, code));
                effects
            }
            Event::ConnectionChanged { peer, epoch, state } => {
                self.with_link(peer, epoch, |l| l.connection_changed(state))
            }
            Event::IceConnectionChanged { peer, epoch, state } => {
                self.with_link(peer, epoch, |l| l.ice_changed(state))
            }
            Event::ChannelChanged { peer, epoch, open } => {
                self.with_link(peer, epoch, |l| l.channel_changed(open))
            }
            Event::CamePast { peer, epoch, parcel } => {
                self.with_link(peer, epoch, |l| l.received(moment.now, epoch, parcel))
            }
            Event::LevelsMeasured(levels) => {
                self.levels_measured(moment, &levels);
                Vec::new()
            }
            Event::QualityMeasured { peer, epoch, sample } => {
                self.quality_measured(moment, (peer, epoch), *sample)
            }
            // The trace of a call within the page has heard them; a link goes by what was set, and by the whole.
            Event::SignalingChanged { .. }
            | Event::IceGatheringChanged { .. }
            | Event::PictureArrived { .. } => Vec::new(),
            Event::ProbeTold { probe, fact } => self.probe_told(probe, fact),
            Event::DevicesOpened { request, open } => self.devices_opened(request, open),
            Event::DevicesFailed { request, error } => self.devices_failed(request, error),
            Event::DeviceLost(device) => self.device_lost(device),
            Event::DeviceMuted { device, muted } => self.device_muted(device, muted),
            Event::ScreenOpened { request, sound } => self.screen_opened(request, sound),
            Event::ScreenFailed { request, error } => self.screen_failed(request, error),
            Event::ScreenEnded { request } => self.screen_ended(request),
            Event::DevicesListed(listed) => self.devices_listed(listed),
            Event::MicrophoneLevel(level) => self.microphone_level(level, moment),
            Event::BrowserTold(capabilities) => {
                self.labs.set_up.know(capabilities);
                Vec::new()
            }
            Event::Recorded { request, url } => self.labs.set_up.recorded(request, url),
            Event::RingMuted(muted) => {
                self.ring_muted = muted;
                Vec::new()
            }
            Event::ChatRecalled(owner, kept) => self.chat_recalled(&owner, kept),
            Event::TimerFired(timer) => self.timer_fired(moment, timer),
        }
    }

    fn page_hidden(&mut self, hidden: bool) -> Vec<Effect> {
        self.page_hidden = hidden;
        if let Some(room) = &mut self.room {
            room.chat.look(hidden);
        }
        if hidden {
            Vec::new()
        } else {
            self.network_changed(false)
        }
    }

    /// What is kept of another chat, asked for before this room was entered, is stale.
    fn chat_recalled(&mut self, owner: &ChatOwner, kept: KeptChat) -> Vec<Effect> {
        if self.chat_owner().as_ref() == Some(owner)
            && let Some(room) = &mut self.room
        {
            room.chat.recall(kept);
        }
        Vec::new()
    }

    fn socket_opened(&mut self, socket: SocketId) -> Vec<Effect> {
        let (Some(user), Some(room)) = (&self.user, self.place.room()) else {
            return Vec::new();
        };
        let ticket = self.ticket.for_room(room);
        self.signaling.opened(socket, user, room, ticket)
    }

    fn message_received(
        &mut self,
        moment: Moment,
        socket: SocketId,
        message: Result<ServerMessage, ErrorCode>,
    ) -> Vec<Effect> {
        if !self.signaling.is_current(socket) {
            return Vec::new();
        }
        match message {
            Ok(message) => self.message(moment, message),
            // A newer server may say more than this page needs to know.
            Err(ErrorCode::UnknownMessage) => Vec::new(),
            Err(_) => self.notify(NoticeBody::Outdated),
        }
    }

    fn timer_fired(&mut self, moment: Moment, timer: Timer) -> Vec<Effect> {
        match timer {
            Timer::Ping => self.signaling.ping(),
            Timer::PongLate if self.place.wants_socket() => self.signaling.pong_late(moment),
            Timer::PongLate => Vec::new(),
            Timer::Reconnect => self.signaling.retry(),
            Timer::Chat => {
                if let Some(room) = &mut self.room {
                    room.chat.pause_over();
                }
                Vec::new()
            }
            Timer::LinkLate(peer, epoch) => self.link_late(peer, epoch),
            Timer::SignalUnseen(peer, epoch) => self.with_link(peer, epoch, Link::unseen),
            Timer::WordDue(peer, epoch) => self.with_link(peer, epoch, Link::word_due),
            Timer::RestartDue => self.ice_servers_late(),
            Timer::Pulse => self.pulse(),
            Timer::IceServers => self.fetch_ice_servers(),
            Timer::Levels => self.measure_levels(),
            Timer::Quality => self.measure_quality(),
            Timer::Recording => self.labs.set_up.stop_recording(),
            Timer::ProbeLate(probe) => self.probe_late(probe),
            Timer::Notice(id) => {
                self.notices.dismiss(id);
                Vec::new()
            }
        }
    }

    fn link_late(&mut self, peer: ParticipantId, epoch: Epoch) -> Vec<Effect> {
        if Loopback::has(peer) {
            return self.labs.loopback.late(peer, epoch);
        }
        let online = self.signaling.is_joined();
        self.with_link(peer, epoch, |link| link.late(online))
    }

    /// Lets a link do something, if it still has that epoch.
    fn with_link(
        &mut self,
        peer: ParticipantId,
        epoch: Epoch,
        act: impl FnOnce(&mut Link) -> Vec<Effect>,
    ) -> Vec<Effect> {
        if Loopback::has(peer) {
            return self.labs.loopback.with_end(peer, epoch, act);
        }
        let effects = self
            .room
            .as_mut()
            .and_then(|room| room.link(peer, epoch))
            .map(act)
            .unwrap_or_default();
        self.route(effects)
    }

    /// Sends what is to be sent by way of the socket's queue, so that it waits while the socket is broken. Signals do
    /// not: their link says them again.
    pub(crate) fn route(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let joined = self.signaling.is_joined();
        let mut routed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Send(ClientMessage::Signal { .. }) if !joined => {}
                Effect::Send(message) => routed.extend(self.signaling.say(message)),
                Effect::RestartIce { peer, epoch, .. } => routed.extend(self.restart_fresh(peer, epoch)),
                other => routed.push(other),
            }
        }
        routed
    }

    /// The server will not have this user in this room now, or wants nothing more on this socket.
    pub(crate) fn turned_away(&mut self, code: ErrorCode, until: Option<UnixMillis>) -> Vec<Effect> {
        let Some(room) = self.room_name().cloned() else {
            return Vec::new();
        };
        self.signaling.refused();
        match code {
            // A session of somebody else, of whom it is not said who it is, is none.
            ErrorCode::NotSignedIn | ErrorCode::SessionEnded | ErrorCode::AnotherUser => self.session_ended(),
            code if self.ends_visit(code) => self.visit_ended(code),
            // The way in is closed for now, and the server said why.
            ErrorCode::ServerBusy | ErrorCode::Internal if self.room.is_none() => {
                let effects = self.leave();
                self.place = Place::Refused(room, code, until);
                effects
            }
            // The socket closes next, and is opened again: the seat waits.
            ErrorCode::ShuttingDown
            | ErrorCode::TooSlow
            | ErrorCode::Silent
            | ErrorCode::Flooding
            | ErrorCode::HelloExpected
            | ErrorCode::MessageTooLarge
            | ErrorCode::ServerBusy
            | ErrorCode::Internal => Vec::new(),
            // So it is here, and by then the server has seen the end of the socket that has the seat.
            ErrorCode::SeatOccupied | ErrorCode::SeatTakenOver if self.signaling.crossed_itself(code) => {
                Vec::new()
            }
            code => {
                let said = match code {
                    ErrorCode::SeatOccupied | ErrorCode::SeatTakenOver => self.signaling.seat_lost(code),
                    code => code,
                };
                let effects = self.leave();
                self.place = match said {
                    ErrorCode::SeatOccupied => Place::Occupied(room),
                    ErrorCode::SeatTakenOver => Place::TakenOver(room),
                    code => Place::Refused(room, code, until),
                };
                effects
            }
        }
    }
}
