//! Ringing invitations, to the user and from the user.
//!
//! The server decides how each invitation ends, also when two cross. This module keeps the ringing ones, and maps an
//! outcome to what the user should know.

mod core;
mod order;
mod view;

use protocol::{Invitation, InvitationId, InvitationOutcome, ParticipantId, UnixMillis};

use crate::turn::Turn;

pub use order::{AlertOrder, Ringing};
pub use view::{InvitationView, InvitationsView};

/// Ringing invitations, oldest first, and the tone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Invitations {
    ringing: Vec<RingingInvitation>,
    sounding: Ringing,
}

/// An invitation that rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RingingInvitation {
    pub(crate) id: InvitationId,
    pub(crate) peer: ParticipantId,
    pub(crate) incoming: bool,
    pub(crate) ends_at: UnixMillis,
}

/// What the end of an invitation means to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It became a call, or the user ended it, or it is unknown: nothing to show.
    Known,
    /// The peer did not accept the user's invitation.
    Unanswered(RingingInvitation),
    /// The user did not answer before the invitation ended.
    Missed(RingingInvitation),
}

impl Invitations {
    /// Adds an invitation, or replaces it if it is known.
    pub(crate) fn ring(
        &mut self,
        you: ParticipantId,
        invitation: &Invitation,
        now: UnixMillis,
    ) -> RingingInvitation {
        self.ringing.retain(|known| known.id != invitation.id);
        let incoming = invitation.to == you;
        let ringing = RingingInvitation {
            id: invitation.id,
            peer: if incoming { invitation.from } else { invitation.to },
            incoming,
            ends_at: UnixMillis(now.0 + u64::from(invitation.rings_for_ms)),
        };
        self.ringing.push(ringing);
        ringing
    }

    /// Removes an invitation, and returns what its end means to the user.
    pub(crate) fn end(&mut self, id: InvitationId, outcome: InvitationOutcome) -> End {
        let Some(at) = self.ringing.iter().position(|known| known.id == id) else {
            return End::Known;
        };
        let ended = self.ringing.remove(at);
        match (ended.incoming, outcome) {
            (_, InvitationOutcome::Accepted)
            | (true, InvitationOutcome::Declined)
            | (false, InvitationOutcome::Cancelled) => End::Known,
            (true, _) => End::Missed(ended),
            (false, _) => End::Unanswered(ended),
        }
    }

    /// Removes all invitations, as the room is left or a new snapshot of it arrives.
    pub(crate) fn clear(&mut self) {
        self.ringing.clear();
    }

    pub(crate) fn get(&self, id: InvitationId) -> Option<&RingingInvitation> {
        self.ringing.iter().find(|known| known.id == id)
    }

    /// Returns the invitation between the user and a peer, in either direction.
    pub(crate) fn with(&self, peer: ParticipantId) -> Option<&RingingInvitation> {
        self.ringing.iter().find(|known| known.peer == peer)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &RingingInvitation> {
        self.ringing.iter()
    }

    pub(crate) fn incoming(&self) -> impl Iterator<Item = &RingingInvitation> {
        self.ringing.iter().filter(|known| known.incoming)
    }

    pub(crate) fn outgoing(&self) -> impl Iterator<Item = &RingingInvitation> {
        self.ringing.iter().filter(|known| !known.incoming)
    }

    /// Returns whether the right tone plays.
    pub(crate) fn sounds_right(&self) -> bool {
        self.sounding == self.tone()
    }

    /// Plays the right tone, if another one plays.
    pub(crate) fn sound(&mut self, turn: &mut Turn) {
        if !self.sounds_right() {
            self.sounding = self.tone();
            turn.order(AlertOrder::Ring(self.sounding));
        }
    }

    fn tone(&self) -> Ringing {
        if self.incoming().next().is_some() {
            Ringing::Incoming
        } else if self.outgoing().next().is_some() {
            Ringing::Outgoing
        } else {
            Ringing::Silent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effect;
    use crate::turn::tests::ordered;

    const YOU: ParticipantId = ParticipantId(1);
    const ANN: ParticipantId = ParticipantId(2);

    fn sound(invitations: &mut Invitations) -> Vec<Effect> {
        ordered(Turn::default(), |turn| {
            invitations.sound(turn);
        })
    }

    fn invitation(id: u64, from: ParticipantId, to: ParticipantId) -> Invitation {
        Invitation {
            id: InvitationId(id),
            from,
            to,
            rings_for_ms: 30_000,
        }
    }

    #[test]
    fn unanswered_incoming_is_missed_and_outgoing_is_unanswered() {
        let mut invitations = Invitations::default();
        let from_ann = invitations.ring(YOU, &invitation(1, ANN, YOU), UnixMillis(5));
        let to_ann = invitations.ring(YOU, &invitation(2, YOU, ANN), UnixMillis(5));
        assert_eq!(from_ann.ends_at, UnixMillis(30_005));
        assert_eq!(
            invitations.end(from_ann.id, InvitationOutcome::TimedOut),
            End::Missed(from_ann)
        );
        assert_eq!(
            invitations.end(to_ann.id, InvitationOutcome::Declined),
            End::Unanswered(to_ann)
        );
    }

    #[test]
    fn end_by_the_user_shows_nothing() {
        let mut invitations = Invitations::default();
        invitations.ring(YOU, &invitation(1, ANN, YOU), UnixMillis(0));
        invitations.ring(YOU, &invitation(2, YOU, ANN), UnixMillis(0));
        assert_eq!(
            invitations.end(InvitationId(1), InvitationOutcome::Declined),
            End::Known
        );
        assert_eq!(
            invitations.end(InvitationId(2), InvitationOutcome::Cancelled),
            End::Known
        );
        assert_eq!(
            invitations.end(InvitationId(2), InvitationOutcome::TimedOut),
            End::Known
        );
    }

    #[test]
    fn tone_changes_only_when_another_one_is_right() {
        let mut invitations = Invitations::default();
        assert_eq!(sound(&mut invitations), []);
        invitations.ring(YOU, &invitation(1, YOU, ANN), UnixMillis(0));
        assert_eq!(
            sound(&mut invitations),
            [Effect::Alert(AlertOrder::Ring(Ringing::Outgoing))]
        );
        invitations.ring(YOU, &invitation(2, ANN, YOU), UnixMillis(0));
        assert_eq!(
            sound(&mut invitations),
            [Effect::Alert(AlertOrder::Ring(Ringing::Incoming))]
        );
        assert_eq!(sound(&mut invitations), []);
        invitations.clear();
        assert_eq!(
            sound(&mut invitations),
            [Effect::Alert(AlertOrder::Ring(Ringing::Silent))]
        );
    }
}
