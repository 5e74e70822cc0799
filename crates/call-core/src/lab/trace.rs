//! The trace of a call within the page: every step, when it was taken and at which end.

use std::time::Duration;

use protocol::SdpType;

use super::candidate::CandidateView;
use crate::{ConnectionState, Device, MediaError, OpenDevice, SignalingState};

/// One line of the trace.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceEntry {
    /// Since the trace began; to the millisecond.
    pub at: Duration,
    /// Where; `None` for what concerns both ends.
    pub end: Option<End>,
    /// What.
    pub step: Step,
}

/// An end of the call within the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The one that offers.
    This,
    /// The one that answers.
    That,
}

impl End {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::This => Self::That,
            Self::That => Self::This,
        }
    }
}

/// What happened. An operation of the browser's is two steps: begun, and done.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The browser was asked for camera and microphone.
    DevicesAsked,
    /// A device is on; with what it gives, as far as the browser tells.
    DeviceOpened(Device, Option<OpenDevice>),
    /// A device is not to be had.
    DeviceFailed(Device, MediaError),
    /// The call began.
    Called,
    /// `RTCPeerConnection` was made.
    ConnectionMade,
    /// The connection wants to tell the other end something new.
    NegotiationNeeded,
    /// `createOffer` was called.
    OfferBegun,
    /// It was carried out; the offer is set when it has been answered.
    OfferDone,
    /// `setLocalDescription` was called.
    LocalBegun(SdpType),
    /// It was carried out.
    LocalDone(SdpType),
    /// The description was handed to the other end.
    Handed(SdpType),
    /// `setRemoteDescription` was called.
    RemoteBegun(SdpType),
    /// It was carried out.
    RemoteDone(SdpType),
    /// The browser would not take a description.
    DescriptionFailed,
    /// `signalingState` changed.
    Signaling(SignalingState),
    /// `iceGatheringState` changed.
    Gathering(GatheringState),
    /// A candidate of this end was found.
    CandidateFound(CandidateView),
    /// A candidate of the other end was handed to the browser.
    CandidateTaken(CandidateView),
    /// `iceConnectionState` changed.
    Ice(IceState),
    /// `restartIce` was called.
    IceRestarted,
    /// `connectionState` changed.
    Connection(ConnectionState),
    /// From the beginning of the call until both ends were connected.
    SetUp(Duration),
    /// The first picture arrived.
    FirstPicture {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The connection could not be made, and was closed.
    GaveUp,
    /// The user hung up; both ends are closed.
    HungUp,
}

/// `RTCPeerConnection.iceGatheringState` (W3C WebRTC §4.3.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GatheringState {
    /// Not begun.
    #[default]
    New,
    /// Candidates are being looked for.
    Gathering,
    /// All are found.
    Complete,
}

/// `RTCPeerConnection.iceConnectionState` (W3C WebRTC §4.3.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IceState {
    /// Nothing to try yet.
    #[default]
    New,
    /// Pairs of candidates are being tried.
    Checking,
    /// One works; better ones are looked for.
    Connected,
    /// The best is found.
    Completed,
    /// Lost for the moment.
    Disconnected,
    /// None works.
    Failed,
    /// Closed.
    Closed,
}

/// What a step is about: the meaning that it is explained by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Camera and microphone.
    Devices,
    /// The two ends.
    Connection,
    /// Why there is an offer.
    Negotiation,
    /// Offer and answer.
    Description,
    /// The end's own description.
    Local,
    /// The other end's description.
    Remote,
    /// How descriptions travel.
    Signaling,
    /// Where the exchange stands.
    SignalingState,
    /// Ways to an end.
    Candidate,
    /// The search for them.
    Gathering,
    /// The test of them.
    Ice,
    /// The connection as a whole.
    State,
    /// How long it took.
    SetUp,
    /// Pictures arrive.
    Picture,
    /// The end.
    HangUp,
}

impl Meaning {
    /// All, in the order in which a call meets them.
    pub const ALL: [Self; 15] = [
        Self::Devices,
        Self::Connection,
        Self::Negotiation,
        Self::Description,
        Self::Local,
        Self::Signaling,
        Self::Remote,
        Self::SignalingState,
        Self::Gathering,
        Self::Candidate,
        Self::Ice,
        Self::State,
        Self::SetUp,
        Self::Picture,
        Self::HangUp,
    ];
}

impl Step {
    /// What explains it.
    pub fn meaning(&self) -> Meaning {
        match self {
            Self::DevicesAsked | Self::DeviceOpened(..) | Self::DeviceFailed(..) => Meaning::Devices,
            Self::Called | Self::ConnectionMade => Meaning::Connection,
            Self::NegotiationNeeded => Meaning::Negotiation,
            Self::LocalBegun(_) | Self::LocalDone(_) => Meaning::Local,
            Self::Handed(_) => Meaning::Signaling,
            Self::RemoteBegun(_) | Self::RemoteDone(_) => Meaning::Remote,
            Self::OfferBegun | Self::OfferDone | Self::DescriptionFailed => Meaning::Description,
            Self::Signaling(_) => Meaning::SignalingState,
            Self::Gathering(_) => Meaning::Gathering,
            Self::CandidateFound(_) | Self::CandidateTaken(_) => Meaning::Candidate,
            Self::Ice(_) | Self::IceRestarted => Meaning::Ice,
            Self::Connection(_) | Self::GaveUp => Meaning::State,
            Self::SetUp(_) => Meaning::SetUp,
            Self::FirstPicture { .. } => Meaning::Picture,
            Self::HungUp => Meaning::HangUp,
        }
    }
}
