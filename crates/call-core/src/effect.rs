//! What the shell shall do.

use std::time::Duration;

use protocol::http::{AccountEnd, Credentials, IceServer, NewAccount, NewGuest, PasswordChange, SignedIn};
use protocol::{
    ClientMessage, Epoch, IceCandidate, Parcel, ParticipantId, RoomName, SeatKey, SessionDescription,
    SessionToken, UserName,
};

use crate::{ChatOwner, Device, DeviceChoices, DevicePick, KeptChat, ProbeId, Source};

/// An order to the shell. The shell carries them out in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Call the server over HTTP; answer with `ApiAnswered`.
    CallApi {
        /// To be named in the answer.
        request: RequestId,
        /// What to ask.
        call: ApiCall,
    },
    /// Open a socket, closing one that is open; answer with `SocketOpened` and `SocketClosed`.
    OpenSocket(SocketId),
    /// Close the socket; it reports nothing any more.
    CloseSocket,
    /// Send a message on the open socket.
    Send(ClientMessage),
    /// Send on the data channel of the pair, past the server.
    SendPast {
        /// To whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What.
        parcel: Parcel,
    },
    /// Make an `RTCPeerConnection`.
    OpenPeer {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// Whether to add the transceivers of all sources now (the offering end), or to take over those that the
        /// other's offer brings.
        offers: bool,
        /// For its configuration.
        ice_servers: Vec<IceServer>,
        /// Whether nothing but relays may be used (`iceTransportPolicy`).
        relay_only: bool,
    },
    /// Close it and give back all it holds.
    ClosePeer {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
    },
    /// `createOffer()`, which changes nothing; answer with `OfferCreated`.
    CreateOffer {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
    },
    /// `setLocalDescription`; answer with `LocalDescriptionSet`.
    SetLocalDescription {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What `CreateOffer` gave; without it the browser creates the description that is due.
        offer: Option<SessionDescription>,
    },
    /// `setRemoteDescription`; never while an offer of ours is set, unless it is the answer.
    SetRemoteDescription {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What the other said.
        description: SessionDescription,
    },
    /// `addIceCandidate`.
    AddIceCandidate {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// What the other found.
        candidate: IceCandidate,
    },
    /// `restartIce()`.
    RestartIce {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// To be used from now on; none for those that it has.
        ice_servers: Vec<IceServer>,
    },
    /// Send what a source gives now (or nothing, if it is off) to a peer, without a new negotiation.
    ReplaceTrack {
        /// To whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// Which.
        source: Source,
    },
    /// Take the track of a source from its sender and give it back, without a new negotiation.
    ResetTrack {
        /// To whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
        /// Which.
        source: Source,
    },
    /// Begin all pictures that are sent to a peer anew, as it may have missed some: each one's next frame is a key frame.
    RefreshPictures {
        /// To whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
    },
    /// See how loud the microphones of all open connections are; answer with `LevelsMeasured`.
    MeasureLevels,
    /// Look at the statistics of all open connections; answer with `QualityMeasured` for each.
    MeasureQuality,
    /// Turn devices on, with one question to the user for all of them; answer with `DevicesOpened` or `DevicesFailed`.
    /// What is open of their kind goes when the answer is there.
    OpenDevices {
        /// To be named in the answer.
        request: RequestId,
        /// Which camera, if one is wanted.
        camera: Option<DevicePick>,
        /// Which microphone, if one is wanted.
        microphone: Option<DevicePick>,
    },
    /// Answer with `DevicesListed`; from now on also whenever a device comes or goes.
    ListDevices,
    /// Measure how loud the open microphone is, muted or not, this often (`MicrophoneLevel`), or no more.
    MeterMicrophone(Option<Duration>),
    /// Let the speaker be heard that has this id, or the one that the system prefers.
    PlayTestSound(Option<String>),
    /// Keep what the user chose of devices for the next visit.
    StoreDeviceChoices(DeviceChoices),
    /// Turn a device off. What an unanswered request still brings of it is turned off too.
    CloseDevice(Device),
    /// Let the browser ask the user which screen, window or tab to share; answer with `ScreenOpened` or `ScreenFailed`.
    OpenScreen {
        /// To be named in the answer.
        request: RequestId,
    },
    /// Share nothing any more. What an unanswered request still brings is given back too.
    CloseScreen,
    /// Let the microphone be heard, or send silence.
    EnableMicrophone(bool),
    /// Wait for the first picture that arrives on a connection; answer with `PictureArrived`.
    AwaitPicture {
        /// With whom.
        peer: ParticipantId,
        /// Which attempt.
        epoch: Epoch,
    },
    /// Try one STUN or TURN server; tell what comes of it with `ProbeTold`.
    StartProbe {
        /// To be named in what is told.
        probe: ProbeId,
        /// Whether it is a relay: then something is sent through it.
        relay: bool,
        /// One address, and what belongs to it.
        server: IceServer,
    },
    /// Answer with `BrowserTold`.
    LookAtBrowser,
    /// Record what the devices give; answer with `Recorded` when it ends. A recording before it goes.
    Record(RequestId),
    /// End the recording.
    StopRecording,
    /// Give the recording back, made or under way.
    DropRecording,
    /// Give back what trying a server holds.
    StopProbe(ProbeId),
    /// Start a timer, or start it anew; answer with `TimerFired`.
    StartTimer {
        /// Which.
        timer: Timer,
        /// When it fires.
        after: Duration,
    },
    /// Stop a timer.
    StopTimer(Timer),
    /// Show a path in the address bar; `true` makes a step that the back button undoes.
    ShowPath(String, bool),
    /// Take the user's last step in the tab's history back, or again if it was taken back; answer with `PathChanged`.
    TurnRound,
    /// Have the browser ask before the page is closed or loaded again, or not.
    AskBeforeUnload(bool),
    /// Keep the session for the next visit.
    StoreSession(SignedIn),
    /// Forget the session that is kept, if it is this user's: another tab may have signed in to another account.
    ForgetSession(UserName),
    /// Keep the room for the next visit.
    StoreRoom(RoomName),
    /// Keep the seat for this page should it be loaded anew, or forget it.
    StoreSeat(Option<HeldSeat>),
    /// Keep what of a chat is not sent; what is empty is forgotten.
    KeepChat(ChatOwner, KeptChat),
    /// Answer with `ChatRecalled`, if anything is kept.
    RecallChat(ChatOwner),
    /// Forget what is kept of a user's chats.
    ForgetChats(UserName),
    /// Sound a tone until another is ordered.
    Ring(Ringing),
    /// Let the browser ask whether notifications may be shown.
    AskForNotifications,
    /// Tell the user, who looks elsewhere, that somebody asks to talk.
    NotifyInvitation(UserName),
}

/// A call over HTTP. Those with a token have none where the browser keeps the session in a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiCall {
    /// `POST /api/accounts`.
    CreateAccount(NewAccount),
    /// `POST /api/sessions`.
    SignIn(Credentials),
    /// `POST /api/guests`.
    ComeAsGuest(NewGuest),
    /// `DELETE /api/session`.
    SignOut(SignedIn),
    /// `GET /api/server`.
    FetchServer,
    /// `POST /api/account/password`.
    ChangePassword(SignedIn, PasswordChange),
    /// `DELETE /api/sessions`.
    SignOutEverywhere(SignedIn),
    /// `POST /api/account/end`.
    EndAccount(SignedIn, AccountEnd),
    /// `GET /api/ice-servers`.
    FetchIceServers(Option<SessionToken>),
    /// `GET /api/session`: whether the browser sends what it was given when the user signed in.
    FetchSession,
}

/// What sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ringing {
    /// Nothing.
    #[default]
    Silent,
    /// Somebody asks.
    Incoming,
    /// Somebody is being asked.
    Outgoing,
}

/// Names one timer; each runs once at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// To say `ping`.
    Ping,
    /// The answer to `ping` is late.
    PongLate,
    /// To open the socket again.
    Reconnect,
    /// To go on with lines of the chat that wait, or with fetching some.
    Chat,
    /// A connection with a peer is not there, or not there again, for too long.
    LinkLate(ParticipantId, Epoch),
    /// A peer has not said that it has seen what was signaled.
    SignalUnseen(ParticipantId, Epoch),
    /// A peer is to be told that its signals have come.
    WordDue(ParticipantId, Epoch),
    /// To ask for fresh TURN credentials.
    IceServers,
    /// Fresh TURN credentials for connections that wait for them do not come.
    RestartDue,
    /// To see whether the computer slept.
    Pulse,
    /// To see how loud everybody is.
    Levels,
    /// To see how good connections are.
    Quality,
    /// A notice has been seen.
    Notice(NoticeId),
    /// A recording is long enough.
    Recording,
    /// A server that is tried takes too long.
    ProbeLate(ProbeId),
}

/// A seat, and the room that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// Where.
    pub room: RoomName,
    /// The proof of holding it.
    pub key: SeatKey,
}

/// Names one socket, from the first to the last that the page opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// Names one request to the shell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Names one notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u64);
