//! Converts the browser's connection states to the core's.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the browser's enums, and open to new cases"
)]

use call_core::{ConnectionState, GatheringState, IceState, SignalingState};
use web_sys::{RtcIceConnectionState, RtcIceGatheringState, RtcPeerConnectionState, RtcSignalingState};

pub(super) fn signaling_state(state: RtcSignalingState) -> SignalingState {
    match state {
        RtcSignalingState::HaveLocalOffer => SignalingState::HaveLocalOffer,
        RtcSignalingState::HaveRemoteOffer => SignalingState::HaveRemoteOffer,
        RtcSignalingState::Closed => SignalingState::Closed,
        _ => SignalingState::Stable,
    }
}

pub(super) fn gathering_state(state: RtcIceGatheringState) -> GatheringState {
    match state {
        RtcIceGatheringState::Gathering => GatheringState::Gathering,
        RtcIceGatheringState::Complete => GatheringState::Complete,
        _ => GatheringState::New,
    }
}

pub(super) fn ice_state(state: RtcIceConnectionState) -> IceState {
    match state {
        RtcIceConnectionState::Checking => IceState::Checking,
        RtcIceConnectionState::Connected => IceState::Connected,
        RtcIceConnectionState::Completed => IceState::Completed,
        RtcIceConnectionState::Disconnected => IceState::Disconnected,
        RtcIceConnectionState::Failed => IceState::Failed,
        RtcIceConnectionState::Closed => IceState::Closed,
        _ => IceState::New,
    }
}

pub(super) fn connection_state(state: RtcPeerConnectionState) -> ConnectionState {
    match state {
        RtcPeerConnectionState::Connecting => ConnectionState::Connecting,
        RtcPeerConnectionState::Connected => ConnectionState::Connected,
        RtcPeerConnectionState::Disconnected => ConnectionState::Disconnected,
        RtcPeerConnectionState::Failed => ConnectionState::Failed,
        RtcPeerConnectionState::Closed => ConnectionState::Closed,
        _ => ConnectionState::New,
    }
}
