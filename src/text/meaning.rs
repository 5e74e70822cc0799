//! Explanations of the steps of a call, for users who want to learn how it works.

use call_core::Meaning;

use super::Texts;

/// Texts of one explanation.
#[derive(Clone, Copy, Debug)]
pub struct Meant {
    /// What the step is called.
    pub title: &'static str,
    /// One or two plain sentences.
    pub text: &'static str,
    /// The section of the specification that rules it.
    pub section: &'static str,
}

/// The texts of an explanation.
pub fn meant(t: &Texts, meaning: Meaning) -> Meant {
    let (title, text, section) = match meaning {
        Meaning::Devices => (
            t.meaning_devices,
            t.meaning_devices_text,
            "W3C Media Capture and Streams: getUserMedia()",
        ),
        Meaning::Connection => (
            t.meaning_connection,
            t.meaning_connection_text,
            "W3C WebRTC §4.4: RTCPeerConnection Interface",
        ),
        Meaning::Negotiation => (
            t.meaning_negotiation,
            t.meaning_negotiation_text,
            "W3C WebRTC §4.7: Session Negotiation Model",
        ),
        Meaning::Description => (
            t.meaning_description,
            t.meaning_description_text,
            "RFC 9429 (JSEP): Semantics and Syntax",
        ),
        Meaning::Local => (
            t.meaning_local,
            t.meaning_local_text,
            "RFC 9429 (JSEP): setLocalDescription",
        ),
        Meaning::Signaling => (
            t.meaning_signaling,
            t.meaning_signaling_text,
            "RFC 9429 (JSEP): General Design of JSEP",
        ),
        Meaning::Remote => (
            t.meaning_remote,
            t.meaning_remote_text,
            "RFC 9429 (JSEP): setRemoteDescription",
        ),
        Meaning::SignalingState => (
            t.meaning_signaling_state,
            t.meaning_signaling_state_text,
            "W3C WebRTC §4.3.1: RTCSignalingState",
        ),
        Meaning::Gathering => (
            t.meaning_gathering,
            t.meaning_gathering_text,
            "W3C WebRTC §4.3.2: RTCIceGatheringState",
        ),
        Meaning::Candidate => (
            t.meaning_candidate,
            t.meaning_candidate_text,
            "RFC 8445 (ICE) §5.1.1: Gathering Candidates",
        ),
        Meaning::Ice => (
            t.meaning_ice,
            t.meaning_ice_text,
            "W3C WebRTC §4.3.4: RTCIceConnectionState",
        ),
        Meaning::State => (
            t.meaning_state,
            t.meaning_state_text,
            "W3C WebRTC §4.3.3: RTCPeerConnectionState",
        ),
        Meaning::SetUp => (t.meaning_set_up, t.meaning_set_up_text, "RFC 8838 (Trickle ICE)"),
        Meaning::Picture => (
            t.meaning_picture,
            t.meaning_picture_text,
            "W3C WebRTC Statistics: framesDecoded",
        ),
        Meaning::HangUp => (
            t.meaning_hang_up,
            t.meaning_hang_up_text,
            "W3C WebRTC §4.4.2: close()",
        ),
    };
    Meant { title, text, section }
}

/// The id of an explanation in the page.
pub fn anchor(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Devices => "means-devices",
        Meaning::Connection => "means-connection",
        Meaning::Negotiation => "means-negotiation",
        Meaning::Description => "means-description",
        Meaning::Local => "means-local",
        Meaning::Signaling => "means-signaling",
        Meaning::Remote => "means-remote",
        Meaning::SignalingState => "means-signaling-state",
        Meaning::Gathering => "means-gathering",
        Meaning::Candidate => "means-candidate",
        Meaning::Ice => "means-ice",
        Meaning::State => "means-state",
        Meaning::SetUp => "means-set-up",
        Meaning::Picture => "means-picture",
        Meaning::HangUp => "means-hang-up",
    }
}
