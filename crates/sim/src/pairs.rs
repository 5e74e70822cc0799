//! Pairs of users: their ids, calls between them, and the state of their connection.

use call_core::CallIntent;
use protocol::{Epoch, InvitationId, ParticipantId};

use crate::world::World;

impl World {
    /// A user's participant id, as shown by their own page.
    pub fn id(&self, at: usize) -> ParticipantId {
        let you = self.view(at).people.iter().find(|person| person.you);
        you.expect("in the room").id
    }

    /// One user invites another; returns the invitation once it rings there.
    pub fn ring(&mut self, from: usize, to: usize) -> InvitationId {
        let id = self.id(to);
        self.wish(from, CallIntent::Invite(id));
        self.run_for(1_000);
        self.view(to).invitations.incoming[0].id
    }

    /// One user invites another, who accepts with camera.
    pub fn call(&mut self, from: usize, to: usize) {
        let invitation = self.ring(from, to);
        let camera = true;
        self.wish(to, CallIntent::AcceptInvitation { invitation, camera });
        self.run_for(5_000);
    }

    /// The epoch of a user's connection with another.
    pub fn epoch(&self, a: usize, b: usize) -> Option<Epoch> {
        self.people[a].browser.peer(self.id(b)).map(|peer| peer.epoch)
    }

    /// Asserts that both ends of a pair are stable and have matching descriptions and candidates.
    pub fn assert_paired(&self, a: usize, b: usize) {
        let one = self.people[a].browser.peer(self.id(b)).expect("a connection");
        let other = self.people[b].browser.peer(self.id(a)).expect("a connection");
        assert_eq!(one.epoch, other.epoch, "must be the same epoch");
        one.assert_stable();
        other.assert_stable();
        assert_eq!(one.agreed(), other.agreed(), "descriptions must match");
        let found = one.has_candidates() && other.has_candidates();
        assert!(found, "candidates must reach both ends");
    }

    /// Asserts that two users have no connection with each other.
    pub fn assert_apart(&self, a: usize, b: usize) {
        assert!(self.people[a].browser.peer(self.id(b)).is_none());
        assert!(self.people[b].browser.peer(self.id(a)).is_none());
    }
}
