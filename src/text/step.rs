//! Texts for the steps of a call in the trace of a lab. Terms of a specification stay as they are.

use call_core::{
    CandidateKind, CandidateView, ConnectionState, Device, End, GatheringState, IceState, OpenDevice,
    SignalingState, Step, TraceEntry,
};
use protocol::SdpType;

use super::{Texts, device, fill};

/// The step.
pub fn step(t: &Texts, step: &Step) -> String {
    let text = match step {
        Step::DevicesAsked => t.step_devices_asked,
        Step::DeviceOpened(Device::Camera, open) => return opened(t.step_camera_opened, open.as_ref()),
        Step::DeviceOpened(Device::Microphone, open) => {
            return opened(t.step_microphone_opened, open.as_ref());
        }
        Step::DeviceFailed(of, error) => device::error(t, *of, *error),
        Step::Called => t.step_called,
        Step::ConnectionMade => t.step_connection_made,
        Step::NegotiationNeeded => t.step_negotiation_needed,
        Step::OfferBegun => t.step_offer_begun,
        Step::OfferDone => t.step_offer_done,
        Step::LocalBegun(kind) => return described(t, t.step_local_begun, *kind),
        Step::LocalDone(kind) => return described(t, t.step_local_done, *kind),
        Step::Handed(kind) => return described(t, t.step_handed, *kind),
        Step::RemoteBegun(kind) => return described(t, t.step_remote_begun, *kind),
        Step::RemoteDone(kind) => return described(t, t.step_remote_done, *kind),
        Step::DescriptionFailed => t.step_description_failed,
        Step::Signaling(state) => return fill(t.step_signaling, &[("state", signaling(*state))]),
        Step::Gathering(state) => return fill(t.step_gathering, &[("state", gathering(*state))]),
        Step::CandidateFound(candidate) => return found(t.step_candidate_found, candidate),
        Step::CandidateTaken(candidate) => return found(t.step_candidate_taken, candidate),
        Step::Ice(state) => return fill(t.step_ice, &[("state", ice(*state))]),
        Step::IceRestarted => t.step_ice_restarted,
        Step::Connection(state) => return fill(t.step_connection, &[("state", connection(*state))]),
        Step::SetUp(took) => {
            return fill(t.step_set_up, &[("millis", &took.as_millis().to_string())]);
        }
        Step::FirstFrame { width, height } => {
            let (width, height) = (width.to_string(), height.to_string());
            return fill(t.step_picture, &[("width", &width), ("height", &height)]);
        }
        Step::GaveUp => t.step_gave_up,
        Step::HungUp => t.step_hung_up,
    };
    text.to_owned()
}

/// The end at which it happened.
pub fn end(t: &Texts, end: Option<End>) -> &'static str {
    match end {
        Some(End::This) => t.this_end,
        Some(End::That) => t.that_end,
        None => "",
    }
}

/// The time at which it happened: in seconds, to the millisecond.
pub fn seconds(entry: &TraceEntry) -> String {
    format!("{}.{:03}", entry.at.as_secs(), entry.at.subsec_millis())
}

/// A device, with its label and settings.
fn opened(text: &str, open: Option<&OpenDevice>) -> String {
    let Some(open) = open else {
        return text.to_owned();
    };
    let settings = &open.settings;
    let size = settings.width.zip(settings.height);
    let parts = [
        Some(open.label.clone()).filter(|label| !label.is_empty()),
        size.map(|(width, height)| format!("{width} × {height}")),
        settings.frames_per_second.map(|rate| format!("{rate:.0}/s")),
        settings.sample_rate.map(|rate| format!("{rate} Hz")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{text}: {}", parts.join(", "))
}

fn described(t: &Texts, text: &str, kind: SdpType) -> String {
    let kind = match kind {
        SdpType::Offer => t.step_offer,
        SdpType::Answer => t.step_answer,
    };
    fill(text, &[("kind", kind)])
}

fn found(text: &str, candidate: &CandidateView) -> String {
    let kind = match candidate.kind {
        CandidateKind::Host => "host",
        CandidateKind::ServerReflexive => "srflx",
        CandidateKind::PeerReflexive => "prflx",
        CandidateKind::Relay => "relay",
    };
    let protocol = if candidate.tcp { "TCP" } else { "UDP" };
    let values = [
        ("kind", kind),
        ("protocol", protocol),
        ("address", &candidate.address),
    ];
    fill(text, &values)
}

fn signaling(state: SignalingState) -> &'static str {
    match state {
        SignalingState::Stable => "stable",
        SignalingState::HaveLocalOffer => "have-local-offer",
        SignalingState::HaveRemoteOffer => "have-remote-offer",
        SignalingState::Closed => "closed",
    }
}

fn gathering(state: GatheringState) -> &'static str {
    match state {
        GatheringState::New => "new",
        GatheringState::Gathering => "gathering",
        GatheringState::Complete => "complete",
    }
}

fn ice(state: IceState) -> &'static str {
    match state {
        IceState::New => "new",
        IceState::Checking => "checking",
        IceState::Connected => "connected",
        IceState::Completed => "completed",
        IceState::Disconnected => "disconnected",
        IceState::Failed => "failed",
        IceState::Closed => "closed",
    }
}

fn connection(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::New => "new",
        ConnectionState::Connecting => "connecting",
        ConnectionState::Connected => "connected",
        ConnectionState::Disconnected => "disconnected",
        ConnectionState::Failed => "failed",
        ConnectionState::Closed => "closed",
    }
}
