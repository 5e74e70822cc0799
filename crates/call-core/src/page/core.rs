//! Page events: start, history, visibility and network.

use protocol::RoomName;

use crate::core::Leaving;
use crate::page::{PageState, address};
use crate::turn::Turn;
use crate::{Core, PageEvent, PageOrder, Startup};

impl Core {
    pub(crate) fn page_event(&mut self, turn: &mut Turn, event: PageEvent) {
        match event {
            PageEvent::Started(startup) => self.start(turn, *startup),
            PageEvent::PathChanged(path) => self.path_changed(turn, &path),
            PageEvent::Hidden(hidden) => self.page_hidden(turn, hidden),
            PageEvent::SeenOutside(seen) => self.seen_outside = seen,
            PageEvent::Focused(focused) => self.page_blurred = !focused,
            PageEvent::ProcessorBusy(busy) => self.device_busy = self.in_call && busy,
            PageEvent::Closing => self.signaling.page_closing(turn),
            PageEvent::WentOnline => self.network_changed(turn, true),
            PageEvent::NetworkChanged => self.network_changed(turn, false),
        }
    }

    /// Starts the page. With a stored session, the path of a room leads to the page before that room, or
    /// straight back into it if this tab held a seat before a reload.
    pub(crate) fn start(&mut self, turn: &mut Turn, startup: Startup) {
        let (path, pass) = address::pass_in(&startup.path);
        let addressed = address::room_in(path);
        self.take_pass(addressed.as_deref(), pass);
        self.user = startup.session;
        // A session that an earlier visit stored worked then, so the browser keeps the cookie.
        self.cookie_kept = true;
        self.media.remember(startup.devices);
        self.room_wish = addressed
            .clone()
            .or_else(|| startup.room.map(|room| room.to_string()))
            .unwrap_or_default();
        self.as_guest = self.is_guest();
        if let Some(lab) = address::lab_in(path) {
            return self.enter_lab(turn, lab);
        }
        if !self.is_somebody_in(addressed.as_deref()) {
            self.user = None;
        }
        if address::leads_nowhere(path) {
            self.page = PageState::Nowhere;
            return;
        }
        if self.user.is_none() {
            self.page = PageState::door(None);
            return;
        }
        match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => match startup.seat.filter(|seat| seat.room == room) {
                Some(seat) => self.come_back(turn, seat),
                None => self.make_ready(turn, room, false),
            },
            None => self.lobby(None),
        }
    }

    /// Handles a step in the history. A step that leaves a call is undone, and the user asked first.
    pub(crate) fn path_changed(&mut self, turn: &mut Turn, path: &str) {
        if self.in_call && !self.is_room_at(path) && self.leaving.replace(Leaving::No) != Leaving::Wanted {
            self.leaving.put(Leaving::Asked);
            return turn.order(PageOrder::RevertHistoryStep);
        }
        let (path, pass) = address::pass_in(path);
        if let Some(lab) = address::lab_in(path) {
            // A step to another fragment of the same page does not change the page.
            if self.page != PageState::Lab(lab) {
                self.leave(turn);
                self.enter_lab(turn, lab);
            }
            return;
        }
        let addressed = address::room_in(path);
        let meant = addressed.as_deref().and_then(|typed| RoomName::parse(typed).ok());
        if let Some(room) = meant.filter(|room| Some(room) == self.room_name()) {
            // Other spellings of the room's path are the same room; the path is corrected to the normal form.
            let own = address::of_room(&room);
            if path != own {
                turn.order(PageOrder::ShowPath(own, false));
            }
            return;
        }
        self.leave(turn);
        if self.is_guest() {
            self.end_visit(turn);
            self.page = PageState::door(None);
        }
        if address::leads_nowhere(path) {
            self.page = PageState::Nowhere;
            return;
        }
        self.take_pass(addressed.as_deref(), pass);
        if let Some(typed) = &addressed {
            self.room_wish.clone_from(typed);
        }
        if self.user.is_none() {
            if self.page.is_for_all() || matches!(self.page, PageState::AnotherUser(..)) {
                self.page = PageState::door(None);
            }
            return;
        }
        match addressed.and_then(|typed| RoomName::parse(&typed).ok()) {
            Some(room) => self.make_ready(turn, room, false),
            None => self.lobby(None),
        }
    }

    /// Whether a path is that of the current room, in whatever spelling.
    fn is_room_at(&self, path: &str) -> bool {
        let addressed = address::room_in(address::pass_in(path).0);
        let meant = addressed.and_then(|typed| RoomName::parse(&typed).ok());
        meant.is_some() && meant.as_ref() == self.room_name()
    }

    /// Handles the user's answer whether to leave the call.
    pub(crate) fn leave_by_history(&mut self, turn: &mut Turn, leave: bool) {
        if *self.leaving != Leaving::Asked {
            return;
        }
        self.leaving
            .put(if leave { Leaving::Wanted } else { Leaving::No });
        if leave {
            turn.order(PageOrder::RevertHistoryStep);
        }
    }

    /// Has the browser guard the page, and report the load of the device, while there is a call.
    pub(crate) fn watch_page(&mut self, turn: &mut Turn, in_call: bool) {
        self.device_busy = false;
        turn.order(PageOrder::AskBeforeUnload(in_call));
        turn.order(PageOrder::WatchProcessor(in_call));
    }

    fn page_hidden(&mut self, turn: &mut Turn, hidden: bool) {
        self.page_hidden = hidden;
        if let Some(room) = &mut self.room {
            room.chat.look(hidden);
        }
        if !hidden {
            self.network_changed(turn, false);
        }
    }
}
