//! Pages: opening, reloading, sleeping.

use call_core::{DeviceChoices, Event, MediaError, PageEvent, RoomIntent, Startup, Timer};
use protocol::http::SignedIn;
use protocol::{SessionToken, UserName};

use crate::person::Person;
use crate::world::{Pending, World};

impl World {
    /// A user with a session opens the room's page and joins.
    pub fn arrive(&mut self, name: &str) -> usize {
        self.arrive_with(name, None)
    }

    /// The same, with devices that fail to open.
    pub fn arrive_with(&mut self, name: &str, devices_fail: Option<MediaError>) -> usize {
        let at = self.visit(name, devices_fail);
        self.wish(at, RoomIntent::EnterPrepared);
        at
    }

    /// A user with a session opens the room's page, and stays on the join screen.
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
        let startup = Startup {
            path: "/room/tea".to_owned(),
            session: Some(session),
            room: None,
            seat: person.seat.clone(),
            devices: DeviceChoices::default(),
        };
        self.give(at, Event::Page(PageEvent::Started(Box::new(startup))));
    }

    /// Closes a page and loads another in its place after at most `within` milliseconds. Connections,
    /// devices, timers and pending events of the old page are lost.
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

    /// Lets a user's computer sleep for `millis` milliseconds: none of its timers fires.
    pub fn sleep(&mut self, at: usize, millis: u64) {
        self.people[at].timers.clear();
        self.run_for(millis);
    }

    /// Fires a timer, unless it was stopped or restarted.
    pub(crate) fn fire(&mut self, at: usize, timer: Timer, run: u64) {
        let timers = &mut self.people[at].timers;
        if timers.get(&timer) == Some(&run) {
            timers.remove(&timer);
            self.give(at, Event::TimerFired(timer));
        }
    }
}
