//! Coming into the room, and coming back to it after a break: what the server tells replaces what was known, and what
//! the user wished meanwhile is said again.

use protocol::{ClientMessage, Invitation, InvitationOutcome, ParticipantId, Welcome};

use super::{News, Room};
use crate::link::Link;
use crate::roster::Roster;
use crate::{Moment, NoticeBody};

impl Room {
    /// Takes the room as the server tells it, at first and after each break of the socket.
    ///
    /// Links of the same seat live on; with a new seat all of the old ones are gone.
    pub(crate) fn welcomed(&mut self, welcome: Welcome, moment: Moment) -> News {
        let mut news = News::default();
        let lost: Vec<_> = self
            .links
            .iter()
            .filter(|_| !welcome.resumed && !self.in_conference())
            .filter_map(|link| self.roster.name(link.peer).cloned())
            .collect();
        let kept = |link: &Link| welcome.resumed && welcome.links.iter().any(|l| l.peer == link.peer);
        news.effects
            .extend(self.links.iter().filter(|link| !kept(link)).flat_map(Link::close));
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
        news.notices = self.ended_unheard(&welcome.invitations, &welcome.links, moment);
        self.roster = Roster::new(welcome.participants, welcome.conference);
        // Whether they are here to be asked again is looked up when it is shown.
        let lost = lost
            .into_iter()
            .map(|name| NoticeBody::CallLost { name, peer: None });
        news.notices.extend(lost);
        self.invitations.clear();
        for invitation in &welcome.invitations {
            self.rings(invitation, moment);
        }
        self.chat
            .welcome(welcome.messages, welcome.history_complete, &self.me);
        news.messages = self.unheard(&welcome.links);
        news
    }

    /// Invitations that rang before the break and neither ring nor led to a link now: nobody came.
    fn ended_unheard(
        &mut self,
        ringing: &[Invitation],
        links: &[protocol::Link],
        moment: Moment,
    ) -> Vec<NoticeBody> {
        let gone: Vec<_> = self
            .invitations
            .iter()
            .filter(|old| {
                ringing.iter().all(|now| now.id != old.id) && links.iter().all(|l| l.peer != old.peer)
            })
            .map(|old| old.id)
            .collect();
        gone.into_iter()
            .flat_map(|id| {
                self.invitation_ended(id, InvitationOutcome::TimedOut, moment)
                    .notices
            })
            .collect()
    }

    /// What was wished and is not so in the room as it is told after a break: it may have been lost on the way,
    /// so it is said again. What the server has done already it refuses, which is no news.
    fn unheard(&mut self, links: &[protocol::Link]) -> Vec<ClientMessage> {
        let mut messages: Vec<_> = links
            .iter()
            .filter(|link| self.ended.contains(&link.epoch))
            .map(|link| ClientMessage::HangUp { peer: link.peer })
            .collect();
        match self.conference_wish {
            Some(true) if !self.in_conference() => messages.push(ClientMessage::JoinConference {}),
            Some(false) if self.in_conference() => messages.push(ClientMessage::LeaveConference {}),
            _ => self.conference_wish = None,
        }
        let here =
            |peer: &ParticipantId| self.roster.name(*peer).is_some() && links.iter().all(|l| l.peer != *peer);
        self.expected.retain(here);
        messages.extend(
            self.expected
                .iter()
                .filter_map(|peer| match self.invitations.with(*peer) {
                    Some(ringing) if ringing.incoming => Some(ClientMessage::AcceptInvitation {
                        invitation: ringing.id,
                    }),
                    Some(_) => None,
                    None => Some(ClientMessage::Invite { to: *peer }),
                }),
        );
        messages
    }
}
