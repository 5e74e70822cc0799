//! Coming into the room, and coming back to it after a break: what the server tells replaces what was known, and what
//! the user wished meanwhile is said again.

use protocol::{ClientMessage, Invitation, InvitationOutcome, ParticipantId, Welcome};

use super::Room;
use crate::NoticeBody;
use crate::link::Link;
use crate::room::Roster;
use crate::turn::Turn;

impl Room {
    /// Takes the room as the server tells it, at first and after each break of the socket.
    ///
    /// Links of the same seat live on; with a new seat all of the old ones are gone.
    pub(crate) fn welcomed(&mut self, turn: &mut Turn, welcome: Welcome) {
        let lost: Vec<_> = self
            .links
            .iter()
            .filter(|_| !welcome.resumed && !self.in_conference())
            .filter_map(|link| self.roster.name(link.peer).cloned())
            .collect();
        let kept = |link: &Link| welcome.resumed && welcome.links.iter().any(|l| l.peer == link.peer);
        for link in self.links.iter().filter(|link| !kept(link)) {
            link.close(turn);
        }
        self.links.retain(kept);
        if !welcome.resumed {
            // The seat is gone, perhaps with the server that held it; who was in the conference wants to be there.
            self.conference_wish = self.conference_wish.or(self.in_conference().then_some(true));
            self.expected.clear();
            self.ended.clear();
        }
        self.moderation.welcomed(&welcome);
        self.name = welcome.room;
        self.you = welcome.you;
        self.end_unheard(turn, &welcome.invitations, &welcome.links);
        *self.roster = Roster::new(welcome.participants, welcome.conference);
        // Whether they are here to be asked again is looked up when it is shown.
        for name in lost {
            turn.notify(NoticeBody::CallLost { name, peer: None });
        }
        self.invitations.clear();
        for invitation in &welcome.invitations {
            self.rings(turn.now(), invitation);
        }
        self.chat
            .welcome(welcome.messages, welcome.history_complete, &self.me);
        self.wish_again(turn, &welcome.links);
    }

    /// Invitations that rang before the break and neither ring nor led to a link now: nobody came.
    fn end_unheard(&mut self, turn: &mut Turn, ringing: &[Invitation], links: &[protocol::Link]) {
        let gone: Vec<_> = self
            .invitations
            .iter()
            .filter(|old| {
                ringing.iter().all(|now| now.id != old.id) && links.iter().all(|l| l.peer != old.peer)
            })
            .map(|old| old.id)
            .collect();
        for id in gone {
            self.invitation_ended(turn, id, InvitationOutcome::TimedOut);
        }
    }

    /// What was wished and is not so in the room as it is told after a break: it may have been lost on the way,
    /// so it is said again. What the server has done already it refuses, which is no news.
    fn wish_again(&mut self, turn: &mut Turn, links: &[protocol::Link]) {
        for link in links.iter().filter(|link| self.ended.contains(&link.epoch)) {
            turn.send(ClientMessage::HangUp { peer: link.peer });
        }
        match self.conference_wish {
            Some(true) if !self.in_conference() => turn.send(ClientMessage::JoinConference {}),
            Some(false) if self.in_conference() => turn.send(ClientMessage::LeaveConference {}),
            Some(_) | None => self.conference_wish = None,
        }
        let here =
            |peer: &ParticipantId| self.roster.name(*peer).is_some() && links.iter().all(|l| l.peer != *peer);
        self.expected.retain(here);
        for peer in self.expected.iter() {
            match self.invitations.with(*peer) {
                Some(ringing) if ringing.incoming => turn.send(ClientMessage::AcceptInvitation {
                    invitation: ringing.id,
                }),
                Some(_) => {}
                None => turn.send(ClientMessage::Invite { to: *peer }),
            }
        }
    }
}
