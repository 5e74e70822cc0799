//! The core: the one state of the app, and the one way in.

mod dispatch;
mod messages;
mod view;

use std::time::Duration;

use protocol::RoomName;
use protocol::http::SignedIn;

use crate::account::Account;
use crate::door::Ticket;
use crate::ice::Ice;
use crate::lab::Labs;
use crate::media::{Media, Meter};
use crate::notice::Notices;
use crate::page::{Place, Pulse};
use crate::room::Room;
use crate::screen::Screen;
use crate::signaling::Signaling;
use crate::stage::{Speakers, Stage};
use crate::tracked::Tracked;
use crate::turn::{Output, Turn};
use crate::{Effect, Event, Intent, Moment, PageOrder, RequestId, TileKey};

use view::Shows;

pub use view::View;

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
    pub(crate) media: Tracked<Media>,
    pub(crate) screen: Tracked<Screen>,
    pub(crate) meter: Meter,
    pub(crate) stage: Tracked<Stage>,
    pub(crate) speakers: Speakers,
    pub(crate) labs: Labs,
    pub(crate) notices: Tracked<Notices>,
    pub(crate) ice: Ice,
    pub(crate) pulse: Pulse,
    /// The browser keeps the tone that rings silent.
    pub(crate) ring_muted: Tracked<bool>,
    pub(crate) page_hidden: bool,
    /// The user may see the page, and works in another window.
    pub(crate) page_blurred: bool,
    /// A chat is in view or not before there is a room to chat in.
    pub(crate) chat_in_view: bool,
    pub(crate) in_call: bool,
    /// The user went back or forward out of a call.
    pub(crate) leaving: Tracked<Leaving>,
    /// Whose connection the user looks at.
    pub(crate) inspected: Tracked<Option<protocol::ParticipantId>>,
    /// It is seen from time to time how loud everybody is.
    pub(crate) measuring: bool,
    /// How often connections are looked at, if they are.
    pub(crate) looking: Option<Duration>,
    last_request: RequestId,
    /// What is shown, as the last input left it.
    shown: View,
    shows: Shows,
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
        let effects = self.finish(turn);
        self.refresh_view();
        effects
    }

    /// What is to be shown now.
    pub fn view(&self) -> &View {
        &self.shown
    }

    /// What follows from the state as a whole: the tone that sounds, devices that no call needs any more, which tiles
    /// there are, whether anybody is to be listened to, and what of the chat is to be sent.
    fn round_off(&mut self, turn: &mut Turn) {
        if let Some(room) = self.room.as_mut().filter(|room| !room.invitations.sounds_right()) {
            room.invitations.sound(turn);
            // Of another tone it is not known yet.
            self.ring_muted.put(false);
        }
        self.ask_server(turn);
        let in_call = self.room.as_ref().is_some_and(Room::in_call);
        let was_in_call = std::mem::replace(&mut self.in_call, in_call);
        if was_in_call && !in_call {
            self.media.calls_over(turn);
            self.stage.call_over();
            self.leaving.put(Leaving::No);
        }
        if in_call != was_in_call {
            turn.order(PageOrder::AskBeforeUnload(in_call));
        }
        self.signaling.set_in_call(turn, in_call);
        if !in_call && self.screen.is_used() {
            // However a call ends, and whatever the browser still brings: nobody's screen is seen by mistake.
            self.screen.stop(turn);
        }
        let mut tiles = self.room.as_ref().map(Room::tiles).unwrap_or_default();
        tiles.extend(self.screen.is_on().then_some(TileKey::OwnScreen));
        if !self.stage.shows(&tiles) {
            self.stage.follow(&tiles);
        }
        self.tell_failures(turn);
        self.share_rows(turn);
        self.connect_links(turn);
        self.follow_connections(turn);
        self.run_pulse(turn);
        self.run_meter(turn);
        let joined = self.signaling.is_joined();
        if let Some(room) = self.room.as_mut().filter(|room| joined && room.chat.has_due()) {
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

    /// Lets the room do something, if there is one.
    pub(crate) fn in_room(&mut self, turn: &mut Turn, act: impl FnOnce(&mut Room, &mut Turn)) {
        if let Some(room) = &mut self.room {
            act(room, turn);
        }
    }

    /// The name of the room that is entered or was entered.
    pub(crate) fn room_name(&self) -> Option<&RoomName> {
        self.place.room()
    }
}
