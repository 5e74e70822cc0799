//! Random actions of users, chosen among those that their page allows at that moment, and failures.

use call_core::{CallIntent, ChatIntent, Intent, PageView, PersonState, PersonView, RoomIntent, View};
use sim::World;

/// The server is killed once in this many actions.
const KILLED: u64 = 30;

/// A world on which random actions are performed.
pub struct Soak {
    pub world: World,
    /// Number of chat messages sent; each contains its number.
    lines: usize,
}

impl Soak {
    pub fn of(people: &[&str], seed: u64) -> Self {
        let world = World::rough(people, seed);
        Self { world, lines: 0 }
    }

    /// Lets some time pass, less than one of the given durations in milliseconds.
    pub fn pause(&mut self, longest: &[u64]) {
        let longest = self.world.one_of(longest);
        let pause = self.world.chance.u64(..longest);
        self.world.run_for(pause);
    }

    /// Performs a random action of a user or failure of their page. Now and then the server is killed soon
    /// after, perhaps during a disk write.
    pub fn action(&mut self) {
        if self.world.chance.u64(..KILLED) == 0 {
            let within = self.world.one_of(&[120, 3_000]);
            self.world.kill_within(within);
        }
        let person = self.world.chance.usize(..self.world.people.len());
        let view = self.world.view(person).clone();
        // Dialogs of the page are answered first.
        let answer = self.answer(&view).map(Intent::from);
        if let Some(intent) = answer.or_else(|| way_in(&view.page).map(Intent::from)) {
            self.world.wish(person, intent);
        } else if matches!(view.page, PageView::Room { .. }) {
            while !self.tries(person, &view) {}
        }
    }

    fn answer(&mut self, view: &View) -> Option<CallIntent> {
        let invitation = view.invitations.incoming.first()?.id;
        let accept = |camera| CallIntent::AcceptInvitation { invitation, camera };
        Some(self.world.one_of(&[
            accept(true),
            accept(false),
            CallIntent::DeclineInvitation(invitation),
        ]))
    }

    /// Tries a random action; returns `false` if the page does not allow it now.
    fn tries(&mut self, person: usize, view: &View) -> bool {
        let intent = match self.world.chance.u64(..24) {
            0 => {
                self.reload(person);
                return true;
            }
            1 | 2 => {
                self.lose_socket(person);
                return true;
            }
            3 => {
                self.world.wish(person, RoomIntent::Leave);
                self.reload(person);
                return true;
            }
            20..24 => {
                self.lines += 1;
                let line = format!("line {}", self.lines);
                self.world.wish(person, ChatIntent::Send(line));
                return true;
            }
            4..=12 => self.calls(view),
            13 | 14 => Some(CallIntent::HangUpAll).filter(|_| is_called(view)),
            15..=17 if view.call.tiles.is_empty() => None,
            15..=17 => Some(CallIntent::HangUp(self.world.one_of(&view.call.tiles).peer)),
            _ => view
                .invitations
                .outgoing
                .first()
                .map(|invitation| CallIntent::CancelInvitation(invitation.id)),
        };
        let allowed = intent.is_some();
        if let Some(intent) = intent {
            self.world.wish(person, intent);
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
        (!wishes.is_empty()).then(|| self.world.one_of(&wishes))
    }

    fn reload(&mut self, person: usize) {
        self.world.tell(&format!("{person} reloads"));
        self.world.reload(person, 1_500);
    }

    fn lose_socket(&mut self, person: usize) {
        self.world.break_socket_somehow(person);
        // Usually only the socket breaks; sometimes the server cannot be reached, perhaps for longer than a
        // seat is held.
        let within = self.world.one_of(&[1, 1, 1, 40_000]);
        let away = self.world.chance.u64(..within);
        self.world.go_offline(person, away);
    }

    /// Answers all dialogs and invitations until every user is in the room, then waits for longer than any timeout.
    pub fn settle(&mut self) {
        for _ in 0..100 {
            self.world.run_for(1_000);
            for person in 0..self.world.people.len() {
                let view = self.world.view(person).clone();
                if let Some(intent) = way_in(&view.page) {
                    self.world.wish(person, intent);
                }
                for invitation in &view.invitations.incoming {
                    self.world
                        .wish(person, CallIntent::DeclineInvitation(invitation.id));
                }
            }
        }
        self.world.run_for(90_000);
    }

    /// Asserts that each message sent is on disk exactly once.
    pub fn assert_written(&self) {
        let mut written = self.world.written();
        written.sort_unstable();
        let mut sent: Vec<_> = (1..=self.lines).map(|line| format!("line {line}")).collect();
        sent.sort_unstable();
        assert_eq!(written, sent, "{}", self.world.told());
    }

    pub fn hang_up_all(&mut self) {
        for person in 0..self.world.people.len() {
            self.world.wish(person, CallIntent::HangUpAll);
        }
        self.world.run_for(90_000);
    }
}

fn is_called(view: &View) -> bool {
    view.call.in_conference || !view.call.tiles.is_empty()
}

/// The intent that leads into the room from a page.
fn way_in(page: &PageView) -> Option<RoomIntent> {
    match page {
        PageView::Ready { .. } => Some(RoomIntent::EnterPrepared),
        PageView::SeatOccupied { .. } => Some(RoomIntent::TakeSeatOver),
        PageView::Refused { .. } => Some(RoomIntent::Retry),
        _ => None,
    }
}
