//! Outcomes of requests to the browser: devices that opened, failed or stopped by themselves.

use super::slot::State;
use super::{DEVICES, Media, listing};
use crate::turn::Turn;
use crate::{Device, DeviceOrder, DevicePick, MediaError, OpenDevice, RequestId};

/// A device that has just opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) device: Device,
    /// Names of the old and the new device, if it replaces one that stopped by itself.
    pub(crate) replaced: Option<(String, String)>,
    /// Name of the device, if it was opened as the system's new default.
    pub(crate) followed: Option<String>,
}

/// Outcome of a failed request, as far as the user should know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// The request was stale; nothing to report.
    Stale,
    /// Another attempt is under way.
    Retry,
    /// This device cannot be opened.
    Of(Device),
    /// Neither device can be opened, for a reason that asking again does not change.
    Both,
    /// The new device failed; the old one stays, or is opened again if it had to be closed.
    Kept(Device),
    /// The device stopped by itself, and there is no other.
    Gone(Device),
}

impl Media {
    /// Handles devices that opened; returns those that were still wanted.
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

    /// Handles that a request failed; decides whether to try another way.
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
                    // The old device was closed for the new one, so it has to be opened again.
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

    /// Handles that a device stopped by itself, and requests another; returns whether it was in use.
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

    /// Handles that the system muted or unmuted a device; returns whether that is a change.
    pub(crate) fn mute_by_system(&mut self, device: Device, muted: bool) -> bool {
        let slot = self.slot(device);
        let news = slot.state.is_on() && slot.muted_by_system != muted;
        slot.muted_by_system = muted && slot.state.is_on();
        news
    }
}
