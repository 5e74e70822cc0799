//! Events of the connection with a peer.

use protocol::{IceCandidate, SessionDescription, SignalEnvelope};

use crate::{GatheringState, IceState};

/// Something happened to the connection with a peer.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerEvent {
    /// The connection needs a new offer (W3C WebRTC, `negotiationneeded`).
    NegotiationNeeded,
    /// `createOffer` succeeded. The offer is not set: it is sent first, and set when it is answered.
    OfferCreated(SessionDescription),
    /// `setLocalDescription` succeeded.
    LocalDescriptionSet {
        /// The description that was set.
        description: SessionDescription,
        /// Signaling state afterwards.
        signaling_state: SignalingState,
    },
    /// `setRemoteDescription` succeeded; holds the signaling state afterwards.
    RemoteDescriptionSet(SignalingState),
    /// Creating or setting a description failed; holds the signaling state afterwards.
    DescriptionFailed(SignalingState),
    /// ICE gathered a local candidate.
    CandidateGathered(IceCandidate),
    /// A relay could not be used (W3C WebRTC, `icecandidateerror`); holds the STUN error code, or 701 if the relay
    /// did not answer.
    RelayFailed(u16),
    /// `connectionState` changed.
    ConnectionChanged(ConnectionState),
    /// The data channel to the peer opened (`true`) or closed.
    ChannelChanged(bool),
    /// A signal arrived on the data channel instead of through the server.
    DataChannelMessage(SignalEnvelope),
    /// `signalingState` changed, for any reason.
    SignalingChanged(SignalingState),
    /// `iceGatheringState` changed.
    IceGatheringChanged(GatheringState),
    /// `iceConnectionState` changed.
    IceConnectionChanged(IceState),
    /// The first video frame arrived after `AwaitFirstFrame`.
    FirstFrame {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
}

/// `RTCPeerConnection.signalingState` (W3C WebRTC §4.3.1), without the provisional answers that this app never uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SignalingState {
    /// No offer/answer exchange is under way.
    #[default]
    Stable,
    /// Our offer is set and waits for the answer.
    HaveLocalOffer,
    /// The peer's offer is set and waits for our answer.
    HaveRemoteOffer,
    /// The connection is closed.
    Closed,
}

/// `RTCPeerConnection.connectionState` (W3C WebRTC §4.3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionState {
    /// No transport has started.
    #[default]
    New,
    /// Being established.
    Connecting,
    /// Media can flow.
    Connected,
    /// Lost, perhaps temporarily.
    Disconnected,
    /// The browser has given up.
    Failed,
    /// The connection was closed.
    Closed,
}
