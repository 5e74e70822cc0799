//! Entering the room, and coming back after a break: the server's snapshot replaces the local state, and
//! pending requests are sent again.

use protocol::{ClientMessage, Invitation, InvitationOutcome, ParticipantId, Welcome};

use super::Room;
use crate::NoticeBody;
use crate::link::Link;
use crate::room::Roster;
use crate::turn::Turn;

impl Room {
    /// Handles the server's snapshot of the room, on entering and after each break of the socket.
    ///
    /// In the same seat the links live on; in a new seat all old ones are gone.
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
            // The seat is gone, perhaps with the server that held it. A user who was in the conference wants
            // to be there again.
            self.conference_wish = self.conference_wish.or(self.in_conference().then_some(true));
            self.expected.clear();
            self.ended.clear();
        }
        self.moderation.welcomed(&welcome);
        self.name = welcome.room;
        self.you = welcome.you;
        self.end_unheard(turn, &welcome.invitations, &welcome.links);
        *self.roster = Roster::new(welcome.participants, welcome.conference);
        // The view looks up whether they are in the room and can be invited again.
        for name in lost {
            turn.notify(NoticeBody::CallLost { name, peer: None });
        }
        self.invitations.clear();
        for invitation in &welcome.invitations {
            self.rings(turn.now(), invitation);
        }
        self.chat
            .welcome(welcome.messages, welcome.history_complete, &self.me);
        self.resend_requests(turn, &welcome.links);
    }

    /// Ends invitations that rang before the break, and now neither ring nor have led to a link, as timed out.
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

    /// Sends requests again whose effect is missing from the snapshot, as they may have been lost. If the
    /// server has fulfilled one already, it refuses it, which gives no notice.
    fn resend_requests(&mut self, turn: &mut Turn, links: &[protocol::Link]) {
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
