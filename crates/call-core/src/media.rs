//! The user's own camera and microphone: what is wanted, what is asked of the browser, and what came of it.
//!
//! The user's word for each device, on or off, holds from the page before a room until the room is left: what is on when
//! the user enters stays on, the same tracks, and what is off is not turned on by a call. One thing a call changes:
//! a muted microphone is open in it, sending silence, so that it is heard at once when the user wants that.

use crate::device::{place, resolve};
use crate::listing;
use crate::turn::Turn;
use crate::{
    BySystem, ChosenDevice, Device, DeviceChoices, DeviceKind, DeviceOrder, DevicePick, DeviceView,
    ListedDevice, MediaError, MediaView, OpenDevice, RequestId, SelectedDevices,
};

const DEVICES: [Device; 2] = [Device::Camera, Device::Microphone];

/// Both devices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Media {
    camera: Slot,
    microphone: Slot,
    choices: DeviceChoices,
    /// How the user answered, against the choice: with the camera, for these calls; without it, until it is turned on.
    answered: Option<bool>,
    listed: Vec<ListedDevice>,
    /// The speaker that the system prefers, as far as it was told.
    speaker: Option<ListedDevice>,
}

/// One device.
#[derive(Clone, Debug, Default)]
struct Slot {
    state: State,
    /// Which device was asked for last.
    asked: DevicePick,
    /// What is open, while the state says so.
    open: Option<OpenDevice>,
    /// It was asked for by what is chosen, and no list has told since whether it is that.
    unproven: bool,
    /// Which one the system prefers, as far as it was told.
    preferred: Option<ListedDevice>,
    /// It is on, and the system mutes it.
    muted_by_system: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Off,
    Starting(RequestId),
    On,
    /// On, while another is being opened to take its place.
    Switching {
        request: RequestId,
        /// What to go back to.
        from: Option<ChosenDevice>,
        /// The old one was closed first, since the system opens one at a time.
        alone: bool,
        /// Because the system prefers it now.
        follows: bool,
    },
    /// It went by itself, and another is being opened in its place.
    Replacing {
        request: RequestId,
        /// The name of the one that went.
        gone: String,
    },
    Failed(MediaError),
}

/// A device that is on now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) device: Device,
    /// When it took the place of one that went by itself: the names of both.
    pub(crate) replaced: Option<(String, String)>,
    /// When it took the place of another because the system prefers it now: its name.
    pub(crate) followed: Option<String>,
}

/// What came of a failed request, for the user to know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// It was stale: nothing.
    Stale,
    /// Another way is tried.
    Retry,
    /// This one is not to be had.
    Of(Device),
    /// Neither is to be had, for a reason that asking again does not change.
    Both,
    /// Another was to take its place, and the old one stays, or comes back if it had to be closed for that.
    Kept(Device),
    /// It went by itself, and there is no other.
    Gone(Device),
}

impl Media {
    /// Takes in what the user chose on earlier visits.
    pub(crate) fn remember(&mut self, choices: DeviceChoices) {
        self.choices = choices;
        for kind in [DeviceKind::Camera, DeviceKind::Microphone, DeviceKind::Speaker] {
            let chosen = self.choices.chosen(kind);
            *chosen = chosen.take().filter(|chosen| chosen.id != listing::DEFAULT);
        }
    }

    /// What to keep for later visits.
    pub(crate) fn choices(&self) -> &DeviceChoices {
        &self.choices
    }

    /// Turns on what the user wants on, on the way into a room.
    pub(crate) fn prepare(&mut self, turn: &mut Turn) {
        self.open(turn, self.camera_wanted(), self.choices.microphone_on);
    }

    /// Turns on what a call needs: what the user wants on, and the microphone even if it is muted.
    pub(crate) fn for_call(&mut self, turn: &mut Turn) {
        self.open(turn, self.camera_wanted(), true);
    }

    /// The user answers with the camera, which then goes off with the call unless it was on already; or without it:
    /// then one that is on goes off. Says whether one did.
    pub(crate) fn answer(&mut self, turn: &mut Turn, camera: bool) -> bool {
        self.answered = Some(camera);
        !camera && self.close(turn, Device::Camera)
    }

    /// The user turns the camera on.
    pub(crate) fn start_camera(&mut self, turn: &mut Turn) {
        self.choices.camera_on = true;
        self.answered = None;
        if self.muted_by_system(Device::Camera) {
            self.switch(turn, Device::Camera, self.choices.camera.clone());
        } else {
            self.open(turn, true, false);
        }
    }

    /// The user turns the camera off.
    pub(crate) fn stop_camera(&mut self, turn: &mut Turn) {
        self.choices.camera_on = false;
        self.answered = None;
        self.close(turn, Device::Camera);
    }

    /// The user wants to be heard.
    pub(crate) fn unmute(&mut self, turn: &mut Turn) {
        self.choices.microphone_on = true;
        turn.order(DeviceOrder::EnableMicrophone(true));
        if self.muted_by_system(Device::Microphone) {
            self.switch(turn, Device::Microphone, self.choices.microphone.clone());
        } else {
            self.open(turn, false, true);
        }
    }

    /// The user wants to be silent; outside a call the microphone is given back.
    pub(crate) fn mute(&mut self, turn: &mut Turn, in_call: bool) {
        self.choices.microphone_on = false;
        turn.order(DeviceOrder::EnableMicrophone(false));
        if !in_call {
            self.close(turn, Device::Microphone);
        }
    }

    /// Turns both on, whatever was wished before: to try them out.
    pub(crate) fn open_both(&mut self, turn: &mut Turn) {
        self.open(turn, true, true);
    }

    /// Turns both off.
    pub(crate) fn close_both(&mut self, turn: &mut Turn) {
        self.close(turn, Device::Microphone);
        self.close(turn, Device::Camera);
    }

    /// The last call is over: a camera that only answered goes off, and a microphone that only sent silence.
    pub(crate) fn calls_over(&mut self, turn: &mut Turn) {
        self.answered = self.answered.filter(|camera| !camera);
        if !self.choices.microphone_on {
            self.close(turn, Device::Microphone);
        }
        if !self.camera_wanted() {
            self.close(turn, Device::Camera);
        }
    }

    /// The room is left: all goes off.
    pub(crate) fn leave(&mut self, turn: &mut Turn) {
        self.close_both(turn);
        self.answered = None;
    }

    /// The user chooses a device, or whichever the system prefers where none is named; if one of its kind is on, the
    /// chosen one takes its place once it is open.
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

    /// The browser tells which devices there are. If the one that is on is not the one that was chosen, which has
    /// another id by now, that is opened. This is looked at once: one that comes back later is only there to be chosen.
    /// Where the choice is left to the system, another that it prefers now takes the place of the one that is on.
    /// Says whether any is opened.
    pub(crate) fn list(&mut self, turn: &mut Turn, listed: Vec<ListedDevice>) -> bool {
        self.listed = listed;
        let mut opens = false;
        for device in DEVICES {
            if let Some(now) = self.newly_preferred(device) {
                self.follow(turn, device, &now);
                opens = true;
                continue;
            }
            let pick = self.pick(device);
            let slot = self.slot(device);
            if slot.state != State::On || !std::mem::take(&mut slot.unproven) {
                continue;
            }
            let open = slot.open.as_ref().map(|open| &open.id);
            if pick.0.is_some() && pick != slot.asked && pick.0.as_ref() != open {
                let chosen = self.choices.choice(device.into()).cloned();
                self.switch(turn, device, chosen);
                opens = true;
            }
        }
        opens
    }

    /// The name of the speaker that the system prefers by this list, if the choice is left to it and it preferred another
    /// before. Elements that play follow by themselves.
    pub(crate) fn speaker_followed(&mut self) -> Option<String> {
        let now = listing::preferred(DeviceKind::Speaker, &self.listed);
        let before = std::mem::replace(&mut self.speaker, now.clone());
        let (before, now) = (before?, now?);
        let told = listing::tells_preferred(DeviceKind::Speaker, &self.listed);
        let follows = self.choices.speaker.is_none() && told && listing::differ(&before, &now);
        follows.then(|| self.label(&now)).filter(|name| !name.is_empty())
    }

    /// Devices are on; says which of them.
    pub(crate) fn opened(&mut self, request: RequestId, open: Vec<OpenDevice>) -> Vec<Opened> {
        let mut opened = Vec::new();
        for found in open {
            let device = found.device;
            let name = listing::name(&found, &self.listed);
            let slot = self.slot(device);
            let (replaced, followed) = match &slot.state {
                State::Switching {
                    request: of,
                    follows: true,
                    ..
                } if *of == request => (None, Some(name)),
                State::Starting(of) | State::Switching { request: of, .. } if *of == request => (None, None),
                State::Replacing { request: of, gone } if *of == request => {
                    (Some((gone.clone(), name)), None)
                }
                State::Off
                | State::Starting(_)
                | State::On
                | State::Switching { .. }
                | State::Replacing { .. }
                | State::Failed(_) => continue,
            };
            slot.state = State::On;
            slot.muted_by_system = found.settings.muted;
            slot.open = Some(found);
            opened.push(Opened {
                device,
                replaced,
                followed,
            });
        }
        opened
    }

    /// Devices are not to be had.
    pub(crate) fn failed(&mut self, turn: &mut Turn, request: RequestId, error: MediaError) -> Failure {
        let asked: Vec<Device> = DEVICES
            .into_iter()
            .filter(|device| self.slot(*device).state.awaits(request))
            .collect();
        match asked[..] {
            [] => Failure::Stale,
            [device] => self.failed_alone(turn, device, error),
            _ if error.is_of_both() => {
                self.camera.state = State::Failed(error);
                self.microphone.state = State::Failed(error);
                Failure::Both
            }
            _ => {
                self.open_each(turn);
                Failure::Retry
            }
        }
    }

    /// A device stopped by itself: another is asked for in its place. Says whether it was in use.
    pub(crate) fn lost(&mut self, turn: &mut Turn, device: Device) -> bool {
        let name = self.slot_of(device).open.as_ref();
        let gone = name
            .map(|open| listing::name(open, &self.listed))
            .unwrap_or_default();
        let slot = self.slot(device);
        if !matches!(slot.state, State::On | State::Switching { .. }) {
            return false;
        }
        slot.open = None;
        let request = self.ask(turn, device, DevicePick::any());
        self.slot(device).state = State::Replacing { request, gone };
        true
    }

    /// The system mutes a device, or lets it go on; gives whether that is news.
    pub(crate) fn mute_by_system(&mut self, device: Device, muted: bool) -> bool {
        let slot = self.slot(device);
        let news = slot.state.is_on() && slot.muted_by_system != muted;
        slot.muted_by_system = muted && slot.state.is_on();
        news
    }

    /// Whether a device is on, and the system mutes it.
    pub(crate) fn muted_by_system(&self, device: Device) -> bool {
        let slot = self.slot_of(device);
        slot.state.is_on() && slot.muted_by_system
    }

    /// Whether a picture is sent.
    pub(crate) fn camera_on(&self) -> bool {
        self.camera.state.is_on() && !self.camera.muted_by_system
    }

    /// Whether sound is sent.
    pub(crate) fn heard(&self) -> bool {
        let on = self.microphone.state.is_on() && !self.microphone.muted_by_system;
        on && self.choices.microphone_on
    }

    /// Whether an open microphone sends silence.
    pub(crate) fn muted(&self) -> bool {
        !self.choices.microphone_on
    }

    /// Whether there is sound to measure.
    pub(crate) fn microphone_open(&self) -> bool {
        self.microphone.state.is_on()
    }

    pub(crate) fn hide_address(&mut self, hidden: bool) {
        self.choices.hide_address = hidden;
    }

    pub(crate) fn view(&self) -> MediaView {
        let selected = |device: Device| {
            let open = self.slot_of(device).open.as_ref().map(|open| open.id.clone());
            open.or(self.pick(device).0)
        };
        MediaView {
            camera: self.camera.state.view(),
            microphone: self.microphone.state.view(),
            muted: self.muted(),
            muted_by_system: DEVICES
                .into_iter()
                .filter(|device| self.muted_by_system(*device))
                .collect(),
            hide_address: self.choices.hide_address,
            listed: listing::choices(&self.listed),
            by_system: BySystem {
                camera: self.choices.camera.is_none(),
                microphone: self.choices.microphone.is_none(),
                speaker: self.choices.speaker.is_none(),
            },
            selected: SelectedDevices {
                camera: selected(Device::Camera),
                microphone: selected(Device::Microphone),
                speaker: resolve(self.choices.speaker.as_ref(), DeviceKind::Speaker, &self.listed).0,
            },
            open: DEVICES
                .into_iter()
                .filter_map(|device| self.slot_of(device).open.clone())
                .map(|open| OpenDevice {
                    label: listing::name(&open, &self.listed),
                    ..open
                })
                .collect(),
            ..MediaView::default()
        }
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
            slot.unproven = true;
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

    /// The device that the system prefers by the list, where the choice is left to it, it preferred another before, and that
    /// one is on.
    fn newly_preferred(&mut self, device: Device) -> Option<ListedDevice> {
        let kind = device.into();
        let now = listing::preferred(kind, &self.listed);
        let told = listing::tells_preferred(kind, &self.listed);
        let left_to_system = self.choices.choice(kind).is_none();
        let slot = self.slot(device);
        let before = std::mem::replace(&mut slot.preferred, now.clone());
        let (before, now, open) = (before?, now?, slot.open.as_ref()?);
        // The first of a list says less than an entry of its own: it counts for a device that was the first.
        let was_on = told || before.id == open.id;
        let another = listing::differ(&before, &now) && now.id != open.id;
        (left_to_system && slot.state == State::On && was_on && another).then_some(now)
    }

    /// Opens what the system prefers now beside the one that is on. It is asked for by its id: one source is shared by all
    /// tracks of Chromium's entry for it, which stays what it was.
    fn follow(&mut self, turn: &mut Turn, device: Device, now: &ListedDevice) {
        let pick = DevicePick(Some(now.id.clone()).filter(|id| id != listing::DEFAULT));
        let request = self.ask(turn, device, pick);
        self.slot(device).state = State::Switching {
            request,
            from: None,
            alone: false,
            follows: true,
        };
    }

    /// The name of a listed device, by which it is told apart.
    fn label(&self, device: &ListedDevice) -> String {
        let choices = listing::choices(&self.listed);
        let named = choices
            .into_iter()
            .find(|choice| choice.kind == device.kind && choice.id == device.id);
        named.map_or_else(|| device.label.clone(), |choice| choice.label)
    }

    /// Opens what is chosen now beside the one that is on.
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

    fn failed_alone(&mut self, turn: &mut Turn, device: Device, error: MediaError) -> Failure {
        let slot = self.slot(device);
        match slot.state.clone() {
            State::Switching {
                from,
                alone: false,
                follows,
                ..
            } if error.is_busy() => {
                let asked = slot.asked.clone();
                let pick = if follows { asked } else { self.pick(device) };
                turn.order(DeviceOrder::Close(device));
                let request = self.ask(turn, device, pick);
                self.slot(device).state = State::Switching {
                    request,
                    from,
                    alone: true,
                    follows,
                };
                Failure::Retry
            }
            State::Switching { from, alone, .. } => {
                slot.state = State::On;
                slot.asked = DevicePick(slot.open.as_ref().map(|open| open.id.clone()));
                let asked = slot.asked.clone();
                *self.choices.chosen(device.into()) = from;
                if alone {
                    // The old one was closed for the new: it comes back.
                    let request = self.ask(turn, device, asked);
                    self.slot(device).state = State::Starting(request);
                }
                Failure::Kept(device)
            }
            State::Replacing { .. } if !error.is_refusal() => {
                slot.state = State::Off;
                Failure::Gone(device)
            }
            State::Off | State::Starting(_) | State::On | State::Replacing { .. } | State::Failed(_) => {
                slot.state = State::Failed(error);
                slot.open = None;
                Failure::Of(device)
            }
        }
    }

    /// Asks for one device by itself; names the answer.
    fn ask(&mut self, turn: &mut Turn, device: Device, pick: DevicePick) -> RequestId {
        let slot = self.slot(device);
        slot.asked = pick.clone();
        slot.unproven = false;
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

    /// Turns a device off; says whether it was in use.
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

impl State {
    fn is_idle(&self) -> bool {
        matches!(self, Self::Off | Self::Failed(_))
    }

    /// Whether a track is there, were it the old one.
    fn is_on(&self) -> bool {
        matches!(self, Self::On | Self::Switching { alone: false, .. })
    }

    fn awaits(&self, answer: RequestId) -> bool {
        match self {
            Self::Starting(request) | Self::Switching { request, .. } | Self::Replacing { request, .. } => {
                *request == answer
            }
            Self::Off | Self::On | Self::Failed(_) => false,
        }
    }

    fn view(&self) -> DeviceView {
        match self {
            Self::Off => DeviceView::Off,
            Self::Starting(_) | Self::Replacing { .. } | Self::Switching { alone: true, .. } => {
                DeviceView::Starting
            }
            Self::On | Self::Switching { .. } => DeviceView::On,
            Self::Failed(error) => DeviceView::Failed(*error),
        }
    }
}

#[cfg(test)]
mod tests;
