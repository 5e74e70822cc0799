//! Handles the room's intents, and what follows when the server lets the user in.

use protocol::{RoomName, Welcome};

use crate::page::{PageState, address};
use crate::room::Room;
use crate::turn::Turn;
use crate::{Core, HeldSeat, PageOrder, RoomIntent, StoreOrder};

impl Core {
    pub(crate) fn room_intent(&mut self, turn: &mut Turn, intent: RoomIntent) {
        match intent {
            RoomIntent::Enter(name) => self.enter_typed(turn, &name),
            RoomIntent::EnterPrepared => {
                let PageState::Ready(room) = self.page.clone() else {
                    return;
                };
                self.go_in(turn, room, false);
            }
            RoomIntent::Leave => self.go_to_lobby(turn),
            RoomIntent::LeaveByHistory(leave) => self.leave_by_history(turn, leave),
            RoomIntent::TakeSeatOver => {
                if let Some(room) = self.room_name().cloned() {
                    self.enter(turn, room, true);
                }
            }
            RoomIntent::Retry => self.retry(turn),
            RoomIntent::GivePassword(password) => self.give_password(turn, password),
        }
    }

    /// The user is in the waiting room; an earlier seat is gone.
    pub(crate) fn waits(&mut self, turn: &mut Turn, room: RoomName) {
        self.cookie_kept = true;
        self.signaling.waits(turn);
        self.leave_seat(turn);
        self.show_spelling(turn, &room);
        self.page = PageState::Waiting(room);
    }

    /// Handles the welcome, for the first time or after a break.
    pub(crate) fn welcome(&mut self, turn: &mut Turn, welcome: Welcome) {
        let Some(user) = &mut self.user else { return };
        self.cookie_kept = true;
        let resumed = welcome.resumed;
        turn.order(StoreOrder::Seat(Some(HeldSeat {
            room: welcome.room.clone(),
            key: welcome.seat.clone(),
        })));
        // The name in the roster is the one that the others see.
        let seat = welcome.participants.iter().find(|one| one.id == welcome.you);
        if let Some(seat) = seat.filter(|seat| seat.name != user.name) {
            user.name.clone_from(&seat.name);
            turn.order(StoreOrder::Session(user.clone()));
        }
        let name = user.name.clone();
        self.signaling.joined(turn, welcome.seat.clone(), resumed);
        self.show_spelling(turn, &welcome.room);
        self.page = PageState::Inside(welcome.room.clone());
        let entered = self.room.is_none();
        let reloaded = resumed && entered;
        let mut room = self
            .room
            .take()
            .unwrap_or_else(|| Room::new(name.clone(), &welcome));
        room.me.name = name;
        let links = welcome.links.clone();
        room.welcomed(turn, welcome);
        room.chat.show(self.chat_in_view, self.page_hidden);
        self.room = Some(room);
        if let Some(owner) = self.chat_owner().filter(|_| entered) {
            turn.order(StoreOrder::RecallChat(owner));
        }
        if reloaded {
            if !links.is_empty() {
                self.open_for_call(turn);
            }
            // The connections are gone with the page that had them.
            self.in_room(turn, |room, turn| room.restart_links(turn, &links));
            return;
        }
        let sending = self.sending();
        if !links.is_empty() {
            self.ready_ice_servers(turn);
        }
        for link in links {
            self.in_room(turn, |room, turn| room.link_opened(turn, link, sending));
        }
    }

    /// Corrects the path to the server's spelling of the room's name, which differs where browser and server
    /// have different versions of Unicode.
    fn show_spelling(&self, turn: &mut Turn, room: &RoomName) {
        if self.room_name() != Some(room) {
            turn.order(PageOrder::ShowPath(address::of_room(room), false));
        }
    }
}
