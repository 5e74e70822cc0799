//! Somebody's page: a core, what the browser round it holds, and how another is loaded in its place.

use std::collections::BTreeMap;

use call_core::{Beginning, Core, DeviceChoices, Event, HeldSeat, PageEvent, Timer};
use protocol::http::SignedIn;
use protocol::{ParticipantId, SessionToken, UserName};

use super::browser::Browser;
use super::world::{Pending, World};

/// Somebody, and the page that they have open.
#[derive(Default)]
pub struct Page {
    pub core: Core,
    pub browser: Browser,
    /// Grows when the page is loaded anew: what was for the one before is lost.
    pub number: u64,
    /// Its newest socket.
    pub socket: Option<usize>,
    /// The timers that run, and which start of each is the last.
    pub timers: BTreeMap<Timer, u64>,
    /// What lies in the tab's storage.
    pub seat: Option<HeldSeat>,
    /// Until when no socket of it comes to the server.
    pub offline_until: u64,
    /// Who the user is, as the last welcome said.
    pub you: Option<ParticipantId>,
}

impl World {
    /// A page opens at the address of the room, with a session.
    pub fn open_page(&mut self, person: usize) {
        let name = format!("user {person}");
        let session = SignedIn {
            guest_of: None,
            token: Some(SessionToken(name.clone())),
            name: UserName::parse(&name).expect("a name"),
        };
        let beginning = Beginning {
            path: "/room/tea".to_owned(),
            session: Some(session),
            room: None,
            seat: self.people[person].seat.clone(),
            devices: DeviceChoices::default(),
        };
        self.give(person, Event::Page(PageEvent::Started(Box::new(beginning))));
    }

    /// A page goes, and another is loaded in its place: connections, timers, and what was on its way to it are gone.
    pub fn reload(&mut self, person: usize) {
        self.close_socket(person, 500);
        let page = &mut self.people[person];
        *page = Page {
            number: page.number + 1,
            seat: page.seat.take(),
            offline_until: page.offline_until,
            ..Page::default()
        };
        let number = page.number;
        let loads = 50 + self.chance.below(1_500);
        self.later(loads, Pending::Load(person, number));
    }

    /// A timer fires, unless it was stopped or started anew.
    pub fn fire(&mut self, person: usize, timer: Timer, run: u64) {
        let timers = &mut self.people[person].timers;
        if timers.get(&timer) == Some(&run) {
            timers.remove(&timer);
            self.give(person, Event::TimerFired(timer));
        }
    }
}
