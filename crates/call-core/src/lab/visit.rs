//! The way to a lab and out of it, and what the user and the browser do there.

use protocol::http::IceServer;

use super::check::CheckState;
use super::{Lab, LabView, LoopbackState, ProbeFact, ProbeId, Step, Why};
use crate::place::Place;
use crate::{Core, Device, DeviceView, Effect, Intent, address};

impl Core {
    /// What the user wishes of a lab.
    pub(crate) fn lab_wish(&mut self, wish: &Intent) -> Vec<Effect> {
        match wish {
            Intent::OpenLab(lab) => self.open_lab(*lab),
            Intent::CloseLab => self.close_lab(),
            Intent::StartLoopback => self.start_loopback(),
            Intent::CallLoopback => self.call_loopback(),
            Intent::HangUpLoopback => self.hang_up_loopback(),
            Intent::CheckServers => self.check_servers(),
            Intent::StartCapture => self.start_capture(),
            Intent::StopCapture => self.stop_capture(),
            Intent::StartRecording => self.start_recording(),
            Intent::StopRecording => self.labs.set_up.stop_recording(),
            Intent::HeardTestSound(heard) => {
                self.labs.set_up.heard(*heard);
                Vec::new()
            }
            Intent::AskWhy(peer) => {
                self.labs.why = Some(*peer);
                self.check_again()
            }
            _ => {
                self.labs.why = None;
                Vec::new()
            }
        }
    }

    /// Goes to a lab; the way back leads to where the user is.
    fn open_lab(&mut self, lab: Lab) -> Vec<Effect> {
        let back = match &self.place {
            Place::Lab(_) => self.labs.back.clone(),
            place => place
                .room()
                .map_or_else(|| address::LOBBY.to_owned(), address::of_room),
        };
        let mut effects = vec![Effect::ShowPath(address::of_lab(lab), true)];
        effects.extend(self.leave());
        effects.extend(self.enter_lab(lab));
        self.labs.back = back;
        effects
    }

    /// Is in a lab by its address.
    pub(crate) fn enter_lab(&mut self, lab: Lab) -> Vec<Effect> {
        address::LOBBY.clone_into(&mut self.labs.back);
        self.place = Place::Lab(lab);
        match lab {
            Lab::Connection => Vec::new(),
            Lab::SetUp => vec![Effect::LookAtBrowser, Effect::ListDevices],
        }
    }

    fn start_capture(&mut self) -> Vec<Effect> {
        if self.place != Place::Lab(Lab::SetUp) {
            return Vec::new();
        }
        self.labs.set_up.begin();
        let request = self.next_request();
        self.media.open_both(request)
    }

    fn stop_capture(&mut self) -> Vec<Effect> {
        let mut effects = self.labs.set_up.stop_recording();
        effects.extend(self.media.close_both());
        effects
    }

    fn start_recording(&mut self) -> Vec<Effect> {
        if self.place != Place::Lab(Lab::SetUp) || !self.media.camera_on() && !self.media.microphone_open() {
            return Vec::new();
        }
        let request = self.next_request();
        self.labs.set_up.record(request)
    }

    /// Lets the speaker be heard; in a lab the user is asked whether it was.
    pub(crate) fn test_speaker(&mut self) -> Vec<Effect> {
        self.labs.set_up.played();
        vec![Effect::PlayTestSound(self.media.view().selected.speaker)]
    }

    fn close_lab(&mut self) -> Vec<Effect> {
        let back = std::mem::take(&mut self.labs.back);
        let mut effects = vec![Effect::ShowPath(back.clone(), true)];
        effects.extend(self.path_changed(&back));
        effects
    }

    /// Ends all that goes on in the labs.
    pub(crate) fn leave_labs(&mut self) -> Vec<Effect> {
        self.labs.why = None;
        let mut effects = self.labs.loopback.close();
        effects.extend(self.labs.check.stop());
        effects.extend(self.labs.set_up.close());
        effects
    }

    fn start_loopback(&mut self) -> Vec<Effect> {
        if self.place != Place::Lab(Lab::Connection) || self.labs.loopback.state() != LoopbackState::Idle {
            return Vec::new();
        }
        self.labs.loopback.start();
        self.labs.devices = Default::default();
        let request = self.next_request();
        let mut effects = self.media.open_both(request);
        // With the servers, the trace shows the ways through them too.
        effects.extend(self.fetch_ice_servers());
        effects
    }

    fn call_loopback(&mut self) -> Vec<Effect> {
        if self.labs.loopback.state() != LoopbackState::Ready {
            return Vec::new();
        }
        self.call_loopback_when_ready()
    }

    /// Makes the call within the page with the servers that there are; it may have been put off meanwhile.
    pub(crate) fn call_loopback_now(&mut self) -> Vec<Effect> {
        if self.labs.loopback.state() != LoopbackState::Ready {
            return Vec::new();
        }
        let servers = self.ice.servers.clone().unwrap_or_default();
        self.labs.loopback.call(&servers)
    }

    fn hang_up_loopback(&mut self) -> Vec<Effect> {
        let mut effects = self.labs.loopback.hang_up();
        effects.extend(self.media.close_both());
        effects
    }

    /// What changed of the devices is traced.
    pub(crate) fn trace_devices(&mut self) {
        if self.labs.loopback.state() == LoopbackState::Idle {
            return;
        }
        let media = self.media.view();
        let now = [
            (Device::Camera, media.camera),
            (Device::Microphone, media.microphone),
        ];
        let before = std::mem::replace(&mut self.labs.devices, now.map(|(_, state)| state));
        for ((device, is), was) in now.into_iter().zip(before) {
            if is == was {
                continue;
            }
            match is {
                DeviceView::On => {
                    let open = media.open.iter().find(|open| open.device == device).cloned();
                    self.labs.loopback.device(Step::DeviceOpened(device, open));
                }
                DeviceView::Failed(error) => self.labs.loopback.device(Step::DeviceFailed(device, error)),
                _ => {}
            }
        }
        if now.iter().all(|(_, state)| *state != DeviceView::Starting) {
            self.labs.loopback.ready();
        }
    }

    /// The user wants the servers tried: with credentials of their own for each time, for old ones may have expired.
    fn check_servers(&mut self) -> Vec<Effect> {
        if self.user.is_none() {
            return self.labs.check.wait(CheckState::SignInFirst);
        }
        if self.place.is_lab() {
            let mut effects = self.labs.check.wait(CheckState::Asking);
            effects.extend(self.fetch_ice_servers());
            return effects;
        }
        // In a room they are known, unless their credentials have expired since.
        if let Some(servers) = self.usable_ice_servers() {
            return self.labs.check.begin(&servers, self.labs.now);
        }
        let mut effects = self.labs.check.wait(CheckState::Asking);
        effects.extend(self.ready_ice_servers());
        effects
    }

    /// A connection failed: the servers are tried, unless that was done a moment ago.
    pub(crate) fn check_again(&mut self) -> Vec<Effect> {
        if self.labs.check.is_due(self.labs.now) {
            self.check_servers()
        } else {
            Vec::new()
        }
    }

    /// The list of servers came, or did not.
    pub(crate) fn check_listed(&mut self, servers: Option<&[IceServer]>) -> Vec<Effect> {
        if !self.labs.check.is_asking() {
            return Vec::new();
        }
        match servers {
            Some(servers) => self.labs.check.begin(servers, self.labs.now),
            None => self.labs.check.wait(CheckState::Unavailable),
        }
    }

    /// The browser tells something of a server that is tried.
    pub(crate) fn probe_told(&mut self, probe: ProbeId, fact: ProbeFact) -> Vec<Effect> {
        self.labs.check.told(probe, fact, self.labs.now)
    }

    /// A server that is tried takes too long.
    pub(crate) fn probe_late(&mut self, probe: ProbeId) -> Vec<Effect> {
        self.labs.check.late(probe, self.labs.now)
    }

    /// Whether the user asks why there is no connection.
    pub(crate) fn asks_why(&self) -> bool {
        self.labs.why.is_some()
    }

    /// What is shown of the labs.
    pub(crate) fn lab_view(&self) -> LabView {
        let why = self.labs.why.and_then(|peer| {
            let name = self.room.as_ref()?.roster.name(peer)?.clone();
            Some(Why { peer, name })
        });
        LabView {
            loopback: self.labs.loopback.view(),
            check: self.labs.check.view(),
            set_up: self.labs.set_up.view(&self.media.view()),
            signed_out: self.user.is_none(),
            why,
        }
    }
}
