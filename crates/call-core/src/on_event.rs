//! What each fact that the shell reports leads to.

use protocol::{Epoch, ErrorCode, ParticipantId, ServerMessage};

use crate::lab::Loopback;
use crate::link::Link;
use crate::turn::Turn;
use crate::{
    ChatOwner, Core, DeviceEvent, Event, KeptChat, LabEvent, NoticeBody, PageEvent, PeerEvent, RequestId,
    ScreenEvent, SocketEvent, SocketId, Timer,
};

impl Core {
    pub(crate) fn event(&mut self, turn: &mut Turn, event: Event) {
        match event {
            Event::Page(event) => self.page_event(turn, event),
            Event::ApiAnswered { request, answer } => self.api_answered(turn, request, answer),
            Event::Socket { socket, event } => self.socket_event(turn, socket, event),
            Event::Peer { peer, epoch, event } => self.peer_event(turn, peer, epoch, event),
            Event::LevelsMeasured(levels) => self.levels_measured(turn.now(), &levels),
            Event::QualityMeasured { peer, epoch, sample } => {
                self.quality_measured(turn, (peer, epoch), *sample);
            }
            Event::Devices(event) => self.device_event(turn, event),
            Event::Screen { request, event } => self.screen_event(turn, request, event),
            Event::Lab(event) => self.lab_event(turn, event),
            Event::ChatRecalled(owner, kept) => self.chat_recalled(&owner, kept),
            Event::RingMuted(muted) => self.ring_muted = muted,
            Event::TimerFired(timer) => self.timer_fired(turn, timer),
        }
    }

    fn page_event(&mut self, turn: &mut Turn, event: PageEvent) {
        match event {
            PageEvent::Started(beginning) => self.start(turn, *beginning),
            PageEvent::PathChanged(path) => self.path_changed(turn, &path),
            PageEvent::Hidden(hidden) => self.page_hidden(turn, hidden),
            PageEvent::Focused(focused) => self.page_blurred = !focused,
            PageEvent::Closing => self.signaling.page_closing(turn),
            PageEvent::WentOnline => self.network_changed(turn, true),
            PageEvent::NetworkChanged => self.network_changed(turn, false),
        }
    }

    fn socket_event(&mut self, turn: &mut Turn, socket: SocketId, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.socket_opened(turn, socket),
            SocketEvent::Closed => {
                if self.place.wants_socket() {
                    self.signaling.closed(turn, socket);
                }
            }
            SocketEvent::Received(message) => self.message_received(turn, socket, message),
        }
    }

    fn peer_event(&mut self, turn: &mut Turn, peer: ParticipantId, epoch: Epoch, event: PeerEvent) {
        if Loopback::has(peer) {
            return self.labs.loopback.event(turn, peer, epoch, event);
        }
        let failed_relay = if let PeerEvent::RelayFailed(code) = event {
            Some(code)
        } else {
            None
        };
        self.with_link(turn, peer, epoch, |link, turn| link.event(turn, event));
        if let Some(code) = failed_relay {
            self.relay_refused(turn, peer, epoch, code);
        }
    }

    fn device_event(&mut self, turn: &mut Turn, event: DeviceEvent) {
        match event {
            DeviceEvent::Opened { request, open } => self.devices_opened(turn, request, open),
            DeviceEvent::Failed { request, error } => self.devices_failed(turn, request, error),
            DeviceEvent::Lost(device) => self.device_lost(turn, device),
            DeviceEvent::Muted { device, muted } => self.device_muted(turn, device, muted),
            DeviceEvent::Listed(listed) => self.devices_listed(turn, listed),
            DeviceEvent::MicrophoneLevel(level) => self.microphone_level(turn, level),
        }
    }

    fn screen_event(&mut self, turn: &mut Turn, request: RequestId, event: ScreenEvent) {
        match event {
            ScreenEvent::Opened { sound } => self.screen_opened(turn, request, sound),
            ScreenEvent::Failed(error) => self.screen_failed(turn, request, error),
            ScreenEvent::Ended => self.screen_ended(turn, request),
        }
    }

    fn lab_event(&mut self, turn: &mut Turn, event: LabEvent) {
        match event {
            LabEvent::ProbeTold { probe, fact } => self.probe_told(turn, probe, fact),
            LabEvent::BrowserTold(capabilities) => self.labs.set_up.know(capabilities),
            LabEvent::Recorded { request, url } => self.labs.set_up.recorded(turn, request, url),
        }
    }

    fn page_hidden(&mut self, turn: &mut Turn, hidden: bool) {
        self.page_hidden = hidden;
        if let Some(room) = &mut self.room {
            room.chat.look(hidden);
        }
        if !hidden {
            self.network_changed(turn, false);
        }
    }

    /// What is kept of another chat, asked for before this room was entered, is stale.
    fn chat_recalled(&mut self, owner: &ChatOwner, kept: KeptChat) {
        if self.chat_owner().as_ref() == Some(owner)
            && let Some(room) = &mut self.room
        {
            room.chat.recall(kept);
        }
    }

    fn socket_opened(&mut self, turn: &mut Turn, socket: SocketId) {
        let (Some(user), Some(room)) = (&self.user, self.place.room()) else {
            return;
        };
        let ticket = self.ticket.for_room(room);
        self.signaling.opened(turn, socket, user, room, ticket);
    }

    fn message_received(
        &mut self,
        turn: &mut Turn,
        socket: SocketId,
        message: Result<ServerMessage, ErrorCode>,
    ) {
        if !self.signaling.is_current(socket) {
            return;
        }
        match message {
            Ok(message) => self.message(turn, message),
            // A newer server may say more than this page needs to know.
            Err(ErrorCode::UnknownMessage) => {}
            Err(_) => turn.notify(NoticeBody::Outdated),
        }
    }

    fn timer_fired(&mut self, turn: &mut Turn, timer: Timer) {
        match timer {
            Timer::Ping => self.signaling.ping(turn),
            Timer::PongLate => {
                if self.place.wants_socket() {
                    self.signaling.pong_late(turn);
                }
            }
            Timer::Reconnect => self.signaling.retry(turn),
            Timer::Chat => {
                if let Some(room) = &mut self.room {
                    room.chat.pause_over();
                }
            }
            Timer::LinkLate(peer, epoch) => {
                // A call within the page needs no server.
                let online = self.signaling.is_joined() || Loopback::has(peer);
                self.with_link(turn, peer, epoch, |link, turn| link.late(turn, online));
            }
            Timer::SignalUnseen(peer, epoch) => self.with_link(turn, peer, epoch, Link::unseen),
            Timer::WordDue(peer, epoch) => self.with_link(turn, peer, epoch, Link::word_due),
            Timer::RestartDue => self.ice_servers_late(turn),
            Timer::Pulse => self.pulse(turn),
            Timer::IceServers => self.fetch_ice_servers(turn),
            Timer::Levels => self.measure_levels(turn),
            Timer::Quality => self.measure_quality(turn),
            Timer::Recording => self.labs.set_up.stop_recording(turn),
            Timer::ProbeLate(probe) => self.probe_late(turn, probe),
            Timer::Notice(id) => self.notices.dismiss(id),
        }
    }

    /// Lets a link do something, if it still has that epoch.
    fn with_link(
        &mut self,
        turn: &mut Turn,
        peer: ParticipantId,
        epoch: Epoch,
        act: impl FnOnce(&mut Link, &mut Turn),
    ) {
        if Loopback::has(peer) {
            self.labs.loopback.with_end(turn, peer, epoch, act);
        } else if let Some(link) = self.room.as_mut().and_then(|room| room.link(peer, epoch)) {
            act(link, turn);
        }
    }
}
