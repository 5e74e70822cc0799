//! The connection with a peer.

use protocol::http::IceServer;
use protocol::{IceCandidate, Parcel, SessionDescription};

use crate::Source;

/// What to do with it.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerOrder {
    /// Make an `RTCPeerConnection`.
    Open {
        /// Whether to add the transceivers of all sources now (the offering end), or to take over those that the
        /// other's offer brings.
        offers: bool,
        /// For its configuration.
        ice_servers: Vec<IceServer>,
        /// Whether nothing but relays may be used (`iceTransportPolicy`).
        relay_only: bool,
    },
    /// Close it and give back all it holds.
    Close,
    /// Send on the data channel of the pair, past the server.
    SendPast(Parcel),
    /// `createOffer()`, which changes nothing; answer with `OfferCreated`.
    CreateOffer,
    /// `setLocalDescription` with what `CreateOffer` gave; without it the browser creates the description that is due. Answer
    /// with `LocalDescriptionSet`.
    SetLocalDescription(Option<SessionDescription>),
    /// `setRemoteDescription` with what the other said; never while an offer of ours is set, unless it is the answer.
    SetRemoteDescription(SessionDescription),
    /// `addIceCandidate` with what the other found.
    AddIceCandidate(IceCandidate),
    /// `restartIce()`, with the servers to be used from now on; none for those that it has.
    RestartIce(Vec<IceServer>),
    /// Send what a source gives now (or nothing, if it is off), without a new negotiation.
    ReplaceTrack(Source),
    /// Take the track of a source from its sender and give it back, without a new negotiation.
    ResetTrack(Source),
    /// Begin all pictures that are sent to the peer anew, as it may have missed some: each one's next frame is a key frame.
    RefreshPictures,
    /// Wait for the first picture that arrives; answer with `PictureArrived`.
    AwaitPicture,
}
