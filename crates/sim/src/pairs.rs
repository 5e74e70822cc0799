//! Two people: their numbers, how one calls the other, and what is between them.

use call_core::CallIntent;
use protocol::{Epoch, InvitationId, ParticipantId};

use crate::world::World;

impl World {
    /// A person's number in the room, as their own page knows it.
    pub fn id(&self, at: usize) -> ParticipantId {
        let you = self.view(at).people.iter().find(|person| person.you);
        you.expect("in the room").id
    }

    /// One invites another, and it rings there.
    pub fn ring(&mut self, from: usize, to: usize) -> InvitationId {
        let id = self.id(to);
        self.wish(from, CallIntent::Invite(id));
        self.run_for(1_000);
        self.view(to).invitations.incoming[0].id
    }

    /// One invites another, who answers with the camera.
    pub fn call(&mut self, from: usize, to: usize) {
        let invitation = self.ring(from, to);
        let camera = true;
        self.wish(to, CallIntent::AcceptInvitation { invitation, camera });
        self.run_for(5_000);
    }

    /// Which attempt of a connection one has with another.
    pub fn epoch(&self, a: usize, b: usize) -> Option<Epoch> {
        self.people[a].browser.peer(self.id(b)).map(|peer| peer.epoch)
    }

    /// The two ends of a pair are settled, stable, and described alike.
    pub fn assert_paired(&self, a: usize, b: usize) {
        let one = self.people[a].browser.peer(self.id(b)).expect("a connection");
        let other = self.people[b].browser.peer(self.id(a)).expect("a connection");
        assert_eq!(one.epoch, other.epoch, "the same attempt");
        one.assert_stable();
        other.assert_stable();
        assert_eq!(one.agreed(), other.agreed(), "matching descriptions");
        let found = one.has_candidates() && other.has_candidates();
        assert!(found, "candidates reached both ends");
    }

    /// Nothing is open between two.
    pub fn assert_apart(&self, a: usize, b: usize) {
        assert!(self.people[a].browser.peer(self.id(b)).is_none());
        assert!(self.people[b].browser.peer(self.id(a)).is_none());
    }
}
