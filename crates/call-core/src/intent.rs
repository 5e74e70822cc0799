//! What the user wishes.

use protocol::{InvitationId, ParticipantId};

use crate::{Act, ChatKey, DeviceKind, Lab, NoticeId, TileKey};

/// A user's wish, as a component dispatches it.
#[derive(Clone, PartialEq)]
pub enum Intent {
    /// Make an account, sign in with it, and enter a room.
    CreateAccount(Entrance),
    /// Sign in and enter a room.
    SignIn(Entrance),
    /// Come into a room by a name, without an account.
    ComeAsGuest(Entrance),
    /// End the session here and on the server.
    SignOut,
    /// See to the account.
    OpenAccount,
    /// Be done with that.
    CloseAccount,
    /// Take another password; the other sessions end.
    ChangePassword {
        /// The one until now, as typed.
        current: String,
        /// The one from now on, as typed.
        new: String,
    },
    /// End all sessions, this one among them.
    SignOutEverywhere,
    /// End the account.
    EndAccount {
        /// Its password, as typed.
        password: String,
    },
    /// Enter a room, as its name is typed; the user is signed in.
    EnterRoom(String),
    /// Go on into the room for which the user has made ready.
    EnterPrepared,
    /// Leave the room, and every call in it.
    LeaveRoom,
    /// Leave the call by the browser's buttons, as was asked; or stay (`false`).
    LeaveByHistory(bool),
    /// Enter the room here although another page of the same user has the seat.
    TakeSeatOver,
    /// Go on as who the browser is signed in as by now.
    GoOnAsAnother,
    /// Sign in to an account in place of that one.
    SignInAgain,
    /// Try at once to reach the server again, or to enter the room that said no.
    Retry,
    /// Ask a participant to talk.
    Invite(ParticipantId),
    /// Take an invitation back.
    CancelInvitation(InvitationId),
    /// Say yes to an invitation.
    AcceptInvitation {
        /// Which.
        invitation: InvitationId,
        /// Whether to answer with a camera.
        camera: bool,
    },
    /// Say no to an invitation.
    DeclineInvitation(InvitationId),
    /// Talk with everybody in the conference.
    JoinConference,
    /// End the call with one participant.
    HangUp(ParticipantId),
    /// End all calls, the conference included.
    HangUpAll,
    /// Connect again with a participant whose connection failed.
    RetryLink(ParticipantId),
    /// Let calls go by relays alone, or not: it counts from the next connection on.
    HideAddress(bool),
    /// Turn the camera on.
    StartCamera,
    /// Turn the camera off: the device is released.
    StopCamera,
    /// Turn the microphone on, or let it be heard again.
    UnmuteMicrophone,
    /// Keep the microphone, but send silence.
    MuteMicrophone,
    /// Share the screen, or a window or tab, as the browser lets the user choose.
    ShareScreen,
    /// Share it no longer.
    StopSharing,
    /// Hear one participant louder or softer, in percent of what comes.
    SetVolume {
        /// Whom.
        peer: ParticipantId,
        /// From 0 to 100.
        percent: u8,
    },
    /// Use one device of a kind, by its id.
    ChooseDevice(DeviceKind, String),
    /// Hear whether the speaker works.
    TestSpeaker,
    /// Keep one tile large, whoever speaks.
    Pin(TileKey),
    /// Let the large tile change again.
    Unpin,
    /// Show one tile large (`true`), or all of one size.
    Spotlight(bool),
    /// Keep the user's own picture from the user, who is seen all the same.
    HideSelf(bool),
    /// Look at the connection with somebody, or look away.
    InspectConnection(Option<ParticipantId>),
    /// Write a line to the chat.
    SendChat(String),
    /// Keep what is written and not sent, for when the page is loaded again.
    DraftChat(String),
    /// Send again a line that the server did not take.
    RetryChat(ChatKey),
    /// Show older lines of the chat.
    LoadEarlierChat,
    /// The chat came into view, or went out of it.
    ShowChat(bool),
    /// Be told of invitations by the desktop while the page is out of sight, if the browser's question is answered so.
    AllowNotifications,
    /// Do something to somebody, or to the room.
    Moderate(Act),
    /// Try to enter the room that asks for a password with this one.
    GivePassword(String),
    /// Put a notice away.
    DismissNotice(NoticeId),
    /// Go to a lab, leaving what is open.
    OpenLab(Lab),
    /// Leave the lab for where the user was before.
    CloseLab,
    /// Turn camera and microphone on, for a call within the page.
    StartLoopback,
    /// Call from one end of the page to the other.
    CallLoopback,
    /// End that call, and give the devices back.
    HangUpLoopback,
    /// Try each of the STUN and TURN servers.
    CheckServers,
    /// Turn camera and microphone on, to see how they are.
    StartCapture,
    /// Turn them off again.
    StopCapture,
    /// Record what they give, for a few seconds.
    StartRecording,
    /// End the recording.
    StopRecording,
    /// Say whether the test sound was heard.
    HeardTestSound(bool),
    /// Show why there is no connection with a participant.
    AskWhy(ParticipantId),
    /// Put that away.
    CloseWhy,
}

/// What is filled in at the door.
#[derive(Clone, PartialEq, Eq)]
pub struct Entrance {
    /// The user's name, as typed.
    pub name: String,
    /// The password, as typed; a guest has none.
    pub password: String,
    /// The room's name, as typed.
    pub room: String,
    /// The code that allows a new account, as typed; empty where none is needed.
    pub invite_code: String,
}

impl std::fmt::Debug for Intent {
    /// Names the wish only: some wishes carry a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CreateAccount(_) => f.write_str("CreateAccount"),
            Self::SignIn(_) => f.write_str("SignIn"),
            Self::ComeAsGuest(_) => f.write_str("ComeAsGuest"),
            Self::SendChat(_) => f.write_str("SendChat"),
            Self::Invite(peer) => write!(f, "Invite({})", peer.0),
            Self::HangUp(peer) => write!(f, "HangUp({})", peer.0),
            other => write!(f, "Intent#{:?}", std::mem::discriminant(other)),
        }
    }
}
