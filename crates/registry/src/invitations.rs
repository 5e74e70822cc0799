//! Invitations to a call: how they ring and end.

use std::time::Duration;

use protocol::{
    ChatEntry, ErrorCode, Invitation, InvitationId, InvitationOutcome, ParticipantId, ServerMessage, limits,
};

use super::deadlines::Due;
use super::pair::{Pair, PendingInvitation};
use super::refused::Refused;
use super::room::Room;
use super::turn::Turn;

impl Room {
    /// Invites `to`; if `to` is already inviting the sender, accepts that invitation instead.
    pub fn invite(
        &mut self,
        me: ParticipantId,
        to: ParticipantId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        self.check_other(me, to)?;
        let pair = Pair::new(me, to);
        if self.links.contains_key(&pair) {
            return Err(Refused::participant(ErrorCode::AlreadyLinked, to));
        }
        let between = self
            .invitations
            .iter()
            .find(|(_, ringing)| Pair::new(ringing.from, ringing.to) == pair);
        match between.map(|(id, ringing)| (*id, ringing.from)) {
            Some((_, from)) if from == me => Err(Refused::participant(ErrorCode::AlreadyInvited, to)),
            Some((crossing, _)) => self.accept(me, crossing, turn),
            None => self.ring(me, to, turn),
        }
    }

    fn ring(&mut self, me: ParticipantId, to: ParticipantId, turn: &mut Turn<'_>) -> Result<(), Refused> {
        let rings = |who| {
            self.invitations
                .values()
                .filter(|r| r.from == who || r.to == who)
                .count()
        };
        if rings(me) >= limits::RINGING_INVITATIONS || rings(to) >= limits::RINGING_INVITATIONS {
            return Err(Refused::participant(ErrorCode::TooManyInvitations, to));
        }
        self.check_takes_invitation(me, to, turn)?;
        let id = turn.ids.invitation();
        let until = turn.now + turn.timings.invitation_rings;
        let ringing = PendingInvitation { from: me, to, until };
        self.deadlines.set(until, Due::Invitation(id));
        self.invitations.insert(id, ringing);
        let invitation = describe(id, ringing, turn.now);
        turn.send(
            self.sockets_of(&[me, to]),
            ServerMessage::InvitationRinging { invitation },
        );
        Ok(())
    }

    /// Cancels an invitation that `me` sent.
    pub fn cancel(
        &mut self,
        me: ParticipantId,
        id: InvitationId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        self.check_rings(id, |ringing| ringing.from == me)?;
        self.end_invitation(id, InvitationOutcome::Cancelled, turn);
        Ok(())
    }

    /// Declines an invitation.
    pub fn decline(
        &mut self,
        me: ParticipantId,
        id: InvitationId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let PendingInvitation { from, .. } = self.check_rings(id, |ringing| ringing.to == me)?;
        if let Some((asking, asked)) = self.users(from, me) {
            turn.users.declined(asking, asked, turn.now);
        }
        self.end_invitation(id, InvitationOutcome::Declined, turn);
        Ok(())
    }

    /// Declines ringing invitations from users whom `me` blocks.
    pub fn decline_blocked(&mut self, me: ParticipantId, turn: &mut Turn<'_>) {
        let Some(standing) = self.seats.get(&me).map(|seat| &seat.standing) else {
            return;
        };
        let blocked = |from| {
            self.seats
                .get(from)
                .is_some_and(|seat| standing.blocks(seat.user))
        };
        let ringing = self.invitations.iter();
        let of_blocked = ringing.filter(|(_, ringing)| ringing.to == me && blocked(&ringing.from));
        let ids: Vec<_> = of_blocked.map(|(id, _)| *id).collect();
        for id in ids {
            self.end_invitation(id, InvitationOutcome::Declined, turn);
        }
    }

    /// Accepts an invitation: links the two, whether or not both are in the group call.
    pub fn accept(
        &mut self,
        me: ParticipantId,
        id: InvitationId,
        turn: &mut Turn<'_>,
    ) -> Result<(), Refused> {
        let PendingInvitation { from, to, .. } = self.check_rings(id, |ringing| ringing.to == me)?;
        let pair = Pair::new(from, to);
        if !self.links.contains_key(&pair) && pair.both().iter().any(|who| !self.has_room_for_links(*who, 1))
        {
            return Err(Refused::invitation(ErrorCode::TooManyLinks, id));
        }
        if let Some((asking, asked)) = self.users(from, to) {
            turn.users.accepted(asking, asked);
        }
        self.end_invitation(id, InvitationOutcome::Accepted, turn);
        self.apart.remove(&pair);
        self.open_link(pair, turn);
        self.begin_call(pair, from, turn);
        Ok(())
    }

    /// Ends an invitation that was not answered in time.
    pub fn time_out(&mut self, id: InvitationId, turn: &mut Turn<'_>) {
        self.end_invitation(id, InvitationOutcome::TimedOut, turn);
    }

    /// Ends all invitations from and to a participant who leaves.
    pub fn withdraw_invitations(&mut self, who: ParticipantId, turn: &mut Turn<'_>) {
        let ids: Vec<_> = self
            .invitations
            .iter()
            .filter(|(_, ringing)| ringing.from == who || ringing.to == who)
            .map(|(id, _)| *id)
            .collect();
        for id in ids {
            self.end_invitation(id, InvitationOutcome::Withdrawn, turn);
        }
    }

    /// Ringing invitations from and to a participant.
    pub fn invitations_of(&self, me: ParticipantId, now: Duration) -> Vec<Invitation> {
        self.invitations
            .iter()
            .filter(|(_, ringing)| ringing.from == me || ringing.to == me)
            .map(|(id, ringing)| describe(*id, *ringing, now))
            .collect()
    }

    fn check_rings(
        &self,
        id: InvitationId,
        mine: impl Fn(&PendingInvitation) -> bool,
    ) -> Result<PendingInvitation, Refused> {
        let found = self.invitations.get(&id).copied().filter(mine);
        found.ok_or_else(|| Refused::invitation(ErrorCode::UnknownInvitation, id))
    }

    fn end_invitation(&mut self, id: InvitationId, outcome: InvitationOutcome, turn: &mut Turn<'_>) {
        let Some(PendingInvitation { from, to, until }) = self.invitations.remove(&id) else {
            return;
        };
        self.deadlines.clear(until, Due::Invitation(id));
        turn.send(
            self.sockets_of(&[from, to]),
            ServerMessage::InvitationEnded {
                invitation: id,
                outcome,
            },
        );
    }

    /// Marks a link as kept open by an invitation, and records the call in the chat.
    fn begin_call(&mut self, pair: Pair, by: ParticipantId, turn: &mut Turn<'_>) {
        let Some(tie) = self.links.get_mut(&pair) else {
            return;
        };
        if !std::mem::replace(&mut tie.invited, true) {
            self.write_of_pair(pair, by, |with| ChatEntry::CallStarted { with }, turn);
        }
    }
}

fn describe(
    id: InvitationId,
    PendingInvitation { from, to, until }: PendingInvitation,
    now: Duration,
) -> Invitation {
    let left = until.saturating_sub(now).as_millis();
    Invitation {
        id,
        from,
        to,
        rings_for_ms: u32::try_from(left).unwrap_or(u32::MAX),
    }
}
