//! The room that the user is in: its machines, and how the server's messages change them.

mod core;
mod intent;
mod roster;
mod view;
mod volume;
mod welcome;

use std::collections::BTreeSet;

use protocol::{
    ChatEntry, ChatMessage, ClientMessage, Epoch, ErrorCode, Invitation, InvitationId, InvitationOutcome,
    LinkCloseReason, ParticipantId, RoomName, SignalEnvelope, Subject, UnixMillis, UserName, Welcome,
};

use crate::chat::{Author, Chat};
use crate::conference::ConnectivityReport;
use crate::invitation::{End, Invitations, RingingInvitation};
use crate::link::{Link, LinkSnapshot};
use crate::media::LocalMediaState;
use crate::moderation::Moderation;
use crate::tracked::Tracked;
use crate::turn::Turn;
use crate::{NoticeBody, PeerOrder, Source, TileKey, TileState};

use roster::Roster;
use volume::Volumes;

pub use intent::RoomIntent;
pub use view::{PersonState, PersonView};

/// One room, from the first welcome until the user leaves; a broken socket does not end it.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) name: RoomName,
    pub(crate) you: ParticipantId,
    pub(crate) me: Author,
    pub(crate) roster: Tracked<Roster>,
    pub(crate) invitations: Tracked<Invitations>,
    pub(crate) links: Vec<Link>,
    /// State of the links when [`Room::snapshot_links`] last looked.
    pub(crate) link_snapshots: Tracked<Vec<LinkSnapshot>>,
    /// The user's connectivity report of the conference.
    pub(crate) report: ConnectivityReport,
    pub(crate) chat: Tracked<Chat>,
    pub(crate) volumes: Tracked<Volumes>,
    pub(crate) moderation: Tracked<Moderation>,
    /// Peers with whom a call is about to start: from the user's request until an invitation rings, a link is
    /// there, or it is clear that none will be.
    pub(crate) expected: Tracked<BTreeSet<ParticipantId>>,
    /// The user's request to be in the conference, or not, until the server has confirmed it.
    conference_wish: Option<bool>,
    /// Epochs that the user ended; the server may not know yet.
    ended: BTreeSet<Epoch>,
}

impl Room {
    /// The room as the user enters it.
    pub(crate) fn new(name: UserName, welcome: &Welcome) -> Self {
        let seat = welcome.participants.iter().find(|one| one.id == welcome.you);
        let me = Author {
            name,
            guest: seat.is_some_and(|seat| seat.guest),
        };
        Self {
            name: welcome.room.clone(),
            you: welcome.you,
            me,
            roster: Tracked::default(),
            invitations: Tracked::default(),
            links: Vec::new(),
            link_snapshots: Tracked::default(),
            report: ConnectivityReport::default(),
            chat: Tracked::default(),
            volumes: Tracked::default(),
            moderation: Tracked::default(),
            expected: Tracked::default(),
            conference_wish: None,
            ended: BTreeSet::new(),
        }
    }

    /// Opens or renews a link, unless it is known or the user ended it. The connection is made once the ICE
    /// servers are known.
    pub(crate) fn link_opened(&mut self, turn: &mut Turn, link: protocol::Link, sending: LocalMediaState) {
        self.expected.remove(&link.peer);
        if self.ended.contains(&link.epoch) {
            return;
        }
        let known = self.links.iter().position(|known| known.peer == link.peer);
        let at = match known {
            // The peer is back in its seat, and may have missed signals.
            Some(at) if self.links[at].epoch == link.epoch => {
                self.links[at].send_media_state(turn, sending);
                return self.links[at].resumed(turn);
            }
            Some(at) if self.links[at].epoch > link.epoch => return,
            Some(at) => {
                self.links[at].close(turn);
                self.links[at] = self.links[at].renewed(self.you, link);
                at
            }
            None => {
                self.links.push(Link::new(self.you, link));
                self.links.len() - 1
            }
        };
        self.links[at].send_media_state(turn, sending);
    }

    /// Takes over the links of a seat that was held before a reload. Their connections are gone, so each link
    /// is requested under a new epoch, with which both ends start over; nothing is made for the present one.
    pub(crate) fn restart_links(&mut self, turn: &mut Turn, links: &[protocol::Link]) {
        for link in links {
            self.links.push(Link::without_connection(turn, self.you, *link));
        }
    }

    /// Closes a link that the server ended.
    pub(crate) fn link_closed(&mut self, turn: &mut Turn, link: protocol::Link, reason: LinkCloseReason) {
        self.ended.remove(&link.epoch);
        self.expected.remove(&link.peer);
        let Some(closed) = self.take_link(link.peer, Some(link.epoch)) else {
            return;
        };
        closed.close(turn);
        if let Some(name) = self.roster.name(link.peer)
            && reason != LinkCloseReason::ConferenceLeft
        {
            let name = name.clone();
            turn.notify(NoticeBody::CallEnded { name, reason });
        }
    }

    /// Ends the call with a peer at once; the server is notified when it can be reached.
    pub(crate) fn hang_up(&mut self, turn: &mut Turn, peer: ParticipantId) {
        self.expected.remove(&peer);
        if let Some(link) = self.take_link(peer, None) {
            self.ended.insert(link.epoch);
            link.close(turn);
            turn.send(ClientMessage::HangUp { peer });
        }
    }

    /// Ends all calls, cancels all outgoing invitations and leaves the conference.
    pub(crate) fn hang_up_all(&mut self, turn: &mut Turn) {
        self.expected.clear();
        for peer in self.links.iter().map(|link| link.peer).collect::<Vec<_>>() {
            self.hang_up(turn, peer);
        }
        for ringing in self.invitations.outgoing() {
            let invitation = ringing.id;
            turn.send(ClientMessage::CancelInvitation { invitation });
        }
        if self.in_conference() || self.conference_wish == Some(true) {
            self.conference_wish = Some(false);
            turn.send(ClientMessage::LeaveConference {});
        }
    }

    /// An invitation ended.
    pub(crate) fn invitation_ended(&mut self, turn: &mut Turn, id: InvitationId, outcome: InvitationOutcome) {
        if let Some(peer) = self.invitations.get(id).map(|ringing| ringing.peer) {
            // Two users who both joined the conference while it rang are linked already.
            if outcome == InvitationOutcome::Accepted && self.links.iter().all(|link| link.peer != peer) {
                self.expected.insert(peer);
            } else {
                self.expected.remove(&peer);
            }
        }
        let end = self.invitations.end(id, outcome);
        let (End::Unanswered(ended) | End::Missed(ended)) = end else {
            return;
        };
        let Some(from) = self.roster.get(ended.peer) else {
            return;
        };
        let (name, guest) = (from.name.clone(), from.guest);
        let peer = (outcome != InvitationOutcome::Withdrawn).then_some(ended.peer);
        if matches!(end, End::Missed(_)) {
            let from = Author {
                name: name.clone(),
                guest,
            };
            self.chat.missed(id, from, turn.now());
            turn.notify(NoticeBody::InvitationMissed { name, peer, outcome });
        } else {
            turn.notify(NoticeBody::InvitationEnded { name, peer, outcome });
        }
    }

    /// A participant left; the server has ended their calls and invitations.
    pub(crate) fn left(&mut self, turn: &mut Turn, participant: ParticipantId) {
        self.expected.remove(&participant);
        if let Some(link) = self.take_link(participant, None) {
            link.close(turn);
        }
        self.roster.left(participant);
    }

    /// A peer sent a signal for the connection.
    pub(crate) fn signal(
        &mut self,
        turn: &mut Turn,
        from: ParticipantId,
        epoch: Epoch,
        envelope: SignalEnvelope,
    ) {
        if let Some(link) = self.links.iter_mut().find(|link| link.peer == from) {
            link.received(turn, epoch, envelope);
        }
    }

    pub(crate) fn chat_received(&mut self, turn: &mut Turn, message: ChatMessage, page_hidden: bool) {
        if let ChatEntry::Removed { by } = &message.entry
            && *by == self.me.name
            && let Some(notice) = self.banned(&message.author)
        {
            turn.notify(notice);
        }
        self.chat.received(message, &self.me, page_hidden);
    }

    pub(crate) fn history_came(&mut self, messages: Vec<ChatMessage>, complete: bool, page_hidden: bool) {
        self.chat.history(messages, complete, &self.me, page_hidden);
    }

    /// The server refused a request.
    pub(crate) fn refused(&mut self, turn: &mut Turn, code: ErrorCode, subject: Option<&Subject>) {
        match subject {
            Some(Subject::Nonce(nonce)) => return self.chat.refused(nonce, code),
            Some(Subject::Participant(peer)) => {
                self.expected.remove(peer);
                self.moderation.ban_refused(Some(*peer));
            }
            Some(Subject::Invitation(id)) => {
                let peer = self.invitations.get(*id).map(|ringing| ringing.peer);
                peer.map(|peer| self.expected.remove(&peer));
            }
            None => {
                // The refused request may be any of these, so none of them is pending any longer.
                self.expected.clear();
                self.conference_wish = self.conference_wish.filter(|wish| !wish);
                self.chat.loading_failed();
                self.moderation.ban_refused(None);
            }
        }
        // Where two requests crossed on the way, the state is right already.
        let crossed = matches!(
            code,
            ErrorCode::NotLinked
                | ErrorCode::AlreadyLinked
                | ErrorCode::AlreadyInvited
                | ErrorCode::UnknownInvitation
                | ErrorCode::AlreadyInConference
                | ErrorCode::NotInConference
        );
        if !crossed {
            turn.notify(NoticeBody::Refused(code));
        }
    }

    /// A call with a peer is about to start.
    pub(crate) fn expect(&mut self, peer: ParticipantId) {
        self.expected.insert(peer);
    }

    /// Requests to join the conference.
    pub(crate) fn join_conference(&mut self, turn: &mut Turn) {
        self.conference_wish = Some(true);
        turn.send(ClientMessage::JoinConference {});
    }

    /// A participant, perhaps the user, joined the conference.
    pub(crate) fn conference_joined(&mut self, participant: ParticipantId) {
        self.conference_done(participant, true);
        self.roster.conference_joined(participant);
    }

    /// A participant, perhaps the user, left the conference.
    pub(crate) fn conference_left(&mut self, participant: ParticipantId) {
        self.conference_done(participant, false);
        self.roster.conference_left(participant);
    }

    /// An invitation rings.
    pub(crate) fn rings(&mut self, now: UnixMillis, invitation: &Invitation) -> RingingInvitation {
        let ringing = self.invitations.ring(self.you, invitation, now);
        if !ringing.incoming {
            self.expected.remove(&ringing.peer);
        }
        ringing
    }

    /// Whether the user is in a call, or about to be.
    pub(crate) fn in_call(&self) -> bool {
        !self.links.is_empty()
            || !self.expected.is_empty()
            || self.conference_wish.unwrap_or_else(|| self.in_conference())
            || self.invitations.outgoing().next().is_some()
    }

    /// Whether the user is in a call with this person or about to be, or one of the two is inviting the other.
    pub(crate) fn is_engaged_with(&self, name: &UserName) -> bool {
        self.roster
            .seat_of(name)
            .is_some_and(|seat| self.is_engaged(seat))
    }

    pub(crate) fn is_engaged(&self, seat: ParticipantId) -> bool {
        self.links.iter().any(|link| link.peer == seat)
            || self.invitations.with(seat).is_some()
            || self.expected.contains(&seat)
    }

    /// Whether the connection with a peer failed for good.
    pub(crate) fn has_failed(&self, peer: ParticipantId) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.peer == peer && link.tile_state() == TileState::Failed)
    }

    /// The tiles of the stage.
    pub(crate) fn tiles(&self) -> Vec<TileKey> {
        let faces = self.links.iter().map(|link| TileKey::Face(link.peer));
        let screens = self.links.iter().filter(|link| link.screen);
        let screens = screens.map(|link| TileKey::Screen(link.peer));
        std::iter::once(TileKey::Own)
            .chain(faces)
            .chain(screens)
            .collect()
    }

    /// Sets the volume of a participant, in percent.
    pub(crate) fn set_volume(&mut self, peer: ParticipantId, percent: u8) {
        if let Some(name) = self.roster.name(peer) {
            self.volumes.set(name.clone(), percent);
        }
    }

    pub(crate) fn in_conference(&self) -> bool {
        self.roster.in_conference(self.you)
    }

    /// The link with a peer, if it has this epoch.
    pub(crate) fn link(&mut self, peer: ParticipantId, epoch: Epoch) -> Option<&mut Link> {
        self.links
            .iter_mut()
            .find(|link| link.peer == peer && link.epoch == epoch)
    }

    /// Sources changed: replaces their tracks at all peers, and notifies them.
    pub(crate) fn media_changed(&mut self, turn: &mut Turn, sources: &[Source], sending: LocalMediaState) {
        for link in &mut self.links {
            for source in sources {
                turn.order_peer(link.peer, link.epoch, PeerOrder::ReplaceTrack(*source));
            }
            link.send_media_state(turn, sending);
        }
    }

    /// Takes a snapshot of the state of the links.
    pub(crate) fn snapshot_links(&mut self) {
        let link_snapshots = self.links.iter().map(Link::snapshot);
        if !link_snapshots.clone().eq(self.link_snapshots.iter().cloned()) {
            self.link_snapshots = Tracked::new(link_snapshots.collect());
        }
    }

    fn conference_done(&mut self, participant: ParticipantId, inside: bool) {
        if participant == self.you && self.conference_wish == Some(inside) {
            self.conference_wish = None;
        }
    }

    fn take_link(&mut self, peer: ParticipantId, epoch: Option<Epoch>) -> Option<Link> {
        let at = self
            .links
            .iter()
            .position(|l| l.peer == peer && epoch.is_none_or(|epoch| l.epoch == epoch))?;
        Some(self.links.remove(at))
    }
}
