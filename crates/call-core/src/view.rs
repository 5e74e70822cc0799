//! What is shown: plain values that the components read, made anew from the machines after each input.
//!
//! Nothing here decides anything, and no text is in any language: the face has the words.

mod moderation;
mod quality;

use protocol::http::Registration;
use protocol::{
    Epoch, ErrorCode, InvitationId, MessageId, NameError, Nonce, ParticipantId, Role, RoomName, RoomSettings,
    UnixMillis, UserName,
};

use crate::{
    ApiError, Deed, Device, Lab, LabView, ListedDevice, MediaError, NoticeId, OpenDevice, ScreenError, Source,
};

pub use moderation::*;
pub use quality::*;

/// Everything that is shown, in slices that change apart from each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Which page.
    pub page: PageView,
    /// The user's account, and who may make one.
    pub account: AccountView,
    /// Who is in the room.
    pub people: Vec<PersonView>,
    /// Invitations that ring.
    pub invitations: InvitationsView,
    /// Who is seen and heard.
    pub call: CallView,
    /// How good the connections are.
    pub quality: Vec<QualityView>,
    /// The user's own camera and microphone.
    pub media: MediaView,
    /// How loud the microphone is where that is shown: 0 to 100.
    pub level: u8,
    /// The room's chat.
    pub chat: ChatView,
    /// The labs, where one is shown.
    pub lab: LabView,
    /// The room's rules and who waits.
    pub moderation: ModerationView,
    /// What the user should know now, oldest first.
    pub notices: Vec<Notice>,
}

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PageView {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// At the door, not signed in.
    SignIn {
        /// The room to fill in: the one of the address, or of an earlier visit.
        room: String,
        /// An answer is awaited.
        busy: bool,
        /// Why the last attempt came to nothing.
        error: Option<FormError>,
        /// Whether the user came, or wanted to come, without an account.
        guest: bool,
    },
    /// Signed in, in no room.
    Lobby {
        /// The user.
        name: UserName,
        /// The room to fill in.
        room: String,
        /// Why the last attempt came to nothing.
        error: Option<FormError>,
    },
    /// About to enter a room.
    Ready {
        /// Which.
        room: RoomName,
        /// The user.
        name: UserName,
    },
    /// On the way into a room.
    Entering {
        /// Which.
        room: RoomName,
        /// The server has not been reached so far, and is tried again.
        unreachable: bool,
    },
    /// Another page of the same user is in the room: take the seat over?
    SeatOccupied {
        /// Which room.
        room: RoomName,
    },
    /// Another page of the same user took the seat over: take it back?
    SeatTakenOver {
        /// Which room.
        room: RoomName,
    },
    /// The browser is signed in to another account by now, in another tab: go on as that one?
    AnotherUser {
        /// Which room.
        room: RoomName,
        /// Who is signed in.
        name: UserName,
    },
    /// The server does not let the user in, or closed the socket and wants no new one at once.
    Refused {
        /// Which room.
        room: RoomName,
        /// Why.
        code: ErrorCode,
        /// Until when, if that is known.
        until: Option<UnixMillis>,
    },
    /// A moderator has to let the user in.
    Waiting {
        /// Which room.
        room: RoomName,
    },
    /// In a room.
    Room {
        /// Which.
        room: RoomName,
        /// The user.
        name: UserName,
        /// The socket broke and is being opened again; calls go on.
        reconnecting: bool,
    },
    /// In a lab.
    Lab(Lab),
    /// At an address of no page.
    Nowhere,
}

/// The user's account, and who may make one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountView {
    /// Who may make an account here.
    pub registration: Registration,
    /// Whether rooms here may let people in who have none.
    pub guests: bool,
    /// Whether the user is one of those.
    pub guest: bool,
    /// Whether the user sees to it.
    pub open: bool,
    /// What is under way.
    pub busy: Option<Deed>,
    /// What came to nothing, and why.
    pub error: Option<(Deed, FormError)>,
    /// The password was changed a moment ago.
    pub changed: bool,
}

/// Why a form was not taken, and which of its fields to mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The user name.
    UserName(NameError),
    /// The user name is another's.
    UserNameTaken,
    /// The password is shorter or longer than the limits.
    Password,
    /// Name and password do not belong together; shown at the password.
    WrongCredentials,
    /// The code that allows a new account.
    InviteCode,
    /// A guest's time is over.
    VisitEnded,
    /// The room's name.
    RoomName(NameError),
    /// The form as a whole; the fields are fine.
    Server(ApiError),
    /// The session that was remembered has ended: sign in again.
    SessionEnded,
    /// The browser did not keep the cookie by which the server knows the user.
    CookiesRefused,
}

/// Somebody in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// The seat.
    pub id: ParticipantId,
    /// The name.
    pub name: UserName,
    /// Whether it is the user.
    pub you: bool,
    /// Whether in the conference.
    pub in_conference: bool,
    /// Whether the server waits for their page, whose socket broke; calls go on, and it rings when they are back.
    pub away: bool,
    /// How the user stands with this person.
    pub state: PersonState,
    /// Whether the person has no account.
    pub guest: bool,
    /// What the person may do to others here.
    pub role: Role,
    /// Whether a moderator lets the person write no lines.
    pub silenced: bool,
    /// Whether the user takes no invitations of the person.
    pub blocked: bool,
    /// Whether the user may mute, silence, remove and ban the person.
    pub moderated: bool,
    /// Whether the user may make the person a moderator, or a participant again.
    pub appointed: bool,
}

/// How the user stands with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// Both are in the room.
    InRoom,
    /// The user's invitation rings there.
    Invited(InvitationId),
    /// Their invitation rings here.
    Inviting(InvitationId),
    /// On the way to a call.
    Connecting,
    /// In a call.
    Talking,
}

/// Invitations that ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationsView {
    /// For the user, oldest first.
    pub incoming: Vec<InvitationView>,
    /// From the user, oldest first.
    pub outgoing: Vec<InvitationView>,
    /// Whether the browser keeps the tone silent until the user does something in the page.
    pub muted: bool,
}

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// Which.
    pub id: InvitationId,
    /// The other end.
    pub peer: ParticipantId,
    /// Their name.
    pub name: UserName,
    /// Whether they have no account.
    pub guest: bool,
    /// When it times out, by the page's clock.
    pub ends_at: UnixMillis,
}

/// The calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallView {
    /// Whether the user is in the conference.
    pub in_conference: bool,
    /// How many others are in the conference.
    pub conference_others: usize,
    /// One for each link, in the order in which they opened.
    pub tiles: Vec<TileView>,
    /// Whether the user speaks at this moment.
    pub speaking: bool,
    /// How they are shown.
    pub stage: StageView,
    /// Who of the conference does not hear whom.
    pub holes: Vec<HoleView>,
    /// The user went back or forward, which would end the call: whether to do so is asked.
    pub leave_asked: bool,
}

/// One of the conference does not hear another, which is being mended; the user has no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleView {
    /// Who does not hear.
    pub one: Option<UserName>,
    /// Who is not heard.
    pub other: Option<UserName>,
    /// Neither hears the other; if the user is one of them, the first.
    pub both: bool,
}

/// How the call is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageView {
    /// What is shown, in this order.
    pub tiles: Vec<TileKey>,
    /// Which of them is large; without one, all are of one size.
    pub main: Option<TileKey>,
    /// Which the user keeps large.
    pub pinned: Option<TileKey>,
    /// Whether the user wants not to see themselves.
    pub self_hidden: bool,
}

/// Names a tile of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKey {
    /// The user.
    Own,
    /// The screen that the user shares.
    OwnScreen,
    /// Another person.
    Face(ParticipantId),
    /// The screen that another person shares.
    Screen(ParticipantId),
}

/// One other person in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileView {
    /// Who.
    pub peer: ParticipantId,
    /// Which attempt; the stream changes with it.
    pub epoch: Epoch,
    /// Their name.
    pub name: UserName,
    /// Whether they have no account.
    pub guest: bool,
    /// How the connection is.
    pub state: TileState,
    /// Whether their camera sends a picture.
    pub camera: bool,
    /// Whether their microphone sends sound.
    pub microphone: bool,
    /// Whether they share a screen.
    pub screen: bool,
    /// Whether the server waits for their page, whose socket broke; what is seen and heard goes on.
    pub away: bool,
    /// What of it does not play on this page.
    pub stalls: Vec<StallView>,
    /// Whether they speak at this moment.
    pub speaking: bool,
    /// How loud the user hears them and their screen, from 0 to 100.
    pub volume: u8,
}

/// A source that is sent, and stands still on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StallView {
    /// Which.
    pub source: Source,
    /// All that could be done by itself was done, and the user may ask for another attempt (`RetryLink`).
    pub given_up: bool,
}

/// How the connection behind a tile is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TileState {
    /// Being made.
    #[default]
    Connecting,
    /// Media flows.
    Connected,
    /// Lost, and being mended.
    Reconnecting,
    /// Could not be made, or mended; the user may try again.
    Failed,
}

/// Why a connection could not be made or mended, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTrouble {
    /// The two found no way to each other.
    NoWay,
    /// The relay servers would not let us in: their credentials are wrong or have expired.
    RelayRefused,
    /// The relay servers did not answer.
    RelaySilent,
}

/// The user's own devices, and the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaView {
    /// The camera.
    pub camera: DeviceView,
    /// The microphone.
    pub microphone: DeviceView,
    /// Whether the user wants to be silent; an open microphone then sends silence.
    pub muted: bool,
    /// Devices that are on, and give silence or black, since the system mutes them.
    pub muted_by_system: Vec<Device>,
    /// Whether calls go by relays alone, so that nobody learns the user's address.
    pub hide_address: bool,
    /// The screen that the user shares.
    pub screen: ScreenView,
    /// Which devices there are to choose from, each by a name of its own; without names until one was open.
    pub listed: Vec<ListedDevice>,
    /// Which of them are used, or would be.
    pub selected: SelectedDevices,
    /// Which of them the system chooses.
    pub by_system: BySystem,
    /// Those that are open, and what they give.
    pub open: Vec<OpenDevice>,
}

/// The ids of the devices that are used, or would be; none where the browser decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectedDevices {
    /// The camera.
    pub camera: Option<String>,
    /// The microphone.
    pub microphone: Option<String>,
    /// The speaker.
    pub speaker: Option<String>,
}

/// The kinds of device for which the user leaves the choice to the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BySystem {
    /// The camera.
    pub camera: bool,
    /// The microphone.
    pub microphone: bool,
    /// The speaker.
    pub speaker: bool,
}

impl Default for BySystem {
    fn default() -> Self {
        Self {
            camera: true,
            microphone: true,
            speaker: true,
        }
    }
}

/// The user's own screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScreenView {
    /// Not shared.
    #[default]
    Off,
    /// The user chooses in the browser's dialog what of it to share.
    Asking,
    /// Shared.
    On {
        /// With its sound.
        sound: bool,
    },
}

/// One device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceView {
    /// Not in use.
    #[default]
    Off,
    /// The browser was asked for it.
    Starting,
    /// In use.
    On,
    /// Not to be had.
    Failed(MediaError),
}

impl DeviceView {
    /// Whether it is in use, or on its way to be.
    pub fn is_used(self) -> bool {
        matches!(self, Self::On | Self::Starting)
    }
}

/// The chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatView {
    /// Oldest first.
    pub lines: Vec<ChatLine>,
    /// Lines by others that came while the chat was out of view.
    pub unread: usize,
    /// Whether there is nothing older.
    pub complete: bool,
    /// Whether older lines are on their way.
    pub loading: bool,
    /// What an earlier page left in the field, until the user changes it.
    pub draft: String,
}

/// One line of the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatLine {
    /// Names the line for as long as the page lives.
    pub key: ChatKey,
    /// When, by the server's clock; by the page's for a line that is not there yet.
    pub at: UnixMillis,
    /// Who wrote it, or of whom it tells.
    pub author: UserName,
    /// Whether that is a guest.
    pub guest: bool,
    /// Whether that is the user.
    pub mine: bool,
    /// What it says.
    pub body: ChatBody,
}

/// Names a line of the chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatKey {
    /// It is in the room's history.
    Message(MessageId),
    /// The user's own, sent and not there yet.
    Pending(Nonce),
    /// Made on this page: an invitation that was missed.
    Missed(InvitationId),
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatBody {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Where they are.
        delivery: Delivery,
    },
    /// The author entered the room.
    Joined,
    /// The author left it.
    Left,
    /// The author was put out of it.
    Removed {
        /// By whom.
        by: UserName,
    },
    /// The author and another began to talk.
    CallStarted {
        /// The other.
        with: UserName,
    },
    /// The author and another stopped.
    CallEnded {
        /// The other.
        with: UserName,
    },
    /// The author joined the conference.
    ConferenceJoined,
    /// The author left it.
    ConferenceLeft,
    /// The author asked the user to talk, in vain.
    Missed {
        /// The author's seat, if still in the room and free to be invited back.
        invite_back: Option<ParticipantId>,
    },
}

/// Where a line of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// In the room's history.
    Delivered,
    /// On its way.
    Pending,
    /// Not taken; the user may send it again.
    Refused(ErrorCode),
}

/// Something that the user should know, until it is put away or has been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// What.
    pub body: NoticeBody,
}

/// What a notice says; each has its own words and, where there is one, a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeBody {
    /// The user's invitation ended without a call.
    InvitationEnded {
        /// Whom the user had asked.
        name: UserName,
        /// Their seat, to be invited again, if they are in the room.
        peer: Option<ParticipantId>,
        /// How: declined, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// An invitation for the user ended before it was answered.
    InvitationMissed {
        /// Who had asked.
        name: UserName,
        /// Their seat, to be invited back, if they are in the room.
        peer: Option<ParticipantId>,
        /// How: cancelled, timed out, or withdrawn because they left.
        outcome: protocol::InvitationOutcome,
    },
    /// The other end of a call ended it.
    CallEnded {
        /// The other.
        name: UserName,
        /// Why.
        reason: protocol::LinkCloseReason,
    },
    /// The server lost the user's seat, as when it is restarted, and a call with it; the way out is to ask again.
    CallLost {
        /// The other.
        name: UserName,
        /// Their seat, to be invited again, if they are in the room.
        peer: Option<ParticipantId>,
    },
    /// A connection could not be made or mended; the way out is to try again.
    LinkFailed {
        /// With whom.
        name: UserName,
        /// Their seat.
        peer: ParticipantId,
        /// Why.
        trouble: LinkTrouble,
    },
    /// A device is not to be had, or was lost; the way out depends on why.
    Media {
        /// Which.
        device: Device,
        /// Why.
        error: MediaError,
    },
    /// The camera or microphone stopped by itself, and there is no other.
    DeviceLost(Device),
    /// The screen cannot be shared; never that the user chose not to.
    Screen(ScreenError),
    /// It stopped by itself, and another took its place.
    DeviceReplaced {
        /// The name of the one that went.
        gone: String,
        /// The name of the one that is used now.
        now: String,
    },
    /// The one that the user chose could not be opened; the one before it stays.
    DeviceKept(Device),
    /// The system prefers another device now, whose name this is, and the page uses it.
    DeviceFollowed(String),
    /// The system mutes a device that is on.
    MutedBySystem(Device),
    /// The user is muted, and talks.
    TalkingWhileMuted,
    /// A moderator muted the user's microphone.
    Muted {
        /// Who.
        by: UserName,
    },
    /// A moderator muted somebody else's.
    ParticipantMuted {
        /// Whose.
        name: UserName,
        /// Who.
        by: UserName,
    },
    /// The user has another role.
    RoleChanged(Role),
    /// A moderator lets the user write no lines, or again.
    Silenced(bool),
    /// A moderator changed the room.
    RoomChanged {
        /// Who.
        by: UserName,
        /// What it is now.
        settings: RoomSettings,
    },
    /// The user banned somebody, which can be undone.
    Banned {
        /// Whom.
        name: UserName,
        /// For how long.
        minutes: u32,
    },
    /// The server refused something that no form or line stands for.
    Refused(ErrorCode),
    /// The socket is being opened again; what was asked for needs the server.
    Offline,
    /// The addresses of STUN and TURN servers could not be had; calls may fail across networks.
    NoIceServers,
    /// The server says things that this page does not understand: load it anew.
    Outdated,
}
