//! Dispatches each effect to the part that carries it out.

use call_core::{
    AlertOrder, DeviceOrder, Effect, Event, LabEvent, LabOrder, PageOrder, PeerOrder, Ringing, ScreenOrder,
    SocketOrder, StoreOrder,
};
use protocol::{Epoch, ParticipantId};

use super::notification::Notification;
use super::peer::Peer;
use super::pressure::Pressure;
use super::{Shell, capabilities, kept_chats, kept_devices, storage};

impl Shell {
    /// Carries out one effect.
    pub fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::CallApi { request, call } => self.api.call(request, call),
            Effect::Socket(order) => self.socket(order),
            Effect::Peer { peer, epoch, order } => self.peer(peer, epoch, order),
            Effect::Prepare(wanted) => self.peers.prepare(wanted),
            Effect::MeasureVoice => self.peers.measure_voice(),
            Effect::LookAtPlayback => self.peers.look_at_playback(),
            Effect::Devices(order) => self.device(order),
            Effect::Screen(ScreenOrder::Open(request)) => self.screen.open(request),
            Effect::Screen(ScreenOrder::Close) => self.screen.close(),
            Effect::Lab(order) => self.lab(order),
            Effect::StartTimer { timer, after } => self.timers.start(timer, after),
            Effect::StopTimer(timer) => self.timers.stop(timer),
            Effect::Page(order) => self.page(order),
            Effect::Store(order) => self.store(order),
            Effect::Alert(order) => self.alert(order),
        }
    }

    fn socket(&mut self, order: SocketOrder) {
        match order {
            SocketOrder::Open(socket) => self.signaling.open(socket),
            SocketOrder::Close => self.signaling.close(),
            SocketOrder::Send(message) => self.signaling.send(&message),
        }
    }

    fn peer(&mut self, peer: ParticipantId, epoch: Epoch, order: PeerOrder) {
        let with = |then: &dyn Fn(&Peer)| self.peers.with(peer, epoch, then);
        match order {
            PeerOrder::Open(wanted) => self.peers.open(peer, epoch, &wanted),
            PeerOrder::Close => self.peers.close(peer, epoch),
            PeerOrder::AwaitFirstFrame => self.peers.await_first_frame(peer, epoch),
            PeerOrder::SendOnDataChannel(envelope) => with(&|peer| peer.send_on_data_channel(&envelope)),
            PeerOrder::CreateOffer => with(&Peer::create_offer),
            PeerOrder::SetLocalDescription(offer) => with(&|peer| peer.set_local_description(offer.as_ref())),
            PeerOrder::SetRemoteDescription(description) => {
                with(&|peer| peer.set_remote_description(&description));
            }
            PeerOrder::AddIceCandidate(candidate) => with(&|peer| peer.add_ice_candidate(&candidate)),
            PeerOrder::RestartIce(servers) => with(&|peer| peer.restart_ice(&servers)),
            PeerOrder::ReplaceTrack(source) => with(&|peer| peer.replace_track(source)),
            PeerOrder::ResetTrack(source) => with(&|peer| peer.reset_track(source)),
            PeerOrder::LimitVideo(video, encoding) => with(&|peer| peer.limit_video(video, encoding)),
            PeerOrder::SendKeyFrames => with(&Peer::send_key_frames),
            PeerOrder::MeasureQuality => with(&Peer::measure_quality),
        }
    }

    fn device(&mut self, order: DeviceOrder) {
        match order {
            DeviceOrder::Open {
                request,
                camera,
                microphone,
            } => self.media.open(request, camera, microphone),
            DeviceOrder::List => self.devices.list(),
            DeviceOrder::Meter(every) => self.meter.run(every),
            DeviceOrder::PlayTestSound(speaker) => self.test_sound.play(speaker.as_deref()),
            DeviceOrder::Close(device) => self.media.close(device),
            DeviceOrder::EnableMicrophone(heard) => self.tracks.enable_microphone(heard),
        }
    }

    fn lab(&mut self, order: LabOrder) {
        match order {
            LabOrder::StartProbe { probe, relay, server } => self.probes.start(probe, relay, &server),
            LabOrder::StopProbe(probe) => self.probes.stop(probe),
            LabOrder::DetectCapabilities => {
                let told = LabEvent::CapabilitiesDetected(capabilities::look());
                self.events.send(Event::Lab(told));
            }
            LabOrder::Record(request) => self.recorder.start(request),
            LabOrder::StopRecording => self.recorder.stop(),
            LabOrder::DropRecording => self.recorder.give_back(),
        }
    }

    fn page(&mut self, order: PageOrder) {
        match order {
            PageOrder::ShowPath(path, step) => self.location.show(&path, step),
            PageOrder::RevertHistoryStep => self.location.revert_step(),
            PageOrder::AskBeforeUnload(ask) => self.page.ask_before_unload(ask),
            PageOrder::WatchProcessor(watch) => {
                self.pressure = watch.then(|| Pressure::watch(&self.events)).flatten();
            }
        }
    }

    fn store(&mut self, order: StoreOrder) {
        match order {
            StoreOrder::Session(session) => storage::store_session(&session),
            StoreOrder::ForgetSession(user) => storage::forget_session(&user),
            StoreOrder::Room(room) => storage::store_room(&room),
            StoreOrder::Seat(seat) => self.seat.keep(seat),
            StoreOrder::DeviceChoices(choices) => kept_devices::keep(&choices),
            StoreOrder::KeepChat(owner, kept) => kept_chats::keep(&owner, &kept),
            StoreOrder::RecallChat(owner) => kept_chats::recall(owner, &self.events),
            StoreOrder::ForgetChats(user) => kept_chats::forget(&user),
        }
    }

    fn alert(&mut self, order: AlertOrder) {
        match order {
            AlertOrder::Ring(ringing) => {
                // The notification is for incoming invitations only: it is cleared once none rings.
                if ringing != Ringing::Incoming {
                    self.notification.clear();
                }
                self.ring.sound(ringing);
            }
            AlertOrder::AskForNotifications => Notification::ask(),
            AlertOrder::NotifyInvitation(from) => self.notification.invitation(&from),
        }
    }
}
