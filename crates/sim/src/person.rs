//! Somebody's page: a core, what the browser round it holds, and how another is loaded in its place.

use std::collections::BTreeMap;
use std::time::Duration;

use call_core::{
    Beginning, Core, DeviceChoices, Event, HeldSeat, KeptChat, MediaError, PageEvent, RequestId, RoomIntent,
    ScreenError, Timer,
};
use protocol::http::SignedIn;
use protocol::{ParticipantId, SessionToken, UserName};

use crate::browser::Browser;
use crate::world::{Pending, World};

/// A person, and the page that they have open.
#[derive(Default)]
pub struct Person {
    /// The page's core.
    pub core: Core,
    /// Its connections with others.
    pub browser: Browser,
    /// Whether the camera and the microphone are on.
    pub open_devices: (bool, bool),
    /// How often the microphone is measured, if it is.
    pub metered: Option<Duration>,
    /// Of which request the browser captures the screen now.
    pub screen: Option<RequestId>,
    /// Why camera and microphone are not to be had.
    pub devices_fail: Option<MediaError>,
    /// Why no screen comes of the browser's dialog for screens.
    pub screen_fails: Option<ScreenError>,
    pub(crate) name: String,
    /// Until when no socket of theirs comes to the server.
    pub(crate) offline_until: u64,
    /// Grows when the page is loaded anew: what was for the one before is lost.
    pub(crate) number: u64,
    /// Its newest socket.
    pub(crate) socket: Option<usize>,
    /// The timers that run, and which start of each is the last.
    pub(crate) timers: BTreeMap<Timer, u64>,
    /// What lies in the tab's storage.
    pub(crate) seat: Option<HeldSeat>,
    /// What lies in the browser's storage of the chat.
    pub(crate) chat: KeptChat,
    /// Who the user is, as the last welcome said.
    pub(crate) you: Option<ParticipantId>,
    /// The newest request for a screen that the browser has a dialog for.
    pub(crate) screen_awaited: Option<RequestId>,
    /// When the last of its browser's reports arrives.
    pub(crate) reported: u64,
}

impl World {
    /// A person with a session opens the page of the room and goes in.
    pub fn arrive(&mut self, name: &str) -> usize {
        self.arrive_with(name, None)
    }

    /// The same, with devices that may not be had.
    pub fn arrive_with(&mut self, name: &str, devices_fail: Option<MediaError>) -> usize {
        let at = self.visit(name, devices_fail);
        self.wish(at, RoomIntent::EnterPrepared);
        at
    }

    /// A person with a session opens the page of the room, and stays before the door.
    pub fn visit(&mut self, name: &str, devices_fail: Option<MediaError>) -> usize {
        let at = self.people.len();
        self.people.push(Person {
            name: name.to_owned(),
            devices_fail,
            ..Person::default()
        });
        self.open_page(at);
        at
    }

    pub(crate) fn open_page(&mut self, at: usize) {
        let person = &self.people[at];
        let session = SignedIn {
            guest_of: None,
            token: Some(SessionToken(person.name.clone())),
            name: UserName::parse(&person.name).expect("a name"),
        };
        let beginning = Beginning {
            path: "/room/tea".to_owned(),
            session: Some(session),
            room: None,
            seat: person.seat.clone(),
            devices: DeviceChoices::default(),
        };
        self.give(at, Event::Page(PageEvent::Started(Box::new(beginning))));
    }

    /// A page goes, and within some milliseconds another is loaded in its place: connections, devices, timers, and what was on
    /// its way to it are gone.
    pub fn reload(&mut self, at: usize, within: u64) {
        self.close_socket(at, 500);
        let person = &mut self.people[at];
        *person = Person {
            number: person.number + 1,
            name: std::mem::take(&mut person.name),
            seat: person.seat.take(),
            chat: std::mem::take(&mut person.chat),
            offline_until: person.offline_until,
            devices_fail: person.devices_fail,
            screen_fails: person.screen_fails,
            ..Person::default()
        };
        let number = person.number;
        let loads = self.chance.u64(..=within);
        self.later(loads, Pending::Load(at, number));
    }

    /// A person's computer sleeps for some milliseconds: none of its timers fires.
    pub fn sleep(&mut self, at: usize, millis: u64) {
        self.people[at].timers.clear();
        self.run_for(millis);
    }

    /// A timer fires, unless it was stopped or started anew.
    pub(crate) fn fire(&mut self, at: usize, timer: Timer, run: u64) {
        let timers = &mut self.people[at].timers;
        if timers.get(&timer) == Some(&run) {
            timers.remove(&timer);
            self.give(at, Event::TimerFired(timer));
        }
    }
}
