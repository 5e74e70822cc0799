//! Enters and leaves the labs, and handles the intents and events of both.

use protocol::UnixMillis;
use protocol::http::IceServer;

use super::check::CheckState;
use super::{Lab, LoopbackState, ProbeFact, ProbeId, Step, Why};
use crate::page::{PageState, address};
use crate::turn::Turn;
use crate::{Core, Device, DeviceOrder, DeviceView, LabEvent, LabIntent, LabOrder, PageOrder};

impl Core {
    pub(crate) fn lab_event(&mut self, turn: &mut Turn, event: LabEvent) {
        match event {
            LabEvent::ProbeReported { probe, fact } => self.probe_reported(turn, probe, fact),
            LabEvent::CapabilitiesDetected(capabilities) => self.labs.set_up.know(capabilities),
            LabEvent::Recorded { request, url } => self.labs.set_up.recorded(turn, request, url),
        }
    }

    /// Handles what the user does in a lab.
    pub(crate) fn lab_intent(&mut self, turn: &mut Turn, intent: LabIntent) {
        match intent {
            LabIntent::Open(lab) => self.open_lab(turn, lab),
            LabIntent::Close => self.close_lab(turn),
            LabIntent::StartLoopback => self.start_loopback(turn),
            LabIntent::CallLoopback => self.call_loopback(turn),
            LabIntent::HangUpLoopback => self.hang_up_loopback(turn),
            LabIntent::CheckServers => self.check_servers(turn),
            LabIntent::StartCapture => self.start_capture(turn),
            LabIntent::StopCapture => self.stop_capture(turn),
            LabIntent::StartRecording => self.start_recording(turn),
            LabIntent::StopRecording => self.labs.set_up.stop_recording(turn),
            LabIntent::HeardTestSound(heard) => self.labs.set_up.heard(heard),
            LabIntent::AskWhy(peer) => {
                self.labs.why = Some(peer);
                self.check_again(turn);
            }
            LabIntent::CloseWhy => self.labs.why = None,
        }
    }

    /// Opens a lab and remembers the current page as the way back.
    fn open_lab(&mut self, turn: &mut Turn, lab: Lab) {
        let back = if self.page.is_lab() {
            self.labs.back.clone()
        } else {
            let room = self.page.room();
            room.map_or_else(|| address::LOBBY.to_owned(), address::of_room)
        };
        turn.order(PageOrder::ShowPath(address::of_lab(lab), true));
        self.leave(turn);
        self.enter_lab(turn, lab);
        self.labs.back = back;
    }

    /// Enters a lab by its URL; the way back then leads to the lobby.
    pub(crate) fn enter_lab(&mut self, turn: &mut Turn, lab: Lab) {
        address::LOBBY.clone_into(&mut self.labs.back);
        self.page = PageState::Lab(lab);
        match lab {
            Lab::Connection => {}
            Lab::SetUp => {
                turn.order(LabOrder::DetectCapabilities);
                turn.order(DeviceOrder::List);
            }
        }
    }

    fn start_capture(&mut self, turn: &mut Turn) {
        if self.page == PageState::Lab(Lab::SetUp) {
            self.labs.set_up.begin();
            self.media.open_both(turn);
        }
    }

    fn stop_capture(&mut self, turn: &mut Turn) {
        self.labs.set_up.stop_recording(turn);
        self.media.close_both(turn);
    }

    fn start_recording(&mut self, turn: &mut Turn) {
        let captures = self.media.camera_on() || self.media.microphone_open();
        if self.page == PageState::Lab(Lab::SetUp) && captures {
            self.labs.set_up.record(turn);
        }
    }

    /// Plays the test sound; in a lab the user is then asked whether they heard it.
    pub(crate) fn test_speaker(&mut self, turn: &mut Turn) {
        self.labs.set_up.played();
        turn.order(DeviceOrder::PlayTestSound(self.media.view().selected.speaker));
    }

    fn close_lab(&mut self, turn: &mut Turn) {
        let back = std::mem::take(&mut self.labs.back);
        turn.order(PageOrder::ShowPath(back.clone(), true));
        self.path_changed(turn, &back);
    }

    /// Stops everything that runs in the labs.
    pub(crate) fn leave_labs(&mut self, turn: &mut Turn) {
        self.labs.why = None;
        self.labs.loopback.close(turn);
        self.labs.check.stop(turn);
        self.labs.set_up.close(turn);
    }

    fn start_loopback(&mut self, turn: &mut Turn) {
        if self.page != PageState::Lab(Lab::Connection) || self.labs.loopback.state() != LoopbackState::Idle {
            return;
        }
        self.labs.loopback.start(turn.now());
        self.labs.devices = Default::default();
        self.media.open_both(turn);
        // With the servers, the trace shows relayed and reflexive candidates too.
        self.fetch_ice_servers(turn);
    }

    fn call_loopback(&mut self, turn: &mut Turn) {
        if self.labs.loopback.state() == LoopbackState::Ready {
            self.call_loopback_when_ready(turn);
        }
    }

    /// Starts the loopback call with the ICE servers at hand, unless the user hung up while they were being fetched.
    pub(crate) fn call_loopback_now(&mut self, turn: &mut Turn) {
        if self.labs.loopback.state() == LoopbackState::Ready {
            self.labs.loopback.call(turn);
        }
    }

    fn hang_up_loopback(&mut self, turn: &mut Turn) {
        self.labs.loopback.hang_up(turn);
        self.media.close_both(turn);
    }

    /// Adds to the trace what changed in the state of camera and microphone.
    pub(crate) fn trace_devices(&mut self, now: UnixMillis) {
        if self.labs.loopback.state() == LoopbackState::Idle {
            return;
        }
        let media = self.media.view();
        let states = [
            (Device::Camera, media.camera),
            (Device::Microphone, media.microphone),
        ];
        let before = std::mem::replace(&mut self.labs.devices, states.map(|(_, state)| state));
        for ((device, is), was) in states.into_iter().zip(before) {
            if is == was {
                continue;
            }
            match is {
                DeviceView::On => {
                    let open = media.open.iter().find(|open| open.device == device).cloned();
                    self.labs.loopback.device(now, Step::DeviceOpened(device, open));
                }
                DeviceView::Failed(error) => {
                    self.labs.loopback.device(now, Step::DeviceFailed(device, error));
                }
                DeviceView::Off | DeviceView::Starting => {}
            }
        }
        let ready = states.iter().all(|(_, state)| *state != DeviceView::Starting);
        if ready && self.labs.loopback.state() == LoopbackState::Starting {
            self.labs.loopback.ready();
        }
    }

    /// Starts a check on the user's behalf. A lab fetches fresh credentials each time, as old ones may have
    /// expired; a room uses those that it has, unless they have expired.
    fn check_servers(&mut self, turn: &mut Turn) {
        if self.user.is_none() {
            return self.labs.check.wait(turn, CheckState::SignInFirst);
        }
        if self.page.is_lab() {
            self.labs.check.wait(turn, CheckState::Asking);
            return self.fetch_ice_servers(turn);
        }
        match self.usable_ice_servers(turn) {
            Some(servers) => self.labs.check.begin(turn, &servers),
            None => self.labs.check.wait(turn, CheckState::Asking),
        }
    }

    /// Starts a check without the user asking for one, unless one is under way or began recently.
    pub(crate) fn check_again(&mut self, turn: &mut Turn) {
        if self.labs.check.is_due(turn.now()) {
            self.check_servers(turn);
        }
    }

    /// Handles the list of servers, or that it could not be loaded.
    pub(crate) fn check_listed(&mut self, turn: &mut Turn, servers: Option<&[IceServer]>) {
        if self.labs.check.is_asking() {
            match servers {
                Some(servers) => self.labs.check.begin(turn, servers),
                None => self.labs.check.wait(turn, CheckState::Unavailable),
            }
        }
    }

    /// Handles what the browser reports about a probe.
    pub(crate) fn probe_reported(&mut self, turn: &mut Turn, probe: ProbeId, fact: ProbeFact) {
        self.labs.check.told(turn, probe, fact);
    }

    pub(crate) fn probe_timed_out(&mut self, turn: &mut Turn, probe: ProbeId) {
        self.labs.check.late(turn, probe);
    }

    /// Whether the explanation of a missing connection is open.
    pub(crate) fn asks_why(&self) -> bool {
        self.labs.why.is_some()
    }

    /// The peer whose missing connection is being explained, if they are still in the room.
    pub(crate) fn asked_why(&self) -> Option<Why> {
        let peer = self.labs.why?;
        let name = self.room.as_ref()?.roster.name(peer)?.clone();
        Some(Why { peer, name })
    }
}
