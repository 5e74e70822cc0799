//! The core: the one state of the app, and the one way in.

use std::time::Duration;

use protocol::http::SignedIn;
use protocol::{ClientMessage, RoomName, UnixMillis, UserName};

use crate::account::Account;
use crate::ice::Ice;
use crate::lab::Labs;
use crate::media::Media;
use crate::meter::Meter;
use crate::notice::Notices;
use crate::place::Place;
use crate::pulse::Pulse;
use crate::room::{News, Room};
use crate::screen::Screen;
use crate::signaling::Signaling;
use crate::source::Sending;
use crate::speaker::Speakers;
use crate::stage::Stage;
use crate::ticket::Ticket;
use crate::{ChatOwner, Effect, Event, Intent, Moment, NoticeBody, RequestId, TileKey, View};

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
    /// The time of the input that is being taken.
    pub(crate) now: UnixMillis,
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

impl From<Intent> for Input {
    fn from(intent: Intent) -> Self {
        Self::Intent(intent)
    }
}

impl From<Event> for Input {
    fn from(event: Event) -> Self {
        Self::Event(event)
    }
}

impl Core {
    /// A core that knows nothing yet; its first input is [`Event::Started`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one input, and says what to do; see the crate's contract.
    pub fn handle(&mut self, moment: Moment, input: Input) -> Vec<Effect> {
        self.now = moment.now;
        self.labs.at(moment.now);
        let mut effects = match input {
            Input::Intent(intent) => self.intent(moment, intent),
            Input::Event(event) => self.event(moment, event),
        };
        effects.extend(self.round_off(moment));
        self.hide_address(&mut effects);
        self.note_ice_servers(&effects);
        effects
    }

    /// What is to be shown now.
    pub fn view(&self) -> View {
        crate::show::view(self)
    }

    /// What follows from the state as a whole: the tone that sounds, devices that no call needs any more, which tiles
    /// there are, whether anybody is to be listened to, and what of the chat is to be sent.
    fn round_off(&mut self, moment: Moment) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self
            .room
            .as_mut()
            .and_then(|room| room.invitations.sound())
            .into_iter()
            .collect();
        if !effects.is_empty() {
            // Of another tone it is not known yet.
            self.ring_muted = false;
        }
        effects.extend(self.ask_server());
        let in_call = self.room.as_ref().is_some_and(Room::in_call);
        let was_in_call = std::mem::replace(&mut self.in_call, in_call);
        if was_in_call && !in_call {
            effects.extend(self.media.calls_over());
            self.stage.call_over();
            self.leaving = Leaving::No;
        }
        if in_call != was_in_call {
            effects.push(Effect::AskBeforeUnload(in_call));
        }
        effects.extend(self.signaling.set_in_call(in_call));
        if !in_call {
            // However a call ends, and whatever the browser still brings: nobody's screen is seen by mistake.
            effects.extend(self.screen.stop());
        }
        let mut tiles = self.room.as_ref().map(Room::tiles).unwrap_or_default();
        tiles.extend(self.screen.is_on().then_some(TileKey::OwnScreen));
        self.stage.follow(&tiles);
        effects.extend(self.tell_failures());
        effects.extend(self.share_rows());
        effects.extend(self.follow_connections());
        effects.extend(self.run_pulse());
        effects.extend(self.run_meter());
        if let Some(room) = self.room.as_mut().filter(|_| self.signaling.is_joined()) {
            effects.extend(room.chat.due(moment.now));
        }
        effects.extend(self.keep_chat());
        self.trace_devices();
        self.settle_notices();
        effects
    }

    /// A name for a request to the shell that no other has.
    pub(crate) fn next_request(&mut self) -> RequestId {
        self.last_request = RequestId(self.last_request.0 + 1);
        self.last_request
    }

    /// Says a message to the server, now or when it hears again.
    pub(crate) fn say(&mut self, message: ClientMessage) -> Vec<Effect> {
        self.signaling.say(message).into_iter().collect()
    }

    pub(crate) fn notify(&mut self, notice: NoticeBody) -> Vec<Effect> {
        self.notices.show(notice)
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

    fn keep_chat(&mut self) -> Option<Effect> {
        let owner = self.chat_owner()?;
        let kept = self.room.as_mut()?.chat.take_unkept()?;
        Some(Effect::KeepChat(owner, kept))
    }

    /// Carries news out of the room; what is to be sent goes by way of the socket's queue.
    pub(crate) fn spread(&mut self, news: News) -> Vec<Effect> {
        let mut effects = self.route(news.effects);
        for message in news.messages {
            effects.extend(self.say(message));
        }
        for notice in news.notices {
            effects.extend(self.notify(notice));
        }
        effects
    }

    /// Lets the room do something, if there is one, and carries its news out.
    pub(crate) fn in_room(&mut self, act: impl FnOnce(&mut Room) -> News) -> Vec<Effect> {
        match self.room.as_mut().map(act) {
            Some(news) => self.spread(news),
            None => Vec::new(),
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
