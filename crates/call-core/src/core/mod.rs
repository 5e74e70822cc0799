//! The core: the whole state of the app, and its single entry point [`Core::handle`].

mod dispatch;
mod messages;
mod view;

use std::time::Duration;

use protocol::RoomName;
use protocol::http::SignedIn;

use crate::account::Account;
use crate::door::RoomCredentials;
use crate::ice::Ice;
use crate::lab::Labs;
use crate::link::Prepared;
use crate::media::{Media, Meter};
use crate::notice::Notices;
use crate::page::{PageState, SleepDetector};
use crate::room::Room;
use crate::screen::Screen;
use crate::signaling::Signaling;
use crate::stage::{OwnVoice, Speakers, Stage};
use crate::tracked::Tracked;
use crate::turn::{Output, Turn};
use crate::uplink::Uplink;
use crate::{Effect, Event, Intent, Moment, RequestId, TileKey};

use view::Shows;

pub use view::View;

/// The app's whole state.
#[derive(Clone, Debug, Default)]
pub struct Core {
    pub(crate) page: PageState,
    pub(crate) user: Option<SignedIn>,
    /// The pending sign-in request, and the room to enter afterwards. It goes on while the user visits a lab: the
    /// account may have been created already.
    pub(crate) signing_in: Option<(RequestId, RoomName)>,
    /// Signed in by cookie, while it is not known yet whether the browser keeps the cookie.
    pub(crate) arriving: Option<SignedIn>,
    /// The server has recognised the user by that cookie.
    pub(crate) cookie_kept: bool,
    pub(crate) account: Account,
    /// Whether the user joined, or tried to join, as a guest.
    pub(crate) as_guest: bool,
    /// The room name to prefill in forms: from the address, or from an earlier visit.
    pub(crate) room_wish: String,
    /// Password and invite link code for a room.
    pub(crate) credentials: RoomCredentials,
    pub(crate) signaling: Signaling,
    pub(crate) room: Option<Room>,
    pub(crate) media: Tracked<Media>,
    pub(crate) screen: Tracked<Screen>,
    pub(crate) meter: Meter,
    pub(crate) stage: Tracked<Stage>,
    pub(crate) speakers: Speakers,
    pub(crate) voice: OwnVoice,
    pub(crate) uplink: Uplink,
    pub(crate) labs: Labs,
    pub(crate) notices: Tracked<Notices>,
    pub(crate) ice: Ice,
    /// The connection that the shell has ready for a call.
    pub(crate) prepared: Option<Prepared>,
    pub(crate) sleep_detector: SleepDetector,
    /// Whether the browser blocks the ring tone.
    pub(crate) ring_muted: Tracked<bool>,
    pub(crate) page_hidden: bool,
    /// Whether videos may be seen while the page is hidden.
    pub(crate) seen_outside: bool,
    /// Whether the page's window has lost the focus; the page may still be visible.
    pub(crate) page_blurred: bool,
    /// Whether the chat is in view; remembered also while there is no room.
    pub(crate) chat_in_view: bool,
    pub(crate) in_call: bool,
    /// Whether the device's processor is at its limit; known only in a call.
    pub(crate) device_busy: bool,
    /// State of a back or forward step out of a call.
    pub(crate) leaving: Tracked<Leaving>,
    /// The peer whose connection details the user has open.
    pub(crate) inspected: Tracked<Option<protocol::ParticipantId>>,
    /// Interval of [`Timer::Quality`], while it runs.
    pub(crate) looking: Option<Duration>,
    last_request: RequestId,
    /// The view after the last input.
    shown: View,
    shows: Shows,
}

/// State of a step in the tab's history that leads out of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Leaving {
    #[default]
    No,
    /// The step was taken back, and the user is asked to confirm it.
    Asked,
    /// The user confirmed the step: it is taken again.
    Wanted,
}

/// One input: an intent or an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// An action of the user.
    Intent(Intent),
    /// A fact reported by the shell.
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
    /// Creates a core in its initial state; the first input must be [`PageEvent::Started`](crate::PageEvent::Started).
    pub fn new() -> Self {
        Self::default()
    }

    /// Handles one input and returns the effects to execute in order; see the crate's contract.
    pub fn handle(&mut self, moment: Moment, input: Input) -> Vec<Effect> {
        let mut turn =
            Turn::begin(moment, self.last_request, self.ice_config()).on_busy_device(self.device_busy);
        match input {
            Input::Intent(intent) => self.intent(&mut turn, intent),
            Input::Event(event) => self.event(&mut turn, event),
        }
        self.after_input(&mut turn);
        let effects = self.finish(turn);
        self.refresh_view();
        effects
    }

    /// Returns the view after the last input.
    pub fn view(&self) -> &View {
        &self.shown
    }

    /// Derives what depends on the state as a whole, after each input: the ring tone, devices that no call needs any
    /// longer, the tiles, measurements, and chat messages to send.
    fn after_input(&mut self, turn: &mut Turn) {
        if let Some(room) = self.room.as_mut().filter(|room| !room.invitations.sounds_right()) {
            room.invitations.sound(turn);
            // Whether the browser blocks the new tone is not known yet.
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
            self.watch_page(turn, in_call);
        }
        self.signaling.set_in_call(turn, in_call);
        if !in_call && self.screen.is_used() {
            // However the call ended, and even if the browser's screen picker returns late: no screen is shared by
            // accident.
            self.screen.stop(turn);
        }
        let mut tiles = self.room.as_ref().map(Room::tiles).unwrap_or_default();
        tiles.extend(self.screen.is_on().then_some(TileKey::OwnScreen));
        if !self.stage.shows(&tiles) {
            self.stage.follow(&tiles);
        }
        self.notify_failures(turn);
        self.send_connectivity_reports(turn);
        self.connect_links(turn);
        self.prepare_connection(turn);
        self.follow_connections(turn);
        self.follow_voices(turn);
        self.plan_videos(turn);
        self.run_sleep_detector(turn);
        self.run_meter(turn);
        let joined = self.signaling.is_joined();
        if let Some(room) = self.room.as_mut().filter(|room| joined && room.chat.has_due()) {
            room.chat.due(turn);
        }
        self.keep_chat(turn);
        self.trace_devices(turn.now());
    }

    /// Turns the outputs into effects: messages go through the socket's queue, notices to the user.
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

    /// Runs `act` on the room, if there is one.
    pub(crate) fn in_room(&mut self, turn: &mut Turn, act: impl FnOnce(&mut Room, &mut Turn)) {
        if let Some(room) = &mut self.room {
            act(room, turn);
        }
    }

    /// Returns the name of the room that the current page is about.
    pub(crate) fn room_name(&self) -> Option<&RoomName> {
        self.page.room()
    }
}
