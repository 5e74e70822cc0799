//! Connects the user's devices with the room: what is turned on for it, and what peers are sent and notified of.

use crate::media::Failure;
use crate::media::meter::{self, Purpose};
use crate::page::PageState;
use crate::turn::Turn;
use crate::{
    Core, Device, DeviceEvent, DeviceIntent, DeviceOrder, Lab, ListedDevice, MediaError, NoticeBody,
    OpenDevice, RequestId, Source, StoreOrder,
};

impl Core {
    pub(crate) fn device_event(&mut self, turn: &mut Turn, event: DeviceEvent) {
        match event {
            DeviceEvent::Opened { request, open } => self.devices_opened(turn, request, open),
            DeviceEvent::Failed { request, error } => self.devices_failed(turn, request, error),
            DeviceEvent::Lost(device) => self.device_lost(turn, device),
            DeviceEvent::Muted { device, muted } => self.device_muted(turn, device, muted),
            DeviceEvent::Listed(listed) => self.devices_listed(turn, listed),
            DeviceEvent::MicrophoneLevel(level) => self.microphone_level(turn, level),
        }
    }

    /// Turns on the devices that a call needs.
    pub(crate) fn open_for_call(&mut self, turn: &mut Turn) {
        self.media.for_call(turn);
    }

    /// Turns on the devices that the user wants on, before entering a room.
    pub(crate) fn prepare_devices(&mut self, turn: &mut Turn) {
        turn.order(DeviceOrder::List);
        self.media.prepare(turn);
    }

    /// Handles what the user does with a device.
    pub(crate) fn device_intent(&mut self, turn: &mut Turn, intent: DeviceIntent) {
        match intent {
            DeviceIntent::StartCamera => {
                self.media.start_camera(turn);
                self.switched(turn, Device::Camera);
            }
            DeviceIntent::StopCamera => {
                self.media.stop_camera(turn);
                self.switched(turn, Device::Camera);
            }
            DeviceIntent::UnmuteMicrophone => {
                self.media.unmute(turn);
                self.meter.unmuted();
                self.switched(turn, Device::Microphone);
            }
            DeviceIntent::MuteMicrophone => self.mute_microphone(turn),
            DeviceIntent::Choose(kind, id) => {
                self.media.choose(turn, kind, &id);
                self.keep_choices(turn);
            }
            DeviceIntent::TestSpeaker => self.test_speaker(turn),
            DeviceIntent::HideAddress(hidden) => {
                self.media.hide_address(hidden);
                self.keep_choices(turn);
            }
        }
    }

    /// Mutes the microphone, for the user or a moderator.
    pub(crate) fn mute_microphone(&mut self, turn: &mut Turn) {
        self.media.mute(turn, self.in_call);
        self.switched(turn, Device::Microphone);
    }

    /// Saves that a device was turned on or off, and notifies peers.
    fn switched(&mut self, turn: &mut Turn, device: Device) {
        self.settle_device_notices(device);
        self.keep_choices(turn);
        self.notify_sources(turn, &[device.into()]);
    }

    /// Handles the browser's list of devices.
    pub(crate) fn devices_listed(&mut self, turn: &mut Turn, listed: Vec<ListedDevice>) {
        let reopens = self.media.list(turn, listed);
        let speaker = self.media.speaker_followed();
        // A headset's microphone gets its notice once it is open: one notice for microphone and speaker together.
        let shown = self.room.is_some() || matches!(self.page, PageState::Ready(_));
        if let Some(name) = speaker.filter(|_| shown && !reopens) {
            turn.notify(NoticeBody::DeviceFollowed(name));
        }
    }

    pub(crate) fn devices_opened(&mut self, turn: &mut Turn, request: RequestId, open: Vec<OpenDevice>) {
        let opened = self.media.opened(request, open);
        turn.order(DeviceOrder::EnableMicrophone(!self.media.muted()));
        for opened in &opened {
            self.settle_device_notices(opened.device);
            if let Some((gone, now)) = opened.replaced.clone() {
                turn.notify(NoticeBody::DeviceReplaced { gone, now });
            }
            self.tell_muted_by_system(turn, opened.device);
            if let Some(name) = opened.followed.clone() {
                turn.notify(NoticeBody::DeviceFollowed(name));
            }
        }
        let opened: Vec<Source> = opened.iter().map(|opened| opened.device.into()).collect();
        self.notify_sources(turn, &opened);
        // The browser reveals device names only now.
        turn.order(DeviceOrder::List);
    }

    pub(crate) fn devices_failed(&mut self, turn: &mut Turn, request: RequestId, error: MediaError) {
        match self.media.failed(turn, request, error) {
            Failure::Stale => {}
            // A device that was closed for the retry is off for the peers until it is open again.
            Failure::Retry => self.notify_sources(turn, &[Source::Camera, Source::Microphone]),
            // Before a room the preview shows the same text.
            Failure::Of(_) | Failure::Both if matches!(self.page, PageState::Ready(_)) => {}
            Failure::Of(device) => turn.notify(NoticeBody::Media { device, error }),
            Failure::Both => {
                turn.notify(NoticeBody::Media {
                    device: Device::Camera,
                    error,
                });
                // One notice is enough where both fail because the page is not secure.
                if error != MediaError::Insecure {
                    turn.notify(NoticeBody::Media {
                        device: Device::Microphone,
                        error,
                    });
                }
            }
            Failure::Kept(device) => {
                self.keep_choices(turn);
                turn.notify(NoticeBody::DeviceKept(device));
            }
            Failure::Gone(device) => turn.notify(NoticeBody::DeviceLost(device)),
        }
    }

    /// A device stopped by itself: requests another in its place, and notifies peers.
    pub(crate) fn device_lost(&mut self, turn: &mut Turn, device: Device) {
        if self.media.lost(turn, device) {
            self.notify_sources(turn, &[device.into()]);
        }
    }

    /// The system muted or unmuted a device: peers see it as off, and the user gets a notice with the reason.
    pub(crate) fn device_muted(&mut self, turn: &mut Turn, device: Device, muted: bool) {
        if !self.media.mute_by_system(device, muted) {
            return;
        }
        let sending = self.sending();
        self.in_room(turn, |room, turn| room.media_changed(turn, &[], sending));
        if muted {
            self.tell_muted_by_system(turn, device);
        } else {
            self.notices
                .settle(|body| *body == NoticeBody::MutedBySystem(device));
        }
    }

    /// Shows a notice, unless the preview shows it (before a room) or the user is muted anyway.
    fn tell_muted_by_system(&mut self, turn: &mut Turn, device: Device) {
        let wanted = device == Device::Camera || !self.media.muted();
        if wanted && self.media.muted_by_system(device) && !matches!(self.page, PageState::Ready(_)) {
            turn.notify(NoticeBody::MutedBySystem(device));
        }
    }

    /// Handles a microphone level, 0 to 100.
    pub(crate) fn microphone_level(&mut self, turn: &mut Turn, level: u8) {
        if self.page == PageState::Lab(Lab::SetUp) {
            self.labs.set_up.measured(level);
        }
        if self.voice.needs_meter() {
            self.voice.heard(turn.now(), meter::is_voice(level));
        }
        if self.meter.measured(level, turn.now()) {
            turn.notify(NoticeBody::TalkingWhileMuted);
        }
    }

    /// Runs the level meter only where its values are used.
    pub(crate) fn run_meter(&mut self, turn: &mut Turn) {
        let shown = matches!(self.page, PageState::Ready(_) | PageState::Lab(Lab::SetUp));
        let purpose = if !self.media.microphone_open() {
            None
        } else if shown {
            Some(Purpose::Bar)
        } else if self.in_call && self.media.muted() {
            Some(Purpose::Muted)
        } else {
            self.voice.needs_meter().then_some(Purpose::Voice)
        };
        self.meter.run(turn, purpose);
    }

    /// Replaces the tracks of these sources at all peers, and notifies them of what is on.
    pub(crate) fn notify_sources(&mut self, turn: &mut Turn, sources: &[Source]) {
        let sending = self.sending();
        if !sources.is_empty() {
            self.in_room(turn, |room, turn| room.media_changed(turn, sources, sending));
        }
    }

    fn keep_choices(&self, turn: &mut Turn) {
        turn.order(StoreOrder::DeviceChoices(self.media.choices().clone()));
    }

    fn settle_device_notices(&mut self, device: Device) {
        self.notices.settle(|body| body.device() == Some(device));
    }
}
