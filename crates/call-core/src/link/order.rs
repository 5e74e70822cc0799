//! Orders for the connection with a peer.

use protocol::http::IceServer;
use protocol::{IceCandidate, SessionDescription, SignalEnvelope};

use crate::{Encoding, Source, Video};

/// What a new connection is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConnection {
    /// Whether to add the transceivers of all sources now (the end that makes the first offer), or to use those that the
    /// peer's offer creates.
    pub offers: bool,
    /// The ICE servers for its configuration.
    pub ice_servers: Vec<IceServer>,
    /// Whether only relays may be used (`iceTransportPolicy`).
    pub relay_only: bool,
}

/// An order for the connection with a peer.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerOrder {
    /// Create an `RTCPeerConnection`.
    Open(NewConnection),
    /// Close the connection and release its resources.
    Close,
    /// Send on the data channel to the peer instead of through the server. Best effort: lost signals are retransmitted.
    SendOnDataChannel(SignalEnvelope),
    /// `createOffer()`, which changes no state; answer with `OfferCreated`.
    CreateOffer,
    /// `setLocalDescription` with the offer from `CreateOffer`; with `None`, the browser creates the description that
    /// is due. Answer with `LocalDescriptionSet`.
    SetLocalDescription(Option<SessionDescription>),
    /// `setRemoteDescription` with the peer's description; while our offer is set, it is always the answer.
    SetRemoteDescription(SessionDescription),
    /// `addIceCandidate` with the peer's candidate.
    AddIceCandidate(IceCandidate),
    /// `restartIce()` with the ICE servers to use from now on; if empty, the connection keeps its servers.
    RestartIce(Vec<IceServer>),
    /// Send the present track of a source (or none, if it is off), without renegotiation.
    ReplaceTrack(Source),
    /// Take the track of a source from its sender and put it back, without renegotiation.
    ResetTrack(Source),
    /// Limit the encoding of a video; `None` to send nothing of it.
    LimitVideo(Video, Option<Encoding>),
    /// Make the next frame of each video sent to the peer a key frame, as it may have missed frames.
    SendKeyFrames,
    /// Collect the statistics; answer with `QualityMeasured`.
    MeasureQuality,
    /// Wait for the first video frame; answer with `FirstFrame`.
    AwaitFirstFrame,
}
