//! What happened: facts that the shell reports.

use protocol::http::{IceServers, ServerInfo, SessionInfo, SignedIn};
use protocol::{
    Epoch, ErrorCode, IceCandidate, Parcel, ParticipantId, RoomName, ServerMessage, SessionDescription,
};

use crate::{
    Capabilities, ChatOwner, Device, DeviceChoices, GatheringState, HeldSeat, IceState, KeptChat,
    ListedDevice, MediaError, OpenDevice, ProbeFact, ProbeId, RequestId, Sample, SocketId, Timer,
};

/// A fact. What came of an [`crate::Effect`] names the request, socket, or peer and epoch that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page opened.
    Started(Box<Beginning>),
    /// The user went back or forward to another path of the app.
    PathChanged(String),
    /// The page went out of sight, or came back.
    PageHidden(bool),
    /// The page's window got the focus, or lost it: it may be seen beside another.
    PageFocused(bool),
    /// The page is being closed, left for another one, or loaded anew.
    PageClosing,
    /// The browser has a network again.
    WentOnline,
    /// The browser's network may be another now, or only better or worse.
    NetworkChanged,
    /// The server answered over HTTP, or could not.
    ApiAnswered {
        /// Which call.
        request: RequestId,
        /// What it said.
        answer: Result<ApiAnswer, ApiError>,
    },
    /// The socket is open.
    SocketOpened(SocketId),
    /// The socket is closed, by whomever.
    SocketClosed(SocketId),
    /// A message came.
    MessageReceived {
        /// On which socket.
        socket: SocketId,
        /// What came; the code says why it could not be read.
        message: Result<ServerMessage, ErrorCode>,
    },
    /// The connection wants an offer to be made (W3C WebRTC, `negotiationneeded`).
    NegotiationNeeded {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
    },
    /// `createOffer` succeeded; nothing is set.
    OfferCreated {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What may be sent, and set when it is answered.
        offer: SessionDescription,
    },
    /// `setLocalDescription` succeeded.
    LocalDescriptionSet {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What was set.
        description: SessionDescription,
        /// The state after it.
        signaling_state: SignalingState,
    },
    /// `setRemoteDescription` succeeded.
    RemoteDescriptionSet {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// The state after it.
        signaling_state: SignalingState,
    },
    /// Creating or setting a description failed.
    DescriptionFailed {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// The state after it.
        signaling_state: SignalingState,
    },
    /// ICE found a candidate of ours.
    CandidateGathered {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What was found.
        candidate: IceCandidate,
    },
    /// A relay could not be used (W3C WebRTC, `icecandidateerror`).
    RelayFailed {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// Why, as STUN has it; 701 for no answer.
        code: u16,
    },
    /// The connection as a whole changed.
    ConnectionChanged {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// To what.
        state: ConnectionState,
    },
    /// The data channel of the pair opened, or closed.
    ChannelChanged {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// Whether it is open.
        open: bool,
    },
    /// Something came past the server, on the data channel of the pair.
    CamePast {
        /// From whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What.
        parcel: Parcel,
    },
    /// How loud others are, from 0 to 1: those from whom sound came since the last time.
    LevelsMeasured(Vec<(ParticipantId, Epoch, f32)>),
    /// What a connection's statistics say.
    QualityMeasured {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What they say.
        sample: Box<Sample>,
    },
    /// `signalingState` changed, by whatever cause.
    SignalingChanged {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// To what.
        state: SignalingState,
    },
    /// The search for candidates began or ended.
    IceGatheringChanged {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// To what.
        state: GatheringState,
    },
    /// The test of pairs of candidates went on.
    IceConnectionChanged {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// To what.
        state: IceState,
    },
    /// The first picture arrived, of those that are awaited.
    PictureArrived {
        /// From whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The browser tells something of a server that is tried.
    ProbeTold {
        /// Which try.
        probe: ProbeId,
        /// What.
        fact: ProbeFact,
    },
    /// Devices that were asked for are on.
    DevicesOpened {
        /// Which request.
        request: RequestId,
        /// Which devices, and what they give.
        open: Vec<OpenDevice>,
    },
    /// Devices that were asked for are not to be had; none of them is on.
    DevicesFailed {
        /// Which request.
        request: RequestId,
        /// Why.
        error: MediaError,
    },
    /// A device stopped by itself: it was unplugged, or its permission withdrawn.
    DeviceLost(Device),
    /// The system mutes a device that is on, or lets it go on: a switch on the device, a phone call, another program.
    DeviceMuted {
        /// Which.
        device: Device,
        /// Whether it is muted now.
        muted: bool,
    },
    /// The user chose what of the screen to share.
    ScreenOpened {
        /// Which request.
        request: RequestId,
        /// Whether its sound is shared as well.
        sound: bool,
    },
    /// Nothing is shared.
    ScreenFailed {
        /// Which request.
        request: RequestId,
        /// Why.
        error: ScreenError,
    },
    /// What is shared ended by itself: by the browser's own button, or with the window or tab.
    ScreenEnded {
        /// The request that it was the answer to.
        request: RequestId,
    },
    /// Which devices there are now.
    DevicesListed(Vec<ListedDevice>),
    /// How loud the microphone is: 0 is silence, 100 as loud as it gets.
    MicrophoneLevel(u8),
    /// What the browser can do.
    BrowserTold(Capabilities),
    /// A recording ended.
    Recorded {
        /// Which request.
        request: RequestId,
        /// Where it can be played; none if there is no recording.
        url: Option<String>,
    },
    /// What an earlier page kept of a chat.
    ChatRecalled(ChatOwner, KeptChat),
    /// The browser keeps the tone silent until the user does something in the page, or lets it out.
    RingMuted(bool),
    /// A timer ran out.
    TimerFired(Timer),
}

impl Event {
    /// The connection of which it tells.
    pub(crate) fn connection(&self) -> Option<(ParticipantId, Epoch)> {
        match self {
            Self::NegotiationNeeded { peer, epoch }
            | Self::OfferCreated { peer, epoch, .. }
            | Self::LocalDescriptionSet { peer, epoch, .. }
            | Self::RemoteDescriptionSet { peer, epoch, .. }
            | Self::DescriptionFailed { peer, epoch, .. }
            | Self::CandidateGathered { peer, epoch, .. }
            | Self::ConnectionChanged { peer, epoch, .. }
            | Self::SignalingChanged { peer, epoch, .. }
            | Self::IceGatheringChanged { peer, epoch, .. }
            | Self::IceConnectionChanged { peer, epoch, .. }
            | Self::PictureArrived { peer, epoch, .. } => Some((*peer, *epoch)),
            _ => None,
        }
    }
}

/// What the page knows when it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The path in the address bar.
    pub path: String,
    /// The session of an earlier visit.
    pub session: Option<SignedIn>,
    /// The room of an earlier visit.
    pub room: Option<RoomName>,
    /// The seat that this very page held before it was loaded anew.
    pub seat: Option<HeldSeat>,
    /// What the user chose of devices on earlier visits.
    pub devices: DeviceChoices,
}

/// What the server answered to an [`crate::ApiCall`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiAnswer {
    /// To `CreateAccount` and `SignIn`.
    SignedIn(SignedIn),
    /// To `SignOut`, and to what changes the account.
    Done,
    /// To `FetchServer`.
    Server(ServerInfo),
    /// To `FetchIceServers`.
    IceServers(IceServers),
    /// To `FetchSession`.
    Session(SessionInfo),
}

/// Why a call over HTTP came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The server said no.
    Refused(ErrorCode),
    /// The server said no for now, and to ask again after so many seconds (`Retry-After`, RFC 9110 §10.2.3).
    Later(ErrorCode, u32),
    /// No answer, or none that can be read.
    Unreachable,
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

/// Why no screen is shared (W3C Screen Capture §5.1, by `DOMException` name).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenError {
    /// The user closed the browser's dialog, or said no there (`NotAllowedError`).
    Cancelled,
    /// The system does not let the browser see the screen (`NotAllowedError` too, told by its words).
    Blocked,
    /// The system failed to give pictures (`NotReadableError`, `AbortError`).
    NotReadable,
    /// Anything else: the browser has nothing to share, or not in this page.
    Other,
}
