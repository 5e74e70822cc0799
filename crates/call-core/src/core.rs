//! The core: the one state of the app, and the one way in.

use std::time::Duration;

use protocol::http::SignedIn;
use protocol::{RoomName, UserName};

use crate::account::Account;
use crate::ice::Ice;
use crate::lab::Labs;
use crate::media::Media;
use crate::meter::Meter;
use crate::notice::Notices;
use crate::place::Place;
use crate::pulse::Pulse;
use crate::room::Room;
use crate::screen::Screen;
use crate::signaling::Signaling;
use crate::source::Sending;
use crate::speaker::Speakers;
use crate::stage::Stage;
use crate::ticket::Ticket;
use crate::turn::{Output, Turn};
use crate::{
    ChatOwner, Effect, Event, Intent, Moment, NoticeBody, PageOrder, RequestId, StoreOrder, TileKey, View,
};

/// The app's whole state.
#[derive(Clone, Debug, Default)]
pub struct Core {
    pub(crate) place: Place,
    pub(crate) user: Option<SignedIn>,
    /// The call to the server that signs the user in, and the room to enter then. It goes on when the user looks at a lab
    /// meanwhile: the account may have been made already.
    pub(crate) signing_in: Option<(RequestId, RoomName)>,
    /// Signed in by a cookie, and not yet known to be kept by the browser.
    pub(crate) arriving: Option<SignedIn>,
    /// The server has known the user by that cookie.
    pub(crate) cookie_kept: bool,
    pub(crate) account: Account,
    /// Whether the user came, or wanted to come, without an account.
    pub(crate) as_guest: bool,
    /// The room to fill in at the door: of the address, or of an earlier visit.
    pub(crate) room_wish: String,
    /// What the user has for the door of a room.
    pub(crate) ticket: Ticket,
    pub(crate) signaling: Signaling,
    pub(crate) room: Option<Room>,
    pub(crate) media: Media,
    pub(crate) screen: Screen,
    pub(crate) meter: Meter,
    pub(crate) stage: Stage,
    pub(crate) speakers: Speakers,
    pub(crate) labs: Labs,
    pub(crate) notices: Notices,
    pub(crate) ice: Ice,
    pub(crate) pulse: Pulse,
    /// The browser keeps the tone that rings silent.
    pub(crate) ring_muted: bool,
    pub(crate) page_hidden: bool,
    /// The user may see the page, and works in another window.
    pub(crate) page_blurred: bool,
    /// A chat is in view or not before there is a room to chat in.
    pub(crate) chat_in_view: bool,
    pub(crate) in_call: bool,
    /// The user went back or forward out of a call.
    pub(crate) leaving: Leaving,
    /// Whose connection the user looks at.
    pub(crate) inspected: Option<protocol::ParticipantId>,
    /// It is seen from time to time how loud everybody is.
    pub(crate) measuring: bool,
    /// How often connections are looked at, if they are.
    pub(crate) looking: Option<Duration>,
    last_request: RequestId,
}

/// How far a step in the tab's history that leads out of a call is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Leaving {
    #[default]
    No,
    /// It is taken back, and the user is asked.
    Asked,
    /// The user wants it: it is taken again.
    Wanted,
}

/// One input: a wish or a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// What the user wishes.
    Intent(Intent),
    /// What happened.
    Event(Event),
}

impl<I: Into<Intent>> From<I> for Input {
    fn from(intent: I) -> Self {
        Self::Intent(intent.into())
    }
}

impl From<Event> for Input {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

impl Core {
    /// A core that knows nothing yet; its first input is [`Event::Page(PageEvent::Started)`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one input, and says what to do; see the crate's contract.
    pub fn handle(&mut self, moment: Moment, input: Input) -> Vec<Effect> {
        let mut turn = Turn::begin(moment, self.last_request, self.ways());
        match input {
            Input::Intent(intent) => self.intent(&mut turn, intent),
            Input::Event(event) => self.event(&mut turn, event),
        }
        self.round_off(&mut turn);
        self.finish(turn)
    }

    /// What is to be shown now.
    pub fn view(&self) -> View {
        crate::show::view(self)
    }

    /// What follows from the state as a whole: the tone that sounds, devices that no call needs any more, which tiles
    /// there are, whether anybody is to be listened to, and what of the chat is to be sent.
    fn round_off(&mut self, turn: &mut Turn) {
        if self
            .room
            .as_mut()
            .is_some_and(|room| room.invitations.sound(turn))
        {
            // Of another tone it is not known yet.
            self.ring_muted = false;
        }
        self.ask_server(turn);
        let in_call = self.room.as_ref().is_some_and(Room::in_call);
        let was_in_call = std::mem::replace(&mut self.in_call, in_call);
        if was_in_call && !in_call {
            self.media.calls_over(turn);
            self.stage.call_over();
            self.leaving = Leaving::No;
        }
        if in_call != was_in_call {
            turn.order(PageOrder::AskBeforeUnload(in_call));
        }
        self.signaling.set_in_call(turn, in_call);
        if !in_call {
            // However a call ends, and whatever the browser still brings: nobody's screen is seen by mistake.
            self.screen.stop(turn);
        }
        let mut tiles = self.room.as_ref().map(Room::tiles).unwrap_or_default();
        tiles.extend(self.screen.is_on().then_some(TileKey::OwnScreen));
        self.stage.follow(&tiles);
        self.tell_failures(turn);
        self.share_rows(turn);
        self.connect_links(turn);
        self.follow_connections(turn);
        self.run_pulse(turn);
        self.run_meter(turn);
        if let Some(room) = self.room.as_mut().filter(|_| self.signaling.is_joined()) {
            room.chat.due(turn);
        }
        self.keep_chat(turn);
        self.trace_devices(turn.now());
    }

    /// Sends what was said through the socket's queue, and shows the notices.
    fn finish(&mut self, turn: Turn) -> Vec<Effect> {
        let (outputs, last_request) = turn.end();
        self.last_request = last_request;
        let mut effects = Vec::with_capacity(outputs.len());
        for output in outputs {
            match output {
                Output::Effect(effect) => effects.push(effect),
                Output::Message(message) => effects.extend(self.signaling.send(message)),
                Output::Notice(notice) => effects.extend(self.notices.show(notice)),
            }
        }
        self.settle_notices();
        effects
    }

    /// Puts away notices whose cause is gone: a way out that makes no sense any more is not offered.
    fn settle_notices(&mut self) {
        let room = self.room.as_ref();
        let engaged = |name: &UserName| room.is_some_and(|room| room.is_engaged_with(name));
        let failed = |peer| room.is_some_and(|room| room.has_failed(peer));
        let online = self.signaling.is_joined();
        let (heard, shares) = (self.media.heard(), self.screen.is_on());
        self.notices.settle(|body| match body {
            NoticeBody::InvitationEnded { name, .. }
            | NoticeBody::InvitationMissed { name, .. }
            | NoticeBody::CallEnded { name, .. }
            | NoticeBody::CallLost { name, .. } => engaged(name),
            NoticeBody::LinkFailed { peer, .. } => !failed(*peer),
            NoticeBody::TalkingWhileMuted | NoticeBody::Muted { .. } => heard,
            NoticeBody::Screen(_) => shares,
            NoticeBody::Offline => online,
            // These are put away where devices and ICE servers come.
            NoticeBody::Media { .. }
            | NoticeBody::DeviceLost(_)
            | NoticeBody::DeviceKept(_)
            | NoticeBody::DeviceReplaced { .. }
            | NoticeBody::DeviceFollowed(_)
            | NoticeBody::MutedBySystem(_)
            | NoticeBody::NoIceServers
            // These tell what happened.
            | NoticeBody::ParticipantMuted { .. }
            | NoticeBody::RoleChanged(_)
            | NoticeBody::Silenced(_)
            | NoticeBody::RoomChanged { .. }
            | NoticeBody::Banned { .. }
            | NoticeBody::Refused(_)
            | NoticeBody::Outdated => false,
        });
    }

    /// Under what the chat of the room is kept.
    pub(crate) fn chat_owner(&self) -> Option<ChatOwner> {
        let room = self.room.as_ref()?;
        Some(ChatOwner {
            user: room.me.name.clone(),
            room: room.name.clone(),
        })
    }

    fn keep_chat(&mut self, turn: &mut Turn) {
        let Some(owner) = self.chat_owner() else { return };
        let kept = self.room.as_mut().and_then(|room| room.chat.take_unkept());
        if let Some(kept) = kept {
            turn.order(StoreOrder::KeepChat(owner, kept));
        }
    }

    /// Lets the room do something, if there is one.
    pub(crate) fn in_room(&mut self, turn: &mut Turn, act: impl FnOnce(&mut Room, &mut Turn)) {
        if let Some(room) = &mut self.room {
            act(room, turn);
        }
    }

    /// What is sent now.
    pub(crate) fn sending(&self) -> Sending {
        Sending {
            camera: self.media.camera_on(),
            microphone: self.media.heard(),
            screen: self.screen.is_on(),
        }
    }

    /// The name of the room that is entered or was entered.
    pub(crate) fn room_name(&self) -> Option<&RoomName> {
        self.place.room()
    }
}
