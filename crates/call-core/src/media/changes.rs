//! Devices that come and go: which of them is the chosen one, and which the system prefers.

use super::slot::State;
use super::{DEVICES, Media, listing};
use crate::turn::Turn;
use crate::{Device, DeviceKind, DevicePick, ListedDevice};

impl Media {
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
}
