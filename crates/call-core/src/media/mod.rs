//! The user's own camera and microphone: what is wanted, what is requested of the browser, and the outcome.
//!
//! The user's choice for each device, on or off, holds from the page before a room until the room is left: what
//! is on when the user enters stays on, with the same tracks, and a call does not turn on what is off. One
//! exception: in a call a muted microphone is open and sends silence, so that unmuting takes effect at once.

mod changes;
mod core;
mod device;
mod error;
mod event;
mod intent;
mod listing;
mod meter;
mod order;
mod outcome;
mod slot;
mod source;
mod view;

use crate::RequestId;
use crate::turn::Turn;

use device::place;
use device::resolve;
use outcome::Failure;
use slot::{Slot, State};

pub use device::{
    ChosenDevice, Device, DeviceChoices, DeviceKind, DevicePick, Facing, ListedDevice, OpenDevice,
    TrackSettings,
};
pub use error::MediaError;
pub use event::DeviceEvent;
pub use intent::DeviceIntent;
pub use order::DeviceOrder;
pub use view::{BySystem, DeviceView, MediaView, SelectedDevices};

pub(crate) use meter::Meter;
pub(crate) use source::LocalMediaState;

const DEVICES: [Device; 2] = [Device::Camera, Device::Microphone];

/// State of both devices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Media {
    camera: Slot,
    microphone: Slot,
    choices: DeviceChoices,
    /// How the user answered an invitation, which overrides the choice: with camera, until the calls end;
    /// without, until the user turns it on.
    answered: Option<bool>,
    listed: Vec<ListedDevice>,
    /// The system's default speaker in the last list.
    speaker: Option<ListedDevice>,
}

impl Media {
    /// Restores the choices of earlier visits.
    pub(crate) fn remember(&mut self, choices: DeviceChoices) {
        self.choices = choices;
        for kind in [DeviceKind::Camera, DeviceKind::Microphone, DeviceKind::Speaker] {
            let chosen = self.choices.chosen(kind);
            *chosen = chosen.take().filter(|chosen| chosen.id != listing::DEFAULT);
        }
    }

    /// The choices to keep for later visits.
    pub(crate) fn choices(&self) -> &DeviceChoices {
        &self.choices
    }

    /// Turns on the devices that the user wants on, before entering a room.
    pub(crate) fn prepare(&mut self, turn: &mut Turn) {
        self.open(turn, self.camera_wanted(), self.choices.microphone_on);
    }

    /// Turns on what a call needs: what the user wants on, and the microphone even if it is muted.
    pub(crate) fn for_call(&mut self, turn: &mut Turn) {
        self.open(turn, self.camera_wanted(), true);
    }

    /// Handles how the user answers an invitation. With camera: the camera goes off with the call, unless it
    /// was wanted before. Without: a camera that is on goes off. Returns whether one did.
    pub(crate) fn answer(&mut self, turn: &mut Turn, camera: bool) -> bool {
        self.answered = Some(camera);
        !camera && self.close(turn, Device::Camera)
    }

    /// Turns the camera on, as the user wants.
    pub(crate) fn start_camera(&mut self, turn: &mut Turn) {
        self.choices.camera_on = true;
        self.answered = None;
        if self.muted_by_system(Device::Camera) {
            self.switch(turn, Device::Camera, self.choices.camera.clone());
        } else {
            self.open(turn, true, false);
        }
    }

    /// Turns the camera off, as the user wants.
    pub(crate) fn stop_camera(&mut self, turn: &mut Turn) {
        self.choices.camera_on = false;
        self.answered = None;
        self.close(turn, Device::Camera);
    }

    /// Unmutes the microphone.
    pub(crate) fn unmute(&mut self, turn: &mut Turn) {
        self.choices.microphone_on = true;
        turn.order(DeviceOrder::EnableMicrophone(true));
        if self.muted_by_system(Device::Microphone) {
            self.switch(turn, Device::Microphone, self.choices.microphone.clone());
        } else {
            self.open(turn, false, true);
        }
    }

    /// Mutes the microphone; outside a call it is released.
    pub(crate) fn mute(&mut self, turn: &mut Turn, in_call: bool) {
        self.choices.microphone_on = false;
        turn.order(DeviceOrder::EnableMicrophone(false));
        if !in_call {
            self.close(turn, Device::Microphone);
        }
    }

    /// Turns both on for a test, whatever the user chose.
    pub(crate) fn open_both(&mut self, turn: &mut Turn) {
        self.open(turn, true, true);
    }

    /// Turns both off.
    pub(crate) fn close_both(&mut self, turn: &mut Turn) {
        self.close(turn, Device::Microphone);
        self.close(turn, Device::Camera);
    }

    /// After the last call: turns off a camera that was on only for the answer, and a microphone that only
    /// sent silence.
    pub(crate) fn calls_over(&mut self, turn: &mut Turn) {
        self.answered = self.answered.filter(|camera| !camera);
        if !self.choices.microphone_on {
            self.close(turn, Device::Microphone);
        }
        if !self.camera_wanted() {
            self.close(turn, Device::Camera);
        }
    }

    /// Turns everything off as the room is left.
    pub(crate) fn leave(&mut self, turn: &mut Turn) {
        self.close_both(turn);
        self.answered = None;
    }

    /// Chooses a device by its id, or leaves the choice to the system if the id is empty. If a device of its
    /// kind is on, the chosen one replaces it once it is open.
    pub(crate) fn choose(&mut self, turn: &mut Turn, kind: DeviceKind, id: &str) {
        let chosen = if id.is_empty() {
            None
        } else {
            let mut listed = self.listed.iter();
            let Some(found) = listed.find(|listed| listed.kind == kind && listed.id == id) else {
                return;
            };
            Some(ChosenDevice {
                id: found.id.clone(),
                label: found.label.clone(),
                place: place(found, &self.listed),
            })
        };
        let before = std::mem::replace(self.choices.chosen(kind), chosen);
        match kind {
            DeviceKind::Camera => self.switch(turn, Device::Camera, before),
            DeviceKind::Microphone => self.switch(turn, Device::Microphone, before),
            DeviceKind::Speaker => {}
        }
    }

    /// Whether a device is on and muted by the system.
    pub(crate) fn muted_by_system(&self, device: Device) -> bool {
        let slot = self.slot_of(device);
        slot.state.is_on() && slot.muted_by_system
    }

    /// Whether video is sent.
    pub(crate) fn camera_on(&self) -> bool {
        self.camera.state.is_on() && !self.camera.muted_by_system
    }

    /// Whether audio is sent.
    pub(crate) fn heard(&self) -> bool {
        let on = self.microphone.state.is_on() && !self.microphone.muted_by_system;
        on && self.choices.microphone_on
    }

    /// Whether the user is muted; an open microphone then sends silence.
    pub(crate) fn muted(&self) -> bool {
        !self.choices.microphone_on
    }

    /// Whether the microphone is open, so that its level can be measured.
    pub(crate) fn microphone_open(&self) -> bool {
        self.microphone.state.is_on()
    }

    pub(crate) fn hide_address(&mut self, hidden: bool) {
        self.choices.hide_address = hidden;
    }

    fn camera_wanted(&self) -> bool {
        self.answered.unwrap_or(self.choices.camera_on)
    }

    fn open(&mut self, turn: &mut Turn, camera: bool, microphone: bool) {
        let wanted = |device: Device| match device {
            Device::Camera => camera,
            Device::Microphone => microphone,
        };
        let opens = DEVICES.map(|device| wanted(device) && self.slot_of(device).state.is_idle());
        if !opens.contains(&true) {
            return;
        }
        let request = turn.request();
        let [camera, microphone] = DEVICES.map(|device| {
            let pick = self.pick(device);
            let slot = self.slot(device);
            if !wanted(device) || !slot.state.is_idle() {
                return None;
            }
            slot.state = State::Starting(request);
            slot.asked = pick.clone();
            slot.unverified = true;
            Some(pick)
        });
        turn.order(DeviceOrder::Open {
            request,
            camera,
            microphone,
        });
    }

    fn open_each(&mut self, turn: &mut Turn) {
        self.camera.state = State::Off;
        self.microphone.state = State::Off;
        self.open(turn, false, true);
        self.open(turn, true, false);
    }

    /// Opens the chosen device while the current one stays on.
    fn switch(&mut self, turn: &mut Turn, device: Device, from: Option<ChosenDevice>) {
        if !self.slot(device).state.is_on() {
            return;
        }
        let request = self.ask(turn, device, self.pick(device));
        self.slot(device).state = State::Switching {
            request,
            from,
            alone: false,
            follows: false,
        };
    }

    /// Requests one device by itself; returns the id of the request.
    fn ask(&mut self, turn: &mut Turn, device: Device, pick: DevicePick) -> RequestId {
        let slot = self.slot(device);
        slot.asked = pick.clone();
        slot.unverified = false;
        let (camera, microphone) = match device {
            Device::Camera => (Some(pick), None),
            Device::Microphone => (None, Some(pick)),
        };
        let request = turn.request();
        turn.order(DeviceOrder::Open {
            request,
            camera,
            microphone,
        });
        request
    }

    /// Turns a device off; returns whether it was in use.
    fn close(&mut self, turn: &mut Turn, device: Device) -> bool {
        let slot = self.slot(device);
        let used = !slot.state.is_idle();
        slot.state = State::Off;
        slot.open = None;
        if used {
            turn.order(DeviceOrder::Close(device));
        }
        used
    }

    fn pick(&self, device: Device) -> DevicePick {
        let kind = device.into();
        resolve(self.choices.choice(kind), kind, &self.listed)
    }

    fn slot(&mut self, device: Device) -> &mut Slot {
        match device {
            Device::Camera => &mut self.camera,
            Device::Microphone => &mut self.microphone,
        }
    }

    fn slot_of(&self, device: Device) -> &Slot {
        match device {
            Device::Camera => &self.camera,
            Device::Microphone => &self.microphone,
        }
    }
}

#[cfg(test)]
mod tests;
