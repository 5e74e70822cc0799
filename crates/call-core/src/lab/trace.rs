//! The trace of the loopback call: each step with its time and its end.

use std::time::Duration;

use protocol::SdpType;

use super::candidate::CandidateView;
use crate::{ConnectionState, Device, MediaError, OpenDevice, SignalingState};

/// One entry of the trace.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceEntry {
    /// Time since the trace began, in whole milliseconds.
    pub at: Duration,
    /// The end at which it happened; `None` if it concerns both.
    pub end: Option<End>,
    /// The step that was taken.
    pub step: Step,
}

/// An end of the loopback call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The local peer, which sends the offer.
    This,
    /// The remote peer, which answers.
    That,
}

impl End {
    /// Returns the other end.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::This => Self::That,
            Self::That => Self::This,
        }
    }
}

/// What happened. An operation of the browser is two steps: begun and done.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Camera and microphone were requested.
    DevicesAsked,
    /// A device is on; with its settings, as far as the browser reports them.
    DeviceOpened(Device, Option<OpenDevice>),
    /// A device could not be opened.
    DeviceFailed(Device, MediaError),
    /// The call began.
    Called,
    /// An `RTCPeerConnection` was created.
    ConnectionMade,
    /// `negotiationneeded` fired.
    NegotiationNeeded,
    /// `createOffer` was called.
    OfferBegun,
    /// `createOffer` resolved; the offer is set once it has been answered.
    OfferDone,
    /// `setLocalDescription` was called.
    LocalBegun(SdpType),
    /// `setLocalDescription` resolved.
    LocalDone(SdpType),
    /// The description was delivered to the other end.
    Handed(SdpType),
    /// `setRemoteDescription` was called.
    RemoteBegun(SdpType),
    /// `setRemoteDescription` resolved.
    RemoteDone(SdpType),
    /// The browser rejected a description.
    DescriptionFailed,
    /// `signalingState` changed.
    Signaling(SignalingState),
    /// `iceGatheringState` changed.
    Gathering(GatheringState),
    /// A local candidate was gathered.
    CandidateFound(CandidateView),
    /// A candidate of the other end was handed to the browser.
    CandidateTaken(CandidateView),
    /// `iceConnectionState` changed.
    Ice(IceState),
    /// `restartIce` was called.
    IceRestarted,
    /// `connectionState` changed.
    Connection(ConnectionState),
    /// Time from the start of the call until both ends were connected.
    SetUp(Duration),
    /// The first video frame arrived.
    FirstFrame {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The connection failed and was closed.
    GaveUp,
    /// The user hung up; both ends are closed.
    HungUp,
}

/// `RTCPeerConnection.iceGatheringState` (W3C WebRTC §4.3.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GatheringState {
    /// Gathering has not begun.
    #[default]
    New,
    /// Candidates are being gathered.
    Gathering,
    /// All candidates are gathered.
    Complete,
}

/// `RTCPeerConnection.iceConnectionState` (W3C WebRTC §4.3.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IceState {
    /// No candidates to check yet.
    #[default]
    New,
    /// Candidate pairs are being checked.
    Checking,
    /// A pair works; checks for better ones go on.
    Connected,
    /// The best pair is in use.
    Completed,
    /// Connectivity is lost for the moment.
    Disconnected,
    /// No pair works.
    Failed,
    /// The connection is closed.
    Closed,
}

/// Topic of the glossary that explains a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Camera and microphone.
    Devices,
    /// The two peer connections.
    Connection,
    /// Why an offer is made.
    Negotiation,
    /// Offer and answer.
    Description,
    /// The local description.
    Local,
    /// The remote description.
    Remote,
    /// How descriptions reach the other end.
    Signaling,
    /// Progress of offer and answer.
    SignalingState,
    /// ICE candidates.
    Candidate,
    /// Candidate gathering.
    Gathering,
    /// Connectivity checks.
    Ice,
    /// State of the connection as a whole.
    State,
    /// Set-up time.
    SetUp,
    /// The first video frame.
    Picture,
    /// The end of the call.
    HangUp,
}

impl Meaning {
    /// All topics, in the order in which a call meets them.
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
    /// The topic that explains the step.
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
            Self::FirstFrame { .. } => Meaning::Picture,
            Self::HungUp => Meaning::HangUp,
        }
    }
}
