//! What happens to people: each deed is one that their page allows at that moment.

use call_core::{CallIntent, Intent, PageView, PersonState, PersonView, RoomIntent, View};

use super::world::{Pending, World};

/// In so many deeds the server is killed once.
const KILLED: u64 = 30;

impl World {
    /// Something that somebody does, or that happens to them; and now and then the server is killed soon after that, while
    /// the disk is at it, or a little later.
    pub fn deed(&mut self) {
        if self.chance.below(KILLED) == 0 {
            let within = self.one_of(&[120, 3_000]);
            let soon = self.chance.below(within);
            self.later(soon, Pending::Kill);
        }
        let people: Vec<usize> = (0..self.people.len()).collect();
        let person = self.one_of(&people);
        let view = self.people[person].core.view().clone();
        // What the page asks comes first.
        let answer = self.answer(&view).map(Intent::from);
        if let Some(intent) = answer.or_else(|| way_in(&view.page).map(Intent::from)) {
            self.wish(person, intent);
        } else if matches!(view.page, PageView::Room { .. }) {
            while !self.tries(person, &view) {}
        }
    }

    fn answer(&mut self, view: &View) -> Option<CallIntent> {
        let invitation = view.invitations.incoming.first()?.id;
        let accept = |camera| CallIntent::AcceptInvitation { invitation, camera };
        Some(self.one_of(&[
            accept(true),
            accept(false),
            CallIntent::DeclineInvitation(invitation),
        ]))
    }

    /// Tries something; false if the page does not allow it now.
    fn tries(&mut self, person: usize, view: &View) -> bool {
        let intent = match self.chance.below(20) {
            0 => {
                self.tell(&format!("{person} reloads"));
                self.reload(person);
                return true;
            }
            1 | 2 => {
                self.lose_socket(person);
                return true;
            }
            3 => {
                self.wish(person, RoomIntent::Leave);
                self.reload(person);
                return true;
            }
            4..=12 => self.calls(view),
            13 | 14 => Some(CallIntent::HangUpAll).filter(|_| is_called(view)),
            15..=17 if view.call.tiles.is_empty() => None,
            15..=17 => Some(CallIntent::HangUp(self.one_of(&view.call.tiles).peer)),
            _ => view
                .invitations
                .outgoing
                .first()
                .map(|invitation| CallIntent::CancelInvitation(invitation.id)),
        };
        let allowed = intent.is_some();
        if let Some(intent) = intent {
            self.wish(person, intent);
        }
        allowed
    }

    fn calls(&mut self, view: &View) -> Option<CallIntent> {
        let free = |other: &&PersonView| !other.you && other.state == PersonState::InRoom;
        let mut wishes: Vec<_> = view
            .people
            .iter()
            .filter(free)
            .map(|other| CallIntent::Invite(other.id))
            .collect();
        if !view.call.in_conference {
            wishes.extend([CallIntent::JoinConference, CallIntent::JoinConference]);
        }
        (!wishes.is_empty()).then(|| self.one_of(&wishes))
    }

    fn lose_socket(&mut self, person: usize) {
        self.break_socket(person);
        // Mostly it is the socket alone; now and then there is no way to the server, perhaps for longer than a seat waits.
        let within = self.one_of(&[1, 1, 1, 40_000]);
        let away = self.chance.below(within);
        self.people[person].offline_until = self.now + away;
        self.tell(&format!(
            "{person} loses the socket, and the server for {away} ms"
        ));
    }

    fn wish(&mut self, person: usize, intent: impl Into<Intent>) {
        let intent = intent.into();
        self.tell(&format!("{person} wishes {intent:?}"));
        self.give(person, intent);
    }

    /// Time passes until nobody is asked anything any more, and everybody is in the room; and longer than anything is
    /// waited for.
    pub fn settle(&mut self) {
        for _ in 0..100 {
            self.run_for(1_000);
            for person in 0..self.people.len() {
                let view = self.people[person].core.view().clone();
                if let Some(intent) = way_in(&view.page) {
                    self.wish(person, intent);
                }
                for invitation in &view.invitations.incoming {
                    self.wish(person, CallIntent::DeclineInvitation(invitation.id));
                }
            }
        }
        self.run_for(90_000);
    }

    pub fn hang_up_all(&mut self) {
        for person in 0..self.people.len() {
            self.wish(person, CallIntent::HangUpAll);
        }
        self.run_for(90_000);
    }
}

fn is_called(view: &View) -> bool {
    view.call.in_conference || !view.call.tiles.is_empty()
}

/// What leads into the room from where somebody is.
fn way_in(page: &PageView) -> Option<RoomIntent> {
    match page {
        PageView::Ready { .. } => Some(RoomIntent::EnterPrepared),
        PageView::SeatOccupied { .. } => Some(RoomIntent::TakeSeatOver),
        PageView::Refused { .. } => Some(RoomIntent::Retry),
        _ => None,
    }
}
