//! Dispatch of intents, events and timers to the features.

use crate::lab::Loopback;
use crate::link::Link;
use crate::turn::Turn;
use crate::{
    AlertOrder, ApiAnswer, ApiError, Core, Event, Intent, NoticeIntent, RequestId, ScreenIntent, Timer,
};

impl Core {
    pub(crate) fn intent(&mut self, turn: &mut Turn, intent: Intent) {
        match intent {
            Intent::Door(intent) => self.door_intent(turn, intent),
            Intent::Account(intent) => self.account_intent(turn, intent),
            Intent::Room(intent) => self.room_intent(turn, intent),
            Intent::Call(intent) => self.call_intent(turn, intent),
            Intent::Screen(ScreenIntent::Share) => self.share_screen(turn),
            Intent::Screen(ScreenIntent::Stop) => self.stop_sharing(turn),
            Intent::Devices(intent) => self.device_intent(turn, intent),
            Intent::Stage(intent) => self.stage_intent(intent),
            Intent::Chat(intent) => self.chat_intent(turn.moment, intent),
            Intent::Moderate(act) => self.act(turn, act),
            Intent::Lab(intent) => self.lab_intent(turn, intent),
            Intent::Notices(NoticeIntent::AllowNotifications) => turn.order(AlertOrder::AskForNotifications),
            Intent::Notices(NoticeIntent::Dismiss(id)) => self.notices.dismiss(id),
        }
    }

    pub(crate) fn event(&mut self, turn: &mut Turn, event: Event) {
        match event {
            Event::Page(event) => self.page_event(turn, event),
            Event::ApiAnswered { request, answer } => self.api_answered(turn, request, answer),
            Event::Socket { socket, event } => self.socket_event(turn, socket, event),
            Event::Peer { peer, epoch, event } => self.peer_event(turn, peer, epoch, event),
            Event::VoiceMeasured(energy) => self.voice_measured(turn.now(), energy),
            Event::PlaybackSeen(seen) => self.playback_seen(turn, &seen),
            Event::QualityMeasured { peer, epoch, sample } => {
                self.quality_measured(turn, (peer, epoch), *sample);
            }
            Event::Devices(event) => self.device_event(turn, event),
            Event::Screen { request, event } => self.screen_event(turn, request, event),
            Event::Lab(event) => self.lab_event(turn, event),
            Event::ChatRecalled(owner, kept) => self.chat_recalled(&owner, kept),
            Event::RingMuted(muted) => self.ring_muted.put(muted),
            Event::TimerFired(timer) => self.timer_fired(turn, timer),
        }
    }

    fn timer_fired(&mut self, turn: &mut Turn, timer: Timer) {
        match timer {
            Timer::Ping => self.signaling.ping(turn),
            Timer::SocketTimeout => {
                if self.page.wants_socket() {
                    self.signaling.socket_timed_out(turn);
                }
            }
            Timer::Reconnect => self.signaling.retry(turn),
            Timer::Chat => {
                if let Some(room) = &mut self.room {
                    room.chat.pause_over();
                }
            }
            Timer::RecoveryTimeout(peer, epoch) => {
                // The loopback call needs no server.
                let online = self.signaling.is_joined() || Loopback::has(peer);
                self.with_link(turn, peer, epoch, |link, turn| link.timed_out(turn, online));
            }
            Timer::RetransmitDue(peer, epoch) => self.with_link(turn, peer, epoch, Link::retransmit_due),
            Timer::AckDue(peer, epoch) => self.with_link(turn, peer, epoch, Link::ack_due),
            Timer::IceServersTimeout => self.ice_servers_timed_out(turn),
            Timer::SleepCheck => self.sleep_detector(turn),
            Timer::IceServers => self.fetch_ice_servers(turn),
            Timer::Voice => self.measure_voice(turn),
            // The speakers are followed after each input.
            Timer::Speaker => {}
            // So is the plan.
            Timer::Uplink => self.uplink.waited(),
            Timer::Quality => self.measure_quality(turn),
            Timer::Recording => self.labs.set_up.stop_recording(turn),
            Timer::ProbeTimeout(probe) => self.probe_timed_out(turn, probe),
            Timer::Notice(id) => self.notices.dismiss(id),
        }
    }

    fn api_answered(&mut self, turn: &mut Turn, request: RequestId, answer: Result<ApiAnswer, ApiError>) {
        if self.ice.request == Some(request) {
            return self.ice_answered(turn, answer);
        }
        if let Err(answer) = self.account_answered(turn, request, answer) {
            self.sign_in_answered(turn, request, answer);
        }
    }
}
