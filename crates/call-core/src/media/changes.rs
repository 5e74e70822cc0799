//! Changes of the device list: finds the chosen device again, and follows the system's default.

use super::slot::State;
use super::{DEVICES, Media, listing};
use crate::turn::Turn;
use crate::{Device, DeviceKind, DevicePick, ListedDevice};

impl Media {
    /// Handles the browser's list of devices; returns whether a device is being opened.
    ///
    /// If the open device is not the chosen one, because that has a new id, the chosen one is opened. This is
    /// checked only once after opening: a device that comes back later can be chosen, but does not take over.
    /// Where the choice is left to the system, its new default replaces the open device.
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
            if slot.state != State::On || !std::mem::take(&mut slot.unverified) {
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

    /// Returns the name of the system's new default speaker, if the choice is left to the system and the
    /// default changed. Media elements that play follow by themselves.
    pub(crate) fn speaker_followed(&mut self) -> Option<String> {
        let now = listing::preferred(DeviceKind::Speaker, &self.listed);
        let before = std::mem::replace(&mut self.speaker, now.clone());
        let (before, now) = (before?, now?);
        let told = listing::tells_preferred(DeviceKind::Speaker, &self.listed);
        let follows = self.choices.speaker.is_none() && told && listing::differ(&before, &now);
        follows.then(|| self.label(&now)).filter(|name| !name.is_empty())
    }

    /// Returns the system's new default device, if the choice is left to the system and the device that is on
    /// was the old default.
    fn newly_preferred(&mut self, device: Device) -> Option<ListedDevice> {
        let kind = device.into();
        let now = listing::preferred(kind, &self.listed);
        let told = listing::tells_preferred(kind, &self.listed);
        let left_to_system = self.choices.choice(kind).is_none();
        let slot = self.slot(device);
        let before = std::mem::replace(&mut slot.preferred, now.clone());
        let (before, now, open) = (before?, now?, slot.open.as_ref()?);
        // Being first in the list is weaker evidence than an entry of its own: it counts only for a device
        // that was the first.
        let was_on = told || before.id == open.id;
        let another = listing::differ(&before, &now) && now.id != open.id;
        (left_to_system && slot.state == State::On && was_on && another).then_some(now)
    }

    /// Opens the new default while the old device stays on. It is requested by id: in Chromium all tracks of
    /// the `default` entry share one source, which stays the old device.
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

    /// Display name of a listed device, distinct among the choices.
    fn label(&self, device: &ListedDevice) -> String {
        let choices = listing::choices(&self.listed);
        let named = choices
            .into_iter()
            .find(|choice| choice.kind == device.kind && choice.id == device.id);
        named.map_or_else(|| device.label.clone(), |choice| choice.label)
    }
}
