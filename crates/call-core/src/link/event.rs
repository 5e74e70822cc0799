//! The connection with a peer.

use protocol::{IceCandidate, Parcel, SessionDescription};

use crate::{GatheringState, IceState};

/// What happened to it.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerEvent {
    /// It wants an offer to be made (W3C WebRTC, `negotiationneeded`).
    NegotiationNeeded,
    /// `createOffer` succeeded; nothing is set. The offer may be sent, and set when it is answered.
    OfferCreated(SessionDescription),
    /// `setLocalDescription` succeeded.
    LocalDescriptionSet {
        /// What was set.
        description: SessionDescription,
        /// The state after it.
        signaling_state: SignalingState,
    },
    /// `setRemoteDescription` succeeded, with the state after it.
    RemoteDescriptionSet(SignalingState),
    /// Creating or setting a description failed, with the state after it.
    DescriptionFailed(SignalingState),
    /// ICE found a candidate of ours.
    CandidateGathered(IceCandidate),
    /// A relay could not be used (W3C WebRTC, `icecandidateerror`), with the code that STUN has for why; 701 for no answer.
    RelayFailed(u16),
    /// The connection as a whole changed.
    ConnectionChanged(ConnectionState),
    /// The data channel of the pair opened (`true`), or closed.
    ChannelChanged(bool),
    /// Something came past the server, on the data channel of the pair.
    CamePast(Parcel),
    /// `signalingState` changed, by whatever cause.
    SignalingChanged(SignalingState),
    /// The search for candidates began or ended.
    IceGatheringChanged(GatheringState),
    /// The test of pairs of candidates went on.
    IceConnectionChanged(IceState),
    /// The first picture arrived, of those that are awaited.
    PictureArrived {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
}

/// `RTCPeerConnection.signalingState` (W3C WebRTC §4.3.1), less what this app never sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SignalingState {
    /// No exchange under way.
    #[default]
    Stable,
    /// An offer of ours waits for its answer.
    HaveLocalOffer,
    /// An offer of theirs waits for our answer.
    HaveRemoteOffer,
    /// The connection is closed.
    Closed,
}

/// `RTCPeerConnection.connectionState` (W3C WebRTC §4.3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionState {
    /// Nothing tried.
    #[default]
    New,
    /// Under way.
    Connecting,
    /// Media can flow.
    Connected,
    /// Lost for the moment.
    Disconnected,
    /// Given up by the browser.
    Failed,
    /// Closed.
    Closed,
}
